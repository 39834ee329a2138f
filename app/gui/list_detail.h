// SPDX-License-Identifier: MIT
#pragma once
#include <wx/splitter.h>

#include "app/gui/layout.h"
#include "app/gui/page.h"

namespace mainstay {

/// The shape most pages share: a title, a bar of controls, a list at the left and a scrolled detail at the right.
class ListDetailPage : public Page {
 public:
  ListDetailPage(wxWindow* parent, Session& session, const std::string& title, const std::string& help);

 protected:
  /// Call once after filling the bar, the left and the right side.
  void arrange();
  wxSizer* bar() { return bar_; }
  wxPanel* left() { return left_; }
  ScrolledPanel* right() { return right_; }
  wxBoxSizer* detail() { return detail_; }
  /// Adds a control to the bar.
  void to_bar(wxWindow* control, int proportion = 0);
  /// Shows the list, or the advice where there is nothing to list.
  void show_empty(wxWindow* list, wxWindow* advice, bool empty);
  /// Empties the detail side.
  void clear_detail();

 private:
  wxBoxSizer *column_, *detail_;
  wxSizer* bar_;
  wxSplitterWindow* splitter_;
  wxPanel* left_;
  ScrolledPanel* right_;
};

}  // namespace mainstay
