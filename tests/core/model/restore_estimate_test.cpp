// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/restore_estimate.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

Plan tested(const std::string& tests, const std::string& rto = "600") {
  return testing::plan("<activity id='x' name='Sell' rto_minutes='" + rto + "'/><activity id='y' name='Cook' rto_minutes='9000'/><resource id='d' name='Ledger' kind='data'/>"
                       "<link id='l' from_id='x' to_id='d' kind='needs'/><link id='m' from_id='y' to_id='d' kind='needs'/><backup id='b' name='NAS'/><link id='n' from_id='b' to_id='d' kind='protects'/>" + tests);
}

std::string test(const std::string& id, const std::string& on, int minutes, int mb, int full = 1000, const std::string& result = "pass") {
  return "<restore_test id='" + id + "' backup_id='b' on='" + on + "' result='" + result + "' took_minutes='" + std::to_string(minutes) + "' sample_mb='" + std::to_string(mb) + "' full_mb='" + std::to_string(full) + "'/>";
}

RestoreVerdict verdict(const Plan& plan) { return restore_verdict(plan, Graph(plan), Id{"b"}); }

}  // namespace

TEST_CASE("one restore is scaled in proportion, with a wide band") {
  const auto e = estimate_restore(tested(test("t", "2026-06-01", 10, 100)), Id{"b"});
  CHECK(e.likely_minutes == 100);
  CHECK(e.low_minutes == 9);  // if nothing of the time grows with size
  CHECK(e.high_minutes == 200);
  CHECK(e.tests == 1);
}

TEST_CASE("two sizes tell what is fixed from what grows") {
  const auto e = estimate_restore(tested(test("s", "2026-05-01", 15, 100) + test("t", "2026-06-01", 25, 300)), Id{"b"});
  CHECK(e.likely_minutes == 60);  // 10 min, and 0.05 min for each MB
  CHECK(e.low_minutes < 60);
  CHECK(e.low_minutes > 50);
  CHECK(e.high_minutes == 90);  // the greater of 1.5 times and 25·1000/300
}

TEST_CASE("three sizes on a line give a narrow band, and scattered ones a wide one") {
  const auto straight = estimate_restore(tested(test("r", "2026-04-01", 15, 100) + test("s", "2026-05-01", 25, 300) + test("t", "2026-06-01", 35, 500)), Id{"b"});
  CHECK(straight.likely_minutes == 60);
  CHECK(straight.high_minutes - straight.likely_minutes <= 3);  // only the rounding to minutes is left
  const auto scattered = estimate_restore(tested(test("r", "2026-04-01", 15, 100) + test("s", "2026-05-01", 45, 300) + test("t", "2026-06-01", 35, 500)), Id{"b"});
  CHECK(scattered.high_minutes > scattered.likely_minutes * 3);
}

TEST_CASE("the prediction interval is that of the textbook") {
  // Worked by hand: x = 100, 200, 300, 400; y = 12, 19, 33, 36: b = 0.086, a = 3.5, s² = 20.2 / 2; at 1000: 89.5 ± 4.303·s·√(1 + 1/4 + 750²/50000) = 89.5 ± 48.35
  const auto e = estimate_restore(tested(test("p", "2026-03-01", 12, 100) + test("q", "2026-04-01", 19, 200) + test("r", "2026-05-01", 33, 300) + test("s", "2026-06-01", 36, 400)), Id{"b"});
  CHECK(e.likely_minutes == 90);
  CHECK(e.high_minutes == 138);
  CHECK(e.low_minutes == 41);
}

TEST_CASE("a larger sample that was faster is scatter, and no promise of a faster whole") {
  const auto e = estimate_restore(tested(test("s", "2026-05-01", 25, 100) + test("t", "2026-06-01", 15, 300)), Id{"b"});
  CHECK(e.likely_minutes == 250);  // the slowest for each MB
}

TEST_CASE("a line that would begin below zero goes through zero") {
  const auto e = estimate_restore(tested(test("s", "2026-05-01", 1, 100) + test("t", "2026-06-01", 30, 300)), Id{"b"});
  CHECK(e.likely_minutes == 91);  // Σts/Σs² = 9100/100000 for each MB
  CHECK(e.high_minutes == 137);
}

TEST_CASE("tests that failed, say no size, or are years old do not count") {
  CHECK_FALSE(estimate_restore(tested(""), Id{"b"}));
  CHECK_FALSE(estimate_restore(tested(test("t", "2026-06-01", 10, 100, 1000, "fail")), Id{"b"}));
  CHECK_FALSE(estimate_restore(tested(test("t", "2026-06-01", 10, 0)), Id{"b"}));
  CHECK_FALSE(estimate_restore(tested(test("t", "2026-06-01", 10, 100, 0)), Id{"b"}));
  const auto e = estimate_restore(tested(test("s", "2019-01-01", 500, 50) + test("t", "2026-06-01", 10, 100)), Id{"b"});
  CHECK(e.tests == 1);
  CHECK(e.likely_minutes == 100);
}

TEST_CASE("figures typed wrongly do not wrap round") {
  auto plan = tested(test("t", "2026-06-01", 10, 1));
  plan.restore_tests[0].took_minutes = Minutes(INT64_MAX);
  plan.restore_tests[0].full_mb = Number(INT64_MAX);
  const auto e = estimate_restore(plan, Id{"b"});
  CHECK(e.likely_minutes > 0);
  CHECK(e.high_minutes >= e.likely_minutes);
}

TEST_CASE("a sample as large as the whole set needs no scaling") {
  CHECK(estimate_restore(tested(test("t", "2026-06-01", 50, 2000, 1000)), Id{"b"}).likely_minutes == 50);
}

TEST_CASE("the whole set is held against the tightest activity, by name, and never in time on a guess") {
  const auto one = test("t", "2026-06-01", 10, 100);  // 9 to 200, likely 100
  CHECK(verdict(tested("")).time == RestoreTime::untested);
  CHECK(verdict(tested(one, "99")).time == RestoreTime::too_slow);
  CHECK(verdict(tested(one, "199")).time == RestoreTime::unsure);
  const auto fine = verdict(tested(one, "200"));
  CHECK(fine.time == RestoreTime::in_time);
  CHECK(fine.activity_id == Id{"x"});
  CHECK(fine.sentence.find("“Sell”") != std::string::npos);
  CHECK(verdict(tested(test("t", "2026-06-01", 10, 100, 1000, "partial"), "200")).time == RestoreTime::untested);
  auto nobody = tested(one);
  for (auto& activity : nobody.activities) activity.rto_minutes = {};
  CHECK(verdict(nobody).time == RestoreTime::no_rto);
}
