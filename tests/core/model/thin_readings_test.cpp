// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/model/thin_readings.h"

using namespace mainstay;

namespace {

Instant at(std::string_view text) { return *parse_instant(text); }

/// A reading each hour over some days from 1 September on, all with the same point.
std::vector<Observation> hourly(int days) {
  std::vector<Observation> all;
  for (int hour = 0; hour < days * 24; ++hour) {
    Observation o;
    o.uuid = std::to_string(hour);
    o.backup_id = Id{"b"};
    o.probe_id = Id{"p"};
    o.outcome = Observation::Outcome::read;
    o.read_at = at("2026-09-01T00:10:00Z").plus_minutes(hour * 60);
    o.last_point = at("2026-08-31T22:00:00Z");
    all.push_back(o);
  }
  return all;
}

std::set<std::string> kept(const std::vector<Observation>& all, Instant before) {
  const auto gone = superfluous_readings(all, before);
  std::set<std::string> left;
  for (const auto& o : all)
    if (std::find(gone.begin(), gone.end(), o.uuid) == gone.end()) left.insert(o.uuid);
  return left;
}

}  // namespace

TEST_CASE("Of readings that all say the same, one a day is kept, and everything that is young") {
  const auto all = hourly(10);
  CHECK(kept(all, at("2026-09-30")).size() == 11);  // the first of each day, and the last of all
  CHECK(kept(all, at("2026-09-04")).size() == 3 + 7 * 24);
  CHECK(kept(all, at("2026-09-01")).size() == all.size());
  CHECK(superfluous_readings({}, at("2026-09-01")).empty());
}

TEST_CASE("Every change of point, outcome, alarm, history or fingerprint is kept from both sides") {
  const auto change = [](const char* what, auto edit) {
    auto all = hourly(4);
    for (int hour = 30; hour < 33; ++hour) edit(all[static_cast<std::size_t>(hour)]);
    INFO(what);
    const auto left = kept(all, at("2026-09-30"));
    for (const char* uuid : {"29", "30", "32", "33"}) CHECK(left.contains(uuid));
    CHECK_FALSE(left.contains("31"));
  };
  change("point", [](Observation& o) { o.last_point = at("2026-08-30"); });
  change("unreadable", [](Observation& o) { o.outcome = Observation::Outcome::unreadable; });
  change("failed", [](Observation& o) { o.outcome = Observation::Outcome::failed; });
  change("alarm", [](Observation& o) { o.alarm = true; });
  change("history", [](Observation& o) { o.history_count = 3; });
  change("reach", [](Observation& o) { o.oldest_point = at("2026-08-01"); });
  change("fingerprint", [](Observation& o) { o.presented_pin = "SHA256:x"; });
  change("item", [](Observation& o) { o.item = "other"; });
}

TEST_CASE("Each probe's readings are thinned by themselves") {
  auto all = hourly(3);
  auto others = hourly(3);
  for (auto& o : others) {
    o.uuid = "q" + o.uuid;
    o.probe_id = Id{"q"};
    o.outcome = Observation::Outcome::unreadable;
  }
  all.insert(all.end(), others.begin(), others.end());
  CHECK(kept(all, at("2026-09-30")).size() == 8);
}

TEST_CASE("Thinning what is thinned already takes nothing more") {
  auto all = hourly(10);
  all[100].last_point = at("2026-08-30");
  const auto left = kept(all, at("2026-09-30"));
  std::erase_if(all, [&](const Observation& o) { return !left.contains(o.uuid); });
  CHECK(superfluous_readings(all, at("2026-09-30")).empty());
}
