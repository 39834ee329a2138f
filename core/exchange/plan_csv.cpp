// SPDX-License-Identifier: MIT
#include "core/exchange/plan_csv.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/exchange/import_own.h"
#include "core/exchange/inventory.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

Finding row_finding(std::string_view name, std::size_t line, const std::string& reason) {
  Finding finding;
  finding.rule_id = "import.row";
  finding.severity = Severity::warning;
  finding.title = tr("A row was not imported");
  finding.message = tr("“{file}”, line {line}: {reason}", {{"file", name}, {"line", line}, {"reason", reason}});
  return finding;
}

/// The field a header names: its key, or its label as people see it.
const FieldInfo* field_named(const RecordInfo& info, const std::string& header) {
  if (const auto* field = info.field(header)) return field;
  for (const auto& field : info.fields)
    if (lower_case(field.label) == lower_case(header)) return &field;
  return nullptr;
}

struct Column {
  const FieldInfo* field = nullptr;
  bool is_id = false;
};

std::vector<Column> columns_of(const RecordInfo& info, const CsvRow& header, std::string_view name, std::vector<Finding>& findings) {
  std::vector<Column> columns;
  for (const auto& title : header.cells) {
    Column column{field_named(info, std::string(trimmed(title))), trimmed(title) == "id"};
    if (!column.field && !column.is_id) findings.push_back(row_finding(name, header.line, tr("the column “{title}” is no field of a {kind} and was left out.", {{"title", shortened(clean_utf8(title), 60)}, {"kind", info.kind}})));
    columns.push_back(column);
  }
  return columns;
}

/// Where a row goes: looked up by id, else by an equal name; built once, so that long files stay linear.
class Places {
 public:
  Places(const Plan& plan, const Table& table) : table_(table), named_(table.info->field("name")) {
    for (const auto& other : Plan::tables())
      for (std::size_t i = 0; i < other.size(plan); ++i) kinds_.emplace(other.id_at(plan, i).text, &other);
    for (std::size_t i = 0; i < table.size(plan); ++i) {
      remember(table.id_at(plan, i).text, i);
      if (named_) names_.emplace(lower_case(named_->text(table.at(plan, i))), i);
    }
  }
  void remember(const std::string& id, std::size_t index) {
    kinds_.emplace(id, &table_);
    ids_.emplace(id, index);
  }
  bool has_names() const { return named_; }
  /// A row that goes by its name alone: two of one name in a list cannot be told apart, neither now nor at the next import. Throws Error{bad_value}.
  void use_name(const std::string& name) {
    if (!used_.insert(lower_case(name)).second) throw Error(ErrorCode::bad_value, tr("“{name}” stands in this list more than once: tell them apart in the name, or give them an id.", {{"name", shortened(clean_utf8(name), 60)}}));
  }
  bool knows(const std::string& id) const { return kinds_.contains(id); }
  /// The index of the row's record, or nothing where it is new. Throws Error{bad_value} for an id that cannot be.
  std::optional<std::size_t> find(const std::string& id, const std::string& name) const {
    if (id.empty()) {
      const auto place = name.empty() ? names_.end() : names_.find(lower_case(name));
      return place == names_.end() ? std::nullopt : std::optional(place->second);
    }
    if (!is_valid_id(id)) throw Error(ErrorCode::bad_value, tr("“{id}” cannot be an id: it takes letters, digits, - _ and . only.", {{"id", shortened(clean_utf8(id), 60)}}));
    if (const auto place = ids_.find(id); place != ids_.end()) return place->second;
    if (knows(id)) throw Error(ErrorCode::bad_value, tr("the id “{id}” is taken by a record of another kind.", {{"id", id}}));
    return {};
  }

 private:
  const Table& table_;
  const FieldInfo* named_;
  std::unordered_map<std::string, const Table*> kinds_;
  std::unordered_map<std::string, std::size_t> ids_, names_;  ///< of the plan as it was before the list
  std::unordered_set<std::string> used_;
};

/// An id cell may hold the id or the name of the record it means.
std::string resolved_reference(const Plan& plan, const Places& places, const FieldInfo& field, const std::string& cell) {
  if (cell.empty() || places.knows(cell)) return cell;
  return resolve_record(plan, field.refers_to == "*" ? std::string_view() : field.refers_to, cell).id.text;
}

/// Reads one row into `next`; throws Error and leaves `next` alone where something in it is wrong.
void read_row(Plan& next, const Table& table, Places& places, const std::vector<Column>& columns, const CsvRow& row) {
  std::string id, record_name;
  for (std::size_t c = 0; c < columns.size() && c < row.cells.size(); ++c) {
    if (columns[c].is_id) id = csv_unguarded(trimmed(row.cells[c]));
    else if (columns[c].field && columns[c].field->key == "name") record_name = csv_unguarded(trimmed(row.cells[c]));
  }
  if (id.empty() && places.has_names()) {
    if (record_name.empty()) throw Error(ErrorCode::bad_value, tr("it has neither a name nor an id."));
    places.use_name(record_name);
  }
  const auto place = places.find(id, record_name);
  Plan scratch;
  void* copy = table.append(scratch, place ? table.id_at(next, *place) : id.empty() ? new_id(table.info->kind) : Id{id});
  if (place) copy_record(table, table.at(next, *place), copy);
  for (std::size_t c = 0; c < columns.size() && c < row.cells.size(); ++c) {
    if (!columns[c].field) continue;
    auto cell = csv_unguarded(row.cells[c]);
    if (columns[c].field->type == FieldType::id) cell = resolved_reference(next, places, *columns[c].field, std::string(trimmed(cell)));
    columns[c].field->enter(copy, cell);
  }
  for (const auto& field : table.info->fields)
    if (field.required && field.text(copy).empty()) throw Error(ErrorCode::bad_value, tr("{label} may not be empty.", {{"label", field.label}}));
  if (row.cells.size() > columns.size() && std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(columns.size()), row.cells.end(), [](const std::string& cell) { return !trimmed(cell).empty(); }))
    throw Error(ErrorCode::bad_value, tr("it has more cells than there are columns."));
  const auto index = place ? *place : table.size(next);
  copy_record(table, copy, place ? table.mutable_at(next, index) : table.append(next, table.id_at(scratch, 0)));
  if (!place) places.remember(table.id_at(next, index).text, index);
}

bool is_blank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return trimmed(cell).empty(); });
}

/// Reads the rows of one kind into `next`; a row with a fault is left out whole and reported. Returns how many were taken.
std::size_t read_rows(Plan& next, const Table& table, std::string_view bytes, std::string_view name, std::vector<Finding>& findings) {
  const auto rows = parse_csv(bytes);
  if (rows.empty()) throw Error(ErrorCode::bad_value, tr("“{file}” has no rows: the first line must name the columns.", {{"file", name}}));
  const auto columns = columns_of(*table.info, rows.front(), name, findings);
  if (std::none_of(columns.begin(), columns.end(), [](const Column& c) { return c.field || c.is_id; }))
    throw Error(ErrorCode::bad_value, tr("None of the columns of “{file}” is a field of a {kind}.", {{"file", name}, {"kind", table.info->kind}}));
  Places places(next, table);
  std::size_t taken = 0;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    if (is_blank(rows[r])) continue;
    try {
      read_row(next, table, places, columns, rows[r]);
      ++taken;
    } catch (const Error& error) {
      findings.push_back(row_finding(name, rows[r].line, error.what()));
    }
  }
  return taken;
}

/// The kind whose name the file bears, or whose fields hold every column.
const Table* table_for_csv(std::string_view bytes, std::string_view name) {
  const auto stem = lower_case(fs::path(name).stem().string());
  for (const auto& table : Plan::tables())
    if (stem == table.info->kind || stem == lower_case(table.info->plural)) return &table;
  const auto header = csv_header(bytes);
  if (header.empty()) return nullptr;
  const Table* found = nullptr;
  for (const auto& table : Plan::tables()) {
    const bool all = std::all_of(header.begin(), header.end(), [&](const std::string& cell) {
      return trimmed(cell) == "id" || field_named(*table.info, std::string(trimmed(cell)));
    });
    if (!all) continue;
    if (found) return nullptr;
    found = &table;
  }
  return found;
}

}  // namespace

bool looks_like_csv(std::string_view bytes, std::string_view name) {
  const auto ending = lower_case(fs::path(name).extension().string());
  return (ending == ".csv" || ending == ".tsv") && bytes.substr(0, 4096).find('\0') == std::string_view::npos;
}

ImportPreview read_csv_as(const Plan& plan, const Table& table, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  ImportPreview preview;
  Plan next = plan;
  const auto seen = read_rows(next, table, bytes, name, preview.findings);
  preview_own(preview, plan, next, seen, name, options);
  return preview;
}

ImportPreview read_csv(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  const auto* table = table_for_csv(bytes, name);
  if (!table) throw Error(ErrorCode::usage, tr("What “{file}” lists cannot be told from its name or columns: say --as devices for a list of devices, or --as csv:KIND for one kind of record, for instance --as csv:person.", {{"file", name}}));
  return read_csv_as(plan, *table, bytes, name, options);
}

ImportPreview read_csv_folder(const Plan& plan, const std::string& path, const ImportOptions& options) {
  ImportPreview preview;
  Plan next = plan;
  std::size_t seen = 0;
  std::unordered_map<std::string, std::string> texts;
  std::unordered_set<std::string> known;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(next); ++i) known.insert(table.id_at(next, i).text);
  for (const auto& table : Plan::tables()) {
    const auto file = fs::path(path) / (std::string(table.info->kind) + ".csv");
    std::error_code error;
    if (!fs::exists(file, error)) continue;
    // Every id is made known first: a row may name a record of a kind that is read later.
    texts.emplace(table.info->kind, read_file(file.string(), largest_import));
    const auto rows = parse_csv(texts[std::string(table.info->kind)]);
    if (rows.empty()) continue;
    const auto column = std::find(rows.front().cells.begin(), rows.front().cells.end(), "id") - rows.front().cells.begin();
    for (std::size_t r = 1; r < rows.size(); ++r) {
      if (static_cast<std::size_t>(column) >= rows[r].cells.size()) continue;
      const Id id{csv_unguarded(rows[r].cells[static_cast<std::size_t>(column)])};
      if (is_valid_id(id.text) && known.insert(id.text).second) table.append(next, id);
    }
  }
  if (texts.empty()) throw Error(ErrorCode::missing_file, tr("The folder “{path}” holds no file such as person.csv or activity.csv.", {{"path", path}}));
  for (const auto& table : Plan::tables())
    if (const auto text = texts.find(std::string(table.info->kind)); text != texts.end())
      seen += read_rows(next, table, text->second, text->first + ".csv", preview.findings);
  preview_own(preview, plan, next, seen, file_name(path), options);
  return preview;
}

bool is_plan_csv(std::string_view bytes, std::string_view name) {
  const auto* table = table_for_csv(bytes, name);
  if (!table) return false;
  const auto header = csv_header(bytes);
  return !header.empty() && std::all_of(header.begin(), header.end(), [&](const std::string& cell) {
    return trimmed(cell) == "id" || table->info->field(trimmed(cell));
  });
}

std::string csv_of(const Plan& plan, const Table& table) {
  std::vector<std::string> cells{"id"};
  for (const auto& field : table.info->fields) cells.emplace_back(field.key);
  std::string out = csv_line(cells);
  for (std::size_t i = 0; i < table.size(plan); ++i) {
    cells.assign(1, table.id_at(plan, i).text);
    for (const auto& field : table.info->fields) cells.push_back(field.text(table.at(plan, i)));
    out += csv_line(cells);
  }
  return out;
}

}  // namespace mainstay
