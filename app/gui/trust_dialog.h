// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// The fingerprint that a probe's device showed when it was last asked and that nobody vouches for yet; empty where there is none.
std::string untrusted_fingerprint(const Session& session, const Id& probe);
/// Shows that fingerprint, and keeps its key where the person says that it is the device's own; then the backup is read again.
void trust_device(wxWindow* parent, Session& session, const Id& probe);

}  // namespace mainstay
