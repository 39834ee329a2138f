// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

enum class Region : std::uint8_t { unknown, australia, new_zealand, united_kingdom, ireland, united_states, canada, europe, singapore, hong_kong, south_korea, argentina, brazil, other };
inline constexpr Choice region_choices[] = {{"", "I don't know"}, {"australia", "Australia"}, {"new_zealand", "New Zealand"}, {"united_kingdom", "United Kingdom"},
                              {"ireland", "Ireland"}, {"united_states", "United States"}, {"canada", "Canada"}, {"europe", "Continental Europe"},
                              {"singapore", "Singapore"}, {"hong_kong", "Hong Kong"}, {"south_korea", "South Korea"}, {"argentina", "Argentina"},
                              {"brazil", "Brazil"}, {"other", "Elsewhere"}};

/// How a yes/partly/no question about the business stands.
enum class Standing : std::uint8_t { unknown, yes, partly, no };
inline constexpr Choice standing_choices[] = {{"", "I don't know"}, {"yes", "Yes"}, {"partly", "Partly"}, {"no", "No"}};

/// The business the plan is for: one record per plan, id "organisation".
struct Organisation {
  Id id;
  std::string name, business_kind, template_id;
  Region region = Region::unknown;
  std::string currency;
  Number staff_count;
  std::string scope, exclusions, policy, objective, duties_note;
  Id plan_owner_id, sponsor_id;
  Money cash_cents, fixed_cost_per_month_cents, income_per_month_cents;
  Percent open_days_percent;
  Answer open_saturday = Answer::unknown, open_sunday = Answer::unknown;
  std::string warning_source;
  Date next_review_on;
  Standing reach_data = Standing::unknown, answer_phones = Standing::unknown, deliver_work = Standing::unknown,
           find_procedures = Standing::unknown, survive_two_weeks = Standing::unknown;
  std::string wizard_page;
  static const RecordInfo& info();
};
inline constexpr const char* organisation_id = "organisation";

/// A place the business works at or could work at.
struct Site {
  enum class Kind : std::uint8_t { unknown, main, branch, alternate, home, storage, data_centre };
  Id id;
  std::string name;
  Kind kind = Kind::unknown;
  std::string address, access_note;
  Region region = Region::unknown;
  Id landlord_id;
  Number distance_km;
  Date agreement_until;
  std::string time_zone;  ///< IANA name, such as Europe/Berlin; empty = that of this machine
  std::string open_days;  ///< "mon tue wed thu fri"; empty = the business's own days
  std::string open_hours; ///< "08:00-18:00", or "mon-fri 08:00-18:00; sat 18:00-02:00"; empty = the whole day
  std::string closed_on;  ///< days and ranges: "2026-12-25; 2026-12-27..2027-01-04"
  static const RecordInfo& info();
};

}  // namespace mainstay
