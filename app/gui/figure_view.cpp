// SPDX-License-Identifier: MIT
#include "app/gui/figure_view.h"

#include <wx/dcclient.h>
#include <wx/image.h>

#include <algorithm>
#include <string>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/report_print.h"
#include "core/report/drawing.h"

namespace mainstay {
namespace {
constexpr double reading_scale = 1.4;  ///< DIP for each point of a drawing
}

FigureView::FigureView(wxWindow* parent, Figure figure, std::string_view key) : wxWindow(parent, wxID_ANY), figure_(std::move(figure)) {
  set_accessible(this, tr("{title}. {words}", {{"title", figure_.title}, {"words", figure_.alt}}), key);
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
  parent->Bind(wxEVT_SIZE, &FigureView::parent_resized, this);
  fit();
}

FigureView::~FigureView() { GetParent()->Unbind(wxEVT_SIZE, &FigureView::parent_resized, this); }

void FigureView::parent_resized(wxSizeEvent& event) {
  event.Skip();
  fit();
}

void FigureView::fit() {
  const int wanted = for_text(this, static_cast<int>(figure_.width * reading_scale)), room = GetParent()->GetClientSize().x - FromDIP(gap_wide);
  const int width = room > FromDIP(120) ? std::min(wanted, room) : wanted;
  const wxSize size(width, static_cast<int>(width * figure_.height / figure_.width + 0.5));
  if (GetMinSize() == size) return;
  SetMinSize(size);
  SetMaxSize(size);
  drawn_ = wxBitmap();
  InvalidateBestSize();
}

void FigureView::paint() {
  wxPaintDC dc(this);  // what the drawing leaves open shows the page, which a theme may shade as it likes
  const auto size = GetClientSize();
  const double pixels = GetContentScaleFactor();
  if (!drawn_.IsOk() || drawn_dark_ != is_dark()) {
    drawn_dark_ = is_dark();
    drawn_ = bitmap_of(figure_image(figure_, size.x * pixels / figure_.width, drawn_dark_), pixels);
  }
  if (drawn_.IsOk()) dc.DrawBitmap(drawn_, 0, 0, true);
}

FigureView* make_drawing(wxWindow* parent, std::string_view name) {
  auto figure = name.empty() ? std::nullopt : drawing(name);
  return figure ? new FigureView(parent, std::move(*figure), "drawing:" + std::string(name)) : nullptr;
}

}  // namespace mainstay
