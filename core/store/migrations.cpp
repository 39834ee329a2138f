// SPDX-License-Identifier: MIT
#include "core/store/migrations.h"

#include <map>

#include "core/base/embedded.h"

namespace mainstay {
namespace {

/// The scripts by number, read from names such as `db/0001_initial.sql`.
std::map<int, std::string_view> scripts() {
  std::map<int, std::string_view> found;
  for (const auto& file : embedded_files())
    if (file.path.starts_with("db/")) found.emplace(std::stoi(std::string(file.path.substr(3, 4))), file.bytes);
  return found;
}

}  // namespace

int newest_version() { return scripts().rbegin()->first; }

void migrate(SQLite::Database& db) {
  const int now = db.execAndGet("pragma user_version").getInt();
  for (const auto& [number, sql] : scripts()) {
    if (number <= now) continue;
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    if (db.execAndGet("pragma user_version").getInt() >= number) continue;  // another process was first
    db.exec(std::string(sql));
    db.exec("pragma user_version = " + std::to_string(number));
    transaction.commit();
  }
}

}  // namespace mainstay
