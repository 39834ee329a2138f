// SPDX-License-Identifier: MIT
// How a page of the wizard lays itself out: headings, sentences that wrap, statuses, columns and rows.
#include <algorithm>

#include <wx/wrapsizer.h>

#include "app/gui/layout.h"
#include "app/gui/wizard/wizard_step.h"
#include "app/gui/wx_text.h"

namespace mainstay {

void StepPage::on_size(wxSizeEvent& event) {
  event.Skip();
  wrap_sentences();
  FitInside();
}

void StepPage::wrap_sentences() {
  const int width = std::max(240, GetClientSize().x - 5 * gap);
  if (width == wrapped_at_) return;
  wrapped_at_ = width;
  for (const auto& [label, words, beside, columns] : wrapped_)
    label->SetLabel(wxControl::EscapeMnemonics(wrapped(*label, words, std::max(columns > 1 ? FromDIP(80) : 200, std::min((width - (columns - 1) * 2 * gap) / columns - beside, FromDIP(text_width))))));
}

void StepPage::add_to_flow(wxSizer* sizer) {
  if (row_) row_->Add(sizer, 0, wxRIGHT | wxALIGN_BOTTOM, gap);
  else if (cells_) cells_->Add(sizer, 0, wxEXPAND);
  else column_->Add(sizer, 0, wxEXPAND | wxBOTTOM, gap);
}

void StepPage::section(const std::string& title) {
  auto* label = new StyledText(this, wxID_ANY, wx(title));
  label->SetFont(label->GetFont().Scaled(1.15F).Bold());
  column_->Add(label, 0, wxTOP | wxBOTTOM, gap);
  wrapped_.push_back({label, wx(title), 0});
}

void StepPage::sentence(const std::string& text, bool muted) {
  auto* label = new StyledText(this, wxID_ANY, wx(text));
  label->SetLabelText(wx(text));
  if (muted) label->SetForegroundColour(hint_colour());
  if (cells_ && cells_->GetCols() == 1) {
    cells_->Add(label, 0, wxEXPAND);
    wrapped_.push_back({label, wx(text), 0});
    return;
  }
  if (cells_) {
    label->Wrap(FromDIP(220));
    cells_->Add(label, 0, wxALIGN_CENTER_VERTICAL);
    return;
  }
  column_->Add(label, 0, wxBOTTOM, gap);
  wrapped_.push_back({label, wx(text), 0});
}

wxBoxSizer* StepPage::put_status(Status status, const std::string& word, const std::string& text, int beside_right) {
  auto* line = new wxBoxSizer(wxHORIZONTAL);
  auto* chip = make_chip(this, status, word);
  auto* words = new StyledText(this, wxID_ANY, wxString());
  words->SetLabelText(wx(text));
  const int beside = std::max({FromDIP(120), chip->GetTextExtent(chip->GetLabel()).x + gap, chip->GetBestSize().x});
  if (beside > for_text(this, 200)) {  // a long word would leave its sentence no room
    auto* stack = new wxBoxSizer(wxVERTICAL);
    stack->Add(chip);
    stack->Add(words, 0, wxTOP, gap_small);
    wrapped_.push_back({words, wx(text), beside_right});
    line->Add(stack, 1);
  } else {
    chip->SetMinSize(wxSize(beside, -1));
    wrapped_.push_back({words, wx(text), beside + gap + beside_right});
    line->Add(chip, 0, wxRIGHT, gap);
    line->Add(words, 1);
  }
  column_->Add(line, 0, wxEXPAND | wxBOTTOM, gap_small);
  return line;
}

void StepPage::status(Status status, const std::string& word, const std::string& text) { put_status(status, word, text, 0); }

void StepPage::status(Status status, const std::string& word, const std::string& text, const std::string& label, const std::string& id, std::function<void()> action, const std::string& name) {
  auto* go = make_action(label, id, std::move(action), name);
  put_status(status, word, text, go->GetBestSize().x + 2 * gap)->Add(go, 0, wxLEFT, gap);
}

void StepPage::begin_cells(int columns) {
  constexpr int most_of_a_form = 3;  // more columns are a table with titles
  if (columns <= most_of_a_form && for_text(this, 100) > FromDIP(140)) columns = 1;
  cells_ = new wxFlexGridSizer(columns, gap, 2 * gap);
  if (columns <= most_of_a_form) {  // as wide as each other whatever stands in them
    cells_->SetFlexibleDirection(wxVERTICAL);
    cells_->SetNonFlexibleGrowMode(wxFLEX_GROWMODE_ALL);
  }
  for (int i = 0; i < columns; ++i) cells_->AddGrowableCol(static_cast<std::size_t>(i), 1);
}

void StepPage::end_cells() {
  column_->Add(cells_, 0, wxEXPAND | wxBOTTOM, gap);
  cells_ = nullptr;
}

void StepPage::column_titles(const std::vector<std::string>& titles) {
  for (const auto& title : titles) {
    auto* label = new StyledText(this, wxID_ANY, wx(title));
    label->SetFont(label->GetFont().Bold());
    cells_->Add(label, 0, wxALIGN_BOTTOM);
  }
}

void StepPage::begin_row() { row_ = new wxWrapSizer(wxHORIZONTAL); }

void StepPage::end_row() {
  column_->Add(row_, 0, wxEXPAND | wxBOTTOM, gap);
  row_ = nullptr;
}

wxWindow* StepPage::place_label(const StepField& field, wxSizer* cell) {
  auto* label = new StyledText(this, wxID_ANY, wx(field.label));
  cell->Add(label, 0, wxBOTTOM, gap / 4);
  if (!row_) wrapped_.push_back({label, wx(field.label), 0, cells_ ? cells_->GetCols() : 1});
  return label;
}

void StepPage::put(wxWindow* window, int flags) { column_->Add(window, 0, flags | wxBOTTOM, gap); }

}  // namespace mainstay
