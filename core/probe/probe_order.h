// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/backup.h"
#include "core/model/observation.h"

namespace mainstay {

/// The probes with those first that gave no reading last time: bad news comes soonest, and what hangs begins to hang at once.
std::vector<Probe> failures_first(std::vector<Probe> probes, const std::vector<Observation>& observations);

/// When a probe should look again: its interval after the last look, up to a tenth earlier so that many probes do not knock in the
/// same minute, and doubling with each look in a row that gave no reading, up to eight intervals or six hours. Unset = at once. A look that
/// is dated later than `now` was taken by a wrong clock and puts nothing off.
Instant due_at(const Probe& probe, const std::vector<Observation>& observations, Instant now);
/// Those that are due, in their order; walks the readings once.
std::vector<Probe> due_probes(std::vector<Probe> probes, const std::vector<Observation>& observations, Instant now);

}  // namespace mainstay
