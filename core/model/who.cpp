// SPDX-License-Identifier: MIT
#include "core/model/who.h"

#include <algorithm>
#include <cstdint>

#include "core/base/text.h"

namespace mainstay {
namespace {

/// What was typed; nothing where it is not known or known to be none.
std::string known(const std::string& text) {
  const auto words = trimmed(text);
  return words == none_text ? std::string() : std::string(words);
}

}  // namespace

std::string numbers_of(const Plan& plan, const Id& person) {
  const auto* found = find_in(plan.people, person);
  if (!found) return {};
  std::vector<std::string> numbers;
  for (const auto* number : {&found->phone, &found->second_channel})
    if (auto text = known(*number); !text.empty()) numbers.push_back(std::move(text));
  return join(numbers, " · ");
}

std::string reached(const Plan& plan, const Id& person) {
  const auto name = title_of(plan, person);
  if (name.empty()) return {};
  const auto numbers = numbers_of(plan, person);
  return numbers.empty() ? tr("{name} (no number recorded)", {{"name", name}}) : tr("{name}, {numbers}", {{"name", name}, {"numbers", numbers}});
}

std::string who_does(const Plan& plan, const Step& step) {
  const auto* role = find_in(plan.roles, step.role_id);
  if (!role) return {};
  const auto holder = title_of(plan, role->holder_id);
  return holder.empty() ? role->name : tr("{role} ({holder})", {{"role", role->name}, {"holder", holder}});
}

std::string contact_line(const Plan& plan, const Id& id) {
  const auto* contact = find_in(plan.contacts, id);
  if (!contact) return {};
  const auto phone = known(contact->phone);
  return phone.empty() ? contact->name : tr("{name} {phone}", {{"name", contact->name}, {"phone", phone}});
}

std::vector<const Step*> steps_of(const Plan& plan, const Id& procedure) {
  std::vector<const Step*> steps;
  for (const auto& step : plan.steps)
    if (step.procedure_id == procedure) steps.push_back(&step);
  std::stable_sort(steps.begin(), steps.end(), [](const Step* a, const Step* b) { return a->position.value_or(INT32_MAX) < b->position.value_or(INT32_MAX); });
  return steps;
}

}  // namespace mainstay
