// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/graph.h"
#include "core/model/observation.h"

namespace mainstay {

/// Where a backup stands against the plan (product: ok, at risk, breached, failed, unknown). Unknown is never fine.
enum class BackupState : std::uint8_t { ok, at_risk, breached, failed, unknown };
std::string_view backup_state_name(BackupState state);   ///< "ok", "at_risk", "breached", "failed", "unknown"
std::string_view backup_state_label(BackupState state);  ///< "OK", "At risk", "Breached", "Failed", "Unknown"

/// One backup held against the plan: three clocks, the age of its newest restorable point, and the RPO that reaches it.
struct BackupStatus {
  Id backup_id;
  BackupState state = BackupState::unknown;
  Instant last_attempt, last_point, read_at;
  Date last_proven;                    ///< last restore test that passed
  std::int64_t age_minutes = -1;       ///< of the newest restorable point now; -1 = not known
  std::int64_t working_age_minutes = -1;  ///< the part of it in which the site's data could change (its open days)
  InheritedRpo rpo;
  std::string detail;                  ///< a whole sentence: state, age, RPO and tightest user
};

/// True on the days on which the business is open: Monday to Friday, and the weekend days it says it opens.
bool is_open_day(const Organisation& organisation, Date day);
/// Minutes between two instants that fall on the business's open days (Monday to Friday, and the weekend days it says it
/// opens), UTC days.
std::int64_t open_minutes_between(const Organisation& organisation, Instant from, Instant to);

/// The verdict on one backup as of `now`.
BackupStatus backup_status(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, const Id& backup, Instant now);
/// All backups in the plan's order.
std::vector<BackupStatus> backup_statuses(const Plan& plan, const Graph& graph, const std::vector<Observation>& observations, Instant now);

}  // namespace mainstay
