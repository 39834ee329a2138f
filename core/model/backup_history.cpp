// SPDX-License-Identifier: MIT
#include "core/model/backup_history.h"

#include <algorithm>

#include "core/base/time_zone.h"
#include "core/model/probe_settings.h"
#include "core/model/sources.h"

namespace mainstay {
namespace {

constexpr std::int64_t seconds_per_day = 86400;

std::int32_t day_at(const Calendar& calendar, Instant at) { return wall_time(calendar.zone, at).value_or(WallTime{at.date(), 0}).day.days; }
Instant midnight(const Calendar& calendar, std::int32_t day) { return instant_of(calendar.zone, {Date(day), 0}).value_or(Instant(std::int64_t{day} * seconds_per_day)); }

/// When the age of a point, counted in open time, passes the RPO; `to` where it does not before then.
Instant crossing(const Calendar& calendar, Instant point, std::int64_t rpo, Instant from, Instant to) {
  if (open_minutes_between(calendar, point, to) <= rpo) return to;
  if (open_minutes_between(calendar, point, from) > rpo) return from;
  auto low = from.seconds, high = to.seconds;
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (open_minutes_between(calendar, point, Instant(middle)) > rpo ? high : low) = middle;
  }
  return std::max(from, Instant(high - 60));  // minutes are whole: the first one too many has passed by then
}

/// The stretches that the readings vouch for, over all time up to `now`.
std::vector<AgeStretch> known_stretches(const std::vector<SeenPoint>& seen, const Calendar& calendar, const Minutes& rpo, Instant now, bool last_counts) {
  std::vector<AgeStretch> stretches;
  const auto fresh = rpo ? std::min(minutes_per_day, std::max<std::int64_t>(0, rpo.count)) : minutes_per_day;
  const auto add = [&](Instant from, Instant to, Instant point) {
    if (to <= from) return;
    if (!stretches.empty() && stretches.back().to == from && stretches.back().point == point) stretches.back().to = to;
    else stretches.push_back({from, to, point});
  };
  Instant begin;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const auto& one = seen[i];
    if (i == 0) begin = one.point && one.point < one.at ? one.point : one.at;
    if (i + 1 == seen.size()) {
      add(begin, last_counts ? std::min(now, one.at.plus_minutes(fresh)) : std::min(now, one.at), one.point);
      break;
    }
    const auto& next = seen[i + 1];
    if (next.point == one.point) {
      add(begin, next.at, one.point);
      begin = next.at;
      continue;
    }
    const bool newer = next.point && (!one.point || next.point > one.point);
    const auto change = newer ? std::clamp(next.point, one.at, next.at) : next.at;
    auto vouched = one.at.plus_minutes(fresh);
    // Nothing older than this point was the newest since, so it stays inside the RPO however late the next reading came; but that it passed the RPO
    // nobody saw, and a point that came and went in between may have prevented it.
    if (newer && rpo && one.point && open_minutes_between(calendar, one.point, one.at) <= rpo.count) vouched = crossing(calendar, one.point, rpo.count, one.at, change);
    add(begin, std::min(change, vouched), one.point);
    begin = change;
  }
  return stretches;
}

void add_side(std::vector<SideStretch>& sides, Instant from, Instant to, RpoSide side) {
  if (to <= from) return;
  if (!sides.empty() && sides.back().side == side && sides.back().to == from) sides.back().to = to;
  else sides.push_back({from, to, side});
}

void take_sides(BackupHistory& h, const Calendar& calendar) {
  auto at = h.from;
  for (const auto& s : h.stretches) {
    add_side(h.sides, at, s.from, RpoSide::unknown);
    if (!h.rpo.rpo_minutes) add_side(h.sides, s.from, s.to, RpoSide::unknown);
    else if (!s.point) add_side(h.sides, s.from, s.to, RpoSide::outside);
    else {
      const auto late = crossing(calendar, s.point, h.rpo.rpo_minutes.count, s.from, s.to);
      add_side(h.sides, s.from, late, RpoSide::inside);
      add_side(h.sides, late, s.to, RpoSide::outside);
    }
    at = s.to;
  }
  add_side(h.sides, at, h.to, RpoSide::unknown);
  for (const auto& side : h.sides) {
    const auto minutes = open_minutes_between(calendar, side.from, side.to);
    (side.side == RpoSide::inside ? h.inside_minutes : side.side == RpoSide::outside ? h.outside_minutes : h.unknown_minutes) += minutes;
  }
}

void find_worst(BackupHistory& h, const Calendar& calendar) {
  for (const auto& s : h.stretches) {
    if (!s.point) {
      h.ever_without_point = true;
      continue;
    }
    const auto counts = open_minutes_between(calendar, s.point, s.to), whole = std::max<std::int64_t>(0, minutes_between(s.point, s.to));
    if (counts < h.worst_minutes || (counts == h.worst_minutes && whole <= h.worst_whole_minutes)) continue;
    h.worst_minutes = counts;
    h.worst_whole_minutes = whole;
    h.worst_at = s.to;
  }
}

void fill_days(BackupHistory& h, const Calendar& calendar, const ReadingList& readings) {
  if (h.to <= h.from) return;
  std::size_t side = 0, stretch = 0;
  auto reading = readings.begin();
  const auto last_day = day_at(calendar, Instant(h.to.seconds - 1));
  for (auto day = day_at(calendar, h.from); day <= last_day; ++day) {
    const auto from = std::max(h.from, midnight(calendar, day)), to = std::min(h.to, midnight(calendar, day + 1));
    HistoryDay d;
    d.day = Date(day);
    d.closed = !calendar.is_open(d.day);
    while (side < h.sides.size() && h.sides[side].to <= from) ++side;
    for (auto s = side; s < h.sides.size() && h.sides[s].from < to; ++s) {
      const auto minutes = open_minutes_between(calendar, std::max(from, h.sides[s].from), std::min(to, h.sides[s].to));
      (h.sides[s].side == RpoSide::inside ? d.inside_minutes : h.sides[s].side == RpoSide::outside ? d.outside_minutes : d.unknown_minutes) += minutes;
    }
    while (stretch < h.stretches.size() && h.stretches[stretch].to <= from) ++stretch;
    for (auto s = stretch; s < h.stretches.size() && h.stretches[s].from < to; ++s)
      if (h.stretches[s].point) d.worst_minutes = std::max(d.worst_minutes, open_minutes_between(calendar, h.stretches[s].point, std::min(to, h.stretches[s].to)));
    while (reading != readings.end() && (*reading)->read_at < from) ++reading;
    for (; reading != readings.end() && (*reading)->read_at < to; ++reading) {
      ++(is_answer((*reading)->outcome) ? d.readings : d.unreadable);
      d.failed += (*reading)->outcome == Observation::Outcome::failed ? 1 : 0;
      d.alarms += (*reading)->alarm ? 1 : 0;
      d.warned += (*reading)->warned ? 1 : 0;
    }
    h.days.push_back(d);
  }
}

void count_readings(BackupHistory& h, const ReadingList& readings, Instant until) {
  for (const auto* o : readings) {
    if (o->read_at < h.from || o->read_at >= until) continue;
    ++h.readings;
    if (!is_answer(o->outcome)) h.unreadable.push_back(o);
    if (o->outcome == Observation::Outcome::failed) ++h.failed;
    if (o->alarm) ++h.alarms;
    if (o->warned) ++h.warned;
    if (!o->probe_id.empty() && std::find(h.probes.begin(), h.probes.end(), o->probe_id) == h.probes.end()) h.probes.push_back(o->probe_id);
  }
}

}  // namespace

BackupHistory backup_history(const Plan& plan, const Graph& graph, const Backup& backup, const ReadingList& readings, Instant from, Instant to, Instant now, const ProbesAsSet* probes) {
  BackupHistory h;
  h.backup_id = backup.id;
  h.from = from;
  h.to = std::max(from, std::min(to, now));
  h.rpo = inherited_rpo(plan, graph, backup.id);
  const auto whole_calendar = calendar_of(plan, backup), calendar = whole_calendar.for_spans_of(h.rpo.rpo_minutes.value_or(minutes_per_day));
  const ProbesAsSet own(plan);
  const auto seen = seen_points(leading_readings(readings, probes ? *probes : own, calendar, h.rpo.rpo_minutes), now);
  const auto counts = [&](const Observation* last) { return !readings_as_set(probes ? *probes : own, {last}).empty(); };
  const bool last_counts = seen.empty() || counts(seen.back().reading);  // else it tells of what the probe looked at before
  for (const auto& s : known_stretches(seen, calendar, h.rpo.rpo_minutes, h.to, last_counts))
    if (s.to > h.from && s.from < h.to) h.stretches.push_back({std::max(s.from, h.from), std::min(s.to, h.to), s.point});
  take_sides(h, calendar);
  find_worst(h, calendar);
  fill_days(h, calendar, readings);
  count_readings(h, readings, std::min(to, Instant(now.seconds + 1)));  // one that was taken at this moment is there
  if (!seen.empty()) {
    const auto& first = seen.front();
    h.known_since = first.point && first.point < first.at ? std::max(first.point, first.at.plus_minutes(-minutes_per_day)) : first.at;
  }
  h.runs = count_runs(backup, whole_calendar, seen, h.known_since ? std::clamp(h.known_since, h.from, h.to) : h.to, h.to);
  Instant last;
  for (const auto& s : seen)
    if (s.point && s.point != last && s.point >= h.from && s.point < h.to) ++h.points, last = s.point;
  return h;
}

std::vector<AgeVertex> age_line(const AgeStretch& stretch, const Calendar& calendar, Instant from, Instant to) {
  std::vector<AgeVertex> line;
  const auto begin = std::max(from, stretch.from), end = std::min(to, stretch.to);
  if (!stretch.point || end <= begin) return line;
  const auto put = [&](Instant at) { line.push_back({at, open_minutes_between(calendar, stretch.point, at)}); };
  put(begin);
  for (auto day = day_at(calendar, begin) + 1;; ++day) {
    const auto at = midnight(calendar, day);
    if (at >= end) break;
    if (calendar.is_open(Date(day)) != calendar.is_open(Date(day - 1))) put(at);
  }
  if (calendar.has_hours()) {
    for (auto day = day_at(calendar, begin) - 1; day <= day_at(calendar, end); ++day) {
      if (!calendar.is_open(Date(day))) continue;
      const auto& hours = calendar.hours[static_cast<std::size_t>(((day + 3) % 7 + 7) % 7)];
      for (const auto minute : {hours.opens, hours.closes})
        if (const auto at = instant_of(calendar.zone, {Date(day + minute / (24 * 60)), minute % (24 * 60) * 60}); at && *at > begin && *at < end) put(*at);
    }
    std::sort(line.begin(), line.end(), [](const AgeVertex& a, const AgeVertex& b) { return a.at < b.at; });
  }
  put(end);
  return line;
}

}  // namespace mainstay
