// SPDX-License-Identifier: MIT
// Macs and what hangs on their USB ports, as `system_profiler -xml SPHardwareDataType SPSoftwareDataType SPUSBDataType` tells.
#include "core/base/error.h"
#include "core/base/plist.h"
#include "core/exchange/attached_things.h"

namespace mainstay {
namespace {

/// The first of several keys that holds text: macOS has renamed them over the years.
std::string text_at(const Plist& item, std::initializer_list<std::string_view> keys) {
  for (const auto key : keys)
    if (const auto* value = item.find(key)) {
      if (value->type == Plist::Type::text && !trimmed(value->text).empty()) return std::string(trimmed(value->text));
      if (value->type == Plist::Type::integer) return std::to_string(value->integer);
    }
  return {};
}

/// The maker in "0x05dc  (Lexar Media, Inc.)", or nothing.
std::string bracketed(const std::string& text) {
  const auto open = text.find('('), close = text.rfind(')');
  return open == std::string::npos || close == std::string::npos || close < open ? std::string() : text.substr(open + 1, close - open - 1);
}

/// "macOS 12.7.1 (21G920)" and "OS X 10.9.5 (13F34)" in their parts.
void set_system(SeenDevice& mac, const std::string& text) {
  const auto digit = text.find_first_of("0123456789");
  if (digit == std::string::npos) return;
  mac.set("os_name", trimmed(std::string_view(text).substr(0, digit)));
  mac.set("os_version", text.substr(digit, text.find(' ', digit) - digit));
  mac.set("os_build", bracketed(text));
}

void read_hardware(const Plist& item, SeenDevice& mac) {
  mac.set("model_identifier", text_at(item, {"machine_model"}));
  mac.set("serial", text_at(item, {"serial_number"}));
  mac.set("unique_id", text_at(item, {"platform_UUID"}));
  mac.fact("part_number", text_at(item, {"model_number"}));
  mac.fact("processor", text_at(item, {"chip_type", "cpu_type"}));
  mac.fact("memory", text_at(item, {"physical_memory"}));
  mac.fact("boot_rom", text_at(item, {"boot_rom_version"}));
  mac.fact("activation_lock", text_at(item, {"activation_lock_status"}));
  describe_apple_device(mac);
  mac.set("brand", "Apple");
  mac.set("model", text_at(item, {"machine_name"}));
}

void read_software(const Plist& item, SeenDevice& mac) {
  set_system(mac, text_at(item, {"os_version"}));
  mac.set("name", text_at(item, {"local_host_name"}));
}

void read_usb_item(const Plist& item, const std::string& host, AttachedThings& things) {
  const auto product = text_at(item, {"product_id", "a_product_id"});
  if (product.empty() || item.find("host_controller")) return;  // a bus
  const auto vendor = text_at(item, {"vendor_id", "b_vendor_id"});
  UsbThing thing;
  thing.name = text_at(item, {"_name"});
  thing.maker = text_at(item, {"manufacturer", "f_manufacturer"});
  if (thing.maker.empty()) thing.maker = bracketed(vendor);
  thing.serial = text_at(item, {"serial_num", "d_serial_num"});
  thing.vendor_id = vendor;
  thing.product_id = product;
  thing.firmware = text_at(item, {"bcd_device", "c_bcd_device"});
  thing.port = text_at(item, {"location_id", "g_location_id"});
  thing.port = thing.port.substr(0, thing.port.find(' '));  // "0x14200000 / 3"
  thing.built_in = text_at(item, {"Built-in_Device", "1_builtin_device"}) == "Yes";
  things.add(thing, host, Date());
}

void read_usb(const Plist& item, const std::string& host, AttachedThings& things) {
  if (item.type != Plist::Type::dict) return;
  read_usb_item(item, host, things);
  if (const auto* inner = item.find("_items"))
    for (const auto& child : inner->items) read_usb(child, host, things);  // the parser bounds the depth
}

}  // namespace

bool is_system_profiler(std::string_view bytes, std::string_view) {
  const auto has = [&](std::string_view word) { return bytes.substr(0, 1 << 20).find(word) != std::string_view::npos; };
  return (bytes.starts_with("bplist00") || has("<plist")) && (has("SPHardwareDataType") || has("SPUSBDataType") || has("SPUSBHostDataType"));
}

Inventory read_system_profiler(const InventorySource& source) {
  const auto list = parse_plist(source.bytes, source.name);
  if (list.type != Plist::Type::array) throw Error(ErrorCode::bad_value, tr("“{file}” is a property list, but not what system_profiler -xml writes.", {{"file", source.name}}));
  Inventory inventory;
  inventory.source = "system_profiler";
  SeenDevice mac;
  AttachedThings plugged;
  for (const int round : {1, 2})  // the Mac first: what is plugged in is known by it
    for (const auto& section : list.items) {
      const auto type = text_at(section, {"_dataType"});
      const auto* items = section.find("_items");
      if (!items) continue;
      for (const auto& item : items->items) {
        if (round == 1 && type == "SPHardwareDataType") read_hardware(item, mac);
        if (round == 1 && type == "SPSoftwareDataType") read_software(item, mac);
        if (round == 2 && type.starts_with("SPUSB")) read_usb(item, mac.get("serial"), plugged);
      }
      if (const auto* when = section.find("_timeStamp"); when && when->type == Plist::Type::date) mac.seen_on = when->date.date();
    }
  const auto seen_on = mac.seen_on;
  if (!mac.fields.empty()) {
    if (mac.get("serial").empty() && !mac.get("model_identifier").empty())
      inventory.findings.push_back(inventory_finding("import.locked", tr("A Mac did not say its serial number"), tr("“{file}” names no serial number for the Mac; what depends on it stays unknown.", {{"file", source.name}})));
    inventory.devices.push_back(std::move(mac));
  }
  const auto macs = inventory.devices.size();
  plugged.move_into(inventory);
  for (std::size_t i = macs; i < inventory.devices.size(); ++i) inventory.devices[i].seen_on = seen_on;
  if (inventory.devices.empty()) throw Error(ErrorCode::bad_value, tr("“{file}” describes no Mac and nothing that is plugged into one.", {{"file", source.name}}));
  return inventory;
}

}  // namespace mainstay
