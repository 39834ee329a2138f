// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// Ordered steps for one purpose (ISO 22301, 8.4.4; NIST SP 800-34, ch. 4).
struct Procedure {
  enum class Phase : std::uint8_t { unknown, activation, first_hour, recovery, workaround, stand_down, everyday };
  Id id;
  std::string name;
  Phase phase = Phase::unknown;
  std::string purpose, criteria;
  Id activity_id, resource_id, owner_role_id;
  static const RecordInfo& info();
};
inline constexpr Choice procedure_phase_choices[] = {{"", "Not known"}, {"activation", "Activation"}, {"first_hour", "First hour"}, {"recovery", "Recovery"},
                             {"workaround", "Workaround"}, {"stand_down", "Stand-down and return"}, {"everyday", "Everyday work"}};

/// One step of a procedure.
struct Step {
  Id id;
  Id procedure_id;
  Number position;
  std::string action;
  Id role_id, contact_id;
  Minutes within_minutes;
  std::string note;
  static const RecordInfo& info();
};

/// Words prepared for the bad day (ISO 22301, 8.4.3).
struct MessageDraft {
  enum class Audience : std::uint8_t { unknown, staff, customers, suppliers, media, regulator, family };
  Id id;
  std::string name;
  Audience audience = Audience::unknown;
  std::string channel, text;
  Id spokesperson_role_id;
  static const RecordInfo& info();
};

}  // namespace mainstay
