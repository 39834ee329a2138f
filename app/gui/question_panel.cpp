// SPDX-License-Identifier: MIT
#include "app/gui/question_panel.h"

#include <wx/choice.h>
#include <wx/textctrl.h>
#include <wx/wrapsizer.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/figure_view.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"
#include "core/base/error.h"

namespace mainstay {

bool takes_nothing(const InventoryQuestion& question) { return question.choices.empty() && question.help.find(none_text) != std::string::npos; }

std::string answer_words(const InventoryQuestion& question) {
  if (question.value == none_text) return tr("looked, and there is nothing");
  for (const auto& choice : question.choices)
    if (!choice.key.empty() && choice.key == question.value) return tr(choice.label);
  return question.value;
}

std::string standing_of(const InventoryQuestion& question) {
  if (!question.value.empty()) return tr("Answered: {answer}", {{"answer", answer_words(question)}});
  if (question.put_off_on) return tr("Asked on {day}: nobody knows yet. It stays open.", {{"day", spoken(question.put_off_on)}});
  return tr("Nobody has looked yet: that is not the same as nothing there.");
}

QuestionPanel::QuestionPanel(wxWindow* parent, Session& session, InventoryQuestion question, bool with_drawing)
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL), session_(session), question_(std::move(question)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* words = make_text(this, question_.text, gap);
  words->SetFont(words->GetFont().Bold());
  column->Add(words, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_small)));
  if (with_drawing)
    if (auto* drawing = make_drawing(this, question_.picture)) column->Add(drawing, wxSizerFlags().Border(wxTOP | wxBOTTOM, FromDIP(gap)));
  if (!question_.help.empty()) column->Add(make_hint(this, question_.help, gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap)));
  auto* row = new wxWrapSizer(wxHORIZONTAL, wxREMOVE_LEADING_SPACES);
  control_ = question_.choices.empty() ? text_control() : choice_control();
  control_->SetMinSize(wxSize(for_text(this, question_.choices.empty() ? 140 : 220), -1));
  const auto key = question_.attribute + ":" + question_.subject_id.text;
  set_accessible(control_, question_.text, key);
  row->Add(control_, wxSizerFlags().CentreVertical().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
  if (takes_nothing(question_)) {
    auto* nothing = make_button(this, tr("Looked: nothing there"), "none:" + key, [this] { answer(std::string(none_text)); });
    row->Add(nothing, wxSizerFlags().CentreVertical().Border(wxRIGHT | wxBOTTOM, FromDIP(gap)));
  }
  auto* unknown = make_button(this, tr("I don't know"), "unknown:" + key, [this] { put_off(); });
  unknown->Enable(!question_.put_off_on || !question_.value.empty());
  row->Add(unknown, wxSizerFlags().CentreVertical().Border(wxBOTTOM, FromDIP(gap)));
  column->Add(row, wxSizerFlags().Expand());
  column->Add(make_hint(this, standing_of(question_), gap), wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(gap_wide)));
  SetSizer(column);
}

void QuestionPanel::answer(const std::string& value) {
  if (value == question_.value) return;
  // The page is built again by this: what is needed afterwards is kept here.
  const auto question = question_;
  auto& session = session_;
  try {
    auto change = answer_question(session.plan(), question.subject_id, question.attribute, value, session.document().today(), session.document().author());
    mark_trouble(control_, "");
    session.mended();
    session.document().apply(change);
  } catch (const Error& error) {
    mark_trouble(control_, error.what());
    session.show_error(error.what());
  }
}

void QuestionPanel::put_off() {
  auto& session = session_;
  session.attempt([&] { session.document().apply(put_off_question(session.plan(), question_.subject_id, question_.attribute, session.document().today(), session.document().author())); });
}

wxWindow* QuestionPanel::text_control() {
  auto* text = new wxTextCtrl(this, wxID_ANY, wx(question_.value == none_text ? std::string() : question_.value), wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  const auto write = [this, text, shown = utf8(text->GetValue())] {
    if (const auto typed = utf8(text->GetValue()); typed != shown) answer(typed);
  };
  text->Bind(wxEVT_TEXT_ENTER, [write](wxCommandEvent&) { write(); });
  text->Bind(wxEVT_KILL_FOCUS, [text, write](wxFocusEvent& event) {
    event.Skip();
    if (!text->IsBeingDeleted()) write();
  });
  pending_ = session_.pending.subscribe(write);
  return text;
}

wxWindow* QuestionPanel::choice_control() {
  auto* choice = new wxChoice(this, wxID_ANY);
  std::vector<std::string> keys{""};
  choice->Append(wx(question_.put_off_on ? tr("I don't know") : tr("Not answered yet")));
  for (const auto& each : question_.choices) {
    if (each.key.empty()) continue;
    keys.emplace_back(each.key);
    choice->Append(wx(tr(each.label)));
  }
  const auto at = std::find(keys.begin(), keys.end(), question_.value);
  choice->SetSelection(at == keys.end() ? 0 : static_cast<int>(at - keys.begin()));
  choice->Bind(wxEVT_CHOICE, [this, choice, keys](wxCommandEvent&) { answer(keys[static_cast<std::size_t>(choice->GetSelection())]); });
  return choice;
}

}  // namespace mainstay
