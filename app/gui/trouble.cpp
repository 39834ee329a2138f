// SPDX-License-Identifier: MIT
#include "app/gui/trouble.h"

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

namespace mainstay {
namespace {

/// Makes room for the sentence, or takes it back, out to the panel that scrolls.
void rearrange(wxWindow* from) {
  for (auto* window = from; window && !window->IsTopLevel(); window = window->GetParent()) {
    window->InvalidateBestSize();
    if (auto* scrolled = dynamic_cast<wxScrolledWindow*>(window)) {
      scrolled->Layout();
      scrolled->FitInside();
      break;
    }
  }
  from->Layout();
}

/// The line below the box, made where there is none yet.
wxStaticText* line_below(wxWindow* box, const wxString& name) {
  auto* sizer = box->GetContainingSizer();
  const auto& items = sizer->GetChildren();
  std::size_t place = 0;
  for (const auto* item : items) {
    ++place;
    if (item->GetWindow() == box) break;
  }
  auto* line = new wxStaticText(box->GetParent(), wxID_ANY, {});
  line->SetName(name);
  line->SetForegroundColour(status_colour(Status::bad));
  sizer->Insert(place, line, wxSizerFlags().Expand().Border(wxTOP, box->FromDIP(gap_small)));
  return line;
}

}  // namespace

void show_trouble(wxWindow* box, const std::string& sentence) {
  mark_trouble(box, sentence);
  auto* parent = box->GetParent();
  if (!box->GetContainingSizer()) return;
  const auto name = box->GetName() + ":trouble";
  auto* line = dynamic_cast<wxStaticText*>(wxWindow::FindWindowByName(name, parent));
  if (!line && sentence.empty()) return;
  if (!line) line = line_below(box, name);
  const auto words = wxControl::EscapeMnemonics(wx(sentence.empty() ? sentence : status_words(Status::bad, tr("Not kept: {reason}", {{"reason", sentence}}))));
  line->SetMinSize(wxDefaultSize);
  line->SetLabel(wrapped(*line, words, std::max(box->GetSize().x - box->FromDIP(gap_small), box->FromDIP(100))));  // its box may be half a row wide
  line->InvalidateBestSize();
  line->SetMinSize(wxSize(box->FromDIP(80), line->GetBestSize().y));  // takes height, and no room from its neighbours
  line->Show(!sentence.empty());
  rearrange(parent);
}

}  // namespace mainstay
