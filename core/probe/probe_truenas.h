// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads a TrueNAS by its REST interface: pools, alerts, and when a replication or cloud task (`item`) last finished.
Observation probe_truenas(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
