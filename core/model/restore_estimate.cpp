// SPDX-License-Identifier: MIT
#include "core/model/restore_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr double longest = 1e12;  // minutes; figures typed wrongly must not wrap round
constexpr double told_apart = 1.5, one_size_factor = 2, two_sizes_factor = 1.5;
constexpr int days_back = 365;

/// Two-sided 95 % quantiles of Student's t for 1 to 10 degrees of freedom; beyond that 2.2 is on the safe side.
double student_t(std::size_t freedom) {
  constexpr std::array t{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};
  return freedom >= 1 && freedom <= t.size() ? t[freedom - 1] : 2.2;
}

struct Point {
  double mb, minutes;
};

RestoreEstimate band(double likely, double low, double high, std::size_t tests, std::int64_t full_mb) {
  const auto whole = [](double minutes) { return static_cast<std::int64_t>(std::clamp(minutes, 0.0, longest)); };
  RestoreEstimate estimate;
  estimate.likely_minutes = whole(std::ceil(likely - 1e-9));
  estimate.low_minutes = std::min(whole(std::max(1.0, low)), estimate.likely_minutes);
  estimate.high_minutes = std::max(whole(std::ceil(high - 1e-9)), estimate.likely_minutes);
  estimate.tests = static_cast<int>(tests);
  estimate.full_mb = full_mb;
  return estimate;
}

RestoreEstimate from_one_size(Point slowest, double full, std::size_t tests) {
  const auto likely = slowest.minutes * std::max(1.0, full / slowest.mb);
  return band(likely, slowest.minutes - 1, likely * one_size_factor, tests, static_cast<std::int64_t>(full));
}

}  // namespace

RestoreEstimate estimate_restore(const std::vector<const RestoreTest*>& tests, std::int64_t full_mb) {
  std::vector<Point> points;
  for (const auto* test : tests)
    if (test->result == RestoreTest::Result::pass && test->took_minutes && test->took_minutes.count > 0 && test->sample_mb && test->sample_mb.count > 0)
      points.push_back({double(test->sample_mb.count), double(test->took_minutes.count)});
  if (points.empty() || full_mb <= 0) return {};
  const auto full = double(full_mb);
  const auto by_size = [](const Point& a, const Point& b) { return a.mb < b.mb; };
  const auto [smallest, largest] = std::minmax_element(points.begin(), points.end(), by_size);
  const auto slowest = *std::max_element(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.minutes / a.mb < b.minutes / b.mb; });
  if (largest->mb < smallest->mb * told_apart) return from_one_size(slowest, full, points.size());

  const auto n = double(points.size());
  double mean_mb = 0, mean_minutes = 0, spread = 0, common = 0;
  for (const auto& p : points) mean_mb += p.mb / n, mean_minutes += p.minutes / n;
  for (const auto& p : points) spread += (p.mb - mean_mb) * (p.mb - mean_mb), common += (p.mb - mean_mb) * (p.minutes - mean_minutes);
  double per_mb = common / spread, fixed = mean_minutes - per_mb * mean_mb;
  if (per_mb <= 0) return from_one_size(slowest, full, points.size());
  if (fixed < 0) {  // nothing is faster than at once
    double squares = 0, products = 0;
    for (const auto& p : points) squares += p.mb * p.mb, products += p.mb * p.minutes;
    per_mb = products / squares;
    fixed = 0;
  }
  const auto likely = fixed + per_mb * full;
  const auto rounding = 1 + std::abs(full - mean_mb) / (largest->mb - smallest->mb);  // each end of the line may be a minute lower
  if (points.size() == 2) return band(likely, likely - rounding, std::max(likely * two_sizes_factor, largest->minutes * full / largest->mb), 2, full_mb);
  double left = 0;
  for (const auto& p : points) {
    const auto off = p.minutes - fixed - per_mb * p.mb;
    left += off * off;
  }
  const auto freedom = points.size() - 2;
  const auto half = student_t(freedom) * std::sqrt(left / double(freedom)) * std::sqrt(1 + 1 / n + (full - mean_mb) * (full - mean_mb) / spread);
  return band(likely, likely - std::max(half, rounding), likely + std::max(half, rounding), points.size(), full_mb);
}

RestoreEstimate estimate_restore(const Plan& plan, const Id& backup, std::optional<std::int64_t> full_mb) {
  const RestoreTest* newest = nullptr;
  const auto counts = [&](const RestoreTest& test) { return test.backup_id == backup && test.result == RestoreTest::Result::pass && test.took_minutes && test.sample_mb && test.sample_mb.count > 0; };
  for (const auto& test : plan.restore_tests)
    if (counts(test) && test.full_mb && (!newest || (test.on && (!newest->on || test.on.days >= newest->on.days)))) newest = &test;
  if (!newest && !full_mb) return {};
  std::vector<const RestoreTest*> tests;
  for (const auto& test : plan.restore_tests)
    if (counts(test) && (&test == newest || !newest || !newest->on || (test.on && newest->on.days - test.on.days <= days_back))) tests.push_back(&test);
  return estimate_restore(tests, full_mb ? *full_mb : newest->full_mb.count);
}

RestoreVerdict restore_verdict(const Plan& plan, const Graph& graph, const Id& backup) {
  RestoreVerdict verdict;
  verdict.estimate = estimate_restore(plan, backup);
  for (const auto& user : inherited_rpo(plan, graph, backup).users)
    if (const auto* activity = find_in(plan.activities, user); activity && activity->rto_minutes && (!verdict.rto_minutes || activity->rto_minutes.count < verdict.rto_minutes.count)) {
      verdict.activity_id = user;
      verdict.rto_minutes = activity->rto_minutes;
    }
  const auto& e = verdict.estimate;
  const Args args{{"backup", title_of(plan, backup)}, {"time", spoken_minutes(e.likely_minutes)}, {"low", spoken_minutes(e.low_minutes)}, {"high", spoken_minutes(e.high_minutes)},
                  {"activity", title_of(plan, verdict.activity_id)}, {"rto", spoken_minutes(verdict.rto_minutes.value_or(0))}};
  if (!e) {
    verdict.sentence = tr("How long a restore of everything from {backup} takes is not known: no test that passed says how much came back and in what time.", args);
  } else if (!verdict.rto_minutes) {
    verdict.time = RestoreTime::no_rto;
    verdict.sentence = tr("A restore of everything from {backup} takes about {time} (between {low} and {high}); no activity that uses its data says by when it must be back.", args);
  } else if (e.likely_minutes > verdict.rto_minutes.count) {
    verdict.time = RestoreTime::too_slow;
    verdict.sentence = tr("A restore of everything from {backup} takes about {time} (between {low} and {high}): too slow, since “{activity}” must be back in {rto}.", args);
  } else if (e.high_minutes > verdict.rto_minutes.count) {
    verdict.time = RestoreTime::unsure;
    verdict.sentence = tr("A restore of everything from {backup} takes about {time} (between {low} and {high}): whether “{activity}” is back in {rto} is not sure. A test with a much larger sample narrows it.", args);
  } else {
    verdict.time = RestoreTime::in_time;
    verdict.sentence = tr("A restore of everything from {backup} takes about {time} (between {low} and {high}): in time for “{activity}”, which must be back in {rto}.", args);
  }
  return verdict;
}

}  // namespace mainstay
