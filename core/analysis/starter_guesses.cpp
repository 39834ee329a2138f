// SPDX-License-Identifier: MIT
#include "core/analysis/starter_guesses.h"

#include <algorithm>
#include <map>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

/// The attribute of an activity that holds the income which somebody has said to be right.
constexpr const char* confirmed_income = "income_confirmed_cents";

std::string sum_of(const Activity& activity) { return std::to_string(activity.income_per_day_cents.count); }

bool is_confirmed(const Plan& plan, const Activity& activity) {
  return std::any_of(plan.attributes.begin(), plan.attributes.end(), [&](const Attribute& a) { return a.subject_id == activity.id && a.name == confirmed_income && a.value == sum_of(activity); });
}

/// Incomes by activity as the starter plan guessed them (the sample client's own figures are no guesses); empty where there is no such starter plan, or it cannot be read.
std::map<std::string, std::string> incomes_of(const std::string& starter) {
  std::map<std::string, std::string> incomes;
  if (starter.empty() || starter.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) return incomes;
  const auto bytes = template_text("plans/" + starter + ".xml");
  if (!bytes) return incomes;
  try {
    const auto document = parse_xml(*bytes, starter);
    for (const auto& node : document.document_element().children())
      if (local_name(node) == "activity" && std::string_view(node.attribute("times_basis").value()) == "template_value")
        incomes.emplace(node.attribute("id").value(), node.attribute("income_per_day_cents").value());
  } catch (const Error&) {
    // A starter plan of somebody's own that is broken says so where plans are made.
  }
  return incomes;
}

}  // namespace

std::set<Id> starter_incomes(const Plan& plan) {
  std::set<Id> guessed;
  const auto starter = incomes_of(plan.organisation().template_id);
  for (const auto& a : plan.activities) {
    const auto& income = a.income_per_day_cents;
    if (!income) continue;
    const auto written = starter.find(a.id.text);
    const bool same = written != starter.end() && written->second == sum_of(a);
    if (a.times_basis == Basis::template_value ? written == starter.end() || same : same && income.count != 0)
      if (!is_confirmed(plan, a)) guessed.insert(a.id);
  }
  return guessed;
}

Change with_income_confirmed(const Plan& before, Change change, const Id& id, const std::string& by, Date today) {
  const auto plan = applied(before, change);
  const auto* activity = find_in(plan.activities, id);
  if (!activity || !starter_incomes(plan).contains(id)) return change;
  const std::vector<std::pair<std::string, std::string>> said{{"value", sum_of(*activity)}, {"seen_on", to_text(today)}, {"seen_by", by}};
  const auto known = std::find_if(plan.attributes.begin(), plan.attributes.end(), [&](const Attribute& a) { return a.subject_id == id && a.name == confirmed_income; });
  Change confirmed;
  if (known != plan.attributes.end()) confirmed = set_fields(plan, {table_of("attribute"), &*known, known->id}, said);
  else {
    auto values = said;
    values.insert(values.begin(), {{"subject_id", id.text}, {"name", confirmed_income}});
    confirmed = add_record("attribute", new_id("attribute"), values);
  }
  if (change.empty()) change.note = tr("Confirm the income of “{activity}”", {{"activity", activity->name}});
  append(change, confirmed);
  return change;
}

bool is_held(const Plan& plan, const Role& role) {
  const auto here = [&](const Id& id) {
    const auto* person = find_in(plan.people, id);
    return person && !person->left_on;
  };
  return here(role.holder_id) || here(role.alternate_id);
}

}  // namespace mainstay
