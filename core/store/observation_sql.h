// SPDX-License-Identifier: MIT
// Internal to store: readings as rows.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/model/observation.h"

namespace mainstay {

/// Every reading, oldest first.
std::vector<Observation> read_observations(SQLite::Database& db);
/// Adds readings whose UUID is new, within the transaction of the caller; returns how many. Where `now` is set, old ones are thinned (PlanFile says how).
int store_observations(SQLite::Database& db, const std::vector<Observation>& observations, Instant now);

}  // namespace mainstay
