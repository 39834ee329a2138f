// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/date.h"

namespace mainstay {

/// A dated value that came back from a probe. Kept for ever beside the plan, outside its hash; merging unites them by UUID.
struct Observation {
  /// What the reading was worth. `unreadable` covers every way of not getting an answer: it never means "backup failed".
  enum class Outcome : std::uint8_t { read, never_backed_up, failed, no_api, unreadable };
  std::string uuid;
  Id probe_id, backup_id;
  Outcome outcome = Outcome::unreadable;
  Instant read_at;
  Instant last_attempt, last_point;   ///< unset = not known
  std::string item;                   ///< bundle or computer
  std::int64_t history_count = -1;    ///< restore points kept; -1 = not known
  std::int64_t bytes_used = -1, bytes_free = -1;
  bool warned = false;                ///< it was read, and tells of something that needs a look: a run that ended with warnings, a watch that is paused, a disk that ages
  bool alarm = false;                 ///< the source itself says the copy is not to be trusted (verification failed …)
  Instant oldest_point;               ///< how far back a restore can go
  Instant next_run;                   ///< where the source names its next run
  std::int64_t bytes_total = -1;      ///< size of the target
  std::int64_t took_ms = -1;          ///< how long the reading took
  std::string presented_pin;          ///< fingerprint that the server showed and nobody vouches for yet
  std::string reply;                  ///< the start of the last reply, secrets removed, for support; at most 4,000 bytes
  std::string detail;                 ///< a sentence for people, secrets removed
  std::int64_t clock_ahead_seconds = 0;  ///< by which the server's clock was off, where its times were brought to this computer's; 0 = they are as they came
  std::string settings;               ///< fingerprint of the probe's settings it was taken with (probe_settings); empty = not known
};
std::string_view outcome_name(Observation::Outcome outcome);
Observation::Outcome outcome_from(std::string_view name);

/// True where the source answered: it named a point, said that there is none, or that its last run failed.
bool is_answer(Observation::Outcome outcome);

/// How far a clock may be off, in seconds, before what it says is no longer believed.
constexpr std::int64_t clock_grace_seconds = 300;
/// True for a reading that was taken later than `now`: the clock of the computer that took it was wrong, or this one's is. It tells nothing.
bool is_from_the_future(const Observation& reading, Instant now);
/// True where the point lies after the reading that names it: a clock is wrong, and no age can be told.
bool names_a_future_point(const Observation& reading);

/// Readings of one backup, oldest first; of two at the same time the one stored later comes later. They point into the list they were taken from.
using ReadingList = std::vector<const Observation*>;
ReadingList readings_of(const std::vector<Observation>& all, const Id& backup);
/// The readings of every backup by its id, gathered in one walk.
std::unordered_map<std::string, ReadingList> readings_by_backup(const std::vector<Observation>& all);

/// The latest observation of a backup up to `now`; nullptr where there is none.
const Observation* latest(const std::vector<Observation>& all, const Id& backup, Instant now);

}  // namespace mainstay
