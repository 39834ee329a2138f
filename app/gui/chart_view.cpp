// SPDX-License-Identifier: MIT
#include "app/gui/chart_view.h"

#include <wx/dcbuffer.h>
#include <wx/graphics.h>
#include <wx/settings.h>

#include <algorithm>

#include "app/gui/accessible.h"
#include "app/gui/wx_text.h"

namespace mainstay {

wxColour series_colour(std::size_t index) {
  static const wxColour light[] = {{0x1f, 0x5f, 0xae}, {0xb3, 0x4a, 0x00}, {0x1b, 0x6b, 0x33}, {0x7a, 0x2d, 0x8c}, {0x8a, 0x6a, 0x00}, {0x00, 0x6d, 0x77}, {0xa8, 0x24, 0x4e}, {0x44, 0x4e, 0x5c}};
  static const wxColour dark[] = {{0x8a, 0xb8, 0xff}, {0xff, 0xa6, 0x5c}, {0x7f, 0xd1, 0x8b}, {0xd6, 0x9a, 0xe6}, {0xe3, 0xc4, 0x54}, {0x6c, 0xcf, 0xd8}, {0xff, 0x95, 0xb8}, {0xb4, 0xbe, 0xcc}};
  return is_dark() ? dark[index % 8] : light[index % 8];
}

ChartView::ChartView(wxWindow* parent, std::string_view key, int lines) : wxWindow(parent, wxID_ANY), key_(key) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  SetMinSize(wxSize(FromDIP(320), GetCharHeight() * lines));
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    Refresh();
    event.Skip();
  });
}

void ChartView::show(Chart chart, const std::string& description) {
  chart_ = std::move(chart);
  set_accessible(this, description, key_);
  SetToolTip(wx(description));
  Refresh();
}

void ChartView::paint() {
  wxAutoBufferedPaintDC dc(this);
  dc.SetBackground(wxBrush(GetBackgroundColour()));
  dc.Clear();
  std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  if (!gc) return;
  const auto ink = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT), quiet = hint_colour();
  const auto font = GetFont().Smaller();
  double line_height = 12, widest = 0, label_width = 0;
  gc->SetFont(font, ink);
  const auto width_of = [&](const std::string& text) {
    double w, h, d, e;
    gc->GetTextExtent(wx(text), &w, &h, &d, &e);
    line_height = h;
    return w;
  };
  for (const auto& [y, text] : chart_.y_ticks) widest = std::max(widest, width_of(text));
  for (const auto& series : chart_.series) label_width = std::max(label_width, width_of(series.label));
  label_width = std::min(label_width, GetClientSize().x * 0.3);
  const double left = widest + FromDIP(12), right = GetClientSize().x - label_width - FromDIP(16);
  const double top = line_height * (chart_.marks.empty() ? 1 : 2), bottom = GetClientSize().y - line_height - FromDIP(10);
  if (right - left < 40 || bottom - top < 30) return;
  const auto px = [&](double x) { return left + (x - chart_.x_min) / std::max(1e-9, chart_.x_max - chart_.x_min) * (right - left); };
  const auto py = [&](double y) { return bottom - (y - chart_.y_min) / std::max(1e-9, chart_.y_max - chart_.y_min) * (bottom - top); };

  const auto grid = is_dark() ? GetBackgroundColour().ChangeLightness(125) : GetBackgroundColour().ChangeLightness(90);
  gc->SetPen(wxPen(grid, 1));
  for (const auto& [y, text] : chart_.y_ticks) {
    gc->StrokeLine(left, py(y), right, py(y));
    gc->SetFont(font, quiet);
    gc->DrawText(wx(text), left - width_of(text) - FromDIP(6), py(y) - line_height / 2);
  }
  double free_from = 0;  // ticks that would run into one another are left out
  for (const auto& [x, text] : chart_.x_ticks) {
    const auto wide = width_of(text);
    const auto at = std::clamp(px(x) - wide / 2, 0.0, GetClientSize().x - wide);
    if (at < free_from) continue;
    gc->DrawText(wx(text), at, bottom + FromDIP(4));
    free_from = at + wide + FromDIP(8);
  }
  if (chart_.zero_line && chart_.y_min < 0) {
    gc->SetPen(wxPen(ink, 1));
    gc->StrokeLine(left, py(0), right, py(0));
  }
  std::size_t row = 0;
  for (const auto& mark : chart_.marks) {
    const auto colour = status_colour(mark.status);
    gc->SetPen(wxPen(colour, FromDIP(1), wxPENSTYLE_SHORT_DASH));
    gc->StrokeLine(px(mark.x), top, px(mark.x), bottom);
    gc->SetFont(font, colour);
    const auto wide = width_of(mark.label);
    gc->DrawText(wx(mark.label), std::clamp(px(mark.x) - wide / 2, left, std::max(left, right - wide)), (row++ % 2) * line_height);
  }
  std::vector<double> taken;
  for (const auto& series : chart_.series) {
    if (series.points.empty()) continue;
    gc->SetPen(wxPen(series.colour, FromDIP(2)));
    auto path = gc->CreatePath();
    path.MoveToPoint(px(series.points.front().first), py(series.points.front().second));
    double last = series.points.front().second;
    for (const auto& [x, y] : series.points) {
      if (series.stepped) path.AddLineToPoint(px(x), py(last));
      path.AddLineToPoint(px(x), py(y));
      last = y;
    }
    if (series.stepped) path.AddLineToPoint(right, py(last));
    gc->StrokePath(path);
    double at = py(last) - line_height / 2;
    for (bool moved = true; moved;) {  // labels at the lines' ends make room for one another
      moved = false;
      for (const auto other : taken)
        if (std::abs(other - at) < line_height * 0.95) {
          at = other + line_height;
          moved = true;
        }
    }
    taken.push_back(at);
    gc->SetFont(font, series.colour);
    gc->DrawText(wx(series.label), right + FromDIP(6), at);
  }
}

}  // namespace mainstay
