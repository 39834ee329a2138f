// SPDX-License-Identifier: MIT
#include "core/exchange/importer.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/base/csv.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/exchange/import_time_machine.h"
#include "core/exchange/import_tmutil.h"
#include "core/exchange/inventory.h"
#include "core/exchange/kept_values.h"
#include "core/exchange/plan_xml.h"
#include "core/exchange/readings.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_import = std::size_t(256) << 20;

void copy_record(const Table& table, const void* from, void* to) {
  for (const auto& field : table.info->fields) field.set_text(to, field.text(from));
}

/// The records that the edits touch, by what happens to them.
void count(ImportPreview& preview, std::size_t seen) {
  std::unordered_map<std::string, bool> touched;  // id -> is new
  for (const auto& edit : preview.change.edits) touched[edit.id.text] = touched[edit.id.text] || edit.field.empty();
  for (const auto& [id, is_new] : touched) is_new ? ++preview.added : ++preview.updated;
  preview.unchanged = std::max(0, static_cast<int>(seen) - preview.added - preview.updated);
}

// --- plan XML -----------------------------------------------------------------------------------------------------------------

bool looks_like_plan_xml(std::string_view bytes, std::string_view) {
  return bytes.substr(0, 4096).find("<plan") != std::string_view::npos;
}

/// What a file of Mainstay's own would change: all that it says otherwise, but for what a person typed.
void finish(ImportPreview& preview, const Plan& plan, const Plan& next, std::size_t seen, std::string_view name, const ImportOptions& options) {
  check_references(next);
  preview.change = diff(plan, next);
  KeptValues(options, name).hold_back(plan, preview);
  count(preview, seen);
}

ImportPreview read_plan_xml(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  const auto incoming = plan_from_xml(bytes, name);
  Plan next = plan;
  std::size_t seen = 0;
  for (const auto& table : Plan::tables()) {
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < table.size(next); ++i) places.emplace(table.id_at(next, i).text, i);
    for (std::size_t i = 0; i < table.size(incoming); ++i, ++seen) {
      const auto& id = table.id_at(incoming, i);
      const auto place = places.find(id.text);
      if (place != places.end() && table.info->append_only) continue;  // a log entry is kept as it was written
      copy_record(table, table.at(incoming, i), place == places.end() ? table.append(next, id) : table.mutable_at(next, place->second));
    }
  }
  ImportPreview preview;
  finish(preview, plan, next, seen, name, options);
  return preview;
}

// --- CSV ----------------------------------------------------------------------------------------------------------------------

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

bool looks_like_csv(std::string_view bytes, std::string_view name) {
  const auto ending = lower_case(fs::path(name).extension().string());
  return (ending == ".csv" || ending == ".tsv") && bytes.substr(0, 4096).find('\0') == std::string_view::npos;
}

ImportPreview read_csv_as(const Plan& plan, const Table& table, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  ImportPreview preview;
  Plan next = plan;
  const auto seen = read_rows(next, table, bytes, name, preview.findings);
  finish(preview, plan, next, seen, name, options);
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
  finish(preview, plan, next, seen, file_name(path), options);
  return preview;
}

constexpr Importer all_importers[] = {
    {"plan_xml", "Mainstay plan XML", looks_like_plan_xml, read_plan_xml},
    {"readings", "Readings of backups from another computer", looks_like_readings, read_readings},
    {"time_machine", "A Mac's own Time Machine settings, or tmutil … -X", looks_like_time_machine, read_time_machine},
    {"tmutil", "What tmutil prints on a Mac: listbackups, latestbackup, destinationinfo, status", looks_like_tmutil, read_tmutil},
    {"csv", "CSV of one kind of record", looks_like_csv, read_csv},
};

}  // namespace

std::span<const Importer> importers() { return all_importers; }

namespace {

/// True where the bytes begin as JSON, XML or a property list does and end in the middle.
bool is_cut_short(std::string_view bytes) {
  const auto text = trimmed(bytes);
  if (text.empty()) return false;
  if (text.front() == '{' || text.front() == '[') return text.back() != (text.front() == '{' ? '}' : ']');
  if (text.starts_with("bplist")) return false;  // its reader says so
  if (!text.starts_with("<?xml") && !text.starts_with("<!DOCTYPE")) return false;
  return text.back() != '>' || (text.find("<plist") != std::string_view::npos && !text.ends_with("</plist>"));
}

[[noreturn]] void refuse_format(std::string_view name, std::string_view bytes, std::string_view as) {
  std::vector<std::string> ids;
  for (const auto& i : all_importers) ids.emplace_back(i.id);
  for (const auto& i : inventory_formats()) ids.emplace_back(i.id);
  if (as.empty() && is_cut_short(bytes)) throw Error(ErrorCode::bad_value, tr("“{file}” ends in the middle: it was cut short when it was saved or copied. Get it anew from where it came.", {{"file", name}}));
  if (as.empty())
    throw Error(ErrorCode::bad_value, tr("“{file}” is no file that can be imported. These can: lists of devices as CSV, from Jamf, Intune, Snipe-IT or a spreadsheet; what system_profiler, ideviceinfo, osquery, GLPI or OCS "
                                         "write; a phone's backup folder; Time Machine settings and what tmutil prints; readings from another computer; and Mainstay's own XML and CSV.", {{"file", name}}));
  throw Error(ErrorCode::usage, tr("There is no format “{format}”; there are: {formats}.", {{"format", as}, {"formats", join(ids, ", ")}}));
}

ImportPreview read_folder(const Plan& plan, const std::string& path, const ImportOptions& options) {
  const auto backups = read_backup_folder(path);
  if (!backups.devices.empty() || !backups.findings.empty()) return preview_inventory(plan, backups, options);
  return read_csv_folder(plan, path, options);
}

ImportPreview read_bytes(const Plan& plan, std::string_view bytes, const std::string& name, std::string_view as, const ImportOptions& options) {
  if (as.starts_with("csv:")) {
    const auto* table = table_of(as.substr(4));
    if (!table) throw Error(ErrorCode::usage, tr("There is no kind of record “{kind}”.", {{"kind", as.substr(4)}}));
    return read_csv_as(plan, *table, bytes, name, options);
  }
  if (bytes.empty()) throw Error(ErrorCode::bad_value, tr("“{file}” is empty.", {{"file", name}}));
  const auto chosen = [&](const auto& format) { return as.empty() ? format.recognises(bytes, name) : format.id == as; };
  if (as.empty() && is_mapped_csv(plan, bytes)) as = "devices";
  // Inventories first: they look for their own keys, while the others go by the file's name.
  for (const auto& format : inventory_formats())
    if (chosen(format)) return preview_inventory(plan, format.read({plan, bytes, name, options}), options);
  if (!options.columns.empty()) throw Error(ErrorCode::usage, tr("--map is for lists of devices in CSV: add --as devices."));
  for (const auto& importer : all_importers)
    if (chosen(importer)) return importer.read(plan, bytes, name, options);
  refuse_format(name, bytes, as);
}

}  // namespace

namespace {

/// What a wrong clock dated in the future would hide every honest reading until then. Throws Error{refused} where nothing else is in the file.
void leave_out_future_readings(const Plan& plan, ImportPreview& preview, std::string_view name, Instant now) {
  const auto future = std::stable_partition(preview.readings.begin(), preview.readings.end(), [&](const Observation& o) { return !is_from_the_future(o, now); });
  const auto count = preview.readings.end() - future;
  if (count == 0) return;
  if (count == static_cast<std::ptrdiff_t>(preview.readings.size()) && preview.change.empty())
    throw Error(ErrorCode::refused, tr_count(count, "The reading in “{file}” is dated {time}, which is still to come: the clock of the computer that took it was wrong, or this one's is. Nothing was imported.",
                                             "All {count} readings in “{file}” are dated in the future, the first {time}: the clock of the computer that took them was wrong, or this one's is. Nothing was imported.",
                                             {{"file", name}, {"time", spoken(future->read_at)}}));
  for (auto at = future; at != preview.readings.end(); ++at) {
    Finding finding;
    finding.rule_id = "import.reading";
    finding.severity = Severity::warning;
    finding.message = tr("“{file}”: a reading of “{backup}” is dated {time}, which is still to come; it was left out, since the clock of the computer that took it was wrong, or this one's is.",
                         {{"file", name}, {"backup", title_of(plan, at->backup_id)}, {"time", spoken(at->read_at)}});
    preview.findings.push_back(std::move(finding));
  }
  preview.readings.erase(future, preview.readings.end());
}

}  // namespace

ImportPreview import_file(const Plan& plan, const std::string& path, std::string_view as, const ImportOptions& options) {
  std::error_code error;
  if (as.empty() && is_database(path))
    throw Error(ErrorCode::refused, tr("“{file}” is a plan of its own. What you want of it, write out with `mainstay-cli export`, and import that file.", {{"file", file_name(path)}}));
  const auto narrow = [&] {
    auto bytes = read_file(path, largest_import);
    return byte_order(bytes) == ByteOrder::narrow ? bytes : utf8_text(bytes);  // every reader then sees UTF-8
  };
  auto preview = fs::is_directory(path, error) ? read_folder(plan, path, options) : read_bytes(plan, narrow(), file_name(path), as, options);
  leave_out_future_readings(plan, preview, file_name(path), options.clock());
  preview.change.cause = Cause::import;
  preview.change.note = tr("Import {file}", {{"file", file_name(path)}});
  return preview;
}

std::optional<DeviceColumns> device_columns(const Plan& plan, const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return {};
  const auto bytes = read_file(path, largest_import);
  const auto name = file_name(path);
  if (is_plan_csv(bytes, name)) return {};
  const ImportOptions options;
  return columns_of_devices({plan, bytes, name, options});
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

void export_plan(const Plan& plan, const std::string& path) {
  const auto check = [&](const Plan& read_back) {
    if (plan_to_xml(read_back) != plan_to_xml(plan)) throw Error(ErrorCode::io, tr("What was written to “{path}” does not read back as it was; do not rely on it.", {{"path", path}}));
  };
  if (lower_case(fs::path(path).extension().string()) == ".xml") {
    write_file(path, plan_to_xml(plan));
    check(plan_from_xml(read_file(path), file_name(path)));
    return;
  }
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_directory(path, error)) throw Error(ErrorCode::usage, tr("“{path}” is neither an .xml file nor a folder for .csv files.", {{"path", path}}));
  fs::create_directories(path, error);
  if (error) throw Error(ErrorCode::io, tr("The folder “{path}” cannot be made.", {{"path", path}}));
  for (const auto& table : Plan::tables()) write_file((fs::path(path) / (std::string(table.info->kind) + ".csv")).string(), csv_of(plan, table));
  const auto preview = read_csv_folder(Plan(), path, ImportOptions());
  check(applied(Plan(), preview.change));
}

}  // namespace mainstay
