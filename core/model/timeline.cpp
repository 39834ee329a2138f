// SPDX-License-Identifier: MIT
#include "core/model/timeline.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/model/backup_case.h"

namespace mainstay {
namespace {

constexpr std::string_view state_names[] = {"ok", "at_risk", "breached", "failed", "unknown"};
constexpr std::string_view state_labels[] = {"OK", "At risk", "Breached", "Failed", "Unknown"};

constexpr std::int64_t longest_interval = 10 * 366 * minutes_per_day;
constexpr int most_missed = 1000;

/// The next planned run, and those that are missing since the newest restorable point.
void hold_against_schedule(const BackupCase& c) {
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

}  // namespace

std::string_view backup_state_name(BackupState state) { return state_names[static_cast<std::size_t>(state)]; }
std::string_view backup_state_label(BackupState state) { return state_labels[static_cast<std::size_t>(state)]; }
std::string backup_status_label(const BackupStatus& status) {
  if (status.warned && status.state == BackupState::ok) return tr("OK, with warnings");
  if (status.warned && status.state == BackupState::at_risk) return tr("At risk, with warnings");
  return tr(backup_state_label(status.state));
}

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
void add_clocks(const BackupCase& c) {
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
ReadingList could_not_look(const BackupCase& c) {
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
void add_other_probes(const BackupCase& c) {
  for (const auto* o : could_not_look(c)) {
    if (o->probe_id == c.newest_read->probe_id) continue;
    const Args args{{"probe", source_name(*o, c.probes)}, {"time", spoken(o->read_at)}, {"reason", c.reason(*o)}};
    c.status.detail += " " + tr("Another probe of it, {probe}, could not look at {time}: {reason}", args);
  }
}

/// The latest reading by the probe that gave the newest answer; the latest of all where the plan has that probe no more.
const Observation* newest_by_the_answering(const BackupCase& c) {
  if (!c.newest_read || !c.probes.find(c.newest_read->probe_id)) return c.newest;
  const auto at = std::find_if(c.readings.rbegin(), c.readings.rend(), [&](const Observation* o) { return o->probe_id == c.newest_read->probe_id; });
  return at == c.readings.rend() ? c.newest : *at;
}

/// What the latest answers of its probes, whichever leads, warn of: a source that only sees the copy does not know what is missing in it.
void add_warnings(const BackupCase& c) {
  std::vector<const Id*> seen;
  for (auto at = c.readings.rbegin(); at != c.readings.rend(); ++at) {
    const auto& o = **at;
    if (!is_answer(o.outcome) || std::any_of(seen.begin(), seen.end(), [&](const Id* probe) { return *probe == o.probe_id; })) continue;
    seen.push_back(&o.probe_id);
    const auto* probe = c.probes.find(o.probe_id);
    if (!o.warned || o.outcome != Observation::Outcome::read || !is_fresh(o.read_at, c.status.rpo.rpo_minutes, c.now) || (probe && probe->paused == Answer::yes)) continue;
    c.status.warned = true;
    const auto reason = c.reason(o);
    const auto words = reason.empty() ? tr("Its last run ended with warnings: something may be missing in it.") : reason;
    const bool leads = &o == c.newest_read || !probe;
    c.status.warning += (c.status.warning.empty() ? "" : " ") + (leads ? words : tr("Another probe of it, {probe}, warned at {time}: {reason}", {{"probe", probe->name.empty() ? probe->id.text : probe->name}, {"time", spoken(o.read_at)}, {"reason", words}}));
  }
  if (!c.status.warning.empty() && c.status.detail.find(c.status.warning) == std::string::npos) c.status.detail += " " + c.status.warning;
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
  const auto weighed = weigh_sources(readings, probes, calendar.for_spans_of(status.rpo.rpo_minutes.value_or(minutes_per_day)), status.rpo.rpo_minutes, now);
  const auto *newest_read = weighed.leading, *last_answer = last_of(readings, answered), *newest_of_all = readings.size() < all_readings.size() ? last_of(all_readings, answered) : last_answer;
  const BackupCase c{plan, readings, readings.empty() ? nullptr : readings.back(), newest_read, now, status, calendar, backup, newest_of_all == last_answer ? nullptr : newest_of_all, readings.size() < all_readings.size(), probes, words};
  if (const auto* read = c.newest_read) {
    status.read_at = read->read_at;
    status.last_attempt = read->last_attempt;
    status.last_point = read->last_point;
    // A failed run, and a disk that fails, may not say which point came before; another reading does.
    if ((read->outcome == Observation::Outcome::failed || read->alarm) && !status.last_point && read->history_count != 0)
      for (const auto* o : readings)
        if (o->outcome == Observation::Outcome::read && o->last_point && !names_a_future_point(*o) && (!status.last_point || o->last_point > status.last_point))
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
  status.disagreement = disagreement_words(weighed, probes);
  judge_backup(c);
  add_warnings(c);
  if (!status.disagreement.empty()) status.detail += " " + status.disagreement;
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
