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

/// When a place opens and closes on a day, in minutes since the midnight with which that day begins; what ends after the next midnight goes on beyond 1440.
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
  bool is_holiday(Date day) const;  ///< within one of `closed`, whatever the day of the week
  bool is_open(Date day) const;     ///< a day of the week that works, and no holiday
  bool has_hours() const;           ///< on some day it is not open round the clock
  bool ever_closes() const;         ///< on some day of the week, in some hour or for a holiday
  /// This calendar for counting a span of that many minutes: within its opening hours where that is less than 1440; else without them, each open day counting 24 hours.
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

/// "mon tue fri", "mon-fri" or "daily" as the days of a week, Monday first, true where named; nothing where a word is no day of the week.
std::optional<std::array<bool, 7>> parse_days(std::string_view text);
/// "08:00-18:00", or by days of the week as "mon-fri 08:00-18:00; sat 18:00-02:00", as the hours of each day, Monday first; days that it does not name are open from 00:00 to 24:00.
/// Nothing where a part is no such words or closes as it opens. A night that lasts into the next day's span counts once. `named` is set to the days of the week that it names, where every part names some.
std::optional<std::array<OpenHours, 7>> parse_open_hours(std::string_view text, std::optional<std::array<bool, 7>>* named = nullptr);
/// "2026-12-25; 2026-12-27..2027-01-04" as first and last days, both included, in order and joined where they touch or overlap; nothing where a part is no day or no span of days, or
/// where there are more than 400 parts.
std::optional<std::vector<std::pair<Date, Date>>> parse_day_ranges(std::string_view text);
/// Minutes since midnight from "02:00" or "2:00"; nothing where it is no time of day.
std::optional<int> parse_time_of_day(std::string_view text);

/// Whole minutes between two instants in which the place's data could change, rounded down; 0 where an instant is not known or `to` is not after `from`.
std::int64_t open_minutes_between(const Calendar& calendar, Instant from, Instant to);

/// A span of open time in words: "16 h of open days" or "of open hours", as the calendar counts; "16 h" where it is always open.
std::string spoken_open_minutes(const Calendar& calendar, std::int64_t minutes);

/// The first instant, to the second, by which that many minutes have passed in which the place's data could change; unset where `from` is not known or they do not pass within
/// 732 days.
Instant plus_open_minutes(const Calendar& calendar, Instant from, std::int64_t minutes);

/// True in a minute in which the place's data can change.
bool is_open_at(const Calendar& calendar, Instant at);
/// The first instant from `at` on at which the place is open; unset where it is not within two years.
Instant next_open(const Calendar& calendar, Instant at);

/// When a backup that runs at a time of day should begin, after `from` and up to and including `to`: on its own days of the week without the place's holidays, or where it names none on
/// the days that the place is open; the earliest first, at most `most`. Empty where it has no time of day.
std::vector<Instant> run_slots(const Backup& backup, const Calendar& calendar, Instant from, Instant to, std::size_t most = 100);
/// When the run after the newest restorable point should begin, of a backup that runs every so many minutes; unset where that is not within two years. Runs of
/// a day and more apart keep their time of day and move to the next open day. Of those closer together one interval of open time passes before the next,
/// which waits for the opening where that ends in closed time; after a point made in closed time it is the first of that point's rhythm in open time.
Instant next_interval_run(const Calendar& calendar, Instant last_point, std::int64_t interval);
/// The longest stretch between two planned runs: in minutes in which data can change, of four weeks without holidays, where it runs at a time of day; else its interval in minutes. Nothing
/// where no schedule is known, or it plans fewer than two runs in four weeks.
std::optional<std::int64_t> planned_gap_minutes(const Backup& backup, const Calendar& calendar);

}  // namespace mainstay
