// SPDX-License-Identifier: MIT
#pragma once
#include <wx/bitmap.h>
#include <wx/window.h>

#include <string_view>

#include "core/report/block.h"

namespace mainstay {

/// One drawing: as wide as reads well at the system's letters, narrower where there is less room. A screen reader gets its words. A click, Enter or the space bar shows it as large
/// as the screen allows.
class FigureView : public wxWindow {
 public:
  FigureView(wxWindow* parent, Figure figure, std::string_view key, bool large = false);
  ~FigureView() override;
  bool AcceptsFocus() const override { return !large_; }

 private:
  void fit();
  void parent_resized(wxSizeEvent& event);
  void paint();
  void enlarge();
  Figure figure_;
  wxBitmap drawn_;
  bool drawn_dark_ = false, large_;  ///< large: the enlarged drawing itself
};

/// The drawing of that name below `parent`, or nullptr where there is none.
FigureView* make_drawing(wxWindow* parent, std::string_view name);

}  // namespace mainstay
