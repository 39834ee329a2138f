// SPDX-License-Identifier: MIT
// The verdict on one backup, and the sentence that tells it.
#include <algorithm>

#include "core/base/time_zone.h"
#include "core/model/backup_case.h"

namespace mainstay {

void BackupCase::say(BackupState state, std::string_view sentence, Args more) const {
  status.state = state;
  status.detail = tr(sentence, args(std::move(more)));
  if (status.working_age_minutes == status.age_minutes || sentence.find("{age}") == std::string_view::npos) return;
  const Args open{{"open", spoken_minutes(status.working_age_minutes)}};
  status.detail += " " + (rpo_calendar().has_hours() ? tr("Only open hours count: in those it has aged {open}.", open) : tr("Only open days count: on those it has aged {open}.", open));
}

namespace {

void judge_unfresh(const BackupCase& c) {
  const auto& newest = *c.newest;
  const bool tried_later = c.newest != c.newest_read;
  const auto reason = c.reason(newest);
  const Args more{{"tried", spoken(newest.read_at)}, {"reason", reason}};
  if (tried_later && newest.outcome == Observation::Outcome::no_api) {
    if (c.status.last_point) c.say(BackupState::unknown, "{backup} cannot be measured: its subscription has no API; last known point {point}, {age} ago.", more);
    else c.say(BackupState::unknown, "{backup} cannot be measured: its subscription has no API.", more);
  } else if (tried_later) {
    if (c.status.last_point)
      c.say(BackupState::unknown, "{backup} could not be read at {tried}; last known point {point}, {age} ago (read {read}).", more);
    else if (c.newest_read)
      c.say(BackupState::unknown, "{backup} could not be read at {tried}; no restorable point was known when it was last read, at {read}.", more);
    else c.say(BackupState::unknown, "{backup} could not be read at {tried}; no restorable point is known yet.", more);
    if (!reason.empty()) c.status.detail += " " + reason;  // a whole sentence of its own: what to do about it
  } else if (c.status.last_point) {
    c.say(BackupState::unknown, "{backup} was last read at {read}, too long ago to vouch for it; last known point {point}, {age} ago.", more);
  } else {
    c.say(BackupState::unknown, "{backup} was last read at {read}, too long ago to vouch for it; no restorable point was known then.", more);
  }
}

/// What the newest answer says of itself, a whole sentence of its own.
void add_reason(const BackupCase& c) {
  if (const auto reason = c.reason(*c.newest_read); !reason.empty()) c.status.detail += " " + reason;
}

/// Nothing is left of a backup that had restore points: the worst that can be told of one, whatever else is known.
void judge_lost(const BackupCase& c) {
  const auto& s = c.status;
  const auto state = s.rpo.rpo_minutes ? BackupState::breached : BackupState::failed;
  const Args more{{"before", s.history_before}, {"was", s.point_before ? spoken(s.point_before) : std::string()}};
  if (s.history_before > 1 || !s.point_before)
    c.say(state, s.rpo.rpo_minutes ? "{backup} is breached: all of its history is gone ({before} restore points before, none now), and {user} has an RPO of {rpo}."
                                   : "{backup} has failed: all of its history is gone ({before} restore points before, none now).", more);
  else
    c.say(state, s.rpo.rpo_minutes ? "{backup} is breached: all of its history is gone (a restorable point of {was} before, none now), and {user} has an RPO of {rpo}."
                                   : "{backup} has failed: all of its history is gone (a restorable point of {was} before, none now).", more);
  c.status.detail += " " + (c.backup.method == Backup::Method::time_machine ? tr("Do not let macOS start over: a new backup deletes what may be left of the old one.")
                                                                           : tr("Let nothing start a new backup in its place before somebody has looked what is left of the old one."));
  add_reason(c);
}

/// The newest answer says that the backup failed; `late`: its newest point is older than the RPO as well.
void judge_failed(const BackupCase& c, bool late) {
  const bool told = !c.reason(*c.newest_read).empty();
  if (late)
    c.say(BackupState::breached, told ? "{backup} is breached: it reports a failure, and its newest restorable point is {age} old, older than the RPO of {rpo} that {user} sets."
                                      : "{backup} is breached: its last run failed and its newest restorable point is {age} old, older than the RPO of {rpo} that {user} sets.");
  else if (c.status.last_point)
    c.say(BackupState::failed, told ? "{backup} has failed; its newest restorable point is {age} old." : "{backup} has failed: its last run did not complete; its newest restorable point is {age} old.");
  else
    c.say(BackupState::failed, told ? "{backup} has failed, and no restorable point is known." : "{backup} has failed: its last run did not complete, and no restorable point is known.");
  add_reason(c);
}

void judge_schedule(const BackupCase& c) {
  const auto rpo = c.status.rpo.rpo_minutes.count;
  const auto& s = c.status;
  const auto at_risk = [&](BackupRisk why, std::string_view sentence, Args more = {}) {
    c.status.risk = why;
    c.say(BackupState::at_risk, sentence, std::move(more));
  };
  if (s.next_due) {
    const auto gap = planned_gap_minutes(c.backup, c.rpo_calendar()).value_or(0);
    const bool at_times = parse_time_of_day(c.backup.run_at).has_value();  // else it runs every so often, by any calendar
    const Args more{{"every", at_times ? spoken_open_minutes(c.rpo_calendar(), gap) : spoken_minutes(gap)}, {"due", spoken(s.next_due)}, {"missed", s.missed_runs}};
    if (s.missed_runs > 1)
      return at_risk(BackupRisk::missed_runs, "{backup} is at risk: {missed} runs are missing, the first was due by {due}; its newest restorable point is {age} old, the RPO of {user} is {rpo}.", more);
    if (s.missed_runs == 1)
      return at_risk(BackupRisk::missed_runs, "{backup} is at risk: a run was due by {due} and is missing; its newest restorable point is {age} old, the RPO of {user} is {rpo}.", more);
    if (open_minutes_between(c.rpo_calendar(), s.last_point, s.next_due) > rpo)
      return at_risk(BackupRisk::too_slow, "{backup} is at risk: it runs every {every}, so the next run ends at {due}, too late for the RPO of {rpo} that {user} sets; its newest restorable point is {age} old.", more);
  } else if (s.working_age_minutes * 4 >= rpo * 3 && rpo > 0) {
    return at_risk(BackupRisk::nearly_used, "{backup} is at risk: its newest restorable point is {age} old, which uses up three quarters of the RPO of {rpo} that {user} sets, and no schedule is known.");
  }
  if (s.history_before >= 0)
    return at_risk(BackupRisk::history_lost, "{backup} is at risk: most of its history went between two readings ({before} restore points before, {left} now); its newest restorable point is {age} old, the RPO of {user} is {rpo}.",
                   {{"before", s.history_before}, {"left", s.history_now}});
  if (s.reach_before)
    return at_risk(BackupRisk::history_lost, "{backup} is at risk: most of its history went at a stroke (it reached back to {before}, now to {left}); its newest restorable point is {age} old, the RPO of {user} is {rpo}.",
                   {{"before", spoken(s.reach_before.date())}, {"left", spoken(s.reach_now.date())}});
  if (s.space.ends_within(shortest_space_days))
    return at_risk(BackupRisk::space, "{backup} is at risk: at the present growth the space on its target lasts {days} more days; its newest restorable point is {age} old, the RPO of {user} is {rpo}.", {{"days", s.space.lasts_days}});
  if (!s.disagreement.empty())
    return at_risk(BackupRisk::sources_disagree, "{backup} is at risk: one of its sources says that its newest restorable point is {age} old, inside the RPO of {rpo} that {user} sets, and another does not know of it.");
  c.say(BackupState::ok, "{backup} is OK: its newest restorable point is {age} old, inside the RPO of {rpo} that {user} sets.");
}

}  // namespace

void judge_backup(const BackupCase& c) {
  using Outcome = Observation::Outcome;
  const auto& rpo = c.status.rpo.rpo_minutes;
  if (!c.newest && c.changed_since) return c.say(BackupState::unknown, "{backup} has not been measured since its probe's settings were changed: how old its newest restorable point is, is not known.");
  if (!c.newest && c.status.passed_over > 0) return c.say(BackupState::unknown, "{backup} has no reading that can be believed: a clock is wrong, so how old its newest restorable point is, is not known.");
  if (!c.newest) return c.say(BackupState::unknown, "{backup} has never been measured: how old its newest restorable point is, is not known.");
  if (c.newest_read && names_a_future_point(*c.newest_read))
    return c.say(BackupState::unknown, "{backup} gives a time in the future ({point}): a clock is wrong, so its age cannot be told.");
  if (!c.newest_read || !is_fresh(c.newest_read->read_at, rpo, c.now)) return judge_unfresh(c);

  if (c.status.lost_everything()) return judge_lost(c);
  if (c.newest_read->alarm) {
    const Args more{{"reason", c.reason(*c.newest_read)}};
    if (more.front().value.empty()) return c.say(BackupState::failed, "{backup} has failed: its own software says that the copy is not to be trusted.");
    return c.say(BackupState::failed, "{backup} has failed: its own software says that the copy is not to be trusted ({reason}).", more);
  }
  const bool late = rpo && c.status.last_point && c.status.working_age_minutes > rpo.count;
  if (c.newest_read->outcome == Outcome::failed) return judge_failed(c, late);
  if (c.newest_read->outcome == Outcome::never_backed_up) {
    if (rpo) c.say(BackupState::breached, "{backup} is breached: it has never completed, and {user} has an RPO of {rpo}.");
    else c.say(BackupState::unknown, "{backup} has never completed, and no activity that uses its data has an RPO: set one to get a verdict.");
    return add_reason(c);
  }
  if (!c.status.last_point) {
    c.say(BackupState::unknown, "{backup} was read at {read}, but the reading shows no restorable point.");
    return add_reason(c);
  }
  if (rpo.is_none())
    return c.say(BackupState::unknown, "{backup} has a restorable point {age} old. Its users say that none of its data must be brought back, so there is no RPO to hold it against.");
  if (!rpo) {
    if (c.status.rpo.users.empty())
      return c.say(BackupState::unknown, "{backup} has a restorable point {age} old, but no activity is linked to the data it protects: link them and set their RPO to get a verdict.");
    return c.say(BackupState::unknown, "{backup} has a restorable point {age} old, but no activity that uses its data has an RPO: set one to get a verdict.");
  }
  if (late) return c.say(BackupState::breached, "{backup} is breached: its newest restorable point is {age} old, older than the RPO of {rpo} that {user} sets.");
  judge_schedule(c);
}

}  // namespace mainstay
