// SPDX-License-Identifier: MIT
// What to ask for each way of measuring, in the words of the window and of the command line.
#include "core/probe/probe_types.h"

namespace mainstay {
namespace {

constexpr ProbeField secret{"secret_name", "Name of the secret", "office-nas", "A name of your choice. The password itself stays out of the plan: “Keep its secret…” keeps it on this computer, and so does “mainstay-cli secret keep NAME” in a terminal."};

/// For what SFTP may reach.
constexpr ProbeField secret_or_key_file{"secret_name", "Name of the secret", "office-nas", "A name of your choice. The password itself stays out of the plan: “Keep its secret…” keeps it on this computer, and so does “mainstay-cli secret keep NAME” in a terminal. For sftp:// a key file works as well: keep key:/home/you/.ssh/id_ed25519 in place of a password, and the key's passphrase, if it has one, under this name with -passphrase behind it."};

constexpr ProbeField api_key(std::string_view where) { return {"secret_name", "Name of the API key", "office-key", where}; }

constexpr ProbeField time_machine[] = {
    {"url", "Address or folder", "sftp://nas.local/volume1/TimeMachine", "The share that the Macs back up to: a folder where it is mounted (/Volumes/Backups), or sftp, ftp, ftps, smb or https with the NAS's name. On the NAS it stands among the shared folders."},
    {"item", "Computer", "Mina's MacBook", "The Mac's name under System Settings, General, Sharing; empty where the share holds one Mac only."},
    {"account", "Account", "backup-reader", "A user of the NAS that may read the share; none for a mounted folder."},
    secret_or_key_file,
};
constexpr ProbeField crashplan[] = {
    {"url", "Console address", "https://console.us2.crashplan.com", "The address you log in at."},
    {"item", "Computer", "OFFICE-PC", "The computer's name or number in the console; empty where the account has one."},
    {"account", "API client", "key-1234abcd", "Console, Administration, Integrations, API Clients: make one with the permission Computer Read. A user's own login works too where it needs no second factor. Small-business subscriptions may have no API; then read the log files."},
    secret,
};
constexpr ProbeField crashplan_log[] = {
    {"url", "Folder of the logs", "/Library/Logs/CrashPlan", "On Linux /usr/local/crashplan/log, on a Mac /Library/Logs/CrashPlan, on Windows ProgramData\\CrashPlan\\log. A folder of another computer can be read by sftp:// or smb://."},
    {"time_zone", "Time zone", "Europe/Berlin", "That of the computer that wrote the log; empty for this one."},
    {"account", "Account", "backup-reader", "A user of that other computer; none for a folder of this one."},
    secret_or_key_file,
};
constexpr ProbeField synology[] = {
    {"url", "Address", "https://nas.local:5001", "The address you open DSM at, with its port."},
    {"item", "Hyper Backup task", "Office to cloud", "The task's name in Hyper Backup; empty where there is one."},
    {"account", "Account", "watcher", "DSM shows storage and backup tasks to administrators only. Make one for this, without a second factor."},
    secret,
    {"time_zone", "Time zone of the NAS", "Europe/Berlin", "DSM writes local times: Control Panel, Regional Options. Empty for this computer's."},
};
constexpr ProbeField qnap[] = {
    {"url", "Address", "https://nas.local", "The address you open QTS at. It gives health and space; QNAP documents no way to ask for backup jobs."},
    {"account", "Account", "watcher", "A user of the QNAP that may see the system's state."},
    secret,
};
constexpr ProbeField truenas[] = {
    {"url", "Address", "https://truenas.local", "The address you open TrueNAS at. Releases from 25.10 on speak another protocol, which Mainstay does not know yet."},
    {"item", "Replication or cloud task", "Offsite", "Its name under Data Protection; empty for pools and alerts alone."},
    api_key("A name of your choice. TrueNAS makes the key under the user's menu, API Keys; “Keep its secret…” keeps it on this computer, and so does “mainstay-cli secret keep NAME” in a terminal."),
};
constexpr ProbeField restic[] = {
    {"url", "Repository", "sftp:backup@nas.local:/srv/restic", "What restic is given with -r. The program has to be installed here."},
    {"item", "Only", "office, /home or tag:books", "A computer, a path that was backed up, or a tag; empty for all."},
    secret,
};
constexpr ProbeField borg[] = {
    {"url", "Repository", "ssh://backup@nas.local/./borg", "What borg is given. The program has to be installed here."},
    {"item", "Archives that begin with", "office-", "Empty for all."},
    secret,
};
constexpr ProbeField healthchecks[] = {
    {"url", "Address", "https://healthchecks.io", "Of the service, or of your own server of its kind."},
    {"item", "Check", "nightly-dump", "Its name or slug; empty where the project has one."},
    api_key("A name of your choice. The key stands in the project's settings under API Access: the read-only one is enough; “Keep its secret…” keeps it on this computer, and so does “mainstay-cli secret keep NAME” in a terminal."),
};
constexpr ProbeField duplicati[] = {
    {"url", "Address", "http://localhost:8200", "Where you open Duplicati's pages; or the file, on this computer or a share, in which the newest report that it sends as JSON is kept."},
    {"item", "Backup", "Books", "Its name in Duplicati; empty where there is one."},
    {"account", "Account", "backup-reader", "For a report on a share: a user that may read it. None for Duplicati's own pages."},
    secret_or_key_file,
};
constexpr ProbeField url[] = {
    {"url", "Address", "https://example.com/dumps/latest.zip", "A file that each run writes anew, or a folder (ending in /) whose newest file counts."},
    {"item", "Only files like", "*.zip", "For a folder; empty for all."},
    {"account", "Account", "reader", "Where it asks for one."},
    secret_or_key_file,
};
constexpr ProbeField command[] = {
    {"command", "Command", "/usr/local/bin/check-dump --json", "Prints JSON with last_point and so on, or ends with 0, 1, 2 or 3 as monitoring plug-ins do. It runs only where you have allowed it on this computer."},
    secret,
};

}  // namespace

std::span<const ProbeField> probe_fields(Probe::Type type) {
  using Type = Probe::Type;
  switch (type) {
    case Type::time_machine: return time_machine;
    case Type::crashplan: return crashplan;
    case Type::synology: return synology;
    case Type::qnap: return qnap;
    case Type::truenas: return truenas;
    case Type::restic: return restic;
    case Type::borg: return borg;
    case Type::healthchecks: return healthchecks;
    case Type::duplicati: return duplicati;
    case Type::url: return url;
    case Type::command: return command;
    case Type::crashplan_log: return crashplan_log;
    case Type::unknown: break;
  }
  return {};
}

std::string_view probe_about(Probe::Type type) {
  using Type = Probe::Type;
  switch (type) {
    case Type::time_machine: return "Reads what Time Machine writes beside its own image: completed backups, failed verifications, space. The image itself is not opened.";
    case Type::crashplan: return "Asks the CrashPlan console for the computer's last completed backup, its alerts and its state.";
    case Type::crashplan_log: return "Reads the agent's own logs, for subscriptions without an API. Logs are rotated: what is older than they reach is not known.";
    case Type::synology: return "Reads volumes, pools, disks and space, and when a Hyper Backup task last succeeded.";
    case Type::qnap: return "Reads the system's health, volumes, disks and space. It gives no age of a backup: measure that at the job's target.";
    case Type::truenas: return "Reads pools, alerts and space, and when a replication or cloud task last finished.";
    case Type::restic: return "Runs restic here and takes the newest snapshot.";
    case Type::borg: return "Runs Borg here and takes the newest archive.";
    case Type::healthchecks: return "Asks when a job last reported its success. It knows what the job said, not what lies in the backup.";
    case Type::duplicati: return "Asks Duplicati, or reads its newest report, for the last completed run.";
    case Type::url: return "Takes the time of a file, or of the newest in a folder, for that of the backup. An empty file counts as a failure.";
    case Type::command:
      return "Runs a program without a shell. It prints one JSON object: last_point (ISO 8601 with a zone, the newest restorable point), and where known last_attempt, oldest_point, next_run, history_count, bytes_used, "
             "bytes_free, bytes_total, item, detail (a sentence), alarm (true: the copy is not to be trusted), warned (true: the run completed with warnings) and outcome (read, failed or never_backed_up). Exit code 1 means warnings, 2 failed, 3 and above not known. "
             "Without JSON, 0 and 1 tell no age, 2 is a failure and the first line is kept. The secret, if one is named, is in the environment as MAINSTAY_PROBE_SECRET.";
    case Type::unknown: break;
  }
  return {};
}

Probe::Type usual_probe(Backup::Method method) {
  switch (method) {
    case Backup::Method::time_machine: return Probe::Type::time_machine;
    case Backup::Method::crashplan: return Probe::Type::crashplan;
    case Backup::Method::restic: return Probe::Type::restic;
    case Backup::Method::borg: return Probe::Type::borg;
    default: return Probe::Type::unknown;
  }
}

}  // namespace mainstay
