// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string_view>

class wxDataViewColumn;
class wxDataViewCtrl;
class wxWindow;

namespace mainstay {

/// Gives a control the name that a screen reader speaks (its label) and the id that tests and tools find it by (its field key).
void set_accessible(wxWindow* window, std::string_view name, std::string_view key);

/// Marks a text box whose words were refused, for eye and screen reader; an empty sentence takes the mark away.
void mark_trouble(wxWindow* box, std::string_view sentence);
/// Leaves out a list's column titles, which wx decides only when the list is made.
void without_header(wxDataViewCtrl* list);
/// Takes away the toolkit's own box that opens where letters are typed into a list: it knows nothing of rows that are made as they are shown, and empties the selection.
void without_search(wxDataViewCtrl* list);
/// Calls `action` when a column's title is pressed, by mouse or keyboard.
void on_title_pressed(wxDataViewColumn* column, std::function<void()> action);
/// Shows by which column a list is sorted: 1 upwards, -1 downwards, 0 not by this one.
void show_order(wxDataViewColumn* column, int direction);

}  // namespace mainstay
