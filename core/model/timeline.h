// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/model/calendar.h"
#include "core/model/graph.h"
#include "core/model/observation.h"
#include "core/model/space_forecast.h"

namespace mainstay {

/// Where a backup stands against the plan (product: ok, at risk, breached, failed, unknown). Unknown is never fine.
enum class BackupState : std::uint8_t { ok, at_risk, breached, failed, unknown };
std::string_view backup_state_name(BackupState state);   ///< "ok", "at_risk", "breached", "failed", "unknown"
std::string_view backup_state_label(BackupState state);  ///< "OK", "At risk", "Breached", "Failed", "Unknown"

/// Why a backup is at risk: the first that holds, in this order.
enum class BackupRisk : std::uint8_t { none, missed_runs, too_slow, nearly_used, history_lost, space, sources_disagree };

/// One backup held against the plan: three clocks, the age of its newest restorable point, and the RPO that reaches it.
struct BackupStatus {
  Id backup_id;
  BackupState state = BackupState::unknown;
  Instant last_attempt, last_point, read_at;
  Date last_proven;                    ///< last restore test that passed
  std::int64_t age_minutes = -1;       ///< of the newest restorable point now; -1 = not known
  std::int64_t working_age_minutes = -1;  ///< the part of it in which the site's data could change (its open days)
  InheritedRpo rpo;
  int missed_runs = 0;                 ///< runs that were due since the newest restorable point and are missing
  Instant next_due;                    ///< when the next planned run should be complete; unset = no schedule known
  std::int64_t history_before = -1, history_now = -1;  ///< restore points before and after most of them or all went; -1 = they did not
  Instant reach_before, reach_now;     ///< oldest restorable points before and after most of the reach went at a stroke; unset = it did not
  SpaceForecast space;
  BackupRisk risk = BackupRisk::none;
  Instant point_before;                ///< where nothing is left: the newest restorable point that was known before; unset = it was not dated
  bool warned = false;                 ///< the latest answer of one of its probes warns of something: a run that ended with warnings, a watch that is paused, a disk that ages
  std::string warning;                 ///< what they warn of, whole sentences
  std::string disagreement;            ///< where two of its sources cannot both be right: whole sentences on what each says and whom the verdict rests on
  int passed_over = 0;                 ///< readings that are dated in the future and were not heeded …
  Instant passed_over_until;           ///< … and the latest time that they give
  bool lost_history() const { return history_before >= 0 || reach_before; }
  bool lost_everything() const { return history_before >= 0 && history_now == 0; }
  std::string detail;                  ///< a whole sentence: state, age, RPO and tightest user
};

/// The state in words, with the warnings that its last run ended with.
std::string backup_status_label(const BackupStatus& status);

/// The verdict on one backup as of `now`.
BackupStatus backup_status(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, const Id& backup, Instant now);
/// Those that are breached or failed now and were neither before, and those that have lost everything since: what a person wants to be told at once.
std::vector<BackupStatus> newly_in_trouble(const std::vector<BackupStatus>& before, const std::vector<BackupStatus>& now);
/// How the sentence that a reading carries is to be worded, for readers who see no product.
using ReasonWords = std::function<std::string(const std::string& detail)>;
/// All backups in the plan's order, one status each; walks the readings once.
std::vector<BackupStatus> backup_statuses(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, Instant now, const ReasonWords& words = {});

}  // namespace mainstay
