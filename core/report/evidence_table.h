// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/backup_history.h"
#include "core/report/section.h"

namespace mainstay {

/// The evidence as one flat table for a spreadsheet: in `record`, `period` for a row with each backup's sums and `day` for each of its days. Times are UTC, figures bare, and what is not known
/// is empty; the columns are named as the fields of records are.
TableBlock evidence_table(const Section& s, const Period& period, const std::vector<BackupHistory>& histories);

}  // namespace mainstay
