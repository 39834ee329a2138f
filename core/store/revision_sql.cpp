// SPDX-License-Identifier: MIT
#include "core/store/revision_sql.h"

#include <fmt/format.h>

#include "core/base/codec.h"

namespace mainstay {
namespace {

constexpr const char* revision_columns = "select number, uuid, parent, time, author, note, cause, undoes, content_hash, whole_hash, chain from revision ";

Revision read_revision(SQLite::Statement& q) {
  Revision r;
  r.number = q.getColumn(0).getInt();
  r.uuid = q.getColumn(1).getString();
  r.parent = q.getColumn(2).getString();
  r.time = parse_instant(q.getColumn(3).getString()).value_or(Instant());
  r.author = q.getColumn(4).getString();
  r.note = q.getColumn(5).getString();
  r.cause = cause_from(q.getColumn(6).getString());
  r.undoes = q.getColumn(7).getString();
  r.content_hash = q.getColumn(8).getString();
  r.whole_hash = q.getColumn(9).getString();
  r.chain = q.getColumn(10).getString();
  return r;
}

}  // namespace

std::string chain_of(const std::string& previous, const Revision& r) {
  std::string text = previous;
  const auto add = [&](std::string_view part) { text += std::to_string(part.size()) + ":"; text += part; };
  for (const auto* part : {&r.uuid, &r.parent, &r.author, &r.note, &r.undoes, &r.content_hash, &r.whole_hash}) add(*part);
  add(to_text(r.time));
  add(cause_name(r.cause));
  for (const auto& e : r.edits)
    for (const auto* part : {&e.kind, &e.id.text, &e.field, &e.before, &e.after}) add(*part);
  return sha256_hex(text);
}

std::vector<Revision> read_revisions(SQLite::Database& db) {
  SQLite::Statement q(db, fmt::format("{} order by number", revision_columns));
  std::vector<Revision> all;
  while (q.executeStep()) all.push_back(read_revision(q));
  return all;
}

std::vector<Edit> read_edits(SQLite::Database& db, int revision) {
  SQLite::Statement q(db, "select kind, record_id, field, before, after from edit where revision = ? order by position");
  q.bind(1, revision);
  std::vector<Edit> edits;
  while (q.executeStep())
    edits.push_back({q.getColumn(0).getString(), Id{q.getColumn(1).getString()}, q.getColumn(2).getString(), q.getColumn(3).getString(), q.getColumn(4).getString()});
  return edits;
}

Revision read_head(SQLite::Database& db) {
  SQLite::Statement q(db, fmt::format("{} order by number desc limit 1", revision_columns));
  Revision head;
  if (q.executeStep()) head = read_revision(q);
  return head;
}

void write_revision(SQLite::Database& db, const Revision& r) {
  SQLite::Statement row(db, "insert into revision (number, uuid, parent, time, author, note, cause, undoes, content_hash, whole_hash, chain) values (?,?,?,?,?,?,?,?,?,?,?)");
  row.bind(1, r.number);
  int i = 2;
  for (const auto& text : {r.uuid, r.parent, to_text(r.time), r.author, r.note, std::string(cause_name(r.cause)), r.undoes, r.content_hash, r.whole_hash, r.chain}) row.bind(i++, text);
  row.exec();
  SQLite::Statement edit(db, "insert into edit (revision, position, kind, record_id, field, before, after) values (?,?,?,?,?,?,?)");
  int position = 0;
  for (const auto& e : r.edits) {
    edit.reset();
    edit.bind(1, r.number);
    edit.bind(2, ++position);
    int at = 3;
    for (const auto* text : {&e.kind, &e.id.text, &e.field, &e.before, &e.after}) edit.bind(at++, *text);
    edit.exec();
  }
}

}  // namespace mainstay
