// SPDX-License-Identifier: MIT
#pragma once
#include "core/model/backup.h"
#include "core/model/observation.h"

namespace mainstay {

struct Plan;

/// A fingerprint of what a probe looks at: its type, address, item, account and command. A reading carries that of the settings it was taken with; names,
/// secrets, pins and time limits do not count, since they change nothing of what is looked at.
std::string probe_settings(const Probe& probe);

/// The readings that tell of what the plan's probes look at now: one that was taken with other settings of a probe tells of something else. Readings
/// that carry no fingerprint, and those of probes that the plan does not have (imported ones), stay.
ReadingList readings_as_set(const Plan& plan, const ReadingList& readings);

}  // namespace mainstay
