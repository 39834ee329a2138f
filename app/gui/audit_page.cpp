// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/textdlg.h>
#include <wx/wrapsizer.h>
#include <wx/wupdlock.h>

#include "app/gui/accessible.h"
#include "app/gui/finding_words.h"
#include "app/gui/list_detail.h"
#include "app/gui/wx_text.h"
#include "core/base/id.h"

namespace mainstay {
namespace {

/// Every finding with its clause, steps and sources, the most serious first and among equals the quickest fix.
class AuditPage : public ListDetailPage {
 public:
  AuditPage(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, tr("Audit"), tr("What the rules found: the most serious first, and among equals the quickest to mend. Each names the clause or source it rests on.")) {
    to_bar(make_label(this, tr("Show")));
    pack_ = new wxChoice(this, wxID_ANY);
    pack_->Append(wx(tr("Every rule")));
    session.attempt([this] { packs_ = rule_packs(); });
    for (const auto& pack : packs_) pack_->Append(wx(pack.title));
    pack_->SetSelection(0);
    set_accessible(pack_, tr("Which rules are shown"), "audit_pack");
    pack_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh(); });
    to_bar(pack_);
    least_ = new wxChoice(this, wxID_ANY);
    for (const auto severity : {Severity::info, Severity::warning, Severity::error, Severity::critical}) least_->Append(wx(tr("{severity} and above", {{"severity", severity_words(severity)}})));
    least_->SetSelection(0);
    set_accessible(least_, tr("Least severity shown"), "audit_severity");
    least_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh(); });
    to_bar(least_);
    count_ = make_label(this, "");
    to_bar(count_, 1);
    make_list(tr("Findings"), "finding_list", {{tr("Severity"), 110}, {tr("Finding"), 260}, {tr("About"), 150}, {tr("Fix takes"), 90}, {tr("Clause"), 180, false, false, true}},
              {tr("Nothing found"), tr("Every rule shown holds, or asks nothing of this plan.")});
    arrange();
  }

  void refresh() override {
    const auto pack = pack_->GetSelection();
    const auto all = pack <= 0 ? document().findings() : document().findings(packs_[static_cast<std::size_t>(pack - 1)].id);
    const auto least = static_cast<Severity>(least_->GetSelection() + 1);
    findings_.clear();
    std::vector<TableList::Row> rows;
    for (const auto& finding : all) {
      if (finding.severity < least) continue;
      TableList::Row row{key(finding),
                         {status_words(status_of(finding), finding.verdict == Verdict::unknown ? tr("Not known") : severity_words(finding.severity)), finding.title,
                          subject_words(plan(), finding), effort_words(finding.effort), finding.clause}};
      row.status = status_of(finding);
      constexpr int after_all_severities = 90;
      row.order = {{0, std::to_string(finding.verdict == Verdict::unknown ? after_all_severities : 9 - static_cast<int>(finding.severity))}, {3, std::to_string(finding.effort)}};  // the worst first
      rows.push_back(std::move(row));
      findings_.push_back(finding);
    }
    count_->SetLabel(wx(tr_count(static_cast<long long>(rows.size()), "One finding", "{count} findings")));
    fill_list(std::move(rows));
  }

 private:
  static std::string key(const Finding& finding) { return finding.rule_id + "|" + finding.subject_id.text; }
  const Finding* selected() const {
    const auto id = list_->selected();
    for (const auto& finding : findings_)
      if (key(finding) == id) return &finding;
    return nullptr;
  }

  void paragraph(const std::string& text, bool quiet = false) {
    if (!text.empty()) detail()->Add(quiet ? make_hint(right(), text, gap_page) : make_text(right(), text, gap_page), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
  }

  void show_selected() override {
    wxWindowUpdateLocker still(right());
    clear_detail();
    if (const auto* finding = selected()) {
      detail()->Add(make_chip(right(), status_of(*finding), severity_words(finding->severity)), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_small)));
      auto* title = new WrappedText(right(), finding->title, gap_page);
      title->SetFont(title->GetFont().Scaled(1.15f).Bold());
      detail()->Add(title, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
      paragraph(finding->message);
      paragraph(finding->question_text);
      if (!finding->hazard.empty()) paragraph(tr("Hazard: {hazard}", {{"hazard", finding->hazard}}));
      if (!finding->steps.empty()) detail()->Add(make_section(right(), tr("What to do")), wxSizerFlags().Border(wxTOP | wxBOTTOM, FromDIP(gap)));
      int number = 0;
      for (const auto& step : finding->steps) paragraph(tr("{number}. {step}", {{"number", ++number}, {"step", step}}));
      detail()->AddSpacer(FromDIP(gap));
      auto* buttons = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
      const auto in_row = wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap));
      buttons->Add(make_button(right(), tr("&Go to it"), "finding_go", [this] { CallAfter([this] { go(); }); }), in_row);
      buttons->Add(make_button(right(), tr("A&ccept for now…"), "finding_accept", [this] { CallAfter([this] { accept(); }); }), in_row);
      detail()->Add(buttons, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
      if (!finding->clause.empty()) paragraph(tr("Rests on: {clause}", {{"clause", finding->clause}}), true);
      for (const auto& source : finding->sources) paragraph(source, true);
      for (const auto& note : finding->notes) paragraph(note, true);
      paragraph(tr("Rule {rule}", {{"rule", finding->rule_id}}), true);
    }
    right()->content_changed();
  }

  void open_selected() override { go(); }

  void go() {
    const auto* finding = selected();
    if (!finding) return;
    if (find_record(plan(), finding->subject_id)) session_.show_record(Id(finding->subject_id));
    else if (const auto* table = table_of(finding->subject_kind)) session_.go_to(page_for_kind(table->info->kind));
    else session_.go_to("wizard");
  }

  void accept() {
    const auto* finding = selected();
    if (!finding) return;
    const Finding taken = *finding;
    wxTextEntryDialog dialog(this, wx(tr("Why may this stay as it is for the next 90 days? The reason is kept in the plan.")), wx(tr("Accept for now")));
    if (dialog.ShowModal() != wxID_OK) return;
    const auto reason = std::string(trimmed(utf8(dialog.GetValue())));
    if (reason.empty()) {
      session_.show_error(tr("A finding is accepted only with a reason."));
      return;
    }
    session_.attempt([&] {
      auto change = add_record("waiver", new_id("waiver"), {{"rule_id", taken.rule_id}, {"subject_id", taken.subject_id.text}, {"reason", reason}, {"until", to_text(document().today().plus_days(90))}});
      change.note = tr("Accepted for now: {finding}", {{"finding", taken.title}});
      document().apply(change);
      session_.show_note(tr("Accepted until {date}. Ctrl+Z takes it back.", {{"date", spoken(document().today().plus_days(90))}}));
    });
  }

  wxChoice *pack_, *least_;
  std::vector<PackInfo> packs_;
  wxStaticText* count_;
  std::vector<Finding> findings_;
};

}  // namespace

Page* make_audit_page(wxWindow* parent, Session& session, const PageInfo&) { return new AuditPage(parent, session); }

}  // namespace mainstay
