// SPDX-License-Identifier: MIT
// Lists of devices as CSV: the exports of Jamf, Intune and Snipe-IT by their headers, and any other by a mapping that is remembered.
#include <algorithm>
#include <set>

#include "core/base/apple_models.h"
#include "core/base/csv.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/exchange/device_words.h"
#include "core/exchange/inventory.h"

namespace mainstay {
namespace {

constexpr std::size_t most_columns = 300, most_rows = 500'000;

struct DeviceTable {
  std::vector<std::string> headers;      ///< as written
  std::vector<std::optional<std::string>> targets;  ///< nothing: not known
  std::vector<CsvRow> rows;
};

std::string header_key(const std::vector<std::string>& headers) {
  std::set<std::string> sorted;
  for (const auto& header : headers) sorted.insert(lower_case(header));
  return join({sorted.begin(), sorted.end()}, ";");
}

/// Which program writes such a header row.
std::string program_of(const std::vector<std::string>& headers) {
  std::set<std::string> keys;
  for (const auto& header : headers) keys.insert(folded_header(header));
  const auto all = [&](std::initializer_list<const char*> wanted) { return std::all_of(wanted.begin(), wanted.end(), [&](const char* key) { return keys.contains(key); }); };
  if (all({"lastinventoryupdate"}) || all({"displayname", "modelidentifier"})) return "Jamf";
  if (all({"devicename", "lastcheckin"}) || all({"deviceid", "ownership"})) return "Intune";
  if (all({"assettag", "modelnumber", "category"}) || all({"assettag", "serial", "status"})) return "Snipe-IT";
  if (all({"devicemodel", "productfamily"}) || all({"orderdatetime", "serialnumber"})) return "Apple Business Manager";
  return {};
}

/// Checks what a mapping names. Throws Error{usage}.
void check_target(const std::string& header, const std::string& target) {
  if (target.empty() || Device::info().field(target)) return;
  if (target.starts_with("fact:") && is_valid_id(target.substr(5))) return;
  std::vector<std::string> keys;
  for (const auto& field : Device::info().fields) keys.emplace_back(field.key);
  throw Error(ErrorCode::usage, tr("“{header}={field}”: a device has no field “{field}”. It takes {fields}, or fact:NAME for a fact of your own, or nothing to leave the column out.",
                                   {{"header", shortened(clean_utf8(header), 60)}, {"field", shortened(clean_utf8(target), 60)}, {"fields", join(keys, ", ")}}));
}

const ColumnMapping* remembered(const Plan& plan, const std::vector<std::string>& headers) {
  const auto key = header_key(headers);
  for (const auto& mapping : plan.column_mappings)
    if (mapping.headers == key) return &mapping;
  return nullptr;
}

void lay_over(std::vector<std::optional<std::string>>& targets, const std::vector<std::string>& headers, const std::string& header, const std::string& target) {
  for (std::size_t i = 0; i < headers.size(); ++i)
    if (lower_case(headers[i]) == lower_case(trimmed(header))) targets[i] = target;
}

/// The meanings of the columns: known names, over them what an earlier import was told, over that what this one is told.
std::vector<std::optional<std::string>> targets_of(const InventorySource& source, const std::vector<std::string>& headers) {
  std::vector<std::optional<std::string>> targets;
  for (const auto& header : headers) {
    const auto known = device_column(header);
    targets.push_back(known ? std::optional<std::string>(*known) : std::nullopt);
  }
  if (const auto* mapping = remembered(source.plan, headers))
    for (const auto& line : split(mapping->columns, '\n'))
      if (const auto equals = line.rfind('='); equals != std::string::npos) {
        const auto target = line.substr(equals + 1);
        if (target.empty() || target.starts_with("fact:") || Device::info().field(target)) lay_over(targets, headers, line.substr(0, equals), target);
      }
  for (const auto& [header, target] : source.options.columns) {
    check_target(header, target);
    if (std::none_of(headers.begin(), headers.end(), [&](const std::string& h) { return lower_case(h) == lower_case(trimmed(header)); }))
      throw Error(ErrorCode::usage, tr("“{file}” has no column “{header}”; it has: {headers}.", {{"file", source.name}, {"header", shortened(clean_utf8(header), 60)}, {"headers", shortened(join(headers, ", "), 600)}}));
    lay_over(targets, headers, header, target);
  }
  return targets;
}

/// The change that remembers what the user said, for the next file with the same header row.
Change remember(const InventorySource& source, const std::vector<std::string>& headers) {
  const auto* known = remembered(source.plan, headers);
  // A list that was called one of devices is known the next time, even where every column explains itself.
  if (source.options.columns.empty() && (known || is_device_csv(source.bytes, source.name))) return {};
  std::vector<std::string> lines;
  const auto told = [&](const std::string& line) {
    const auto header = lower_case(trimmed(line.substr(0, line.rfind('='))));
    return std::any_of(source.options.columns.begin(), source.options.columns.end(), [&](const auto& c) { return lower_case(trimmed(c.first)) == header; });
  };
  if (known)
    for (const auto& line : split(known->columns, '\n'))
      if (!told(line)) lines.push_back(line);
  for (const auto& [header, target] : source.options.columns) lines.push_back(std::string(trimmed(header)) + "=" + target);
  if (known) return set_fields(source.plan, {table_of("column_mapping"), known, known->id}, {{"columns", join(lines, "\n")}});
  const auto program = program_of(headers);
  return add_record("column_mapping", new_id("column_mapping"), {{"name", program.empty() ? std::string(source.name) : program}, {"headers", header_key(headers)}, {"columns", join(lines, "\n")}});
}

// --- cells ----------------------------------------------------------------------------------------------------------------------

/// The three numbers of a date such as 5/24/21 or 24.5.2021, or nothing.
std::optional<std::array<int, 3>> date_parts(std::string_view text) {
  std::array<int, 3> parts{};
  std::size_t part = 0, digits = 0;
  for (const char c : text.substr(0, text.find(' '))) {
    if (c >= '0' && c <= '9') {
      if (++digits > 4) return {};
      parts[part] = parts[part] * 10 + (c - '0');
    } else if ((c == '/' || c == '.' || c == '-') && digits > 0 && part < 2) {
      ++part;
      digits = 0;
    } else return {};
  }
  return part == 2 && digits > 0 ? std::optional(parts) : std::nullopt;
}

enum class DateOrder { unknown, day_first, month_first };

/// A column settles its own order where one of its dates can only be read in one way.
DateOrder order_of(const DeviceTable& table, std::size_t column, bool american) {
  for (const auto& row : table.rows) {
    const auto parts = column < row.cells.size() ? date_parts(trimmed(row.cells[column])) : std::nullopt;
    if (!parts || (*parts)[0] > 31) continue;
    if ((*parts)[0] > 12) return DateOrder::day_first;
    if ((*parts)[1] > 12) return DateOrder::month_first;
    if (trimmed(row.cells[column]).find('.') != std::string_view::npos) return DateOrder::day_first;
  }
  return american ? DateOrder::month_first : DateOrder::unknown;
}

std::optional<Date> date_cell(std::string_view text, DateOrder order) {
  if (const auto date = parse_date(text.substr(0, 10))) return date;
  if (const auto instant = parse_instant(text)) return instant->date();
  const auto parts = date_parts(text);
  if (!parts || order == DateOrder::unknown) return {};
  const auto [a, b, y] = *parts;
  const int year = y < 70 ? 2000 + y : y < 100 ? 1900 + y : y;
  const auto day = order == DateOrder::day_first ? a : b, month = order == DateOrder::day_first ? b : a;
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return parse_date(std::to_string(year) + "-" + two(month) + "-" + two(day));
}

/// A cell that a spreadsheet would calculate; `="007"` is the way to keep a number's zeros and is read as text.
bool is_formula(std::string& cell) {
  if (cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"') && cell.find('"', 2) == cell.size() - 1) cell = cell.substr(2, cell.size() - 3);
  else if (cell.starts_with('=') || cell.starts_with('@')) return true;
  return false;
}

Id site_named(const Plan& plan, const std::string& text) {
  for (const auto& site : plan.sites)
    if (lower_case(site.name) == lower_case(text)) return site.id;
  return {};
}

Id person_named(const Plan& plan, const std::string& text) {
  for (const auto& person : plan.people)
    if (lower_case(person.name) == lower_case(text) || (!person.email.empty() && lower_case(person.email) == lower_case(text))) return person.id;
  return {};
}

/// What went wrong with cells, told once per kind of trouble and not once per row.
struct Troubles {
  std::set<std::string> dates, kinds, regions;
  std::vector<std::size_t> surplus;  ///< lines with more cells than columns
  std::size_t formulas = 0, first_formula_line = 0;
};

void set_cell(const Plan& plan, SeenDevice& device, const std::string& target, const std::string& header, std::string cell, DateOrder order, Troubles& troubles, std::size_t line) {
  cell = csv_unguarded(trimmed(cell));
  if (is_formula(cell)) {
    if (troubles.formulas++ == 0) troubles.first_formula_line = line;
    return;
  }
  if (cell.empty() || target.empty()) return;
  const auto dated = [&]() -> std::optional<Date> {
    auto date = date_cell(cell, order);
    if (!date) troubles.dates.insert(header);
    return date;
  };
  if (target == "site_id" || target == "person_id") {
    const auto id = target == "site_id" ? site_named(plan, cell) : person_named(plan, cell);
    if (!id.empty()) device.set(target, id.text);
    else device.fact(target == "site_id" ? "location" : "used_by", cell);
  } else if (target == "kind") {
    const auto kind = kind_word(cell);
    device.set("kind", kind);
    if (kind.empty()) troubles.kinds.insert("“" + shortened(cell, 40) + "”");
  } else if (target == "sale_region") {
    const auto region = region_word(cell);
    device.set("sale_region", region);
    if (region.empty()) troubles.regions.insert("“" + shortened(cell, 40) + "”");
  } else if (target == "seen_on") {
    if (const auto date = dated()) device.seen_on = *date;
  } else if (target == "model" && is_apple_identifier(cell)) {
    device.set("model_identifier", cell);
  } else if (target.starts_with("fact:")) {
    const auto name = target.substr(5);
    if (!name.ends_with("_on")) device.fact(name, lower_case(cell) == "true" ? "yes" : lower_case(cell) == "false" ? "no" : cell);
    else if (const auto date = dated()) device.fact(name, to_text(*date));
  } else if (const auto* field = Device::info().field(target); field && field->type == FieldType::date) {
    if (const auto date = dated()) device.set(target, to_text(*date));
  } else {
    Device scratch;
    field->set_text(&scratch, cell);  // refuses what the field cannot hold, naming it
    device.set(target, cell);
  }
}

/// "Windows 10.0.19045" or "macOS 14.2 (23C64)" in one cell, taken apart.
void tidy_system(SeenDevice& device) {
  for (auto& [key, text] : device.fields) {
    if (key != "os_version") continue;
    const auto digit = text.find_first_of("0123456789");
    if (digit == std::string::npos || digit == 0) continue;
    const std::string whole = text;
    const auto open = whole.find('(');
    text = trimmed(whole.substr(digit, open == std::string::npos ? open : open - digit));
    device.set("os_name", whole.substr(0, digit));
    if (open != std::string::npos) device.set("os_build", whole.substr(open + 1, whole.find(')', open) - open - 1));
    return;
  }
}

DeviceTable read_table(const InventorySource& source) {
  DeviceTable table;
  table.rows = parse_csv(utf8_text(source.bytes));
  if (table.rows.size() < 2) throw Error(ErrorCode::bad_value, tr("“{file}” lists no device: the first line names the columns, each further line is a device.", {{"file", source.name}}));
  for (const auto& cell : table.rows.front().cells) table.headers.push_back(clean_utf8(trimmed(cell)));
  if (table.headers.size() > most_columns || table.rows.size() > most_rows)
    throw Error(ErrorCode::bad_value, tr("“{file}” has more than {columns} columns or {rows} rows and was not read.", {{"file", source.name}, {"columns", most_columns}, {"rows", most_rows}}));
  table.rows.erase(table.rows.begin());
  table.targets = targets_of(source, table.headers);
  return table;
}

void report(const InventorySource& source, const DeviceTable& table, const Troubles& troubles, std::vector<Finding>& findings) {
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < table.headers.size(); ++i)
    if (!table.targets[i] && !table.headers[i].empty()) unknown.push_back("“" + shortened(table.headers[i], 60) + "”");
  if (!unknown.empty())
    findings.push_back(inventory_finding("import.columns", tr("Say what some columns mean"), tr("“{file}”: what these columns mean is not known, and they were left out: {columns}. Say --map \"Header=field\" to give one a meaning, --map \"Header=\" to leave it out for good.",
                                                                                              {{"file", source.name}, {"columns", shortened(join(unknown, ", "), 1000)}})));
  if (!troubles.dates.empty())
    findings.push_back(inventory_finding("import.dates", tr("Write dates in one way"), tr("“{file}”: dates in {columns} could not be read, or not in one way only (is 3/4 March or April?), and were left out. 2026-11-24 is always understood.",
                                                                                        {{"file", source.name}, {"columns", join({troubles.dates.begin(), troubles.dates.end()}, ", ")}})));
  const auto left_words = [&](const std::set<std::string>& words) { return shortened(join({words.begin(), words.end()}, ", "), 600); };
  if (!troubles.kinds.empty())
    findings.push_back(inventory_finding("import.kinds", tr("Say what sort of device some are"), tr("“{file}”: these words name no kind of device that Mainstay knows, and the kind was left open: {words}.", {{"file", source.name}, {"words", left_words(troubles.kinds)}})));
  if (!troubles.regions.empty())
    findings.push_back(inventory_finding("import.regions", tr("Say where some devices were bought"), tr("“{file}”: these words name no region or country that Mainstay knows, and where the devices were bought was left open: {words}.", {{"file", source.name}, {"words", left_words(troubles.regions)}})));
  if (!troubles.surplus.empty()) {
    std::vector<std::string> lines;
    for (const auto line : troubles.surplus)
      if (lines.size() < 10) lines.push_back(std::to_string(line));
    findings.push_back(inventory_finding("import.surplus", tr("Look at rows with too many cells"), tr_count(static_cast<long long>(troubles.surplus.size()), "“{file}”: line {lines} has more cells than there are columns; what stands beyond them was left out.",
                                                                                                            "“{file}”: {count} lines have more cells than there are columns (the first: {lines}); what stands beyond them was left out.",
                                                                                                            {{"file", source.name}, {"lines", join(lines, ", ")}})));
  }
  if (troubles.formulas > 0)
    findings.push_back(inventory_finding("import.formulas", tr("Look at cells that hold formulas"), tr_count(static_cast<long long>(troubles.formulas), "“{file}”: a cell on line {line} holds a formula instead of a value and was left out.",
                                                                                                             "“{file}”: {count} cells hold a formula instead of a value (the first on line {line}) and were left out.", {{"file", source.name}, {"line", troubles.first_formula_line}})));
}

bool names_device(const std::vector<std::optional<std::string>>& targets) {
  return std::any_of(targets.begin(), targets.end(), [](const auto& t) { return t && (*t == "name" || *t == "serial" || *t == "unique_id" || *t == "model" || *t == "fact:asset_tag"); });
}

}  // namespace

std::optional<DeviceColumns> columns_of_devices(const InventorySource& source) {
  const auto text = utf8_text(source.bytes.substr(0, 64 << 10));
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || text[first] == '{' || text[first] == '[' || text[first] == '<' || text.find('\0') != std::string::npos) return {};
  const auto table = read_table(source);
  if (table.headers.size() < 2) return {};
  DeviceColumns found;
  found.rows = table.rows.size();
  found.names_a_device = names_device(table.targets);
  for (std::size_t c = 0; c < table.headers.size(); ++c) {
    DeviceColumn column{table.headers[c], {}, table.targets[c]};
    for (const auto& row : table.rows) {
      if (c >= row.cells.size() || column.samples.size() == 3) continue;
      const auto value = shortened(clean_utf8(trimmed(row.cells[c])), 40);
      if (!value.empty() && std::find(column.samples.begin(), column.samples.end(), value) == column.samples.end()) column.samples.push_back(value);
    }
    found.columns.push_back(std::move(column));
  }
  return found;
}

bool is_device_csv(std::string_view bytes, std::string_view name) {
  const auto head = bytes.substr(0, 64 << 10);
  const auto first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || head[first] == '{' || head[first] == '[' || head[first] == '<') return false;
  const auto text = utf8_text(head);
  if (text.find('\0') != std::string::npos) return false;
  const auto headers = csv_header(text);
  if (headers.empty() || is_plan_csv(text, name)) return false;
  std::set<std::string_view> targets;
  for (const auto& header : headers)
    if (const auto target = device_column(clean_utf8(trimmed(header))); target && !target->empty()) targets.insert(*target);
  const auto count = [&](std::initializer_list<const char*> wanted) { return std::count_if(wanted.begin(), wanted.end(), [&](const char* target) { return targets.contains(target); }); };
  // Something to know a device by, and something that only devices have; where it is but the name, three such things, since people and suppliers have names and types, too.
  const auto of_devices = count({"model", "model_identifier", "os_version", "model_number", "os_build"});
  if (count({"serial", "unique_id", "fact:asset_tag", "fact:imei", "fact:mac_address"}) > 0) return of_devices > 0 || count({"brand", "kind", "os_name"}) > 1;
  return targets.contains("name") && of_devices > 0 && of_devices + count({"brand", "kind", "os_name", "made_on", "sale_region", "count"}) > 2;
}

bool is_mapped_csv(const Plan& plan, std::string_view bytes) {
  if (plan.column_mappings.empty()) return false;
  std::vector<std::string> headers;
  for (const auto& cell : csv_header(utf8_text(bytes.substr(0, 64 << 10)))) headers.push_back(clean_utf8(trimmed(cell)));
  return !headers.empty() && remembered(plan, headers) != nullptr;
}

Inventory read_device_csv(const InventorySource& source) {
  const auto table = read_table(source);
  if (!names_device(table.targets))
    throw Error(ErrorCode::bad_value, tr("“{file}” has no column for a device's name, model or serial number; it has: {headers}. Say --map \"Header=name\".", {{"file", source.name}, {"headers", shortened(join(table.headers, ", "), 600)}}));
  Inventory inventory;
  const auto program = program_of(table.headers);
  inventory.source = program.empty() ? std::string(source.name) : program;
  std::vector<DateOrder> orders;
  for (std::size_t c = 0; c < table.headers.size(); ++c) orders.push_back(order_of(table, c, program == "Snipe-IT"));
  Troubles troubles;
  for (const auto& row : table.rows) {
    SeenDevice device;
    device.place = tr("line {line}", {{"line", row.line}});
    if (row.cells.size() > table.headers.size() && std::any_of(row.cells.begin() + static_cast<std::ptrdiff_t>(table.headers.size()), row.cells.end(), [](const std::string& cell) { return !trimmed(cell).empty(); }))
      troubles.surplus.push_back(row.line);
    try {
      for (std::size_t c = 0; c < row.cells.size() && c < table.targets.size(); ++c)
        if (table.targets[c]) set_cell(source.plan, device, *table.targets[c], table.headers[c], row.cells[c], orders[c], troubles, row.line);
    } catch (const Error& error) {
      inventory.findings.push_back(inventory_finding("import.row", tr("A device was not imported"), tr("“{file}”, line {line}: {reason}", {{"file", source.name}, {"line", row.line}, {"reason", error.what()}})));
      continue;
    }
    if (device.fields.empty() && device.facts.empty()) continue;
    tidy_system(device);
    describe_apple_device(device);
    if (device.get("kind").empty()) device.set("kind", kind_word(device.get("model")));
    if (device.get("name").empty())
      for (const auto& [fact, text] : device.facts)
        if (fact == "asset_tag") device.set("name", text);
    inventory.devices.push_back(std::move(device));
  }
  report(source, table, troubles, inventory.findings);
  inventory.extra = remember(source, table.headers);
  return inventory;
}

}  // namespace mainstay
