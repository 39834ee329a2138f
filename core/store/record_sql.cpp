// SPDX-License-Identifier: MIT
#include "core/store/record_sql.h"

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "core/base/text.h"

namespace mainstay {
namespace {

std::string quoted(std::string_view key) { return "\"" + std::string(key) + "\""; }

std::string column_list(const Table& table) {
  std::string columns = "id";
  for (const auto& field : table.info->fields) columns += ", " + quoted(field.key);
  return columns;
}

bool is_figure(FieldType type) {
  return type == FieldType::number || type == FieldType::minutes || type == FieldType::money || type == FieldType::percent;
}

void bind_field(SQLite::Statement& statement, int index, const FieldInfo& field, const void* record) {
  const auto text = field.text(record);
  if (is_figure(field.type)) {
    if (text.empty()) statement.bind(index);
    else if (text == none_text) statement.bind(index, text);
    else statement.bind(index, static_cast<std::int64_t>(std::stoll(text)));
  } else if (field.type == FieldType::id && text.empty()) {
    statement.bind(index);
  } else {
    statement.bind(index, text);
  }
}

}  // namespace

void load_records(SQLite::Database& db, const Table& table, Plan& plan) {
  // In the order in which they were added, so that undoing a removal aside, lists keep their order between sessions.
  SQLite::Statement query(db, "select " + column_list(table) + " from " + quoted(table.info->kind) + " order by rowid");
  while (query.executeStep()) {
    void* record = table.append(plan, Id{query.getColumn(0).getString()});
    int column = 1;
    for (const auto& field : table.info->fields) {
      const auto value = query.getColumn(column++);
      if (!value.isNull()) field.set_text(record, value.getString());
    }
  }
}

namespace {

/// Writes rows with statements that are made once a write: for an id that goes, SQLite compiles a look into every table.
class RecordWriter {
 public:
  explicit RecordWriter(SQLite::Database& db) : db_(db), known_(db, "insert into entity (id, kind) values (?, ?) on conflict (id) do nothing"), forgotten_(db, "delete from entity where id = ?") {}

  /// Makes the id known, so that records may refer to it; an id that is known stays as it is.
  void make_known(const Table& table, const Id& id) {
    known_.reset();
    known_.bind(1, id.text);
    known_.bind(2, std::string(table.info->kind));
    known_.exec();
  }
  /// Inserts the record or updates every column of it. Its id must be known by the end of the transaction.
  void store(const Table& table, const Id& id, const void* record) {
    auto& statement = prepared(stored_, table, stored_sql);
    statement.bind(1, id.text);
    int index = 2;
    for (const auto& field : table.info->fields) bind_field(statement, index++, field, record);
    statement.exec();
  }
  /// Takes the record's row away; its id stays known until it is forgotten.
  void take_away(const Table& table, const Id& id) {
    auto& statement = prepared(taken_, table, [](const Table& t) { return "delete from " + quoted(t.info->kind) + " where id = ?"; });
    statement.bind(1, id.text);
    statement.exec();
  }
  void forget(const Id& id) {
    forgotten_.reset();
    forgotten_.bind(1, id.text);
    forgotten_.exec();
  }

 private:
  using Statements = std::map<const Table*, std::unique_ptr<SQLite::Statement>>;

  static std::string stored_sql(const Table& table) {
    std::string marks = "?", updates;
    for (const auto& field : table.info->fields) {
      marks += ", ?";
      updates += (updates.empty() ? "" : ", ") + quoted(field.key) + " = excluded." + quoted(field.key);
    }
    return "insert into " + quoted(table.info->kind) + " (" + column_list(table) + ") values (" + marks + ") on conflict (id) do update set " + updates;
  }
  SQLite::Statement& prepared(Statements& statements, const Table& table, std::string (*sql)(const Table&)) {
    auto& statement = statements[&table];
    if (statement) statement->reset();
    else statement = std::make_unique<SQLite::Statement>(db_, sql(table));
    return *statement;
  }

  SQLite::Database& db_;
  SQLite::Statement known_, forgotten_;
  Statements stored_, taken_;
};

}  // namespace

void write_records(SQLite::Database& db, const std::vector<Edit>& edits, const Plan& after) {
  std::set<std::pair<std::string, Id>> touched;
  for (const auto& edit : edits) touched.emplace(edit.kind, edit.id);
  std::map<std::string, std::unordered_map<std::string, std::size_t>> places;
  std::vector<Id> gone;
  RecordWriter writer(db);
  for (const auto& [kind, id] : touched) {
    const auto& table = *table_of(kind);
    auto [entry, fresh] = places.try_emplace(kind);
    if (fresh)
      for (std::size_t i = 0; i < table.size(after); ++i) entry->second.emplace(table.id_at(after, i).text, i);
    if (entry->second.contains(id.text)) continue;
    writer.take_away(table, id);
    gone.push_back(id);
  }
  for (const auto& id : gone) writer.forget(id);  // after the rows: for each id that goes, SQLite looks for rows that still refer to it
  // Stored in the plan's own order, so that rows read back in it. All ids go first: while a row refers to one that is still to come, SQLite searches every table for each id that comes.
  for (const bool ids : {true, false})
    for (const auto& [kind, index] : places) {
      const auto& table = *table_of(kind);
      for (std::size_t i = 0; i < table.size(after); ++i) {
        const auto& id = table.id_at(after, i);
        if (!touched.contains({kind, id})) continue;
        if (ids) writer.make_known(table, id);
        else writer.store(table, id, table.at(after, i));
      }
    }
}

}  // namespace mainstay
