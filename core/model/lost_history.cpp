// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/model/backup_case.h"

namespace mainstay {
namespace {

constexpr std::int64_t seconds_per_day = 86400;
constexpr std::int64_t lost_history_told_days = 14;

/// Restore points that an answer shows; -1 = it does not say.
std::int64_t points_in(const Observation& o) { return o.outcome == Observation::Outcome::never_backed_up ? 0 : o.history_count; }

/// True where an earlier answer speaks of what a later one speaks of. Where nothing is left, its name may be gone as well.
bool is_of_the_same(const Observation& earlier, const Observation& later) {
  if (earlier.probe_id != later.probe_id) return earlier.item == later.item && !later.item.empty();
  return earlier.item == later.item || (later.item.empty() && points_in(later) == 0);
}

/// True where thinning leads from the points of one answer to those of a later one: that of the last day to one a day, that of days a month old to one a week, as Time
/// Machine does by itself and restic and Borg where they are told to. It keeps how far back they reach, by a day, or of more than a month by a week and what time
/// passes; without both oldest points nobody can tell. A backup that runs more often than hourly has more points in its last day.
bool thinning_explains(const Backup& backup, const Observation& before, const Observation& now) {
  if (!before.oldest_point || !before.last_point || !now.oldest_point || now.oldest_point > before.last_point) return false;
  const auto passed = std::max<std::int64_t>(0, now.read_at.seconds - before.read_at.seconds);
  const bool has_weeks = before.last_point.seconds - before.oldest_point.seconds >= 28 * seconds_per_day;
  if (now.oldest_point.seconds - before.oldest_point.seconds > (has_weeks ? 7 * seconds_per_day + passed : seconds_per_day)) return false;
  const auto interval = backup.interval_minutes ? std::clamp<std::int64_t>(backup.interval_minutes.count, 1, 60) : 60;
  const auto of_last_day = minutes_per_day / interval + 2;
  return now.history_count >= before.history_count - of_last_day - (passed + seconds_per_day - 1) / seconds_per_day;
}

/// True where more than half of the points of an answer are missing in a later one, and no thinning explains it.
bool lost_most(const Backup& backup, const Observation& before, const Observation& now) {
  return now.history_count >= 0 && before.history_count >= 4 && now.history_count < before.history_count / 2 + before.history_count % 2 && !thinning_explains(backup, before, now);
}

}  // namespace

void look_for_lost_history(const BackupCase& c) {
  const auto* now = c.newest_read;
  if (!now) return;
  const Observation *most = nullptr, *deepest = nullptr, *fallen = nullptr, *last_counted = nullptr, *last_dated = nullptr;
  Instant point;
  for (const auto* o : c.readings) {
    if (o == now) break;  // in the order in which they came, also within one second
    if (!is_answer(o->outcome) || points_in(*o) == 0 || !is_of_the_same(*o, *now)) continue;
    if (!names_a_future_point(*o)) point = std::max(point, o->last_point);
    const bool recent = o->read_at.seconds >= now->read_at.seconds - lost_history_told_days * seconds_per_day;
    if (o->history_count >= 0) last_counted = o;
    if (o->oldest_point && o->last_point) last_dated = o;
    if (recent && o->history_count >= 0 && (!most || o->history_count >= most->history_count)) most = o;
    if (recent && (!fallen || o->history_count >= fallen->history_count) && lost_most(c.backup, *o, *now)) fallen = o;
    if (recent && o->oldest_point && o->last_point && (!deepest || o->oldest_point <= deepest->oldest_point)) deepest = o;
  }
  if (!most && last_counted && lost_most(c.backup, *last_counted, *now)) fallen = last_counted;
  if (!most) most = last_counted;
  if (!deepest) deepest = last_dated;
  if (points_in(*now) == 0 && !now->last_point) {
    // A count that fell to nothing is a loss; that none was ever completed is one where a point was known, counted or not. A service that only hears from
    // jobs does not know what lies in the backup: one that begins anew has heard nothing yet.
    const auto* probe = c.probes.find(now->probe_id);
    const bool knows = now->outcome == Observation::Outcome::never_backed_up && !(probe && probe->type == Probe::Type::healthchecks);
    if (!most && !(point && knows)) return;
    c.status.history_before = most ? most->history_count : 0;
    c.status.history_now = 0;
    c.status.point_before = point;
    return;
  }
  if (now->outcome != Observation::Outcome::read && !now->alarm) return;
  if (fallen) {
    c.status.history_before = fallen->history_count;
    c.status.history_now = now->history_count;
  }
  if (!deepest || !now->oldest_point || deepest->oldest_point > deepest->last_point) return;
  // The oldest point moves on by itself as fast as time does; what counts is what it jumped beyond that.
  const auto reach = deepest->last_point.seconds - deepest->oldest_point.seconds;
  const auto jumped = now->oldest_point.seconds - deepest->oldest_point.seconds - (now->read_at.seconds - deepest->read_at.seconds);
  if (reach >= 4 * seconds_per_day && jumped * 2 > reach && jumped > 2 * seconds_per_day) {
    c.status.reach_before = deepest->oldest_point;
    c.status.reach_now = now->oldest_point;
  }
}

}  // namespace mainstay
