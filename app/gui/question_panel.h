// SPDX-License-Identifier: MIT
#pragma once
#include <wx/panel.h>

#include "app/gui/session.h"

namespace mainstay {

/// One question of the rules, answered in place: its words, the drawing of where to look, the control, and "I don't know", which is an answer too.
class QuestionPanel : public wxPanel {
 public:
  QuestionPanel(wxWindow* parent, Session& session, InventoryQuestion question, bool with_drawing = true);
  void focus_control() { control_->SetFocus(); }

 private:
  void answer(const std::string& value);
  void put_off();
  wxWindow* text_control();
  wxWindow* choice_control();

  Session& session_;
  InventoryQuestion question_;
  wxWindow* control_ = nullptr;
  Subscription pending_;
};

/// True where "(none)" is an answer: somebody looked, and there is nothing.
bool takes_nothing(const InventoryQuestion& question);
/// How a question stands: nobody looked, somebody said "I don't know", or the answer in words.
std::string standing_of(const InventoryQuestion& question);
/// The answer in words, "" where there is none.
std::string answer_words(const InventoryQuestion& question);

}  // namespace mainstay
