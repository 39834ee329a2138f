// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/model/backup.h"
#include "core/model/observation.h"

namespace mainstay {

/// The probes with those first that gave no reading last time: bad news comes soonest, and what hangs begins to hang at once.
std::vector<Probe> failures_first(std::vector<Probe> probes, const std::vector<Observation>& observations);

/// How often the plan needs a look at a backup: four times in its RPO, and as often as it runs. Unset where neither is known.
Minutes looks_needed(const Backup& backup, Minutes rpo);
/// How long a probe waits between two looks: as its record says, else as is usual for its type, or as the plan needs where that is
/// more often, but never less than a quarter of an hour: a disk that sleeps is not woken without need.
std::int64_t look_every_minutes(const Probe& probe, Minutes needed = {});
/// When a probe should look again: its interval after the last look, up to a tenth earlier so that many probes do not knock in the
/// same minute, and doubling with each look in a row that gave no reading, up to eight intervals or six hours. Unset = at once. A look that
/// is dated later than `now` was taken by a wrong clock and puts nothing off.
Instant due_at(const Probe& probe, const std::vector<Observation>& observations, Instant now, Minutes needed = {});
/// Those that are due, in their order, with the looks that the plan needs by the backup's id; walks the readings once.
std::vector<Probe> due_probes(std::vector<Probe> probes, const std::vector<Observation>& observations, Instant now, const std::map<std::string, Minutes>& needed = {});

}  // namespace mainstay
