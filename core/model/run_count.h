// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/calendar.h"
#include "core/model/observation.h"

namespace mainstay {

/// What one reading says of the newest restorable point.
struct SeenPoint {
  Instant at;      ///< of the reading
  Instant point;   ///< unset: there is none
  const Observation* reading = nullptr;
};
/// What the readings say, oldest first. A failed run that names no point leaves the one before it; readings that show nothing, and times that no
/// clock can mean, are left out, and so is an older point where the newer one is seen again later: two probes may look at one backup.
std::vector<SeenPoint> seen_points(const ReadingList& readings, Instant now);

/// Planned runs of a period and what became of them. What the readings do not tell is counted apart: never as made, never as missed.
struct RunCount {
  int planned = -1;  ///< -1 = no schedule is known
  int made = 0, missed = 0, unknown = 0;
  int beside = 0;  ///< made in closed time and seen, beyond those that were planned
  std::vector<Instant> missed_at;  ///< when those of a time of day should have begun
};

/// Counts the runs that should have been complete between two times. At a time of day, a run is made where a point from it (up to the next run) was
/// seen, and missed where a reading after it was due shows an older point as the newest. Every so often, the open time of the period is cut into slots of one interval from its
/// beginning, and each slot is judged likewise; the last one, that the period's end cuts, only where a point lies in it. What is made in closed time is the run of the slot before, where that has none, or of the one after where it comes shortly before the opening; else it is counted beside. Restore points that a growing history shows between two readings count as made.
RunCount count_runs(const Backup& backup, const Calendar& calendar, const std::vector<SeenPoint>& seen, Instant from, Instant to);

}  // namespace mainstay
