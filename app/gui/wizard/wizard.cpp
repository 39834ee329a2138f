// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard.h"

#include <algorithm>
#include <memory>

#include <wx/button.h>
#include <wx/listbox.h>
#include <wx/panel.h>
#include <wx/simplebook.h>
#include <wx/stattext.h>
#include <wx/timer.h>

#include "app/gui/accessible.h"
#include "app/gui/session.h"
#include "app/gui/wizard/wizard_steps.h"
#include "app/gui/wx_text.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_unknown = 9;

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
    auto* label = new wxStaticText(this, wxID_ANY, wx(text));
    label->SetFont(label->GetFont().Bold());
    label->Wrap(FromDIP(205));
    GetSizer()->Add(label, 0, wxLEFT | wxTOP | wxRIGHT, gap);
  }
  void put_line(const std::string& text, Status status) {
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    auto* mark = new wxStaticText(this, wxID_ANY, wx(status == Status::none ? std::string() : status == Status::info ? std::string("•") : std::string(status_mark(status))));
    mark->SetForegroundColour(status_colour(status));
    auto* label = new wxStaticText(this, wxID_ANY, wxString());
    label->SetLabelText(wx(text));
    label->Wrap(FromDIP(185));
    line->Add(mark, 0, wxRIGHT, gap_small);
    line->Add(label, 1);
    GetSizer()->Add(line, 0, wxEXPAND | wxLEFT | wxTOP | wxRIGHT, gap);
  }
  std::string shown_;
};

/// Progress, pages, Back and Next, and the summary.
class Wizard : public wxPanel {
 public:
  Wizard(wxWindow* parent, Session& session) : wxPanel(parent), session_(session) {
    across_ = new wxBoxSizer(wxHORIZONTAL);
    left_ = new wxBoxSizer(wxVERTICAL);
    auto* middle = new wxBoxSizer(wxVERTICAL);
    progress_ = make_label(this, std::string());
    progress_->SetFont(progress_->GetFont().Bold());
    steps_ = new wxListBox(this, wxID_ANY);
    left_->Add(progress_, 0, wxALL, gap);
    left_->Add(steps_, 1, wxEXPAND | wxLEFT | wxBOTTOM, gap);
    book_ = new wxSimplebook(this, wxID_ANY);
    StepInfo (*const all[])() = {business_step, places_step, people_step,    activities_step, needs_step, backups_step,
                                 devices_step,  threats_step, solutions_step, two_week_step,   result_step};
    int number = 0;
    for (auto* info : all) {
      auto* page = new StepPage(book_, session_, info());
      pages_.push_back(page);
      book_->AddPage(page, wx(page->info().title));
      steps_->Append(wx(tr("{number} {title}", {{"number", ++number}, {"title", page->info().title}})));
    }
    set_accessible(steps_, tr("Pages of the wizard"), "wizard_steps");
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    back_ = make_button(this, tr("Back"), "wizard_back", [this] { go_to(book_->GetSelection() - 1); });
    next_ = make_button(this, tr("Next"), "wizard_next", [this] {
      if (book_->GetSelection() + 1 < static_cast<int>(pages_.size())) go_to(book_->GetSelection() + 1);
      else session_.go_to("today");
    });
    kept_ = make_label(this, tr("Everything is kept as you go."));
    kept_->SetForegroundColour(hint_colour());
    buttons->Add(kept_, 0, wxALIGN_CENTER_VERTICAL | wxLEFT, gap_wide);
    buttons->AddStretchSpacer();
    buttons->Add(back_, 0, wxALL, gap);
    buttons->Add(next_, 0, wxALL, gap);
    middle->Add(book_, 1, wxEXPAND);
    middle->Add(buttons, 0, wxEXPAND);
    summary_ = new SummaryPanel(this);
    across_->Add(left_, 0, wxEXPAND);
    across_->Add(middle, 1, wxEXPAND);
    across_->Add(summary_, 0, wxEXPAND);
    SetSizer(across_);

    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
      event.Skip();
      arrange();
    });
    steps_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent& event) { go_to(event.GetInt()); });
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

 private:
  /// With little room for the size of the text, the summary goes below the list of pages.
  void arrange() {
    kept_->Show(GetClientSize().x > 110 * GetCharWidth());
    const bool narrow = GetClientSize().x < 85 * GetCharWidth() || GetClientSize().x < FromDIP(900);
    if (narrow == narrow_) return;
    narrow_ = narrow;
    if (narrow) {
      across_->Detach(summary_);
      left_->Add(summary_, 1, wxEXPAND);
      left_->GetItem(steps_)->SetProportion(0);
    } else {
      left_->Detach(summary_);
      across_->Add(summary_, 0, wxEXPAND);
      left_->GetItem(steps_)->SetProportion(1);
    }
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
    if (StepPage* page = front()) page->write_all(true);  // what was refused stays in its box and keeps nobody here
    show_step(index);
    remember(index);
    pages_[static_cast<std::size_t>(index)]->SetFocus();
  }

  /// Where to resume; a revision of the machine's own, so that undo passes over it.
  void remember(int index) {
    Document& document = session_.document();
    const RecordRef business = find_record(document.plan(), Id{organisation_id});
    if (!business || document.read_only()) return;
    session_.attempt([&] {
      Change change = set_fields(document.plan(), business, {{"wizard_page", pages_[static_cast<std::size_t>(index)]->info().id}});
      change.cause = Cause::machine;
      document.apply(change);
    });
  }

  void show_step(int index) {
    book_->ChangeSelection(static_cast<std::size_t>(index));
    steps_->SetSelection(index);
    progress_->SetLabel(wx(tr("Step {number} of {all}", {{"number", index + 1}, {"all", pages_.size()}})));
    back_->Enable(index > 0);
    next_->SetLabel(wx(index + 1 < static_cast<int>(pages_.size()) ? tr("Next") : tr("Finish")));
    session_.attempt([&] { pages_[static_cast<std::size_t>(index)]->show_page(); });
  }

  Session& session_;
  wxBoxSizer *across_ = nullptr, *left_ = nullptr;
  bool narrow_ = false;
  wxStaticText *progress_ = nullptr, *kept_ = nullptr;
  wxListBox* steps_ = nullptr;
  wxSimplebook* book_ = nullptr;
  wxButton *back_ = nullptr, *next_ = nullptr;
  SummaryPanel* summary_ = nullptr;
  std::vector<StepPage*> pages_;
  wxTimer later_;
  Subscription changed_, tested_, pending_;
};

}  // namespace

wxWindow* make_wizard(wxWindow* parent, Session& session) { return new Wizard(parent, session); }

}  // namespace mainstay
