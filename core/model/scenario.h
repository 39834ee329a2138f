// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A loss to play through: what is gone, and for how long.
struct Scenario {
  enum class Family : std::uint8_t { unknown, premises, people, it_data, supplier, power_telecom };
  Id id;
  std::string name;
  Family family = Family::unknown;
  std::string description;
  std::string lose;
  Number days;
  static const RecordInfo& info();
};

}  // namespace mainstay
