// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when a check of healthchecks.io, or of a server of its kind, was last pinged; `item` is its name, slug or key.
Observation probe_healthchecks(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
