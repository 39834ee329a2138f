// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cmath>

#include "core/model/restore_cost.h"

using namespace mainstay;

namespace {

constexpr std::int64_t second = 1'000'000'000, mb = 1'000'000;

/// Files of these MB written one after another at 0.5 s a file and 0.1 s a MB, with noise that comes and goes.
std::vector<CameFile> written(const std::vector<double>& sizes, double noise = 0) {
  std::vector<CameFile> files;
  double at = 1'700'000'000.0001;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    at += 0.5 + 0.1 * sizes[i] + (i % 2 ? noise : -noise);
    files.push_back({0, static_cast<std::int64_t>(at * 1e6) * 1000, static_cast<std::int64_t>(sizes[i] * double(mb))});
  }
  return files;
}

}  // namespace

TEST_CASE("files of several sizes tell what a file costs and what a megabyte does") {
  const auto cost = restore_cost(written({1, 30, 2, 50, 10, 5, 20, 3}), 1000, 20'000);
  REQUIRE(cost);
  CHECK(cost.per_file == Approx(0.5).margin(0.01));
  CHECK(cost.per_mb == Approx(0.1).margin(0.001));
  CHECK(cost.flow_seconds == Approx(7 * 0.5 + 12.0).margin(0.01));
  CHECK(cost.error < 0.02);
}

TEST_CASE("files that scatter give an error, which falls with their number") {
  std::vector<double> few, many;
  for (int i = 0; i < 8; ++i) few.push_back(1 + i % 4);
  for (int i = 0; i < 400; ++i) many.push_back(1 + i % 4);
  const auto little = restore_cost(written(few, 0.4), 100'000, 250'000), much = restore_cost(written(many, 0.4), 100'000, 250'000);
  CHECK(little.error > 0.3);
  CHECK(much.error < little.error / 4);
}

TEST_CASE("the error of the regression is that of the textbook") {
  // y = 1, 3, 2, 5 s at x = 1, 2, 3, 4 MB: β = 1.1, α = 0, s² = 2.7/2; for N = 100 files of F = 250 MB the mean size is the sample's, so the standard error is 100·s/√4·√(1 − 4/100).
  std::vector<CameFile> files{{0, second, 0}};
  std::int64_t at = second;
  int x = 0;
  for (const auto y : {1, 3, 2, 5}) files.push_back({0, at += y * second + 1, ++x * mb});
  const auto cost = restore_cost(files, 100, 250);
  CHECK(cost.per_mb == Approx(1.1).margin(1e-6));
  CHECK(cost.per_file == Approx(0).margin(1e-6));
  const auto half = 4.303 * 100 * std::sqrt(2.7 / 2) / 2 * std::sqrt(0.96);
  CHECK(cost.error == Approx(half / 275 + 0.02 / 11).margin(1e-3));
}

TEST_CASE("no cost is negative") {
  const auto large_first = restore_cost({{0, second, mb}, {0, 5 * second, mb}, {0, 6 * second, 90 * mb}, {0, 10 * second, mb}, {0, 11 * second, 80 * mb}}, 100, 1000);
  CHECK(large_first.per_mb == 0);
  CHECK(large_first.per_file > 0);
  const auto steep = restore_cost({{0, second, mb}, {0, 2 * second, 10 * mb}, {0, 12 * second, 20 * mb}, {0, 32 * second, 30 * mb}}, 100, 1000);
  CHECK(steep.per_file == 0);
  CHECK(steep.per_mb == Approx(31.0 / 60));
}

TEST_CASE("files that were all set to one moment, too few files, and times that are not known tell no cost") {
  CHECK_FALSE(restore_cost({}, 10, 10));
  CHECK_FALSE(restore_cost(written({1, 2, 3}), 10, 10));
  CHECK_FALSE(restore_cost(std::vector<CameFile>(50, {0, 7 * second, mb}), 100, 100));
  CHECK_FALSE(restore_cost(std::vector<CameFile>(50, {0, 0, mb}), 100, 100));
}

TEST_CASE("a program that sets the times of all files at its end is seen by when they were born") {
  std::vector<CameFile> files;
  for (int i = 0; i < 20; ++i) files.push_back({(100 + i * 3) * second, 200 * second, 3 * mb});
  const auto cost = restore_cost(files, 200, 600);
  CHECK(cost.flow_seconds == Approx(57));
  CHECK(cost.per_file + 3 * cost.per_mb == Approx(3));
  CHECK(cost.error == Approx(2.0 / 57));  // whole seconds
}
