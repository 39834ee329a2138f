// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard.h"

#include <algorithm>
#include <memory>

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/listbox.h>
#include <wx/panel.h>
#include <wx/simplebook.h>
#include <wx/stattext.h>
#include <wx/timer.h>

#include "app/gui/accessible.h"
#include "app/gui/page.h"
#include "app/gui/session.h"
#include "app/gui/wizard/wizard_steps.h"
#include "app/gui/wx_text.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_unknown = 9;

constexpr StepInfo (*steps[])() = {business_step, places_step, people_step,    activities_step, needs_step, backups_step,
                                   devices_step,  threats_step, solutions_step, two_week_step,   result_step};

/// The panel at the right: what the plan can already say, and what is still unknown.
class SummaryPanel : public ScrolledPanel {
 public:
  explicit SummaryPanel(wxWindow* parent) : ScrolledPanel(parent) {
    SetMinSize(wxSize(FromDIP(230), -1));
    ScrolledPanel::SetCanFocus(false);
    SetSizer(new wxBoxSizer(wxVERTICAL));
  }
  bool AcceptsFocus() const override { return false; }
  void SetCanFocus(bool) override { ScrolledPanel::SetCanFocus(false); }

  void show(const PlanSummary& summary) {
    const std::string text = join(summary.says, "\n") + "\n\n" + join(summary.unknown, "\n");
    if (text == shown_) return;
    shown_ = text;
    Freeze();
    GetSizer()->Clear(true);
    put_heading(tr("What your plan can already say"));
    if (summary.says.empty()) put_line(tr("Nothing yet: answer a few questions, and it will."), Status::none);
    for (const auto& line : summary.says) put_line(line, Status::info);
    put_heading(tr("Still unknown"));
    if (summary.unknown.empty()) put_line(tr("Nothing that these pages ask for."), Status::good);
    for (std::size_t i = 0; i < std::min(summary.unknown.size(), most_unknown); ++i) put_line(summary.unknown[i], Status::unknown);
    if (summary.unknown.size() > most_unknown) put_line(tr("{count} more.", {{"count", summary.unknown.size() - most_unknown}}), Status::none);
    content_changed();
    Thaw();
  }

 private:
  void put_heading(const std::string& text) {
    auto* label = make_text(this, text, gap);
    label->SetFont(label->GetFont().Bold());
    GetSizer()->Add(label, 0, wxEXPAND | wxLEFT | wxTOP | wxRIGHT, gap);
  }
  void put_line(const std::string& text, Status status) {
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    auto* mark = new wxStaticText(this, wxID_ANY, wx(status == Status::none ? std::string() : status == Status::info ? std::string("•") : std::string(status_mark(status))));
    mark->SetForegroundColour(status_colour(status));
    line->Add(mark, 0, wxRIGHT, gap_small);
    line->Add(make_text(this, text, gap_wide), 1);
    GetSizer()->Add(line, 0, wxEXPAND | wxLEFT | wxTOP | wxRIGHT, gap);
  }
  std::string shown_;
};

/// Eleven short pages that make a plan, with progress at the left and what the plan can already say at the right. It writes as it goes, resumes on the page
/// where it was left, and brings the checklist up to date when it is left: an open answer becomes a task.
class Wizard : public Page {
 public:
  Wizard(wxWindow* parent, Session& session) : Page(parent, session) {
    progress_ = make_label(this, std::string());
    progress_->SetFont(progress_->GetFont().Bold());
    steps_ = new wxListBox(this, wxID_ANY);
    choice_ = new wxChoice(this, wxID_ANY);
    book_ = new wxSimplebook(this, wxID_ANY);
    int number = 0;
    for (auto* info : steps) {
      auto* page = new StepPage(book_, session_, info());
      page->on_refused = [this] { say_kept(); };
      pages_.push_back(page);
      book_->AddPage(page, wx(page->info().title));
      const auto title = wx(tr("{number} {title}", {{"number", ++number}, {"title", page->info().title}}));
      steps_->Append(title);
      choice_->Append(title);
    }
    set_accessible(steps_, tr("Pages of the wizard"), "wizard_steps");
    set_accessible(choice_, tr("Page of the wizard"), "wizard_step");
    back_ = make_button(this, tr("Back"), "wizard_back", [this] { go_to(book_->GetSelection() - 1); });
    next_ = make_button(this, tr("Next"), "wizard_next", [this] {
      if (book_->GetSelection() + 1 < static_cast<int>(pages_.size())) go_to(book_->GetSelection() + 1);
      else session_.go_to("today");
    });
    kept_ = make_label(this, "");
    fold_ = make_button(this, "", "wizard_summary", [this] { fold(summary_->IsShown()); });
    summary_ = new SummaryPanel(this);
    set_out(room_);
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
      event.Skip();
      arrange();
    });
    steps_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent& event) { go_to(event.GetInt()); });
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent& event) { go_to(event.GetInt()); });
    later_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { show_summary(); });
    changed_ = session_.document().subscribe([this] { plan_changed(); });
    tested_ = session_.test_changed.subscribe([this] { plan_changed(); });
    pending_ = session_.pending.subscribe([this] {
      if (StepPage* page = front()) page->write_all(true);
    });
    show_step(remembered());
    show_summary();
  }
  ~Wizard() override { later_.Stop(); }

  void refresh() override {}  // its parts do that themselves

  void went_to_back() override {
    StepPage* page = front();
    if (!page || session_.document().read_only()) return;
    page->write_all(true);
    remember(book_->GetSelection());
    session_.attempt([this] { session_.document().sync_checklist(); });
  }

  void focus_first() override {
    if (StepPage* page = front()) page->SetFocus();
  }

 private:
  /// How much room there is for the size of the text: three columns; the summary below the list of pages; one column.
  enum class Room : std::uint8_t { wide, narrow, one_column };

  void arrange() {
    say_kept();
    const int width = GetClientSize().x;
    const auto room = width < 66 * GetCharWidth() ? Room::one_column : width < 85 * GetCharWidth() || width < FromDIP(900) ? Room::narrow : Room::wide;
    if (room == room_) return;
    room_ = room;
    set_out(room);
    Layout();
  }

  void set_out(Room room) {
    SetSizer(nullptr);  // gives the windows free
    const bool one_column = room == Room::one_column;
    steps_->Show(!one_column);
    choice_->Show(one_column);
    fold_->Show(one_column);
    fold(one_column);
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    buttons->Add(kept_, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, gap_wide);
    buttons->AddStretchSpacer();
    buttons->Add(back_, 0, wxALL, gap);
    buttons->Add(next_, 0, wxALL, gap);
    auto* middle = new wxBoxSizer(wxVERTICAL);
    if (one_column) {
      auto* top = new wxBoxSizer(wxHORIZONTAL);
      top->Add(progress_, 0, wxALIGN_CENTER_VERTICAL | wxLEFT | wxRIGHT, gap_wide);
      top->Add(choice_, 1);
      middle->Add(top, 0, wxEXPAND | wxALL, gap);
    }
    middle->Add(book_, 3, wxEXPAND);
    middle->Add(buttons, 0, wxEXPAND);
    if (one_column) {
      middle->Add(fold_, 0, wxEXPAND | wxLEFT | wxRIGHT | wxBOTTOM, gap);
      middle->Add(summary_, 2, wxEXPAND);
    }
    auto* across = new wxBoxSizer(wxHORIZONTAL);
    if (!one_column) {
      auto* left = new wxBoxSizer(wxVERTICAL);
      left->Add(progress_, 0, wxALL, gap);
      left->Add(steps_, room == Room::wide ? 1 : 0, wxEXPAND | wxLEFT | wxBOTTOM, gap);
      if (room == Room::narrow) left->Add(summary_, 1, wxEXPAND);
      across->Add(left, 0, wxEXPAND);
    }
    across->Add(middle, 1, wxEXPAND);
    if (room == Room::wide) across->Add(summary_, 0, wxEXPAND);
    SetSizer(across);
  }

  /// One column has no room for the summary beside the page: there it is opened when wanted.
  void fold(bool away) {
    summary_->Show(!away);
    fold_->SetLabel(wx(away ? tr("Show what your plan can already say") : tr("Hide what your plan can already say")));
    set_accessible(fold_, away ? tr("Show what your plan can already say") : tr("Hide what your plan can already say"), "wizard_summary");
    Layout();
  }

  /// Below the page: that everything is kept, or how many answers are not.
  void say_kept() {
    const StepPage* page = front();
    const auto open = page ? static_cast<long long>(page->refused()) : 0;
    kept_->SetForegroundColour(open > 0 ? status_colour(Status::bad) : hint_colour());
    kept_->SetLabel(wx(open > 0 ? status_words(Status::bad, tr_count(open, "1 answer is not kept yet.", "{count} answers are not kept yet.")) : tr("Everything is kept as you go.")));
    kept_->Show(GetClientSize().x > 110 * GetCharWidth() || open > 0);
    Layout();
  }

  StepPage* front() const {
    const int index = book_->GetSelection();
    return index < 0 ? nullptr : pages_[static_cast<std::size_t>(index)];
  }

  int remembered() const {
    const std::string& id = session_.plan().organisation().wizard_page;
    const auto found = std::find_if(pages_.begin(), pages_.end(), [&](const StepPage* page) { return page->info().id == id; });
    return found == pages_.end() ? 0 : static_cast<int>(found - pages_.begin());
  }

  void plan_changed() {
    for (auto* page : pages_) page->plan_changed();
    later_.StartOnce(250);  // several changes at once make one summary
  }

  void show_summary() {
    session_.attempt([this] { summary_->show(summarise(session_.document())); });
  }

  void go_to(int index) {
    if (index < 0 || index >= static_cast<int>(pages_.size()) || index == book_->GetSelection()) return;
    session_.mended();  // said about the page before
    if (StepPage* page = front()) page->write_all(true);  // what was refused stays in its box and keeps nobody here
    if (index + 1 == static_cast<int>(pages_.size()) && !session_.document().read_only())
      session_.attempt([this] { session_.document().sync_checklist(); });  // what is printed there holds it
    show_step(index);
    auto* page = pages_[static_cast<std::size_t>(index)];
    page->Scroll(-1, 0);
    page->SetFocus();
  }

  /// Where to resume; a revision of the machine's own, so that undo passes over it.
  void remember(int index) {
    Document& document = session_.document();
    const RecordRef business = find_record(document.plan(), Id{organisation_id});
    if (!business || (index == 0 && business.text("wizard_page").empty())) return;
    session_.attempt([&] {
      const auto& info = pages_[static_cast<std::size_t>(index)]->info();
      Change change = set_fields(document.plan(), business, {{"wizard_page", info.id}});
      change.cause = Cause::machine;
      change.note = tr("Step by step was left on “{page}”", {{"page", info.title}});
      document.apply(change);
    });
  }

  void show_step(int index) {
    book_->ChangeSelection(static_cast<std::size_t>(index));
    steps_->SetSelection(index);
    choice_->SetSelection(index);
    progress_->SetLabel(wx(tr("Step {number} of {all}", {{"number", index + 1}, {"all", pages_.size()}})));
    back_->Enable(index > 0);
    next_->SetLabel(wx(index + 1 < static_cast<int>(pages_.size()) ? tr("Next") : tr("Finish")));
    session_.attempt([&] { pages_[static_cast<std::size_t>(index)]->show_page(); });
    say_kept();
  }

  Room room_ = Room::wide;
  wxStaticText *progress_ = nullptr, *kept_ = nullptr;
  wxListBox* steps_ = nullptr;
  wxChoice* choice_ = nullptr;
  wxSimplebook* book_ = nullptr;
  wxButton *back_ = nullptr, *next_ = nullptr, *fold_ = nullptr;
  SummaryPanel* summary_ = nullptr;
  std::vector<StepPage*> pages_;
  wxTimer later_;
  Subscription changed_, tested_, pending_;
};

}  // namespace

std::optional<WizardPlace> wizard_place(const Plan& plan) {
  const auto& id = plan.organisation().wizard_page;
  WizardPlace place{0, std::size(steps), {}};
  for (auto* step : steps) {
    ++place.number;
    const auto info = step();
    if (info.id != id || place.number == place.all) continue;
    place.title = info.title;
    return place;
  }
  return {};
}

Page* make_wizard_page(wxWindow* parent, Session& session, const PageInfo&) { return new Wizard(parent, session); }

}  // namespace mainstay
