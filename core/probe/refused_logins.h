// SPDX-License-Identifier: MIT
#pragma once
#include "core/model/backup.h"
#include "core/probe/secrets.h"

namespace mainstay {

/// True where this probe's login was refused when it was last tried from this computer, and its address, account and secret are still
/// the same: an unattended round leaves it alone, since servers lock out whoever tries too often.
bool is_refused_login(const Probe& probe, const Secrets& secrets);
/// Remembers that a probe's login was refused, or forgets that where it was accepted. Kept for this user on this computer, as salted
/// hashes, that of the secret cut so short that it cannot be found by it. True where it is kept. Safe to call from several threads.
bool remember_login(const Probe& probe, const Secrets& secrets, bool refused);

}  // namespace mainstay
