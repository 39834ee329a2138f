// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// Something that may interrupt the business (ISO 22301, 8.2.3); `link kind=threatens` says what it hits.
struct Risk {
  enum class Kind : std::uint8_t { unknown, everyday, dramatic };
  enum class Area : std::uint8_t { unknown, premises, people, it_data, supplier, power_telecom, money };
  Id id;
  std::string name;
  Kind kind = Kind::unknown;
  Area area = Area::unknown;
  std::string description;
  Number likelihood, consequence, residual_likelihood, residual_consequence;
  std::string treatment;
  Id owner_role_id;
  Date treat_by;
  static const RecordInfo& info();
};

}  // namespace mainstay
