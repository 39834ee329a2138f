// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/wizard/wizard_step.h"

namespace mainstay {

StepInfo business_step();
StepInfo places_step();
StepInfo people_step();
StepInfo activities_step();
StepInfo needs_step();
StepInfo backups_step();
StepInfo devices_step();
StepInfo threats_step();
StepInfo solutions_step();
StepInfo two_week_step();
StepInfo result_step();

/// What the plan can say by now, and what nobody has told it yet; whole sentences.
struct PlanSummary {
  std::vector<std::string> says, unknown;
};
PlanSummary summarise(Document& document);

}  // namespace mainstay
