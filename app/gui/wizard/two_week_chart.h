// SPDX-License-Identifier: MIT
#pragma once
#include <wx/panel.h>

#include "core/analysis/survive.h"

namespace mainstay {

/// Service and cash by day as a picture; the table beside it says the same in words.
class TwoWeekChart : public wxPanel {
 public:
  TwoWeekChart(wxWindow* parent, Survival survival);
  bool AcceptsFocus() const override { return false; }

 private:
  void paint(wxPaintEvent& event);
  Survival survival_;
};

/// Mean service over the activities on a day, in percent.
int mean_service(const SurviveDay& day);

}  // namespace mainstay
