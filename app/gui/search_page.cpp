// SPDX-License-Identifier: MIT
#include "app/gui/search_page.h"

#include "app/gui/wx_text.h"

namespace mainstay {

SearchPage::SearchPage(wxWindow* parent, Session& session) : Page(parent, session) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  title_ = make_title(this, tr("Search"));
  list_ = new TableList(this, tr("Records found"), "search_results", {{tr("Record"), 280}, {tr("Kind"), 140}, {tr("Where"), 140}, {tr("Text"), 360}});
  list_->on_activate = [this](const std::string& id) { session_.show_record(Id{id}); };
  column->Add(title_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
  column->Add(make_hint(this, tr("Enter or a double click goes to the record."), gap_page), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
  column->Add(list_, wxSizerFlags(1).Expand());
  auto* padded = new wxBoxSizer(wxVERTICAL);
  padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_page)));
  SetSizer(padded);
}

void SearchPage::search(const std::string& text) {
  text_ = text;
  refresh();
}

void SearchPage::refresh() {
  std::vector<TableList::Row> rows;
  if (!trimmed(text_).empty())
    for (const auto& hit : search_plan(plan(), trimmed(text_)))
      rows.push_back({hit.ref.id.text, {title_of(plan(), hit.ref), tr(hit.ref.table->info->label), hit.field ? tr(hit.field->label) : std::string(), hit.excerpt}});
  title_->set_text(rows.empty() ? tr("Nothing in the plan says “{text}”", {{"text", text_}})
                                   : tr_count(static_cast<long long>(rows.size()), "One record says “{text}”", "{count} records say “{text}”", {{"text", text_}}));
  list_->set_rows(std::move(rows));
  Layout();
}

}  // namespace mainstay
