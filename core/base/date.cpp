// SPDX-License-Identifier: MIT
#include "core/base/date.h"

#include <array>
#include <chrono>
#include <ctime>

#include <fmt/format.h>

namespace mainstay {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day civil(std::int32_t days) { return year_month_day(sys_days(std::chrono::days(days))); }

constexpr std::array<const char*, 12> months = {"January", "February", "March",     "April",   "May",      "June",
                                                "July",    "August",   "September", "October", "November", "December"};

/// Reads exactly `count` digits at the front and takes them off.
std::optional<int> digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return {};
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return {};
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Date> take_date(std::string_view& text) {
  const auto y = digits(text, 4);
  if (!y || !take(text, '-')) return {};
  const auto m = digits(text, 2);
  if (!m || !take(text, '-')) return {};
  const auto d = digits(text, 2);
  if (!d || *y < 1900) return {};
  const year_month_day date{std::chrono::year(*y), std::chrono::month(*m), std::chrono::day(*d)};
  if (!date.ok()) return {};
  return Date(static_cast<std::int32_t>(sys_days(date).time_since_epoch().count()));
}

/// Reads `hh:mm[:ss[.fraction]]` as seconds of the day.
std::optional<int> take_time(std::string_view& text) {
  const auto h = digits(text, 2);
  if (!h || !take(text, ':')) return {};
  const auto m = digits(text, 2);
  if (!m || *h > 23 || *m > 59) return {};
  int s = 0;
  if (take(text, ':')) {
    const auto sec = digits(text, 2);
    if (!sec || *sec > 60) return {};
    s = *sec;
    if (take(text, '.') || take(text, ',')) {
      if (text.empty() || text.front() < '0' || text.front() > '9') return {};
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
    }
  }
  return *h * 3600 + *m * 60 + s;
}

}  // namespace

Date Date::of(int year, unsigned month, unsigned day) {
  const year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return Date(static_cast<std::int32_t>(sys_days(date).time_since_epoch().count()));
}

Date Instant::date() const {
  if (!*this) return {};
  const auto day = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400;
  return Date(static_cast<std::int32_t>(day));
}

Instant system_now() { return Instant(static_cast<std::int64_t>(std::time(nullptr))); }

std::int64_t minutes_between(Instant from, Instant to) {
  const auto seconds = to.seconds - from.seconds;
  return seconds >= 0 ? seconds / 60 : (seconds - 59) / 60;
}

std::string to_text(Date date) {
  if (date.known == Known::no) return {};
  if (date.known == Known::none) return none_text;
  const auto c = civil(date.days);
  return fmt::format("{:04}-{:02}-{:02}", int(c.year()), unsigned(c.month()), unsigned(c.day()));
}

std::string to_text(Instant instant) {
  if (!instant) return {};
  const auto day = instant.date();
  const auto rest = instant.seconds - std::int64_t(day.days) * 86400;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_text(day), rest / 3600, rest / 60 % 60, rest % 60);
}

std::string spoken(Date date) {
  if (!date) return to_text(date);
  const auto c = civil(date.days);
  return fmt::format("{} {} {}", unsigned(c.day()), months[unsigned(c.month()) - 1], int(c.year()));
}

std::string spoken(Instant instant) {
  if (!instant) return {};
  const std::time_t seconds = instant.seconds;
  std::tm local{};
  if (!localtime_r(&seconds, &local)) return to_text(instant);
  return fmt::format("{} {:.3} {}, {:02}:{:02}", local.tm_mday, months[local.tm_mon], local.tm_year + 1900, local.tm_hour,
                     local.tm_min);
}

std::string local_text(Instant instant) {
  if (!instant) return {};
  const std::time_t seconds = instant.seconds;
  std::tm local{};
  if (!localtime_r(&seconds, &local)) return to_text(instant);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday, local.tm_hour, local.tm_min);
}

std::optional<Instant> parse_local(std::string_view text) {
  const auto date = take_date(text);
  if (!date || !take(text, ' ')) return {};
  const auto time = take_time(text);
  if (!time || !text.empty()) return {};
  const auto c = civil(date->days);
  std::tm local{};
  local.tm_year = int(c.year()) - 1900;
  local.tm_mon = static_cast<int>(unsigned(c.month())) - 1;
  local.tm_mday = static_cast<int>(unsigned(c.day()));
  local.tm_hour = *time / 3600;
  local.tm_min = *time / 60 % 60;
  local.tm_sec = *time % 60;
  local.tm_isdst = -1;
  return Instant(static_cast<std::int64_t>(std::mktime(&local)));
}

std::optional<Date> parse_date(std::string_view text) {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = take_date(text);
  if (!date) return {};
  const std::int64_t midnight = std::int64_t(date->days) * 86400;
  if (text.empty()) return Instant(midnight);
  if (!take(text, 'T') && !take(text, ' ')) return {};
  const auto time = take_time(text);
  if (!time) return {};
  if (text == "Z" || text == "z") return Instant(midnight + *time);
  const int sign = take(text, '+') ? 1 : take(text, '-') ? -1 : 0;
  if (sign == 0) return {};
  const auto h = digits(text, 2);
  if (!h) return {};
  take(text, ':');
  const auto m = text.empty() ? std::optional<int>(0) : digits(text, 2);
  if (!m || !text.empty() || *h > 14 || *m > 59) return {};
  return Instant(midnight + *time - sign * (*h * 3600 + *m * 60));
}

std::optional<Instant> parse_http_date(std::string_view text) {
  if (text.size() != 29 || text.substr(3, 2) != ", " || text.substr(25) != " GMT") return {};
  text.remove_prefix(5);
  const auto day = digits(text, 2);
  if (!day || !take(text, ' ')) return {};
  unsigned month = 0;
  for (unsigned i = 0; i < 12; ++i)
    if (std::string_view(months[i]).substr(0, 3) == text.substr(0, 3)) month = i + 1;
  text.remove_prefix(3);
  if (month == 0 || !take(text, ' ')) return {};
  const auto year = digits(text, 4);
  if (!year || *year < 1900 || !take(text, ' ')) return {};
  const year_month_day date{std::chrono::year(*year), std::chrono::month(month), std::chrono::day(unsigned(*day))};
  const auto time = take_time(text);
  if (!date.ok() || !time) return {};
  return Instant(std::int64_t(sys_days(date).time_since_epoch().count()) * 86400 + *time);
}

std::string exact_minutes(std::int64_t minutes) {
  const auto left_out = minutes % minutes_per_day % 60;
  if (minutes < minutes_per_day || left_out == 0) return spoken_minutes(minutes);
  return fmt::format("{} {} min", spoken_minutes(minutes), left_out);
}

std::string spoken_minutes(std::int64_t minutes) {
  if (minutes < 0) return "-" + spoken_minutes(-minutes);
  if (minutes < 120 && minutes % 60 != 0) return fmt::format("{} min", minutes);
  if (minutes == 0) return "0 min";
  const auto d = minutes / minutes_per_day;
  const auto h = minutes % minutes_per_day / 60;
  const auto m = minutes % 60;
  if (d == 0) return m ? fmt::format("{} h {} min", h, m) : fmt::format("{} h", h);
  return h ? fmt::format("{} d {} h", d, h) : fmt::format("{} d", d);
}

}  // namespace mainstay
