// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// Looks through a Time Machine probe at its share, lists every bundle with the device it belongs to, and measures those that nothing measures when somebody says so.
void discover_bundles(wxWindow* parent, Session& session, const Id& probe);

}  // namespace mainstay
