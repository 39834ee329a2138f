// SPDX-License-Identifier: MIT
#include <wx/choice.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/finding_words.h"
#include "app/gui/list_detail.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

enum Shown { shown_open, shown_done, shown_cleared, shown_all };

bool is_open(const Task& task) { return task.state != Task::State::done && task.state != Task::State::cleared; }

/// What is to be done, by whom, by when.
class ChecklistPage : public ListDetailPage {
 public:
  ChecklistPage(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, tr("Checklist"),
                       tr("What is to be done, by whom, by when. Findings put tasks here and clear them; what you type, tick or assign stays.")) {
    to_bar(make_label(this, tr("Show")));
    filter_ = new wxChoice(this, wxID_ANY);
    for (const auto& word : {tr("Open"), tr("Done"), tr("Condition cleared"), tr("All")}) filter_->Append(wx(word));
    filter_->SetSelection(shown_open);
    set_accessible(filter_, tr("Which tasks are shown"), "task_filter");
    filter_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh(); });
    to_bar(filter_);
    count_ = make_label(this, "");
    to_bar(count_, 1);
    to_bar(make_button(this, tr("&Update from findings"), "task_sync", [this] { sync(); }));
    to_bar(make_button(this, tr("&Add a task"), "task_add", [this] { add(); }));

    make_list(tr("Tasks"), "task_list", {{tr("Task"), 240}, {tr("Due"), 110}, {tr("Assigned to"), 120, false, false, true}, {tr("Severity"), 90, false, false, true}, {tr("About"), 140, false, false, true}},
              {tr("No task here"), tr("Let the rules look through the plan: what they find becomes a task with steps, owner and day."), tr("Update from findings"), [this] { sync(); }}, true);
    list_->on_tick = [this](const std::string& id, bool ticked) { CallAfter([this, id, ticked] { tick(Id{id}, ticked); }); };
    heading_ = make_record_heading(right());
    detail()->Add(heading_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
    detail()->Add(make_form({"rule_revision", "match_hash"}), wxSizerFlags().Expand());
    arrange();
  }

  void refresh() override {
    std::vector<const Task*> tasks;
    const int shown = filter_->GetSelection();
    for (const auto& task : plan().tasks)
      if (shown == shown_all || (shown == shown_open && is_open(task)) || (shown == shown_done && task.state == Task::State::done) ||
          (shown == shown_cleared && task.state == Task::State::cleared))
        tasks.push_back(&task);
    std::stable_sort(tasks.begin(), tasks.end(), [](const Task* a, const Task* b) {
      const auto due = [](const Task* t) { return t->due_on ? t->due_on.days : INT32_MAX; };
      return std::make_pair(due(a), -static_cast<int>(a->severity)) < std::make_pair(due(b), -static_cast<int>(b->severity));
    });
    std::vector<TableList::Row> rows;
    const auto today = document().today();
    for (const auto* task : tasks) {
      TableList::Row row{task->id.text,
                         {task->name, spoken(task->due_on), title_of(plan(), task->person_id.empty() ? task->owner_role_id : task->person_id), severity_words(task->severity),
                          title_of(plan(), task->subject_id)}};
      row.ticked = task->state == Task::State::done;
      row.order = {{1, to_text(task->due_on)}, {3, std::to_string(9 - static_cast<int>(task->severity))}};
      if (is_open(*task) && task->due_on && task->due_on.days < today.days) {
        row.status = Status::bad;
        row.cells[1] = tr("{date}, late", {{"date", row.cells[1]}});
      }
      rows.push_back(std::move(row));
    }
    count_->SetLabel(wx(tr_count(static_cast<long long>(rows.size()), "One task", "{count} tasks")));
    fill_list(std::move(rows));
  }

 private:
  bool lift_filter() override {
    filter_->SetSelection(shown_all);
    return true;
  }

  void show_selected() override {
    const auto id = list_->selected();
    const auto* task = find_in(plan().tasks, Id{id});
    heading_->set_text(task ? task->name : std::string());
    form_->show(Id{id});
    right()->content_changed();
  }

  void tick(const Id& id, bool ticked) {
    const auto ref = find_record(plan(), id);
    if (!ref) return;
    const auto today = ticked ? to_text(document().today()) : std::string();
    session_.attempt([&] {
      auto change = set_fields(plan(), ref, {{"state", ticked ? "done" : "open"}, {"done_on", today}});
      change.note = ticked ? tr("Done: {task}", {{"task", title_of(plan(), id)}}) : tr("Open again: {task}", {{"task", title_of(plan(), id)}});
      document().apply(change);
      session_.show_note(change.note);
    });
    refresh_soon();
  }

  void sync() {
    session_.commit_pending();
    int changed = 0;
    if (session_.attempt([&] { changed = document().put_on_checklist(); }))
      session_.show_note(changed == 0 ? tr("The checklist is up to date already.") : tr_count(changed, "One task changed. Ctrl+Z takes it back.", "{count} tasks changed. Ctrl+Z takes them back."));
    refresh_soon();
  }

  void add() {
    filter_->SetSelection(shown_open);
    add_of_kind("task");
  }

  wxChoice* filter_;
  wxStaticText* count_;
  WrappedText* heading_;
};

}  // namespace

Page* make_checklist_page(wxWindow* parent, Session& session, const PageInfo&) { return new ChecklistPage(parent, session); }

}  // namespace mainstay
