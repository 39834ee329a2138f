// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/filedlg.h>
#include <wx/settings.h>
#include <wx/utils.h>

#include <algorithm>
#include <filesystem>

#include "app/gui/accessible.h"
#include "app/gui/page.h"
#include "app/gui/page_preview.h"
#include "app/gui/report_print.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// The reports at the left, the chosen one as it will be printed at the right.
class ReportsPage : public Page {
 public:
  ReportsPage(wxWindow* parent, Session& session) : Page(parent, session) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(make_title(this, tr("Reports")), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    left_ = new ScrolledPanel(this);
    set_accessible(left_, tr("What to make of the report"), "report_side");
    auto* left = new wxBoxSizer(wxVERTICAL);
    session.attempt([this] { reports_ = report_list(); });
    list_ = new TableList(left_, tr("Reports"), "report_list", {{tr("Report"), 220}});
    list_->on_select = [this](const std::string&) { refresh_soon(); };
    std::vector<TableList::Row> rows;
    for (const auto& report : reports_) rows.push_back({report.id, {report.title}});
    list_->set_rows(std::move(rows));
    left->Add(list_, wxSizerFlags(1).Expand().Border(wxBOTTOM, FromDIP(gap)));
    side_ = new wxPanel(left_);
    auto* side = new wxBoxSizer(wxVERTICAL);
    purpose_ = make_hint(side_, "", 0);
    side->Add(purpose_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    period_title_ = make_label(side_, tr("Of which month"));
    side->Add(period_title_, wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_small)));
    period_ = new wxChoice(side_, wxID_ANY);
    set_accessible(period_, tr("Of which month"), "report_period");
    period_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh_soon(); });
    side->Add(period_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    side->Add(make_button(side_, tr("Export as &PDF…"), "report_pdf", [this] { CallAfter([this] { save("pdf"); }); }), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    side->Add(make_button(side_, tr("Export as &HTML…"), "report_html", [this] { CallAfter([this] { save("html"); }); }), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    csv_ = make_button(side_, tr("Export as &CSV…"), "report_csv", [this] { CallAfter([this] { save("csv"); }); });
    side->Add(csv_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    side->Add(make_button(side_, tr("P&rint…"), "report_print", [this] { CallAfter([this] { print_reports(this, session_, {list_->selected()}, period()); }); }), wxSizerFlags().Expand());
    side_->SetSizer(side);
    side_->SetMinSize(wxSize(for_text(this, 240), -1));
    left->Add(side_, wxSizerFlags().Expand());
    list_->SetMinSize(wxSize(for_text(this, 240), GetCharHeight() * 9));
    left_->SetSizer(left);
    left_->SetMinSize(wxSize(for_text(this, 240) + wxSystemSettings::GetMetric(wxSYS_VSCROLL_X, this) + FromDIP(gap_small), -1));
    row->Add(left_, wxSizerFlags().Expand().Border(wxRIGHT, FromDIP(gap_wide)));
    preview_ = new PagePreview(this);
    row->Add(preview_, wxSizerFlags(1).Expand());
    column->Add(row, wxSizerFlags(1).Expand());
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_page)));
    SetSizer(padded);
  }

  void refresh() override {
    if (list_->selected().empty()) list_->select_first();
    const auto id = list_->selected();
    const auto report = std::find_if(reports_.begin(), reports_.end(), [&](const auto& each) { return each.id == id; });
    side_->Enable(report != reports_.end());
    preview_->clear();
    if (report == reports_.end()) return;
    purpose_->set_text(report->purpose);
    offer_months();
    period_title_->Show(report->has_period);
    period_->Show(report->has_period);
    csv_->Show(report->has_period);
    side_->Layout();
    left_->content_changed();
    Layout();
    preview_->show(build_report(input(), id));
  }

  void show_record(const Id& id) override {
    if (list_->select(id.text)) refresh();
  }

 private:
  /// The months of the last year, the present one first.
  void offer_months() {
    const auto first = month_of(document().today());
    if (!months_.empty() && months_.front() == first) return;
    months_ = {first};
    while (months_.size() < 13) months_.push_back(month_of(months_.back().first.plus_days(-1)));
    period_->Clear();
    for (const auto& month : months_) period_->Append(wx(spoken(month)));
    period_->SetSelection(0);
  }
  /// The chosen month where the report tells of one.
  std::optional<Period> period() const {
    const auto chosen = period_->GetSelection();
    if (!period_->IsShown() || chosen < 0 || static_cast<std::size_t>(chosen) >= months_.size()) return {};
    return months_[static_cast<std::size_t>(chosen)];
  }
  ReportInput input() {
    auto in = document().report_input();
    in.period = period();
    return in;
  }

  void save(const std::string& format) {
    session_.commit_pending();
    const auto id = list_->selected();
    const std::filesystem::path plan = document().path();
    wxFileDialog dialog(this, wx(tr("Export the report")), wx(plan.parent_path().string()), wx(plan.stem().string() + "-" + id + (period() ? "-" + to_text(period()->first).substr(0, 7) : std::string()) + "." + format), wx("*." + format), wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
    if (dialog.ShowModal() != wxID_OK) return;
    const auto path = utf8(dialog.GetPath());
    wxBusyCursor busy;
    if (session_.attempt([&] { export_report(input(), id, path, format); })) session_.show_note(tr("Written, read back and found whole: {path}", {{"path", path}}));
  }

  std::vector<ReportInfo> reports_;
  TableList* list_;
  ScrolledPanel* left_;
  wxPanel* side_;
  WrappedText* purpose_;
  wxStaticText* period_title_;
  wxChoice* period_;
  wxButton* csv_;
  std::vector<Period> months_;
  PagePreview* preview_;
};

}  // namespace

Page* make_reports_page(wxWindow* parent, Session& session, const PageInfo&) { return new ReportsPage(parent, session); }

}  // namespace mainstay
