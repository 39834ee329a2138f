// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads a Synology NAS: the health of its volumes and disks, its free space, and when a Hyper Backup task (`item`) last succeeded.
Observation probe_synology(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
