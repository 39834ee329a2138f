// SPDX-License-Identifier: MIT
#pragma once
#include <wx/bitmap.h>
#include <wx/window.h>

#include <string_view>

#include "core/report/block.h"

namespace mainstay {

/// One drawing: as wide as reads well at the system's letters, narrower where there is less room. A screen reader gets its words.
class FigureView : public wxWindow {
 public:
  FigureView(wxWindow* parent, Figure figure, std::string_view key);
  ~FigureView() override;
  bool AcceptsFocus() const override { return false; }

 private:
  void fit();
  void parent_resized(wxSizeEvent& event);
  void paint();
  Figure figure_;
  wxBitmap drawn_;
  bool drawn_dark_ = false;
};

/// The drawing of that name below `parent`, or nullptr where there is none.
FigureView* make_drawing(wxWindow* parent, std::string_view name);

}  // namespace mainstay
