// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A backup job or account; `link kind=protects` says which data it covers.
struct Backup {
  enum class Method : std::uint8_t { unknown, time_machine, crashplan, nas_copy, cloud_sync, cloud_backup, restic, borg, disk_rotation, other };
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
  static const RecordInfo& info();
};

/// Where and how to measure one backup. Secrets are named here and kept elsewhere.
struct Probe {
  enum class Type : std::uint8_t { unknown, time_machine, crashplan };
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
  Minutes took_minutes;
  Id person_id;
  std::string note;
  static const RecordInfo& info();
};

}  // namespace mainstay
