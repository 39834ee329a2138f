// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/filedlg.h>
#include <wx/settings.h>
#include <wx/timer.h>
#include <wx/utils.h>

#include <algorithm>
#include <filesystem>

#include "app/gui/accessible.h"
#include "app/gui/background.h"
#include "app/gui/page.h"
#include "app/gui/page_preview.h"
#include "app/gui/report_print.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// What a report is made from, copied, so that it can be made away from the windows.
struct ReportWork {
  Plan plan;
  std::vector<Observation> observations;
  std::vector<Finding> findings;
  Instant now;
  std::string content_hash;
  int version = 1;
  std::string plan_path;
  std::optional<Period> period;

  explicit ReportWork(const ReportInput& in)
      : plan(in.plan), observations(in.observations), findings(in.findings), now(in.now), content_hash(in.content_hash), version(in.version), plan_path(in.plan_path), period(in.period) {}
  /// Calls `use` with the input; any thread.
  template <class Use>
  auto with_input(Use use) const {
    const Graph graph(plan);
    return use(ReportInput{plan, graph, observations, findings, now, content_hash, version, plan_path, period});
  }
};

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
    side->Add(make_button(side_, tr("Export as &CSV…"), "report_csv", [this] { CallAfter([this] { save("csv"); }); }), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    side->Add(make_button(side_, tr("P&rint…"), "report_print", [this] { CallAfter([this] { print_reports(this, session_, {list_->selected()}, period()); }); }), wxSizerFlags().Expand());
    side_->SetSizer(side);
    side_->SetMinSize(wxSize(for_text(this, 240), -1));
    left->Add(side_, wxSizerFlags().Expand());
    list_->SetMinSize(wxSize(for_text(this, 240), GetCharHeight() * 9));
    left_->SetSizer(left);
    left_->SetMinSize(wxSize(for_text(this, 240) + wxSystemSettings::GetMetric(wxSYS_VSCROLL_X, this) + FromDIP(gap_small), -1));
    row->Add(left_, wxSizerFlags().Expand().Border(wxRIGHT, FromDIP(gap_wide)));
    waiting_ = new Part(this);
    auto* waiting = new wxBoxSizer(wxVERTICAL);
    waiting->Add(make_text(waiting_, tr("The report is being made. In a plan with thousands of records this takes some seconds.")), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    waiting->Add(make_button(waiting_, tr("Cancel"), "report_cancel", [this] { cancel(); }));
    waiting_->SetSizer(waiting);
    waiting_->Hide();
    row->Add(waiting_, wxSizerFlags(1).Expand());
    patience_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { show_waiting(making_ != nullptr); });
    preview_ = new PagePreview(this);
    row->Add(preview_, wxSizerFlags(1).Expand());
    column->Add(row, wxSizerFlags(1).Expand());
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_page)));
    SetSizer(padded);
  }

  ~ReportsPage() override { patience_.Stop(); }

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
    side_->Layout();
    left_->content_changed();
    Layout();
    make(id);
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
  /// Makes the report on a worker thread and shows it; what was being made before is given up.
  void make(const std::string& id) {
    making_ = std::make_shared<int>(0);
    patience_.StartOnce(300);
    run_in_background<std::shared_ptr<LaidOutReport>>(
        making_, [work = std::make_shared<const ReportWork>(input()), id] { return work->with_input([&](const ReportInput& in) { return std::make_shared<LaidOutReport>(build_report(in, id)); }); },
        [this](std::shared_ptr<LaidOutReport> report) {
          cancel();
          session_.attempt([&] { preview_->show(std::move(*report)); });
        },
        [this](const std::string& problem) {
          cancel();
          session_.show_error(problem);
        });
  }
  void cancel() {
    making_.reset();
    patience_.Stop();
    show_waiting(false);
  }
  void show_waiting(bool on) {
    if (waiting_->IsShown() == on) return;
    waiting_->Show(on);
    preview_->Show(!on);
    Layout();
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
    session_.attempt([&] {
      session_.show_note(tr("Writing {path} …", {{"path", path}}));
      session_.in_background([work = std::make_shared<const ReportWork>(input()), id, path, format] {
        work->with_input([&](const ReportInput& in) { export_report(in, id, path, format); });
        return tr("Written, read back and found whole: {path}", {{"path", path}});
      });
    });
  }

  std::vector<ReportInfo> reports_;
  std::shared_ptr<int> making_;  ///< while a report is being made; dies with a cancel and with this page
  wxTimer patience_;
  Part* waiting_;
  TableList* list_;
  ScrolledPanel* left_;
  wxPanel* side_;
  WrappedText* purpose_;
  wxStaticText* period_title_;
  wxChoice* period_;
  std::vector<Period> months_;
  PagePreview* preview_;
};

}  // namespace

Page* make_reports_page(wxWindow* parent, Session& session, const PageInfo&) { return new ReportsPage(parent, session); }

}  // namespace mainstay
