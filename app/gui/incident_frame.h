// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// Shows the incident that runs; where there is none, asks in one small page what happened and who declares it, and activates the plan.
void show_incident(wxWindow* parent, Session& session);

}  // namespace mainstay
