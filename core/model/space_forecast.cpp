// SPDX-License-Identifier: MIT
#include "core/model/space_forecast.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::int64_t seconds_per_day = 86400, longest_look_days = 60, fewest_days = 5, shortest_span_days = 7;
constexpr double most_days_told = 1e6;

struct Day {
  double at = 0;    ///< days since 1970
  double free = 0, total = -1;
};

double free_of(const Observation& o) {
  if (o.bytes_free >= 0) return double(o.bytes_free);
  return o.bytes_total >= 0 && o.bytes_used >= 0 && o.bytes_used <= o.bytes_total ? double(o.bytes_total - o.bytes_used) : -1;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

/// The last reading of each day, of the target that the newest reading speaks of.
std::vector<Day> days_of(const ReadingList& readings) {
  std::vector<Day> days;
  const Observation* newest = nullptr;
  for (const auto* o : readings)
    if (o->outcome == Observation::Outcome::read && free_of(*o) >= 0) newest = o;
  if (!newest) return days;
  for (const auto* o : readings) {
    if (o->outcome != Observation::Outcome::read || free_of(*o) < 0 || o->item != newest->item || o->probe_id != newest->probe_id) continue;
    if (o->read_at.seconds < newest->read_at.seconds - longest_look_days * seconds_per_day || o->read_at > newest->read_at) continue;
    const Day day{double(o->read_at.seconds) / double(seconds_per_day), free_of(*o), double(o->bytes_total)};
    if (!days.empty() && std::floor(days.back().at) == std::floor(day.at)) days.back() = day;
    else days.push_back(day);
  }
  return days;
}

/// Where new stretches begin: at another size of the target, and at a step that dwarfs the usual ones. Steps that come again and again (a weekly full
/// copy, a weekly clean-up) belong to the trend.
std::vector<std::size_t> breaks_in(const std::vector<Day>& days) {
  constexpr std::size_t most_rare = 2;
  std::vector<double> steps;
  double scale = 0;
  for (std::size_t i = 0; i < days.size(); ++i) {
    scale = std::max({scale, days[i].free, days[i].total});
    if (i > 0) steps.push_back((days[i].free - days[i - 1].free) / (days[i].at - days[i - 1].at));
  }
  auto sizes = steps;
  for (auto& step : sizes) step = std::abs(step);
  const double usual = sizes.empty() ? 0 : median(sizes);
  std::vector<std::size_t> resized, risen, fallen;
  for (std::size_t i = 1; i < days.size(); ++i) {
    const auto step = days[i].free - days[i - 1].free;
    if (days[i].total >= 0 && days[i - 1].total >= 0 && days[i].total != days[i - 1].total) resized.push_back(i);
    else if (std::abs(step) > scale / 50 && std::abs(steps[i - 1]) > 8 * usual) (step > 0 ? risen : fallen).push_back(i);
  }
  std::vector<std::size_t> breaks{0, days.size()};
  breaks.insert(breaks.end(), resized.begin(), resized.end());
  for (const auto* rare : {&risen, &fallen})
    if (rare->size() <= most_rare) breaks.insert(breaks.end(), rare->begin(), rare->end());
  std::sort(breaks.begin(), breaks.end());
  return breaks;
}

/// Figures that no disk has are cut to what a number holds.
std::int64_t whole(double bytes) { return static_cast<std::int64_t>(std::clamp(bytes, -9e18, 9e18)); }

std::int64_t days_until_full(double free, double shrinks_a_day) {
  return shrinks_a_day <= 0 ? -1 : static_cast<std::int64_t>(std::min(most_days_told, free / shrinks_a_day));
}

}  // namespace

SpaceForecast forecast_space(const ReadingList& readings) {
  SpaceForecast forecast;
  const auto days = days_of(readings);
  if (days.empty()) return forecast;
  forecast.free_bytes = whole(days.back().free);
  const auto breaks = breaks_in(days);
  std::vector<double> slopes;
  double variance = 0, span = 0;
  std::size_t used = 0;
  for (std::size_t b = 1; b < breaks.size(); ++b) {
    const auto first = breaks[b - 1], last = breaks[b];
    for (auto i = first; i < last; ++i)
      for (auto j = i + 1; j < last; ++j) slopes.push_back((days[i].free - days[j].free) / (days[j].at - days[i].at));
    const auto n = double(last - first);
    if (n < 2) continue;
    variance += n * (n - 1) * (2 * n + 5) / 18;
    span += days[last - 1].at - days[first].at;
    used += last - first;
  }
  if (used < std::size_t(fewest_days) || span < double(shortest_span_days) - 0.5) return forecast;
  std::sort(slopes.begin(), slopes.end());
  const auto count = double(slopes.size());
  const auto reach = 1.645 * std::sqrt(variance);  // nine in ten, both sides
  const auto at = [&](double rank) { return slopes[static_cast<std::size_t>(std::clamp(rank, 0.0, count - 1))]; };
  const auto slope = median(slopes), slowest = at(std::floor((count - reach) / 2) - 1), fastest = at(std::ceil((count + reach) / 2));
  forecast.days = static_cast<int>(used);
  forecast.bytes_a_day = whole(slope);
  forecast.lasts_days = days_until_full(days.back().free, slope);
  forecast.least_days = days_until_full(days.back().free, fastest);
  forecast.most_days = days_until_full(days.back().free, slowest);
  return forecast;
}

std::string spoken_bytes(std::int64_t bytes) {
  constexpr std::string_view units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  double size = double(std::max<std::int64_t>(0, bytes));
  std::size_t unit = 0;
  while (size >= 999.5 && unit + 1 < std::size(units)) size /= 1000, ++unit;
  const auto tenths = std::llround(size * 10);
  const auto number = unit == 0 || tenths >= 100 || tenths % 10 == 0 ? std::to_string(std::llround(size)) : std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
  return tr("{number} {unit}", {{"number", number}, {"unit", units[unit]}});
}

}  // namespace mainstay
