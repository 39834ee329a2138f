// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// True where a probe of that type signs in with a password or key.
bool takes_secret(Probe::Type type);
/// Asks for a probe's password or key and keeps it on this computer, in the keyring or a file of the user's own; only its name goes into the plan.
void keep_probe_secret(wxWindow* parent, Session& session, const Id& probe);

}  // namespace mainstay
