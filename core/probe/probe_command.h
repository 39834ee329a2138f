// SPDX-License-Identifier: MIT
#pragma once
#include "core/probe/probe_types.h"

namespace mainstay {

/// Runs a command of the user's own (`command`, split into words without a shell) and reads what it prints. The contract: a JSON object
/// on standard output with any of `last_point`, `last_attempt`, `oldest_point`, `next_run` (ISO 8601 with zone), `history_count`,
/// `bytes_used`, `bytes_free`, `bytes_total`, `alarm` (true: the copy is not to be trusted), `outcome` (`read`, `failed`,
/// `never_backed_up`), `item` and `detail`. Without JSON the exit code is read as monitoring plug-ins use it: 0 well, 1 warning, 2 failed,
/// 3 not known. Since a plan may come from anybody, only commands that this user has allowed on this computer are run.
Observation probe_command(const Probe& probe, ProbeContext& context);

}  // namespace mainstay
