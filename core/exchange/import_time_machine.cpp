// SPDX-License-Identifier: MIT
#include "core/exchange/import_time_machine.h"

#include <algorithm>
#include <set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/plist.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;
constexpr std::size_t most_destinations = 50;
constexpr std::int64_t year_2000 = 946'684'800;
constexpr std::int64_t unreliable = 501, not_now_from = 100, not_now_to = 105;  // 100-105: put off, not failed

struct Result {
  std::int64_t number;
  const char* meaning;
};
constexpr Result results[] = {
    {1, "it could not start"}, {2, "it could not start; a virus scanner may be in the way"}, {3, "the target has the wrong disk format"}, {4, "the state of the target could not be read"},
    {6, "the target has the wrong disk format"}, {7, "only a part was copied, since space ran short"}, {8, "the target can only be read"}, {9, "the target keeps no access rights"},
    {10, "it could not be prepared"}, {11, "the target failed"}, {12, "files could not be linked"}, {14, "old backups could not be thinned out"}, {15, "the target is full, even after thinning out"},
    {16, "the target is full, even after thinning out"}, {17, "no target is chosen"}, {18, "the target was not found"}, {19, "the target could not be reached"},
    {20, "the disk image could not be made"}, {21, "the disk image could not be opened"}, {22, "somebody cancelled it"}, {23, "the target tells upper from lower case differently"},
    {24, "two volumes have the same name"}, {25, "there was nothing to back up"}, {26, "the connection to the network target was lost"}, {27, "the disk was unplugged"},
    {28, "no space is left"}, {29, "the user name or password of the network target is wrong"}, {30, "an older backup could not be taken over"}, {31, "the disk image is in use"},
    {32, "the disk image is missing"}, {33, "the clock is wrong"}, {37, "a disk that is backed up was unplugged"}, {38, "the disk image can only be read"}, {39, "the target's encryption was lost"},
    {42, "the check of the backup was interrupted"}, {44, "the old disk image could not be deleted"}, {45, "the server lacks what Time Machine needs"}, {49, "no snapshot of the Mac's own disk could be made"},
    {50, "the Mac's own disk is nearly full"}, {52, "the passphrase is empty"}, {53, "the disk image's password is wrong"}, {60, "a management profile forbids it"}, {70, "the disk image was lost"},
    {100, "the Mac ran on battery"}, {101, "the battery was low"}, {102, "the Mac was too hot"}, {103, "FileVault was still converting the disk"}, {104, "files stay locked until somebody signs in"},
    {105, "files were still coming from the cloud"}, {106, "files were still coming from the cloud"}, {300, "it could not be prepared"}, {301, "it could not be prepared"}, {302, "it could not be prepared"},
    {303, "it could not be prepared"}, {402, "copying failed"}, {404, "it could not be finished"}, {406, "a path is too long"}, {450, "the backup could not be sealed"},
    {451, "the settings of the target are out of date"}, {455, "the settings of the target are not valid"}, {unreliable, "the backups on the target are not reliable and must be started anew"},
    {703, "it was cancelled to eject the disk"}, {704, "it was cancelled to eject the disk"},
};

bool put_off(std::int64_t number) { return number >= not_now_from && number <= not_now_to; }

std::string text_in(const Plist& dict, std::string_view key) {
  const auto* value = dict.find(key);
  return value && value->type == Plist::Type::text ? shortened(clean_utf8(value->text), 300) : std::string();
}

/// The dates of an array that can be true ones, oldest first.
std::vector<Instant> dates_in(const Plist& dict, std::string_view key, Instant latest) {
  std::vector<Instant> dates;
  if (const auto* list = dict.find(key))
    for (const auto& item : list->items)
      if (item.type == Plist::Type::date && item.date && item.date.seconds >= year_2000 && item.date <= latest) dates.push_back(item.date);
  std::sort(dates.begin(), dates.end());
  return dates;
}

/// The newest date anywhere in the file that is not in the future: the file is at least that fresh, and who knows whether fresher.
Instant newest_date(const Plist& value, Instant latest) {
  auto newest = value.type == Plist::Type::date && value.date && value.date <= latest ? value.date : Instant();
  for (const auto& item : value.items) newest = std::max(newest, newest_date(item, latest));
  for (const auto& [key, member] : value.members) newest = std::max(newest, newest_date(member, latest));
  return newest;
}

/// The volume's name in an old alias record: a length at byte 10, the name from 11.
std::string alias_name(const Plist& destination) {
  const auto* alias = destination.find("BackupAlias");
  if (!alias || alias->type != Plist::Type::data || alias->text.size() < 12) return {};
  const auto length = static_cast<unsigned char>(alias->text[10]);
  return length > 0 && length <= 27 && alias->text.size() >= 11u + length ? clean_utf8(alias->text.substr(11, length)) : std::string();
}

/// A place that a Mac backs up to, as its settings or tmutil name it.
struct Destination {
  std::string id, name, url, account;
};

Destination destination_of(const Plist& dict) {
  Destination found;
  found.id = text_in(dict, "DestinationID");
  if (found.id.empty()) found.id = text_in(dict, "ID");
  found.name = text_in(dict, "LastKnownVolumeName");
  if (found.name.empty()) found.name = text_in(dict, "Name");
  if (found.name.empty()) found.name = alias_name(dict);
  found.url = text_in(dict, "NetworkURL");
  if (found.url.empty()) found.url = text_in(dict, "URL");
  const auto start = found.url.find("://"), at = found.url.find('@');
  if (start != std::string::npos && at != std::string::npos && at < found.url.find('/', start + 3)) {  // the user goes into the account, a password nowhere
    const auto user = found.url.substr(start + 3, at - start - 3);
    found.account = url_decoded(user.substr(0, user.find(':')));
    found.url.erase(start + 3, at - start - 2);
  }
  if (const auto service = found.url.find("._smb._tcp."); service != std::string::npos) found.url.replace(service, 11, ".");  // as Bonjour writes it
  return found;
}

/// The backup that this destination fills: the one an earlier import made, or one that names it; empty where none does.
Id fitting_backup(const Plan& plan, const Destination& place, const Id& own) {
  if (find_in(plan.backups, own)) return own;
  std::vector<Id> fitting;
  for (const auto& backup : plan.backups) {
    const bool named = (!place.name.empty() && contains_folded(backup.destination, place.name)) || (!place.url.empty() && contains_folded(backup.destination, place.url));
    if (backup.method == Backup::Method::time_machine && named) fitting.push_back(backup.id);
  }
  return fitting.size() == 1 ? fitting.front() : Id{};
}

/// A UUID made of what was read, so that the same reading is the same one at a second import.
std::string reading_uuid(const std::string& of) {
  const auto hex = sha256_hex(of);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" + hex.substr(20, 12);
}

Observation reading_of(const Plist& dict, Instant read_at) {
  Observation seen;
  seen.read_at = read_at;
  const auto points = dates_in(dict, "SnapshotDates", read_at), attempts = dates_in(dict, "AttemptDates", read_at);
  seen.bytes_used = std::max<std::int64_t>(dict.integer_or("BytesUsed", -1), -1);
  seen.bytes_free = std::max<std::int64_t>(dict.integer_or("BytesAvailable", -1), -1);
  seen.history_count = static_cast<std::int64_t>(points.size());
  if (!points.empty()) {
    seen.last_point = points.back();
    seen.oldest_point = points.front();
  }
  seen.last_attempt = std::max(seen.last_point, attempts.empty() ? Instant() : attempts.back());
  seen.outcome = points.empty() ? Outcome::never_backed_up : Outcome::read;
  std::vector<std::string> notes{points.empty() ? tr("The Mac's own settings name no completed backup to this target.")
                                                : tr("The Mac's own settings say: last completed backup {when}.", {{"when", spoken(seen.last_point)}})};
  const auto result = dict.integer_or("RESULT", 0);
  const bool later = attempts.empty() || points.empty() || attempts.back() > points.back();
  if (result != 0 && later) {
    notes.push_back(time_machine_result(result));
    if (!put_off(result)) seen.outcome = Outcome::failed;
    if (result == unreliable) seen.alarm = true;
  } else if (!attempts.empty() && attempts.back() > seen.last_point) {
    notes.push_back(tr("The last attempt, {when}, was not completed.", {{"when", spoken(attempts.back())}}));
  }
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace

std::string time_machine_result(std::int64_t number) {
  for (const auto& known : results)
    if (known.number == number)
      return put_off(number) ? tr("The last run was put off: {meaning}.", {{"meaning", tr(known.meaning)}}) : tr("The last run failed: {meaning} (number {number}).", {{"meaning", tr(known.meaning)}, {"number", static_cast<long long>(number)}});
  return tr("The last run failed for a reason that is not known here (number {number}).", {{"number", static_cast<long long>(number)}});
}

std::string time_machine_running(std::string_view phase) {
  struct Phase { std::string_view name; const char* words; };
  constexpr Phase phases[] = {{"FindingBackupVol", "it looks for its target"}, {"Starting", "it begins"}, {"MountingDiskImage", "it opens the disk image"}, {"MountingBackupVol", "it opens the target"},
                              {"PreparingSourceVolumes", "it prepares the Mac's disk"}, {"FindingChanges", "it looks for changes"}, {"Copying", "it copies"}, {"Finishing", "it finishes"},
                              {"Stopping", "it is being stopped"}, {"ThinningPreBackup", "it thins out old backups"}, {"ThinningPostBackup", "it thins out old backups"}, {"LazyThinning", "it thins out old backups"}};
  for (const auto& known : phases)
    if (known.name == phase) return tr("A Time Machine backup was running: {words}. It says nothing of finished ones.", {{"words", tr(known.words)}});
  return tr("A Time Machine backup was running. It says nothing of finished ones.");
}

bool looks_like_time_machine(std::string_view bytes, std::string_view) {
  if (!bytes.starts_with("bplist00") && bytes.substr(0, 1000).find("<plist") == std::string_view::npos) return false;
  for (const char* key : {"SnapshotDates", "DestinationID", "LastDestination", "BackupPhase", "AutoBackup", "com.apple.backupd"})
    if (bytes.find(key) != std::string_view::npos) return true;
  return false;
}

ImportPreview read_time_machine(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  const auto list = parse_plist(bytes, name);
  const auto latest = options.clock();
  const auto read_at = newest_date(list, latest);
  ImportPreview preview;
  const auto tell = [&](const std::string& sentence) {
    Finding finding;
    finding.rule_id = "import.time_machine";
    finding.severity = Severity::warning;
    finding.message = sentence;
    preview.findings.push_back(std::move(finding));
  };
  if (const auto* automatic = list.find("AutoBackup"); automatic && automatic->type != Plist::Type::none && !automatic->flag && automatic->integer == 0)
    tell(tr("“{file}”: automatic backups are switched off on this Mac.", {{"file", name}}));
  const auto* destinations = list.find("Destinations");
  if (const auto* running = list.find("Running"); running && !destinations) {  // tmutil status -X
    const bool now = running->flag || running->integer != 0 || running->text == "1";
    tell(now ? time_machine_running(text_in(list, "BackupPhase")) : tr("No Time Machine backup was running when “{file}” was made; it says nothing of finished ones.", {{"file", name}}));
    preview.findings.back().severity = Severity::info;
    return preview;
  }
  if (!destinations || destinations->items.empty()) {
    tell(tr("“{file}” names no target that this Mac backs up to.", {{"file", name}}));
    return preview;
  }
  std::set<std::string> known;
  for (const auto& dict : destinations->items) {
    const auto place = destination_of(dict);
    if (place.id.empty() || known.size() >= most_destinations || !known.insert(lower_case(place.id)).second) continue;
    ++preview.unchanged;
    const Id own{"backup-tm-" + sha256_hex(lower_case(place.id)).substr(0, 16)};
    auto backup = fitting_backup(plan, place, own);
    Id probe{"probe-tm-" + own.text.substr(10)};
    if (backup.text.empty()) {
      backup = own;
      --preview.unchanged;
      ++preview.added;
      const auto title = place.name.empty() ? tr("Time Machine") : tr("Time Machine to {target}", {{"target", place.name}});
      append(preview.change, add_record("backup", own, {{"name", title}, {"method", "time_machine"}, {"destination", join(place.url.empty() ? std::vector{place.name} : std::vector{place.name, place.url}, ", ")},
                                                        {"medium", place.url.empty() ? "disk" : "nas"}}));
      if (!place.url.empty())
        append(preview.change, add_record("probe", probe, {{"name", title}, {"backup_id", own.text}, {"type", "time_machine"}, {"url", place.url}, {"account", place.account}}));
    }
    if (!dict.find("SnapshotDates") || !read_at) continue;  // tmutil names the place only
    auto seen = reading_of(dict, read_at);
    seen.backup_id = backup;
    seen.item = place.name;
    seen.uuid = reading_uuid(place.id + to_text(seen.read_at) + to_text(seen.last_point) + to_text(seen.last_attempt) + std::to_string(seen.history_count));
    preview.readings.push_back(std::move(seen));
  }
  return preview;
}

}  // namespace mainstay
