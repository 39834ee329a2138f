// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/filedlg.h>
#include <wx/wrapsizer.h>
#include <wx/wupdlock.h>

#include <algorithm>
#include <thread>

#include "app/gui/accessible.h"
#include "app/gui/device_views.h"
#include "app/gui/keep_focus.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"
#include "core/check/recalls.h"
#include "core/feeds.h"

namespace mainstay {
namespace {

enum Shown { shown_open, shown_decided, shown_all };

Status status_of(const Recall& recall) { return recall.decision == Recall::Decision::open ? Status::unknown : recall.decision == Recall::Decision::accepted ? Status::bad : Status::none; }

/// The score in a word: people decide by what it says below, not by a number.
std::string fit_words(std::int64_t score) { return score >= 90 ? tr("Fits exactly") : score >= 80 ? tr("Fits well") : score >= 60 ? tr("May fit") : tr("Brand only"); }

/// What a fetch on a worker thread came to; shared, so that a window that has gone does not matter.
struct Fetched {
  std::string what;
  int revision = 0;  ///< of the plan that it was computed from
  int attempt = 1;
  Download download;
  FetchedRecalls recalls;
  std::string trouble;
};
constexpr int most_attempts = 5;  ///< where other programs keep moving the plan

class RecallList : public ListDetailPage {
 public:
  RecallList(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, "", tr("A feed's free text marks no device by itself: you decide, and a decision can be undone.")) {
    to_bar(make_label(this, tr("Show")));
    filter_ = new wxChoice(this, wxID_ANY);
    for (const auto& word : {tr("To decide"), tr("Decided"), tr("All recalls")}) filter_->Append(wx(word));
    filter_->SetSelection(shown_open);
    set_accessible(filter_, tr("Which recalls are shown"), "recall_filter");
    filter_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh(); });
    to_bar(filter_);
    feed_ = new wxChoice(this, wxID_ANY);
    list_feeds();
    set_accessible(feed_, tr("Which feed is fetched"), "recall_feed");
    to_bar(feed_);
    fetch_button_ = make_button(this, tr("&Fetch it"), "recall_fetch", [this] { fetch_or_cancel(); });
    to_bar(fetch_button_);
    file_button_ = make_button(this, tr("From a f&ile…"), "recall_file", [this] { open_file(); });
    to_bar(file_button_);
    make_list(tr("Recalls"), "recall_list", {{tr("Fit"), 130, true}, {tr("Announced"), 120, false, false, true}, {tr("Recall"), 260}, {tr("From"), 110, false, false, true}},
              {tr("No recall waits for a decision"), tr("Fetch a feed, or read one from a file: each recall in it is held against the devices listed here. Only what may concern them is kept.")});
    panel_ = new Part(right());
    panel_->SetSizer(new wxBoxSizer(wxVERTICAL));
    detail()->Add(panel_, wxSizerFlags().Expand());
    arrange();
  }

  void refresh() override {
    list_feeds();
    const int shown = filter_->GetSelection();
    std::vector<const Recall*> recalls;
    for (const auto& recall : plan().recalls)
      if (shown == shown_all || (shown == shown_open) == recall.waits()) recalls.push_back(&recall);
    std::stable_sort(recalls.begin(), recalls.end(), [](const Recall* a, const Recall* b) { return a->score.value_or(0) > b->score.value_or(0); });
    std::vector<TableList::Row> rows;
    for (const auto* recall : recalls) {
      const auto word = recall->decision == Recall::Decision::open ? fit_words(recall->score.value_or(0)) : Recall::info().field("decision")->spoken(recall);
      TableList::Row row{recall->id.text, {status_words(status_of(*recall), word), recall->announced ? spoken(recall->announced) : std::string(), recall->title, recall->authority}};
      row.status = status_of(*recall);
      row.order = {{0, std::to_string(1000 - recall->score.value_or(0))}, {1, to_text(recall->announced)}};
      rows.push_back(std::move(row));
    }
    shown_.clear();
    fill_list(std::move(rows), shown == shown_open && !plan().recalls.empty());
  }

 private:
  bool lift_filter() override {
    filter_->SetSelection(shown_all);
    return true;
  }

  void show_selected() override {
    const auto selected = list_->selected();
    if (shown_ == selected && !shown_.empty()) return;
    shown_ = selected;
    wxWindowUpdateLocker still(panel_);
    if (!stops_from_focus(panel_).empty()) list_->SetFocus();  // decided: the next one is a decision of its own
    panel_->GetSizer()->Clear(true);
    if (const auto* recall = find_in(plan().recalls, Id{selected})) fill(*recall);
    else panel_->GetSizer()->Add(make_hint(panel_, tr("No recall waits for a decision here."), gap), wxSizerFlags().Expand());
    panel_->Layout();
    right()->content_changed();
  }

  void fill(const Recall& recall) {
    auto* column = panel_->GetSizer();
    const auto below = wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap));
    auto* heading = make_record_heading(panel_);
    heading->set_text(recall.title);
    column->Add(heading, below);
    column->Add(make_hint(panel_, tr("{authority} {number}, {day}", {{"authority", recall.authority}, {"number", recall.number}, {"day", recall.announced ? spoken(recall.announced) : tr("day not known")}}), gap), below);
    auto* buttons = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
    const auto id = recall.id;
    const bool widened = recall.waits() && recall.decision == Recall::Decision::accepted;
    if (widened) {
      column->Add(make_text(panel_, tr("It was accepted, and a later notice covers more. Decide whether that concerns you too."), gap), below);
      buttons->Add(make_button(panel_, tr("A&ccept what was added"), "recall_accept", [this, id] { accept(id); }), wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
      buttons->Add(make_button(panel_, tr("&Dismiss what was added"), "recall_dismiss", [this, id] { dismiss(id); }), wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
    }
    if (recall.decision != Recall::Decision::accepted)
      buttons->Add(make_button(panel_, tr("A&ccept: it concerns us"), "recall_accept", [this, id] { accept(id); }), wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
    if (recall.decision != Recall::Decision::dismissed && !widened)
      buttons->Add(make_button(panel_, tr("&Dismiss: it does not"), "recall_dismiss", [this, id] { dismiss(id); }), wxSizerFlags().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
    column->Add(buttons, wxSizerFlags().Expand());
    if (recall.decision != Recall::Decision::open)
      column->Add(make_text(panel_, tr("{decision} on {day} by {person}.", {{"decision", Recall::info().field("decision")->spoken(&recall)}, {"day", spoken(recall.decided_on)}, {"person", recall.decided_by.empty() ? tr("somebody") : recall.decided_by}}), gap), below);
    column->Add(make_section(panel_, tr("Why it may concern you")), wxSizerFlags().Border(wxTOP | wxBOTTOM, FromDIP(gap)));
    column->Add(make_text(panel_, tr("{fit}, {score} of 100.", {{"fit", fit_words(recall.score.value_or(0))}, {"score", recall.score.value_or(0)}}), gap), below);
    for (const auto& line : split(recall.why, '\n')) column->Add(make_text(panel_, line, gap), below);
    const auto part = [&](const std::string& title, const std::string& text) {
      if (text.empty()) return;
      column->Add(make_section(panel_, title), wxSizerFlags().Border(wxTOP | wxBOTTOM, FromDIP(gap)));
      column->Add(make_text(panel_, text, gap), below);
    };
    part(tr("What can happen"), recall.hazard);
    part(tr("What to do"), recall.remedy);
    part(tr("Models"), recall.models);
    part(tr("The notice"), recall.url);
    part(tr("Notes"), recall.note);
  }

  void accept(const Id& id) {
    const auto* recall = find_in(plan().recalls, id);
    if (!recall) return;
    std::size_t tasks = 0;
    if (session_.attempt([&] {
          document().apply(accept_recall(plan(), *recall, condition_to_accept(plan(), *recall), document().now(), document().author()));
          if (const auto* accepted = find_in(plan().recalls, id)) tasks = open_tasks_of(plan(), *accepted);
        }))
      session_.show_note(tasks == 0 ? tr("Accepted: it is a rule of this plan now; it finds no device yet. Ctrl+Z takes it back.")
                                    : tr_count(static_cast<long long>(tasks), "Accepted: it is a rule of this plan now, and a task on the checklist. Ctrl+Z takes both back.", "Accepted: it is a rule of this plan now, and {count} tasks on the checklist. Ctrl+Z takes all back."));
  }

  void dismiss(const Id& id) {
    const auto* recall = find_in(plan().recalls, id);
    if (!recall) return;
    if (session_.attempt([&] { document().apply(dismiss_recall(plan(), *recall, "", document().now(), document().author())); }))
      session_.show_note(tr("Dismissed; it is asked about again only if a later notice concerns another device or fits better. Ctrl+Z takes it back."));
  }

  /// The feeds that Mainstay knows, and those of this plan with an address of their own.
  void list_feeds() {
    std::vector<std::pair<std::string, std::string>> feeds;
    for (const auto& known : known_feeds()) feeds.emplace_back(std::string(known.id), std::string(known.title));
    for (const auto& feed : plan().feeds)
      if (!feed.url.empty() && std::none_of(known_feeds().begin(), known_feeds().end(), [&](const auto& known) { return known.url == feed.url; })) feeds.emplace_back(feed.id.text, feed.name);
    if (feeds == feeds_) return;
    const auto chosen = feed_->GetSelection();
    feeds_ = std::move(feeds);
    feed_->Clear();
    for (const auto& [id, title] : feeds_) feed_->Append(wx(title));
    feed_->SetSelection(std::clamp(chosen, 0, static_cast<int>(feeds_.size()) - 1));
  }

  // --- reading a feed ----------------------------------------------------------------------------------------------------------

  void open_file() {
    wxFileDialog dialog(this, wx(tr("Read recalls from a file")), wxString(), wxString(), wxFileSelectorDefaultWildcardStr, wxFD_OPEN | wxFD_FILE_MUST_EXIST);
    if (dialog.ShowModal() == wxID_OK) fetch(utf8(dialog.GetPath()));
  }

  void fetch_or_cancel() {
    if (!reading_) return fetch(feeds_[static_cast<std::size_t>(std::max(0, feed_->GetSelection()))].first);
    worker_.request_stop();
    finish();
    session_.show_note(tr("Cancelled: nothing was changed."));
  }

  void fetch(const std::string& what, int attempt = 1, Download download = {}) {
    if (reading_) return;
    session_.commit_pending();
    if (!session_.attempt([&] { document().refresh(); })) return;
    reading_ = std::make_shared<int>(0);
    fetch_button_->SetLabel(wx(tr("Cancel")));
    set_accessible(fetch_button_, tr("Cancel reading the feed"), "recall_fetch");
    file_button_->Disable();
    session_.show_note(tr("Reading {feed} …", {{"feed", what}}));
    worker_ = std::jthread([this, what, attempt, download, plan = plan(), revision = revision_shown(), now = document().now(), token = std::weak_ptr<int>(reading_)](std::stop_token stop) {
      auto fetched = std::make_shared<Fetched>();
      fetched->what = what;
      fetched->revision = revision;
      fetched->attempt = attempt;
      fetched->download = download ? download : each_once(stoppable_download(stop));
      try {
        fetched->recalls = fetch_recalls(plan, what, now, fetched->download);
      } catch (const Error& error) {
        fetched->trouble = error.what();
      }
      // To the application, never to a window that may be gone; the token dies with a cancel and with this page.
      if (wxTheApp) wxTheApp->CallAfter([this, token, fetched] { if (token.lock()) take(*fetched); });
    });
  }

  int revision_shown() { return document().history().back().number; }

  void take(const Fetched& fetched) {
    finish();
    if (!fetched.trouble.empty()) return session_.show_error(fetched.trouble);
    // Computed from a plan that has moved since, by this window or another program: again, from the plan as it is.
    if (!session_.attempt([&] { document().refresh(); })) return;
    if (revision_shown() != fetched.revision && fetched.attempt < most_attempts) return fetch(fetched.what, fetched.attempt + 1, fetched.download);
    if (!session_.attempt([&] { document().apply(fetched.recalls.change); })) return;
    auto sentence = tr_count(static_cast<long long>(fetched.recalls.records), "Read one recall: {new} may concern something here and are new, {renewed} were renewed, {decided} are decided already.", "Read {records} recalls: {new} may concern something here and are new, {renewed} were renewed, {decided} are decided already.",
                       {{"records", fetched.recalls.records}, {"new", fetched.recalls.fresh}, {"renewed", fetched.recalls.renewed}, {"decided", fetched.recalls.decided}});
    for (const auto& remark : fetched.recalls.remarks) sentence += " " + remark;
    session_.show_note(sentence);
  }

  void finish() {
    reading_.reset();
    fetch_button_->SetLabel(wx(tr("&Fetch it")));
    set_accessible(fetch_button_, tr("Fetch it"), "recall_fetch");
    file_button_->Enable();
  }

  wxChoice *filter_, *feed_;
  wxButton *fetch_button_, *file_button_;
  wxPanel* panel_;
  std::string shown_;
  std::vector<std::pair<std::string, std::string>> feeds_;  ///< id or address, and title
  std::shared_ptr<int> reading_;
  std::jthread worker_;  ///< last: it ends before what it uses
};

}  // namespace

ListDetailPage* make_recall_list(wxWindow* parent, Session& session) { return new RecallList(parent, session); }

std::size_t undecided(const Plan& plan) {
  return static_cast<std::size_t>(std::count_if(plan.recalls.begin(), plan.recalls.end(), [](const Recall& r) { return r.waits(); }));
}

}  // namespace mainstay
