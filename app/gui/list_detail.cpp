// SPDX-License-Identifier: MIT
#include "app/gui/list_detail.h"

#include <wx/wrapsizer.h>

#include "app/gui/accessible.h"
#include "app/gui/add_dialog.h"
#include "app/gui/wx_text.h"

namespace mainstay {

ListDetailPage::ListDetailPage(wxWindow* parent, Session& session, const std::string& title, const std::string& help) : Page(parent, session) {
  column_ = new wxBoxSizer(wxVERTICAL);
  title_ = title.empty() ? nullptr : make_title(this, title);
  if (title_) column_->Add(title_, wxSizerFlags().Expand().Border(wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
  column_->AddSpacer(FromDIP(gap));
  help_ = make_hint(this, help, gap_page);
  column_->Add(help_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(gap_page)));
  help_->Show(!help.empty());
  bar_ = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  if (title.empty()) column_->AddSpacer(FromDIP(gap));  // a part of a page begins closer to its top
  column_->Add(bar_, wxSizerFlags().Expand().Border(title.empty() ? wxLEFT | wxRIGHT : wxLEFT | wxTOP | wxRIGHT, FromDIP(gap_page)));
  column_->AddSpacer(FromDIP(gap));
  splitter_ = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxSP_LIVE_UPDATE | wxSP_NOBORDER);
  left_ = new Part(splitter_);
  left_->SetSizer(new wxBoxSizer(wxVERTICAL));
  right_ = new ScrolledPanel(splitter_);
  set_accessible(right_, tr("Details"), "details");  // takes the focus where it holds text alone, so that keys can scroll it
  detail_ = new wxBoxSizer(wxVERTICAL);
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(detail_, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_page)));
  right_->SetSizer(padded);
}

void ListDetailPage::arrange() {
  split_for_reading(splitter_, left_, right_, [this] {
    if (help_->IsShown()) {  // the rows need the room more than the sentence above them, which stays at hand
      help_->Hide();
      if (title_) title_->SetToolTip(help_->GetLabel());
      else if (list_) list_->SetToolTip(help_->GetLabel());
      Layout();
    }
    return list_ ? list_->whole_height() : GetClientSize().y;
  });
  column_->Add(splitter_, wxSizerFlags(1).Expand().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_page)));
  SetSizer(column_);
}

void ListDetailPage::set_help(const std::string& help) {
  help_->set_text(help);
  if (title_ && !help_->IsShown()) title_->SetToolTip(wx(help));
}

void ListDetailPage::to_bar(wxWindow* control, int proportion) {
  if (control->GetParent() == this) control->MoveBeforeInTabOrder(splitter_);  // Tab goes as the eye does: what stands above the list comes before it
  bar_->Add(control, wxSizerFlags(proportion).CentreVertical().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
}

void ListDetailPage::make_list(const std::string& name, std::string_view key, const std::vector<TableList::Column>& columns, Advice advice, bool with_tick) {
  left_->GetSizer()->Clear(true);
  list_ = new TableList(left_, name, key, columns, with_tick);
  list_->on_select = [this](const std::string&) { show_selected(); };
  list_->on_activate = [this](const std::string& id) {
    if (list_->selected() != id && list_->select(id)) show_selected();
    open_selected();
  };
  empty_ = make_empty_state(left_, advice.title, advice.text, advice.button, std::move(advice.action));
  empty_->Hide();
  left_->GetSizer()->Add(list_, wxSizerFlags(1).Expand());
  left_->GetSizer()->Add(empty_, wxSizerFlags(1).Expand());
  left_->Layout();
}

RecordForm* ListDetailPage::make_form(std::vector<std::string> hidden) {
  form_ = new RecordForm(right_, session_, std::move(hidden));
  return form_;
}

void ListDetailPage::fill_list(std::vector<TableList::Row> rows, bool some_hidden) {
  const bool nothing = rows.empty() && !some_hidden;
  list_->set_rows(std::move(rows));
  if (list_->IsShown() == nothing) {
    list_->Show(!nothing);
    empty_->Show(nothing);
    left_->Layout();
  }
  if (list_->selected().empty()) list_->select_first();
  show_selected();
}

void ListDetailPage::show_record(const Id& id) {
  if (!list_->select(id.text) && lift_filter()) {
    refresh();
    list_->select(id.text);
  }
  show_selected();
}

void ListDetailPage::open_selected() {
  if (form_) form_->focus_first();
}

void ListDetailPage::add_of_kind(std::string_view kind) {
  CallAfter([this, kind = std::string(kind)] {  // it may ask in a dialog, and a screen reader waits for the press to end
    if (form_) form_->commit();
    const auto id = add_record_of_kind(this, session_, kind);
    if (id.empty()) return;
    refresh();
    show_record(id);
    if (form_) form_->focus_first();
  });
}

void ListDetailPage::remove_selected() {
  if (form_) form_->commit();
  const Id id{list_->selected()};
  const auto ref = find_record(plan(), id);
  if (!ref) return;
  const auto next = list_->neighbour(id.text);
  const auto title = title_of(plan(), ref);
  if (!session_.attempt([&] { document().apply(remove_record(plan(), ref)); })) return;
  refresh();
  show_record(Id{next});
  session_.show_note(tr("Removed “{title}”. Ctrl+Z brings it back.", {{"title", title}}));
}

void ListDetailPage::clear_detail() {
  detail_->Clear(true);
}

}  // namespace mainstay
