// SPDX-License-Identifier: MIT
#include "app/gui/list_detail.h"

#include <wx/wrapsizer.h>

#include "app/gui/accessible.h"

namespace mainstay {

ListDetailPage::ListDetailPage(wxWindow* parent, Session& session, const std::string& title, const std::string& help) : Page(parent, session) {
  column_ = new wxBoxSizer(wxVERTICAL);
  column_->Add(make_title(this, title), wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
  column_->AddSpacer(FromDIP(gap));
  column_->Add(make_hint(this, help, gap_page), wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(gap_page)));
  bar_ = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  column_->Add(bar_, wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
  column_->AddSpacer(FromDIP(gap));
  splitter_ = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE | wxSP_NOBORDER);
  left_ = new wxPanel(splitter_);
  left_->SetSizer(new wxBoxSizer(wxVERTICAL));
  right_ = new ScrolledPanel(splitter_);
  set_accessible(right_, tr("Details"), "details");  // takes the focus where it holds text alone, so that keys can scroll it
  detail_ = new wxBoxSizer(wxVERTICAL);
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(detail_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_page)));
  right_->SetSizer(padded);
}

void ListDetailPage::arrange() {
  split_for_reading(splitter_, left_, right_);
  column_->Add(splitter_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_page)));
  SetSizer(column_);
}

void ListDetailPage::to_bar(wxWindow* control, int proportion) { bar_->Add(control, wxSizerFlags(proportion).CentreVertical().Border(wxRIGHT | wxBOTTOM, FromDIP(gap))); }

void ListDetailPage::show_empty(wxWindow* list, wxWindow* advice, bool empty) {
  if (list->IsShown() == !empty && advice->IsShown() == empty) return;
  list->Show(!empty);
  advice->Show(empty);
  left_->Layout();
}

void ListDetailPage::clear_detail() {
  detail_->Clear(true);
}

}  // namespace mainstay
