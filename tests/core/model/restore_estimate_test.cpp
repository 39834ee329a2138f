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

TEST_CASE("one restore whose time was typed is scaled in proportion where it is half of everything, and is too small where it is less") {
  const auto half = estimate_restore(tested(test("t", "2026-06-01", 50, 500)), Id{"b"});
  CHECK(half.too_small);  // 49 to 200 minutes: just more than four times
  const auto most = estimate_restore(tested(test("t", "2026-06-01", 60, 600)), Id{"b"});
  CHECK_FALSE(most.too_small);
  CHECK(most.likely_minutes == 100);
  CHECK(most.low_minutes == 59);  // if nothing of the time grows with size
  CHECK(most.high_minutes == 200);
  CHECK(most.tests == 1);
  const auto tiny = estimate_restore(tested(test("t", "2026-06-01", 10, 100)), Id{"b"});
  CHECK(tiny.too_small);
  CHECK_FALSE(tiny);  // no likely time
  CHECK(tiny.low_minutes == 9);
  CHECK(tiny.high_minutes == 200);
  CHECK(tiny.wanted_mb == 400);
}

TEST_CASE("a restore whose files were seen coming has a narrow band, and none where they came in a moment") {
  // 1,000 files of 1,000 MB; of them 100 of 100 MB in 70 s, 60 s of it while files were written: 0.1 s a file, 0.5 s a MB.
  const auto clocked = [](int seconds, int flow, int error = 10) {
    return "<restore_test id='t' backup_id='b' on='2026-06-01' result='pass' took_minutes='" + std::to_string((seconds + 59) / 60) + "' took_seconds='" + std::to_string(seconds) +
           "' sample_mb='100' full_mb='10000' full_files='10000' flow_seconds='" + std::to_string(flow) + "' per_file_us='100000' per_mb_us='500000' cost_error_percent='" + std::to_string(error) + "'/>";
  };
  const auto e = estimate_restore(tested(clocked(70, 60)), Id{"b"});
  CHECK_FALSE(e.too_small);
  CHECK(e.low_minutes == 90);     // 10 s + 6,000 s · 0.9, less a second
  CHECK(e.likely_minutes == 117); // 70/60 · 6,000 s
  CHECK(e.high_minutes == 129);   // and a tenth
  const auto burst = estimate_restore(tested(clocked(40, 30)), Id{"b"});
  CHECK(burst.too_small);  // half a minute may be a cache's
  CHECK(burst.wanted_mb == 200);
  const auto slow_start = estimate_restore(tested(clocked(600, 60)), Id{"b"});
  CHECK(slow_start.too_small);        // nine of ten minutes may be the same for everything, or not
  CHECK(slow_start.wanted_mb == 900); // the flow lasts as long as the rest
  const auto scattered = estimate_restore(tested(clocked(70, 60, 100)), Id{"b"});
  CHECK(scattered.too_small);
  CHECK(scattered.wanted_mb == 1600);  // an error of a quarter takes sixteen times the files
  const auto sentence = verdict(tested(clocked(600, 60))).sentence;
  CHECK(sentence.find("too small to tell how long the 10000 MB") != std::string::npos);
  CHECK(sentence.find("about 900 MB") != std::string::npos);
  CHECK(sentence.find("between") == std::string::npos);
}

TEST_CASE("an older test that went slower widens the band of a newer one") {
  const auto one = [](const std::string& id, const std::string& on, int seconds, int per_mb) {
    return "<restore_test id='" + id + "' backup_id='b' on='" + on + "' result='pass' took_minutes='2' took_seconds='" + std::to_string(seconds) + "' sample_mb='100' full_mb='1000' full_files='10' flow_seconds='" +
           std::to_string(seconds) + "' per_file_us='0' per_mb_us='" + std::to_string(per_mb) + "' cost_error_percent='10'/>";
  };
  const auto e = estimate_restore(tested(one("r", "2026-05-01", 180, 1'800'000) + one("t", "2026-06-01", 90, 900'000)), Id{"b"});
  CHECK(e.tests == 2);
  CHECK(e.likely_minutes == 15);
  CHECK(e.high_minutes == 34);  // 30 min and a tenth, and the second of the clock
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
  CHECK(e.high_minutes == 500);  // twice the slowest for each MB
  CHECK(e.too_small);
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
  CHECK(e.high_minutes == 200);
}

TEST_CASE("figures typed wrongly do not wrap round") {
  auto plan = tested(test("t", "2026-06-01", 10, 1));
  plan.restore_tests[0].took_minutes = Minutes(INT64_MAX);
  plan.restore_tests[0].full_mb = Number(INT64_MAX);
  const auto e = estimate_restore(plan, Id{"b"});
  CHECK(e.low_minutes > 0);
  CHECK(e.high_minutes >= e.low_minutes);
}

TEST_CASE("a sample as large as the whole set needs no scaling") {
  CHECK(estimate_restore(tested(test("t", "2026-06-01", 50, 2000, 1000)), Id{"b"}).likely_minutes == 50);
}

TEST_CASE("the whole set is held against the tightest activity, by name, and never in time on a guess") {
  const auto one = test("t", "2026-06-01", 60, 600);  // 59 to 200, likely 100
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
  const auto tiny = test("t", "2026-06-01", 10, 100);  // 9 to 200, too small to say more
  CHECK(verdict(tested(tiny, "8")).time == RestoreTime::too_slow);
  CHECK(verdict(tested(tiny, "8")).sentence.find("9 min at least") != std::string::npos);
  CHECK(verdict(tested(tiny, "99")).time == RestoreTime::unsure);
  CHECK(verdict(tested(tiny, "99")).sentence.find("not known") != std::string::npos);
  CHECK(verdict(tested(tiny, "9000")).time == RestoreTime::unsure);  // in time on no guess, however wide
}
