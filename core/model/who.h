// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/plan.h"

namespace mainstay {

/// A person's numbers, mobile first: "+61 491 570 156 · +61 7 5550 0141"; empty where none is known.
std::string numbers_of(const Plan& plan, const Id& person);
/// "Mia Chen, +61 491 570 156", or that no number is recorded; empty where nobody is named.
std::string reached(const Plan& plan, const Id& person);
/// "Safety lead (Tom Wu)"; empty where the step names no role.
std::string who_does(const Plan& plan, const Step& step);
/// "Water supplier 13 20 90", or the name alone where the number is not known; empty where there is no such contact.
std::string contact_line(const Plan& plan, const Id& contact);
/// The steps of a procedure in their order.
std::vector<const Step*> steps_of(const Plan& plan, const Id& procedure);

}  // namespace mainstay
