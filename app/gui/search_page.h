// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/page.h"
#include "app/gui/table_list.h"

namespace mainstay {

/// What a search found, record by record; Enter goes there.
class SearchPage : public Page {
 public:
  SearchPage(wxWindow* parent, Session& session);
  void search(const std::string& text);
  void focus_list() { list_->SetFocus(); }
  void refresh() override;

 private:
  std::string text_;
  WrappedText* title_;
  TableList* list_;
};

}  // namespace mainstay
