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

/// When a place works, and so when its data changes and its backups can run.
struct Calendar {
  std::string zone;                          ///< IANA name; empty = this machine's
  std::array<bool, 7> open{};                ///< Monday first
  std::vector<std::pair<Date, Date>> closed; ///< holidays, both ends included, in order and apart
  bool is_holiday(Date day) const;
  bool is_open(Date day) const;  ///< a day of the week that works, and no holiday
};

/// The business's own days: Monday to Friday, and the weekend days it says it opens. No holidays.
Calendar calendar_of(const Organisation& organisation);
/// A place's days, holidays and zone; what it does not say, or says unreadably, is the business's.
Calendar calendar_of(const Plan& plan, const Id& site);
/// The place a backup works at: its own, else the main place.
const Site* site_of(const Plan& plan, const Backup& backup);
/// The calendar that a backup's runs and ages are counted by.
Calendar calendar_of(const Plan& plan, const Backup& backup);

/// "mon tue fri", "mon-fri" or "daily" as days from Monday on; nothing where a word is no day.
std::optional<std::array<bool, 7>> parse_days(std::string_view text);
/// "2026-12-25; 2026-12-27..2027-01-04", put in order; nothing where a part is no day. At most 400 parts.
std::optional<std::vector<std::pair<Date, Date>>> parse_day_ranges(std::string_view text);
/// Minutes since midnight from "02:00" or "2:00"; nothing where it is no time of day.
std::optional<int> parse_time_of_day(std::string_view text);

/// Minutes between two instants in which the place's data could change.
std::int64_t open_minutes_between(const Calendar& calendar, Instant from, Instant to);

/// When a backup that runs at a time of day should begin, after `from` and up to `to`, on days the place is open; at most
/// `most`. Empty where it has no time of day.
std::vector<Instant> run_slots(const Backup& backup, const Calendar& calendar, Instant from, Instant to, std::size_t most = 100);
/// The longest stretch between two planned runs, in minutes in which data can change; nothing where no schedule is known.
std::optional<std::int64_t> planned_gap_minutes(const Backup& backup, const Calendar& calendar);

}  // namespace mainstay
