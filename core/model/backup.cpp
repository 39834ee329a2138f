// SPDX-License-Identifier: MIT
#include "core/model/backup.h"

#include "core/base/time_zone.h"
#include "core/model/calendar.h"

namespace mainstay {
namespace {

constexpr Choice methods[] = {{"", "I don't know"}, {"time_machine", "Time Machine"}, {"crashplan", "CrashPlan"}, {"nas_copy", "Copy on a NAS"},
                              {"cloud_sync", "Synced folder (not a backup by itself)"}, {"cloud_backup", "Cloud backup"}, {"restic", "restic"}, {"borg", "Borg"},
                              {"disk_rotation", "Disks taken home"}, {"other", "Other"}};
constexpr Choice places[] = {{"", "I don't know"}, {"on_site", "On site"}, {"off_site", "Off site"}, {"cloud", "Cloud"}};
constexpr Choice media[] = {{"", "I don't know"}, {"disk", "Disk"}, {"nas", "NAS"}, {"tape", "Tape"}, {"optical", "Optical disc"}, {"cloud", "Cloud storage"}, {"other", "Other"}};
constexpr Choice types[] = {{"", "Not chosen"}, {"time_machine", "Time Machine folder"}, {"crashplan", "CrashPlan account"}, {"synology", "Synology NAS"}, {"qnap", "QNAP NAS"},
                            {"truenas", "TrueNAS"}, {"restic", "restic repository"}, {"borg", "Borg repository"}, {"healthchecks", "healthchecks.io check"}, {"duplicati", "Duplicati"},
                            {"url", "Age of a file at an address"}, {"command", "A command of your own"}, {"crashplan_log", "CrashPlan's log files on this computer"}};
constexpr Choice results[] = {{"", "Not known"}, {"pass", "Passed"}, {"partial", "Partly"}, {"fail", "Failed"}};

bool is_time_of_day(std::string_view text) { return parse_time_of_day(text).has_value(); }
bool names_days(std::string_view text) { return parse_days(text).has_value(); }

using B = Backup;
constexpr FieldInfo backup_fields[] = {
    field<&B::name>("name", "Backup", ""),
    field<&B::method>("method", "Made with", "", methods),
    field<&B::place>("place", "Kept", "A copy in the same building burns with the original.", places),
    field<&B::destination>("destination", "Onto", "The NAS, disk or service it goes to."),
    field<&B::site_id>("site_id", "At", "").refers("site"),
    field<&B::interval_minutes>("interval_minutes", "Runs every", "How often it is meant to run."),
    field<&B::run_minutes>("run_minutes", "A run takes", ""),
    field<&B::offsite_lag_minutes>("offsite_lag_minutes", "Reaches off-site after", ""),
    field<&B::retention_days>("retention_days", "Kept for (days)", "How far back a restore can go."),
    field<&B::immutable>("immutable", "Cannot be deleted by a user", "A copy that malware on a computer cannot reach (Essential Eight, ISM-1814)."),
    field<&B::keys_kept_at>("keys_kept_at", "Keys kept at", "Where passphrase and account details lie, away from the computers. Never the secret itself."),
    field<&B::covers>("covers", "Covers", "Folders or accounts it includes; compared with where the data lies.").long_text(),
    field<&B::medium>("medium", "Medium", "Two copies on two kinds of medium, one of them off-site, is the 3-2-1 rule.", media),
    field<&B::run_at>("run_at", "Starts at", "Time of day, such as 02:00, at the place of the backup.").spelled(is_time_of_day, "it takes a time of day, such as 02:00."),
    field<&B::run_days>("run_days", "Runs on", "Such as “mon tue wed thu fri”; empty means every day on which the place is open.").spelled(names_days, "it takes days of the week, such as “mon tue fri”, “mon-fri” or “daily”."),
};
using P = Probe;
constexpr FieldInfo probe_fields[] = {
    field<&P::name>("name", "Probe", ""),
    field<&P::backup_id>("backup_id", "Measures", "").refers("backup").needed(),
    field<&P::type>("type", "How", "", types),
    field<&P::url>("url", "Address", "A mounted folder, http(s) or WebDAV address of the Time Machine share; for CrashPlan the console's address."),
    field<&P::item>("item", "Computer or bundle", "Which sparsebundle or which CrashPlan computer; may stay empty where there is only one."),
    field<&P::account>("account", "Account", "User name, or the API client's key id."),
    field<&P::secret_name>("secret_name", "Secret", "Name under which the password or API secret is kept on this computer; for sftp:// also key: and the path of a key file. Never the secret itself."),
    field<&P::every_minutes>("every_minutes", "Look every", "Empty: every one to four hours by the kind, and more often where the RPO or the schedule needs it."),
    field<&P::timeout_seconds>("timeout_seconds", "Give up after (seconds)", ""),
    field<&P::paused>("paused", "Paused", "").operating(),
    field<&P::command>("command", "Command", "Program and arguments, for a command of your own; for restic and Borg the program's place where it is not on the path."),
    field<&P::time_zone>("time_zone", "Its time zone", "In which the source writes its times, such as Europe/Berlin; empty means that of the backup's place or of this computer.").spelled(is_time_zone, "it takes the name of a time zone that this computer knows, such as Europe/Berlin."),
    field<&P::pin>("pin", "Trusted fingerprint", "Of a certificate or host key that nobody else vouches for. Set when you trust the device; a change then stops the reading.").operating(),
};
using T = RestoreTest;
constexpr FieldInfo restore_test_fields[] = {
    field<&T::backup_id>("backup_id", "Backup", "").refers("backup").needed(),
    field<&T::on>("on", "Day", ""),
    field<&T::result>("result", "Result", "", results),
    field<&T::files_opened>("files_opened", "Files opened and looked right", ""),
    field<&T::sample_mb>("sample_mb", "Restored (MB)", ""),
    field<&T::full_mb>("full_mb", "Whole set (MB)", ""),
    field<&T::files_same>("files_same", "Files that came back the same", "Compared by SHA-256."),
    field<&T::files_different>("files_different", "Files that came back different", ""),
    field<&T::files_missing>("files_missing", "Files that did not come back", ""),
    field<&T::took_minutes>("took_minutes", "Took", ""),
    field<&T::took_seconds>("took_seconds", "Took (seconds)", "By the clock of the test."),
    field<&T::full_files>("full_files", "Whole set (files)", ""),
    field<&T::flow_seconds>("flow_seconds", "Files were being written for (seconds)", "From the first file that came to the last; the rest of the time may be the same however much is restored."),
    field<&T::per_file_us>("per_file_us", "Cost of a file (µs)", ""),
    field<&T::per_mb_us>("per_mb_us", "Cost of a megabyte (µs)", ""),
    field<&T::cost_error_percent>("cost_error_percent", "Error of these costs (%)", "Half of the 95 % interval, for the whole set."),
    field<&T::person_id>("person_id", "Done by", "").refers("person"),
    field<&T::note>("note", "Note", "").long_text(),
};
constexpr RecordInfo backup_info{"backup", "Backup", "Backups", "Copies of data, and how they are made.", backup_fields};
constexpr RecordInfo probe_info{"probe", "Probe", "Probes", "Where to measure a backup's real state.", probe_fields};
constexpr RecordInfo restore_test_info{"restore_test", "Restore test", "Restore tests", "Restores that were tried with a stopwatch.", restore_test_fields, true};

}  // namespace

const RecordInfo& Backup::info() { return backup_info; }
const RecordInfo& Probe::info() { return probe_info; }
const RecordInfo& RestoreTest::info() { return restore_test_info; }

}  // namespace mainstay
