// SPDX-License-Identifier: MIT
#include "core/model/timeline.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::string_view state_names[] = {"ok", "at_risk", "breached", "failed", "unknown"};
constexpr std::string_view state_labels[] = {"OK", "At risk", "Breached", "Failed", "Unknown"};
constexpr std::int64_t seconds_per_day = 86400;
constexpr int shortest_space_days = 30;

int weekday(std::int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }  // 0 is Monday; 1970-01-01 was a Thursday

bool opens_on(const Organisation& organisation, int weekday_number) {
  if (weekday_number == 5) return organisation.open_saturday == Answer::yes;
  if (weekday_number == 6) return organisation.open_sunday == Answer::yes;
  return true;
}

/// Everything that the sentences and verdicts are made of.
struct Case {
  const Plan& plan;
  const std::vector<Observation>& observations;
  const Observation* newest = nullptr;       ///< the latest reading, whatever came of it
  const Observation* newest_read = nullptr;  ///< the latest that read something
  Instant now;
  BackupStatus& status;

  /// The record's name, or its id where it has none; looked up in its own kind only, since a plan may hold hundreds of backups.
  template <class T>
  static std::string title(const std::vector<T>& records, const Id& id) {
    const auto* record = find_in(records, id);
    return record && !record->name.empty() ? record->name : id.text;
  }
  std::string name() const { return title(plan.backups, status.backup_id); }
  std::string user() const { return title(plan.activities, status.rpo.activity_id); }
  std::string rpo() const { return spoken_minutes(status.rpo.rpo_minutes.count); }
  std::string age() const {
    if (status.working_age_minutes == status.age_minutes) return spoken_minutes(status.age_minutes);
    return tr("{age} ({open} of it on open days)", {{"age", spoken_minutes(status.age_minutes)}, {"open", spoken_minutes(status.working_age_minutes)}});
  }
  Args args(Args more = {}) const {
    more.emplace_back("backup", name());
    more.emplace_back("user", user());
    more.emplace_back("rpo", rpo());
    more.emplace_back("age", age());
    more.emplace_back("point", spoken(status.last_point));
    more.emplace_back("read", spoken(status.read_at));
    return more;
  }
  void say(BackupState state, std::string_view sentence, Args more = {}) const {
    status.state = state;
    status.detail = tr(sentence, args(std::move(more)));
  }
};

/// When the run after `point` is due to be complete; a slot on a closed day counts at the same time on the next open day.
Instant due_after(const Organisation& organisation, Instant point, std::int64_t interval, std::int64_t run) {
  Instant due = point.plus_minutes(interval + run);
  while (!is_open_day(organisation, due.date())) due = due.plus_minutes(minutes_per_day);
  return due;
}

/// True where most restore points went from one reading to the next: thinning removes some, a wiped history nearly all.
bool history_shrank(const Case& c) {
  const Observation* before = nullptr;
  for (const auto& o : c.observations)
    if (o.backup_id == c.status.backup_id && o.outcome == Observation::Outcome::read && o.item == c.newest_read->item && o.history_count >= 0 &&
        o.read_at < c.newest_read->read_at && (!before || o.read_at > before->read_at))
      before = &o;
  return before && c.newest_read->history_count >= 0 && before->history_count >= 4 && c.newest_read->history_count * 2 < before->history_count;
}

/// Days until the target is full at the growth of the last 30 days; -1 where that cannot be told.
std::int64_t space_lasts_days(const Case& c) {
  const auto& last = *c.newest_read;
  const Observation* first = nullptr;
  for (const auto& o : c.observations)
    if (o.backup_id == c.status.backup_id && o.outcome == Observation::Outcome::read && o.item == last.item && o.bytes_used >= 0 &&
        o.read_at.seconds >= last.read_at.seconds - 30 * seconds_per_day && o.read_at.seconds <= last.read_at.seconds - seconds_per_day &&
        (!first || o.read_at < first->read_at))
      first = &o;
  if (!first || last.bytes_used < 0 || last.bytes_free < 0 || last.bytes_used <= first->bytes_used) return -1;
  const double per_second = double(last.bytes_used - first->bytes_used) / double(last.read_at.seconds - first->read_at.seconds);
  return static_cast<std::int64_t>(std::min(1e9, double(last.bytes_free) / per_second / double(seconds_per_day)));
}

/// A reading older than a day, or than the RPO, vouches for nothing.
bool is_fresh(Instant read_at, Minutes rpo, Instant now) {
  return minutes_between(read_at, now) <= std::min<std::int64_t>(minutes_per_day, rpo ? rpo.count : minutes_per_day);
}

void judge_unfresh(const Case& c) {
  const auto& newest = *c.newest;
  const bool tried_later = c.newest != c.newest_read;
  const Args more{{"tried", spoken(newest.read_at)}, {"reason", newest.detail}};
  if (tried_later && newest.outcome == Observation::Outcome::no_api) {
    if (c.status.last_point) c.say(BackupState::unknown, "{backup} cannot be measured: its subscription has no API; last known point {point}, {age} ago.", more);
    else c.say(BackupState::unknown, "{backup} cannot be measured: its subscription has no API.", more);
  } else if (tried_later) {
    if (c.status.last_point)
      c.say(BackupState::unknown, "{backup} could not be read at {tried}; last known point {point}, {age} ago (read {read}).", more);
    else if (c.newest_read)
      c.say(BackupState::unknown, "{backup} could not be read at {tried}; no restorable point was known when it was last read, at {read}.", more);
    else c.say(BackupState::unknown, "{backup} could not be read at {tried}; no restorable point is known yet.", more);
    if (!newest.detail.empty()) c.status.detail += " " + newest.detail;  // a whole sentence of its own: what to do about it
  } else if (c.status.last_point) {
    c.say(BackupState::unknown, "{backup} was last read at {read}, too long ago to vouch for it; last known point {point}, {age} ago.", more);
  } else {
    c.say(BackupState::unknown, "{backup} was last read at {read}, too long ago to vouch for it; no restorable point was known then.", more);
  }
}

void judge_schedule(const Case& c, const Backup& backup) {
  const auto rpo = c.status.rpo.rpo_minutes.count;
  const auto& organisation = c.plan.organisation();
  if (backup.interval_minutes && backup.interval_minutes.count > 0 && backup.interval_minutes.count <= 10 * 366 * minutes_per_day) {
    const auto run = std::min<std::int64_t>(backup.run_minutes.value_or(0), 366 * minutes_per_day);
    const auto due = due_after(organisation, c.status.last_point, backup.interval_minutes.count, run);
    const Args more{{"every", spoken_minutes(backup.interval_minutes.count)}, {"due", spoken(due)}};
    if (c.now > due)
      return c.say(BackupState::at_risk, "{backup} is at risk: a run was due by {due} and is missing; its newest restorable point is {age} old, the RPO of {user} is {rpo}.", more);
    if (open_minutes_between(organisation, c.status.last_point, due) > rpo)
      return c.say(BackupState::at_risk, "{backup} is at risk: it runs every {every}, so the next run ends at {due}, too late for the RPO of {rpo} that {user} sets; its newest restorable point is {age} old.", more);
  } else if (c.status.working_age_minutes * 4 >= rpo * 3 && rpo > 0) {
    return c.say(BackupState::at_risk, "{backup} is at risk: its newest restorable point is {age} old, which uses up three quarters of the RPO of {rpo} that {user} sets, and no schedule is known.");
  }
  if (history_shrank(c))
    return c.say(BackupState::at_risk, "{backup} is at risk: most of its history went between two readings; its newest restorable point is {age} old, the RPO of {user} is {rpo}.");
  if (const auto days = space_lasts_days(c); days >= 0 && days < shortest_space_days)
    return c.say(BackupState::at_risk, "{backup} is at risk: at the present growth its space lasts {days} more days; its newest restorable point is {age} old, the RPO of {user} is {rpo}.", {{"days", days}});
  c.say(BackupState::ok, "{backup} is OK: its newest restorable point is {age} old, inside the RPO of {rpo} that {user} sets.");
}

void judge(const Case& c, const Backup& backup) {
  using Outcome = Observation::Outcome;
  const auto& rpo = c.status.rpo.rpo_minutes;
  if (!c.newest) return c.say(BackupState::unknown, "{backup} has never been measured: how old its newest restorable point is, is not known.");
  const Instant latest_credible(c.now.seconds + seconds_per_day);
  if (c.newest_read && (c.newest_read->read_at > latest_credible || (c.status.last_point && c.status.last_point > latest_credible)))
    return c.say(BackupState::unknown, "{backup} gives a time in the future ({point}): a clock is wrong, so its age cannot be told.");
  if (!c.newest_read || !is_fresh(c.newest_read->read_at, rpo, c.now)) return judge_unfresh(c);

  const Args more{{"reason", c.newest_read->detail}};
  if (c.newest_read->alarm) {
    if (c.newest_read->detail.empty()) return c.say(BackupState::failed, "{backup} has failed: its own software says that the copy is not to be trusted.");
    return c.say(BackupState::failed, "{backup} has failed: its own software says that the copy is not to be trusted ({reason}).", more);
  }
  const bool never = c.newest_read->outcome == Outcome::never_backed_up;
  const bool failed = c.newest_read->outcome == Outcome::failed;
  const bool late = rpo && c.status.last_point && c.status.working_age_minutes > rpo.count;
  if (failed && late)
    return c.say(BackupState::breached, "{backup} is breached: its last run failed and its newest restorable point is {age} old, older than the RPO of {rpo} that {user} sets.");
  if (failed && c.status.last_point) return c.say(BackupState::failed, "{backup} has failed: its last run did not complete; its newest restorable point is {age} old.");
  if (failed) return c.say(BackupState::failed, "{backup} has failed: its last run did not complete, and no restorable point is known.");
  if (never) {
    if (rpo) return c.say(BackupState::breached, "{backup} is breached: it has never completed, and {user} has an RPO of {rpo}.");
    return c.say(BackupState::unknown, "{backup} has never completed, and no activity that uses its data has an RPO: set one to get a verdict.");
  }
  if (!c.status.last_point) return c.say(BackupState::unknown, "{backup} was read at {read}, but the reading shows no restorable point.");
  if (!rpo) {
    if (c.status.rpo.users.empty())
      return c.say(BackupState::unknown, "{backup} has a restorable point {age} old, but no activity is linked to the data it protects: link them and set their RPO to get a verdict.");
    return c.say(BackupState::unknown, "{backup} has a restorable point {age} old, but no activity that uses its data has an RPO: set one to get a verdict.");
  }
  if (late) return c.say(BackupState::breached, "{backup} is breached: its newest restorable point is {age} old, older than the RPO of {rpo} that {user} sets.");
  judge_schedule(c, backup);
}

}  // namespace

std::string_view backup_state_name(BackupState state) { return state_names[static_cast<std::size_t>(state)]; }
std::string_view backup_state_label(BackupState state) { return state_labels[static_cast<std::size_t>(state)]; }

bool is_open_day(const Organisation& organisation, Date day) { return opens_on(organisation, weekday(day.days)); }

std::int64_t open_minutes_between(const Organisation& organisation, Instant from, Instant to) {
  if (!from || !to || to <= from) return 0;
  // Open seconds from the Monday before 1970 to `at`, whole weeks at once.
  int open_days_a_week = 0;
  for (int d = 0; d < 7; ++d) open_days_a_week += opens_on(organisation, d);
  const auto open_seconds_until = [&](std::int64_t at) {
    const std::int64_t since_monday = at + 3 * seconds_per_day;  // 1969-12-29 was a Monday
    const std::int64_t week = 7 * seconds_per_day;
    const std::int64_t weeks = since_monday >= 0 ? since_monday / week : (since_monday - week + 1) / week;
    std::int64_t rest = since_monday - weeks * week, open = weeks * open_days_a_week * seconds_per_day;
    for (int d = 0; d < 7 && rest > 0; ++d, rest -= seconds_per_day)
      if (opens_on(organisation, d)) open += std::min(rest, seconds_per_day);
    return open;
  };
  return (open_seconds_until(to.seconds) - open_seconds_until(from.seconds)) / 60;
}

BackupStatus backup_status(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, const Id& backup_id, Instant now) {
  BackupStatus status;
  status.backup_id = backup_id;
  const auto* backup = find_in(plan.backups, backup_id);
  if (!backup) {
    status.detail = tr("There is no backup “{id}”.", {{"id", backup_id.text}});
    return status;
  }
  status.rpo = inherited_rpo(plan, graph, backup_id);
  for (const auto& test : plan.restore_tests)
    if (test.backup_id == backup_id && test.result == RestoreTest::Result::pass && test.on && (!status.last_proven || test.on.days > status.last_proven.days))
      status.last_proven = test.on;
  Case c{plan, observations, latest(observations, backup_id), latest_read(observations, backup_id), now, status};
  if (const auto* read = c.newest_read) {
    status.read_at = read->read_at;
    status.last_attempt = read->last_attempt;
    status.last_point = read->last_point;
    // A failed run may not say which point came before; an earlier reading does.
    if (read->outcome == Observation::Outcome::failed && !status.last_point)
      for (const auto& o : observations)
        if (o.backup_id == backup_id && o.outcome == Observation::Outcome::read && o.last_point && o.read_at <= read->read_at &&
            (!status.last_point || o.last_point > status.last_point))
          status.last_point = o.last_point;
  }
  if (c.newest && c.newest->last_attempt && (!status.last_attempt || c.newest->last_attempt > status.last_attempt)) status.last_attempt = c.newest->last_attempt;
  if (status.last_point && status.last_point.seconds <= now.seconds + seconds_per_day) {
    status.age_minutes = std::max<std::int64_t>(0, minutes_between(status.last_point, now));
    status.working_age_minutes = open_minutes_between(plan.organisation(), status.last_point, now);
  }
  judge(c, *backup);
  return status;
}

std::vector<BackupStatus> backup_statuses(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, Instant now) {
  std::vector<BackupStatus> all;
  all.reserve(plan.backups.size());
  for (const auto& backup : plan.backups) all.push_back(backup_status(plan, graph, observations, backup.id, now));
  return all;
}

}  // namespace mainstay
