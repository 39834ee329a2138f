// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when a Duplicati job (`item`) last finished, from the program's own server.
Observation probe_duplicati(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
