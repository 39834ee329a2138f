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

}  // namespace

void look_for_lost_history(const BackupCase& c) {
  const auto* now = c.newest_read;
  if (!now) return;
  const Observation *most = nullptr, *deepest = nullptr, *last_counted = nullptr, *last_dated = nullptr;
  Instant point;
  for (const auto* o : c.readings) {
    if (o == now) break;  // in the order in which they came, also within one second
    if (!is_answer(o->outcome) || points_in(*o) == 0 || !is_of_the_same(*o, *now)) continue;
    if (!names_a_future_point(*o)) point = std::max(point, o->last_point);
    const bool recent = o->read_at.seconds >= now->read_at.seconds - lost_history_told_days * seconds_per_day;
    if (o->history_count >= 0) last_counted = o;
    if (o->oldest_point && o->last_point) last_dated = o;
    if (recent && o->history_count >= 0 && (!most || o->history_count >= most->history_count)) most = o;
    if (recent && o->oldest_point && o->last_point && (!deepest || o->oldest_point <= deepest->oldest_point)) deepest = o;
  }
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
  if (most && now->history_count >= 0 && most->history_count >= 4 && now->history_count < most->history_count / 2 + most->history_count % 2) {
    c.status.history_before = most->history_count;
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
