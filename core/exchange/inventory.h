// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exchange/importer.h"

namespace mainstay {

/// Field keys, or names of facts, each with its text.
using FieldTexts = std::vector<std::pair<std::string, std::string>>;

/// One device as an inventory shows it: texts by field key of Device, and facts that become Attributes by name.
struct SeenDevice {
  FieldTexts fields, facts;
  Date seen_on;       ///< when the inventory looked; not known: the day of the import
  std::string place;  ///< where in the file, for sentences: "line 4"
  bool name_made_up = false;  ///< the file gives no name, so this one is made of the model: it renames nothing

  /// Adds a field unless the text says nothing ("", "N/A", "To be filled by O.E.M.").
  void set(std::string_view field, std::string_view text);
  /// Adds a fact of that name likewise; the first text for a name stays.
  void fact(std::string_view name, std::string_view text);
  /// The text of a field, "" where there is none.
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
/// The formats of device lists, in the order in which they are tried.
std::span<const InventoryFormat> inventory_formats();

/// The change that brings the inventory into the plan. A device is known again by its serial number, else its identifier, asset tag, IMEI or network address, else by its name where
/// nothing speaks against it (device_identity.h). What a person typed stays (ImportOptions::take_list); what an
/// earlier import brought follows the newest list, and each such difference but those that the device reports of itself (system, build, serial) is a finding. An older list changes nothing.
ImportPreview preview_inventory(const Plan& plan, const Inventory& inventory, const ImportOptions& options);

/// A warning about a place of the file.
Finding inventory_finding(std::string_view rule, const std::string& title, const std::string& message);
/// Kind, brand and marketing name out of an Apple identifier; other identifiers change nothing.
void describe_apple_device(SeenDevice& device);

/// True for a table whose every column is named by the key of a field of one kind: Mainstay's own CSV.
bool is_plan_csv(std::string_view bytes, std::string_view name);

// The readers, each in its file: `is_…` tells the format by its content, `read_…` throws Error{bad_value} with one sentence where the file is none after all; what is wrong with one entry is a
// finding of the inventory.

/// "Key: value" lines as ideviceinfo prints them.
bool is_ideviceinfo_text(std::string_view bytes, std::string_view name);
/// The one device of such a text of at most 1 MB.
Inventory read_ideviceinfo_text(const InventorySource& source);
/// A property list of a phone or tablet: of `ideviceinfo -x`, or a backup's Info.plist.
bool is_mobile_plist(std::string_view bytes, std::string_view name);
/// The one device of such a list; of a backup also the day of the last one.
Inventory read_mobile_plist(const InventorySource& source);
/// Reads a Finder or iTunes backup, or a folder of them; without devices where the folder holds none.
Inventory read_backup_folder(const std::string& path);
/// The XML of `system_profiler -xml`.
bool is_system_profiler(std::string_view bytes, std::string_view name);
/// The Mac, and what is plugged into its USB; what has no serial number there is known again by what it is and by its Mac.
Inventory read_system_profiler(const InventorySource& source);
/// A table with a header that names a device and something about it.
bool is_device_csv(std::string_view bytes, std::string_view name);
/// True where the plan remembers what this header row means.
bool is_mapped_csv(const Plan& plan, std::string_view bytes);
/// One device a row, by the columns that are known, said by the user, or remembered.
Inventory read_device_csv(const InventorySource& source);
/// The columns of a table and what they are known to mean; nothing where it is none.
std::optional<DeviceColumns> columns_of_devices(const InventorySource& source);
/// The XML of a GLPI, FusionInventory or OCS agent.
bool is_agent_xml(std::string_view bytes, std::string_view name);
/// The computer, and the monitors, printers and USB devices that are attached to it.
Inventory read_agent_xml(const InventorySource& source);
/// JSON rows of osquery.
bool is_osquery(std::string_view bytes, std::string_view name);
/// The computers that the rows of system_info and os_version describe, and what the rows of usb_devices do.
Inventory read_osquery(const InventorySource& source);

}  // namespace mainstay
