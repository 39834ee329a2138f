// SPDX-License-Identifier: MIT
// Internal to store: revisions and their edits as rows.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/model/revision.h"

namespace mainstay {

/// The hash that ties a revision to all before it: whoever alters one breaks every later one.
std::string chain_of(const std::string& previous, const Revision& r);
/// All revisions, the oldest first, without edits.
std::vector<Revision> read_revisions(SQLite::Database& db);
/// The newest revision, without edits; an empty one where there is none.
Revision read_head(SQLite::Database& db);
std::vector<Edit> read_edits(SQLite::Database& db, int revision);
void write_revision(SQLite::Database& db, const Revision& r);

}  // namespace mainstay
