// SPDX-License-Identifier: MIT
#pragma once
#include <set>

#include "core/model/change.h"
#include "core/model/plan.h"

namespace mainstay {

/// Activities whose income is still the starter plan's guess: the amount is the starter plan's own, and nobody said that it is right. A nought counts as said once the owner has
/// confirmed the activity's times.
std::set<Id> starter_incomes(const Plan& plan);
/// A change of an activity's income that somebody typed, with the word that it is right where it equals the starter plan's guess: also a change of nothing becomes one then.
Change with_income_confirmed(const Plan& plan, Change change, const Id& activity, const std::string& by, Date today);
/// True where somebody who still works here holds the role or is its alternate.
bool is_held(const Plan& plan, const Role& role);

}  // namespace mainstay
