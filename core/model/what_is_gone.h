// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/observation.h"

namespace mainstay {

/// True where the source answered that what its probe looks for is not there. A probe that has always looked in the wrong place answers likewise: such a
/// reading is not readable, with no restore points, until an earlier one shows that there were some.
bool shows_nothing_there(const Observation& reading);

/// Turns new readings that show nothing there into the answer that nothing is left, where their probe, set as it is now, had found restore points before:
/// among those `known`, or the new ones themselves.
void tell_what_is_gone(std::vector<Observation>& fresh, const std::vector<Observation>& known);

}  // namespace mainstay
