// SPDX-License-Identifier: MIT
#include "core/model/emergency_contact.h"

#include <algorithm>

#include "core/base/emergency_numbers.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

std::string_view region_of(const Plan& plan) { return region_choices[static_cast<std::size_t>(plan.organisation().region)].key; }

}  // namespace

Change with_emergency_number(const Plan& plan, Change change) {
  const Id id{emergency_contact_id};
  const bool asks = std::any_of(change.edits.begin(), change.edits.end(), [&](const Edit& edit) {
    return (edit.kind == "organisation" && edit.field == "region") || (edit.id == id && edit.field.empty() && edit.after == present);
  });
  if (!asks) return change;
  const Plan next = applied(plan, change);
  const auto* contact = find_in(next.contacts, id);
  if (!contact || contact->verified_on) return change;
  const auto *before = emergency_number(region_of(plan)), *now = emergency_number(region_of(next));
  const bool is_ours = before && contact->phone == before->phone && contact->second_phone == before->second_phone;
  if (!is_ours && !(contact->phone.empty() && contact->second_phone.empty())) return change;
  const auto number = now ? *now : EmergencyNumber{};
  const auto follows = set_fields(next, find_record(next, id), {{"phone", number.phone}, {"second_phone", number.second_phone}});
  append(change, follows);
  return change;
}

}  // namespace mainstay
