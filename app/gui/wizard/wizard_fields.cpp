// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_step.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"

namespace mainstay {

bool nothing_typed(const std::vector<std::string>& values) {
  return std::all_of(values.begin(), values.end(), [](const std::string& value) { return trimmed(value).empty(); });
}

StepField record_field(const Plan&, std::string_view kind, const Id& id, std::string_view key, const std::string& about) {
  const Table* table = table_of(kind);
  const FieldInfo* info = table ? table->info->field(key) : nullptr;
  if (!info) throw Error(ErrorCode::usage, tr("There is no field {field} in {kind}.", {{"field", key}, {"kind", kind}}));
  StepField field;
  field.label = tr(info->label);
  field.name = about.empty() ? field.label : tr("{field}, {record}", {{"field", field.label}, {"record", about}});
  field.id = kind == "organisation" ? std::string(key) : std::string(key) + ":" + id.text;
  field.help = info->help.empty() ? std::string() : tr(info->help);
  const bool for_people = info->type == FieldType::money || info->type == FieldType::minutes;
  field.get = [table, info, id, for_people](const Plan& plan) {
    const auto index = table->find(plan, id.text);
    if (!index) return std::string();
    const void* record = table->at(plan, *index);
    const std::string machine = info->text(record);
    return for_people && !machine.empty() && machine != none_text && info->choices.empty() ? info->spoken(record) : machine;
  };
  field.set = [kind = std::string(kind), key = std::string(key), id, money = info->type == FieldType::money](const Plan& plan, const std::string& typed) {
    std::string value(trimmed(typed));
    if (money && !value.empty() && value.find_first_not_of("0123456789") == std::string::npos) value += ".00";  // people type whole dollars, files whole cents
    const RecordRef ref = find_record(plan, id);
    if (ref) return set_fields(plan, ref, {{key, value}});
    return value.empty() ? Change{} : add_record(kind, id, {{key, value}});
  };
  return field;
}

Options field_options(std::string_view kind, std::string_view key) {
  Options options;
  const Table* table = table_of(kind);
  if (const FieldInfo* info = table ? table->info->field(key) : nullptr)
    for (const auto& choice : info->choices)
      options.emplace_back(std::string(choice.key), choice.key.empty() ? tr("I don't know") : tr(choice.label));
  return options;
}

Options people_options(const Plan& plan) {
  Options options{{"", tr("I don't know")}};
  for (const auto& person : plan.people)
    if (!person.left_on) options.emplace_back(person.id.text, person.name.empty() ? tr("Somebody without a name") : person.name);
  options.emplace_back(none_text, tr("Nobody"));
  return options;
}

Options time_options(const std::vector<std::pair<std::int64_t, std::string>>& choices, const std::string& value, std::string_view pattern) {
  auto sorted = choices;
  const auto minutes = value.empty() ? std::nullopt : parse_minutes(value);
  if (minutes && std::none_of(sorted.begin(), sorted.end(), [&](const auto& c) { return c.first == *minutes; })) {
    sorted.emplace_back(*minutes, tr(pattern, {{"time", spoken_minutes(*minutes)}}));
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  Options options{{"", tr("I don't know")}};
  for (const auto& [count, words] : sorted) options.emplace_back(std::to_string(count), words);
  return options;
}

Change added(std::string_view kind, const std::vector<std::pair<std::string, std::string>>& values) { return add_record(kind, new_id(kind), values); }

Change removed(const Plan& plan, const Id& id) {
  const RecordRef ref = find_record(plan, id);
  return ref ? remove_record(plan, ref) : Change{};
}

bool has_link(const Plan& plan, const Id& from, const Id& to, Link::Kind kind) {
  return std::any_of(plan.links.begin(), plan.links.end(), [&](const Link& link) { return link.kind == kind && link.from_id == from && link.to_id == to; });
}

Change linked(const Plan& plan, const Id& from, const Id& to, Link::Kind kind, bool on) {
  Change change;
  for (const auto& link : plan.links) {
    if (link.kind != kind || !(link.from_id == from) || !(link.to_id == to)) continue;
    if (on) return change;
    append(change, removed(plan, link.id));
  }
  if (on)
    change = added("link", {{"from_id", from.text}, {"to_id", to.text}, {"kind", std::string(link_kind_choices[static_cast<std::size_t>(kind)].key)}});
  return change;
}

std::string ids_of(const Plan& plan, std::string_view kind) {
  std::string ids;
  const Table* table = table_of(kind);
  for (std::size_t i = 0; table && i < table->size(plan); ++i) ids += table->id_at(plan, i).text + ' ';
  return ids;
}

}  // namespace mainstay
