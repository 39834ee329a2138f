// SPDX-License-Identifier: MIT
#include "core/change_guards.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {

bool is_log_only(const Change& change) {
  return std::all_of(change.edits.begin(), change.edits.end(), [](const Edit& e) { return e.kind == "log_entry" || e.kind == "incident"; });
}

void refuse_log_changes(const Change& change) {
  std::unordered_set<std::string> fresh, moving;
  for (const auto& edit : change.edits)
    if (edit.field.empty()) moving.insert(edit.id.text);
  for (const auto& edit : change.edits) {
    const auto* table = table_of(edit.kind);
    if (!table || !table->info->append_only) continue;
    const auto* field = table->info->field(edit.field);
    const bool follows = field && field->type == FieldType::id && (edit.after.empty() ? moving.contains(edit.before) : edit.before.empty() && moving.contains(edit.after));
    if (edit.field.empty() && edit.after == present) fresh.insert(edit.id.text);
    else if (!fresh.contains(edit.id.text) && !follows) throw Error(ErrorCode::refused, tr("Entries of an incident's log are kept as they are written."));
  }
}

void refuse_secrets(const Change& change) {
  for (const auto& edit : change.edits)
    if (has_password_in_address(edit.after))
      throw Error(ErrorCode::refused, tr("{field} of {kind} {id} holds an address with a user and password inside. Take them out: a plan never keeps a password; a probe names its account and its secret.",
                                         {{"field", edit.field}, {"kind", edit.kind}, {"id", edit.id.text}}));
}

Change with_references_cleared(const Plan& plan, const Change& change) {
  std::unordered_set<std::string> gone;
  for (const auto& edit : change.edits)
    if (edit.field.empty() && edit.after.empty()) gone.insert(edit.id.text);
  if (gone.empty()) return change;
  std::unordered_set<std::string> handled;
  for (const auto& edit : change.edits)
    if (!edit.field.empty()) handled.insert(edit.id.text + "\n" + edit.field);
  Change result{change.note, {}, change.cause};
  std::vector<RecordRef> tasks;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(plan); ++i) {
      const RecordRef user{&table, table.at(plan, i), table.id_at(plan, i)};
      if (gone.contains(user.id.text)) continue;
      for (const auto& field : table.info->fields) {
        if (field.type != FieldType::id || !gone.contains(field.value<Id>(user.record).text)) continue;
        if (handled.contains(user.id.text + "\n" + std::string(field.key))) continue;
        if (table.info->kind == "task") { tasks.push_back(user); break; }
        if (field.required) throw Error(ErrorCode::refused, tr("This cannot be undone: {kind} “{user}”, made later, needs “{target}”.",
                                                               {{"kind", user.kind()}, {"user", title_of(plan, user)}, {"target", title_of(plan, field.value<Id>(user.record))}}));
        result.edits.push_back({std::string(user.kind()), user.id, std::string(field.key), field.text(user.record), ""});
      }
    }
  append(result, remove_records(plan, tasks));
  append(result, change);
  return result;
}

}  // namespace mainstay
