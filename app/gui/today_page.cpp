// SPDX-License-Identifier: MIT
#include <wx/wupdlock.h>

#include <algorithm>
#include <set>

#include "app/gui/finding_words.h"
#include "app/gui/page.h"
#include "app/gui/wizard/wizard.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// A date of the plan after which something no longer holds.
struct Expiry {
  Date on;
  std::string title, label;
  Id id;
};

std::vector<Expiry> expiries(const Plan& plan, Date until) {
  std::vector<Expiry> found;
  for (const auto& table : Plan::tables())
    for (const auto& field : table.info->fields) {
      const bool expires = field.type == FieldType::date && (field.key.ends_with("_until") || field.key == "until" || field.key == "expires_on" || field.key == "next_review_on");
      if (!expires) continue;
      for (std::size_t i = 0; i < table.size(plan); ++i)
        if (const auto date = field.value<Date>(table.at(plan, i)); date && date.days <= until.days)
          found.push_back({date, title_of(plan, RecordRef{&table, table.at(plan, i), table.id_at(plan, i)}), tr(field.label), table.id_at(plan, i)});
    }
  std::sort(found.begin(), found.end(), [](const Expiry& a, const Expiry& b) { return a.on.days < b.on.days; });
  return found;
}

/// How many findings have no task yet.
std::size_t untasked(const Plan& plan, const std::vector<Finding>& findings) {
  std::set<std::pair<std::string, std::string>> tasks;
  for (const auto& task : plan.tasks) tasks.emplace(task.rule_id, task.subject_id.text);
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) { return !tasks.contains({finding.rule_id, finding.subject_id.text}); }));
}

/// Holds words alone, so it takes no focus.
class Words : public wxPanel {
 public:
  explicit Words(wxWindow* parent) : wxPanel(parent) { wxPanel::SetCanFocus(false); }
  void SetCanFocus(bool) override { wxPanel::SetCanFocus(false); }
};

/// This morning's card: what needs a hand, the next thing first.
class TodayPage : public Page {
 public:
  TodayPage(wxWindow* parent, Session& session) : Page(parent, session), scroll_(new ScrolledPanel(this)) {
    auto* sizer = new wxBoxSizer(wxVERTICAL);
    sizer->Add(scroll_, wxSizerFlags(1).Expand());
    SetSizer(sizer);
    testing_ = session.test_changed.subscribe([this] { refresh_soon(); });
  }

  void refresh() override {
    wxWindowUpdateLocker still(this);
    scroll_->SetSizer(nullptr, true);
    scroll_->DestroyChildren();
    column_ = new wxBoxSizer(wxVERTICAL);
    column_->Add(make_title(scroll_, tr("Today, {date}", {{"date", spoken(document().today())}})), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    incident();
    if (plan().activities.empty())
      column_->Add(make_empty_state(scroll_, tr("The plan does not say yet what must keep going"),
                                    tr("Eleven short pages ask for it in plain words. Start with a plan for a business like yours and change what does not fit."),
                                    tr("Go &step by step"), [this] { session_.go_to("wizard"); }),
                   wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    resume();
    backups();
    gaps();
    tasks();
    expiring();
    auto* padded = new wxBoxSizer(wxVERTICAL);
    padded->Add(column_, wxSizerFlags().Expand().Border(wxALL, FromDIP(gap_page)));
    scroll_->SetSizer(padded);
    scroll_->content_changed();
  }

 private:
  wxPanel* card(const std::string& title) {
    auto* panel = make_card(scroll_);
    card_sizer(panel)->Add(make_section(panel, title), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap)));
    column_->Add(panel, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    return panel;
  }

  /// A status, its sentence, and a button at the right.
  void line(wxPanel* panel, Status status, const std::string& word, const std::string& text, const std::string& button, std::string_view key, std::function<void()> action) {
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* words = new Words(panel);
    auto* inner = new wxBoxSizer(wxVERTICAL);
    inner->Add(make_chip(words, status, word), wxSizerFlags().Border(wxBOTTOM, FromDIP(gap_small)));
    if (!text.empty()) inner->Add(make_text(words, text, gap), wxSizerFlags().Expand());
    words->SetSizer(inner);
    row->Add(words, wxSizerFlags(1).Expand());
    if (action) row->Add(make_button(panel, button, key, std::move(action)), wxSizerFlags().Top().Border(wxLEFT, FromDIP(gap_wide)));
    card_sizer(panel)->Add(row, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
  }

  void incident() {
    for (const auto& incident : plan().incidents)
      if (incident.state == Incident::State::active) {
        auto* panel = card(tr("The plan is active"));
        line(panel, Status::bad, incident.name, tr("Since {time}.", {{"time", spoken(incident.activated_at)}}), tr("Show the incident"), "today_incident", [this] { session_.activate(); });
      }
  }

  void resume() {
    const auto place = wizard_place(plan());
    if (!place || document().read_only()) return;
    auto* panel = card(tr("The plan is half done"));
    line(panel, Status::info, tr("Step {number} of {all}: {page}", {{"number", place->number}, {"all", place->all}, {"page", place->title}}),
         tr("You left off here. The steps after it have not been looked at since."), tr("Continue step by step"), "today_wizard", [this] { session_.go_to("wizard"); });
  }

  void backups() {
    const auto all = document().backups();
    auto* panel = card(tr("Backups"));
    if (all.empty()) {
      line(panel, Status::unknown, tr("No backup is in the plan"), tr("Say which data are copied where, and their age is measured and held against what the business can bear to lose."),
           tr("Add a backup"), "today_add_backup", [this] { session_.go_to("backups"); });
      return;
    }
    std::size_t fine = 0;
    for (const auto& status : all) {
      if (status.state == BackupState::ok) ++fine;
      if (status.state == BackupState::ok && !status.warned) continue;
      const auto title = tr("{state}: {backup}", {{"state", backup_status_label(status)}, {"backup", title_of(plan(), status.backup_id)}});
      line(panel, status_of(status), title, status.detail, tr("Show"), "today_backup", [this, id = status.backup_id] { session_.go_to("backups", id); });
    }
    if (fine > 0)
      line(panel, Status::good, tr_count(static_cast<long long>(fine), "One backup lies inside its RPO", "{count} backups lie inside their RPO"), "", "", "", {});
    auto* test = make_button(panel, session_.testing() ? tr("Testing: {done} of {total}", {{"done", session_.tests_done()}, {"total", session_.tests_total()}}) : tr("Test all now"),
                             "today_test", [this] { session_.test_backups(); });
    test->Enable(!session_.testing());
    card_sizer(panel)->Add(test, wxSizerFlags().Border(wxTOP, FromDIP(gap_wide)));
  }

  void gaps() {
    const auto& findings = document().findings();
    auto* panel = card(findings.empty() ? tr("Gaps") : tr_count(static_cast<long long>(findings.size()), "One gap, and what closes it", "{count} gaps, the most serious first"));
    if (findings.empty()) {
      line(panel, Status::good, tr("Nothing found"), tr("Every rule that could be checked holds."), "", "", {});
      return;
    }
    for (std::size_t i = 0; i < findings.size() && i < 3; ++i) {
      const auto& finding = findings[i];
      line(panel, status_of(finding), finding.title, finding.message, tr("Show"), "today_gap", [this, finding] {
        if (finding.subject_id.empty() || !find_record(plan(), finding.subject_id)) session_.go_to("audit");
        else session_.show_record(finding.subject_id);
      });
    }
    card_sizer(panel)->Add(make_button(panel, tr("All findings"), "today_all_gaps", [this] { session_.go_to("audit"); }), wxSizerFlags().Border(wxTOP, FromDIP(gap_wide)));
  }

  void tasks() {
    std::vector<const Task*> due;
    for (const auto& task : plan().tasks)
      if (task.state != Task::State::done && task.state != Task::State::cleared && task.due_on && task.due_on.days <= document().today().days + 7) due.push_back(&task);
    std::sort(due.begin(), due.end(), [](const Task* a, const Task* b) { return a->due_on.days < b->due_on.days; });
    auto* panel = card(tr("Due this week"));
    const auto missing = static_cast<long long>(untasked(plan(), document().findings()));
    if (missing > 0)
      line(panel, Status::unknown, tr_count(missing, "1 gap is not on the checklist yet", "{count} gaps are not on the checklist yet"), tr("What is due is known once they are tasks with an owner and a day."),
           tr("Update the checklist"), "today_sync", [this] { CallAfter([this] { session_.attempt([this] { document().sync_checklist(); }); }); });
    else if (due.empty()) line(panel, Status::good, tr("Nothing is due this week"), "", tr("Checklist"), "today_checklist", [this] { session_.go_to("checklist"); });
    for (std::size_t i = 0; i < due.size() && i < 5; ++i) {
      const auto& task = *due[i];
      const bool late = task.due_on.days < document().today().days;
      const auto when = late ? tr("Was due on {date}.", {{"date", spoken(task.due_on)}}) : tr("Due on {date}.", {{"date", spoken(task.due_on)}});
      line(panel, late ? Status::bad : Status::info, task.name, when, tr("Show"), "today_task", [this, id = task.id] { session_.go_to("checklist", id); });
    }
  }

  void expiring() {
    const auto found = expiries(plan(), document().today().plus_days(60));
    if (found.empty()) return;
    auto* panel = card(tr("Running out within 60 days"));
    for (std::size_t i = 0; i < found.size() && i < 5; ++i) {
      const auto& item = found[i];
      const bool late = item.on.days < document().today().days;
      line(panel, late ? Status::bad : Status::warning, item.title, tr("{what}: {date}", {{"what", item.label}, {"date", spoken(item.on)}}), tr("Show"), "today_expiry",
           [this, id = item.id] { session_.show_record(id); });
    }
  }

  ScrolledPanel* scroll_;
  wxBoxSizer* column_ = nullptr;
  Subscription testing_;
};

}  // namespace

Page* make_today_page(wxWindow* parent, Session& session, const PageInfo&) { return new TodayPage(parent, session); }

}  // namespace mainstay
