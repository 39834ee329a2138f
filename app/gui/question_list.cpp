// SPDX-License-Identifier: MIT
#include <wx/choice.h>
#include <wx/wupdlock.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/device_views.h"
#include "app/gui/question_panel.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

enum Shown { shown_open, shown_put_off, shown_answered, shown_all };

bool is_open(const InventoryQuestion& q) { return q.value.empty() && !q.put_off_on; }

std::string key_of(const InventoryQuestion& q) { return q.subject_id.text + "\n" + q.attribute; }

class QuestionList : public ListDetailPage {
 public:
  QuestionList(wxWindow* parent, Session& session)
      : ListDetailPage(parent, session, "", tr("What the rules cannot know, they ask. “I don't know” is an answer: it stays on the checklist.")) {
    to_bar(make_label(this, tr("Show")));
    filter_ = new wxChoice(this, wxID_ANY);
    for (const auto& word : {tr("Not answered yet"), tr("Nobody knows"), tr("Answered"), tr("All questions")}) filter_->Append(wx(word));
    filter_->SetSelection(shown_open);
    set_accessible(filter_, tr("Which questions are shown"), "question_filter");
    filter_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { refresh(); });
    to_bar(filter_);
    to_bar(make_button(this, tr("Plug s&heet"), "question_sheet", [this] { session_.go_to("reports", Id{"plug-sheet"}); }));
    make_list(tr("Questions"), "question_list", {{tr("Answer"), 120, true}, {tr("About"), 130}, {tr("Question"), 260}},
              {tr("No rule asks anything yet"), tr("Questions appear as soon as devices or places are listed that a rule may concern.")});
    panel_ = new Part(right());
    panel_->SetSizer(new wxBoxSizer(wxVERTICAL));
    detail()->Add(panel_, wxSizerFlags().Expand());
    arrange();
  }

  void refresh() override {
    questions_ = inventory_questions(plan(), document().now());
    const int shown = filter_->GetSelection();
    const auto before = list_->selected();
    const auto next = before.empty() ? std::string() : list_->neighbour(before);
    std::vector<TableList::Row> rows;
    for (const auto& question : questions_) {
      const bool fits = shown == shown_all || (shown == shown_open && is_open(question)) || (shown == shown_put_off && question.value.empty() && question.put_off_on) || (shown == shown_answered && !question.value.empty());
      if (!fits) continue;
      const auto status = !question.value.empty() ? Status::good : Status::unknown;
      TableList::Row row{key_of(question), {status_words(status, !question.value.empty() ? answer_words(question) : question.put_off_on ? tr("Nobody knows") : tr("Not looked")), title_of(plan(), question.subject_id), question.text}};
      row.status = status;
      rows.push_back(std::move(row));
    }
    const bool gone = !before.empty() && std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id == before; });
    shown_.clear();
    const bool some = !questions_.empty();
    fill_list(std::move(rows), some);
    if (gone && !next.empty() && list_->select(next)) show_selected();  // answered: on to the one after it
  }

  void show_record(const Id& id) override {
    for (const auto& question : questions_)
      if (question.subject_id == id && list_->select(key_of(question))) break;
    show_selected();
  }

 private:
  void show_selected() override {
    const auto selected = list_->selected();
    const auto question = std::find_if(questions_.begin(), questions_.end(), [&](const auto& q) { return key_of(q) == selected; });
    if (shown_ == selected && !shown_.empty()) return;
    shown_ = selected;
    session_.commit_pending();  // what is being typed is written before its box goes
    wxWindowUpdateLocker still(panel_);
    bool focused = false;
    for (auto* window = wxWindow::FindFocus(); window; window = window->GetParent()) focused = focused || window == panel_;
    panel_->GetSizer()->Clear(true);
    auto* column = panel_->GetSizer();
    asked_ = nullptr;
    if (question != questions_.end()) {
      auto* about = make_record_heading(panel_);
      about->set_text(title_of(plan(), question->subject_id));
      column->Add(about, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
      asked_ = new QuestionPanel(panel_, session_, *question);
      column->Add(asked_, wxSizerFlags().Expand());
      if (!question->hazard.empty()) column->Add(make_hint(panel_, tr("Why it is asked: {hazard}", {{"hazard", question->hazard}}), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
      column->Add(make_button(panel_, tr("Show what is known about it"), "question_subject", [this, id = question->subject_id] { session_.go_to("devices", id); }));
    } else {
      column->Add(make_hint(panel_, questions_.empty() ? std::string() : tr("Nothing to answer here. Look at the other questions with the choice above."), gap), wxSizerFlags().Expand());
    }
    panel_->Layout();
    right()->content_changed();
    if (focused && asked_) asked_->focus_control();
  }

  void open_selected() override {
    if (asked_) asked_->focus_control();
  }

  wxChoice* filter_;
  wxPanel* panel_;
  QuestionPanel* asked_ = nullptr;
  std::vector<InventoryQuestion> questions_;
  std::string shown_;
};

}  // namespace

ListDetailPage* make_question_list(wxWindow* parent, Session& session) { return new QuestionList(parent, session); }

std::size_t unanswered(const std::vector<InventoryQuestion>& questions) { return static_cast<std::size_t>(std::count_if(questions.begin(), questions.end(), is_open)); }

}  // namespace mainstay
