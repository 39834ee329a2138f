// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// A restore test of one backup, step by step: choose a sample, restore it with the clock running, point at what came back, look at the result and write
/// it down. The window may be closed while the clock runs; opened again it goes on.
void test_restore(wxWindow* parent, Session& session, const Id& backup);

}  // namespace mainstay
