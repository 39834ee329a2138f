// SPDX-License-Identifier: MIT
#include "core/model/run_count.h"

#include <algorithm>
#include <map>
#include <set>

namespace mainstay {
namespace {

constexpr std::int64_t longest_interval = 10 * 366 * minutes_per_day, most_intervals = 1'000'000;
constexpr std::int64_t most_grown = 10'000;
constexpr std::size_t most_slots = 4000;

/// Points that came between two readings besides the newest, as the growth of the history tells; thinning can hide some, never add any.
std::int64_t grown_between(const SeenPoint& a, const SeenPoint& b) {
  if (a.reading->item != b.reading->item || a.reading->settings != b.reading->settings || a.reading->history_count < 0 || b.reading->history_count < 0) return 0;
  return std::clamp<std::int64_t>(b.reading->history_count - a.reading->history_count - 1, 0, most_grown);
}

/// Restore points that a growing history shows fill slots that nothing else tells of: `open` of them by the reading that would have to tell.
void fill_by_growth(const std::vector<SeenPoint>& seen, const std::vector<std::int64_t>& open, std::int64_t& made, std::int64_t& unknown) {
  for (std::size_t j = 0; j < open.size(); ++j) {
    const auto grown = j > 0 && j < seen.size() ? std::min(open[j], grown_between(seen[j - 1], seen[j])) : 0;
    made += grown;
    unknown += open[j] - grown;
  }
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
  std::vector<std::int64_t> open(seen.size() + 1, 0);
  std::int64_t made = 0, unknown = 0;
  for (std::size_t k = 0; k < slots.size(); ++k) {
    const auto due = slots[k].plus_minutes(allowed);
    if (due < from) continue;
    if (due >= to) break;
    ++count.planned;
    const auto point = points.lower_bound(slots[k]);
    if (point != points.end() && (k + 1 >= slots.size() || *point < slots[k + 1])) {
      ++made;
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
  fill_by_growth(seen, open, made, unknown);
  count.made = static_cast<int>(made);
  count.unknown = static_cast<int>(unknown);
  return count;
}

/// Where an instant lies on the line of minutes in which data can change, 0 at `from`. What lies in closed time comes before the minute that follows it.
std::int64_t open_minute(const Calendar& calendar, Instant from, Instant at) {
  const auto minute = at < from ? -open_minutes_between(calendar, at, from) : open_minutes_between(calendar, from, at);
  return is_open_at(calendar, at) ? minute : minute - 1;
}

/// The points of one slot of an interval, as minutes of the open line.
struct SlotPoints {
  int count = 0;
  std::int64_t first = 0, last = 0;
};

/// A run that came a little early or late lies in a neighbour's slot: where that one has a point to spare, less than half an interval away, it is this one's.
void lend_to_neighbours(std::vector<SlotPoints>& slots, std::int64_t interval) {
  for (std::size_t k = 0; k < slots.size(); ++k) {
    const auto begin = static_cast<std::int64_t>(k) * interval, end = begin + interval;
    if (slots[k].count > 1 && k > 0 && slots[k - 1].count == 0 && (slots[k].first - begin) * 2 < interval) slots[k - 1].count = 1, --slots[k].count;
    if (slots[k].count > 1 && k + 1 < slots.size() && slots[k + 1].count == 0 && (end - slots[k].last) * 2 < interval) slots[k + 1].count = 1, --slots[k].count;
  }
}

/// A point made in closed time, on the line of open minutes: the last one before it, -1 where that lies before the period; `early` where it comes less than
/// half an interval before the opening, `within` where it lies in the period and not between its end and the next opening.
struct ClosedPoint {
  std::int64_t minute = 0;
  bool early = false, within = true;
};

/// What was made in closed time fills the slot before it, or the one that it came early for, where nothing else does; how many are left over.
int fill_from_closed_time(std::vector<SlotPoints>& slots, const std::vector<ClosedPoint>& points, std::int64_t interval) {
  int beside = 0;
  const auto fill = [&](std::int64_t minute) {
    const auto k = static_cast<std::size_t>(minute / interval);
    if (k >= slots.size() || slots[k].count > 0) return false;
    slots[k].count = 1;
    return true;
  };
  for (const auto& point : points)
    if (!(point.minute >= 0 && fill(point.minute)) && !(point.early && fill(point.minute + 1)) && point.within) ++beside;
  return beside;
}

/// The period's open time is cut into slots of one interval, and each is made, missed or unknown: runs beside the schedule make no more of them.
RunCount count_intervals(const Backup& backup, const Calendar& whole_calendar, const std::vector<SeenPoint>& seen, Instant from, Instant to) {
  RunCount count;
  const auto interval = backup.interval_minutes ? backup.interval_minutes.count : 0;
  if (interval <= 0 || interval > longest_interval) return count;
  const auto calendar = whole_calendar.for_spans_of(interval);
  const auto run = std::clamp<std::int64_t>(backup.run_minutes.value_or(0), 0, 366 * minutes_per_day);
  const auto open_time = open_minutes_between(calendar, from, to);
  std::vector<SlotPoints> slots(static_cast<std::size_t>(std::min(most_intervals, open_time / interval)));
  std::vector<std::int64_t> read(seen.size()), shown(seen.size(), INT64_MIN);
  std::set<Instant> counted;
  SlotPoints begun;  // of the slot that the period's end cuts: planned only once its run was made
  std::vector<ClosedPoint> in_closed_time;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    read[i] = open_minute(calendar, from, seen[i].at);
    if (!seen[i].point) continue;
    shown[i] = i > 0 && seen[i].point == seen[i - 1].point ? shown[i - 1] : open_minute(calendar, from, seen[i].point);
    const auto minute = shown[i];
    const bool open = is_open_at(calendar, seen[i].point);
    // Up to the opening after the period a run is still one of its last slot; what came before its first opening is one of the slot before it.
    if (seen[i].point < from || (open ? seen[i].point >= to : minute >= open_time) || !counted.insert(seen[i].point).second) continue;
    if (!open) {
      const auto opens = next_open(calendar, seen[i].point);
      const bool early = opens && (opens.seconds - seen[i].point.seconds) * 2 < interval * 60, within = seen[i].point < to;
      if (within ? minute >= 0 || early : !early) in_closed_time.push_back({minute, early, within});
      continue;
    }
    const auto k = static_cast<std::size_t>(minute / interval);
    auto& slot = k < slots.size() ? slots[k] : begun;
    slot.first = slot.count ? std::min(slot.first, minute) : minute;
    slot.last = slot.count ? std::max(slot.last, minute) : minute;
    ++slot.count;
  }
  const bool has_cut_slot = open_time % interval != 0 && slots.size() < static_cast<std::size_t>(most_intervals);
  if (has_cut_slot && begun.count > 0) slots.push_back(begun);
  lend_to_neighbours(slots, interval);
  if (has_cut_slot && begun.count == 0) slots.emplace_back();
  count.beside = fill_from_closed_time(slots, in_closed_time, interval);
  if (has_cut_slot && slots.back().count == 0) slots.pop_back();
  std::vector<std::int64_t> open(seen.size() + 1, 0);
  std::int64_t made = 0, missed = 0, unknown = 0;
  std::size_t later = 0;
  for (std::size_t k = 0; k < slots.size(); ++k) {
    const auto begin = static_cast<std::int64_t>(k) * interval;
    while (later < seen.size() && read[later] < begin + interval + run) ++later;
    if (slots[k].count > 0) ++made;
    else if (later < seen.size() && shown[later] < begin) ++missed;
    else ++open[later];
  }
  fill_by_growth(seen, open, made, unknown);
  count.planned = static_cast<int>(slots.size());
  count.made = static_cast<int>(made);
  count.missed = static_cast<int>(missed);
  count.unknown = static_cast<int>(unknown);
  return count;
}

}  // namespace

std::vector<SeenPoint> seen_points(const ReadingList& readings, Instant now) {
  std::vector<SeenPoint> seen;
  Instant before;
  for (const auto* o : readings) {
    if (!is_answer(o->outcome) || !o->read_at || is_from_the_future(*o, now) || names_a_future_point(*o)) continue;
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
