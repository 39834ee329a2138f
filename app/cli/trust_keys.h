// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "app/cli/command.h"
#include "core/model/backup.h"
#include "core/model/observation.h"

namespace mainstay::cli {

/// Shows the fingerprints that servers presented and nobody vouches for, and keeps them where the user says so: `--yes` for a device that is new, `--changed-too`
/// as well where another key was trusted before. The probes that are trusted now.
std::vector<Probe> trust_keys(Document& document, const Invocation& in, const std::vector<Observation>& readings);

}  // namespace mainstay::cli
