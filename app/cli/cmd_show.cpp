// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/probe/probe_types.h"

namespace mainstay::cli {
namespace {

const Table& kind_named(const std::string& kind) {
  if (const auto* table = table_of(kind)) return *table;
  throw Error(ErrorCode::usage, tr("There is no kind of record “{kind}”; “mainstay-cli show --kinds” lists them.", {{"kind", kind}}));
}

std::string_view type_name(FieldType type) {
  constexpr std::string_view names[] = {"text", "text", "yes or no", "choice", "number", "minutes", "cents", "percent", "date", "instant", "id"};
  return names[static_cast<std::size_t>(type)];
}

int show_kinds(bool json) {
  Json list = Json::array();
  for (const auto& table : Plan::tables()) {
    Json fields = Json::array();
    for (const auto& field : table.info->fields) {
      Json f{{"key", field.key}, {"label", field.label}, {"type", type_name(field.type)}};
      if (!field.refers_to.empty()) f["refers_to"] = field.refers_to;
      if (field.type == FieldType::choice || field.type == FieldType::answer) {
        f["choices"] = Json::array();
        for (const auto& choice : field.choices) if (!choice.key.empty()) f["choices"].push_back(choice.key);
      }
      fields.push_back(f);
    }
    list.push_back({{"kind", table.info->kind}, {"label", table.info->label}, {"fields", fields}});
  }
  if (json) { print(list); return Exit::fine; }
  for (const auto& kind : list) {
    std::vector<std::string> keys;
    for (const auto& field : kind["fields"]) keys.push_back(field["key"]);
    print(tr("{kind}: {fields}", {{"kind", kind["kind"].get<std::string>()}, {"fields", join(keys, ", ")}}));
  }
  return Exit::fine;
}

/// The ways to measure a backup, and what each asks for.
int show_probe_types(bool json) {
  Json list = Json::array();
  for (const auto& type : probe_types()) {
    Json fields = Json::array();
    for (const auto& field : probe_fields(type.type)) fields.push_back({{"key", field.key}, {"label", field.label}, {"example", field.example}, {"where", field.where}});
    list.push_back({{"type", type.id}, {"title", type.title}, {"about", probe_about(type.type)}, {"fields", fields}});
  }
  if (json) { print(list); return Exit::fine; }
  for (const auto& type : probe_types()) {
    print(tr("{type}: {title}. {about}", {{"type", type.id}, {"title", type.title}, {"about", probe_about(type.type)}}));
    for (const auto& field : probe_fields(type.type))
      print("    " + tr("{key}={example}  {where}", {{"key", field.key}, {"example", field.example}, {"where", field.where}}));
  }
  return Exit::fine;
}

int show_overview(Document& document, bool json) {
  const auto& plan = document.plan();
  if (json) {
    Json counts;
    for (const auto& table : Plan::tables()) counts[std::string(table.info->kind)] = table.size(plan);
    print(Json{{"file", document.path()}, {"name", plan.organisation().name}, {"version", document.content_version()}, {"content_hash", document.content_hash()},
               {"read_only", document.read_only()}, {"revisions", document.history().size()}, {"records", counts}});
    return Exit::fine;
  }
  print(tr("{name}: version {version}, code {hash}", {{"name", plan.organisation().name.empty() ? tr("A plan without a name yet") : plan.organisation().name}, {"version", document.content_version()},
                                                      {"hash", document.content_hash().substr(0, 12)}}));
  std::vector<std::vector<std::string>> rows;
  for (const auto& table : Plan::tables())
    if (const auto n = table.size(plan)) rows.push_back({"  " + std::string(table.info->kind), std::to_string(n)});
  print_table(rows);
  return Exit::fine;
}

RecordRef ref_at(const Table& table, const Plan& plan, std::size_t i) { return {&table, table.at(plan, i), table.id_at(plan, i)}; }

int show_list(const Plan& plan, const Table& table, bool json) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < table.size(plan); ++i) {
    const auto ref = ref_at(table, plan, i);
    if (json) list.push_back(json_of(plan, ref));
    else rows.push_back({ref.id.text, title_of(plan, ref)});
  }
  if (json) print(list);
  else if (rows.empty()) print(tr("There is no {kind} in this plan yet.", {{"kind", table.info->kind}}));
  else print_table(rows);
  return Exit::fine;
}

int show_record(const Plan& plan, const RecordRef& ref, bool json) {
  if (json) { print(json_of(plan, ref)); return Exit::fine; }
  print(tr("{kind} {id}", {{"kind", ref.kind()}, {"id", ref.id.text}}));
  std::vector<std::vector<std::string>> rows;
  for (const auto& field : ref.table->info->fields)
    if (!field.is_unknown(ref.record)) rows.push_back({"  " + std::string(field.key), spoken_field(plan, ref, field)});
  print_table(rows);
  return Exit::fine;
}

}  // namespace

int run_show(const Invocation& in) {
  if (in.has("--kinds")) return show_kinds(in.json());
  if (in.has("--probe-types")) return show_probe_types(in.json());
  if (!in.has("FILE")) throw Error(ErrorCode::usage, tr("Say which plan file to show, or --kinds or --probe-types."));
  const auto document = in.open();
  if (!in.has("KIND")) return show_overview(*document, in.json());
  if (!table_of(in.get("KIND")) && !in.has("ID"))
    if (const auto ref = find_record(document->plan(), Id{in.get("KIND")})) return show_record(document->plan(), ref, in.json());  // an id says its kind
  const auto& table = kind_named(in.get("KIND"));
  if (!in.has("ID")) return show_list(document->plan(), table, in.json());
  return show_record(document->plan(), resolve_record(document->plan(), table.info->kind, in.get("ID")), in.json());
}

int run_find(const Invocation& in) {
  if (trimmed(in.get("TEXT")).empty()) throw Error(ErrorCode::usage, tr("Say what to look for."));
  const auto document = in.open();
  const auto hits = search_plan(document->plan(), in.get("TEXT"));
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const auto& hit : hits) {
    const auto title = title_of(document->plan(), hit.ref);
    const std::string field(hit.field ? hit.field->key : "id");
    if (in.json()) list.push_back({{"kind", hit.ref.kind()}, {"id", hit.ref.id.text}, {"title", title}, {"field", field}, {"excerpt", hit.excerpt}});
    else rows.push_back({std::string(hit.ref.kind()), hit.ref.id.text, title, field + ": " + hit.excerpt});
  }
  if (in.json()) print(list);
  else if (rows.empty()) print(tr("“{text}” occurs nowhere in the plan.", {{"text", in.get("TEXT")}}));
  else print_table(rows);
  return hits.empty() ? Exit::found : Exit::fine;
}

}  // namespace mainstay::cli
