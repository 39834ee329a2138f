// SPDX-License-Identifier: MIT
#include "app/gui/page_preview.h"

#include <wx/dcbuffer.h>
#include <wx/settings.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/report_print.h"
#include "app/gui/wx_text.h"

namespace mainstay {

PagePreview::PagePreview(wxWindow* parent) : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxVSCROLL | wxBORDER_THEME | wxWANTS_CHARS) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  EnableScrolling(false, true);
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    measure();
    event.Skip();
  });
  set_accessible(this, tr("Preview"), "report_preview");
}

void PagePreview::clear() {
  report_.reset();
  pages_ = 0;
  drawn_.clear();
  measure();
}

void PagePreview::show(LaidOutReport report) {
  report_.emplace(std::move(report));
  drawn_.clear();
  pages_ = report_->pages();
  if (pages_ > 0) {
    const auto first = report_->image(0, 0.25);
    points_wide_ = std::max(1, first.width * 4);
    points_high_ = std::max(1, first.height * 4);
  }
  set_accessible(this, tr_count(pages_, "Preview of {title}, one page", "Preview of {title}, {count} pages", {{"title", report_->title()}}), "report_preview");
  measure();
  Scroll(0, 0);
}

void PagePreview::measure() {
  page_width_ = std::clamp(GetClientSize().x - FromDIP(2 * gap_wide), FromDIP(200), FromDIP(900));
  page_height_ = static_cast<int>(page_width_ * points_high_ / points_wide_);
  if (page_width_ != drawn_width_) drawn_.clear();
  drawn_width_ = page_width_;
  const int unit = FromDIP(gap_wide);
  SetScrollbars(0, unit, 0, (pages_ * (page_height_ + unit) + unit) / unit, 0, GetViewStart().y, true);
  Refresh();
}

const wxBitmap& PagePreview::bitmap(int page) {
  auto found = drawn_.find(page);
  if (found != drawn_.end()) return found->second;
  if (drawn_.size() > 12) drawn_.clear();  // a screen shows two or three
  return drawn_[page] = page_bitmap(*report_, page, page_width_ / points_wide_);
}

void PagePreview::paint() {
  wxAutoBufferedPaintDC dc(this);
  dc.SetBackground(wxBrush(wxSystemSettings::GetColour(wxSYS_COLOUR_APPWORKSPACE)));
  dc.Clear();
  if (!report_) return;
  const int unit = FromDIP(gap_wide), top = GetViewStart().y * unit, left = (GetClientSize().x - page_width_) / 2;
  for (int page = 0; page < pages_; ++page) {
    const int y = unit + page * (page_height_ + unit) - top;
    if (y + page_height_ < 0 || y > GetClientSize().y) continue;
    const auto& picture = bitmap(page);
    if (picture.IsOk()) dc.DrawBitmap(picture, left, y);
    dc.SetPen(wxPen(wxColour(0x80, 0x80, 0x80)));
    dc.SetBrush(*wxTRANSPARENT_BRUSH);
    dc.DrawRectangle(left - 1, y - 1, page_width_ + 2, page_height_ + 2);
  }
}

}  // namespace mainstay
