// SPDX-License-Identifier: MIT
#include "app/gui/graph_view.h"

#include <wx/control.h>
#include <wx/dcbuffer.h>
#include <wx/graphics.h>
#include <wx/settings.h>

#include <algorithm>
#include <cmath>

#include "app/gui/accessible.h"
#include "app/gui/wx_text.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

/// A colour between two, `share` of the second.
wxColour mixed(const wxColour& first, const wxColour& second, double share) {
  const auto mix = [&](unsigned char a, unsigned char b) { return static_cast<unsigned char>(a + (b - a) * share); };
  return {mix(first.Red(), second.Red()), mix(first.Green(), second.Green()), mix(first.Blue(), second.Blue())};
}

wxColour ground() { return wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW); }

}  // namespace

std::pair<Status, std::string> standing(const GraphNode& node) {
  if (node.lost) return {Status::bad, tr("Lost")};
  if (node.percent <= 0) return {Status::bad, tr("Stops")};
  if (node.percent < 100) return {Status::warning, tr("{percent} %", {{"percent", node.percent}})};
  return {Status::good, tr("Runs")};
}

GraphView::GraphView(wxWindow* parent, std::string_view key) : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, parent->FromDIP(wxSize(320, 200)), wxVSCROLL | wxHSCROLL), key_(key) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  wxScrolledWindow::SetCanFocus(false);
  SetScrollRate(FromDIP(gap), FromDIP(gap));
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    arrange();
    Refresh();
    event.Skip();
  });
  Bind(wxEVT_LEFT_UP, [this](wxMouseEvent& event) {
    if (const int node = node_at(event.GetPosition()); node >= 0 && on_click) on_click(picture_.nodes[static_cast<std::size_t>(node)].id);
  });
  Bind(wxEVT_MOTION, [this](wxMouseEvent& event) {
    const int node = node_at(event.GetPosition());
    SetCursor(wxCursor(node >= 0 ? wxCURSOR_HAND : wxCURSOR_ARROW));
    const auto words = node < 0 ? wxString() : wx(picture_.nodes[static_cast<std::size_t>(node)].title);
    if (GetToolTipText() != words) SetToolTip(words);
  });
}

void GraphView::show(GraphPicture picture, const std::string& description) {
  picture_ = std::move(picture);
  set_accessible(this, description, key_);
  arrange();
  Refresh();
}

void GraphView::arrange() {
  const double line = GetCharHeight();
  row_height_ = line * 1.5;
  std::size_t tallest = 1;
  for (const auto& column : picture_.columns) tallest = std::max(tallest, column.size());
  const double head = line * 1.6, between = FromDIP(6);
  const double wanted = head + static_cast<double>(tallest) * (row_height_ + between) + between;
  constexpr int readable = 20;  // letters that a box must hold
  const auto count = std::max<std::size_t>(1, picture_.columns.size());
  const int least = static_cast<int>(static_cast<double>(count) * GetCharWidth() * readable * 1.2);
  const int across = std::max(GetClientSize().x, least);
  SetVirtualSize(wxSize(across, static_cast<int>(wanted)));
  const double wide = across - 2.0, high = std::max<double>(wanted, GetClientSize().y);
  const double aisle = wide * 0.07, box = (wide - aisle * static_cast<double>(count - 1)) / static_cast<double>(count);
  boxes_.assign(picture_.nodes.size(), {});
  heading_at_.clear();
  for (std::size_t c = 0; c < picture_.columns.size(); ++c) {
    const auto& column = picture_.columns[c];
    const double x = 1 + static_cast<double>(c) * (box + aisle), step = (high - head) / std::max(1.0, static_cast<double>(column.size()));
    heading_at_.push_back(x);
    for (std::size_t i = 0; i < column.size(); ++i)
      boxes_[static_cast<std::size_t>(column[i])] = {x, head + step * (static_cast<double>(i) + 0.5) - row_height_ / 2, box, row_height_};
  }
}

int GraphView::node_at(const wxPoint& point) const {
  const auto at = CalcUnscrolledPosition(point);
  for (std::size_t i = 0; i < boxes_.size(); ++i)
    if (boxes_[i].Contains(wxPoint2DDouble(at.x, at.y))) return static_cast<int>(i);
  return -1;
}

void GraphView::draw_tie(wxGraphicsContext& gc, int from, int to) const {
  const auto &a = boxes_[static_cast<std::size_t>(from)], &b = boxes_[static_cast<std::size_t>(to)];
  const auto &user = picture_.nodes[static_cast<std::size_t>(from)], &used = picture_.nodes[static_cast<std::size_t>(to)];
  const bool hit = user.percent < 100 && used.percent < 100;  // the way on which the loss travels
  const auto ink = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT);
  gc.SetPen(wxPen(hit ? status_colour(user.percent <= 0 ? Status::bad : Status::warning) : mixed(ground(), ink, 0.35), FromDIP(hit ? 2 : 1)));
  const bool same = std::abs(a.m_x - b.m_x) < 1, back = b.m_x < a.m_x;
  const double x1 = back ? a.m_x : a.m_x + a.m_width, x2 = same || back ? b.m_x + b.m_width : b.m_x;
  const double y1 = a.m_y + a.m_height / 2, y2 = b.m_y + b.m_height / 2;
  const double reach = same ? FromDIP(28) : (x2 - x1) / 2;  // an S, or a bow where both stand in one column
  auto path = gc.CreatePath();
  path.MoveToPoint(x1, y1);
  path.AddCurveToPoint(x1 + reach, y1, same ? x2 + reach : x2 - reach, y2, x2, y2);
  gc.StrokePath(path);
}

void GraphView::draw_node(wxGraphicsContext& gc, int node, const wxRect2DDouble& box) const {
  const auto& thing = picture_.nodes[static_cast<std::size_t>(node)];
  const auto [status, word] = standing(thing);
  const bool plain = status == Status::good;
  const auto ink = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT);
  const auto colour = plain ? (thing.head ? accent_colour() : mixed(ground(), ink, 0.5)) : status_colour(status);
  gc.SetPen(wxPen(colour, FromDIP(thing.lost ? 3 : 1), thing.lost ? wxPENSTYLE_SHORT_DASH : wxPENSTYLE_SOLID));
  gc.SetBrush(wxBrush(mixed(ground(), colour, plain && !thing.head ? 0.06 : 0.18)));
  gc.DrawRoundedRectangle(box.m_x + 1, box.m_y + 1, box.m_width - 2, box.m_height - 2, FromDIP(5));
  auto font = GetFont();
  if (thing.head || thing.lost) font.MakeBold();
  gc.SetFont(font, plain ? ink : status_colour(status));
  const auto words = wx(plain ? thing.title : thing.lost || thing.percent <= 0 ? tr("{mark} {thing}", {{"mark", status_mark(status)}, {"thing", thing.title}})
                                                                                : tr("{standing} {thing}", {{"standing", status_words(status, word)}, {"thing", thing.title}}));
  wxClientDC measure(const_cast<GraphView*>(this));
  measure.SetFont(font);
  const double room = box.m_width - 2 * FromDIP(gap);
  const auto fitted = wxControl::Ellipsize(words, measure, wxELLIPSIZE_END, static_cast<int>(room));
  double w = 0, h = 0;
  gc.GetTextExtent(fitted, &w, &h);
  gc.DrawText(fitted, box.m_x + FromDIP(gap), box.m_y + (box.m_height - h) / 2);
}

void GraphView::paint() {
  wxAutoBufferedPaintDC dc(this);
  dc.SetBackground(wxBrush(ground()));
  dc.Clear();
  DoPrepareDC(dc);
  std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  if (!gc || boxes_.size() != picture_.nodes.size()) return;
  for (std::size_t c = 0; c < heading_at_.size() && c < picture_.headings.size(); ++c) {
    gc->SetFont(GetFont().Bold(), hint_colour());
    const double room = heading_at_.size() > 1 ? heading_at_[1] - heading_at_[0] - FromDIP(gap) : GetClientSize().x;
    dc.SetFont(GetFont().Bold());
    gc->DrawText(wxControl::Ellipsize(wx(picture_.headings[c]), dc, wxELLIPSIZE_END, static_cast<int>(room)), heading_at_[c], FromDIP(gap_small));
  }
  for (const auto& [from, to] : picture_.ties) draw_tie(*gc, from, to);
  for (std::size_t i = 0; i < boxes_.size(); ++i)
    if (boxes_[i].m_width > 0) draw_node(*gc, static_cast<int>(i), boxes_[i]);
}

}  // namespace mainstay
