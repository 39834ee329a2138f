// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/model/timeline.h"

namespace mainstay {

/// What a notice on the desktop says.
struct TroubleNotice {
  std::string title, text;
};
/// One notice for any number of backups, each with the sentence of its state; the first few by name. `from` names the plan of each.
TroubleNotice trouble_notice(const std::vector<BackupStatus>& fresh, const std::vector<std::string>& from = {});

/// The backups of one plan as they stand.
struct PlanTrouble {
  std::string plan;                    ///< its `plan_identity`
  std::string name;                    ///< said before each sentence; empty where there is one plan only
  std::vector<BackupStatus> now;       ///< all of them
  std::vector<BackupStatus> to_tell;   ///< those of them that may be told; the well ones among them are passed over
};
/// Shows one notice for the backups that are breached or failed and that nobody was told of yet on this computer, by whichever program: a breach that comes with time alone, between two
/// readings, is among them. Only what `show` says it has shown counts as told; those that are well again are forgotten, so that the next breach is told anew. What was told is kept in the
/// user's data folder, not in the plan. False where something could not be shown and waits to be told. Throws Error{io}.
bool tell_trouble(const std::vector<PlanTrouble>& plans, const std::function<bool(const TroubleNotice&)>& show);

}  // namespace mainstay
