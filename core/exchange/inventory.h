// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exchange/importer.h"

namespace mainstay {

using FieldTexts = std::vector<std::pair<std::string, std::string>>;

/// One device as an inventory shows it: texts by field key of Device, and facts that become Attributes by name.
struct SeenDevice {
  FieldTexts fields, facts;
  Date seen_on;       ///< when the inventory looked; not known: the day of the import
  std::string place;  ///< where in the file, for sentences: "line 4"

  /// Adds a field unless the text says nothing ("", "N/A", "To be filled by O.E.M.").
  void set(std::string_view field, std::string_view text);
  void fact(std::string_view name, std::string_view text);
  const std::string& get(std::string_view field) const;
};

/// What an inventory holds.
struct Inventory {
  std::string source;  ///< for Device.source: "Jamf", "Finder backup"
  std::vector<SeenDevice> devices;
  std::vector<Finding> findings;
  Change extra;        ///< what else the import changes, such as a remembered column mapping
};

/// A file being imported, with what its reader may look at.
struct InventorySource {
  const Plan& plan;
  std::string_view bytes, name;
  const ImportOptions& options;
};

/// One inventory format, recognised by content.
struct InventoryFormat {
  std::string_view id, title;
  bool (*recognises)(std::string_view bytes, std::string_view name);
  Inventory (*read)(const InventorySource& source);
};
std::span<const InventoryFormat> inventory_formats();

/// The change that brings the inventory into the plan. A device is known again by its serial number, else its identifier, asset tag, IMEI or network address, else by its name where
/// nothing speaks against it (device_identity.h). What the device itself reports (system, build, serial) follows the inventory unless the inventory is older or a person typed the value;
/// what people name or choose is only filled where empty.
ImportPreview preview_inventory(const Plan& plan, const Inventory& inventory, const ImportOptions& options);

/// A warning about a place of the file.
Finding inventory_finding(std::string_view rule, const std::string& title, const std::string& message);
/// Kind, brand and marketing name out of an Apple identifier; other identifiers change nothing.
void describe_apple_device(SeenDevice& device);

/// True for a table whose every column is named by the key of a field of one kind: Mainstay's own CSV.
bool is_plan_csv(std::string_view bytes, std::string_view name);

// The readers, each in its file.
bool is_ideviceinfo_text(std::string_view bytes, std::string_view name);
Inventory read_ideviceinfo_text(const InventorySource& source);
bool is_mobile_plist(std::string_view bytes, std::string_view name);
Inventory read_mobile_plist(const InventorySource& source);
/// Reads a Finder or iTunes backup, or a folder of them; without devices where the folder holds none.
Inventory read_backup_folder(const std::string& path);
bool is_system_profiler(std::string_view bytes, std::string_view name);
Inventory read_system_profiler(const InventorySource& source);
bool is_device_csv(std::string_view bytes, std::string_view name);
/// True where the plan remembers what this header row means.
bool is_mapped_csv(const Plan& plan, std::string_view bytes);
Inventory read_device_csv(const InventorySource& source);
/// The columns of a table and what they are known to mean; nothing where it is none.
std::optional<DeviceColumns> columns_of_devices(const InventorySource& source);
bool is_agent_xml(std::string_view bytes, std::string_view name);
Inventory read_agent_xml(const InventorySource& source);
bool is_osquery(std::string_view bytes, std::string_view name);
Inventory read_osquery(const InventorySource& source);

}  // namespace mainstay
