// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/backup.h"
#include "core/model/organisation.h"

namespace mainstay {

struct Plan;

/// When a place opens and closes on a day, in minutes since its midnight; hours past midnight go on beyond 24:00.
struct OpenHours {
  int opens = 0, closes = 24 * 60;
  friend bool operator==(const OpenHours&, const OpenHours&) = default;
};

/// When a place works, and so when its data changes and its backups can run.
struct Calendar {
  std::string zone;                          ///< IANA name; empty = this machine's
  std::array<bool, 7> open{};                ///< Monday first
  std::array<OpenHours, 7> hours{};          ///< Monday first; of days that are open
  std::vector<std::pair<Date, Date>> closed; ///< holidays, both ends included, in order and apart
  bool is_holiday(Date day) const;
  bool is_open(Date day) const;  ///< a day of the week that works, and no holiday
  bool has_hours() const;        ///< on some day it is not open round the clock
  /// This calendar for counting spans of that length: hours for those shorter than a day; a day and more is counted in whole open days.
  Calendar for_spans_of(std::int64_t minutes) const;
};

/// The business's own days: Monday to Friday, and the weekend days that it does not say it closes on: what is not known counts as open, since a backup must
/// not look younger by a day that nobody named. No holidays.
Calendar calendar_of(const Organisation& organisation);
/// A place's days, holidays and zone; what it does not say, or says unreadably, is the business's.
Calendar calendar_of(const Plan& plan, const Id& site);
/// The place a backup works at: its own, else the main place.
const Site* site_of(const Plan& plan, const Backup& backup);
/// The calendar that a backup's runs and ages are counted by.
Calendar calendar_of(const Plan& plan, const Backup& backup);

/// "mon tue fri", "mon-fri" or "daily" as days from Monday on; nothing where a word is no day.
std::optional<std::array<bool, 7>> parse_days(std::string_view text);
/// "08:00-18:00", or by days as "mon-fri 08:00-18:00; sat 18:00-02:00"; days that it does not name are open all day. Nothing where a part is no such words.
/// `named` is set to the days that it names, where every part names some.
std::optional<std::array<OpenHours, 7>> parse_open_hours(std::string_view text, std::optional<std::array<bool, 7>>* named = nullptr);
/// "2026-12-25; 2026-12-27..2027-01-04", put in order; nothing where a part is no day. At most 400 parts.
std::optional<std::vector<std::pair<Date, Date>>> parse_day_ranges(std::string_view text);
/// Minutes since midnight from "02:00" or "2:00"; nothing where it is no time of day.
std::optional<int> parse_time_of_day(std::string_view text);

/// Minutes between two instants in which the place's data could change.
std::int64_t open_minutes_between(const Calendar& calendar, Instant from, Instant to);

/// The first instant by which that many minutes have passed in which the place's data could change; unset where they do not within two years.
Instant plus_open_minutes(const Calendar& calendar, Instant from, std::int64_t minutes);

/// When a backup that runs at a time of day should begin, after `from` and up to `to`, on days the place is open; at most
/// `most`. Empty where it has no time of day.
std::vector<Instant> run_slots(const Backup& backup, const Calendar& calendar, Instant from, Instant to, std::size_t most = 100);
/// The longest stretch between two planned runs, in minutes in which data can change; nothing where no schedule is known.
std::optional<std::int64_t> planned_gap_minutes(const Backup& backup, const Calendar& calendar);

}  // namespace mainstay
