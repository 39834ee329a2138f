// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>

class wxDataViewCtrl;
class wxWindow;

namespace mainstay {

/// Gives a control the name that a screen reader speaks (its label) and the id that tests and tools find it by (its field key).
void set_accessible(wxWindow* window, std::string_view name, std::string_view key);

/// Leaves out a list's column titles, which wx decides only when the list is made.
/// Marks a text box whose words were refused, for eye and screen reader; an empty sentence takes the mark away.
void mark_trouble(wxWindow* box, std::string_view sentence);
void without_header(wxDataViewCtrl* list);

}  // namespace mainstay
