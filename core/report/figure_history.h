// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/backup_history.h"
#include "core/model/plan.h"
#include "core/report/block.h"

namespace mainstay {

/// The saw-tooth of a backup's age against its RPO, each thing named where it is drawn, gaps tinted, and below it one cell a day. Width and height are in points at
/// which the letters are 7 points high: the desktop gives as many as its own letters leave room for.
Figure age_figure(const Plan& plan, const BackupHistory& history, double width = 486, double height = 196);
/// The same in small, without words: for a list.
Figure age_sparkline(const Plan& plan, const BackupHistory& history, double width, double height);

/// A row of cells a day for each backup, with its share inside the limit at the end. Histories of one period.
Figure days_figure(const Plan& plan, const std::vector<BackupHistory>& histories, double width = 486);

/// What the figure shows, in whole sentences.
std::string history_words(const Plan& plan, const BackupHistory& history);
/// "96 %", "99.8 %": a share in tenths of a percent, as it was rounded.
std::string spoken_share(int permille);

}  // namespace mainstay
