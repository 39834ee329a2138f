// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "app/gui/session.h"
#include "app/gui/wizard/two_week_chart.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr int test_days = 14;
constexpr std::size_t most_incomes = 30;

Survival closed_premises(StepPage& page) {
  Loss loss;
  loss.days = test_days;
  for (const auto& site : page.plan().sites)
    if (site.kind == Site::Kind::main || site.kind == Site::Kind::branch) loss.ids.push_back(site.id);
  return survive(page.plan(), page.document().graph(), loss, page.document().today());
}

struct PlanAnswer { Status status = Status::unknown; std::string word, text; };

PlanAnswer graded(long long good, long long all, long long unknown, const std::string& text) {
  if (all == 0 || unknown == all) return {Status::unknown, tr("Not known"), text};
  if (good == all) return {Status::good, tr("Yes"), text};
  return good > 0 ? PlanAnswer{Status::warning, tr("Partly"), text} : PlanAnswer{Status::bad, tr("No"), text};
}

PlanAnswer data_answer(StepPage& page) {
  const Plan& plan = page.plan();
  long long all = 0, away = 0, measured = 0;
  const auto statuses = page.document().backups();
  for (const auto& data : plan.resources) {
    if (data.kind != Resource::Kind::data) continue;
    ++all;
    bool copy = data.works_off_site == Answer::yes, seen = false;
    for (const auto& backup : plan.backups) {
      const bool elsewhere = backup.place == Backup::Place::off_site || backup.place == Backup::Place::cloud;
      if (!elsewhere || !has_link(plan, backup.id, data.id, Link::Kind::protects)) continue;
      copy = true;
      for (const auto& status : statuses) seen = seen || (status.backup_id == backup.id && status.state == BackupState::ok);
    }
    away += copy;
    measured += seen;
  }
  if (all == 0) return {Status::unknown, tr("Not known"), tr("The plan lists no data yet.")};
  return graded(away, all, 0, measured ? tr("{away} of {all} kinds of data can be reached, or have a copy, away from the premises; for {measured} a fresh copy has been measured.",
                                           {{"away", away}, {"all", all}, {"measured", measured}})
                                      : tr("{away} of {all} kinds of data can be reached, or have a copy, away from the premises; no copy has been measured as fresh.", {{"away", away}, {"all", all}}));
}

PlanAnswer phone_answer(const Plan& plan) {
  long long all = 0, good = 0, open = 0;
  for (const auto& phone : plan.resources) {
    if (phone.kind != Resource::Kind::telephony) continue;
    ++all;
    good += phone.works_off_site == Answer::yes;
    open += phone.works_off_site == Answer::unknown;
  }
  if (all == 0) return {Status::unknown, tr("Not known"), tr("The plan lists no telephone line yet.")};
  return graded(good, all, open, open ? tr("{good} of {all} lines work from elsewhere; for {open} nobody has said.", {{"good", good}, {"all", all}, {"open", open}}) : tr("{good} of {all} lines work from elsewhere.", {{"good", good}, {"all", all}}));
}

PlanAnswer delivery_answer(const Survival& survival) {
  if (survival.days.empty() || survival.activities.empty()) return {Status::unknown, tr("Not known"), tr("The plan lists no activity yet.")};
  const auto& last = survival.days.back().activities;
  const auto running = std::count_if(last.begin(), last.end(), [](const ActivityDay& day) { return day.service_percent > 0; });
  return graded(running, static_cast<long long>(last.size()), 0, tr("After two weeks {running} of {all} activities run, some of them at a lower level.", {{"running", running}, {"all", last.size()}}));
}

PlanAnswer procedure_answer(const Plan& plan) {
  long long written = 0, copies = 0;
  for (const auto& procedure : plan.procedures)
    written += std::any_of(plan.steps.begin(), plan.steps.end(), [&](const auto& step) { return step.procedure_id == procedure.id; });
  for (const auto& copy : plan.plan_copies) copies += !copy.withdrawn_on;
  const std::string text = tr("{written} procedures are written down; {copies} copies of the plan are with people.", {{"written", written}, {"copies", copies}});
  if (written == 0) return {Status::bad, tr("No"), text};
  return copies > 0 ? PlanAnswer{Status::good, tr("Yes"), text} : PlanAnswer{Status::warning, tr("Partly"), text};
}

void ask(StepPage& page, const std::string& key, const PlanAnswer& answer) {
  page.choice(record_field(page.plan(), "organisation", Id{organisation_id}, key), field_options("organisation", key));
  page.status(answer.status, tr("The plan: {answer}", {{"answer", answer.word}}), answer.text);
}

/// The starter plan that this plan grew from; empty where there was none.
Plan starter_of(const Plan& plan) {
  const auto& id = plan.organisation().template_id;
  for (const auto& info : starter_plans())
    if (info.id == id) return starter_plan(id);
  return {};
}

/// What each activity earns, to be put right here: the starter plan only guessed it for a business like this one.
void put_incomes(StepPage& page) {
  const Plan& plan = page.plan();
  if (plan.activities.empty()) return;
  const Plan starter = starter_of(plan);
  page.section(tr("What each activity earns on an open day"));
  page.sentence(tr("The test below rests on these figures. “0” where an activity earns nothing by itself."), true);
  page.begin_cells(2);
  std::size_t number = 0;
  for (const auto& activity : plan.activities) {
    if (++number > most_incomes) break;
    StepField field = record_field(plan, "activity", activity.id, "income_per_day_cents", activity.name);
    const auto* guess = find_in(starter.activities, activity.id);
    const bool guessed = guess && activity.income_per_day_cents && activity.income_per_day_cents == guess->income_per_day_cents;
    field.label = guessed ? tr("{activity} ({mark} from the starter plan – check)", {{"activity", activity.name}, {"mark", status_mark(Status::warning)}}) : activity.name;
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
  ask(page, "reach_data", data_answer(page));
  ask(page, "answer_phones", phone_answer(page.plan()));
  ask(page, "deliver_work", delivery_answer(survival));
  ask(page, "find_procedures", procedure_answer(page.plan()));
  const Status verdict = !survival.decided ? Status::unknown : survival.survives ? Status::good : Status::bad;
  ask(page, "survive_two_weeks", {verdict, !survival.decided ? tr("Not known") : survival.survives ? tr("Yes") : tr("No"), survival.verdict});
  put_incomes(page);
  for (const auto& unknown : survival.unknown) page.status(Status::unknown, tr("Left out"), unknown);
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
            std::string shape = survival.verdict + std::to_string(survival.cash_end_cents) + data_answer(page).text + phone_answer(page.plan()).text +
                                delivery_answer(survival).text + procedure_answer(page.plan()).text;
            for (const auto& unknown : survival.unknown) shape += unknown;
            for (const auto& activity : page.plan().activities) shape += activity.id.text + activity.name + table_of("activity")->info->field("income_per_day_cents")->text(&activity);
            return shape;
          }};
}

}  // namespace mainstay
