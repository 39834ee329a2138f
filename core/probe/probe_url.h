// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// The age of a file at any address that `open_share` reaches: of that file, or, where the address ends in `/`, of the newest file
/// in that folder whose name fits the item (`*` and `?`; empty = any).
Observation probe_url(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
