// SPDX-License-Identifier: MIT
#include "app/gui/figure_view.h"

#include <wx/button.h>
#include <wx/cursor.h>
#include <wx/dcclient.h>
#include <wx/dialog.h>
#include <wx/image.h>

#include <algorithm>
#include <string>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/report_print.h"
#include "app/gui/wx_text.h"
#include "core/report/drawing.h"

namespace mainstay {
namespace {
constexpr double reading_scale = 1.4;  ///< DIP for each point of a drawing
}

FigureView::FigureView(wxWindow* parent, Figure figure, std::string_view key, bool large)
    : wxWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, large ? 0 : wxWANTS_CHARS), figure_(std::move(figure)), large_(large) {
  set_accessible(this, tr("{title}. {words}", {{"title", figure_.title}, {"words", figure_.alt}}), key);
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
  parent->Bind(wxEVT_SIZE, &FigureView::parent_resized, this);
  fit();
  if (large_) return;
  SetToolTip(wx(tr("Click, or press Enter, to see it larger")));
  SetCursor(wxCursor(wxCURSOR_MAGNIFIER));
  Bind(wxEVT_LEFT_UP, [this](wxMouseEvent&) { CallAfter([this] { enlarge(); }); });
  Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    switch (event.GetKeyCode()) {
      case WXK_RETURN:
      case WXK_NUMPAD_ENTER:
      case WXK_SPACE: CallAfter([this] { enlarge(); }); break;
      case WXK_TAB: Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward : wxNavigationKeyEvent::IsForward); break;
      default: event.Skip();
    }
  });
  for (const auto type : {wxEVT_SET_FOCUS, wxEVT_KILL_FOCUS})
    Bind(type, [this](wxFocusEvent& event) {
      event.Skip();
      Refresh();
    });
}

void FigureView::enlarge() {
  wxDialog dialog(wxGetTopLevelParent(this), wxID_ANY, wx(figure_.title), wxDefaultPosition, wxDefaultSize, wxDEFAULT_DIALOG_STYLE | wxRESIZE_BORDER);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(new FigureView(&dialog, figure_, "large_drawing", true), wxSizerFlags().Border(wxALL, FromDIP(gap_wide)));
  auto* close = new wxButton(&dialog, wxID_CANCEL, wx(tr("Close")));
  set_accessible(close, tr("Close"), "large_drawing_close");
  column->Add(close, wxSizerFlags().Right().Border(wxLEFT | wxRIGHT | wxBOTTOM, FromDIP(gap_wide)));
  dialog.SetSizerAndFit(column);
  dialog.CentreOnParent();
  close->SetFocus();
  dialog.ShowModal();
}

FigureView::~FigureView() { GetParent()->Unbind(wxEVT_SIZE, &FigureView::parent_resized, this); }

void FigureView::parent_resized(wxSizeEvent& event) {
  event.Skip();
  fit();
}

void FigureView::fit() {
  if (large_) {
    const auto screen = wxGetClientDisplayRect();
    const double scale = std::min(screen.width * 0.85 / figure_.width, screen.height * 0.75 / figure_.height);
    SetMinSize(wxSize(static_cast<int>(figure_.width * scale), static_cast<int>(figure_.height * scale)));
    return;
  }
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
  if (HasFocus()) {
    dc.SetPen(wxPen(accent_colour(), FromDIP(2)));
    dc.SetBrush(*wxTRANSPARENT_BRUSH);
    dc.DrawRectangle(GetClientRect().Deflate(FromDIP(1)));
  }
}

FigureView* make_drawing(wxWindow* parent, std::string_view name) {
  auto figure = name.empty() ? std::nullopt : drawing(name);
  return figure ? new FigureView(parent, std::move(*figure), "drawing:" + std::string(name)) : nullptr;
}

}  // namespace mainstay
