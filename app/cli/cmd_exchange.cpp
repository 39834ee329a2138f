// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"

namespace mainstay::cli {
namespace {

constexpr std::size_t most_records_listed = 500;

/// `Header=field,Header=field`; what stands right of the last `=` is the field.
ImportOptions import_options(const Invocation& in, const Document& document) {
  auto options = document.import_options();
  options.take_list = in.has("--take-list");
  for (const auto& word : in.all("--map"))
    for (const auto& part : split(word, ',')) {
      const auto equals = part.rfind('=');
      if (equals == std::string::npos || equals == 0) throw Error(ErrorCode::usage, tr("“{word}” is not of the form Header=field.", {{"word", shortened(clean_utf8(part), 60)}}));
      options.columns.emplace_back(trimmed(part.substr(0, equals)), trimmed(part.substr(equals + 1)));
    }
  return options;
}

/// Per record what would be added or changed, field by field.
void print_change(const Plan& plan, const Change& change) {
  const auto next = applied(plan, change);
  std::string last;
  std::size_t records = 0;
  for (const auto& edit : change.edits) {
    const auto* table = table_of(edit.kind);
    if (edit.id.text != last) {
      if (++records > most_records_listed) continue;
      const bool added = edit.field.empty() && edit.after == present, removed = edit.field.empty() && edit.after.empty();
      const Args args{{"kind", table->info->label}, {"name", title_of(removed ? plan : next, edit.id)}};
      print(added ? tr("+ {kind} “{name}”", args) : removed ? tr("- {kind} “{name}”", args) : tr("~ {kind} “{name}”", args));
      last = edit.id.text;
    }
    if (edit.kind == "attribute" && edit.field != "value") continue;  // its title names the device and the question
    if (edit.field.empty() || records > most_records_listed) continue;
    const auto* field = table->info->field(edit.field);
    const auto shown = [&](const Plan& of, const std::string& text) { return field && field->type == FieldType::id && !text.empty() ? title_of(of, Id{text}) : shortened(text, 200); };
    const Args args{{"field", edit.field}, {"before", shown(plan, edit.before)}, {"after", shown(next, edit.after)}};
    print(edit.before.empty() ? tr("    {field}: {after}", args) : tr("    {field}: {before} → {after}", args));
  }
  if (records > most_records_listed) print(tr_count(static_cast<long long>(records - most_records_listed), "… and one more record.", "… and {count} more records."));
}

Json json_of_change(const Change& change) {
  Json list = Json::array();
  for (const auto& edit : change.edits) list.push_back({{"kind", edit.kind}, {"id", edit.id.text}, {"field", edit.field}, {"before", edit.before}, {"after", edit.after}});
  return list;
}

}  // namespace

int run_import(const Invocation& in) {
  const auto document = in.open();
  const auto read = [&] { return import_file(document->plan(), in.get("SOURCE"), in.get("--as"), import_options(in, *document)); };
  auto preview = read();
  const auto readings = in.has("--dry-run") ? static_cast<int>(preview.readings.size()) : document->take(preview, read);
  if (in.json()) {
    Json findings = Json::array();
    for (const auto& finding : preview.findings) findings.push_back(json_of(finding));
    Json result{{"added", preview.added}, {"updated", preview.updated}, {"unchanged", preview.unchanged}, {"readings", readings}, {"against_typed", preview.against_typed}, {"dry_run", in.has("--dry-run")}, {"findings", findings}};
    if (in.has("--dry-run")) result["edits"] = json_of_change(preview.change);
    print(result);
    return Exit::fine;
  }
  if (in.has("--dry-run")) print_change(document->plan(), preview.change);
  const Args counts{{"added", preview.added}, {"updated", preview.updated}, {"unchanged", preview.unchanged}};
  print(in.has("--dry-run") ? tr("Would add {added}, update {updated} and leave {unchanged} as it is.", counts)
                            : tr("Added {added}, updated {updated}, left {unchanged} as it was.", counts));
  if (!preview.readings.empty())
    print(in.has("--dry-run") ? tr_count(readings, "It holds one reading of a backup.", "It holds {count} readings of backups.")
                              : tr_count(readings, "One reading of a backup was new.", "{count} readings of backups were new."));
  for (const auto& finding : preview.findings) print(finding.message);
  if (preview.against_typed > 0 && !in.has("--take-list")) print(tr("What was typed was kept; --take-list takes the list's values instead."));
  return Exit::fine;
}

int run_export(const Invocation& in) {
  const auto document = in.open();
  export_plan(document->plan(), in.get("OUT"));
  print(tr("Wrote {path}.", {{"path", in.get("OUT")}}));
  return Exit::fine;
}

}  // namespace mainstay::cli
