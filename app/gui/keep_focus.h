// SPDX-License-Identifier: MIT
#pragma once
#include <wx/window.h>

#include <vector>

namespace mainstay {

/// What is needed to keep the keyboard where somebody works while a part of a page is built anew: the names of the control below `part` that has it, of those after it, then of those
/// before it, the nearest first. Empty where the keyboard is elsewhere.
std::vector<wxString> stops_from_focus(const wxWindow* part);
/// Gives the keyboard to the first of these that stands below `part` again and can take it.
void focus_one_of(wxWindow* part, const std::vector<wxString>& names);

}  // namespace mainstay
