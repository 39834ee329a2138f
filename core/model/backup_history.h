// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/calendar.h"
#include "core/model/graph.h"
#include "core/model/observation.h"
#include "core/model/probe_settings.h"
#include "core/model/run_count.h"

namespace mainstay {

/// A stretch of time in which the newest restorable point is known: its age grows from `from` to `to`.
struct AgeStretch {
  Instant from, to;
  Instant point;  ///< unset: it is known that there was none
};

/// On which side of the RPO a backup was.
enum class RpoSide : std::uint8_t { inside, outside, unknown };
struct SideStretch {
  Instant from, to;
  RpoSide side = RpoSide::unknown;
};

/// A day of a period, in the time zone of the backup's place. Minutes are those in which data can change.
struct HistoryDay {
  Date day;
  std::int64_t inside_minutes = 0, outside_minutes = 0, unknown_minutes = 0;
  bool closed = false;           ///< no data can change on it
  std::int64_t worst_minutes = -1;  ///< greatest age that counts; -1 = not known
  int readings = 0, unreadable = 0;
  int failed = 0, alarms = 0, warned = 0;  ///< readings that told of a failed run; of a copy that is not to be trusted; of a run that ended with warnings
};

/// One backup over a period, from the readings kept: a saw-tooth of its age, held against the RPO.
/// A point counts from when it was made, or from the reading before where that one did not show it yet. Between two readings that show different
/// points, the earlier one stands for the age as long as it is inside the RPO. A time outside is told only where a reading showed it: both readings name the
/// point, or the earlier one found it too old already and is still fresh (24 hours, or the RPO where that is shorter). The rest is a gap. After the
/// last reading its point stands while the reading is fresh. Ages and shares that count are of time in which the place's data can change.
struct BackupHistory {
  Id backup_id;
  Instant from, to;                  ///< `to` is never past the time of asking
  InheritedRpo rpo;
  std::vector<AgeStretch> stretches; ///< in order and apart; between them nothing vouches for an age
  std::vector<SideStretch> sides;    ///< the whole period, neighbours differ
  std::vector<HistoryDay> days;
  RunCount runs;
  Instant known_since;               ///< runs are counted from here: the first reading, or the copy that it found where that is less than a day older; unset = never read
  std::int64_t inside_minutes = 0, outside_minutes = 0, unknown_minutes = 0;
  std::int64_t worst_minutes = -1;   ///< the greatest age that counts …
  std::int64_t worst_whole_minutes = -1;  ///< … with the closed time in it …
  Instant worst_at;                  ///< … and when
  bool ever_without_point = false;   ///< at some time it was known that nothing could be restored
  int readings = 0, failed = 0, alarms = 0, warned = 0;  ///< in the period
  std::vector<const Observation*> unreadable; ///< readings of the period that got no answer; they point into the readings
  std::vector<Id> probes;            ///< that made the readings
  int points = 0;                    ///< different restorable points seen in the period

  /// Minutes that count whose side is known.
  std::int64_t told_minutes() const { return inside_minutes + outside_minutes; }
  /// Share of the told time inside the RPO, in tenths of a percent rounded down; -1 where nothing is told.
  int inside_permille() const { return told_minutes() > 0 ? static_cast<int>(inside_minutes * 1000 / told_minutes()) : -1; }
  /// Share of all time that counts whose side is told, in tenths of a percent rounded down; -1 where no time counts.
  int told_permille() const {
    const auto all = told_minutes() + unknown_minutes;
    return all > 0 ? static_cast<int>(told_minutes() * 1000 / all) : -1;
  }
};

/// The history of a backup between two times; nothing is told of what lies after `now`. `readings` are its own (readings_of). No RPO, no sides.
BackupHistory backup_history(const Plan& plan, const Graph& graph, const Backup& backup, const ReadingList& readings, Instant from, Instant to, Instant now, const ProbesAsSet* probes = nullptr);

/// An age at a time, for drawing; a line runs between neighbours.
struct AgeVertex {
  Instant at;
  std::int64_t minutes = 0;  ///< that count
};
/// The saw-tooth of one stretch: with a corner wherever the place opens or closes, since the age rests while it is closed.
std::vector<AgeVertex> age_line(const AgeStretch& stretch, const Calendar& calendar, Instant from, Instant to);

}  // namespace mainstay
