// SPDX-License-Identifier: MIT
// Internal to store: turns a record kind's fields into SQL.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/model/plan.h"

namespace mainstay {

/// All records of one kind.
void load_records(SQLite::Database& db, const Table& table, Plan& plan);
/// Inserts the record or updates every column of it.
void store_record(SQLite::Database& db, const Table& table, const Id& id, const void* record);
void delete_record(SQLite::Database& db, const Table& table, const Id& id);

}  // namespace mainstay
