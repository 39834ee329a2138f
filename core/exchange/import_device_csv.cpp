// SPDX-License-Identifier: MIT
// Lists of devices as CSV: the exports of Jamf, Intune and Snipe-IT by their headers, and any other by a mapping that is remembered.
#include <algorithm>
#include <set>

#include "core/base/apple_models.h"
#include "core/base/csv.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/exchange/inventory.h"

namespace mainstay {
namespace {

constexpr std::size_t most_columns = 300, most_rows = 500'000;

/// A header, folded, and the field it means; "" = known, and nothing a plan keeps. `fact:NAME` becomes an Attribute.
struct Alias {
  std::string_view header, target;
};
constexpr Alias aliases[] = {
    {"displayname", "name"}, {"devicename", "name"}, {"computername", "name"}, {"assetname", "name"}, {"hostname", "name"}, {"name", "name"}, {"device", "name"}, {"itemname", "name"},
    {"serialnumber", "serial"}, {"serial", "serial"}, {"serialno", "serial"}, {"sn", "serial"}, {"servicetag", "serial"}, {"hardwareserial", "serial"}, {"seriennummer", "serial"},
    {"model", "model"}, {"modelname", "model"}, {"devicemodel", "model"}, {"product", "model"}, {"hardwaremodel", "model"},
    {"modelidentifier", "model_identifier"}, {"producttype", "model_identifier"}, {"modelnumber", "model_number"}, {"modelno", "model_number"},
    {"manufacturer", "brand"}, {"brand", "brand"}, {"make", "brand"}, {"vendor", "brand"}, {"hersteller", "brand"},
    {"osversion", "os_version"}, {"operatingsystemversion", "os_version"}, {"osbuild", "os_build"}, {"osbuildversion", "os_build"}, {"os", "os_name"}, {"operatingsystem", "os_name"},
    {"platform", "os_name"}, {"udid", "unique_id"}, {"uuid", "unique_id"}, {"hardwareuuid", "unique_id"}, {"deviceid", "unique_id"}, {"devicetype", "kind"}, {"category", "kind"},
    {"type", "kind"}, {"purchasedate", "purchased_on"}, {"podate", "purchased_on"}, {"orderdate", "purchased_on"}, {"orderdatetime", "purchased_on"}, {"datepurchased", "purchased_on"},
    {"manufacturedate", "made_on"}, {"quantity", "count"}, {"qty", "count"}, {"location", "site_id"}, {"site", "site_id"}, {"building", "site_id"},
    {"fullname", "person_id"}, {"username", "person_id"}, {"user", "person_id"}, {"assignedto", "person_id"}, {"primaryuserupn", "person_id"}, {"primaryuseremailaddress", "person_id"},
    {"primaryuserdisplayname", "person_id"}, {"email", "person_id"}, {"emailaddress", "person_id"}, {"owner", "person_id"}, {"checkedoutto", "person_id"},
    {"lastinventoryupdate", "seen_on"}, {"lastcheckin", "seen_on"}, {"lastseen", "seen_on"}, {"lastupdated", "seen_on"}, {"updatedat", "seen_on"},
    {"assettag", "fact:asset_tag"}, {"imei", "fact:imei"}, {"ordernumber", "fact:order_number"}, {"supplier", "fact:supplier"}, {"warranty", "fact:warranty"},
    {"warrantyexpiration", "fact:warranty_until"}, {"asseteoldate", "fact:asset_eol_on"}, {"status", "fact:asset_status"}, {"encrypted", "fact:encrypted"},
    {"filevault2status", "fact:encrypted"}, {"lastbackup", "fact:last_backup_on"}, {"lasticloudbackup", "fact:last_backup_on"}, {"partnumber", "fact:part_number"},
    {"batterypart", "fact:battery_part"}, {"supervised", "fact:supervised"},
    {"enrollmentdate", ""}, {"azureaddeviceid", ""}, {"microsoftentradeviceid", ""}, {"compliance", ""}, {"managedby", ""}, {"ownership", ""}, {"devicestate", ""}, {"intuneregistered", ""},
    {"skufamily", ""}, {"jointype", ""}, {"phonenumber", ""}, {"jailbroken", ""}, {"iccid", ""}, {"eid", ""}, {"meid", ""}, {"wifimac", ""}, {"ethernetmac", ""}, {"macaddress", ""},
    {"securitypatchlevel", ""}, {"totalstorage", ""}, {"freestorage", ""}, {"purchasecost", ""}, {"company", ""}, {"notes", ""}, {"jamfprocomputerid", ""}, {"jamfproid", ""}, {"managed", ""},
    {"ipaddress", ""}, {"lastreportedipaddress", ""}, {"userapproved", ""}, {"managementname", ""}, {"color", ""}, {"id", ""}};

/// Letters and digits in lower case: "Last check-in" and "last_checkin" are one.
std::string folded(std::string_view header) {
  std::string out;
  for (const char c : lower_case(header))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

std::optional<std::string_view> alias_of(std::string_view header) {
  const auto key = folded(header);
  for (const auto& alias : aliases)
    if (alias.header == key) return alias.target;
  return {};
}

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
  for (const auto& header : headers) keys.insert(folded(header));
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
    const auto alias = alias_of(header);
    targets.push_back(alias ? std::optional<std::string>(*alias) : Device::info().field(header) ? std::optional(header) : std::nullopt);
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
  if (source.options.columns.empty()) return {};
  std::vector<std::string> lines;
  const auto* known = remembered(source.plan, headers);
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

/// The device kind that words such as "Laptops", "Mobile Phones" or "UPS" mean, "" where they mean none.
std::string_view kind_word(std::string_view text) {
  static constexpr Alias words[] = {{"iphone", "phone"}, {"smartphone", "phone"}, {"ipad", "tablet"}, {"tablet", "tablet"}, {"laptop", "laptop"}, {"notebook", "laptop"},
                                    {"macbook", "laptop"}, {"desktop", "desktop"}, {"workstation", "desktop"}, {"imac", "desktop"}, {"mac mini", "desktop"}, {"server", "server"}, {"nas", "nas"},
                                    {"network storage", "nas"}, {"power bank", "power_bank"}, {"powerbank", "power_bank"}, {"wall plug", "wall_plug"}, {"charger", "charger"},
                                    {"power adapter", "charger"}, {"surge", "surge_protector"}, {"printer", "printer"}, {"router", "router"}, {"switch", "router"}, {"phone", "phone"}};
  const auto folded_text = lower_case(text);
  if (folded_text == "ups" || folded_text.find("uninterruptible") != std::string::npos) return "ups";
  for (const auto& word : words)
    if (folded_text.find(word.header) != std::string::npos) return word.target;
  return "";
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
  std::set<std::string> dates;
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
    device.set("kind", kind_word(cell));
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
  if (troubles.formulas > 0)
    findings.push_back(inventory_finding("import.formulas", tr("Look at cells that hold formulas"), tr_count(static_cast<long long>(troubles.formulas), "“{file}”: a cell on line {line} holds a formula instead of a value and was left out.",
                                                                                                             "“{file}”: {count} cells hold a formula instead of a value (the first on line {line}) and were left out.", {{"file", source.name}, {"line", troubles.first_formula_line}})));
}

bool names_device(const std::vector<std::optional<std::string>>& targets) {
  return std::any_of(targets.begin(), targets.end(), [](const auto& t) { return t && (*t == "name" || *t == "serial" || *t == "unique_id" || *t == "model"); });
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
  const auto line = text.substr(0, text.find('\n'));
  if (std::count(line.begin(), line.end(), '"') % 2 != 0) return false;
  const auto rows = parse_csv(line);
  if (rows.empty() || is_plan_csv(line, name)) return false;
  std::set<std::string_view> targets;
  for (const auto& cell : rows.front().cells)
    if (const auto alias = alias_of(trimmed(cell)); alias && !alias->empty()) targets.insert(*alias);
  // Something to know a device by, and something that only devices have.
  const bool known_by = targets.contains("serial") || targets.contains("unique_id") || targets.contains("fact:asset_tag");
  const bool of_devices = targets.contains("model") || targets.contains("model_identifier") || targets.contains("os_version") || targets.contains("model_number");
  return known_by && of_devices;
}

bool is_mapped_csv(const Plan& plan, std::string_view bytes) {
  if (plan.column_mappings.empty()) return false;
  const auto text = utf8_text(bytes.substr(0, 64 << 10));
  const auto line = text.substr(0, text.find('\n'));
  if (std::count(line.begin(), line.end(), '"') % 2 != 0) return false;
  const auto rows = parse_csv(line);
  if (rows.empty()) return false;
  std::vector<std::string> headers;
  for (const auto& cell : rows.front().cells) headers.push_back(clean_utf8(trimmed(cell)));
  return remembered(plan, headers) != nullptr;
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
