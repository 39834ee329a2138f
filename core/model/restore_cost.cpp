// SPDX-License-Identifier: MIT
#include "core/model/restore_cost.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mainstay {
namespace {

constexpr double ns_per_second = 1e9, bytes_per_mb = 1e6;
constexpr double coarse_seconds = 2, fine_seconds = 0.02, shortest_flow = 1;
constexpr std::size_t fewest_steps = 3;

struct Step {
  double mb, seconds;
};

/// The time that each file took, but for one end: by birth a file lasts until the next one is begun, by change since the one before was finished.
std::vector<Step> steps_of(const std::vector<CameFile>& files, std::int64_t CameFile::*time, bool until_next, double& flow, bool& whole_seconds) {
  auto sorted = files;
  std::stable_sort(sorted.begin(), sorted.end(), [&](const CameFile& a, const CameFile& b) { return a.*time < b.*time; });
  std::vector<Step> steps;
  flow = 0;
  whole_seconds = true;
  if (sorted.empty() || sorted.front().*time <= 0) return steps;
  for (std::size_t i = 0; i + 1 < sorted.size(); ++i) {
    const auto seconds = double(sorted[i + 1].*time - sorted[i].*time) / ns_per_second;
    steps.push_back({double((until_next ? sorted[i] : sorted[i + 1]).bytes) / bytes_per_mb, seconds});
    flow += seconds;
  }
  for (const auto& file : sorted) whole_seconds = whole_seconds && file.*time % static_cast<std::int64_t>(ns_per_second) == 0;
  return steps;
}

}  // namespace

double student_t(std::size_t freedom) {
  constexpr std::array t{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};
  return freedom >= 1 && freedom <= t.size() ? t[freedom - 1] : 2.2;
}

RestoreCost restore_cost(const std::vector<CameFile>& files, double full_files, double full_mb) {
  double flow = 0, born_flow = 0;
  bool whole = true, born_whole = true;
  auto steps = steps_of(files, &CameFile::written_ns, false, flow, whole);
  if (auto by_birth = steps_of(files, &CameFile::born_ns, true, born_flow, born_whole); born_flow > flow) steps = std::move(by_birth), flow = born_flow, whole = born_whole;
  if (steps.size() < fewest_steps || flow < shortest_flow) return {};

  const auto n = double(steps.size());
  double mb = 0, squares = 0, products = 0;
  for (const auto& s : steps) mb += s.mb;
  const auto mean_mb = mb / n, mean_seconds = flow / n;
  for (const auto& s : steps) squares += (s.mb - mean_mb) * (s.mb - mean_mb), products += (s.mb - mean_mb) * (s.seconds - mean_seconds);
  RestoreCost cost;
  cost.flow_seconds = flow;
  cost.per_mb = squares > 0 ? products / squares : 0;
  cost.per_file = mean_seconds - cost.per_mb * mean_mb;
  bool both = squares > 0;
  if (cost.per_mb <= 0) cost.per_mb = 0, cost.per_file = mean_seconds, both = false;
  if (cost.per_file < 0) cost.per_file = 0, cost.per_mb = flow / mb, both = false;

  full_files = std::max(full_files, n);
  full_mb = std::max(full_mb, mb);
  double left = 0;
  for (const auto& s : steps) left += std::pow(s.seconds - cost.per_file - cost.per_mb * s.mb, 2);
  const auto freedom = steps.size() - (both ? 2 : 1);
  const auto off = full_mb - full_files * mean_mb;
  const auto variance = left / double(freedom) * (full_files * full_files / n + (both ? off * off / squares : 0)) * std::max(0.0, 1 - n / full_files);
  const auto total = full_files * cost.per_file + full_mb * cost.per_mb;
  if (total > 0) cost.error = student_t(freedom) * std::sqrt(variance) / total;
  cost.error += (whole ? coarse_seconds : fine_seconds) / flow;
  return cost;
}

}  // namespace mainstay
