// SPDX-License-Identifier: MIT
// Would the business survive two weeks without its workplace?
#include <algorithm>

#include "core/analysis/plan_answers.h"
#include "core/base/text.h"
#include "core/report/figure.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
Text standing_cell(Standing standing) {
  switch (standing) {
    case Standing::yes: return {Span{tr("Yes"), Tone::good}};
    case Standing::partly: return {Span{tr("Partly"), Tone::warning}};
    case Standing::no: return {Span{tr("No"), Tone::bad}};
    case Standing::unknown: break;
  }
  return {Span{tr("I don't know"), Tone::unknown}};
}

Tone tone_of(Outlook outlook) {
  switch (outlook) {
    case Outlook::yes: return Tone::good;
    case Outlook::yes_if: return Tone::warning;
    case Outlook::no: return Tone::bad;
    case Outlook::unknown: break;
  }
  return Tone::unknown;
}

/// The plan's own answers beside those of the business: where they differ, one of them is wrong.
void questions(Section& s, const Survival& premises) {
  TableBlock table;
  table.caption = tr("If the premises were gone tomorrow");
  table.columns = {{tr("Question"), 5}, {tr("Your answer"), 2}, {tr("What the plan says"), 6}};
  const auto& o = s.plan.organisation();
  const std::pair<std::string, Standing> asked[] = {{tr("Could you reach your data?"), o.reach_data}, {tr("Could you answer your phones?"), o.answer_phones}, {tr("Could you deliver to clients?"), o.deliver_work},
                                                    {tr("Could you find the procedures, even without the person who knows them?"), o.find_procedures}, {tr("Would the business survive two weeks, by your own feeling?"), o.survive_two_weeks}};
  const auto answers = plan_answers(s.plan, backup_statuses(s.plan, s.in.graph, s.in.observations, s.in.now), premises);
  for (std::size_t i = 0; i < std::size(asked); ++i) {
    Text said = {Span{answers[i].word, tone_of(answers[i].outlook)}};
    // The verdict stands above in full.
    if (answers[i].text != premises.verdict) said.push_back(Span{"\n" + answers[i].text, Tone::muted});
    table.rows.push_back({plain(asked[i].first), standing_cell(asked[i].second), std::move(said)});
  }
  s.out.emplace_back(std::move(table));
}

Text amount(std::int64_t cents, bool loss = false) {
  if (cents == 0) return {Span{tr("–"), Tone::muted}};
  return {Span{spoken_money(cents), loss && cents < 0 ? Tone::bad : Tone::plain}};
}
}  // namespace

void section_two_week(Section& s) {
  const auto& o = s.plan.organisation();
  Survival result;
  std::string trouble;
  const auto loss = premises_loss(s.plan, 14);
  result = survive(s.plan, s.in.graph, loss, s.in.now.date());
  if (loss.ids.empty()) trouble = tr("The plan has no place of work yet: add the premises first.");
  if (!trouble.empty()) s.callout(Tone::unknown, tr("The test cannot be played yet"), trouble);
  else s.callout(tone_of(result.outlook), result.verdict, "");
  questions(s, result);
  if (!trouble.empty() || result.days.empty()) return;
  if (result.cash_known) s.out.emplace_back(cash_figure(result, o.currency));
  TableBlock sums;
  sums.caption = tr_count(result.loss.days, "What {count} day costs", "What {count} days cost");
  sums.columns = {{tr("Point"), 5}, {tr("Amount"), 3, true}};
  sums.rows.push_back({plain(tr("Income lost")), amount(result.lost_income_cents)});
  sums.rows.push_back({plain(tr("Extra cost of working around")), amount(result.extra_cost_cents)});
  sums.rows.push_back({plain(tr("Fixed cost that runs on")), amount(result.fixed_cost_cents)});
  sums.rows.push_back({plain(tr("Paid by insurance")), amount(result.insurance_cents)});
  if (result.cash_known) {
    sums.rows.push_back({plain(tr("Cash at the start")), amount(result.cash_start_cents)});
    sums.rows.push_back({cell(tr("Cash at the end"), Tone::strong), amount(result.cash_end_cents, true)});
  }
  s.out.emplace_back(std::move(sums));
  TableBlock service;
  service.caption = tr("Service left, in percent of normal");
  service.columns = {{tr("Activity"), 6}};
  std::vector<std::size_t> shown;
  for (const std::size_t day : {1, 2, 3, 5, 7, 10, 14})
    if (day <= result.days.size()) {
      shown.push_back(day - 1);
      service.columns.push_back({tr("Day {day}", {{"day", day}}), 1, true});
    }
  for (std::size_t a = 0; a < result.activities.size(); ++a) {
    const bool breached = std::find(result.breached.begin(), result.breached.end(), result.activities[a]) != result.breached.end();
    const auto name = title_of(s.plan, result.activities[a]);
    std::vector<Text> row = {breached ? Text{Span{name, Tone::strong}, Span{"\n", Tone::plain}, Span{tr("passes its MTPD"), Tone::bad}} : cell(name, Tone::strong)};
    for (const auto day : shown) {
      const int percent = a < result.days[day].activities.size() ? result.days[day].activities[a].service_percent : 0;
      row.push_back({Span{std::to_string(percent), percent == 0 ? Tone::strong : percent < 100 ? Tone::plain : Tone::muted}});
    }
    service.rows.push_back(std::move(row));
  }
  s.table(std::move(service), tr("There is no activity to follow through the two weeks."));
  TableBlock days;
  days.caption = tr("Day by day");
  days.columns = {{tr("Day"), 1}, {tr("Open"), 1}, {tr("Income lost"), 2, true}, {tr("Still earned"), 2, true}, {tr("Extra cost"), 2, true}, {tr("Fixed cost"), 2, true}, {tr("Insurance"), 2, true}, {tr("Cash left"), 2, true}};
  for (const auto& day : result.days)
    days.rows.push_back({plain(std::to_string(day.day)), day.open ? plain(tr("yes")) : Text{Span{tr("no"), Tone::muted}}, amount(day.lost_income_cents), amount(day.earned_cents), amount(day.extra_cost_cents), amount(day.fixed_cost_cents),
                         amount(day.insurance_cents), result.cash_known ? Text{Span{spoken_money(day.cash_cents), day.cash_cents < 0 ? Tone::bad : Tone::plain}} : cell("")});
  s.out.emplace_back(std::move(days));
  std::vector<Text> unknown;
  for (const auto& sentence : result.unknown) unknown.push_back(plain(sentence));
  if (!unknown.empty()) {
    s.heading(3, tr("Not known, or counted at its worst"));
    s.list(List::Style::bullet, std::move(unknown));
  }
  std::vector<Text> rests;
  for (const auto* list : {&result.guesses, &result.assumed})
    for (const auto& sentence : *list) rests.push_back(plain(sentence));
  if (!rests.empty()) {
    s.heading(3, tr("What the answer rests on"));
    s.list(List::Style::bullet, std::move(rests));
  }
  s.say(Text{Span{result.guesses.empty() ? tr("Incomes, costs and levels are asserted. The days are worked out from them; none of it has been lived through.")
                                         : tr("Incomes, costs and levels are asserted, or still the starter plan's guesses as said above. The days are worked out from them; none of it has been lived through."), Tone::muted}});
}

}  // namespace mainstay
