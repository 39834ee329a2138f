// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/backup_history.h"
#include "core/model/period.h"
#include "core/model/thin_readings.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

Instant at(std::string_view text) { return *parse_instant(text); }

Plan business(const std::string& rpo = "rpo_minutes='1440'", const std::string& backup = "", const std::string& site = "open_days='daily'") {
  return testing::plan("<site id='main' kind='main' " + site + "/><activity id='sell' name='Take orders' " + rpo + "/><resource id='data' name='Orders' kind='data'/><backup id='tm' name='Nightly' " + backup +
                       "/><link id='l' from_id='sell' to_id='data' kind='needs'/><link id='p' from_id='tm' to_id='data' kind='protects'/>");
}

using O = Observation::Outcome;
Observation reading(std::string_view read, std::string_view point, O outcome = O::read) {
  Observation o;
  o.uuid = std::string(read) + "/" + std::string(point);
  o.backup_id = Id{"tm"};
  o.probe_id = Id{"probe"};
  o.outcome = outcome;
  o.read_at = at(read);
  if (!point.empty()) o.last_point = o.last_attempt = at(point);
  return o;
}

/// The history keeps pointers into the readings, so they live as long.
struct Told {
  Plan plan;
  std::vector<Observation> readings;
  BackupHistory h;
};
Told told(Plan plan, std::vector<Observation> readings, std::string_view from, std::string_view to, std::string_view now) {
  Told t{std::move(plan), std::move(readings), {}};
  t.h = backup_history(t.plan, Graph(t.plan), t.plan.backups.front(), readings_of(t.readings, Id{"tm"}), at(from), at(to), at(now));
  return t;
}

/// Nightly runs at 02:20 read at 08:00, November 2026, without those on the days named.
std::vector<Observation> nightly(int first, int last, const std::vector<int>& missed = {}, const std::vector<int>& unread = {}) {
  std::vector<Observation> all;
  int point = 0;
  for (int day = first; day <= last; ++day) {
    if (std::find(missed.begin(), missed.end(), day) == missed.end()) point = day;
    const auto text = [](int d, const char* time) { return "2026-11-" + std::string(d < 10 ? "0" : "") + std::to_string(d) + time; };
    if (std::find(unread.begin(), unread.end(), day) != unread.end()) all.push_back(reading(text(day, "T08:00:00Z"), "", O::unreadable));
    else if (point) all.push_back(reading(text(day, "T08:00:00Z"), text(point, "T02:20:00Z")));
  }
  return all;
}

}  // namespace

TEST_CASE("The age grows from point to point and drops where a new one was made") {
  const auto t = told(business(), nightly(2, 5), "2026-11-02", "2026-11-06", "2026-11-05T12:00:00Z");
  REQUIRE(t.h.stretches.size() == 4);
  CHECK(t.h.stretches[0].from == at("2026-11-02T02:20:00Z"));
  CHECK(t.h.stretches[0].to == at("2026-11-03T02:20:00Z"));
  CHECK(t.h.stretches[1].point == at("2026-11-03T02:20:00Z"));
  CHECK(t.h.stretches[3].to == at("2026-11-05T12:00:00Z"));
  CHECK(t.h.to == at("2026-11-05T12:00:00Z"));
  CHECK(t.h.worst_minutes == 1440);
  CHECK(t.h.inside_minutes == 3 * 1440 + 9 * 60 + 40);
  CHECK(t.h.outside_minutes == 0);
  CHECK(t.h.unknown_minutes == 140);  // before the first point was seen
  CHECK(t.h.inside_permille() == 1000);
  CHECK(t.h.points == 4);
  CHECK(t.h.readings == 4);
  CHECK(t.h.probes == std::vector<Id>{Id{"probe"}});
}

TEST_CASE("A run that was missed leaves the time outside the RPO to the minute, and the worst age with its time") {
  const auto t = told(business(), nightly(2, 6, {4}), "2026-11-02T02:20:00Z", "2026-11-07", "2026-11-06T08:00:00Z");
  CHECK(t.h.outside_minutes == 1440);
  REQUIRE(t.h.sides.size() == 3);
  CHECK(t.h.sides[1].side == RpoSide::outside);
  CHECK(t.h.sides[1].from.seconds - at("2026-11-04T02:20:00Z").seconds <= 60);
  CHECK(t.h.sides[1].to == at("2026-11-05T02:20:00Z"));
  CHECK(t.h.worst_minutes == 2880);
  CHECK(t.h.worst_at == at("2026-11-05T02:20:00Z"));
  CHECK(t.h.inside_minutes + t.h.outside_minutes + t.h.unknown_minutes == minutes_between(t.h.from, t.h.to));
}

TEST_CASE("Where nothing could be read the history has a gap, and a gap is neither inside nor outside") {
  const auto t = told(business(), nightly(2, 9, {}, {5, 6, 7}), "2026-11-02", "2026-11-10", "2026-11-09T12:00:00Z");
  // The copy of the 4th stands until it would be too old; the reading of the 8th shows what was made that night.
  REQUIRE(t.h.stretches.size() == 5);
  CHECK(t.h.stretches[2].to == at("2026-11-05T02:20:00Z"));
  CHECK(t.h.stretches[3].from == at("2026-11-08T02:20:00Z"));
  CHECK(t.h.unknown_minutes == minutes_between(at("2026-11-05T02:20:00Z"), at("2026-11-08T02:20:00Z")) + 140);
  CHECK(t.h.outside_minutes == 0);  // nobody saw it past the limit
  CHECK(t.h.unreadable.size() == 3);
  CHECK(t.h.readings == 8);
  CHECK(t.h.days[3].unreadable == 1);
  CHECK(t.h.days[3].unknown_minutes == 1300);
  CHECK(t.h.told_permille() < 1000);
}

TEST_CASE("Both readings showing one point close the gap between them, however long it was") {
  const auto t = told(business(), {reading("2026-11-02T08:00:00Z", "2026-11-02T02:20:00Z"), reading("2026-11-06T08:00:00Z", "2026-11-02T02:20:00Z")}, "2026-11-02T02:20:00Z", "2026-11-10", "2026-11-06T08:00:00Z");
  REQUIRE(t.h.stretches.size() == 1);
  CHECK(t.h.outside_minutes == 3 * 1440 + 5 * 60 + 40);
  CHECK(t.h.unknown_minutes == 0);
}

TEST_CASE("Inside a long RPO rare readings leave no gap") {
  const auto t = told(business("rpo_minutes='10080'"), {reading("2026-11-02T08:00:00Z", "2026-11-02T02:20:00Z"), reading("2026-11-08T08:00:00Z", "2026-11-08T02:20:00Z")}, "2026-11-02T02:20:00Z", "2026-11-09", "2026-11-08T08:00:00Z");
  CHECK(t.h.unknown_minutes == 0);
  CHECK(t.h.inside_permille() == 1000);
}

TEST_CASE("Time after the last reading is told for a day, then not") {
  const auto readings = nightly(2, 3);
  CHECK(told(business(), readings, "2026-11-02", "2026-12-01", "2026-11-20").h.stretches.back().to == at("2026-11-04T08:00:00Z"));
  CHECK(told(business("rpo_minutes='240'"), readings, "2026-11-02", "2026-12-01", "2026-11-20").h.stretches.back().to == at("2026-11-03T12:00:00Z"));
  const auto none = told(business(), {}, "2026-11-01", "2026-12-01", "2026-12-24");
  CHECK(none.h.stretches.empty());
  CHECK(none.h.inside_permille() == -1);
  CHECK(none.h.unknown_minutes == 30 * 1440);
  CHECK(none.h.days.size() == 30);
}

TEST_CASE("Closed days do not count, and both ages are kept") {
  const auto p = business("rpo_minutes='1440'", "", "open_days='mon-fri'");
  // A point on Friday evening, the next on Monday evening.
  const auto t = told(p, {reading("2026-11-06T20:00:00Z", "2026-11-06T18:00:00Z"), reading("2026-11-09T08:00:00Z", "2026-11-06T18:00:00Z"), reading("2026-11-09T20:00:00Z", "2026-11-09T18:00:00Z")},
                      "2026-11-06T18:00:00Z", "2026-11-10", "2026-11-09T20:00:00Z");
  CHECK(t.h.worst_minutes == 1440);
  CHECK(t.h.worst_whole_minutes == 3 * 1440);
  CHECK(t.h.outside_minutes == 0);
  CHECK(t.h.inside_minutes == 6 * 60 + 20 * 60);
  REQUIRE(t.h.days.size() == 4);
  CHECK(t.h.days[1].closed);
  CHECK(t.h.days[1].inside_minutes == 0);
  const auto line = age_line(t.h.stretches[0], calendar_of(t.plan, t.plan.backups.front()), t.h.from, t.h.to);
  REQUIRE(line.size() == 4);  // up to Saturday, level to Monday, up again
  CHECK(line[1].minutes == 360);
  CHECK(line[2].minutes == 360);
  CHECK(line[2].at == at("2026-11-09"));
  CHECK(line[3].minutes == 1440);
}

TEST_CASE("A backup known to have nothing to restore from is outside its RPO") {
  const auto t = told(business(), {reading("2026-11-02T08:00:00Z", "", O::never_backed_up), reading("2026-11-03T08:00:00Z", "", O::never_backed_up), reading("2026-11-04T08:00:00Z", "2026-11-04T02:20:00Z")},
                      "2026-11-02", "2026-11-05", "2026-11-04T08:00:00Z");
  CHECK(t.h.ever_without_point);
  CHECK(t.h.outside_minutes == minutes_between(at("2026-11-02T08:00:00Z"), at("2026-11-04T02:20:00Z")));
  CHECK(t.h.worst_minutes == 340);
}

TEST_CASE("A failed run keeps the point before it, and times that no clock can mean are passed over") {
  const auto t = told(business(), {reading("2026-11-02T08:00:00Z", "2026-11-02T02:20:00Z"), reading("2026-11-03T08:00:00Z", "", O::failed), reading("2026-11-03T09:00:00Z", "2030-01-01T00:00:00Z"),
                                   reading("2026-11-04T08:00:00Z", "2026-11-04T02:20:00Z")}, "2026-11-02T02:20:00Z", "2026-11-05", "2026-11-04T08:00:00Z");
  CHECK(t.h.failed == 1);
  CHECK(t.h.worst_minutes == 2880);
  CHECK(t.h.outside_minutes == 1440);
  CHECK(t.h.unknown_minutes == 0);
}

TEST_CASE("A point that went back counts from the reading that showed it") {
  const auto t = told(business(), {reading("2026-11-04T08:00:00Z", "2026-11-04T02:20:00Z"), reading("2026-11-04T20:00:00Z", "2026-11-01T02:20:00Z")}, "2026-11-04T02:20:00Z", "2026-11-05", "2026-11-04T21:00:00Z");
  REQUIRE(t.h.stretches.size() == 2);
  CHECK(t.h.stretches[1].from == at("2026-11-04T20:00:00Z"));
  CHECK(t.h.outside_minutes == 60);
}

TEST_CASE("Two probes that see one backup differently tell the newer point, and no run is counted twice") {
  auto all = nightly(2, 5);
  for (const char* time : {"2026-11-03T09:00:00Z", "2026-11-04T09:00:00Z", "2026-11-04T10:00:00Z"}) all.push_back(reading(time, "2026-11-01T02:20:00Z"));
  all.push_back(reading("2026-11-04T11:00:00Z", "2026-11-04T02:20:00Z"));
  all.push_back(reading("2026-11-03T10:00:00Z", "2026-11-03T02:20:00Z"));
  const auto t = told(business("rpo_minutes='1440'", "interval_minutes='1440' run_minutes='30'"), all, "2026-11-02", "2026-11-06", "2026-11-05T12:00:00Z");
  CHECK(t.h.outside_minutes == 0);
  CHECK(t.h.worst_minutes == 1440);
  CHECK(t.h.points == 4);
  CHECK(t.h.runs.made == 4);
  CHECK(t.h.runs.missed == 0);
}

TEST_CASE("Without an RPO there is an age but no side") {
  const auto t = told(business(""), nightly(2, 5), "2026-11-02T02:20:00Z", "2026-11-06", "2026-11-05T08:00:00Z");
  CHECK(t.h.worst_minutes == 1440);
  CHECK(t.h.told_minutes() == 0);
  CHECK(t.h.inside_permille() == -1);
}

TEST_CASE("Planned runs at a time of day are made, missed, or not told") {
  const auto p = business("rpo_minutes='1440'", "run_at='02:00' run_minutes='30'");
  auto t = told(p, nightly(1, 10, {4, 5}), "2026-11-01", "2026-11-11", "2026-11-10T12:00:00Z");
  CHECK(t.h.runs.planned == 10);
  CHECK(t.h.runs.made == 8);
  CHECK(t.h.runs.missed == 2);
  CHECK(t.h.runs.unknown == 0);
  CHECK(t.h.runs.missed_at == std::vector<Instant>{at("2026-11-04T02:00:00Z"), at("2026-11-05T02:00:00Z")});
  // Nobody looked on three mornings: what lies before the newest point then is not told.
  t = told(p, nightly(1, 10, {}, {4, 5, 6}), "2026-11-01", "2026-11-11", "2026-11-10T12:00:00Z");
  CHECK(t.h.runs.made == 7);
  CHECK(t.h.runs.unknown == 3);
  // A history that grew by four between the readings shows them all.
  auto counted = nightly(1, 10, {}, {4, 5, 6});
  for (auto& o : counted)
    if (o.last_point) o.history_count = 100 + minutes_between(at("2026-11-01"), o.last_point) / 1440;
  t = told(p, counted, "2026-11-01", "2026-11-11", "2026-11-10T12:00:00Z");
  CHECK(t.h.runs.made == 10);
  CHECK(t.h.runs.unknown == 0);
  // A late run still counts.
  auto late = nightly(1, 3);
  late[1].last_point = at("2026-11-02T07:50:00Z");
  CHECK(told(p, late, "2026-11-01", "2026-11-11", "2026-11-03T12:00:00Z").h.runs.made == 3);
}

TEST_CASE("Runs are planned on the days of the schedule and of the place, and those still to come are not counted") {
  const auto p = business("rpo_minutes='1440'", "run_at='02:00' run_days='mon-fri' run_minutes='30'", "open_days='mon-sat' closed_on='2026-11-03'");
  const auto t = told(p, nightly(2, 9), "2026-11-01", "2026-12-01", "2026-11-09T02:15:00Z");
  CHECK(t.h.runs.planned == 4);  // Monday, Wednesday, Thursday, Friday; Monday's own is not due yet
}

TEST_CASE("Runs every so often are counted by points seen and by time known to have passed without one") {
  const auto p = business("rpo_minutes='1440'", "interval_minutes='60' run_minutes='5'");
  const auto t = told(p, {reading("2026-11-02T08:10:00Z", "2026-11-02T08:00:00Z"), reading("2026-11-02T12:10:00Z", "2026-11-02T08:00:00Z"), reading("2026-11-02T18:10:00Z", "2026-11-02T18:00:00Z")},
                      "2026-11-02T08:00:00Z", "2026-11-03", "2026-11-02T18:10:00Z");
  CHECK(t.h.runs.planned == 11);  // ten whole hours, and the eleventh whose run is made already
  CHECK(t.h.runs.made == 2);
  CHECK(t.h.runs.missed == 3);  // of 9:00, 10:00 and 11:00; at 12:10 the run of noon was not overdue yet
  CHECK(t.h.runs.unknown == 6);
  CHECK(told(business(), {}, "2026-11-01", "2026-11-30", "2026-11-30").h.runs.planned == -1);
}

TEST_CASE("A slot of the schedule counts once, whatever order its points come to light in") {
  // Every reading shows a point that dates back to before the readings that did not show it yet.
  std::vector<Observation> late;
  for (int hour = 1; hour < 24; ++hour) {
    auto o = reading("2026-11-02T00:30:00Z", "2026-11-01T22:00:00Z");
    o.read_at = o.read_at.plus_minutes(hour * 60);
    o.last_point = o.last_point.plus_minutes((hour < 12 ? 0 : hour < 20 ? 6 : 12) * 60);
    late.push_back(o);
  }
  const auto p = business("rpo_minutes='1440'", "interval_minutes='60'");
  auto t = told(p, late, "2026-11-02", "2026-11-03", "2026-11-03");
  CHECK(t.h.runs.planned == 24);
  CHECK(t.h.runs.made == 2);
  CHECK(t.h.runs.missed == 21);
  CHECK(t.h.runs.unknown == 1);  // the last: nobody looked after it
  CHECK(t.h.runs.made + t.h.runs.missed + t.h.runs.unknown == t.h.runs.planned);
  // More runs than planned in the morning are no runs of the afternoon.
  std::vector<Observation> often;
  for (int minute = 0; minute < 720; minute += 20) {
    auto o = reading("2026-11-02T00:01:00Z", "2026-11-02T00:00:00Z");
    o.read_at = o.read_at.plus_minutes(minute);
    o.last_point = o.last_point.plus_minutes(minute);
    often.push_back(o);
  }
  t = told(p, often, "2026-11-02", "2026-11-03", "2026-11-04");
  CHECK(t.h.runs.planned == 24);
  CHECK(t.h.runs.made == 13);  // the last of them lies near enough to noon
  CHECK(t.h.runs.unknown == 11);
  // A run that comes a minute early is the one of its hour all the same.
  std::vector<Observation> early;
  for (const auto* time : {"07:20", "08:01", "08:59", "10:02", "11:00"}) early.push_back(reading("2026-11-02T" + std::string(time) + ":30Z", "2026-11-02T" + std::string(time) + ":00Z"));
  t = told(p, early, "2026-11-02T08:00:00Z", "2026-11-02T12:00:00Z", "2026-11-03");
  CHECK(t.h.runs.made == 4);
  // Runs of a closed day are no runs of the plan.
  const auto closed = business("rpo_minutes='1440'", "interval_minutes='1440'", "open_days='mon-fri'");
  t = told(closed, nightly(1, 30), "2026-11-01", "2026-12-01", "2026-12-01");
  CHECK(t.h.runs.planned == 21);
  CHECK(t.h.runs.made == 21);
}

TEST_CASE("A history over years of readings is told without a walk over each for each") {
  std::vector<Observation> all;
  for (int hour = 0; hour < 24 * 365; ++hour) {
    Observation o = reading("2026-01-01T00:10:00Z", "2026-01-01");
    o.uuid = std::to_string(hour);
    o.read_at = o.read_at.plus_minutes(hour * 60);
    o.last_point = o.last_point.plus_minutes(hour * 60);
    all.push_back(o);
  }
  const auto t = told(business("rpo_minutes='240'", "interval_minutes='60'"), all, "2026-11-01", "2026-12-01", "2026-12-01");
  CHECK(t.h.points == 720);
  CHECK(t.h.inside_permille() == 1000);
  CHECK(t.h.runs.made == 720);
  CHECK(t.h.runs.missed == 0);
}

TEST_CASE("Readings with times and figures that nobody means end in a history all the same") {
  std::vector<Observation> all{reading("1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z"), reading("2026-11-02T08:00:00Z", "1900-01-02T00:00:00Z"), reading("2026-11-02T08:00:00Z", "2026-11-02T08:00:00Z"),
                               reading("9999-12-31T00:00:00Z", "9999-12-31T00:00:00Z"), reading("2026-11-03T08:00:00Z", "2026-11-03T07:00:00Z", O::never_backed_up)};
  for (std::size_t i = 0; i < all.size(); ++i) all[i].history_count = i % 2 ? INT64_MAX : 0;
  for (const char* schedule : {"interval_minutes='1'", "run_at='02:00'", "interval_minutes='5000000'", ""}) {
    const auto t = told(business("rpo_minutes='1'", schedule), all, "2026-11-01", "2026-12-01", "2026-11-04");
    CHECK(t.h.inside_minutes + t.h.outside_minutes + t.h.unknown_minutes == 3 * 1440);
    CHECK(t.h.worst_minutes > 60'000'000);
    CHECK(t.h.runs.missed >= 0);
  }
  const auto closed = told(business("rpo_minutes='60'", "run_at='02:00'", "open_days='mon' closed_on='2026-11-02; 2026-11-09; 2026-11-16; 2026-11-23; 2026-11-30'"), nightly(1, 28), "2026-11-01", "2026-12-01", "2026-11-29");
  CHECK(closed.h.inside_permille() == -1);
  CHECK(closed.h.told_permille() == -1);
  CHECK(closed.h.runs.planned == 0);
}

TEST_CASE("Whatever the readings, each minute is told once, by the age at that minute") {
  std::uint32_t thrown = 2463534242u;
  const auto below = [&](std::uint32_t limit) {
    thrown ^= thrown << 13, thrown ^= thrown >> 17, thrown ^= thrown << 5;
    return static_cast<std::int64_t>(thrown % limit);
  };
  std::size_t dropped = 0;
  for (int round = 0; round < 200; ++round) {
    const auto begin = at("2026-10-20");
    std::vector<Observation> all;
    auto time = begin.plus_minutes(below(4000)), point = begin;
    while (time <= at("2026-11-25")) {
      Observation o;
      o.uuid = std::to_string(all.size());
      o.backup_id = Id{"tm"};
      o.read_at = time;
      const auto what = below(10);
      o.outcome = what == 0 ? O::unreadable : what == 1 ? O::failed : what == 2 && below(8) == 0 ? O::never_backed_up : O::read;
      if (below(round % 2 ? 8 : 2) == 0) point = std::max(point, time.plus_minutes(-below(3000)));
      if (below(40) == 0) point = point.plus_minutes(-below(9000));  // history that went back
      if (o.outcome == O::read) o.last_point = point;
      all.push_back(o);
      time = time.plus_minutes(1 + below(round % 2 ? 300 : 3000));
    }
    const auto rpo = 1 + below(4000);
    const auto t = told(business("rpo_minutes='" + std::to_string(rpo) + "'", "", round % 3 ? "open_days='mon-fri' closed_on='2026-11-10'" : "open_days='daily'"), all, "2026-11-01", "2026-12-01", "2026-11-25");
    const auto calendar = calendar_of(t.plan, t.plan.backups.front());
    INFO("round " << round);
    REQUIRE(t.h.inside_minutes + t.h.outside_minutes + t.h.unknown_minutes == open_minutes_between(calendar, t.h.from, t.h.to));
    std::int64_t days = 0, worst = -1;
    for (const auto& d : t.h.days) {
      days += d.inside_minutes + d.outside_minutes + d.unknown_minutes;
      worst = std::max(worst, d.worst_minutes);
    }
    CHECK(days == open_minutes_between(calendar, t.h.from, t.h.to));
    CHECK(worst == t.h.worst_minutes);
    auto end = t.h.from;
    for (const auto& s : t.h.stretches) {
      CHECK(s.from >= end);
      CHECK(s.to > s.from);
      CHECK((!s.point || s.point <= s.from));
      end = s.to;
    }
    CHECK(end <= t.h.to);
    REQUIRE(t.h.sides.front().from == t.h.from);
    REQUIRE(t.h.sides.back().to == t.h.to);
    // Thinned readings tell the same history, but for how many they were.
    auto thinned = all;
    const auto gone = superfluous_readings(all, at("2026-12-01"));
    dropped += gone.size();
    std::erase_if(thinned, [&](const Observation& o) { return std::find(gone.begin(), gone.end(), o.uuid) != gone.end(); });
    const auto again = told(t.plan, thinned, "2026-11-01", "2026-12-01", "2026-11-25");
    CHECK(again.h.inside_minutes == t.h.inside_minutes);
    CHECK(again.h.outside_minutes == t.h.outside_minutes);
    CHECK(again.h.worst_minutes == t.h.worst_minutes);
    CHECK(again.h.points == t.h.points);
    for (int sample = 0; sample < 60; ++sample) {
      const auto when = t.h.from.plus_minutes(below(24 * 1440));
      const auto stretch = std::find_if(t.h.stretches.begin(), t.h.stretches.end(), [&](const AgeStretch& s) { return s.from <= when && when < s.to; });
      const auto side = std::find_if(t.h.sides.begin(), t.h.sides.end(), [&](const SideStretch& s) { return s.from <= when && when < s.to; });
      REQUIRE(side != t.h.sides.end());
      if (stretch == t.h.stretches.end()) CHECK(side->side == RpoSide::unknown);
      else if (!stretch->point) CHECK(side->side == RpoSide::outside);
      else if (const auto age = open_minutes_between(calendar, stretch->point, when); age > rpo) CHECK(side->side == RpoSide::outside);
      else if (age < rpo) CHECK(side->side == RpoSide::inside);
    }
  }
  CHECK(dropped > 500);
}

TEST_CASE("Periods are months or ranges of days, read strictly") {
  CHECK(parse_period("2026-11") == Period{Date::of(2026, 11, 1), Date::of(2026, 11, 30)});
  CHECK(parse_period(" 2028-02 ")->last == Date::of(2028, 2, 29));
  CHECK(parse_period("2026-12")->last == Date::of(2026, 12, 31));
  CHECK(parse_period("2026-11-03..2026-11-15") == Period{Date::of(2026, 11, 3), Date::of(2026, 11, 15)});
  for (const char* bad : {"", "2026", "2026-13", "2026-1", "November", "2026-11-15..2026-11-03", "2026-01-01..2027-01-02", "2026-11-03", "2026-11-03..", "..", "9999-99"}) CHECK_FALSE(parse_period(bad));
  CHECK(spoken(*parse_period("2026-11")) == "November 2026");
  CHECK(spoken(*parse_period("2026-11-03..2026-11-15")) == "3 November 2026 to 15 November 2026");
  const auto [from, to] = instants_of(*parse_period("2026-10"), "Europe/Berlin");
  CHECK(from == at("2026-09-30T22:00:00Z"));
  CHECK(to == at("2026-10-31T23:00:00Z"));
}
