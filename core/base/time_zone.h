// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string_view>

#include "core/base/date.h"

namespace mainstay {

/// A time on a wall clock: a day and the seconds since its midnight.
struct WallTime {
  Date day;
  int seconds = 0;
  friend bool operator==(const WallTime&, const WallTime&) = default;
};

/// True for a zone that this machine knows by name, such as `Europe/Berlin`; also for "", the machine's own.
bool is_time_zone(std::string_view name);
/// What clocks in that zone show; nothing where the zone is not known.
std::optional<WallTime> wall_time(std::string_view zone, Instant at);
/// When clocks in that zone show this. In the hour that is left out in spring, the same distance after the change; in the hour
/// that comes twice in autumn, the first of the two. Nothing where the zone is not known.
std::optional<Instant> instant_of(std::string_view zone, const WallTime& wall);

}  // namespace mainstay
