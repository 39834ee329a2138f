// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <functional>

#include "core/model/space_forecast.h"
#include "core/model/timeline.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const Instant now = *parse_instant("2026-11-26T12:00:00Z");
constexpr double gb = 1e9;

/// One reading a day, the newest now; `free` gives the free space in GB on the day before now.
std::vector<Observation> daily(int days, const std::function<double(int)>& free) {
  std::vector<Observation> all;
  for (int ago = days - 1; ago >= 0; --ago) {
    Observation o;
    o.uuid = "day-" + std::to_string(ago);
    o.backup_id = Id{"tm"};
    o.outcome = Observation::Outcome::read;
    o.read_at = now.plus_minutes(-ago * minutes_per_day);
    o.last_point = o.last_attempt = o.read_at.plus_minutes(-60);
    o.bytes_free = static_cast<std::int64_t>(free(ago) * gb);
    all.push_back(o);
  }
  return all;
}
SpaceForecast forecast(const std::vector<Observation>& all) { return forecast_space(readings_of(all, Id{"tm"})); }
/// A number between -1 and 1 that looks thrown, the same each time.
double noise(int i) { return double((i * 7919 + 104729) % 2003) / 1001.0 - 1; }

}  // namespace

TEST_CASE("Space that shrinks evenly lasts as long as a division says") {
  const auto f = forecast(daily(20, [](int ago) { return 100 + 5.0 * ago; }));
  CHECK(f.lasts_days == 20);
  CHECK(f.least_days == 20);
  CHECK(f.most_days == 20);
  CHECK(f.bytes_a_day == 5'000'000'000);
  CHECK(f.free_bytes == 100'000'000'000);
  CHECK(f.days == 20);
  CHECK(f.ends_within(30));
  CHECK_FALSE(f.ends_within(20));
}

TEST_CASE("Too few days, or too short a time, tell nothing about space") {
  const auto line = [](int ago) { return 100 + 5.0 * ago; };
  CHECK(forecast(daily(7, line)).lasts_days == -1);
  CHECK(forecast(daily(8, line)).lasts_days == 20);
  auto sparse = daily(30, line);
  std::erase_if(sparse, [](const Observation& o) { return o.read_at != now && o.read_at < now.plus_minutes(-2 * minutes_per_day) && o.read_at > now.plus_minutes(-28 * minutes_per_day); });
  REQUIRE(sparse.size() == 5);
  CHECK(forecast(sparse).lasts_days == 20);
  sparse.erase(sparse.begin());
  CHECK(forecast(sparse).lasts_days == -1);
  std::vector<Observation> one_day;
  for (int i = 0; i < 50; ++i) {
    one_day.push_back(daily(1, line).front());
    one_day.back().read_at = now.plus_minutes(-i * 10);
  }
  CHECK(forecast(one_day).lasts_days == -1);
  CHECK(forecast({}).free_bytes == -1);
  auto silent = daily(20, line);
  for (auto& o : silent) o.bytes_free = -1;
  CHECK(forecast(silent).lasts_days == -1);
  for (auto& o : silent) o.bytes_total = 1'000'000'000'000, o.bytes_used = o.bytes_total - 100'000'000'000 - minutes_between(o.read_at, now) * 5'000'000'000 / minutes_per_day;
  CHECK(forecast(silent).lasts_days == 20);
}

TEST_CASE("A wild reading or two do not bend the forecast") {
  auto all = daily(30, [](int ago) { return 100 + 5.0 * ago + noise(ago); });
  CHECK(std::abs(forecast(all).lasts_days - 20) <= 1);
  all[10].bytes_free = 0;
  all[17].bytes_free *= 4;
  const auto f = forecast(all);
  CHECK(std::abs(f.lasts_days - 20) <= 1);
  CHECK(f.least_days <= f.lasts_days);
  CHECK(f.most_days >= f.lasts_days);
  CHECK(f.most_days <= 23);
}

TEST_CASE("A target that was enlarged, cleaned or filled at a stroke keeps its trend") {
  CHECK(forecast(daily(30, [](int ago) { return (ago < 4 ? 800 : 100) + 5.0 * ago; })).lasts_days == 160);
  CHECK(forecast(daily(30, [](int ago) { return (ago < 15 ? 100 : 900) + 5.0 * ago; })).lasts_days == 20);
  auto resized = daily(30, [](int ago) { return 200 + 2.0 * ago; });
  for (std::size_t i = 0; i < resized.size(); ++i) {
    resized[i].bytes_total = i < 25 ? 500'000'000'000 : 510'000'000'000;
    if (i < 25) resized[i].bytes_free -= 10'000'000'000;
  }
  CHECK(forecast(resized).lasts_days == 100);
}

TEST_CASE("What comes again each week belongs to the trend: a clean-up holds the level, a full copy eats it") {
  const auto cleaned = forecast(daily(56, [](int ago) { return 100 + 5.0 * (ago % 7); }));
  CHECK_FALSE(cleaned.ends_within(shortest_space_days));
  const auto weekly = forecast(daily(56, [](int ago) { return 70 + 35.0 * double(ago / 7); }));
  CHECK(weekly.ends_within(shortest_space_days));
  CHECK(std::abs(weekly.lasts_days - 14) <= 2);
}

TEST_CASE("Space that grows, rests or only trembles does not end") {
  CHECK(forecast(daily(30, [](int ago) { return 200 - 2.0 * ago; })).lasts_days == -1);
  CHECK(forecast(daily(30, [](int) { return 50; })).lasts_days == -1);
  CHECK_FALSE(forecast(daily(30, [](int ago) { return 3 + noise(ago); })).ends_within(shortest_space_days));
}

TEST_CASE("Another bundle's figures, another probe's and old ones stay out of the forecast") {
  auto all = daily(100, [](int ago) { return ago < 61 ? 100 + 5.0 * ago : 50; });
  CHECK(forecast(all).lasts_days == 20);
  CHECK(forecast(all).days == 61);
  auto other = daily(30, [](int ago) { return 10 + 90.0 * ago; });
  for (auto& o : other) o.item = "another", o.read_at = o.read_at.plus_minutes(-7);
  auto mixed = daily(30, [](int ago) { return 100 + 5.0 * ago; });
  mixed.insert(mixed.end(), other.begin(), other.end());
  CHECK(forecast(mixed).lasts_days == 20);
}

TEST_CASE("Less than thirty days of space put a backup at risk") {
  const auto p = testing::plan("<activity id='sell' name='Take orders' rpo_minutes='1440'/><resource id='d' name='Orders' kind='data'/><backup id='tm' name='Nightly'/>"
                               "<link id='l' from_id='sell' to_id='d' kind='needs'/><link id='p' from_id='tm' to_id='d' kind='protects'/>");
  const auto with_free = [&](double free) { return backup_status(p, Graph(p), daily(20, [&](int ago) { return free + 5.0 * ago; }), Id{"tm"}, now); };
  auto s = with_free(149.9);
  CHECK(s.state == BackupState::at_risk);
  CHECK(s.risk == BackupRisk::space);
  CHECK(s.detail.find("lasts 29 more days") != std::string::npos);
  s = with_free(151);
  CHECK(s.state == BackupState::ok);
  CHECK(s.space.lasts_days == 30);
}

TEST_CASE("Figures that no disk has neither wrap round nor crash a forecast") {
  auto all = daily(20, [](int) { return 1; });
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].bytes_free = i % 3 ? INT64_MAX - std::int64_t(i) : 0;
    all[i].bytes_total = i % 2 ? INT64_MAX : 0;
    all[i].bytes_used = INT64_MAX;
    all[i].history_count = i % 2 ? INT64_MAX : 0;
  }
  const auto f = forecast(all);
  CHECK(f.free_bytes > 0);
  CHECK((f.lasts_days == -1 || f.lasts_days >= 0));
  const auto p = testing::plan("<backup id='tm' name='Nightly'/>");
  CHECK(backup_status(p, Graph(p), all, Id{"tm"}, now).history_before == -1);
}

TEST_CASE("Sizes are spoken as disks are sold") {
  CHECK(spoken_bytes(0) == "0 bytes");
  CHECK(spoken_bytes(999) == "999 bytes");
  CHECK(spoken_bytes(1500) == "1.5 kB");
  CHECK(spoken_bytes(640'000'000) == "640 MB");
  CHECK(spoken_bytes(999'900'000'000) == "1 TB");
  CHECK(spoken_bytes(1'540'000'000'000) == "1.5 TB");
}
