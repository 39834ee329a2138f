// SPDX-License-Identifier: MIT
// Internal to store: turns a record kind's fields into SQL.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/model/plan.h"

namespace mainstay {

/// All records of one kind.
void load_records(SQLite::Database& db, const Table& table, Plan& plan);
/// Makes the id known, so that records may refer to it; an id that is known stays as it is.
void store_entity(SQLite::Database& db, const Table& table, const Id& id);
/// Inserts the record or updates every column of it. Its id must be known by the end of the transaction.
void store_record(SQLite::Database& db, const Table& table, const Id& id, const void* record);
/// Takes the record's row away; its id stays known until delete_entity.
void delete_record(SQLite::Database& db, const Table& table, const Id& id);
void delete_entity(SQLite::Database& db, const Id& id);

}  // namespace mainstay
