// SPDX-License-Identifier: MIT
#include "core/exchange/importer.h"

#include <algorithm>
#include <filesystem>

#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/file.h"
#include "core/exchange/import_own.h"
#include "core/exchange/import_time_machine.h"
#include "core/exchange/import_tmutil.h"
#include "core/exchange/inventory.h"
#include "core/exchange/plan_csv.h"
#include "core/exchange/plan_xml.h"
#include "core/exchange/readings.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

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
