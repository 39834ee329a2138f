// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "core/model/observation.h"

namespace mainstay {

/// How long the room on a backup's target lasts, from the free space that readings told.
struct SpaceForecast {
  std::int64_t free_bytes = -1;   ///< at the newest reading; -1 = not known
  std::int64_t bytes_a_day = 0;   ///< by which the free space shrinks
  std::int64_t lasts_days = -1;   ///< -1 = it does not shrink, or that cannot be told
  std::int64_t least_days = -1;   ///< nine times in ten it lasts at least this long …
  std::int64_t most_days = -1;    ///< … and at most this long; -1 = it may as well not shrink at all
  int days = 0;                   ///< days with a reading that it rests on; 0 = too few to tell
  /// True where it ends within so many days, and the shrinking is no mere noise.
  bool ends_within(std::int64_t limit) const { return lasts_days >= 0 && lasts_days < limit && most_days >= 0; }
};

/// Below this many days of room a backup is at risk (product: section 6).
inline constexpr std::int64_t shortest_space_days = 30;

/// The trend of the last 60 days: one figure a day, the median of the slopes between any two days (Theil and Sen), bounds by Sen's ranks
/// (Sen 1968). A day on which the target was enlarged, cleaned or filled at a stroke parts the days in two, and no slope is taken across it. Less than
/// five days with a reading, or less than a week between first and last, tell nothing.
SpaceForecast forecast_space(const ReadingList& readings);

/// `640 MB`, `1.5 TB`: decimal units, as disks are sold.
std::string spoken_bytes(std::int64_t bytes);

}  // namespace mainstay
