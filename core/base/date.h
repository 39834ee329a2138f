// SPDX-License-Identifier: MIT
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/quantity.h"

namespace mainstay {

/// A calendar day, or not known, or known to be none.
struct Date {
  std::int32_t days = 0;  ///< since 1970-01-01
  Known known = Known::no;

  Date() = default;
  explicit constexpr Date(std::int32_t days_since_1970) : days(days_since_1970), known(Known::yes) {}
  static Date of(int year, unsigned month, unsigned day);
  constexpr explicit operator bool() const { return known == Known::yes; }
  Date plus_days(int count) const { return Date(days + count); }
  friend bool operator==(const Date&, const Date&) = default;
};

/// A point in time in whole seconds, UTC; unset means not known.
struct Instant {
  std::int64_t seconds = unset;  ///< since 1970-01-01T00:00:00Z
  static constexpr std::int64_t unset = INT64_MIN;

  Instant() = default;
  explicit constexpr Instant(std::int64_t s) : seconds(s) {}
  constexpr explicit operator bool() const { return seconds != unset; }
  /// The day it falls on, UTC.
  Date date() const;
  Instant plus_minutes(std::int64_t minutes) const { return Instant(seconds + minutes * 60); }
  friend bool operator==(const Instant&, const Instant&) = default;
  friend std::strong_ordering operator<=>(const Instant&, const Instant&) = default;
};

/// Gives the time; injected so that tests and `--as-of` fix it.
using Clock = std::function<Instant()>;
/// The machine's clock.
Instant system_now();
/// Whole minutes from `from` to `to` (rounded down); both must be set.
std::int64_t minutes_between(Instant from, Instant to);

/// `2026-11-24`; empty where not known, `(none)` where none.
std::string to_text(Date date);
/// `2026-11-24T08:30:00Z`; empty where not known.
std::string to_text(Instant instant);
/// `24 November 2026`, for people.
std::string spoken(Date date);
/// `24 Nov 2026, 08:30` with the zone of this machine, for people.
std::string spoken(Instant instant);

/// Reads `2026-11-24` (years 1900 to 9999); nothing where it is no such date.
std::optional<Date> parse_date(std::string_view text);
/// Reads ISO 8601 with `Z` or an offset, fractions ignored, or a bare date (midnight UTC); a time without zone is refused.
std::optional<Instant> parse_instant(std::string_view text);
/// Reads an HTTP date such as `Tue, 24 Nov 2026 02:55:18 GMT` (RFC 9110 section 5.6.7, preferred form).
std::optional<Instant> parse_http_date(std::string_view text);

/// The whole length of time in the units people use, `1 d 6 h 5 min`: read back it is the same number.
std::string exact_minutes(std::int64_t minutes);
/// `2026-11-24 18:30` in the zone of this machine, and back; nothing where it is no such time.
std::string local_text(Instant instant);
std::optional<Instant> parse_local(std::string_view text);

/// `45 min`, `4 h`, `2 d`, `1 d 6 h`: a length of time for sentences; past a day the minutes are left out.
std::string spoken_minutes(std::int64_t minutes);

}  // namespace mainstay
