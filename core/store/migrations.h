// SPDX-License-Identifier: MIT
// Internal to store.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

namespace mainstay {

/// "Mnst" in ASCII: marks a SQLite file as a Mainstay plan.
inline constexpr int plan_application_id = 0x4D6E7374;
/// Number of the newest script in `db/`.
int newest_version();
/// Runs the scripts above the file's `user_version` in order, each in a transaction of its own that also sets it.
void migrate(SQLite::Database& db);

}  // namespace mainstay
