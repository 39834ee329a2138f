// SPDX-License-Identifier: MIT
#pragma once
#include <wx/scrolwin.h>

#include <map>
#include <optional>
#include <string>

#include "core/report/report.h"

namespace mainstay {

/// The pages of a report under one another, as wide as there is room; only those in view are drawn.
class PagePreview : public wxScrolledWindow {
 public:
  explicit PagePreview(wxWindow* parent);
  void show(LaidOutReport report);
  void clear();
  int page_count() const { return pages_; }

 private:
  void measure();
  void paint();
  const wxBitmap& bitmap(int page);
  std::optional<LaidOutReport> report_;
  int pages_ = 0, page_width_ = 0, page_height_ = 0, drawn_width_ = 0;
  double points_wide_ = 595, points_high_ = 842;
  std::map<int, wxBitmap> drawn_;
};

}  // namespace mainstay
