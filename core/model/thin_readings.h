// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/observation.h"

namespace mainstay {

/// Readings stay whole this long; after that one a day is enough where nothing changes.
inline constexpr int whole_days = 30;

/// The UUIDs of readings made before `before` that prove nothing which the others do not prove as well. Kept for ever are, of each backup and probe: the first of a
/// day; the first and the last of those that say the same (item, outcome, restorable point, alarm, number and reach of restore points, shown
/// fingerprint), and so the last that was read, that failed, that raised an alarm; the first and the last of all.
std::vector<std::string> superfluous_readings(const std::vector<Observation>& readings, Instant before);

}  // namespace mainstay
