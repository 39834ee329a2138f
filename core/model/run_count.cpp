// SPDX-License-Identifier: MIT
#include "core/model/run_count.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/time_zone.h"

namespace mainstay {
namespace {

constexpr std::int64_t seconds_per_day = 86400, longest_interval = 10 * 366 * minutes_per_day;
constexpr std::int64_t most_grown = 10'000;
constexpr std::size_t most_slots = 4000;

/// Points that came between two readings besides the newest, as the growth of the history tells; thinning can hide some, never add any.
std::int64_t grown_between(const SeenPoint& a, const SeenPoint& b) {
  if (a.reading->item != b.reading->item || a.reading->settings != b.reading->settings || a.reading->history_count < 0 || b.reading->history_count < 0) return 0;
  return std::clamp<std::int64_t>(b.reading->history_count - a.reading->history_count - 1, 0, most_grown);
}

RunCount count_slots(const Backup& backup, const Calendar& calendar, const std::vector<SeenPoint>& seen, Instant from, Instant to) {
  RunCount count;
  count.planned = 0;
  const auto allowed = backup.run_minutes ? std::clamp<std::int64_t>(backup.run_minutes.count, 0, 366 * minutes_per_day) : std::int64_t{60};
  // Some slots more than the period's own: a run belongs to the period that it is due in, and its points reach up to the next run.
  const auto slots = run_slots(backup, calendar, from.plus_minutes(-allowed - 1), to.plus_minutes(60 * minutes_per_day), most_slots);
  std::set<Instant> points;
  for (const auto& s : seen)
    if (s.point) points.insert(s.point);
  std::vector<int> open(seen.size() + 1, 0);  // by the reading that would have to tell
  for (std::size_t k = 0; k < slots.size(); ++k) {
    const auto due = slots[k].plus_minutes(allowed);
    if (due < from) continue;
    if (due >= to) break;
    ++count.planned;
    const auto point = points.lower_bound(slots[k]);
    if (point != points.end() && (k + 1 >= slots.size() || *point < slots[k + 1])) {
      ++count.made;
      continue;
    }
    // The first reading after it was due tells: an older point, and it is missing; a newer one, and it may have been made in between.
    const auto later = std::find_if(seen.begin(), seen.end(), [&](const SeenPoint& s) { return s.at >= due; });
    if (later != seen.end() && (!later->point || later->point < slots[k])) {
      ++count.missed;
      count.missed_at.push_back(slots[k]);
    } else {
      ++open[static_cast<std::size_t>(later - seen.begin())];
    }
  }
  for (std::size_t j = 0; j < open.size(); ++j) {
    const auto grown = j > 0 && j < seen.size() ? std::min<std::int64_t>(open[j], grown_between(seen[j - 1], seen[j])) : 0;
    count.made += static_cast<int>(grown);
    count.unknown += open[j] - static_cast<int>(grown);
  }
  return count;
}

/// Whether the place was open at that minute.
bool is_open_at(const Calendar& calendar, Instant at) {
  if (calendar.has_hours()) return open_minutes_between(calendar, at.plus_minutes(-1), at.plus_minutes(1)) > 0;
  const auto wall = wall_time(calendar.zone, at);
  return calendar.is_open(wall ? wall->day : at.date());
}

RunCount count_intervals(const Backup& backup, const Calendar& whole_calendar, const std::vector<SeenPoint>& seen, Instant from, Instant to) {
  RunCount count;
  const auto interval = backup.interval_minutes ? backup.interval_minutes.count : 0;
  if (interval <= 0 || interval > longest_interval) return count;
  const auto calendar = whole_calendar.for_spans_of(interval);
  const auto run = std::clamp<std::int64_t>(backup.run_minutes.value_or(0), 0, 366 * minutes_per_day);
  count.planned = static_cast<int>(std::min<std::int64_t>(1'000'000, open_minutes_between(calendar, from, to) / interval));
  const auto overdue = [&](Instant point, Instant at) { return std::max<std::int64_t>(0, (open_minutes_between(calendar, point, at) - run) / interval); };
  std::int64_t made = 0, missed = 0;
  for (std::size_t i = 0; i < seen.size();) {
    std::size_t last = i;  // the readings that show one and the same point
    while (last + 1 < seen.size() && seen[last + 1].point == seen[i].point) ++last;
    if (seen[i].point) {
      if (seen[i].point >= from && seen[i].point < to && is_open_at(calendar, seen[i].point)) ++made;
      const auto until = std::min(to, seen[last].at);
      if (until > from) missed += overdue(seen[i].point, until) - overdue(seen[i].point, std::max(from, seen[i].point));
    }
    if (i > 0 && seen[i].at >= from && seen[i].at < to && seen[i - 1].at >= from) made += grown_between(seen[i - 1], seen[i]);
    i = last + 1;
  }
  count.made = static_cast<int>(std::min<std::int64_t>(made, 1'000'000));
  count.missed = static_cast<int>(std::min<std::int64_t>(missed, 1'000'000));
  count.planned = std::max(count.planned, count.made + count.missed);
  count.unknown = std::max(0, count.planned - count.made - count.missed);
  return count;
}

}  // namespace

std::vector<SeenPoint> seen_points(const ReadingList& readings, Instant now) {
  std::vector<SeenPoint> seen;
  Instant before;
  for (const auto* o : readings) {
    if (!is_answer(o->outcome) || !o->read_at || o->read_at.seconds > now.seconds + seconds_per_day) continue;
    if (o->last_point && o->last_point.seconds > o->read_at.seconds + seconds_per_day) continue;
    const bool none = o->outcome == Observation::Outcome::never_backed_up;
    const auto point = none ? Instant() : o->last_point ? o->last_point : o->outcome == Observation::Outcome::failed ? before : Instant();
    if (!none && !point) continue;
    before = point;
    seen.push_back({o->read_at, point, o});
  }
  std::map<Instant, std::size_t> last_seen;
  for (std::size_t i = 0; i < seen.size(); ++i)
    if (seen[i].point) last_seen[seen[i].point] = i;
  std::vector<SeenPoint> kept;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const bool older = !kept.empty() && kept.back().point && (!seen[i].point || seen[i].point < kept.back().point);
    if (!older || last_seen[kept.back().point] < i) kept.push_back(seen[i]);
  }
  return kept;
}

RunCount count_runs(const Backup& backup, const Calendar& calendar, const std::vector<SeenPoint>& seen, Instant from, Instant to) {
  return parse_time_of_day(backup.run_at) ? count_slots(backup, calendar, seen, from, to) : count_intervals(backup, calendar, seen, from, to);
}

}  // namespace mainstay
