// SPDX-License-Identifier: MIT
#include "core/analysis/starter_guesses.h"

#include <map>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

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
    const bool same = written != starter.end() && written->second == std::to_string(income.count);
    if (a.times_basis == Basis::template_value ? written == starter.end() || same : same && income.count != 0) guessed.insert(a.id);
  }
  return guessed;
}

bool is_held(const Plan& plan, const Role& role) {
  const auto here = [&](const Id& id) {
    const auto* person = find_in(plan.people, id);
    return person && !person->left_on;
  };
  return here(role.holder_id) || here(role.alternate_id);
}

}  // namespace mainstay
