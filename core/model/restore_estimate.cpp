// SPDX-License-Identifier: MIT
#include "core/model/restore_estimate.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/model/restore_cost.h"

namespace mainstay {
namespace {

constexpr double longest = 1e12;  // minutes; figures typed wrongly must not wrap round
constexpr double told_apart = 1.5, one_size_factor = 2, two_sizes_factor = 1.5, widest_band = 4, error_wanted = 0.25, least_growth = 2, untold_growth = 4;
constexpr double shortest_flow_seconds = 60, burst_growth = 10;
constexpr std::int64_t close_enough_minutes = 10;
constexpr int days_back = 365;

/// A test that counts.
struct Point {
  double mb, minutes, grain;  ///< grain: to how many minutes the time is known
  const RestoreTest* test;
};

/// Minutes.
struct Band {
  double likely, low, high;
};

bool counts(const RestoreTest& test) {
  return test.result == RestoreTest::Result::pass && test.took_minutes && test.took_minutes.count > 0 && test.sample_mb && test.sample_mb.count > 0;
}

Point point_of(const RestoreTest& test) {
  const bool clocked = test.took_seconds && test.took_seconds.count > 0;
  return {double(test.sample_mb.count), clocked ? double(test.took_seconds.count) / 60 : double(test.took_minutes.count), clocked ? 1.0 / 60 : 1.0, &test};
}

bool has_costs(const RestoreTest& test) { return test.flow_seconds && test.flow_seconds.count > 0 && test.full_files && test.full_mb.value_or(0) > 0 && test.per_file_us && test.per_mb_us && test.cost_error_percent; }

/// Costs that were seen for too short a time to hold for so much more: what lies on the way (memory, a NAS's cache) takes in a burst faster than it can go on.
bool is_burst(const Point& p, double full) { return double(p.test->flow_seconds.count) < shortest_flow_seconds && full > p.mb * burst_growth; }

double flow_minutes(const Point& p) { return std::min(p.minutes, double(p.test->flow_seconds.count) / 60); }

Band from_costs(const Point& p, double full) {
  const auto flow = flow_minutes(p), rest = p.minutes - flow, error = double(p.test->cost_error_percent.count) / 100;
  const auto files = double(p.test->full_files.count) * full / double(p.test->full_mb.count);
  const auto whole = std::max(flow, (files * double(p.test->per_file_us.count) + full * double(p.test->per_mb_us.count)) / 60e6);
  if (full <= p.mb) return {p.minutes, p.minutes - p.grain, p.minutes + p.grain};
  const auto likely = p.minutes / flow * whole;
  return {likely, std::max(p.minutes, rest + whole * std::max(0.0, 1 - error)) - p.grain, likely * (1 + error) + p.grain};
}

Band from_one_size(const Point& slowest, double full) {
  const auto likely = slowest.minutes * std::max(1.0, full / slowest.mb);
  return {likely, slowest.minutes - slowest.grain, full > slowest.mb ? likely * one_size_factor : likely + slowest.grain};
}

Band from_sizes(const std::vector<Point>& points, double full) {
  const auto by_size = [](const Point& a, const Point& b) { return a.mb < b.mb; };
  const auto [smallest, largest] = std::minmax_element(points.begin(), points.end(), by_size);
  const auto slowest = *std::max_element(points.rbegin(), points.rend(), [](const Point& a, const Point& b) { return a.minutes / a.mb < b.minutes / b.mb; });
  if (largest->mb < smallest->mb * told_apart) return from_one_size(slowest, full);

  const auto n = double(points.size());
  double mean_mb = 0, mean_minutes = 0, spread = 0, common = 0, grain = 0;
  for (const auto& p : points) mean_mb += p.mb / n, mean_minutes += p.minutes / n, grain = std::max(grain, p.grain);
  for (const auto& p : points) spread += (p.mb - mean_mb) * (p.mb - mean_mb), common += (p.mb - mean_mb) * (p.minutes - mean_minutes);
  double per_mb = common / spread, fixed = mean_minutes - per_mb * mean_mb;
  if (per_mb <= 0) return from_one_size(slowest, full);
  if (fixed < 0) {  // nothing is faster than at once
    double squares = 0, products = 0;
    for (const auto& p : points) squares += p.mb * p.mb, products += p.mb * p.minutes;
    per_mb = products / squares;
    fixed = 0;
  }
  const auto likely = fixed + per_mb * full;
  const auto rounding = grain * (1 + std::abs(full - mean_mb) / (largest->mb - smallest->mb));  // each end of the line may be a grain lower
  if (points.size() == 2) return {likely, likely - rounding, std::max(likely * two_sizes_factor, largest->minutes * full / largest->mb)};
  double left = 0;
  for (const auto& p : points) {
    const auto off = p.minutes - fixed - per_mb * p.mb;
    left += off * off;
  }
  const auto freedom = points.size() - 2;
  const auto half = student_t(freedom) * std::sqrt(left / double(freedom)) * std::sqrt(1 + 1 / n + (full - mean_mb) * (full - mean_mb) / spread);
  return {likely, likely - std::max(half, rounding), likely + std::max(half, rounding)};
}

/// How many times larger than the newest test a sample should be to tell.
double growth_wanted(const Point& newest) {
  if (!has_costs(*newest.test)) return untold_growth;
  const auto flow = flow_minutes(newest), error = double(newest.test->cost_error_percent.count) / 100;
  return std::max({least_growth, (newest.minutes - flow) / flow, error * error / (error_wanted * error_wanted), shortest_flow_seconds / (flow * 60)});
}

}  // namespace

RestoreEstimate estimate_restore(const std::vector<const RestoreTest*>& tests, std::int64_t full_mb) {
  std::vector<Point> points;
  for (const auto* test : tests)
    if (counts(*test)) points.push_back(point_of(*test));
  if (points.empty() || full_mb <= 0) return {};
  const auto full = double(full_mb);
  const auto& newest = *std::max_element(points.begin(), points.end(), [](const Point& a, const Point& b) { return (a.test->on ? a.test->on.days : INT32_MIN) < (b.test->on ? b.test->on.days : INT32_MIN); });
  Band band{};
  std::size_t used = 0;
  if (has_costs(*newest.test)) {
    band = from_costs(newest, full);
    for (const auto& p : points) {
      if (!has_costs(*p.test) || (&p != &newest && is_burst(p, full))) continue;
      ++used;
      const auto other = from_costs(p, full);
      if (other.high > other.low * widest_band) continue;  // a small test says nothing that a larger one did not
      band.low = std::min(band.low, other.low);
      band.high = std::max(band.high, other.high);
    }
  } else {
    band = from_sizes(points, full);
    used = points.size();
  }
  const auto whole = [](double minutes) { return static_cast<std::int64_t>(std::clamp(minutes, 0.0, longest)); };
  RestoreEstimate estimate;
  estimate.full_mb = full_mb;
  estimate.tests = static_cast<int>(used);
  const auto likely = whole(std::ceil(band.likely - 1e-9));
  estimate.low_minutes = std::min(whole(std::max(1.0, band.low)), likely);
  estimate.high_minutes = std::max(whole(std::ceil(band.high - 1e-9)), likely);
  estimate.too_small = has_costs(*newest.test) && is_burst(newest, full);
  estimate.too_small |= double(estimate.high_minutes) > std::max(1.0, band.low) * widest_band && estimate.high_minutes > estimate.low_minutes + close_enough_minutes;
  if (!estimate.too_small) estimate.likely_minutes = likely;
  else estimate.wanted_mb = whole(std::min(full, std::ceil(newest.mb * growth_wanted(newest))));
  return estimate;
}

RestoreEstimate estimate_restore(const Plan& plan, const Id& backup, std::optional<std::int64_t> full_mb) {
  const RestoreTest* newest = nullptr;
  const auto is_own = [&](const RestoreTest& test) { return test.backup_id == backup && counts(test); };
  for (const auto& test : plan.restore_tests)
    if (is_own(test) && test.full_mb && (!newest || (test.on && (!newest->on || test.on.days >= newest->on.days)))) newest = &test;
  if (!newest && !full_mb) return {};
  std::vector<const RestoreTest*> tests;
  for (const auto& test : plan.restore_tests)
    if (is_own(test) && (&test == newest || !newest || !newest->on || (test.on && newest->on.days - test.on.days <= days_back))) tests.push_back(&test);
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
  Args args{{"backup", title_of(plan, backup)}, {"time", spoken_minutes(e.likely_minutes)}, {"low", spoken_minutes(e.low_minutes)}, {"high", spoken_minutes(e.high_minutes)},
                  {"activity", title_of(plan, verdict.activity_id)}, {"rto", spoken_minutes(verdict.rto_minutes.value_or(0))}, {"full", e.full_mb}, {"wanted", e.wanted_mb}};
  if (e.too_small) {
    const bool too_slow = verdict.rto_minutes && e.low_minutes > verdict.rto_minutes.count;  // the whole takes no less than a part of it did
    verdict.time = !verdict.rto_minutes ? RestoreTime::no_rto : too_slow ? RestoreTime::too_slow : RestoreTime::unsure;
    const auto small = e.wanted_mb >= e.full_mb ? tr("The sample is too small to tell how long the {full} MB of {backup} take. Only a restore of everything would tell.", args)
                                                : tr("The sample is too small to tell how long the {full} MB of {backup} take. Restore about {wanted} MB next time.", args);
    args.emplace_back("small", small);
    if (too_slow) verdict.sentence = tr("{small} It takes {low} at least: too slow, since “{activity}” must be back in {rto}.", args);
    else if (verdict.rto_minutes) verdict.sentence = tr("{small} Whether “{activity}” is back in {rto} is not known.", args);
    else verdict.sentence = small;
  } else if (!e) {
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
