// SPDX-License-Identifier: MIT
#pragma once
#include <wx/window.h>

namespace mainstay {

class Session;

/// The wizard: eleven short pages that make a plan, with progress at the left and what the plan can already say at the right. It writes
/// as it goes and resumes on the page where it was left.
wxWindow* make_wizard(wxWindow* parent, Session& session);

}  // namespace mainstay
