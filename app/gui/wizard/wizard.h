// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>

#include "core/model/plan.h"

namespace mainstay {

/// Where the wizard was left before its last page.
struct WizardPlace {
  std::size_t number = 0, all = 0;  ///< counted from 1
  std::string title;
};
/// Nothing where the wizard was never begun, or has reached its last page.
std::optional<WizardPlace> wizard_place(const Plan& plan);

}  // namespace mainstay
