// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "core/base/date.h"
#include "core/model/plan.h"

namespace mainstay {

/// Where the sample's CrashPlan account is looked for: `MAINSTAY_SAMPLE_CRASHPLAN`, or the replay server that `./dev run` starts.
std::string sample_crashplan_address();
/// Points the sample plan's probes at `folder` and at the address above.
void place_sample(Plan& plan, const std::string& folder);
/// Makes the sample's NAS share below `folder`: two Time Machine bundles, one fresh (40 minutes) and one nine days stale as of `now`. Existing
/// bundles are brought up to `now`. Throws Error{io}.
void furnish_sample(const std::string& folder, Instant now);

}  // namespace mainstay
