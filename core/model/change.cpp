// SPDX-License-Identifier: MIT
#include "core/model/change.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::string_view cause_names[] = {"edit", "undo", "redo", "import", "merge", "restore", "machine"};

/// Finds records by id while a plan is being changed; built once, kept up to date. What is erased goes at the end, all at once: thousands of records that go one by one would each move all the others.
class Index {
 public:
  explicit Index(Plan& plan) : plan_(plan) {
    for (const auto& table : Plan::tables())
      for (std::size_t i = 0; i < table.size(plan); ++i) places_.emplace(table.id_at(plan, i).text, Place{&table, i});
  }
  void* find(const Table& table, const Id& id) {
    const auto place = places_.find(id.text);
    return place != places_.end() && place->second.table == &table ? table.mutable_at(plan_, place->second.index) : nullptr;
  }
  bool taken(const Id& id) const { return places_.contains(id.text); }
  void* append(const Table& table, const Id& id) {
    places_.emplace(id.text, Place{&table, table.size(plan_)});
    return table.append(plan_, id);
  }
  void erase(const Table& table, const Id& id) {
    const auto place = places_.find(id.text);
    auto& gone = gone_[&table];
    if (gone.size() <= place->second.index) gone.resize(table.size(plan_));
    gone[place->second.index] = true;
    places_.erase(place);
  }
  /// Takes out what was erased; no record is found after that.
  void finish() {
    for (const auto& [table, gone] : gone_) table->erase_marked(plan_, gone);
    places_.clear();
    gone_.clear();
  }

 private:
  struct Place {
    const Table* table;
    std::size_t index;
  };
  Plan& plan_;
  std::unordered_map<std::string, Place> places_;
  std::unordered_map<const Table*, std::vector<bool>> gone_;
};

const Table& table_for(const std::string& kind) {
  const auto* table = table_of(kind);
  if (!table) throw Error(ErrorCode::usage, tr("There is no kind of record “{kind}”.", {{"kind", shortened(clean_utf8(kind), 60)}}));
  return *table;
}

const FieldInfo& field_for(const Table& table, const std::string& key) {
  const auto* field = table.info->field(key);
  if (!field) throw Error(ErrorCode::usage, tr("There is no field “{key}” in {kind}.", {{"kind", table.info->kind}, {"key", shortened(clean_utf8(key), 60)}}));
  return *field;
}

[[noreturn]] void conflict(const Edit& edit, std::string_view now) {
  if (edit.field.empty()) {
    const Args args{{"kind", tr(table_for(edit.kind).info->label)}, {"id", edit.id.text}};
    throw Error(ErrorCode::conflict, now.empty() ? tr("{kind} “{id}” was removed in the meantime by somebody else. Nothing was changed; do it once more.", args)
                                                 : tr("{kind} “{id}” was added in the meantime by somebody else. Nothing was changed; do it once more.", args));
  }
  throw Error(ErrorCode::conflict,
              tr("{kind} “{id}”: somebody has changed “{field}” in the meantime; it is “{now}” by now, not “{before}”. Nothing was changed; look at it, and do it once more.",
                 {{"field", tr(field_for(table_for(edit.kind), edit.field).label)}, {"kind", tr(table_for(edit.kind).info->label)}, {"id", edit.id.text},
                  {"now", shortened(now, 60)}, {"before", shortened(edit.before, 60)}}));
}

void apply_edit(Index& index, const Edit& edit) {
  const auto& table = table_for(edit.kind);
  void* record = index.find(table, edit.id);
  if (edit.field.empty()) {
    if (edit.after == present) {
      if (record) conflict(edit, present);
      if (!is_valid_id(edit.id.text))
        throw Error(ErrorCode::bad_value, tr("“{id}” cannot be an id: it takes letters, digits, - _ and . only.", {{"id", shortened(clean_utf8(edit.id.text), 60)}}));
      if (index.taken(edit.id)) throw Error(ErrorCode::bad_value, tr("The id “{id}” is taken by a record of another kind.", {{"id", edit.id.text}}));
      index.append(table, edit.id);
    } else {
      if (!record) conflict(edit, "");
      index.erase(table, edit.id);
    }
    return;
  }
  if (!record) throw Error(ErrorCode::conflict, tr("There is no {kind} “{id}” any more.", {{"kind", edit.kind}, {"id", edit.id.text}}));
  const auto& field = field_for(table, edit.field);
  if (const auto now = field.text(record); now != edit.before) conflict(edit, now);
  field.set_text(record, edit.after);
}

/// Where each record of a plan is named: the records that do so, and in which field. One walk answers for any number of records.
class References {
 public:
  explicit References(const Plan& plan) {
    for (const auto& table : Plan::tables())
      for (const auto& field : table.info->fields) {
        if (field.type != FieldType::id) continue;
        for (std::size_t i = 0; i < table.size(plan); ++i)
          if (const auto& target = field.value<Id>(table.at(plan, i)); !target.empty()) users_[target.text].push_back({RecordRef{&table, table.at(plan, i), table.id_at(plan, i)}, &field});
      }
  }
  struct User {
    RecordRef record;
    const FieldInfo* field;
  };
  const std::vector<User>& to(const Id& target) const {
    static const std::vector<User> nobody;
    const auto found = users_.find(target.text);
    return found == users_.end() ? nobody : found->second;
  }

 private:
  std::unordered_map<std::string, std::vector<User>> users_;
};

Change removal_of(const RecordRef& ref) {
  Change change;
  for (const auto& field : ref.table->info->fields)
    if (auto text = field.text(ref.record); !text.empty()) change.edits.push_back({std::string(ref.kind()), ref.id, std::string(field.key), std::move(text), ""});
  std::reverse(change.edits.begin(), change.edits.end());
  change.edits.push_back({std::string(ref.kind()), ref.id, "", present, ""});
  return change;
}

/// Kinds that are parts of another record and go with it.
bool is_part(std::string_view kind, std::string_view field) {
  return kind == "link" || (kind == "step" && field == "procedure_id") || (kind == "impact" && field == "activity_id") || kind == "attribute" ||
         (kind == "probe" && field == "backup_id");
}

}  // namespace

std::string_view cause_name(Cause cause) { return cause_names[static_cast<std::size_t>(cause)]; }

Cause cause_from(std::string_view name) {
  for (std::size_t i = 0; i < std::size(cause_names); ++i)
    if (cause_names[i] == name) return static_cast<Cause>(i);
  return Cause::edit;
}

void apply_to(Plan& plan, const Change& change) {
  Index index(plan);
  for (const auto& edit : change.edits) apply_edit(index, edit);
  index.finish();
}

Plan applied(const Plan& plan, const Change& change) {
  Plan copy = plan;
  apply_to(copy, change);
  return copy;
}

Change inverse(const Change& change) {
  Change back{change.note, change.edits, change.cause};
  std::reverse(back.edits.begin(), back.edits.end());
  for (auto& edit : back.edits) std::swap(edit.before, edit.after);
  return back;
}

void append(Change& first, const Change& second) { first.edits.insert(first.edits.end(), second.edits.begin(), second.edits.end()); }

Change diff(const Plan& from, const Plan& to) {
  Change change;
  std::vector<Edit> removals, making_room;
  std::unordered_set<std::string_view> staying;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(to); ++i) staying.insert(table.id_at(to, i).text);
  for (const auto& table : Plan::tables()) {
    const std::string kind(table.info->kind);
    std::unordered_map<std::string_view, std::size_t> old;
    for (std::size_t i = 0; i < table.size(from); ++i) old.emplace(table.id_at(from, i).text, i);
    std::unordered_set<std::string_view> kept;
    for (std::size_t i = 0; i < table.size(to); ++i) {
      const auto& id = table.id_at(to, i);
      const void* now = table.at(to, i);
      const auto was = old.find(id.text);
      kept.insert(id.text);
      if (was == old.end()) change.edits.push_back({kind, id, "", "", present});
      for (const auto& field : table.info->fields) {
        auto before = was == old.end() ? std::string() : field.text(table.at(from, was->second));
        auto after = field.text(now);
        if (before != after) change.edits.push_back({kind, id, std::string(field.key), std::move(before), std::move(after)});
      }
    }
    for (std::size_t i = 0; i < table.size(from); ++i)
      if (!kept.contains(table.id_at(from, i).text)) {
        const auto gone = removal_of({&table, table.at(from, i), table.id_at(from, i)});
        // An id that comes back as another kind must be free before it does.
        auto& list = staying.contains(table.id_at(from, i).text) ? making_room : removals;
        list.insert(list.end(), gone.edits.begin(), gone.edits.end());
      }
  }
  change.edits.insert(change.edits.begin(), making_room.begin(), making_room.end());
  change.edits.insert(change.edits.end(), removals.begin(), removals.end());
  return change;
}

Change add_record(std::string_view kind, const Id& id, const std::vector<std::pair<std::string, std::string>>& values) {
  const auto& table = table_for(std::string(kind));
  Plan scratch;
  void* record = table.append(scratch, id);
  for (const auto& [key, text] : values) field_for(table, key).enter(record, text);
  Change change;
  change.note = tr("Add {kind}", {{"kind", lower_case(table.info->label)}});
  change.edits.push_back({std::string(kind), id, "", "", present});
  for (const auto& field : table.info->fields)
    if (auto text = field.text(record); !text.empty()) change.edits.push_back({std::string(kind), id, std::string(field.key), "", std::move(text)});
  return change;
}

Change set_fields(const Plan& plan, const RecordRef& ref, const std::vector<std::pair<std::string, std::string>>& values) {
  Plan scratch;
  const auto& table = *ref.table;
  void* record = table.append(scratch, ref.id);
  Change change;
  change.note = tr("Change {title}", {{"title", title_of(plan, ref)}});
  std::vector<std::string> keys;
  for (const auto& [key, text] : values) {
    field_for(table, key).enter(record, text);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  for (const auto& key : keys) {
    const auto& field = field_for(table, key);
    auto before = field.text(ref.record), after = field.text(record);
    if (before != after) change.edits.push_back({std::string(ref.kind()), ref.id, key, std::move(before), std::move(after)});
  }
  return change;
}

Change remove_record(const Plan& plan, const RecordRef& ref) {
  auto change = remove_records(plan, {ref});
  change.note = tr("Remove {title}", {{"title", title_of(plan, ref)}});
  return change;
}

Change remove_records(const Plan& plan, const std::vector<RecordRef>& refs) {
  const References references(plan);
  Change change;
  std::vector<std::pair<RecordRef, const RecordRef*>> going;  // each with the one that it is a part of
  std::unordered_set<std::string> gone;
  for (const auto& ref : refs) {
    if (ref.kind() == "organisation") throw Error(ErrorCode::refused, tr("The business itself cannot be removed from its plan."));
    if (ref.table->info->append_only) throw Error(ErrorCode::refused, tr("Entries of an incident's log are kept as they are written."));
    if (gone.insert(ref.id.text).second) going.emplace_back(ref, &ref);
  }
  for (std::size_t i = 0; i < going.size(); ++i) {
    const auto* whole = going[i].second;
    for (const auto& user : references.to(going[i].first.id))
      if (is_part(user.record.kind(), user.field->key) && gone.insert(user.record.id.text).second) going.emplace_back(user.record, whole);
  }
  for (const auto& [leaving, whole] : going)
    for (const auto& user : references.to(leaving.id)) {
      if (gone.contains(user.record.id.text)) continue;
      if (user.field->required)
        throw Error(ErrorCode::refused, tr("{title} cannot be removed: {kind} “{user}” needs it. Remove that first.",
                                           {{"title", title_of(plan, *whole)}, {"kind", user.record.kind()}, {"user", title_of(plan, user.record)}}));
      change.edits.push_back({std::string(user.record.kind()), user.record.id, std::string(user.field->key), leaving.id.text, ""});
    }
  for (auto leaving = going.rbegin(); leaving != going.rend(); ++leaving) append(change, removal_of(leaving->first));
  return change;
}

void check_references(const Plan& plan) {
  if (plan.organisations.size() > 1) throw Error(ErrorCode::refused, tr("A plan is about one business; “{id}” would be a second one.", {{"id", plan.organisations[1].id.text}}));
  std::unordered_map<std::string_view, std::string_view> kinds;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(plan); ++i) kinds.emplace(table.id_at(plan, i).text, table.info->kind);
  for (const auto& table : Plan::tables())
    for (const auto& field : table.info->fields) {
      if (field.type != FieldType::id) continue;
      for (std::size_t i = 0; i < table.size(plan); ++i) {
        const auto& target = field.value<Id>(table.at(plan, i));
        const auto refuse = [&](std::string_view why) {
          throw Error(ErrorCode::refused, tr("{field} of {kind} {id} {why}", {{"field", field.key}, {"kind", table.info->kind}, {"id", table.id_at(plan, i).text}, {"why", why}}));
        };
        if (target.empty()) {
          if (field.required) refuse(tr("may not be empty."));
          continue;
        }
        const auto found = kinds.find(target.text);
        if (found == kinds.end()) refuse(tr("names “{target}”, which is not in the plan.", {{"target", shortened(clean_utf8(target.text), 60)}}));
        if (field.refers_to != "*" && found->second != field.refers_to)
          refuse(tr("names “{target}”, which is a {is}, not a {wanted}.", {{"target", target.text}, {"is", found->second}, {"wanted", field.refers_to}}));
      }
    }
  for (const auto& link : plan.links) {
    if (link.from_id == link.to_id) throw Error(ErrorCode::refused, tr("“{title}” cannot be tied to itself.", {{"title", title_of(plan, link.from_id)}}));
    if (link.kind == Link::Kind::unknown) throw Error(ErrorCode::refused, tr("The link {id} does not say what it ties (kind=needs, located_at, protects …).", {{"id", link.id.text}}));
  }
}

}  // namespace mainstay
