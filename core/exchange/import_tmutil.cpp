// SPDX-License-Identifier: MIT
#include "core/exchange/import_tmutil.h"

#include <algorithm>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/exchange/import_time_machine.h"
#include "core/model/calendar.h"

namespace mainstay {
namespace {

constexpr std::size_t most_lines = 100'000, looked_at = 5, stamp_length = 17;
constexpr std::string_view complaints[] = {"No machine directory found", "NSPOSIXErrorDomain", "Failed to mount backup destination", "tmutil: ", "Operation not permitted", "requires Full Disk Access"};

/// `2025-11-07-151453` as a wall clock shows it; nothing where it is no such time.
std::optional<WallTime> stamp_of(std::string_view text) {
  if (text.size() != stamp_length || text[10] != '-') return {};
  const auto clock = text.substr(11);
  if (clock.find_first_not_of("0123456789") != std::string_view::npos) return {};
  const auto day = parse_date(text.substr(0, 10));
  const auto two = [&](std::size_t at) { return (clock[at] - '0') * 10 + (clock[at + 1] - '0'); };
  if (!day || two(0) > 23 || two(2) > 59 || two(4) > 59) return {};
  return WallTime{*day, two(0) * 3600 + two(2) * 60 + two(4)};
}

/// One restore point, as a line names it.
struct Line {
  WallTime when;
  std::string volume, computer;  ///< where the path tells
};

std::optional<Line> line_of(std::string_view text) {
  const auto slash = text.rfind('/');
  auto last = slash == std::string_view::npos ? text : text.substr(slash + 1);
  if (last.ends_with(".backup")) last.remove_suffix(7);
  const auto when = stamp_of(last);
  if (!when || (slash != std::string_view::npos && !text.starts_with('/'))) return {};
  Line line{*when, {}, {}};
  const auto parts = split(text, '/');  // Volumes, NAME, Backups.backupdb, COMPUTER, TIME; or Volumes, .timemachine, UUID or SERVER, …
  if (parts.size() >= 5 && parts[0] == "Volumes" && parts[2] == "Backups.backupdb") {
    line.volume = clean_utf8(parts[1]);
    line.computer = clean_utf8(parts[3]);
  } else if (parts.size() >= 4 && parts[0] == "Volumes" && parts[1] == ".timemachine") {
    line.volume = clean_utf8(parts[2]);
  }
  return line;
}

std::vector<std::string> lines_in(std::string_view bytes) {
  std::vector<std::string> lines;
  for (auto& line : split(bytes, '\n')) {
    if (lines.size() >= most_lines) break;
    lines.push_back(std::move(line));
  }
  return lines;
}

bool is_list(const std::vector<std::string>& lines) {
  if (lines.empty()) return false;
  for (std::size_t i = 0; i < std::min(looked_at, lines.size()); ++i)
    if (!line_of(lines[i])) return false;
  return true;
}

bool is_status(std::string_view bytes) { return trimmed(bytes.substr(0, 200)).starts_with("Backup session status:"); }
bool is_places(std::string_view bytes) {
  const auto start = trimmed(bytes.substr(0, 2000));
  return start.starts_with("====") && start.find("\nKind ") != std::string_view::npos && start.find("\nID ") != std::string_view::npos;
}
bool is_complaint(std::string_view bytes) {
  const auto start = trimmed(bytes).substr(0, 1000);
  return start.starts_with("No destinations configured") || std::any_of(std::begin(complaints), std::end(complaints), [&](std::string_view words) { return start.starts_with(words) || (words.size() > 12 && start.find(words) != std::string_view::npos); });
}

void tell(ImportPreview& preview, Severity severity, const std::string& sentence) {
  Finding finding;
  finding.rule_id = "import.tmutil";
  finding.severity = severity;
  finding.message = sentence;
  preview.findings.push_back(std::move(finding));
}

/// The text after `key` on a line of its own, as `Key : text` or `Key = text;`; empty where there is none.
std::string value_of(const std::vector<std::string>& lines, std::string_view key, char between) {
  for (const auto& line : lines) {
    const auto at = line.find(between);
    if (at == std::string::npos || trimmed(std::string_view(line).substr(0, at)) != key) continue;
    auto value = std::string(trimmed(std::string_view(line).substr(at + 1)));
    if (between == '=') std::erase_if(value, [](char c) { return c == ';' || c == '"'; });
    return shortened(clean_utf8(value), 300);
  }
  return {};
}

/// What `destinationinfo` says as text, written as it says it with `-X`, so that both go one way.
std::string places_as_plist(const std::vector<std::string>& lines) {
  std::string all;
  std::vector<std::string> one;
  const auto close = [&] {
    std::string dict;
    for (const auto& [from, to] : {std::pair{"Name", "Name"}, {"Kind", "Kind"}, {"Mount Point", "MountPoint"}, {"URL", "URL"}, {"ID", "ID"}})
      if (const auto value = value_of(one, from, ':'); !value.empty()) dict += "<key>" + std::string(to) + "</key><string>" + xml_escaped(value) + "</string>";
    if (!dict.empty()) all += "<dict>" + dict + "</dict>";
    one.clear();
  };
  for (const auto& line : lines) line.starts_with("====") ? close() : one.push_back(line);
  close();
  return "<plist version=\"1.0\"><dict><key>Destinations</key><array>" + all + "</array></dict></plist>";
}

/// The backup whose points these are, or a sentence on why none can be told.
struct Fit {
  const Backup* backup = nullptr;
  std::string problem;
};

Fit fit_of(const Plan& plan, const Line& line, const Id& own, std::string_view file) {
  if (const auto* known = find_in(plan.backups, own)) return {known, {}};
  std::vector<const Backup*> all, named;
  for (const auto& backup : plan.backups) {
    if (backup.method != Backup::Method::time_machine) continue;
    all.push_back(&backup);
    bool fits = contains_folded(file, backup.name);
    for (const auto& probe : plan.probes) fits = fits || (probe.backup_id == backup.id && !probe.item.empty() && (lower_case(probe.item) == lower_case(line.computer) || contains_folded(file, probe.item)));
    if (line.computer.empty() && !line.volume.empty()) fits = fits || contains_folded(backup.destination, line.volume);
    if (fits) named.push_back(&backup);
  }
  if (named.size() == 1) return {named.front(), {}};
  if (named.empty() && all.size() == 1 && line.computer.empty()) return {all.front(), {}};
  if (all.empty() || (named.empty() && !line.computer.empty())) return {};
  std::vector<std::string> names;
  for (const auto* backup : named.empty() ? all : named) names.push_back("“" + backup->name + "”");
  return {nullptr, tr("Whose backups “{file}” lists cannot be told; it may be {names}. Give the file the name of the backup or of the computer, and import it again.", {{"file", file}, {"names", join(names, ", ")}})};
}

std::string zone_of(const Plan& plan, const Backup* backup) {
  if (!backup) return {};
  for (const auto& probe : plan.probes)
    if (probe.backup_id == backup->id && !probe.time_zone.empty() && probe.time_zone != none_text && is_time_zone(probe.time_zone)) return probe.time_zone;
  const auto* site = site_of(plan, *backup);
  return site && is_time_zone(site->time_zone) ? site->time_zone : std::string();
}

void read_list(const Plan& plan, const std::vector<std::string>& lines, std::string_view name, Instant now, ImportPreview& preview) {
  std::vector<Line> points;
  std::size_t other = 0;
  for (const auto& text : lines)
    if (auto line = line_of(text)) points.push_back(std::move(*line));
    else ++other;
  if (other > 0) tell(preview, Severity::warning, tr_count(static_cast<long long>(other), "One line of “{file}” names no restore point and was passed over.", "{count} lines of “{file}” name no restore point and were passed over.", {{"file", name}}));
  const auto& first = points.front();
  const auto hash = sha256_hex(lower_case(first.volume + "/" + first.computer)).substr(0, 16);
  const Id own{"backup-tmutil-" + hash};
  const auto fit = fit_of(plan, first, own, name);
  if (!fit.problem.empty()) return tell(preview, Severity::warning, fit.problem);
  auto id = own;
  if (fit.backup) {
    id = fit.backup->id;
    ++preview.unchanged;
  } else {
    ++preview.added;
    const auto title = first.computer.empty() ? tr("Time Machine") : tr("Time Machine of {computer}", {{"computer", first.computer}});
    append(preview.change, add_record("backup", own, {{"name", title}, {"method", "time_machine"}, {"destination", first.computer.empty() ? std::string() : first.volume}}));
  }
  const auto zone = zone_of(plan, fit.backup);
  std::vector<Instant> times;
  for (const auto& point : points)
    if (const auto at = instant_of(zone, point.when); at && at->seconds <= now.seconds + clock_grace_seconds) times.push_back(*at);
  if (times.empty()) return tell(preview, Severity::warning, tr("“{file}” names only times in the future: the Mac's clock is wrong.", {{"file", name}}));
  std::sort(times.begin(), times.end());
  Observation seen;
  seen.backup_id = id;
  seen.outcome = Observation::Outcome::read;
  seen.item = first.computer;
  seen.last_point = seen.last_attempt = times.back();
  seen.read_at = std::min(times.back(), now);  // the list says no more of when it was made
  if (points.size() > 1) {
    seen.oldest_point = times.front();
    seen.history_count = static_cast<std::int64_t>(times.size());
  }
  seen.detail = points.size() == 1 ? tr("tmutil on the Mac names a restore point completed {when}.", {{"when", spoken(seen.last_point)}})
                                   : tr("tmutil on the Mac lists {count} restore points, the newest completed {when}.", {{"count", times.size()}, {"when", spoken(seen.last_point)}});
  const auto uuid = sha256_hex(id.text + to_text(seen.last_point) + std::to_string(seen.history_count));
  seen.uuid = uuid.substr(0, 8) + "-" + uuid.substr(8, 4) + "-" + uuid.substr(12, 4) + "-" + uuid.substr(16, 4) + "-" + uuid.substr(20, 12);
  preview.readings.push_back(std::move(seen));
}

}  // namespace

bool looks_like_tmutil(std::string_view bytes, std::string_view) { return is_status(bytes) || is_places(bytes) || is_complaint(bytes) || is_list(lines_in(bytes.substr(0, 4000))); }

ImportPreview read_tmutil(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  const auto lines = lines_in(bytes);
  if (is_places(bytes)) return read_time_machine(plan, places_as_plist(lines), name, options);
  ImportPreview preview;
  if (is_status(bytes)) {
    const auto running = value_of(lines, "Running", '=');
    tell(preview, Severity::info, running == "1" ? time_machine_running(value_of(lines, "BackupPhase", '=')) : tr("No Time Machine backup was running when “{file}” was made; it says nothing of finished ones.", {{"file", name}}));
  } else if (is_list(lines)) {
    read_list(plan, lines, name, options.clock(), preview);
  } else if (trimmed(bytes).starts_with("No destinations configured")) {
    tell(preview, Severity::warning, tr("“{file}” says that this Mac backs up to nothing: no target is configured.", {{"file", name}}));
  } else if (is_complaint(bytes)) {
    tell(preview, Severity::warning, tr("“{file}” holds no list but a complaint of tmutil: “{words}”. It needs the backup disk at hand and Full Disk Access for the Terminal.", {{"file", name}, {"words", shortened(clean_utf8(trimmed(bytes)), 200)}}));
  } else {
    throw Error(ErrorCode::bad_value, tr("“{file}” is not what tmutil prints.", {{"file", name}}));
  }
  return preview;
}

}  // namespace mainstay
