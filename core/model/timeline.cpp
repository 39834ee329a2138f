// SPDX-License-Identifier: MIT
#include "core/model/timeline.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/model/probe_settings.h"

namespace mainstay {
namespace {

constexpr std::string_view state_names[] = {"ok", "at_risk", "breached", "failed", "unknown"};
constexpr std::string_view state_labels[] = {"OK", "At risk", "Breached", "Failed", "Unknown"};
constexpr std::int64_t seconds_per_day = 86400;
constexpr std::int64_t lost_history_told_days = 14;

/// Everything that the sentences and verdicts are made of.
struct Case {
  const Plan& plan;
  const ReadingList& readings;               ///< of this backup, taken with its probes' present settings, up to now
  const Observation* newest = nullptr;       ///< the latest reading, whatever came of it
  const Observation* newest_read = nullptr;  ///< the latest that read something
  Instant now;
  BackupStatus& status;
  const Calendar& calendar;  ///< of the place the backup works at
  const Backup& backup;
  const Observation* outdated;               ///< the latest that read something with settings that its probe has no more; or nullptr
  bool changed_since;                        ///< there are readings that were taken, or tried, with other settings
  const ProbesAsSet& probes;
  const ReasonWords& words;                  ///< how a reading's own sentence is worded; as it is where unset
  /// Ages and gaps are held against the RPO: opening hours count where it is shorter than a day.
  Calendar rpo_calendar() const { return calendar.for_spans_of(status.rpo.rpo_minutes.value_or(minutes_per_day)); }

  std::string name() const { return backup.name.empty() ? backup.id.text : backup.name; }
  /// The tightest user's name, or its id where it has none; looked up among the activities only, since a plan may hold thousands of records.
  std::string user() const {
    const auto* activity = find_in(plan.activities, status.rpo.activity_id);
    return activity && !activity->name.empty() ? activity->name : status.rpo.activity_id.text;
  }
  std::string rpo() const { return spoken_minutes(status.rpo.rpo_minutes.count); }
  std::string age() const { return spoken_minutes(status.age_minutes); }
  std::string reason(const Observation& o) const { return words ? words(o.detail) : o.detail; }
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
    if (status.working_age_minutes == status.age_minutes || sentence.find("{age}") == std::string_view::npos) return;
    const Args open{{"open", spoken_minutes(status.working_age_minutes)}};
    status.detail += " " + (rpo_calendar().has_hours() ? tr("Only open hours count: in those it has aged {open}.", open) : tr("Only open days count: on those it has aged {open}.", open));
  }
};

constexpr std::int64_t longest_interval = 10 * 366 * minutes_per_day;
constexpr int most_missed = 1000;

/// The next planned run, and those that are missing since the newest restorable point.
void hold_against_schedule(const Case& c) {
  const auto& backup = c.backup;
  auto& status = c.status;
  if (!status.last_point) return;
  const auto run = std::clamp<std::int64_t>(backup.run_minutes.value_or(0), 0, 366 * minutes_per_day);
  constexpr std::int64_t unknown_run = 60;  // without a known length of a run, an hour passes before it is called missing
  if (parse_time_of_day(backup.run_at)) {
    const auto allowed = backup.run_minutes ? run : unknown_run;
    const auto horizon = std::max(c.now, status.last_point).plus_minutes(60 * minutes_per_day);
    for (const auto slot : run_slots(backup, c.calendar, status.last_point, horizon, most_missed)) {
      const auto due = slot.plus_minutes(allowed);
      if (!status.next_due) status.next_due = due;
      if (due >= c.now) break;
      ++status.missed_runs;
    }
    return;
  }
  const auto interval = backup.interval_minutes ? backup.interval_minutes.count : 0;
  if (interval <= 0 || interval > longest_interval) return;
  const auto due = next_interval_run(c.calendar, status.last_point, interval);
  if (!due) return;
  status.next_due = due.plus_minutes(run);
  const auto patience = backup.run_minutes ? 0 : std::min(unknown_run, interval);
  const auto calendar = c.calendar.for_spans_of(interval);
  const auto late = open_minutes_between(calendar, due, c.now) - (is_open_at(calendar, c.now) ? 0 : 1);  // what ends at the closing is due at the opening
  if (const auto over = late - run - patience; over > 0) status.missed_runs = static_cast<int>(std::min<std::int64_t>(1 + (over - 1) / interval, most_missed));
}

/// Restore points that an answer shows; -1 = it does not say.
std::int64_t points_in(const Observation& o) { return o.outcome == Observation::Outcome::never_backed_up ? 0 : o.history_count; }

/// True where an earlier answer speaks of what a later one speaks of. Where nothing is left, its name may be gone as well.
bool is_of_the_same(const Observation& earlier, const Observation& later) {
  if (earlier.probe_id != later.probe_id) return earlier.item == later.item && !later.item.empty();
  return earlier.item == later.item || (later.item.empty() && points_in(later) == 0);
}

/// Notes where all restore points, most of them, or most of the time they reach back, went at a stroke within the last fortnight or since the reading
/// before: thinning removes some, a wiped history nearly all. It is told for a fortnight, not only until the next reading; that nothing is left, as long as it is so.
void look_for_lost_history(const Case& c) {
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

/// A reading older than a day, or than the RPO, vouches for nothing.
bool is_fresh(Instant read_at, Minutes rpo, Instant now) {
  return minutes_between(read_at, now) <= std::min<std::int64_t>(minutes_per_day, rpo ? rpo.count : minutes_per_day);
}

void judge_unfresh(const Case& c) {
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
void add_reason(const Case& c) {
  if (const auto reason = c.reason(*c.newest_read); !reason.empty()) c.status.detail += " " + reason;
}

/// Nothing is left of a backup that had restore points: the worst that can be told of one, whatever else is known.
void judge_lost(const Case& c) {
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
void judge_failed(const Case& c, bool late) {
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

void judge_schedule(const Case& c) {
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
  c.say(BackupState::ok, "{backup} is OK: its newest restorable point is {age} old, inside the RPO of {rpo} that {user} sets.");
}

void judge(const Case& c) {
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

}  // namespace

std::string_view backup_state_name(BackupState state) { return state_names[static_cast<std::size_t>(state)]; }
std::string_view backup_state_label(BackupState state) { return state_labels[static_cast<std::size_t>(state)]; }

namespace {

/// The day of the newest restore test that passed, of each backup.
std::unordered_map<std::string, Date> proven_days(const Plan& plan) {
  std::unordered_map<std::string, Date> days;
  for (const auto& test : plan.restore_tests) {
    if (test.result != RestoreTest::Result::pass || !test.on) continue;
    auto& day = days[test.backup_id.text];
    if (!day || test.on.days > day.days) day = test.on;
  }
  return days;
}

const Observation* last_of(const ReadingList& readings, bool (*accept)(const Observation&)) {
  const auto found = std::find_if(readings.rbegin(), readings.rend(), [&](const Observation* o) { return accept(*o); });
  return found == readings.rend() ? nullptr : *found;
}

/// What clocks that are off mean for the verdict, said after it.
void add_clocks(const Case& c) {
  const auto& s = c.status;
  const auto ahead = c.newest_read ? c.newest_read->clock_ahead_seconds : 0;
  const Args off{{"time", spoken_minutes(std::abs(ahead) / 60)}};
  if (ahead && s.age_minutes >= 0)
    c.status.detail += " " + (ahead > 0 ? tr("The clock of its server is {time} ahead of this computer's; the age allows for that.", off) : tr("The clock of its server is {time} behind this computer's; the age allows for that.", off));
  if (s.passed_over > 0)
    c.status.detail += " " + tr_count(s.passed_over, "A reading dated {time} lies in the future and was not heeded: the clock of the computer that took it was wrong, or this one's is.",
                                      "{count} readings, dated up to {time}, lie in the future and were not heeded: the clock of the computer that took them was wrong, or this one's is.", {{"time", spoken(s.passed_over_until)}});
}

/// The latest readings of those probes that the plan has and that could not look, each the last word of its probe, in the order of the plan's probes' names.
ReadingList could_not_look(const Case& c) {
  ReadingList last, list;
  for (auto at = c.readings.rbegin(); at != c.readings.rend(); ++at) {
    const auto is_heard = [&](const Observation* o) { return o->probe_id == (*at)->probe_id; };
    if (std::none_of(last.begin(), last.end(), is_heard)) last.push_back(*at);
  }
  for (const auto* o : last)
    if (const auto* probe = c.probes.find(o->probe_id); probe && probe->paused != Answer::yes && !is_answer(o->outcome)) list.push_back(o);
  const auto name = [&](const Observation* o) { return c.probes.find(o->probe_id)->name; };
  std::stable_sort(list.begin(), list.end(), [&](const Observation* a, const Observation* b) { return name(a) < name(b); });
  return list;
}

/// What other probes of the same backup, which could not look, take from an answer: nothing, whichever came first; but it is said.
void add_other_probes(const Case& c) {
  for (const auto* o : could_not_look(c)) {
    if (o->probe_id == c.newest_read->probe_id) continue;
    const auto& probe = c.probes.find(o->probe_id)->name;
    const Args args{{"probe", probe.empty() ? o->probe_id.text : probe}, {"time", spoken(o->read_at)}, {"reason", c.reason(*o)}};
    c.status.detail += " " + tr("Another probe of it, “{probe}”, could not look at {time}: {reason}", args);
  }
}

/// The latest reading by the probe that gave the newest answer; the latest of all where the plan has that probe no more.
const Observation* newest_by_the_answering(const Case& c) {
  if (!c.newest_read || !c.probes.find(c.newest_read->probe_id)) return c.newest;
  const auto at = std::find_if(c.readings.rbegin(), c.readings.rend(), [&](const Observation* o) { return o->probe_id == c.newest_read->probe_id; });
  return at == c.readings.rend() ? c.newest : *at;
}

BackupStatus status_of(const Plan& plan, const ProbesAsSet& probes, const Graph& graph, const Backup& backup, const Calendar& calendar, ReadingList all_readings, Date proven, Instant now, const ReasonWords& words) {
  BackupStatus status;
  for (; !all_readings.empty() && is_from_the_future(*all_readings.back(), now); all_readings.pop_back()) {
    if (status.passed_over++ == 0) status.passed_over_until = all_readings.back()->read_at;
  }
  const auto readings = readings_as_set(probes, all_readings);
  status.backup_id = backup.id;
  status.rpo = inherited_rpo(plan, graph, backup.id);
  status.last_proven = proven;
  const auto answered = [](const Observation& o) { return is_answer(o.outcome); };
  const auto *newest_read = last_of(readings, answered), *newest_of_all = readings.size() < all_readings.size() ? last_of(all_readings, answered) : newest_read;
  const Case c{plan, readings, readings.empty() ? nullptr : readings.back(), newest_read, now, status, calendar, backup, newest_of_all == newest_read ? nullptr : newest_of_all, readings.size() < all_readings.size(), probes, words};
  if (const auto* read = c.newest_read) {
    status.read_at = read->read_at;
    status.last_attempt = read->last_attempt;
    status.last_point = read->last_point;
    // A failed run may not say which point came before; an earlier reading does.
    if (read->outcome == Observation::Outcome::failed && !status.last_point && read->history_count != 0)
      for (const auto* o : readings)
        if (o->outcome == Observation::Outcome::read && o->last_point && !names_a_future_point(*o) && o->read_at <= read->read_at && (!status.last_point || o->last_point > status.last_point))
          status.last_point = o->last_point;
  }
  if (c.newest && c.newest->last_attempt && (!status.last_attempt || c.newest->last_attempt > status.last_attempt)) status.last_attempt = c.newest->last_attempt;
  if (status.last_point && !names_a_future_point(*c.newest_read)) {
    status.age_minutes = std::max<std::int64_t>(0, minutes_between(status.last_point, now));
    status.working_age_minutes = open_minutes_between(c.rpo_calendar(), status.last_point, now);
    hold_against_schedule(c);
  }
  look_for_lost_history(c);
  status.space = forecast_space(readings);
  judge(c);
  const bool fresh = c.newest_read && is_fresh(c.newest_read->read_at, status.rpo.rpo_minutes, now);
  const auto* newest = newest_by_the_answering(c);
  const bool known_only = fresh && newest && !is_answer(newest->outcome) && newest->read_at >= c.newest_read->read_at;
  if (known_only && !newest->presented_pin.empty() && status.state == BackupState::ok)  // something else may answer in its place: what was read before vouches for nothing
    c.say(BackupState::unknown, "{backup} cannot be vouched for: at {tried} its place was answered with a key that nobody vouches for. {reason} Before that its newest restorable point was {age} old.",
          {{"tried", spoken(newest->read_at)}, {"reason", c.reason(*newest)}});
  else if (known_only)
    status.detail = tr("{verdict} That is the last known: it could not be read at {time}. {reason}", {{"verdict", status.detail}, {"time", spoken(newest->read_at)}, {"reason", c.reason(*newest)}});
  if (fresh && c.probes.find(c.newest_read->probe_id)) add_other_probes(c);
  if (c.outdated)
    status.detail += " " + tr("The reading of {time} does not count any more: it was taken with other settings of its probe (address, item, account or command) than those of now. Measure it again.", {{"time", spoken(c.outdated->read_at)}});
  add_clocks(c);
  return status;
}

}  // namespace

BackupStatus backup_status(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, const Id& backup_id, Instant now) {
  const auto* backup = find_in(plan.backups, backup_id);
  if (!backup) {
    BackupStatus status;
    status.backup_id = backup_id;
    status.detail = tr("There is no backup “{id}”.", {{"id", backup_id.text}});
    return status;
  }
  return status_of(plan, ProbesAsSet(plan), graph, *backup, calendar_of(plan, *backup), readings_of(observations, backup_id), proven_days(plan)[backup_id.text], now, {});
}

std::vector<BackupStatus> backup_statuses(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, Instant now, const ReasonWords& words) {
  const auto readings = readings_by_backup(observations);
  const auto proven = proven_days(plan);
  const ProbesAsSet probes(plan);
  std::unordered_map<std::string, Calendar> calendars;
  static const ReadingList none;
  std::vector<BackupStatus> all;
  all.reserve(plan.backups.size());
  for (const auto& backup : plan.backups) {
    const auto own = readings.find(backup.id.text);
    const auto day = proven.find(backup.id.text);
    auto calendar = calendars.find(backup.site_id.text);
    if (calendar == calendars.end()) calendar = calendars.emplace(backup.site_id.text, calendar_of(plan, backup)).first;
    all.push_back(status_of(plan, probes, graph, backup, calendar->second, own == readings.end() ? none : own->second, day == proven.end() ? Date() : day->second, now, words));
  }
  return all;
}

std::vector<BackupStatus> newly_in_trouble(const std::vector<BackupStatus>& before, const std::vector<BackupStatus>& now) {
  const auto bad = [](const BackupStatus& s) { return s.state == BackupState::breached || s.state == BackupState::failed; };
  std::vector<BackupStatus> fresh;
  for (const auto& status : now)
    if (bad(status) && std::none_of(before.begin(), before.end(), [&](const BackupStatus& s) { return s.backup_id == status.backup_id && bad(s) && s.lost_everything() >= status.lost_everything(); })) fresh.push_back(status);
  return fresh;
}

}  // namespace mainstay
