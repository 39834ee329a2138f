// SPDX-License-Identifier: MIT
#include <charconv>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/analysis/survive.h"
#include "core/base/error.h"

namespace mainstay::cli {
namespace {

int days_from(const std::string& text) {
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (error != std::errc() || end != text.data() + text.size() || days < 1 || days > 366)
    throw Error(ErrorCode::usage, tr("--days takes a whole number from 1 to 366, not “{text}”.", {{"text", text}}));
  return days;
}

Json json_of_survival(const Survival& s) {
  Json days = Json::array();
  for (const auto& day : s.days) {
    Json activities = Json::array();
    for (std::size_t i = 0; i < s.activities.size(); ++i)
      activities.push_back({{"activity", s.activities[i].text}, {"service_percent", day.activities[i].service_percent},
                            {"lost_income_cents", day.activities[i].lost_income_cents}, {"extra_cost_cents", day.activities[i].extra_cost_cents}});
    days.push_back({{"day", day.day}, {"open", day.open}, {"lost_income_cents", day.lost_income_cents}, {"earned_cents", day.earned_cents}, {"extra_cost_cents", day.extra_cost_cents},
                    {"fixed_cost_cents", day.fixed_cost_cents}, {"insurance_cents", day.insurance_cents}, {"cash_cents", day.cash_cents}, {"activities", activities}});
  }
  Json out{{"verdict", s.verdict}, {"outlook", outlook_name(s.outlook)}, {"decided", s.decided},
           // A yes that rests on guesses is no yes to a program either.
           {"survives", s.outlook == Outlook::yes ? Json(true) : s.outlook == Outlook::no ? Json(false) : Json(nullptr)}, {"days", days},
           {"lost_income_cents", s.lost_income_cents}, {"extra_cost_cents", s.extra_cost_cents}, {"fixed_cost_cents", s.fixed_cost_cents}, {"insurance_cents", s.insurance_cents},
           {"cash_start_cents", s.cash_known ? Json(s.cash_start_cents) : Json(nullptr)}, {"cash_end_cents", s.cash_known ? Json(s.cash_end_cents) : Json(nullptr)},
           {"cash_ends_day", s.cash_ends_day < 0 ? Json(nullptr) : Json(s.cash_ends_day)},
           {"first_breach_activity", s.first_breach_activity.empty() ? Json(nullptr) : Json(s.first_breach_activity.text)},
           {"first_breach_minutes", s.first_breach_minutes < 0 ? Json(nullptr) : Json(s.first_breach_minutes)}, {"unknown", s.unknown}, {"guesses", s.guesses}, {"assumed", s.assumed}};
  return out;
}

}  // namespace

int run_simulate(const Invocation& in) {
  auto lost = in.all("--lose");
  if (lost.empty()) throw Error(ErrorCode::usage, tr("Say what is lost: --lose premises, --lose KIND or --lose ID."));
  for (const auto& more : in.all("MORE")) lost.push_back(more);
  const int days = days_from(in.get("--days", "14"));
  const auto document = in.open();
  const auto& plan = document->plan();
  const auto s = survive(plan, document->graph(), parse_loss(plan, lost, days), document->today());
  if (in.json()) { print(json_of_survival(s)); return Exit::fine; }
  print(s.verdict);
  std::vector<std::vector<std::string>> rows{{tr("Day"), tr("Income lost"), tr("Extra cost"), tr("Fixed cost"), tr("Insurance"), tr("Cash left")}};
  for (const auto& day : s.days)
    rows.push_back({std::to_string(day.day) + (day.open ? "" : tr(" (closed)")), spoken_money(day.lost_income_cents), spoken_money(day.extra_cost_cents), plan.organisation().fixed_cost_per_month_cents.is_unknown() ? tr("not known") : spoken_money(day.fixed_cost_cents),
                    spoken_money(day.insurance_cents), s.cash_known ? spoken_money(day.cash_cents) : tr("not known")});
  print_table(rows);
  print(tr("Service level per activity (percent):"));
  rows.assign(1, {tr("Activity")});
  for (const auto& day : s.days) rows.front().push_back(std::to_string(day.day));
  for (std::size_t i = 0; i < s.activities.size(); ++i) {
    rows.push_back({title_of(plan, s.activities[i])});
    for (const auto& day : s.days) rows.back().push_back(std::to_string(day.activities[i].service_percent));
  }
  print_table(rows);
  for (const auto& unknown : s.unknown) print("? " + unknown);
  for (const auto& guess : s.guesses) print("~ " + guess);
  for (const auto& assumption : s.assumed) print("~ " + assumption);
  return Exit::fine;
}

}  // namespace mainstay::cli
