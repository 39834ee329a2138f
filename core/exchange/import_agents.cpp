// SPDX-License-Identifier: MIT
// What inventory agents write: GLPI, FusionInventory and OCS as XML, osquery as rows of JSON.
#include <nlohmann/json.hpp>

#include "core/base/company_name.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/xml.h"
#include "core/exchange/attached_things.h"

namespace mainstay {
namespace {

using Json = nlohmann::json;

std::string_view text_in(const pugi::xml_node& node, const char* first, const char* second = nullptr) {
  const std::string_view text = trimmed(node.child_value(first));
  return text.empty() && second ? trimmed(node.child_value(second)) : text;
}

/// "laptop" out of a chassis type ("Notebook"), "" where it says nothing.
std::string_view chassis_kind(std::string_view type) {
  for (const auto* word : {"laptop", "notebook", "portable"})
    if (contains_folded(type, word)) return "laptop";
  for (const auto* word : {"desktop", "tower", "mini pc", "all in one"})
    if (contains_folded(type, word)) return "desktop";
  for (const auto* word : {"server", "rack", "blade"})
    if (contains_folded(type, word)) return "server";
  return "";
}

/// Several of a kind get a number behind their names: battery_part, battery_part_2.
std::string numbered(std::string_view name, int count) { return count < 2 ? std::string(name) : std::string(name) + "_" + std::to_string(count); }

void set_computer(const pugi::xml_node& content, SeenDevice& device) {
  const auto bios = content.child("BIOS"), hardware = content.child("HARDWARE"), system = content.child("OPERATINGSYSTEM");
  device.set("name", text_in(hardware, "NAME"));
  device.set("unique_id", text_in(hardware, "UUID"));
  device.set("serial", text_in(bios, "SSN", "MSN"));
  device.set("brand", text_in(bios, "SMANUFACTURER"));
  device.set("model", text_in(bios, "SMODEL", "MMODEL"));
  device.set("kind", chassis_kind(text_in(hardware, "CHASSIS_TYPE", "TYPE")));
  if (device.get("kind").empty()) device.set("kind", chassis_kind(text_in(bios, "TYPE")));
  device.set("os_name", text_in(hardware, "OSNAME"));
  device.set("os_name", text_in(system, "FULL_NAME", "NAME"));
  device.set("os_version", text_in(hardware, "OSVERSION"));
  device.set("os_version", text_in(system, "KERNEL_VERSION", "VERSION"));
  device.fact("asset_tag", text_in(bios, "ASSETTAG"));
  device.fact("bios_version", text_in(bios, "BVERSION"));
  device.fact("used_by", text_in(hardware, "LASTLOGGEDUSER", "USERID"));
  if (const auto model = device.get("model"); device.get("brand").starts_with("Apple")) device.set("model_identifier", model);
  describe_apple_device(device);
}

void set_parts(const pugi::xml_node& content, SeenDevice& device) {
  int batteries = 0, supplies = 0;
  for (const auto& battery : content.children("BATTERIES")) {
    ++batteries;
    device.fact(numbered("battery_part", batteries), text_in(battery, "NAME", "MODEL"));
    device.fact(numbered("battery_serial", batteries), text_in(battery, "SERIAL"));
    device.fact(numbered("battery_maker", batteries), text_in(battery, "MANUFACTURER"));
    device.fact(numbered("battery_chemistry", batteries), text_in(battery, "CHEMISTRY"));
    device.fact(numbered("battery_date", batteries), text_in(battery, "DATE"));
  }
  for (const auto& supply : content.children("POWERSUPPLIES")) {
    ++supplies;
    device.fact(numbered("power_supply_part", supplies), text_in(supply, "PARTNUM", "MODEL"));
    device.fact(numbered("power_supply_serial", supplies), text_in(supply, "SERIALNUMBER"));
    device.fact(numbered("power_supply_maker", supplies), text_in(supply, "MANUFACTURER"));
  }
}

/// By what the things on a computer are known again where they have no serial number.
std::string host_of(const SeenDevice& computer) {
  for (const auto* key : {"serial", "unique_id", "name"})
    if (const auto& text = computer.get(key); !text.empty()) return text;
  return {};
}

/// Monitors, printers and what is plugged in are devices of their own. Printers before USB, which may tell their serial numbers.
void add_attached(const pugi::xml_node& content, const std::string& host, Date seen_on, AttachedThings& things) {
  const auto text = [](const pugi::xml_node& node, const char* first, const char* second = nullptr) { return std::string(text_in(node, first, second)); };
  for (const auto& node : content.children("MONITORS")) things.add_screen(text_in(node, "CAPTION", "NAME"), text_in(node, "MANUFACTURER"), text_in(node, "SERIAL", "SERIALNUMBER"), seen_on);
  for (const auto& node : content.children("PRINTERS"))
    things.add(ListedPrinter{text(node, "NAME", "CAPTION"), text(node, "DRIVER"), text(node, "MANUFACTURER"), text(node, "SERIAL", "SERIALNUMBER"), text(node, "PORT"), text(node, "SERVERNAME"), text(node, "SHARENAME")}, host, seen_on);
  for (const auto& node : content.children("USBDEVICES"))
    things.add(UsbThing{text(node, "CAPTION", "NAME"), text(node, "MANUFACTURER"), text(node, "SERIAL"), text(node, "VENDORID"), text(node, "PRODUCTID"), {}, text(node, "CLASS"), {}, false}, host, seen_on);
}

std::string row_text(const Json& row, const char* key) {
  const auto found = row.find(key);
  if (found == row.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  return {};
}

/// A row of usb_devices.
bool is_usb_row(const Json& row) { return row.is_object() && row.contains("vendor_id") && row.contains("model_id"); }

UsbThing usb_thing(const Json& row) {
  UsbThing thing{row_text(row, "model"), row_text(row, "vendor"), row_text(row, "serial"), row_text(row, "vendor_id"), row_text(row, "model_id"), row_text(row, "version"), row_text(row, "class"), {}, false};
  thing.port = row_text(row, "usb_address") + ":" + row_text(row, "usb_port");
  thing.built_in = row_text(row, "removable") == "0";
  return thing;
}

/// One row of any other of osquery's tables, told by its columns.
void read_row(const Json& row, SeenDevice& device) {
  if (!row.is_object()) return;
  const auto set = [&](const char* field, const char* key) { device.set(field, row_text(row, key)); };
  if (row.contains("hardware_serial") || row.contains("hardware_model")) {
    set("name", "computer_name");
    set("name", "hostname");
    set("brand", "hardware_vendor");
    set("serial", "hardware_serial");
    set("unique_id", "uuid");
    const auto model = row_text(row, "hardware_model");
    device.set("model_identifier", device.get("brand").starts_with("Apple") ? model : "");
    describe_apple_device(device);
    device.set("model", model);
    device.fact("hardware_version", row_text(row, "hardware_version"));
    if (const auto* line = product_line_of(row_text(row, "hardware_version"))) device.set("kind", line->kind);
  }
  if (row.contains("build") || (row.contains("platform") && row.contains("version"))) {
    device.set("os_name", row_text(row, row.contains("os_name") ? "os_name" : "name"));
    device.set("os_version", row_text(row, row.contains("os_version") ? "os_version" : "version"));
    set("os_build", "build");
  }
  if (row.contains("chemistry") || row.contains("designed_capacity") || row.contains("cycle_count")) {
    device.fact("battery_part", row_text(row, "model"));
    device.fact("battery_serial", row_text(row, "serial_number"));
    device.fact("battery_maker", row_text(row, "manufacturer"));
    device.fact("battery_chemistry", row_text(row, "chemistry"));
    device.fact("battery_cycles", row_text(row, "cycle_count"));
  }
  if (row.contains("chassis_types")) device.set("kind", chassis_kind(row_text(row, "chassis_types")));
  if (row.contains("encrypted") && row.contains("encryption_status")) device.fact("encrypted", row_text(row, "encrypted") == "1" ? "yes" : "no");
}

bool nests_deeply(std::string_view bytes) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (quoted) {
      if (bytes[i] == '\\') ++i;
      else if (bytes[i] == '"') quoted = false;
    } else if (bytes[i] == '"') quoted = true;
    else if (bytes[i] == '[' || bytes[i] == '{') { if (++depth > 32) return true; }
    else if (bytes[i] == ']' || bytes[i] == '}') --depth;
  }
  return false;
}

}  // namespace

bool is_agent_xml(std::string_view bytes, std::string_view) {
  const auto head = bytes.substr(0, 64 << 10);
  return head.find("<REQUEST>") != std::string_view::npos && (bytes.find("<BIOS>") != std::string_view::npos || bytes.find("<HARDWARE>") != std::string_view::npos);
}

Inventory read_agent_xml(const InventorySource& source) {
  const auto document = parse_xml(source.bytes, source.name);
  const auto request = document.child("REQUEST");
  const auto content = request.child("CONTENT");
  if (!content) throw Error(ErrorCode::bad_value, tr("“{file}” is no inventory: an agent's file holds <REQUEST><CONTENT>.", {{"file", source.name}}));
  Inventory inventory;
  const std::string client(trimmed(content.child_value("VERSIONCLIENT")));
  inventory.source = contains_folded(client, "GLPI") ? "GLPI" : contains_folded(client, "OCS") ? "OCS" : contains_folded(client, "Fusion") ? "FusionInventory" : "GLPI/OCS";
  SeenDevice device;
  if (const auto logged = parse_date(text_in(content.child("ACCESSLOG"), "LOGDATE").substr(0, 10))) device.seen_on = *logged;
  set_computer(content, device);
  set_parts(content, device);
  if (device.fields.empty()) throw Error(ErrorCode::bad_value, tr("“{file}” names neither a computer's name nor its model nor its serial number.", {{"file", source.name}}));
  AttachedThings things;
  add_attached(content, host_of(device), device.seen_on, things);
  inventory.devices.push_back(std::move(device));
  things.move_into(inventory);
  return inventory;
}

bool is_osquery(std::string_view bytes, std::string_view) {
  const auto first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first == std::string_view::npos || (bytes[first] != '[' && bytes[first] != '{')) return false;
  const auto has = [&](std::string_view word) { return bytes.substr(0, 1 << 20).find(word) != std::string_view::npos; };
  return has("\"hardware_serial\"") || has("\"hardware_model\"") || (has("\"usb_address\"") && has("\"model_id\""));
}

Inventory read_osquery(const InventorySource& source) {
  if (nests_deeply(source.bytes)) throw Error(ErrorCode::bad_value, tr("“{file}” nests deeper than osquery's rows do and was not read.", {{"file", source.name}}));
  const auto text = utf8_text(source.bytes);
  const auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) throw Error(ErrorCode::bad_value, tr("“{file}” is no complete JSON: it may be cut short.", {{"file", source.name}}));
  Inventory inventory;
  inventory.source = "osquery";
  // Rows that bear a serial number are a device each; other tables' rows tell more of the device before them.
  SeenDevice device;
  AttachedThings things;
  std::vector<UsbThing> plugged;  // in the computer of these rows
  const auto flush = [&] {
    for (const auto& thing : plugged) things.add(thing, host_of(device), device.seen_on);
    plugged.clear();
    if (!device.fields.empty()) inventory.devices.push_back(std::move(device));
    device = {};
  };
  const auto rows_of = [&](const Json& rows) {
    for (const auto& row : rows) {
      if (row.is_object() && (row.contains("hardware_serial") || row.contains("hardware_model")) && !device.get("brand").empty()) flush();
      if (is_usb_row(row)) plugged.push_back(usb_thing(row));
      else read_row(row, device);
    }
  };
  if (json.is_array()) rows_of(json);
  else {
    // `{"system_info": [...], "os_version": [...]}`, as scripts join the answers of several queries.
    for (const auto* table : {"system_info", "os_version"})
      if (json.contains(table) && json[table].is_array()) rows_of(json[table]);
    for (const auto& [table, rows] : json.items())
      if (rows.is_array() && table != "system_info" && table != "os_version") rows_of(rows);
    if (device.fields.empty()) read_row(json, device);
  }
  flush();
  things.move_into(inventory);
  if (inventory.devices.empty()) throw Error(ErrorCode::bad_value, tr("“{file}” holds no row of osquery's system_info with a model or serial number, and nothing on USB that is a device of its own.", {{"file", source.name}}));
  return inventory;
}

}  // namespace mainstay
