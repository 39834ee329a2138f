// SPDX-License-Identifier: MIT
#pragma once
#include <wx/scrolwin.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/layout.h"
#include "core/base/quantity.h"

namespace mainstay {

/// One thing of a dependency picture and how it stands in the what-if.
struct GraphNode {
  Id id;
  std::string title;
  int percent = 100;  ///< of its service left
  bool lost = false;  ///< taken away by the person who asks
  bool head = false;  ///< what all the others are needed for
};
/// Things in columns and what leans on what, by their places in `nodes`.
struct GraphPicture {
  std::vector<std::string> headings;
  std::vector<std::vector<int>> columns;
  std::vector<GraphNode> nodes;
  std::vector<std::pair<int, int>> ties;
};

/// "✖ Lost", "✖ Stops", "▲ 50 %" or "✔ Runs", and how to show it.
std::pair<Status, std::string> standing(const GraphNode& node);

/// Draws a dependency picture that scrolls up and down; a click on a thing calls `on_click`. A table beside it says the same in words.
class GraphView : public wxScrolledWindow {
 public:
  GraphView(wxWindow* parent, std::string_view key);
  void show(GraphPicture picture, const std::string& description);
  bool AcceptsFocus() const override { return false; }
  void SetCanFocus(bool) override { wxScrolledWindow::SetCanFocus(false); }
  std::function<void(const Id&)> on_click;

 protected:
  void DoSetSize(int x, int y, int width, int height, int flags) override { wxScrolledWindow::DoSetSize(x, y, never_squeezed(this, width), never_squeezed(this, height), flags); }

 private:
  void arrange();
  void paint();
  void draw_tie(wxGraphicsContext& gc, int from, int to) const;
  void draw_node(wxGraphicsContext& gc, int node, const wxRect2DDouble& box) const;
  int node_at(const wxPoint& point) const;
  GraphPicture picture_;
  std::vector<wxRect2DDouble> boxes_;  ///< one per node
  std::vector<double> heading_at_;
  double row_height_ = 0;
  std::string key_;
};

}  // namespace mainstay
