// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when a Mac last completed a Time Machine backup, from its bundle on any share that `open_share` reaches. The item is the
/// Mac's name, the bundle's name or the Mac's hardware UUID; it may be empty where there is only one bundle.
Observation probe_time_machine(const Probe& probe, ProbeContext& context);

/// True for `*.sparsebundle` and `*.backupbundle`.
bool is_bundle_name(std::string_view name);
/// True where a bundle is the one of that computer: its name, with or without the identifier and ending that macOS adds.
bool is_bundle_of(std::string_view bundle, std::string_view computer);

}  // namespace mainstay
