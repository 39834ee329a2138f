// SPDX-License-Identifier: MIT
#pragma once
#include <set>

#include "core/model/plan.h"

namespace mainstay {

/// Activities whose income is still the starter plan's guess: the amount is the starter plan's own. A nought counts as said once the owner has confirmed the activity's times.
std::set<Id> starter_incomes(const Plan& plan);
/// True where somebody who still works here holds the role or is its alternate.
bool is_held(const Plan& plan, const Role& role);

}  // namespace mainstay
