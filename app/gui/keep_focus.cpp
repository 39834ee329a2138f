// SPDX-License-Identifier: MIT
#include "app/gui/keep_focus.h"

#include <algorithm>

namespace mainstay {
namespace {

/// The controls below a window in the order of Tab.
void collect(const wxWindow* part, std::vector<wxWindow*>& stops) {
  for (auto* child : part->GetChildren()) {
    if (child->AcceptsFocus()) stops.push_back(child);
    collect(child, stops);
  }
}

}  // namespace

std::vector<wxString> stops_from_focus(const wxWindow* part) {
  std::vector<wxWindow*> stops;
  collect(part, stops);
  const auto at = std::find(stops.begin(), stops.end(), wxWindow::FindFocus());
  std::vector<wxString> names;
  if (at == stops.end()) return names;
  for (auto after = at; after != stops.end(); ++after) names.push_back((*after)->GetName());
  for (auto before = std::make_reverse_iterator(at); before != stops.rend(); ++before) names.push_back((*before)->GetName());
  return names;
}

void focus_one_of(wxWindow* part, const std::vector<wxString>& names) {
  std::vector<wxWindow*> stops;
  collect(part, stops);
  for (const auto& name : names)
    for (auto* stop : stops)
      if (stop->GetName() == name && stop->CanAcceptFocus()) {
        stop->SetFocus();
        return;
      }
}

}  // namespace mainstay
