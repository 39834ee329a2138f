// SPDX-License-Identifier: MIT
// iPhones and iPads: what ideviceinfo prints, and the Info.plist that Finder and iTunes put into each backup.
#include <filesystem>

#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/plist.h"
#include "core/exchange/inventory.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t looked_at = 1 << 20;
constexpr std::size_t largest_list = std::size_t(8) << 20;
constexpr int most_backups = 2000;

/// A key of one of the two sources, and what it becomes: a field, or `fact:NAME`.
struct Key {
  std::string_view key, target;
};
constexpr Key device_keys[] = {
    {"DeviceName", "name"}, {"ProductType", "model_identifier"}, {"ProductVersion", "os_version"}, {"BuildVersion", "os_build"}, {"SerialNumber", "serial"},
    {"UniqueDeviceID", "unique_id"}, {"HardwareModel", "fact:hardware_model"}, {"ActivationState", "fact:activation_state"},
    {"InternationalMobileEquipmentIdentity", "fact:imei"}};
constexpr Key backup_keys[] = {
    {"Device Name", "name"}, {"Product Type", "model_identifier"}, {"Product Version", "os_version"}, {"Build Version", "os_build"}, {"Serial Number", "serial"},
    {"Unique Identifier", "unique_id"}, {"Target Identifier", "unique_id"}, {"IMEI", "fact:imei"}};

void put(SeenDevice& device, std::string_view target, std::string_view text) {
  if (target.starts_with("fact:")) device.fact(target.substr(5), text);
  else device.set(target, text);
}

/// What both sources leave to be worked out.
void complete(SeenDevice& device, std::string_view device_class, Inventory& inventory) {
  describe_apple_device(device);
  if (device_class == "iPhone" || device_class == "iPod") device.set("kind", "phone");
  if (device_class == "iPad") device.set("kind", "tablet");
  if (!device_class.empty() || !device.get("model_identifier").empty()) device.set("brand", "Apple");
  const auto version = device.get("os_version");
  // The tablets' system got its own name with version 13.
  const bool tablet_system = device.get("kind") == "tablet" && std::atoi(version.c_str()) >= 13;
  if (!version.empty() && (device.get("kind") == "tablet" || device.get("kind") == "phone")) device.set("os_name", tablet_system ? "iPadOS" : "iOS");
  const auto name = device.get("name").empty() ? device.get("model") : device.get("name");
  if (device.get("serial").empty())
    inventory.findings.push_back(inventory_finding("import.locked", tr("Unlock a device and read it again"),
                                                   tr("“{name}” did not say its serial number: it was locked, or not paired with the computer. What depends on it stays unknown until it is unlocked, trusts the computer, and is read again.", {{"name", name}})));
}

std::string text_of(const Plist* value) {
  if (!value) return {};
  if (value->type == Plist::Type::text) return value->text;
  if (value->type == Plist::Type::integer) return std::to_string(value->integer);
  return {};
}

SeenDevice device_of(const Plist& list, Inventory& inventory) {
  SeenDevice device;
  const bool backup = list.find("Product Type") != nullptr;
  for (const auto& [key, target] : backup ? std::span<const Key>(backup_keys) : std::span<const Key>(device_keys)) put(device, target, text_of(list.find(key)));
  if (backup) {
    inventory.source = tr("Finder or iTunes backup");
    if (const auto* when = list.find("Last Backup Date"); when && when->type == Plist::Type::date) {
      device.seen_on = when->date.date();
      device.fact("last_backup_on", to_text(device.seen_on));
    }
  } else {
    inventory.source = "ideviceinfo";
    const auto part = text_of(list.find("ModelNumber")), region = text_of(list.find("RegionInfo"));
    if (!part.empty()) device.fact("part_number", part + region);
  }
  complete(device, text_of(list.find("DeviceClass")), inventory);
  if (backup) device.set("model", text_of(list.find("Product Name")));
  return device;
}

bool mentions(std::string_view bytes, std::string_view word) { return bytes.substr(0, largest_list).find(word) != std::string_view::npos; }

}  // namespace

bool is_ideviceinfo_text(std::string_view bytes, std::string_view) {
  const auto text = utf8_text(bytes.substr(0, looked_at));
  const auto line = [&](std::string_view key) { return text.starts_with(key) || text.find("\n" + std::string(key)) != std::string::npos; };
  return text.find('<') != 0 && line("ProductType: ") && (line("DeviceClass: ") || line("ProductVersion: ") || line("HardwareModel: "));
}

Inventory read_ideviceinfo_text(const InventorySource& source) {
  if (source.bytes.size() > looked_at) throw Error(ErrorCode::bad_value, tr("“{file}” is larger than what ideviceinfo prints for one device (1 MB) and was not read.", {{"file", source.name}}));
  Inventory inventory;
  inventory.source = "ideviceinfo";
  SeenDevice device;
  std::string device_class, part, region;
  const auto text = utf8_text(source.bytes);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    const auto colon = line.find(": ");
    if (line.empty() || line.front() == ' ' || colon == std::string_view::npos) continue;  // indented: part of a list or a nested value
    const auto key = line.substr(0, colon);
    const auto value = trimmed(line.substr(colon + 2));
    for (const auto& known : device_keys)
      if (known.key == key) put(device, known.target, value);
    if (key == "DeviceClass") device_class = value;
    if (key == "ModelNumber") part = value;
    if (key == "RegionInfo") region = value;
  }
  if (!part.empty()) device.fact("part_number", part + region);
  complete(device, device_class, inventory);
  inventory.devices.push_back(std::move(device));
  return inventory;
}

bool is_mobile_plist(std::string_view bytes, std::string_view) {
  const bool list = bytes.starts_with("bplist00") || mentions(bytes.substr(0, 4096), "<plist");
  return list && (mentions(bytes, "Product Type") || mentions(bytes, "ProductType"));
}

Inventory read_mobile_plist(const InventorySource& source) {
  const auto list = parse_plist(source.bytes, source.name);
  if (list.type != Plist::Type::dict || (!list.find("Product Type") && !list.find("ProductType")))
    throw Error(ErrorCode::bad_value, tr("“{file}” is a property list, but describes no iPhone or iPad.", {{"file", source.name}}));
  Inventory inventory;
  inventory.devices.push_back(device_of(list, inventory));
  return inventory;
}

Inventory read_backup_folder(const std::string& path) {
  Inventory inventory;
  inventory.source = tr("Finder or iTunes backup");
  std::vector<fs::path> lists;
  std::error_code error;
  if (fs::is_regular_file(fs::path(path) / "Info.plist", error)) lists.push_back(fs::path(path) / "Info.plist");
  for (const auto& entry : fs::directory_iterator(path, fs::directory_options::skip_permission_denied, error)) {
    if (static_cast<int>(lists.size()) >= most_backups) break;
    std::error_code ignored;
    const auto list = entry.path() / "Info.plist";
    // A sparse bundle holds a list of that name too, and is a matter for Time Machine.
    if (entry.is_directory(ignored) && entry.path().extension() != ".sparsebundle" && entry.path().extension() != ".backupbundle" && fs::is_regular_file(list, ignored)) lists.push_back(list);
  }
  std::sort(lists.begin(), lists.end());
  for (const auto& file : lists) {
    const auto shown = file.parent_path().filename().string() + "/Info.plist";
    try {
      const auto bytes = read_file(file.string(), largest_list);
      if (!is_mobile_plist(bytes, shown)) continue;
      const auto list = parse_plist(bytes, shown);
      if (list.type == Plist::Type::dict && list.find("Product Type")) inventory.devices.push_back(device_of(list, inventory));
    } catch (const Error& trouble) {
      inventory.findings.push_back(inventory_finding("import.row", tr("A backup was not read"), trouble.what()));
    }
  }
  return inventory;
}

}  // namespace mainstay
