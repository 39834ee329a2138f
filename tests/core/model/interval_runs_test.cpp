// SPDX-License-Identifier: MIT
// When a backup that runs every so often is due, by hand arithmetic: closed days, opening hours, nights past midnight, holidays, clocks that change.
#include <catch2/catch.hpp>

#include "core/model/run_count.h"
#include "core/model/timeline.h"
#include "tests/core/model/place_and_reading.h"

using namespace mainstay;
using namespace mainstay::testing;

namespace {

/// A till that may lose an hour, at a place.
Plan till(const std::string& site, const std::string& backup = "interval_minutes='60'") {
  return plan("<organisation id='organisation'/><site id='s' kind='main' " + site + "/><activity id='a' name='Sell' rpo_minutes='60'/><resource id='d' name='Till' kind='data'/><backup id='b' name='Till copy' site_id='s' " +
              backup + "/><link id='l' from_id='a' to_id='d' kind='needs'/><link id='m' from_id='b' to_id='d' kind='protects'/>");
}

BackupStatus status(const Plan& p, const char* point, const char* now) { return backup_status(p, Graph(p), {read(at(point), at(now).plus_minutes(-1))}, Id{"b"}, at(now)); }
std::string state(const BackupStatus& s) { return std::string(backup_state_name(s.state)) + ", " + std::to_string(s.missed_runs) + " missing, due " + to_text(s.next_due); }

// 28 November 2026 is a Saturday.
const std::string bakery = "time_zone='UTC' open_days='mon-sat' open_hours='05:00-18:00'";

RunCount runs(const Plan& p, const std::vector<const char*>& points, const char* last_read, const char* from, const char* to) {
  std::vector<Observation> all;
  for (const auto* point : points) all.push_back(read(at(point), at(point).plus_minutes(1)));
  all.push_back(read(at(points.back()), at(last_read)));
  ReadingList list;
  for (const auto& o : all) list.push_back(&o);
  return count_runs(p.backups.front(), calendar_of(p, p.backups.front()), seen_points(list, at("2027-01-01T00:00:00Z")), at(from), at(to));
}

}  // namespace

TEST_CASE("An hourly backup of a bakery is no risk while the bakery is closed, and is due at the first slot after it opens") {
  const auto p = till(bakery);
  // The last run of the day was at the top of the hour: the next would begin as the bakery closes, so it begins as it opens.
  for (const auto* now : {"2026-11-28T23:00:00Z", "2026-11-29T12:00:00Z", "2026-11-30T05:00:00Z"}) CHECK(state(status(p, "2026-11-28T17:00:00Z", now)) == "ok, 0 missing, due 2026-11-30T05:00:00Z");
  CHECK(state(status(p, "2026-11-28T17:00:00Z", "2026-11-30T05:30:00Z")) == "breached, 0 missing, due 2026-11-30T05:00:00Z");  // an hour passes before a run is called missing
  CHECK(state(status(p, "2026-11-28T17:00:00Z", "2026-11-30T06:01:00Z")) == "breached, 1 missing, due 2026-11-30T05:00:00Z");
  // At half past: half an hour was left on Saturday, half an hour is left for Monday.
  for (const auto* now : {"2026-11-28T23:00:00Z", "2026-11-29T12:00:00Z", "2026-11-30T05:30:00Z"}) CHECK(state(status(p, "2026-11-28T17:30:00Z", now)) == "ok, 0 missing, due 2026-11-30T05:30:00Z");
  CHECK(status(p, "2026-11-28T17:30:00Z", "2026-11-30T06:30:00Z").missed_runs == 0);
  CHECK(status(p, "2026-11-28T17:30:00Z", "2026-11-30T06:31:00Z").missed_runs == 1);
  // A run on Sunday morning: the next of its rhythm in opening hours is at half past five.
  for (const auto* now : {"2026-11-29T12:00:00Z", "2026-11-30T05:30:00Z"}) CHECK(state(status(p, "2026-11-29T11:30:00Z", now)) == "ok, 0 missing, due 2026-11-30T05:30:00Z");
  // What was missed on Saturday is missing on Sunday too: 13, 14, 15 and 16 o'clock; that of 17 o'clock may still end at the closing, and that of 18 o'clock is Monday's first.
  CHECK(state(status(p, "2026-11-28T12:00:00Z", "2026-11-29T12:00:00Z")).find("4 missing, due 2026-11-28T13:00:00Z") != std::string::npos);
  CHECK(status(p, "2026-11-28T12:00:00Z", "2026-11-30T05:01:00Z").missed_runs == 5);
}

TEST_CASE("Where no opening hours are known an hourly run on a closed Sunday is followed by one as Monday begins") {
  const auto p = till("time_zone='UTC' open_days='mon-sat'");
  CHECK(state(status(p, "2026-11-29T11:30:00Z", "2026-11-29T12:00:00Z")) == "ok, 0 missing, due 2026-11-30T00:30:00Z");
  CHECK(state(status(p, "2026-11-28T23:00:00Z", "2026-11-29T12:00:00Z")) == "ok, 0 missing, due 2026-11-30T00:00:00Z");
  CHECK(state(status(p, "2026-11-28T23:40:00Z", "2026-11-29T12:00:00Z")) == "ok, 0 missing, due 2026-11-30T00:40:00Z");
  CHECK(status(p, "2026-11-29T11:30:00Z", "2026-11-30T01:30:00Z").missed_runs == 0);
  CHECK(status(p, "2026-11-29T11:30:00Z", "2026-11-30T01:31:00Z").missed_runs == 1);
  CHECK(state(status(till("time_zone='UTC' open_days='mon-sat'", "interval_minutes='60' run_minutes='20'"), "2026-11-29T11:30:00Z", "2026-11-29T12:00:00Z")) == "ok, 0 missing, due 2026-11-30T00:50:00Z");
}

TEST_CASE("Holidays are closed days, and a night past midnight belongs to the day on which it began") {
  const auto c = place(bakery + " closed_on='2026-11-30..2026-12-01'");
  CHECK(next_interval_run(c, at("2026-11-28T17:00:00Z"), 60) == at("2026-12-02T05:00:00Z"));
  CHECK(next_interval_run(c, at("2026-11-30T07:15:00Z"), 60) == at("2026-12-02T05:15:00Z"));
  const auto bar = place("time_zone='UTC' open_hours='fri-sat 22:00-02:00'");
  CHECK(next_interval_run(bar, at("2026-11-28T23:30:00Z"), 60) == at("2026-11-29T00:30:00Z"));
  CHECK(next_interval_run(bar, at("2026-11-29T01:00:00Z"), 60) == at("2026-12-04T22:00:00Z"));  // Saturday's night ends at two
  CHECK(next_interval_run(bar, at("2026-11-29T01:40:00Z"), 60) == at("2026-12-04T22:40:00Z"));
  CHECK(next_interval_run(bar, at("2026-11-28T02:00:00Z"), 60) == at("2026-11-28T22:00:00Z"));
  CHECK(is_open_at(bar, at("2026-11-29T01:59:59Z")));
  CHECK_FALSE(is_open_at(bar, at("2026-11-29T02:00:00Z")));
  // Four hours a night, runs every twelve: a rhythm that no night meets goes on by open time.
  CHECK(next_interval_run(bar, at("2026-11-28T12:00:00Z"), 720) == at("2026-11-29T00:00:00Z"));
  CHECK(next_interval_run(bar, at("2026-11-28T09:00:00Z"), 720) == at("2026-12-11T22:00:00Z"));  // three nights
  CHECK_FALSE(next_interval_run(place("time_zone='UTC' closed_on='2026-01-01..2030-12-31'"), at("2026-11-28T12:00:00Z"), 60));
}

TEST_CASE("Runs of a day and more apart keep their time of day and move to the next open day") {
  const auto c = place("time_zone='UTC' open_days='mon-fri' open_hours='08:00-18:00'");
  CHECK(next_interval_run(c, at("2026-11-27T22:00:00Z"), 1440) == at("2026-11-30T22:00:00Z"));  // hours do not count for it
  CHECK(next_interval_run(c, at("2026-11-25T22:00:00Z"), 1440) == at("2026-11-26T22:00:00Z"));
  CHECK(next_interval_run(c, at("2026-11-29T11:30:00Z"), 1440) == at("2026-11-30T11:30:00Z"));
  CHECK(next_interval_run(c, at("2026-11-25T22:00:00Z"), 10080) == at("2026-12-02T22:00:00Z"));
}

TEST_CASE("In the nights on which clocks change a run is due at the place's own time") {
  // 25 October 2026: three o'clock is two again. 29 March: two o'clock is three. Berlin is closed on both Sundays.
  const auto hours = place("time_zone='Europe/Berlin' open_days='mon-sat' open_hours='05:00-18:00'");
  CHECK(next_interval_run(hours, at("2026-10-24T15:00:00Z"), 60) == at("2026-10-26T04:00:00Z"));  // 17:00 CEST, then 05:00 CET
  CHECK(next_interval_run(hours, at("2026-03-28T16:00:00Z"), 60) == at("2026-03-30T03:00:00Z"));  // 17:00 CET, then 05:00 CEST
  const auto days = place("time_zone='Europe/Berlin' open_days='mon-sat'");
  CHECK(next_interval_run(days, at("2026-10-24T21:30:00Z"), 60) == at("2026-10-25T23:30:00Z"));   // 23:30 CEST, then 00:30 CET on Monday
  CHECK(next_interval_run(days, at("2026-10-24T22:30:00Z"), 60) == at("2026-10-25T23:30:00Z"));   // Sunday 00:30 CEST: it goes on at half past
  CHECK(next_interval_run(days, at("2026-03-28T22:30:00Z"), 60) == at("2026-03-29T22:30:00Z"));   // 23:30 CET, then 00:30 CEST on Monday
  CHECK(next_interval_run(days, at("2026-10-23T22:30:00Z"), 1440) == at("2026-10-25T23:30:00Z")); // Saturday 00:30 CEST; Sunday's moves to Monday 00:30 CET
  CHECK(next_interval_run(days, at("2026-10-24T20:00:00Z"), 1440) == at("2026-10-26T20:00:00Z")); // 22:00 CEST, a day later 21:00 CET, kept on Monday
  // A closed Sunday of 25 or of 23 hours takes nothing from the days around it.
  CHECK(open_minutes_between(days, at("2026-10-24T21:00:00Z"), at("2026-10-25T12:00:00Z")) == 60);
  CHECK(open_minutes_between(days, at("2026-10-24T10:00:00Z"), at("2026-10-26T11:00:00Z")) == 24 * 60);
  CHECK(open_minutes_between(days, at("2026-03-28T11:00:00Z"), at("2026-03-30T10:00:00Z")) == 24 * 60);
  CHECK(open_minutes_between(days, at("2026-03-28T22:30:00Z"), at("2026-03-29T22:10:00Z")) == 40);
}

TEST_CASE("A run at a time of day is next due on the next open day, also where the clocks change in between") {
  const auto p = till("time_zone='Europe/Berlin' open_days='mon-sat'", "run_at='02:30' run_minutes='30'");
  CHECK(status(p, "2026-10-24T00:35:00Z", "2026-10-25T12:00:00Z").next_due == at("2026-10-26T02:00:00Z"));
  CHECK(status(p, "2026-10-24T00:35:00Z", "2026-10-25T12:00:00Z").missed_runs == 0);
  const auto daily = till("time_zone='Europe/Berlin' open_days='daily'", "run_at='02:30' run_minutes='30'");
  CHECK(status(daily, "2026-03-28T01:35:00Z", "2026-03-28T12:00:00Z").next_due == at("2026-03-29T01:30:00Z"));  // half past two is not there: it is due right after the change, at three, and half an hour
}

TEST_CASE("A run that was made after closing is made, and fills the slot that nothing else filled") {
  const auto p = till(bakery);
  // Monday, hourly from five to eighteen: thirteen slots. Those at the half hours but the last, and one at eight in the evening instead.
  std::vector<std::string> text;
  for (int hour = 5; hour < 17; ++hour) text.push_back(std::string("2026-11-30T") + (hour < 10 ? "0" : "") + std::to_string(hour) + ":30:00Z");
  auto points = [&] {
    std::vector<const char*> all;
    for (const auto& one : text) all.push_back(one.c_str());
    return all;
  };
  const auto day = [&](const std::vector<const char*>& all) { return runs(p, all, "2026-12-01T12:00:00Z", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z"); };
  auto count = day(points());
  CHECK(count.planned == 13);
  CHECK(count.made == 12);
  CHECK(count.missed == 1);
  text.push_back("2026-11-30T20:00:00Z");
  count = day(points());
  CHECK(count.planned == 13);
  CHECK(count.made == 13);
  CHECK(count.missed == 0);
  CHECK(count.beside == 0);
  // Four more in the night are told beside: never more made than planned, never a negative number.
  for (const auto* late : {"2026-11-30T21:00:00Z", "2026-11-30T22:00:00Z", "2026-11-30T23:00:00Z"}) text.emplace_back(late);
  count = day(points());
  CHECK(count.planned == 13);
  CHECK(count.made == 13);
  CHECK(count.missed == 0);
  CHECK(count.unknown == 0);
  CHECK(count.beside == 3);
}

TEST_CASE("Runs made at night only leave the day's slots missed, and a run shortly before the opening is the first of the day") {
  const auto p = till(bakery);
  auto count = runs(p, {"2026-11-30T19:00:00Z", "2026-11-30T21:00:00Z", "2026-12-01T02:00:00Z"}, "2026-12-01T19:00:00Z", "2026-11-30T00:00:00Z", "2026-12-02T00:00:00Z");
  CHECK(count.planned == 26);
  CHECK(count.made == 1);
  CHECK(count.beside == 2);
  CHECK(count.made + count.missed + count.unknown == count.planned);
  CHECK(count.missed == 12);   // Tuesday's; whether the last of them is made by the next opening was not read
  CHECK(count.unknown == 13);  // Monday's other twelve: no reading lies between
  // 04:45 is early for five o'clock, 04:15 is not.
  count = runs(p, {"2026-11-30T04:45:00Z"}, "2026-11-30T23:00:00Z", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z");
  CHECK(count.made == 1);
  count = runs(p, {"2026-11-30T04:15:00Z"}, "2026-11-30T23:00:00Z", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z");
  CHECK(count.made == 0);
  // Between the end of a month and the next opening: the last slot of the month before, and of that alone.
  CHECK(runs(p, {"2026-12-01T01:00:00Z"}, "2026-12-01T19:00:00Z", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z").made == 1);
  CHECK(runs(p, {"2026-12-01T01:00:00Z"}, "2026-12-01T19:00:00Z", "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z").made == 0);
  CHECK(runs(p, {"2026-12-01T01:00:00Z"}, "2026-12-01T19:00:00Z", "2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z").beside == 0);
}

TEST_CASE("A run at a time that clocks leave out in spring begins right after the change") {
  Backup backup;
  backup.run_at = "02:30";
  Calendar calendar;
  calendar.zone = "Europe/Berlin";
  calendar.open.fill(true);
  const auto slots = run_slots(backup, calendar, *parse_instant("2026-03-28T00:00:00Z"), *parse_instant("2026-03-30T12:00:00Z"));
  REQUIRE(slots.size() == 3);
  CHECK(to_text(slots[0]) == "2026-03-28T01:30:00Z");
  CHECK(to_text(slots[1]) == "2026-03-29T01:00:00Z");  // 03:00 in summer time
  CHECK(to_text(slots[2]) == "2026-03-30T00:30:00Z");
  calendar.zone = "Australia/Lord_Howe";  // by half an hour, from 02:00
  backup.run_at = "02:15";
  const auto half = run_slots(backup, calendar, *parse_instant("2026-10-03T14:00:00Z"), *parse_instant("2026-10-03T20:00:00Z"));
  REQUIRE(half.size() == 1);
  CHECK(to_text(half[0]) == "2026-10-03T15:30:00Z");
}
