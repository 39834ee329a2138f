// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/run_count.h"
#include "core/model/timeline.h"
#include "tests/core/model/place_and_reading.h"

using namespace mainstay;
using namespace mainstay::testing;

namespace {

/// A till that is copied every hour and may lose two.
Plan till(const std::string& site, const std::string& rpo = "120") {
  return plan("<organisation id='organisation'/><site id='s' kind='main' time_zone='Europe/Berlin' " + site + "/><activity id='a' name='Sell' rpo_minutes='" + rpo +
              "'/><resource id='d' name='Till' kind='data'/><backup id='b' name='Till copy' site_id='s' interval_minutes='60'/><link id='l' from_id='a' to_id='d' kind='needs'/><link id='m' from_id='b' to_id='d' kind='protects'/>");
}

BackupStatus status(const Plan& p, Instant point, Instant now) { return backup_status(p, Graph(p), {read(point, now.plus_minutes(-1))}, Id{"b"}, now); }

}  // namespace

TEST_CASE("Hours are told for all days or by days, past midnight too, and nonsense is refused") {
  const auto all = parse_open_hours("08:00-18:30");
  REQUIRE(all);
  for (const auto& day : *all) CHECK(day == OpenHours{480, 1110});
  std::optional<std::array<bool, 7>> named;
  const auto some = parse_open_hours("mon-fri 8:00-18:00; sat 18:00-02:00", &named);
  REQUIRE(some);
  CHECK((*some)[4] == OpenHours{480, 1080});
  CHECK((*some)[5] == OpenHours{1080, 1560});
  CHECK((*some)[6] == OpenHours{});
  REQUIRE(named);
  CHECK(*named == std::array<bool, 7>{true, true, true, true, true, true, false});
  CHECK((*parse_open_hours("00:00-24:00"))[0] == OpenHours{});
  CHECK((*parse_open_hours("mon – fri 08:00 – 18:00"))[4] == (*parse_open_hours("mon-fri 08:00-18:00"))[4]);
  for (const auto* bad : {"", ";", "nine to five", "08:00", "08:00-", "8-18", "25:00-26:00", "mon 08:00", "someday 08:00-18:00", "08:00-18:00-20:00", "mon-fri 08:00-12:00; mon-fri 14:00-18:00", "sat 09:00-12:00; 08:00-18:00"}) {
    INFO(bad);
    CHECK_FALSE(parse_open_hours(bad));
  }
  for (const auto* bad : {"18:00-18:00", "mon 08:00-08:00"}) CHECK_FALSE(parse_open_hours(bad));
}

TEST_CASE("A place that says no hours, or says them unreadably, is open round the clock on its days") {
  CHECK_FALSE(place("open_days='mon-fri'").has_hours());
  CHECK_FALSE(place("open_days='mon-fri' open_hours='nine to five'").has_hours());
  CHECK_FALSE(place("open_days='mon-fri' open_hours='00:00-24:00'").has_hours());
  CHECK(place("open_hours='08:00-18:00'").has_hours());
  CHECK_FALSE(place("open_hours='08:00-18:00'").for_spans_of(1440).has_hours());
  CHECK(place("open_hours='tue-sun 10:00-18:00'").is_open(Date::of(2026, 11, 22)));  // a Sunday: the hours say so
  CHECK_FALSE(place("open_hours='tue-sun 10:00-18:00' open_days='mon-fri'").is_open(Date::of(2026, 11, 22)));
}

TEST_CASE("Open minutes are those of the hours, holidays left out") {
  const auto c = place("open_days='mon-fri' open_hours='08:00-18:00' closed_on='2026-11-25' time_zone='UTC'");
  CHECK(open_minutes_between(c, at("2026-11-24T00:00:00Z"), at("2026-11-24T07:59:00Z")) == 0);
  CHECK(open_minutes_between(c, at("2026-11-24T07:30:00Z"), at("2026-11-24T08:30:00Z")) == 30);
  CHECK(open_minutes_between(c, at("2026-11-24T17:30:00Z"), at("2026-11-26T08:30:00Z")) == 60);  // over a holiday
  CHECK(open_minutes_between(c, at("2026-11-27T17:00:00Z"), at("2026-11-30T09:00:00Z")) == 120); // over a weekend
  CHECK(open_minutes_between(c, at("2026-11-02T00:00:00Z"), at("2026-11-30T00:00:00Z")) == (20 - 1) * 600);
  CHECK(plus_open_minutes(c, at("2026-11-24T17:30:00Z"), 60) == at("2026-11-26T08:30:00Z"));
  CHECK_FALSE(plus_open_minutes(place("closed_on='2020-01-01..2030-12-31' open_hours='08:00-18:00'"), at("2026-11-24T17:30:00Z"), 60));
}

TEST_CASE("Hours past midnight belong to the day on which they began") {
  const auto bar = place("open_hours='fri-sat 18:00-02:00' closed_on='2026-11-28' time_zone='UTC'");
  CHECK(open_minutes_between(bar, at("2026-11-27T12:00:00Z"), at("2026-11-28T12:00:00Z")) == 480);  // Friday night, though Saturday is a holiday
  CHECK(open_minutes_between(bar, at("2026-11-28T12:00:00Z"), at("2026-11-29T12:00:00Z")) == 0);    // Saturday night is left out whole
  CHECK(open_minutes_between(bar, at("2026-11-21T23:00:00Z"), at("2026-11-22T01:00:00Z")) == 120);
  const auto sunday = place("open_hours='sun 20:00-04:00' time_zone='UTC'");
  CHECK(open_minutes_between(sunday, at("2026-11-23T00:00:00Z"), at("2026-11-23T12:00:00Z")) == 240);  // Monday morning, of Sunday's
  const auto overlap = place("open_hours='mon 08:00-07:00; tue 06:00-10:00' time_zone='UTC'");
  CHECK(open_minutes_between(overlap, at("2026-11-23T00:00:00Z"), at("2026-11-25T00:00:00Z")) == 22 * 60 + 4 * 60);  // no hour counts twice
}

TEST_CASE("On the days on which clocks change, hours are those that pass") {
  const auto day = place("open_days='daily' open_hours='08:00-18:00' time_zone='Europe/Berlin'");
  // 28 March and 24 October 2026 are the Saturdays before the changes.
  CHECK(open_minutes_between(day, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")) == (5 + 6) * 60);   // 13 to 18 o'clock, then 8 to 14
  CHECK(open_minutes_between(day, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")) == (4 + 5) * 60);   // 14 to 18, then 8 to 13
  const auto bar = place("open_days='daily' open_hours='20:00-05:00' time_zone='Europe/Berlin'");
  CHECK(open_minutes_between(bar, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")) == 8 * 60);   // the hour from 2 to 3 is not there
  CHECK(open_minutes_between(bar, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")) == 10 * 60);  // and comes twice in autumn
  CHECK(open_minutes_between(day, at("2026-01-05T00:00:00Z"), at("2027-01-04T23:00:00Z")) == 365 * 600);
}

TEST_CASE("Hourly runs are due in open hours, and a night without one is none missed") {
  const auto hours = till("open_days='mon-fri' open_hours='08:00-18:00'"), round_the_clock = till("open_days='mon-fri'");
  const auto evening = at("2026-11-24T16:30:00Z");  // 17:30 in Berlin
  auto s = status(hours, evening, at("2026-11-25T05:00:00Z"));
  CHECK(s.missed_runs == 0);
  CHECK(s.state == BackupState::ok);
  CHECK(s.next_due == at("2026-11-25T07:30:00Z"));
  CHECK(s.working_age_minutes == 30);
  CHECK(s.detail.find("Only open hours count: in those it has aged 30 min.") != std::string::npos);
  CHECK(status(round_the_clock, evening, at("2026-11-25T05:00:00Z")).state == BackupState::breached);
  CHECK(status(hours, evening, at("2026-11-25T08:15:00Z")).missed_runs == 0);  // the run may still be under way
  s = status(till("open_days='mon-fri' open_hours='08:00-18:00'", "180"), evening, at("2026-11-25T08:31:00Z"));
  CHECK(s.missed_runs == 1);
  CHECK(s.state == BackupState::at_risk);
  CHECK(status(hours, evening, at("2026-11-25T10:00:00Z")).state == BackupState::breached);
  // A limit of a day and more is counted in whole open days, as ever.
  CHECK(status(till("open_days='mon-fri' open_hours='08:00-18:00'", "1440"), evening, at("2026-11-25T05:00:00Z")).working_age_minutes == 12 * 60 + 30);
}

TEST_CASE("A month's hourly runs are planned for open hours only") {
  const auto p = till("open_days='mon-fri' open_hours='08:00-18:00'");
  std::vector<Observation> all;
  for (int day = 23; day <= 27; ++day)
    for (int hour = 8; hour <= 17; ++hour) {
      const auto point = at(("2026-11-" + std::to_string(day) + "T" + (hour < 11 ? "0" : "") + std::to_string(hour - 1) + ":30:00Z").c_str());
      all.push_back(read(point, point.plus_minutes(5)));
    }
  ReadingList list;
  for (const auto& o : all) list.push_back(&o);
  const auto calendar = calendar_of(p, p.backups.front());
  const auto runs = count_runs(p.backups.front(), calendar, seen_points(list, at("2026-11-28T12:00:00Z")), at("2026-11-23T00:00:00Z"), at("2026-11-28T00:00:00Z"));
  CHECK(runs.planned == 50);
  CHECK(runs.made == 50);
  CHECK(runs.missed == 0);
}
