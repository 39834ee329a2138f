// SPDX-License-Identifier: MIT
#include "core/model/plan.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

template <auto V>
constexpr Table table() {
  using Vector = typename detail::member_of<decltype(V)>::type;
  using Record = typename Vector::value_type;
  Table t{};
  t.size = [](const Plan& p) { return (p.*V).size(); };
  t.at = [](const Plan& p, std::size_t i) -> const void* { return &(p.*V)[i]; };
  t.mutable_at = [](Plan& p, std::size_t i) -> void* { return &(p.*V)[i]; };
  t.id_at = [](const Plan& p, std::size_t i) -> const Id& { return (p.*V)[i].id; };
  t.append = [](Plan& p, Id id) -> void* {
    Record record;
    record.id = std::move(id);
    return &(p.*V).emplace_back(std::move(record));
  };
  t.erase = [](Plan& p, std::size_t i) { (p.*V).erase((p.*V).begin() + static_cast<std::ptrdiff_t>(i)); };
  t.erase_marked = [](Plan& p, const std::vector<bool>& gone) {
    auto& records = p.*V;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i < gone.size() && gone[i]) continue;
      if (kept != i) records[kept] = std::move(records[i]);
      ++kept;
    }
    records.resize(kept);
  };
  return t;
}

template <auto V>
Table described() {
  using Record = typename detail::member_of<decltype(V)>::type::value_type;
  Table t = table<V>();
  t.info = &Record::info();
  return t;
}

}  // namespace

std::span<const Table> Plan::tables() {
  static const Table all[] = {
      described<&Plan::organisations>(), described<&Plan::sites>(),          described<&Plan::people>(),
      described<&Plan::roles>(),         described<&Plan::contacts>(),       described<&Plan::suppliers>(),
      described<&Plan::activities>(),    described<&Plan::impacts>(),        described<&Plan::resources>(),
      described<&Plan::devices>(),       described<&Plan::attributes>(),     described<&Plan::links>(),
      described<&Plan::backups>(),       described<&Plan::probes>(),         described<&Plan::restore_tests>(),
      described<&Plan::risks>(),         described<&Plan::strategies>(),     described<&Plan::procedures>(),
      described<&Plan::steps>(),         described<&Plan::message_drafts>(), described<&Plan::tasks>(),
      described<&Plan::scenarios>(),     described<&Plan::incidents>(),      described<&Plan::log_entries>(),
      described<&Plan::exercises>(),     described<&Plan::reviews>(),        described<&Plan::plan_copies>(),
      described<&Plan::insurance_policies>(), described<&Plan::obligations>(), described<&Plan::evidence>(),
      described<&Plan::waivers>(),       described<&Plan::attachments>(),
      described<&Plan::feeds>(),         described<&Plan::recalls>(),        described<&Plan::column_mappings>(),
  };
  return all;
}

const Organisation& Plan::organisation() const {
  static const Organisation nobody;
  return organisations.empty() ? nobody : organisations.front();
}

std::optional<std::size_t> Table::find(const Plan& plan, std::string_view id) const {
  const auto count = size(plan);
  for (std::size_t i = 0; i < count; ++i)
    if (id_at(plan, i).text == id) return i;
  return {};
}

const Table* table_of(std::string_view kind) {
  for (const auto& table : Plan::tables())
    if (table.info->kind == kind) return &table;
  return nullptr;
}

std::string RecordRef::text(std::string_view key) const {
  const auto* field = table ? table->info->field(key) : nullptr;
  return field ? field->text(record) : std::string();
}

RecordRef find_record(const Plan& plan, const Id& id) {
  if (id.empty()) return {};
  for (const auto& table : Plan::tables())
    if (const auto i = table.find(plan, id.text)) return {&table, table.at(plan, *i), id};
  return {};
}

std::string title_of(const Plan& plan, const Id& id) {
  if (id.empty()) return {};
  const auto ref = find_record(plan, id);
  return ref ? title_of(plan, ref) : id.text;
}

std::string title_of(const Plan& plan, const RecordRef& ref) {
  if (const auto name = ref.text("name"); !name.empty() && ref.kind() != "attribute") return name;
  const auto kind = ref.kind();
  const auto choice = [&](std::string_view key) { return ref.table->info->field(key)->spoken(ref.record); };
  const auto target = [&](std::string_view key) { return title_of(plan, Id{ref.text(key)}); };
  if (kind == "link") return tr("{from} {tie} {to}", {{"from", target("from_id")}, {"tie", choice("kind")}, {"to", target("to_id")}});
  if (kind == "impact") return tr("{activity}: {harm} after {time}", {{"activity", target("activity_id")}, {"harm", choice("category")}, {"time", choice("after_minutes")}});
  if (kind == "step") return tr("{procedure}, step {number}", {{"procedure", target("procedure_id")}, {"number", ref.text("position")}});
  if (kind == "attribute") return tr("{subject}: {question}", {{"subject", target("subject_id")}, {"question", ref.text("name")}});
  if (kind == "log_entry") return shortened(ref.text("text"), 60);
  if (kind == "review") return tr("{kind}, {day}", {{"kind", choice("kind")}, {"day", choice("on")}});
  if (kind == "waiver") return tr("{rule} accepted", {{"rule", ref.text("rule_id")}});
  if (kind == "restore_test") return tr("Restore of {backup}, {day}", {{"backup", target("backup_id")}, {"day", choice("on")}});
  return ref.id.text;
}

std::string spoken_field(const Plan& plan, const RecordRef& ref, const FieldInfo& field) {
  if (field.type == FieldType::id) return title_of(plan, Id{field.text(ref.record)});
  return field.spoken(ref.record);
}

RecordRef resolve_record(const Plan& plan, std::string_view kind, std::string_view typed) {
  const auto wanted = lower_case(trimmed(typed));
  std::vector<RecordRef> exact, prefix;
  for (const auto& table : Plan::tables()) {
    if (!kind.empty() && table.info->kind != kind) continue;
    for (std::size_t i = 0; i < table.size(plan); ++i) {
      const RecordRef ref{&table, table.at(plan, i), table.id_at(plan, i)};
      if (ref.id.text == typed) return ref;
      if (wanted.empty()) continue;
      const auto id = lower_case(ref.id.text), name = lower_case(ref.text("name"));
      if (id == wanted || name == wanted) exact.push_back(ref);
      else if (id.starts_with(wanted) || name.starts_with(wanted)) prefix.push_back(ref);
    }
  }
  auto& candidates = exact.empty() ? prefix : exact;
  if (candidates.size() == 1) return candidates.front();
  if (candidates.empty())
    throw Error(ErrorCode::not_found, kind.empty() ? tr("There is no record “{id}”.", {{"id", shortened(clean_utf8(typed), 80)}})
                                                   : tr("There is no {kind} “{id}”.", {{"kind", kind}, {"id", shortened(clean_utf8(typed), 80)}}));
  std::vector<std::string> lines;
  for (const auto& ref : candidates) {
    if (lines.size() == 20) { lines.push_back(tr("… and {count} more", {{"count", candidates.size() - 20}})); break; }
    lines.push_back(tr("{kind} {id}: {title}", {{"kind", ref.kind()}, {"id", ref.id.text}, {"title", title_of(plan, ref)}}));
  }
  throw Error(ErrorCode::ambiguous, tr("“{id}” fits {count} records; say which:\n  {list}",
                                       {{"id", typed}, {"count", candidates.size()}, {"list", join(lines, "\n  ")}}));
}

namespace {

/// Text around the first hit, cut on character boundaries.
std::string excerpt_of(std::string_view text, std::string_view needle) {
  const auto folded = lower_case(text);
  auto at = folded.find(lower_case(needle));
  if (at == std::string::npos) at = 0;
  std::size_t from = at > 40 ? at - 40 : 0;
  while (from > 0 && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) --from;
  return (from ? "…" : "") + shortened(text.substr(from), 120);
}

}  // namespace

std::vector<SearchHit> search_plan(const Plan& plan, std::string_view text, std::size_t limit) {
  std::vector<SearchHit> hits;
  const auto needle = trimmed(text);
  if (needle.empty()) return hits;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(plan); ++i) {
      const RecordRef ref{&table, table.at(plan, i), table.id_at(plan, i)};
      for (const auto& field : table.info->fields) {
        if (field.type == FieldType::id) continue;
        const auto value = field.spoken(ref.record);
        if (!contains_folded(value, needle)) continue;
        hits.push_back({ref, &field, excerpt_of(value, needle)});
        break;
      }
      if ((hits.empty() || hits.back().ref.record != ref.record) && contains_folded(ref.id.text, needle)) hits.push_back({ref, nullptr, ref.id.text});
      if (hits.size() >= limit) return hits;
    }
  return hits;
}

}  // namespace mainstay
