// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A rehearsal of the plan with its result (ISO 22301, 8.5).
struct Exercise {
  enum class Method : std::uint8_t { unknown, read_through, tabletop, call_test, restore_test, partial, full };
  Id id;
  std::string name;
  Method method = Method::unknown;
  Id scenario_id, activity_id;
  Date on;
  std::string aim, participants, report;
  Minutes achieved_minutes, achieved_point_minutes;
  static const RecordInfo& info();
};

}  // namespace mainstay
