// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/date.h"

using namespace mainstay;

TEST_CASE("A date is read as year, month and day and written back the same") {
  for (const auto* text : {"2026-11-24", "2024-02-29", "1900-01-01", "9999-12-31", "1969-12-31"}) {
    const auto date = parse_date(text);
    REQUIRE(date);
    CHECK(to_text(*date) == text);
  }
  CHECK(Date::of(1970, 1, 1).days == 0);
  CHECK(spoken(Date::of(2026, 11, 24)) == "24 November 2026");
}

TEST_CASE("What is no date is refused") {
  for (const auto* text : {"", "2026", "2026-02-29", "2026-13-01", "2026-00-10", "24/11/2026", "2026-1-2", "1899-12-31", "2026-11-24 ", "2026-11-24x", "-026-11-24"})
    CHECK_FALSE(parse_date(text));
}

TEST_CASE("Not known and none are dates apart") {
  Date none;
  none.known = Known::none;
  CHECK(to_text(Date()).empty());
  CHECK(to_text(none) == "(none)");
  CHECK_FALSE(Date() == none);
  CHECK_FALSE(Date() == Date(0));
}

TEST_CASE("A time is read with its zone and kept in UTC") {
  CHECK(to_text(*parse_instant("2026-11-24T08:30:00Z")) == "2026-11-24T08:30:00Z");
  CHECK(to_text(*parse_instant("2026-11-24T08:30:00+10:00")) == "2026-11-23T22:30:00Z");
  CHECK(to_text(*parse_instant("2026-11-24T23:30-0130")) == "2026-11-25T01:00:00Z");
  CHECK(to_text(*parse_instant("2026-11-24T08:30:00.987Z")) == "2026-11-24T08:30:00Z");
  CHECK(to_text(*parse_instant("2026-11-24 08:30:00z")) == "2026-11-24T08:30:00Z");
  CHECK(to_text(*parse_instant("2026-11-24")) == "2026-11-24T00:00:00Z");
  CHECK(to_text(*parse_instant("1969-12-31T23:59:59Z")) == "1969-12-31T23:59:59Z");
}

TEST_CASE("A time without a zone, or out of range, is refused") {
  for (const auto* text : {"2026-11-24T08:30:00", "2026-11-24T24:00:00Z", "2026-11-24T08:60Z", "2026-11-24T08Z", "2026-11-24T08:30:00+15:00", "2026-11-24T08:30:00.Z",
                           "2026-11-24T08:30:00Zx", "T08:30Z", "2026-11-24T08:30:00+1"})
    CHECK_FALSE(parse_instant(text));
}

TEST_CASE("An HTTP date is read in its preferred form only") {
  CHECK(to_text(*parse_http_date("Tue, 24 Nov 2026 02:55:18 GMT")) == "2026-11-24T02:55:18Z");
  for (const auto* text : {"", "Tuesday, 24-Nov-26 02:55:18 GMT", "Tue, 24 Nov 2026 02:55:18 CET", "Tue, 31 Feb 2026 02:55:18 GMT", "Tue, 24 Foo 2026 02:55:18 GMT"})
    CHECK_FALSE(parse_http_date(text));
}

TEST_CASE("The minutes between two times round down, before 1970 as well") {
  CHECK(minutes_between(Instant(0), Instant(119)) == 1);
  CHECK(minutes_between(Instant(0), Instant(-1)) == -1);
  CHECK(minutes_between(Instant(-60), Instant(0)) == 1);
  CHECK(Instant(-1).date().days == -1);
  CHECK(Instant(86400).date().days == 1);
}

TEST_CASE("A length of time is spoken in the units people use") {
  CHECK(spoken_minutes(0) == "0 min");
  CHECK(spoken_minutes(45) == "45 min");
  CHECK(spoken_minutes(60) == "1 h");
  CHECK(spoken_minutes(90) == "90 min");
  CHECK(spoken_minutes(150) == "2 h 30 min");
  CHECK(spoken_minutes(1440) == "1 d");
  CHECK(spoken_minutes(1800) == "1 d 6 h");
  CHECK(spoken_minutes(1801) == "1 d 6 h");
  CHECK(exact_minutes(1801) == "1 d 6 h 1 min");
  CHECK(exact_minutes(1441) == "1 d 1 min");
  CHECK(exact_minutes(2880) == "2 d");
  CHECK(spoken_minutes(-90) == "-90 min");
}
