// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/graph.h"

namespace mainstay {

/// What is lost and for how long.
struct Loss {
  std::vector<Id> ids;   ///< records that are gone
  int days = 14;
};
/// Reads what people and scripts type, also several with commas between them: kinds ("site" or "premises" = every main and branch site,
/// "people", "supplier", "it_data", "power_telecom") or ids and names; `days` is 1 to 366. Throws Error{not_found, ambiguous, usage}.
Loss parse_loss(const Plan& plan, const std::vector<std::string>& words, int days);
/// Every place of work for `days`; empty ids where the plan has none yet.
Loss premises_loss(const Plan& plan, int days);

/// How the N-day test comes out, and how sure that is.
enum class Outlook : std::uint8_t {
  unknown,  ///< something decisive is not known
  yes,      ///< it survives, on what people said, saw or tested
  yes_if,   ///< it survives if the starter plan's guesses, or what the test has to assume, hold: never green
  no
};
std::string_view outlook_name(Outlook outlook);  ///< "unknown", "yes", "yes_if", "no"

/// One activity on one day (day 1 is the first).
struct ActivityDay {
  int service_percent = 100;
  std::int64_t lost_income_cents = 0, extra_cost_cents = 0;
};
struct SurviveDay {
  int day = 0;
  bool open = true;
  std::vector<ActivityDay> activities;   ///< as Survival::activities
  std::int64_t lost_income_cents = 0, earned_cents = 0, extra_cost_cents = 0, fixed_cost_cents = 0, insurance_cents = 0;
  std::int64_t cash_cents = 0;           ///< left at the end of the day
};
/// The N-day test's answer.
struct Survival {
  Loss loss;
  std::vector<Id> activities;
  std::vector<SurviveDay> days;
  std::int64_t lost_income_cents = 0, extra_cost_cents = 0, fixed_cost_cents = 0, insurance_cents = 0, cash_start_cents = 0, cash_end_cents = 0;
  bool cash_known = false;
  Id first_breach_activity;              ///< empty where no MTPD is passed
  std::int64_t first_breach_minutes = -1;
  std::vector<Id> breached;
  int cash_ends_day = -1;                ///< -1: it does not within the loss
  bool survives = false;                 ///< meaningful only where nothing decisive is unknown
  bool decided = false;                  ///< false: see `unknown`
  std::vector<std::string> unknown;      ///< what had to be left out, each a sentence, the decisive ones first
  std::vector<std::string> guesses;      ///< figures that are still the starter plan's, each a sentence
  std::vector<std::string> assumed;      ///< what counts as good though nobody has said so, each a sentence
  std::unordered_map<std::string, std::int64_t> back_minutes;  ///< by id: when a resource or supplier that is hit is back, -1 = not within the test
  Outlook outlook = Outlook::unknown;
  std::string word;                      ///< the outlook in a few words: “Yes, if the starter plan's guesses hold”
  std::string verdict;                   ///< one sentence
};

/// Plays the loss day by day. Formulas are in the .cpp beside each line and in docs/two-week-test.md. `first_day` decides which days
/// are open.
Survival survive(const Plan& plan, const Graph& graph, const Loss& loss, Date first_day);

}  // namespace mainstay
