// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when the CrashPlan agent of this computer last completed a backup, from its log files (`url` is their folder). The agent writes local times in the US form.
Observation probe_crashplan_log(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
