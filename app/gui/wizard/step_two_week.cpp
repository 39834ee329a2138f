// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "app/gui/finding_words.h"
#include "app/gui/session.h"
#include "app/gui/wizard/two_week_chart.h"
#include "core/analysis/plan_answers.h"
#include "core/analysis/starter_guesses.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr int test_days = 14;
constexpr std::size_t most_incomes = 30;

Survival closed_premises(StepPage& page) { return survive(page.plan(), page.document().graph(), premises_loss(page.plan(), test_days), page.document().today()); }

/// What each activity earns, to be put right here: the starter plan only guessed it for a business like this one.
void put_incomes(StepPage& page) {
  const Plan& plan = page.plan();
  if (plan.activities.empty()) return;
  const auto guesses = starter_incomes(plan);
  page.section(tr("What each activity earns on an open day"));
  page.sentence(tr("The test below rests on these figures. “0” where an activity earns nothing by itself."), true);
  page.begin_cells(2);
  std::size_t number = 0;
  for (const auto& activity : plan.activities) {
    if (++number > most_incomes) break;
    StepField field = record_field(plan, "activity", activity.id, "income_per_day_cents", activity.name);
    field.label = guesses.contains(activity.id) ? tr("{activity} ({mark} from the starter plan – check)", {{"activity", activity.name}, {"mark", status_mark(Status::warning)}}) : activity.name;
    field.said_again = guesses.contains(activity.id);
    field.set = [set = field.set, id = activity.id, &page](const Plan& now, const std::string& typed) {
      return with_income_confirmed(now, set(now, typed), id, page.document().author(), page.document().today());
    };
    page.text(field);
  }
  page.end_cells();
  if (plan.activities.size() > most_incomes) page.sentence(tr("The first {count} are shown; the Activities page holds the others.", {{"count", most_incomes}}), true);
}

void put_days(StepPage& page, const Survival& survival) {
  page.section(tr("Day by day"));
  page.begin_cells(5);
  page.column_titles({tr("Day"), tr("Service"), tr("Lost income"), tr("Extra cost"), tr("Cash left")});
  for (const auto& day : survival.days) {
    page.sentence(day.open ? std::to_string(day.day) : tr("{day} (closed day)", {{"day", day.day}}));
    page.sentence(tr("{percent} %", {{"percent", mean_service(day)}}));
    page.sentence(spoken_money(day.lost_income_cents));
    page.sentence(spoken_money(day.extra_cost_cents));
    page.sentence(survival.cash_known ? spoken_money(day.cash_cents) : tr("not known"));
  }
  page.end_cells();
}

void build(StepPage& page) {
  const Survival survival = closed_premises(page);
  page.sentence(tr("Imagine that the premises are gone tomorrow."));
  for (const auto& answer : plan_answers(page.plan(), page.document().backups(), survival)) {
    page.choice(record_field(page.plan(), "organisation", Id{organisation_id}, answer.key), field_options("organisation", answer.key));
    page.status(status_of(answer.outlook), tr("The plan: {answer}", {{"answer", answer.word}}), answer.text);
  }
  put_incomes(page);
  for (const auto& unknown : survival.unknown) page.status(Status::unknown, tr("Not known"), unknown);
  for (const auto& guess : survival.guesses) page.status(Status::warning, tr("Guess"), guess);
  for (const auto& assumption : survival.assumed) page.status(Status::warning, tr("Assumed"), assumption);
  if (survival.days.empty()) return;
  page.section(tr("Two weeks without the premises"));
  page.put(new TwoWeekChart(&page, survival));
  put_days(page, survival);
}

}  // namespace

StepInfo two_week_step() {
  return {"two_weeks", tr("Two-week test"), tr("Would the business survive two weeks without its workplace?"), tr("“Phones: yes, they are hosted. Data: partly, the till's is only on the NAS.”"),
          tr("your feeling and the plan's numbers stand side by side; where they differ, one of them is wrong."), build,
          [](StepPage& page) {
            const Survival survival = closed_premises(page);
            std::string shape = std::to_string(survival.cash_end_cents);
            for (const auto& answer : plan_answers(page.plan(), page.document().backups(), survival)) shape += answer.word + answer.text;
            for (const auto* list : {&survival.unknown, &survival.guesses, &survival.assumed})
              for (const auto& sentence : *list) shape += sentence;
            for (const auto& activity : page.plan().activities) shape += activity.id.text + activity.name + table_of("activity")->info->field("income_per_day_cents")->text(&activity);
            return shape;
          }};
}

}  // namespace mainstay
