// SPDX-License-Identifier: MIT
#include "app/gui/wizard/two_week_chart.h"

#include <algorithm>
#include <memory>

#include <wx/dcbuffer.h>
#include <wx/graphics.h>
#include <wx/settings.h>

#include "app/gui/accessible.h"
#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

namespace mainstay {

int mean_service(const SurviveDay& day) {
  if (day.activities.empty()) return 0;
  long long sum = 0;
  for (const auto& activity : day.activities) sum += activity.service_percent;
  return static_cast<int>(sum / static_cast<long long>(day.activities.size()));
}

TwoWeekChart::TwoWeekChart(wxWindow* parent, Survival survival) : wxPanel(parent), survival_(std::move(survival)) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  SetMinSize(wxSize(FromDIP(360), GetCharHeight() * 13));
  set_accessible(this, tr("Chart: service and cash by day. {verdict} The table below it has the numbers.", {{"verdict", survival_.verdict}}), "two_week_chart");
  Bind(wxEVT_PAINT, &TwoWeekChart::paint, this);
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    Refresh();
    event.Skip();
  });
}

void TwoWeekChart::paint(wxPaintEvent&) {
  wxAutoBufferedPaintDC dc(this);
  dc.SetBackground(wxBrush(wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOW)));
  dc.Clear();
  const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
  if (!gc || survival_.days.empty()) return;
  const wxColour ink = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT);
  const double line = GetCharHeight() * 1.2, left = line, right = GetClientSize().x - line, top = line * 1.6, bottom = GetClientSize().y - line * 1.5;
  const double step = (right - left) / static_cast<double>(survival_.days.size());
  gc->SetFont(GetFont(), ink);

  std::int64_t most = std::max<std::int64_t>(1, survival_.cash_start_cents), least = 0;
  for (const auto& day : survival_.days) {
    most = std::max(most, day.cash_cents);
    least = std::min(least, day.cash_cents);
  }
  const auto cash_y = [&](std::int64_t cents) { return bottom - (bottom - top) * static_cast<double>(cents - least) / static_cast<double>(most - least); };

  gc->SetPen(*wxTRANSPARENT_PEN);
  wxColour bar = accent_colour();
  gc->SetBrush(wxBrush(wxColour(bar.Red(), bar.Green(), bar.Blue(), 90)));
  double x = left;
  for (const auto& day : survival_.days) {
    const double height = (bottom - top) * mean_service(day) / 100.0;
    gc->DrawRectangle(x + step * 0.12, bottom - height, step * 0.76, height);
    double width = 0, tall = 0;
    const wxString number = wxString::Format("%d", day.day);
    gc->GetTextExtent(number, &width, &tall);
    gc->DrawText(number, x + (step - width) / 2, bottom + 2);
    x += step;
  }
  gc->SetPen(wxPen(ink, 1));
  gc->StrokeLine(left, bottom, right, bottom);
  gc->DrawText(wx(tr("Service on each day (bars; full height is normal)")), left, 2);

  if (survival_.cash_known) {
    const wxColour cash = status_colour(survival_.cash_ends_day > 0 ? Status::bad : survival_.outlook == Outlook::yes ? Status::good : Status::warning);
    gc->SetPen(wxPen(cash, 2));
    wxGraphicsPath path = gc->CreatePath();
    path.MoveToPoint(left, cash_y(survival_.cash_start_cents));
    x = left;
    for (const auto& day : survival_.days) path.AddLineToPoint(x += step, cash_y(day.cash_cents));
    gc->StrokePath(path);
    gc->SetFont(GetFont(), cash);
    double width = 0, tall = 0;
    const wxString words = wx(tr("Cash (line), {cash} at the end", {{"cash", spoken_money(survival_.cash_end_cents)}}));
    gc->GetTextExtent(words, &width, &tall);
    gc->DrawText(words, right - width, 2);
    if (least < 0) {
      gc->SetPen(wxPen(cash, 1, wxPENSTYLE_SHORT_DASH));
      gc->StrokeLine(left, cash_y(0), right, cash_y(0));
    }
  }
}

}  // namespace mainstay
