// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A backup job or account; `link kind=protects` says which data it covers.
struct Backup {
  enum class Method : std::uint8_t { unknown, time_machine, crashplan, nas_copy, cloud_sync, cloud_backup, restic, borg, disk_rotation, other };
  enum class Medium : std::uint8_t { unknown, disk, nas, tape, optical, cloud, other };
  enum class Place : std::uint8_t { unknown, on_site, off_site, cloud };
  Id id;
  std::string name;
  Method method = Method::unknown;
  Place place = Place::unknown;
  std::string destination;
  Id site_id;
  Minutes interval_minutes, run_minutes, offsite_lag_minutes;
  Number retention_days;
  Answer immutable = Answer::unknown;
  std::string keys_kept_at, covers;
  Medium medium = Medium::unknown;
  std::string run_at;    ///< "02:00", in the site's time zone
  std::string run_days;  ///< "mon tue wed"; empty = every day
  static const RecordInfo& info();
};

/// Where and how to measure one backup. Secrets are named here and kept elsewhere.
struct Probe {
  enum class Type : std::uint8_t {
    unknown, time_machine, crashplan, synology, qnap, truenas, restic, borg, healthchecks, duplicati, url, command, crashplan_log
  };
  Id id;
  std::string name;
  Id backup_id;
  Type type = Type::unknown;
  std::string url;
  std::string item;
  std::string account;
  std::string secret_name;
  Minutes every_minutes;
  Number timeout_seconds;
  Answer paused = Answer::unknown;
  std::string command;    ///< program and arguments of `command`, or the folder of the tool for restic and Borg
  std::string time_zone;  ///< in which the source writes its local times; empty = that of the backup's site or this machine
  std::string pin;        ///< fingerprint of the one certificate or host key that is trusted: `sha256//…` (TLS) or `SHA256:…` (SSH)
  static const RecordInfo& info();
};

/// A restore somebody tried, with a stopwatch (NIST SP 800-53 CP-9(1)).
struct RestoreTest {
  enum class Result : std::uint8_t { unknown, pass, partial, fail };
  Id id;
  Id backup_id;
  Date on;
  Result result = Result::unknown;
  Answer files_opened = Answer::unknown;
  Number sample_mb, full_mb;
  Number files_same, files_different, files_missing;  ///< of the sample, compared by SHA-256
  Minutes took_minutes;
  Number took_seconds;                  ///< the same to the second, where the clock was Mainstay's
  Number full_files;                    ///< of the whole set
  Number flow_seconds;                  ///< of the time taken, from the first file written to the last
  Number per_file_us, per_mb_us;        ///< what a file and a megabyte cost while files were written
  Number cost_error_percent;            ///< half of the 95 % interval of those costs, for the whole set
  Id person_id;
  std::string note;
  static const RecordInfo& info();
};

}  // namespace mainstay
