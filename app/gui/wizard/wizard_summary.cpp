// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>
#include <map>

#include "core/analysis/survive.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

template <class T, class F>
long long count_of(const std::vector<T>& records, F test) {
  return std::count_if(records.begin(), records.end(), test);
}

void say_premises(Document& document, PlanSummary& summary) {
  const Plan& plan = document.plan();
  const Loss loss = premises_loss(plan, 14);
  if (loss.ids.empty()) {
    summary.unknown.push_back(tr("Where the business works: no main site yet."));
    return;
  }
  if (plan.activities.empty()) return;
  const Survival survival = survive(plan, document.graph(), loss, document.today());
  if (!survival.days.empty()) {
    const auto& first = survival.days.front().activities;
    const auto stopped = std::count_if(first.begin(), first.end(), [](const ActivityDay& day) { return day.service_percent == 0; });
    summary.says.push_back(tr_count(stopped, "1 activity stops within a day if the premises are closed.", "{count} activities stop within a day if the premises are closed."));
  }
  if (!survival.first_breach_activity.empty())
    summary.says.push_back(tr("Closed premises first become intolerable for “{activity}”, after {time}.",
                              {{"activity", title_of(plan, survival.first_breach_activity)}, {"time", spoken_minutes(survival.first_breach_minutes)}}));
  if (!survival.cash_known) summary.unknown.push_back(tr("How long the cash would last: cash at hand and fixed cost decide it."));
  else if (survival.cash_ends_day > 0) summary.says.push_back(tr("With the premises closed the cash ends on day {day}.", {{"day", survival.cash_ends_day}}));
  else if (!survival.guesses.empty())
    summary.says.push_back(tr("With the premises closed the cash lasts for two weeks if the starter plan's guesses hold, with {cash} left.", {{"cash", spoken_money(survival.cash_end_cents)}}));
  else summary.says.push_back(tr("With the premises closed the cash lasts for two weeks, with {cash} left.", {{"cash", spoken_money(survival.cash_end_cents)}}));
}

void say_people(const Plan& plan, PlanSummary& summary) {
  const auto paired = count_of(plan.roles, [](const Role& role) { return !role.holder_id.empty() && !role.alternate_id.empty(); });
  if (!plan.roles.empty())
    summary.says.push_back(tr("{done} of {all} roles have somebody and an alternate.", {{"done", paired}, {"all", plan.roles.size()}}));
  if (plan.people.empty()) summary.unknown.push_back(tr("Who works here: nobody is listed yet."));
  if (const auto open = count_of(plan.roles, [](const Role& role) { return role.holder_id.empty(); }))
    summary.unknown.push_back(tr_count(open, "Who holds 1 role.", "Who holds {count} roles."));
  if (const auto open = count_of(plan.roles, [](const Role& role) { return !role.holder_id.empty() && role.alternate_id.empty(); }))
    summary.unknown.push_back(tr_count(open, "Who steps in for 1 role.", "Who steps in for {count} roles."));
  if (const auto open = count_of(plan.people, [](const Person& person) { return !person.left_on && person.phone.empty(); }))
    summary.unknown.push_back(tr_count(open, "The mobile number of 1 person.", "The mobile numbers of {count} people."));
  if (const auto open = count_of(plan.people, [](const Person& person) { return !person.left_on && person.second_channel.empty(); }))
    summary.unknown.push_back(tr_count(open, "A second channel to 1 person.", "A second channel to {count} people."));
}

/// Kinds of resource of which it is not said whether the activity needs one: nothing is tied to it, and nobody said that it needs none.
std::size_t kinds_open(const Plan& plan, const Activity& activity) {
  std::map<Resource::Kind, bool> tied;
  for (const auto& resource : plan.resources) tied[resource.kind] = tied[resource.kind] || has_link(plan, activity.id, resource.id, Link::Kind::needs);
  const auto kinds = field_options("resource", "kind");
  std::size_t open = 0;
  for (const auto& [kind, is_tied] : tied) {
    const auto& key = kinds[static_cast<std::size_t>(kind)].first;
    const auto none = split(activity.not_needed, ',');
    const bool said = std::any_of(none.begin(), none.end(), [&](const std::string& part) { return trimmed(part) == (key.empty() ? "other" : key); });
    open += !is_tied && !said;
  }
  return open;
}

void say_activities(const Plan& plan, PlanSummary& summary) {
  if (plan.activities.empty()) {
    summary.unknown.push_back(tr("What must keep going: no activity yet."));
    return;
  }
  const auto soon = count_of(plan.activities, [](const Activity& a) { return a.mtpd_minutes && a.mtpd_minutes.count <= minutes_per_day; });
  if (soon > 0) summary.says.push_back(tr_count(soon, "1 activity must not stop for longer than a day.", "{count} activities must not stop for longer than a day."));
  if (const auto open = count_of(plan.activities, [](const Activity& a) { return a.mtpd_minutes.is_unknown(); }))
    summary.unknown.push_back(tr_count(open, "How soon a stop hurts, for 1 activity.", "How soon a stop hurts, for {count} activities."));
  if (const auto open = count_of(plan.activities, [](const Activity& a) { return a.rpo_minutes.is_unknown(); }))
    summary.unknown.push_back(tr_count(open, "How much data work could be lost, for 1 activity.", "How much data work could be lost, for {count} activities."));
  const auto open_kinds = count_of(plan.activities, [&](const Activity& a) { return kinds_open(plan, a) > 0; });
  if (open_kinds > 0) summary.unknown.push_back(tr_count(open_kinds, "Whether 1 activity needs some kinds of thing.", "Whether {count} activities need some kinds of thing."));
  if (const auto open = count_of(plan.activities, [](const Activity& a) { return a.times_basis == Basis::template_value; }))
    summary.unknown.push_back(tr_count(open, "Whether the starter plan's times are right, for 1 activity.", "Whether the starter plan's times are right, for {count} activities."));
}

void say_backups(Document& document, PlanSummary& summary) {
  const auto statuses = document.backups();
  if (statuses.empty()) {
    summary.unknown.push_back(tr("Which data has a copy: no backup yet."));
    return;
  }
  long long measured = 0, inside = 0, at_risk = 0;
  for (const auto& status : statuses) {
    measured += status.age_minutes >= 0;
    at_risk += status.state == BackupState::at_risk;
    inside += status.state == BackupState::ok || status.state == BackupState::at_risk;  // at risk is still inside the RPO
  }
  summary.says.push_back(tr("Backups: {all}, measured: {measured}, fresh enough: {inside}.", {{"measured", measured}, {"all", statuses.size()}, {"inside", inside}}));
  if (at_risk > 0) summary.says.push_back(tr_count(at_risk, "1 of these backups is at risk of not staying so.", "{count} of these backups are at risk of not staying so."));
  if (const auto open = static_cast<long long>(statuses.size()) - measured) summary.unknown.push_back(tr_count(open, "The real age of 1 backup.", "The real age of {count} backups."));
}

}  // namespace

PlanSummary summarise(Document& document) {
  PlanSummary summary;
  const Plan& plan = document.plan();
  say_premises(document, summary);
  say_activities(plan, summary);
  say_people(plan, summary);
  say_backups(document, summary);
  const auto singles = plan.activities.empty() ? std::vector<SinglePoint>{} : single_points(plan, document.graph());
  if (!singles.empty())
    summary.says.push_back(tr("{count} things stop an activity for too long when they alone are lost; one of them is “{name}”.", {{"count", singles.size()}, {"name", title_of(plan, singles.front().id)}}));
  const auto questions = inventory_questions(plan, document.now());
  const auto open = std::count_if(questions.begin(), questions.end(), [](const InventoryQuestion& question) { return question.value.empty(); });
  if (open > 0) summary.unknown.push_back(tr_count(open, "1 question about a device.", "{count} questions about devices."));
  return summary;
}

}  // namespace mainstay
