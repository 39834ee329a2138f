// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads a QNAP NAS: its health, and the state and free space of its volumes. Its backup jobs have no documented interface.
Observation probe_qnap(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
