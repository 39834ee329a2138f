// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/change.h"
#include "core/model/finding.h"
#include "core/model/plan.h"

namespace mainstay {

/// True where a waiver that has not ended accepts the finding as it is. A waiver of one subject holds until what its finding rests on gets worse. One of all subjects does so for each of
/// them by itself; a subject that came since is accepted too, unless it is worse (more severe, or sure where all others were not) than everything that was there when it was accepted.
bool is_waived(const Plan& plan, const Finding& finding, Date today);

/// The change that keeps, in waivers that do not have it yet, what their findings rest on, out of every finding as it is without waivers. Cause `machine`.
Change kept_in_waivers(const Plan& plan, const std::vector<Finding>& findings, Date today);
/// True where waivers may lack what is to be kept, so that the findings are worth computing.
bool waivers_lack_facts(const Plan& plan, Date today);

}  // namespace mainstay
