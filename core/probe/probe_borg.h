// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Reads when a Borg repository (`url`) last got an archive; `item` narrows it to archives whose names begin so.
Observation probe_borg(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
