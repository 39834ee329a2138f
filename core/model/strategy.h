// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// How the business will cope with one kind of loss, or stands in one of the five solution areas (ISO 22301, 8.3).
struct Strategy {
  enum class Area : std::uint8_t { unknown, premises, people, it_data, supplier, power_telecom, documentation, backup, mail, telephony, remote_access };
  enum class State : std::uint8_t { unknown, have, partly, no };
  Id id;
  std::string name;
  Area area = Area::unknown;
  State state = State::unknown;
  std::string description, gap, next_action;
  Minutes expected_minutes;
  Percent capacity_percent;
  Money cost_cents, cost_per_month_cents;
  Id owner_role_id;
  Date due_on;
  std::string proof;
  static const RecordInfo& info();
};
inline constexpr Choice strategy_area_choices[] = {{"", "Not known"}, {"premises", "Loss of premises"}, {"people", "Loss of people"}, {"it_data", "Loss of IT or data"},
                            {"supplier", "Loss of a supplier"}, {"power_telecom", "Loss of power or telecom"}, {"documentation", "Documentation"},
                            {"backup", "Backup"}, {"mail", "Mail, contacts, calendar"}, {"telephony", "Telephony"}, {"remote_access", "Remote access"}};
inline constexpr Choice strategy_state_choices[] = {{"", "I don't know"}, {"have", "Have it"}, {"partly", "Partly"}, {"no", "No"}};
/// The five solution areas, in the order in which they are asked.
inline constexpr Strategy::Area solution_areas[] = {Strategy::Area::documentation, Strategy::Area::backup, Strategy::Area::mail, Strategy::Area::telephony,
                                                    Strategy::Area::remote_access};

}  // namespace mainstay
