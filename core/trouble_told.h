// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/timeline.h"

namespace mainstay {

/// The backups that are breached or failed now and that nobody was told of yet on this computer, by whichever program: a breach that comes with time alone, between two
/// readings, is among them. What was told is kept in the user's data folder, not in the plan. `plan` is its `plan_identity`.
std::vector<BackupStatus> untold_trouble(const std::string& plan, const std::vector<BackupStatus>& now);
/// Remembers that they were told, and forgets those that are well again, so that the next breach is told anew. Throws Error{io}.
void remember_told(const std::string& plan, const std::vector<BackupStatus>& told, const std::vector<BackupStatus>& now);

/// What a notice on the desktop says.
struct TroubleNotice {
  std::string title, text;
};
/// One notice for any number of backups, each with the sentence of its state; the first few by name. `from` names the plan of each.
TroubleNotice trouble_notice(const std::vector<BackupStatus>& fresh, const std::vector<std::string>& from = {});

}  // namespace mainstay
