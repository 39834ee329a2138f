// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when a computer last completed its CrashPlan backup, through an API client of the account.
Observation probe_crashplan(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
