// SPDX-License-Identifier: MIT
#include "core/store/record_sql.h"

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

void store_entity(SQLite::Database& db, const Table& table, const Id& id) {
  SQLite::Statement entity(db, "insert into entity (id, kind) values (?, ?) on conflict (id) do nothing");
  entity.bind(1, id.text);
  entity.bind(2, std::string(table.info->kind));
  entity.exec();
}

void store_record(SQLite::Database& db, const Table& table, const Id& id, const void* record) {
  std::string marks = "?", updates;
  for (const auto& field : table.info->fields) {
    marks += ", ?";
    updates += (updates.empty() ? "" : ", ") + quoted(field.key) + " = excluded." + quoted(field.key);
  }
  SQLite::Statement statement(db, "insert into " + quoted(table.info->kind) + " (" + column_list(table) + ") values (" + marks +
                                      ") on conflict (id) do update set " + updates);
  statement.bind(1, id.text);
  int index = 2;
  for (const auto& field : table.info->fields) bind_field(statement, index++, field, record);
  statement.exec();
}

void delete_record(SQLite::Database& db, const Table& table, const Id& id) {
  SQLite::Statement record(db, "delete from " + quoted(table.info->kind) + " where id = ?");
  record.bind(1, id.text);
  record.exec();
}

void delete_entity(SQLite::Database& db, const Id& id) {
  SQLite::Statement entity(db, "delete from entity where id = ?");
  entity.bind(1, id.text);
  entity.exec();
}

}  // namespace mainstay
