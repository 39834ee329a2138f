// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/timeline.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

// A Thursday at noon, so that a day or two back are open days.
const Instant now = *parse_instant("2026-11-26T12:00:00Z");

Plan business(const std::string& rpo = "rpo_minutes='1440'", const std::string& backup = "", const std::string& organisation = "") {
  return plan("<organisation id='organisation' name='Corner shop' " + organisation + "/><activity id='sell' name='Take orders' " + rpo +
              "/><resource id='data' name='Orders' kind='data'/><backup id='tm' name='Nightly' " + backup +
              "/><link id='l' from_id='sell' to_id='data' kind='needs'/><link id='p' from_id='tm' to_id='data' kind='protects'/>");
}

Observation reading(std::int64_t point_minutes_ago, std::int64_t read_minutes_ago = 5) {
  Observation o;
  o.uuid = "u" + std::to_string(point_minutes_ago) + "-" + std::to_string(read_minutes_ago);
  o.backup_id = Id{"tm"};
  o.outcome = Observation::Outcome::read;
  o.read_at = now.plus_minutes(-read_minutes_ago);
  o.last_point = o.last_attempt = now.plus_minutes(-point_minutes_ago);
  return o;
}
Observation outcome(Observation::Outcome what, std::int64_t read_minutes_ago = 5) {
  Observation o = reading(0, read_minutes_ago);
  o.outcome = what;
  o.last_point = o.last_attempt = Instant();
  return o;
}

BackupStatus status(const Plan& p, const std::vector<Observation>& observations, Instant at = now) { return backup_status(p, Graph(p), observations, Id{"tm"}, at); }
std::string state(const Plan& p, const std::vector<Observation>& observations, Instant at = now) { return std::string(backup_state_name(status(p, observations, at).state)); }
bool says(const BackupStatus& s, std::string_view words) { return s.detail.find(words) != std::string::npos; }
using O = Observation::Outcome;

}  // namespace

TEST_CASE("A backup inside its RPO on a fresh reading is OK and names its tightest user") {
  const auto s = status(business(), {reading(600)});
  CHECK(s.state == BackupState::ok);
  CHECK(s.age_minutes == 600);
  CHECK(s.working_age_minutes == 600);
  CHECK(s.rpo.rpo_minutes.count == 1440);
  CHECK(s.detail == "Nightly is OK: its newest restorable point is 10 h old, inside the RPO of 1 d that Take orders sets.");
}

TEST_CASE("Moving the RPO across the measured age flips the verdict") {
  CHECK(state(business("rpo_minutes='600'"), {reading(599)}) == "at_risk");
  CHECK(state(business("rpo_minutes='600'"), {reading(600)}) == "at_risk");
  CHECK(state(business("rpo_minutes='600'"), {reading(601)}) == "breached");
  CHECK(state(business("rpo_minutes='1440'"), {reading(601)}) == "ok");
  CHECK(says(status(business("rpo_minutes='600'"), {reading(601)}), "Take orders"));
}

TEST_CASE("Without a schedule a backup is at risk once three quarters of the RPO are used") {
  CHECK(state(business(), {reading(1079)}) == "ok");
  CHECK(state(business(), {reading(1080)}) == "at_risk");
}

TEST_CASE("A missed slot puts a backup at risk, a slot that is still to come does not") {
  const auto p = business("rpo_minutes='1440'", "interval_minutes='480' run_minutes='30'");
  CHECK(state(p, {reading(509)}) == "ok");
  CHECK(state(p, {reading(511)}) == "at_risk");
  CHECK(says(status(p, {reading(511)}), "due"));
  CHECK(state(p, {reading(1441)}) == "breached");
}

TEST_CASE("A schedule too slow for the RPO is at risk even just after a run") {
  const auto p = business("rpo_minutes='1440'", "interval_minutes='1440' run_minutes='60'");
  const auto s = status(p, {reading(10)});
  CHECK(s.state == BackupState::at_risk);
  CHECK(says(s, "too late"));
  CHECK(state(business("rpo_minutes='1500'", "interval_minutes='1440' run_minutes='60'"), {reading(10)}) == "ok");
}

TEST_CASE("The weekend does not count where the business says that it is closed, and both ages are told") {
  const auto monday = *parse_instant("2026-11-23T10:00:00Z");
  auto o = reading(0);
  o.last_point = *parse_instant("2026-11-20T18:00:00Z");
  o.read_at = monday.plus_minutes(-5);
  const std::string closed = "open_saturday='no' open_sunday='no'";
  const auto s = status(business("rpo_minutes='1440'", "", closed), {o}, monday);
  CHECK(s.age_minutes == 64 * 60);
  CHECK(s.working_age_minutes == 16 * 60);
  CHECK(s.state == BackupState::ok);
  CHECK(says(s, "is 2 d 16 h old"));
  CHECK(says(s, "Only open days count: on those it has aged 16 h."));
  CHECK(state(business("rpo_minutes='1440'", "", "open_saturday='yes' open_sunday='no'"), {o}, monday) == "breached");
  CHECK(state(business("rpo_minutes='1440'", "interval_minutes='1440'", closed), {o}, monday) == "ok");
  CHECK(state(business("rpo_minutes='1440'", "interval_minutes='1440'", closed), {o}, *parse_instant("2026-11-23T09:59:00Z")) == "ok");
  // Nobody said anything of the weekend: it counts.
  CHECK(status(business(), {o}, monday).working_age_minutes == 64 * 60);
  CHECK(state(business(), {o}, monday) == "breached");
  CHECK(state(business("rpo_minutes='1440'", "", "open_saturday='no'"), {o}, monday) == "breached");
}

TEST_CASE("A reading older than a day or than the RPO vouches for nothing") {
  CHECK(state(business("rpo_minutes='2880'"), {reading(1500, 1440)}) == "ok");
  CHECK(state(business("rpo_minutes='2880'"), {reading(1500, 1441)}) == "unknown");
  CHECK(state(business("rpo_minutes='240'"), {reading(1000, 241)}) == "unknown");
  const auto s = status(business("rpo_minutes='240'"), {reading(1000, 241)});
  CHECK(s.age_minutes == 1000);
  CHECK(says(s, "last known point"));
}

TEST_CASE("A probe that could not read never says that the backup failed") {
  const auto p = business();
  auto s = status(p, {reading(600, 100), outcome(O::unreadable, 5)});
  CHECK(s.state == BackupState::ok);
  s = status(p, {reading(2000, 1500), outcome(O::unreadable, 5)});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "could not be read"));
  CHECK(says(s, "last known point"));
  CHECK_FALSE(says(s, "failed"));
  s = status(p, {outcome(O::unreadable, 5)});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "could not be read"));
  s = status(p, {outcome(O::no_api, 5)});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "no API"));
}

TEST_CASE("A backup that was never measured is unknown") {
  const auto s = status(business(), {});
  CHECK(s.state == BackupState::unknown);
  CHECK(s.age_minutes == -1);
  CHECK(says(s, "never been measured"));
}

TEST_CASE("A backup that never completed breaches its RPO") {
  const auto s = status(business(), {outcome(O::never_backed_up)});
  CHECK(s.state == BackupState::breached);
  CHECK(says(s, "never completed"));
  CHECK(state(business(""), {outcome(O::never_backed_up)}) == "unknown");
  CHECK(state(business(), {outcome(O::never_backed_up, 2000)}) == "unknown");
}

TEST_CASE("Failed runs and alarms of the source are failures, and a failure past the RPO is a breach") {
  CHECK(state(business(), {reading(600, 100), outcome(O::failed)}) == "failed");
  CHECK(state(business(), {outcome(O::failed)}) == "failed");
  CHECK(state(business(), {reading(2000, 100), outcome(O::failed)}) == "breached");
  auto alarm = reading(10);
  alarm.alarm = true;
  alarm.detail = "verification failed";
  const auto s = status(business(), {alarm});
  CHECK(s.state == BackupState::failed);
  CHECK(says(s, "verification failed"));
}

TEST_CASE("Without an RPO there is no verdict, only a question") {
  auto s = status(business(""), {reading(10)});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "set one"));
  s = status(business("rpo_minutes='(none)'"), {reading(10)});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "none of its data must be brought back"));
  const auto loose = plan("<backup id='tm' name='Nightly'/>");
  CHECK(says(status(loose, {reading(10)}), "link"));
  CHECK(status(loose, {reading(10)}).state == BackupState::unknown);
}

TEST_CASE("A point that lies after its own reading tells of a wrong clock, not of a good backup") {
  CHECK(state(business(), {reading(0, 5)}) == "ok");  // within the grace
  for (const auto minutes : {-5, -60, -600, -1439, -1441}) {
    const auto s = status(business(), {reading(minutes)});
    CHECK(s.state == BackupState::unknown);
    CHECK(s.age_minutes == -1);
    CHECK(says(s, "a clock is wrong"));
  }
  // Time does not make it true: the reading could not have seen it.
  CHECK(state(business(), {reading(10, 300)}) == "unknown");
}

TEST_CASE("A reading that is taken in the future is not heeded, and the next honest one counts") {
  const auto future = reading(-300000, -300010);
  auto s = status(business(), {reading(600), future});
  CHECK(s.state == BackupState::ok);
  CHECK(s.age_minutes == 600);
  CHECK(s.passed_over == 1);
  CHECK(says(s, "A reading dated " + spoken(future.read_at) + " lies in the future and was not heeded"));
  CHECK(state(business(), {reading(1500), future}) == "breached");
  s = status(business(), {future, reading(-500000, -500010)});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "no reading that can be believed"));
  CHECK(says(s, "2 readings, dated up to"));
  // What it says of the future is of no use once that has come.
  CHECK(state(business(), {reading(600), future}, future.read_at.plus_minutes(-minutes_per_day)) == "unknown");
  CHECK(state(business(), {reading(10, -4)}) == "ok");
  CHECK(latest({reading(600), future}, Id{"tm"}, now)->read_at == now.plus_minutes(-5));
}

TEST_CASE("An age by a server whose clock is off says so") {
  auto o = reading(240);
  o.clock_ahead_seconds = 3 * 3600;
  CHECK(says(status(business(), {o}), "4 h old, inside the RPO of 1 d that Take orders sets. The clock of its server is 3 h ahead of this computer's; the age allows for that."));
  o.clock_ahead_seconds = -600;
  CHECK(says(status(business(), {o}), "10 min behind"));
}

TEST_CASE("A backup that had restore points and has none is the worst news, not one that never completed") {
  const auto p = business("rpo_minutes='1440'", "method='time_machine'");
  auto before = reading(600, 120);
  before.history_count = 40;
  before.item = "Mac.sparsebundle";
  auto none = outcome(O::never_backed_up);
  none.detail = "Only an unfinished first backup is there.";
  auto s = status(p, {before, none});
  CHECK(s.state == BackupState::breached);
  CHECK(s.lost_everything());
  CHECK(says(s, "40 restore points before, none now"));
  CHECK(says(s, "Do not let macOS start over"));
  CHECK(says(s, "Only an unfinished first backup is there."));
  auto same_second = before;
  same_second.read_at = none.read_at;
  CHECK(status(p, {same_second, none}).lost_everything());
  CHECK_FALSE(says(s, "never completed"));
  // It stays so for as long as there is none, however old the last point is.
  before.read_at = now.plus_minutes(-60 * minutes_per_day);
  before.last_point = before.read_at;
  std::vector<Observation> all{before};
  for (int day = 20; day >= 0; --day) all.push_back(outcome(O::never_backed_up, 5 + day * 1440));
  CHECK(status(p, all).history_before == 40);
  CHECK(status(business("", "method='restic'"), all).state == BackupState::failed);
  CHECK(says(status(business("", "method='restic'"), all), "Let nothing start a new backup"));
  // A point that nobody counted is one all the same; a bundle of another name is another one.
  auto dated = reading(600, 120);
  s = status(p, {dated, outcome(O::never_backed_up)});
  CHECK(s.lost_everything());
  CHECK(says(s, "a restorable point of " + spoken(dated.last_point) + " before, none now"));
  const auto heard = plan("<backup id='tm' name='Nightly'/><probe id='hc' type='healthchecks' backup_id='tm'/>");
  auto anew = outcome(O::never_backed_up);
  anew.probe_id = dated.probe_id = Id{"hc"};
  CHECK_FALSE(status(heard, {dated, anew}).lost_history());  // it hears of jobs, and knows nothing of what lies there
  none.item = "Other.sparsebundle";
  CHECK_FALSE(status(p, {before, none}).lost_history());
  CHECK(says(status(p, {before, none}), "never completed"));
  // A new first backup that is finished is still told for a fortnight.
  auto first = reading(10, 1);
  first.history_count = 1;
  first.item = before.item;
  before.read_at = now.plus_minutes(-3 * minutes_per_day);
  CHECK(status(p, {before, first}).history_before == 40);
  CHECK(status(p, {before, first}).history_now == 1);
}

TEST_CASE("What is told at once is new trouble, and the loss of everything even where there was trouble before") {
  BackupStatus well, late, lost;
  late.backup_id = well.backup_id = lost.backup_id = Id{"tm"};
  well.state = BackupState::ok;
  late.state = lost.state = BackupState::breached;
  lost.history_before = 30;
  lost.history_now = 0;
  CHECK(newly_in_trouble({well}, {late}).size() == 1);
  CHECK(newly_in_trouble({late}, {late}).empty());
  CHECK(newly_in_trouble({late}, {lost}).size() == 1);
  CHECK(newly_in_trouble({lost}, {lost}).empty());
  CHECK(newly_in_trouble({lost}, {late}).empty());
  CHECK(newly_in_trouble({late}, {well}).empty());
}

TEST_CASE("An alarm whose history is empty besides is told as the loss that it is") {
  auto before = reading(600, 120), after = outcome(O::failed);
  before.history_count = 40;
  after.history_count = 0;
  after.alarm = true;
  after.detail = "Time Machine's own check failed.";
  const auto s = status(business("rpo_minutes='1440'", "method='time_machine'"), {before, after});
  CHECK(says(s, "40 restore points before, none now"));
  CHECK(says(s, "Time Machine's own check failed."));
  after.history_count = 3;
  CHECK(status(business(), {before, after}).history_before == 40);
}

TEST_CASE("A failure is told with the reason that the reading gives") {
  auto empty = outcome(O::failed);
  empty.detail = "“latest.zip” is empty: there is nothing in it to restore.";
  auto s = status(business(), {empty});
  CHECK(s.state == BackupState::failed);
  CHECK(s.detail == "Nightly has failed, and no restorable point is known. “latest.zip” is empty: there is nothing in it to restore.");
  s = status(business(), {reading(600, 100), empty});
  CHECK(says(s, "10 h old. “latest.zip” is empty"));
  s = status(business(), {reading(2000, 100), empty});
  CHECK(s.state == BackupState::breached);
  CHECK(says(s, "reports a failure"));
  CHECK(says(s, "“latest.zip” is empty"));
  // What it held before is gone where it says that there is nothing.
  empty.history_count = 0;
  CHECK(says(status(business(), {reading(600, 100), empty}), "no restorable point is known"));
  CHECK(says(status(business(), {outcome(O::failed)}), "its last run did not complete"));
  auto never = outcome(O::never_backed_up);
  never.detail = "“nightly” was never pinged.";
  CHECK(says(status(business(), {never}), "“nightly” was never pinged."));
  auto silent = outcome(O::read);
  silent.detail = "The command names no restorable point.";
  CHECK(says(status(business(), {silent}), "The command names no restorable point."));
}

TEST_CASE("A history that mostly vanished is a risk, and stays one for a fortnight") {
  auto before = reading(3000, 2000), after = reading(60);
  before.history_count = 40;
  after.history_count = 3;
  auto s = status(business(), {before, after});
  CHECK(s.state == BackupState::at_risk);
  CHECK(s.risk == BackupRisk::history_lost);
  CHECK(says(s, "40 restore points before, 3 now"));
  after.history_count = 30;
  CHECK(state(business(), {before, after}) == "ok");
  // The next reading has as few, and the one before it: the loss is still told.
  auto lost = reading(200, 150);
  lost.history_count = 3;
  after.history_count = 4;
  CHECK(status(business(), {before, lost, after}).history_before == 40);
  before.read_at = after.read_at.plus_minutes(-15 * minutes_per_day);
  CHECK(status(business(), {before, lost, after}).history_before == -1);
  CHECK(status(business(), {before, after}).history_before == 40);  // the one before, however old
}

TEST_CASE("Hourly restore points that thin to daily ones are no lost history, and what goes beyond is") {
  const auto days = [](int n) { return n * minutes_per_day; };
  auto before = reading(days(3) + 10, days(3)), after = reading(60);
  const auto seen = [&](std::int64_t count, std::int64_t oldest_minutes_ago, std::int64_t left, std::int64_t oldest_now) {
    before.history_count = count;
    before.oldest_point = now.plus_minutes(-oldest_minutes_ago);
    after.history_count = left;
    after.oldest_point = now.plus_minutes(-oldest_now);
    return status(business(), {before, after});
  };
  CHECK(seen(24, days(4), 3, days(4) - 300).state == BackupState::ok);  // a weekend later
  CHECK(seen(29, days(14), 12, days(14)).state == BackupState::ok);     // after ten workdays
  CHECK(seen(50, days(200), 21, days(193)).history_before == -1);       // the oldest week went with a full disk
  CHECK(seen(24, days(4), 1, 60).history_before == 24);                 // begun anew: nothing of what was there is left
  CHECK(seen(24, days(4), 3, days(4) - 1500).history_before == 24);     // the first days went
  CHECK(seen(60, days(60), 10, days(60)).history_before == 60);         // daily points went
  CHECK(says(seen(60, days(60), 10, days(60)), "60 restore points before, 10 now"));
  CHECK(seen(200, days(60), 90, days(60)).history_before == 200);
  CHECK(status(business("rpo_minutes='1440'", "interval_minutes='15' run_minutes='1'"), {before, after}).history_before == 200);
  after.history_count = 99;
  CHECK(status(business("rpo_minutes='1440'", "interval_minutes='15' run_minutes='1'"), {before, after}).history_before == -1);  // some hundred in its last day
  after.oldest_point = {};
  CHECK(status(business(), {before, after}).history_before == 200);  // nobody knows how far back it reaches
}

TEST_CASE("A history that is lost is told of a backup that is at risk or breached as well") {
  auto before = reading(3000, 2000), after = reading(1200);
  before.history_count = 40;
  after.history_count = 3;
  auto s = status(business(), {before, after});
  CHECK(s.risk == BackupRisk::nearly_used);
  CHECK(s.lost_history());
  after.last_point = now.plus_minutes(-2000);
  s = status(business(), {before, after});
  CHECK(s.state == BackupState::breached);
  CHECK(s.lost_history());
}

TEST_CASE("A reach that jumps ahead is lost history, one that moves on with time is not") {
  auto before = reading(1500, 1440), after = reading(60, 0);
  before.oldest_point = now.plus_minutes(-90 * minutes_per_day);
  after.oldest_point = now.plus_minutes(-3 * minutes_per_day);
  const auto s = status(business(), {before, after});
  CHECK(s.risk == BackupRisk::history_lost);
  CHECK(s.lost_history());
  CHECK(says(s, "it reached back to 28 August 2026, now to 23 November 2026"));
  after.oldest_point = before.oldest_point.plus_minutes(1440);
  CHECK(state(business(), {before, after}) == "ok");
  after.oldest_point = before.oldest_point.plus_minutes(40 * minutes_per_day);
  CHECK(state(business(), {before, after}) == "ok");
  after.oldest_point = before.oldest_point.plus_minutes(47 * minutes_per_day);
  CHECK(state(business(), {before, after}) == "at_risk");
}

TEST_CASE("The last proven restore is the newest that passed") {
  auto p = business();
  for (const auto& [id, day, result] : std::vector<std::tuple<const char*, const char*, RestoreTest::Result>>{
           {"a", "2026-01-10", RestoreTest::Result::pass}, {"b", "2026-05-10", RestoreTest::Result::pass}, {"c", "2026-09-10", RestoreTest::Result::fail}}) {
    RestoreTest t;
    t.id = Id{id};
    t.backup_id = Id{"tm"};
    t.on = *parse_date(day);
    t.result = result;
    p.restore_tests.push_back(t);
  }
  CHECK(to_text(status(p, {}).last_proven) == "2026-05-10");
  CHECK(backup_statuses(p, Graph(p), {}, now).size() == 1);
}

TEST_CASE("Missed runs are counted against a time of day, and a closed day is no missed run") {
  const auto nightly = business("rpo_minutes='4320'", "run_at='02:00' run_minutes='30'");
  // Thursday noon; the newest point is from Tuesday 02:20: Wednesday's and Thursday's runs are missing.
  const auto tuesday = minutes_between(*parse_instant("2026-11-24T02:20:00Z"), now);
  const auto s = status(nightly, {reading(tuesday)});
  CHECK(s.missed_runs == 2);
  CHECK(s.state == BackupState::at_risk);
  CHECK(says(s, "2 runs are missing"));
  CHECK(to_text(s.next_due) == "2026-11-25T02:30:00Z");
  const auto last_night = minutes_between(*parse_instant("2026-11-26T02:20:00Z"), now);
  CHECK(status(nightly, {reading(last_night)}).missed_runs == 0);
  auto holiday = nightly;
  holiday.sites.push_back({});
  holiday.sites.back().id = Id{"main"};
  holiday.sites.back().kind = Site::Kind::main;
  holiday.sites.back().closed_on = "2026-11-25..2026-11-26";
  CHECK(status(holiday, {reading(tuesday)}).missed_runs == 0);
  CHECK(status(holiday, {reading(tuesday)}).working_age_minutes == 1440 - 140);
}

TEST_CASE("A nightly run on weekdays is too slow for a short RPO, whatever night it is") {
  const auto weekdays = business("rpo_minutes='720'", "run_at='22:00' run_days='mon-fri' run_minutes='30'");
  CHECK(state(weekdays, {reading(13 * 60 + 30)}) == "breached");
  CHECK(says(status(weekdays, {reading(11 * 60)}), "too late for the RPO"));
  auto closed = weekdays.organisation();
  closed.open_saturday = closed.open_sunday = Answer::no;
  CHECK(planned_gap_minutes(weekdays.backups.front(), calendar_of(closed)) == 1440);
  CHECK(planned_gap_minutes(weekdays.backups.front(), calendar_of(weekdays.organisation())) == 3 * 1440);  // data changes over the weekend, for all that is known
}

TEST_CASE("Open minutes are counted by the place's own days, holidays and zone") {
  const auto at = [](const char* text) { return *parse_instant(text); };
  auto p = plan("<organisation id='organisation' open_saturday='yes' open_sunday='no'/><site id='s' open_days='tue-sat' closed_on='2026-12-25; 2026-12-27..2027-01-04' time_zone='Australia/Perth'/>");
  const auto c = calendar_of(p, Id{"s"});
  CHECK(c.zone == "Australia/Perth");
  CHECK_FALSE(c.is_open(Date::of(2026, 11, 23)));  // Monday
  CHECK(c.is_open(Date::of(2026, 11, 28)));
  CHECK_FALSE(c.is_open(Date::of(2026, 12, 25)));
  CHECK_FALSE(c.is_open(Date::of(2027, 1, 2)));
  // Monday in Perth begins at 16:00 UTC on Sunday.
  CHECK(open_minutes_between(c, at("2026-11-22T16:00:00Z"), at("2026-11-23T16:00:00Z")) == 0);
  CHECK(open_minutes_between(c, at("2026-11-23T16:00:00Z"), at("2026-11-24T16:00:00Z")) == 1440);
  CHECK(open_minutes_between(c, at("2026-12-23T16:00:00Z"), at("2027-01-04T16:00:00Z")) == 2 * 1440);  // Thursday and Saturday
  CHECK(calendar_of(p, Id{"nowhere"}).open == std::array<bool, 7>{true, true, true, true, true, true, false});
}

TEST_CASE("Days, ranges of days and times of day are read strictly") {
  CHECK(parse_days("mon, wed; Fri") == std::array<bool, 7>{true, false, true, false, true, false, false});
  CHECK(parse_days("fri-mon") == std::array<bool, 7>{true, false, false, false, true, true, true});
  CHECK(parse_days("daily")->at(6));
  CHECK(parse_days("Mon – Fri") == parse_days("monday-fridays"));
  CHECK(parse_days("tues thurs") == std::array<bool, 7>{false, true, false, true, false, false, false});
  CHECK_FALSE(parse_days("noday"));
  CHECK_FALSE(parse_days("monkey"));
  CHECK_FALSE(parse_days("blursday"));
  CHECK_FALSE(parse_days("mo"));
  CHECK_FALSE(parse_days(""));
  CHECK(parse_day_ranges("2026-12-27..2027-01-04\n2026-12-25")->size() == 2);
  CHECK(parse_day_ranges("")->empty());
  CHECK_FALSE(parse_day_ranges("2026-13-01"));
  CHECK_FALSE(parse_day_ranges("2026-12-27..2026-12-01"));
  CHECK(parse_time_of_day("2:05") == 125);
  CHECK(parse_time_of_day(" 23:59 ") == 1439);
  for (const char* bad : {"", "24:00", "2", "02:60", ":30", "2:5", "02:00:00", "-1:00"}) CHECK_FALSE(parse_time_of_day(bad));
}

TEST_CASE("Open minutes are counted over weeks and years") {
  Organisation o;
  CHECK(calendar_of(o).open == std::array<bool, 7>{true, true, true, true, true, true, true});
  o.open_saturday = o.open_sunday = Answer::no;
  const auto at = [](const char* text) { return *parse_instant(text); };
  CHECK(open_minutes_between(calendar_of(o), at("2026-11-23"), at("2026-11-30")) == 5 * 1440);
  CHECK(open_minutes_between(calendar_of(o), at("2026-11-28"), at("2026-11-30")) == 0);
  CHECK(open_minutes_between(calendar_of(o), at("2026-11-27T23:00:00Z"), at("2026-11-30T01:00:00Z")) == 120);
  CHECK(open_minutes_between(calendar_of(o), at("2026-11-24"), at("2026-11-23")) == 0);
  CHECK(open_minutes_between(calendar_of(o), at("1969-12-29"), at("1970-01-05")) == 5 * 1440);
  CHECK(open_minutes_between(calendar_of(o), at("1960-01-04"), at("2026-01-05")) == 3444LL * 5 * 1440);
  o.open_saturday = Answer::yes;
  CHECK(open_minutes_between(calendar_of(o), at("2026-11-23"), at("2026-11-30")) == 6 * 1440);
  o.open_sunday = Answer::yes;
  CHECK(open_minutes_between(calendar_of(o), at("2026-11-23"), at("2026-11-30")) == 7 * 1440);
}

TEST_CASE("All backups at once say the same as each by itself") {
  auto p = plan("<activity id='sell' name='Sell' rpo_minutes='1440'/><resource id='d' name='Orders' kind='data'/><backup id='a' name='A'/><backup id='tm' name='B' run_at='02:00'/><backup id='c' name='C'/>"
                "<link id='l' from_id='sell' to_id='d' kind='needs'/><link id='p' from_id='a' to_id='d' kind='protects'/><link id='q' from_id='tm' to_id='d' kind='protects'/>");
  auto other = reading(2000, 10);
  other.backup_id = Id{"a"};
  std::vector<Observation> mixed{reading(100, 5), other, reading(3000, 2000), outcome(O::unreadable, 3)};
  const Graph graph(p);
  const auto all = backup_statuses(p, graph, mixed, now);
  REQUIRE(all.size() == 3);
  for (const auto& one : all) {
    const auto alone = backup_status(p, graph, mixed, one.backup_id, now);
    CHECK(one.detail == alone.detail);
    CHECK(one.state == alone.state);
  }
  CHECK(all[0].state == BackupState::breached);
  CHECK(all[1].state == BackupState::ok);
  CHECK(backup_status(p, graph, mixed, Id{"nowhere"}, now).state == BackupState::unknown);
}

TEST_CASE("A look that could not read is told beside what is still known") {
  auto failed = outcome(O::unreadable, 1);
  failed.detail = "The share is not there.";
  const auto s = status(business(), {reading(60, 30), failed});
  CHECK(s.state == BackupState::ok);
  CHECK(says(s, "could not be read at"));
  CHECK(says(s, "The share is not there."));
  CHECK_FALSE(says(status(business(), {failed, reading(60, 0)}), "could not be read"));
}

TEST_CASE("A backup whose place is answered with a key that nobody vouches for is not OK, however good the reading before was") {
  auto stranger = outcome(O::unreadable, 2);
  CHECK(state(business(), {reading(60, 30), stranger}) == "ok");
  stranger.presented_pin = "sha256//x";
  stranger.detail = "The certificate of “nas” does not have the key that is trusted.";
  const auto s = status(business(), {reading(60, 30), stranger});
  CHECK(s.state == BackupState::unknown);
  CHECK(says(s, "does not have the key that is trusted"));
  CHECK(says(s, "1 h old"));
  CHECK(state(business(), {reading(60, 30), stranger, reading(60, 1)}) == "ok");
  CHECK(state(business(), {reading(3000, 30), stranger}) == "breached");
}

TEST_CASE("How often a weekly backup runs is told in the open days that it is counted in") {
  const auto weekly = business("rpo_minutes='2880'", "run_at='02:00' run_days='tue' run_minutes='0'", "open_saturday='no' open_sunday='no'");  // now it is Thursday
  CHECK(says(status(weekly, {reading(1440)}), "it runs every 5 d of open days"));
  CHECK(says(status(business("rpo_minutes='600'", "interval_minutes='1440'"), {reading(60)}), "it runs every 1 d, so"));
}

TEST_CASE("A backup that is told to run on a closed day is missed on it") {
  const auto sundays = business("rpo_minutes='20160'", "run_at='02:00' run_days='sun' run_minutes='0'");  // open Monday to Friday
  const auto s = status(sundays, {reading(8 * 1440)});
  CHECK(s.missed_runs == 1);
  CHECK(s.state == BackupState::at_risk);
}
