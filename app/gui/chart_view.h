// SPDX-License-Identifier: MIT
#pragma once
#include <wx/colour.h>
#include <wx/window.h>

#include <string>
#include <utility>
#include <vector>

#include "app/gui/layout.h"

namespace mainstay {

/// A line of a chart, named at its end rather than in a legend far away.
struct ChartSeries {
  std::string label;
  wxColour colour;
  std::vector<std::pair<double, double>> points;
  bool stepped = false;
};
/// A vertical mark with its words.
struct ChartMark {
  double x = 0;
  std::string label;
  Status status = Status::info;
};
/// A line chart in its own units.
struct Chart {
  double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
  std::vector<std::pair<double, std::string>> x_ticks, y_ticks;
  std::vector<ChartSeries> series;
  std::vector<ChartMark> marks;
  bool zero_line = false;
};

/// Draws one chart; a screen reader gets it in words.
class ChartView : public wxWindow {
 public:
  /// `lines` is the height in lines of text, so that it grows with the system's font.
  ChartView(wxWindow* parent, std::string_view key, int lines = 12);
  void show(Chart chart, const std::string& description);
  bool AcceptsFocus() const override { return false; }

 private:
  void paint();
  Chart chart_;
  std::string key_;
};

/// Distinct colours that read on the present background.
wxColour series_colour(std::size_t index);

}  // namespace mainstay
