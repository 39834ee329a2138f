// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// What a figure rests on: copied from a starter plan, said by somebody, seen by a probe, or proven by a test.
enum class Basis : std::uint8_t { unknown, template_value, asserted, observed, tested };
inline constexpr Choice basis_choices[] = {{"", "Not known"}, {"template_value", "From the starter plan"}, {"asserted", "Asserted"}, {"observed", "Observed"}, {"tested", "Tested"}};

/// Something the business does that must keep going, with its tolerances (ISO 22301, 8.2.2; NIST SP 800-34, 3.2).
struct Activity {
  Id id;
  std::string name, product, description;
  Id owner_role_id;
  Number rank;
  Minutes mtpd_minutes, rto_minutes, work_recovery_minutes, rpo_minutes;
  Percent mbco_percent;
  std::string mbco, peak_period;
  Money income_per_day_cents, extra_cost_per_day_cents;
  std::string workaround;
  Percent workaround_percent;
  Minutes workaround_start_minutes;
  std::string not_needed;
  Basis times_basis = Basis::unknown;
  Date times_on;
  static const RecordInfo& info();
};

/// How badly an interruption of an activity hurts after a time, in one category; the level carries on until the next point.
struct Impact {
  enum class Category : std::uint8_t { unknown, money, customers, legal, reputation, safety, staff };
  enum class Level : std::uint8_t { unknown, none, minor, moderate, serious, intolerable };
  Id id;
  Id activity_id;
  Category category = Category::unknown;
  Minutes after_minutes;
  Level level = Level::unknown;
  std::string note;
  static const RecordInfo& info();
};
inline constexpr Choice impact_category_choices[] = {{"", "Not known"}, {"money", "Money"}, {"customers", "Customers"}, {"legal", "Law and contracts"},
                                 {"reputation", "Reputation"}, {"safety", "Health and safety"}, {"staff", "Staff"}};
inline constexpr Choice impact_level_choices[] = {{"", "Not known"}, {"none", "None"}, {"minor", "Minor"}, {"moderate", "Moderate"}, {"serious", "Serious"}, {"intolerable", "Intolerable"}};

}  // namespace mainstay
