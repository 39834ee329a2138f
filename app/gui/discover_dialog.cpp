// SPDX-License-Identifier: MIT
#include "app/gui/discover_dialog.h"

#include <wx/dialog.h>
#include <wx/gauge.h>

#include "app/gui/accessible.h"
#include "app/gui/background.h"
#include "app/gui/table_list.h"
#include "app/gui/wx_text.h"
#include "core/discover.h"
#include "core/probe/shown_key.h"

namespace mainstay {
namespace {

class DiscoverDialog : public wxDialog {
 public:
  DiscoverDialog(wxWindow* parent, Session& session, const Probe& via)
      : wxDialog(parent, wxID_ANY, wx(tr("Macs on this share")), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER), session_(session), via_(via) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    said_ = make_text(this, tr("Looking at {share} …", {{"share", via.url}}), gap_page * 2);
    column->Add(said_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    gauge_ = new wxGauge(this, wxID_ANY, 100);
    set_accessible(gauge_, tr("Looking at the share"), "discover_progress");
    column->Add(gauge_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
    list_ = new TableList(this, tr("Time Machine bundles on the share"), "discover_bundles", {{tr("Bundle"), 210}, {tr("Newest point"), 150}, {tr("Device"), 150}, {tr("What happens"), 170}});
    list_->on_select = [this](const std::string& id) { explain(id); };
    column->Add(list_, wxSizerFlags(1).Expand().Border(wxBOTTOM, FromDIP(gap)));
    why_ = make_hint(this, "", gap_page * 2);
    column->Add(why_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    auto* close = new wxButton(this, wxID_CANCEL, wx(tr("C&lose")));
    set_accessible(close, tr("Close"), "discover_close");
    add_ = make_button(this, tr("&Measure the new ones"), "discover_add", [this] {
      if (session_.apply(found_.change)) EndModal(wxID_OK);
    });
    add_->SetFont(add_->GetFont().Bold());
    add_->Disable();
    buttons->AddStretchSpacer();
    buttons->Add(close, wxSizerFlags().Border(wxRIGHT, FromDIP(gap)));
    buttons->Add(add_);
    column->Add(buttons, wxSizerFlags().Expand());
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap_page)));
    SetSizer(padded);
    SetMinSize(FromDIP(wxSize(480, 320)));
    SetSize(wxSize(for_text(this, 760), for_text(this, 460)));
    CentreOnParent();
    pulse_.SetOwner(this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { gauge_->Pulse(); });
    pulse_.Start(100);
    run_in_background<BundleSearch>(
        alive_, [via, stop = stop_.get_token()] { return find_bundles(via, system_secrets(), system_now, stop); }, [this](BundleSearch search) { show(search); },
        [this](const std::string& problem) { finish(status_words(Status::bad, problem)); });
  }
  ~DiscoverDialog() override { stop_.request_stop(); }

  int added() const { return found_.added; }

 private:
  void finish(const std::string& sentence) {
    pulse_.Stop();
    gauge_->Hide();
    said_->set_text(sentence);
    Layout();
  }

  void show(const BundleSearch& search) {
    if (!search.problem.empty()) {
      const bool stranger = !search.presented_pin.empty() && pin_in(search.presented_pin) != via_.pin;
      return finish(status_words(Status::bad, stranger ? tr("{problem} Press “Test this one” and trust the device first.", {{"problem", search.problem}}) : search.problem));
    }
    found_ = match_bundles(session_.plan(), via_, search.bundles);
    std::vector<TableList::Row> rows;
    for (std::size_t i = 0; i < found_.bundles.size(); ++i) {
      const auto& match = found_.bundles[i];
      const auto& point = match.bundle.reading.last_point;
      const auto device = match.is_new_device ? tr("new: {name}", {{"name", match.computer}}) : match.device_id.empty() ? tr("not told") : title_of(session_.plan(), match.device_id);
      const auto next = match.known ? tr("measured: {probe}", {{"probe", title_of(session_.plan(), match.probe_id)}}) : match.left_out ? tr("left alone") : tr("will be measured");
      rows.push_back({std::to_string(i), {clean_utf8(match.bundle.name), point ? spoken(point) : tr("not known"), device, next}});
      rows.back().order = {{1, point ? to_text(point) : std::string()}};
    }
    list_->set_rows(std::move(rows));
    const auto count = static_cast<long long>(found_.bundles.size());
    std::vector<std::string> sentences{tr_count(count, "One bundle is on {share}; {added} is new.", "{count} bundles are on {share}; {added} are new.", {{"share", via_.url}, {"added", found_.added}})};
    sentences.insert(sentences.end(), found_.remarks.begin(), found_.remarks.end());
    if (search.passed_over > 0) sentences.push_back(tr("{count} more bundles were not looked into.", {{"count", search.passed_over}}));
    finish(join(sentences, " "));
    add_->Enable(found_.added > 0);
    list_->select_first();
    explain(list_->selected());
    (found_.added > 0 ? static_cast<wxWindow*>(add_) : list_)->SetFocus();
  }

  void explain(const std::string& id) {
    if (id.empty()) return;
    const auto& match = found_.bundles.at(std::stoul(id));
    why_->set_text(match.why + " " + match.bundle.reading.detail);
    Layout();
  }

  Session& session_;
  Probe via_;
  Discovery found_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::stop_source stop_;
  wxTimer pulse_;
  WrappedText *said_ = nullptr, *why_ = nullptr;
  wxGauge* gauge_ = nullptr;
  TableList* list_ = nullptr;
  wxButton* add_ = nullptr;
};

}  // namespace

void discover_bundles(wxWindow* parent, Session& session, const Id& probe) {
  session.commit_pending();
  const auto* via = find_in(session.plan().probes, probe);
  if (!via) return;
  DiscoverDialog dialog(parent, session, *via);
  if (dialog.ShowModal() == wxID_OK) session.show_note(tr_count(dialog.added(), "One Mac is measured now; “Test all now” reads it.", "{count} Macs are measured now; “Test all now” reads them."));
}

}  // namespace mainstay
