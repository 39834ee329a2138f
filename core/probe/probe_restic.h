// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when a restic repository (`url`) last got a snapshot; `item` narrows it to a host, a `/path` or a `tag:name`.
Observation probe_restic(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
