// SPDX-License-Identifier: MIT
// Internal to store: turns a record kind's fields into SQL.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/model/change.h"
#include "core/model/plan.h"

namespace mainstay {

/// All records of one kind.
void load_records(SQLite::Database& db, const Table& table, Plan& plan);
/// Brings the rows of every record that the edits touch in line with `after`.
void write_records(SQLite::Database& db, const std::vector<Edit>& edits, const Plan& after);

}  // namespace mainstay
