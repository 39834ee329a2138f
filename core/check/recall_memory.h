// SPDX-License-Identifier: MIT
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/check/match_recalls.h"

namespace mainstay {

/// What a recall remembers of the devices that it fits, "id=score; …", best first, at most 200; where it fits more, "*=score" is the best score of the others.
std::string fits_text(const RecallCandidate& candidate);
/// True where the device is named in `fits` with this score or a better one; a device that is not named counts as named with the score of "*", if there is one.
bool is_remembered(std::string_view fits, const Id& device, int score);
/// `fits` and, behind it, what the candidate holds beyond it.
std::string with_fits(std::string fits, const RecallCandidate& candidate);
/// What a recall was decided for, of one that was decided before `fits` was kept: the devices that its reasons name, with its score. Reasons name at most five devices; where there were
/// more, also those that its own text fits today. A device that neither names is asked about once more, since nobody can tell whether it was known; what is named is not.
std::string fits_as_told(const Plan& plan, const RecallMatcher& matcher, const Recall& recall);

/// The devices that a recall which waits for a decision may concern: of them it is not known whether something is wrong.
std::set<Id> devices_to_decide_on(const Plan& plan);

/// The words of a notice that hold a digit, but for those of what it leaves out, as it writes them and each once: model and serial numbers, days with their month, quantities. At most 1000.
std::vector<std::string> extent_of(const RecallNotice& notice);
/// Those that `extent` ("; " between) does not hold, letter case and hyphens aside.
std::vector<std::string> beyond_extent(std::string_view extent, const std::vector<std::string>& words);
/// `extent` with these words added to it.
std::string with_extent(std::string extent, const std::vector<std::string>& words);

}  // namespace mainstay
