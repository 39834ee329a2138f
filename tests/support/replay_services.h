// SPDX-License-Identifier: MIT
#pragma once
#include "tests/support/replay_server.h"

namespace mainstay::testing {

/// The user and password (or key) that every replayed service wants.
inline const std::string replay_user = "watcher", replay_secret = "sample-secret";

/// Services as their makers document them, with one backup that was last completed at `completed`; they refuse what the real
/// ones refuse: other passwords, missing session keys. DSM tells local time of Europe/Berlin.
ReplayOptions replay_synology(Instant completed);
/// A QNAP in good health; it tells no backups.
ReplayOptions replay_qnap();
ReplayOptions replay_truenas(Instant completed);
ReplayOptions replay_healthchecks(Instant completed);
ReplayOptions replay_duplicati(Instant completed);

/// The one of that name (`synology`, `qnap` ...); nothing where there is none.
std::optional<ReplayOptions> replay_service(const std::string& name, Instant completed);

}  // namespace mainstay::testing
