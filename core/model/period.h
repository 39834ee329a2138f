// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/date.h"

namespace mainstay {

/// Whole days from the first to the last, both included.
struct Period {
  Date first, last;
  friend bool operator==(const Period&, const Period&) = default;
};

/// A month such as "2026-11", or days such as "2026-11-01..2026-11-15", at most 366 of them; nothing where it is no such period.
std::optional<Period> parse_period(std::string_view text);
/// The month that a day lies in.
Period month_of(Date day);
/// "November 2026", or "1 November 2026 to 15 November 2026".
std::string spoken(const Period& period);
/// When the first day begins and when the last one is over, by the clocks of a zone.
std::pair<Instant, Instant> instants_of(const Period& period, const std::string& zone);

}  // namespace mainstay
