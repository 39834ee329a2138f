// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/check/rule.h"
#include "core/model/plan.h"

namespace mainstay {

/// What must be known of a device before rules can ask more of it, where neither make nor model is: "kind", or "model" for what is known by its model; "" where it is described, and for other records.
std::string_view missing_description(const RecordRef& ref);
/// True where a rule cannot tell whether it concerns the device while kind, make or model is missing: what it would ask or say waits.
bool waits_for_description(const Rule& rule, const RecordRef& ref, const ConditionSubject& subject);
/// Kind, brand and model: a question about them goes before every other.
bool is_description(std::string_view field);
/// The question for a field that no rule asks in words of its own, as a whole sentence.
std::string field_question(const FieldInfo& field, const std::string& record);

class CheckContext;
/// Takes out what rules cannot say of a device before it is described, where another finding asks for the description; that one counts as much as the worst that waits for it.
void collapse_undescribed(std::vector<Finding>& found, const std::vector<const Rule*>& rules, const CheckContext& context);

}  // namespace mainstay
