// SPDX-License-Identifier: MIT
#pragma once
#include "core/analysis/survive.h"
#include "core/model/timeline.h"

namespace mainstay {

/// What the plan itself answers to a question about the day on which the premises are gone.
struct PlanAnswer {
  std::string key;                     ///< the field in which the business keeps its own answer
  Outlook outlook = Outlook::unknown;  ///< yes_if also stands for “partly”
  std::string word, text;              ///< a few words, and a sentence that says why
};
/// Data, phones, delivery, procedures and the two weeks, in the order in which they are asked. `premises` is the test of losing every place of work.
std::vector<PlanAnswer> plan_answers(const Plan& plan, const std::vector<BackupStatus>& backups, const Survival& premises);

}  // namespace mainstay
