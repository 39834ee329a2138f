// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/model/change.h"
#include "core/model/finding.h"
#include "core/model/observation.h"

namespace mainstay {

/// What an import would do: a change to look at, and what could not be read, row by row.
struct ImportPreview {
  Change change;
  std::vector<Finding> findings;
  int added = 0, updated = 0, unchanged = 0;
  std::vector<Observation> readings;  ///< to be stored beside the plan, known UUIDs passed over
  bool is_inventory = false;          ///< a list of devices, of another program or by hand
  int against_typed = 0;              ///< values that a person typed and that the file says otherwise: kept, or replaced with ImportOptions::take_list
};

/// What the user says about an import beside the file.
struct ImportOptions {
  std::vector<std::pair<std::string, std::string>> columns;  ///< header -> field of a device, `fact:NAME`, or "" to leave the column out
  Date today;                                                ///< when devices were seen, where the file does not say
  Clock clock = system_now;                                  ///< what lies in the future by it is not believed
  /// True for a field that holds what a person typed (typed_fields.h): an import leaves it as it is, and says so. None: nothing was typed.
  std::function<bool(const Id& record, std::string_view field)> typed = {};
  bool take_list = false;                                    ///< the file's values go before typed ones
};

/// One format: recognised by content, read into a preview. An import adds and updates; it never duplicates or removes, and what a person typed stays unless the file's values are asked for.
struct Importer {
  std::string_view id, title;
  bool (*recognises)(std::string_view bytes, std::string_view name);
  ImportPreview (*read)(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options);
};
/// The formats of Mainstay's own and of readings, in the order in which they are tried; lists of devices (inventory_formats) go before them.
std::span<const Importer> importers();

/// Reads a file (or a folder of CSV files or of phone backups) with the named format, or with the one that recognises it: those of `importers()` and of `inventory_formats()`.
/// `as` may also be `csv:KIND`. Readings that are dated in the future are left out, and a finding tells of them. Throws Error{usage, bad_value, missing_file}.
ImportPreview import_file(const Plan& plan, const std::string& path, std::string_view as = {}, const ImportOptions& options = {});

/// A column of a list of devices: what it is called, what stands in it, and what it is taken to mean.
struct DeviceColumn {
  std::string header;
  std::vector<std::string> samples;    ///< the first few values that differ
  std::optional<std::string> target;   ///< a field of a device, `fact:NAME`, "" = left out on purpose; nothing: not known
};
/// A CSV file as a list of devices.
struct DeviceColumns {
  std::vector<DeviceColumn> columns;
  std::size_t rows = 0;
  bool names_a_device = false;  ///< a column is known to hold a name, model, serial number or identifier: without one nothing can be imported
};
/// The columns of a CSV file and what each is known to mean, by its name or by an earlier import; nothing where the file is no table. Throws Error{missing_file, bad_value}.
std::optional<DeviceColumns> device_columns(const Plan& plan, const std::string& path);

/// Writes plan XML (a name that ends in .xml) or a folder of one CSV file per kind, reads it back and compares. Throws
/// Error{io, refused}.
void export_plan(const Plan& plan, const std::string& path);
/// One kind as CSV: `id` and every field's key, then one line a record.
std::string csv_of(const Plan& plan, const Table& table);

}  // namespace mainstay
