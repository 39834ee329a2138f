// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/time_zone.h"

using namespace mainstay;

namespace {

std::string there(std::string_view zone, const char* instant) {
  const auto wall = wall_time(zone, *parse_instant(instant));
  return wall ? to_text(wall->day) + " " + std::to_string(wall->seconds / 60) : "unknown";
}
std::string when(std::string_view zone, const char* day, int hour, int minute) {
  const auto instant = instant_of(zone, {*parse_date(day), hour * 3600 + minute * 60});
  return instant ? to_text(*instant) : "unknown";
}

}  // namespace

TEST_CASE("a wall clock shows winter and summer time of its zone") {
  CHECK(there("Europe/Berlin", "2026-01-10T12:00:00Z") == "2026-01-10 780");
  CHECK(there("Europe/Berlin", "2026-07-10T12:00:00Z") == "2026-07-10 840");
  CHECK(there("Australia/Perth", "2026-07-10T20:00:00Z") == "2026-07-11 240");
  CHECK(there("UTC", "2026-07-10T20:00:00Z") == "2026-07-10 1200");
}

TEST_CASE("the hour left out in spring and the hour that comes twice in autumn have an instant each") {
  CHECK(when("Europe/Berlin", "2026-03-29", 1, 59) == "2026-03-29T00:59:00Z");
  CHECK(when("Europe/Berlin", "2026-03-29", 2, 30) == "2026-03-29T01:30:00Z");
  CHECK(when("Europe/Berlin", "2026-03-29", 3, 0) == "2026-03-29T01:00:00Z");
  CHECK(when("Europe/Berlin", "2026-10-25", 2, 30) == "2026-10-25T00:30:00Z");
  CHECK(when("America/New_York", "2026-11-24", 8, 0) == "2026-11-24T13:00:00Z");
}

TEST_CASE("a zone that does not exist, or a path, is no zone") {
  for (const char* name : {"Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "Europe", "zone.tab", "A\nB"}) {
    INFO(name);
    CHECK_FALSE(is_time_zone(name));
    CHECK_FALSE(instant_of(name, {Date::of(2026, 1, 1), 0}));
  }
  CHECK(is_time_zone(""));
}
