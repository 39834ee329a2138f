// SPDX-License-Identifier: MIT
#include "app/gui/report_print.h"

#include <wx/dc.h>
#include <wx/image.h>
#include <wx/print.h>
#include <wx/printdlg.h>

#include <algorithm>
#include <filesystem>

#include "app/gui/wx_text.h"
#include "core/base/error.h"

namespace mainstay {
namespace {

/// Prints the pages of reports, one after the other, as they are previewed, at the printer's own resolution (300 dpi at most: more is not seen).
class ReportPrintout : public wxPrintout {
 public:
  explicit ReportPrintout(std::vector<LaidOutReport> reports) : wxPrintout(wx(reports.front().title())), reports_(std::move(reports)) {
    for (std::size_t i = 0; i < reports_.size(); ++i)
      for (int page = 0; page < reports_[i].pages(); ++page) pages_.emplace_back(i, page);
  }
  void GetPageInfo(int* least, int* most, int* from, int* to) override {
    *least = *from = 1;
    *most = *to = static_cast<int>(pages_.size());
  }
  bool HasPage(int page) override { return page >= 1 && page <= static_cast<int>(pages_.size()); }
  bool OnPrintPage(int page) override {
    auto* dc = GetDC();
    if (!dc) return false;
    int dpi_x = 300, dpi_y = 300;
    GetPPIPrinter(&dpi_x, &dpi_y);
    const auto& [report, number] = pages_[static_cast<std::size_t>(page - 1)];
    const auto bitmap = page_bitmap(reports_[report], number, std::clamp(dpi_x, 72, 300) / 72.0);
    if (!bitmap.IsOk()) return false;
    FitThisSizeToPaper(bitmap.GetSize());
    dc->DrawBitmap(bitmap, 0, 0);
    return true;
  }

 private:
  std::vector<LaidOutReport> reports_;
  std::vector<std::pair<std::size_t, int>> pages_;  ///< which report, and which of its pages
};

}  // namespace

wxBitmap page_bitmap(const LaidOutReport& report, int page, double scale) {
  const auto picture = report.image(page, scale);
  if (picture.width <= 0 || picture.height <= 0) return {};
  wxImage image(picture.width, picture.height, false);
  auto* to = image.GetData();
  const auto* from = picture.pixels.data();
  const auto count = std::min(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), picture.pixels.size() / 4);
  for (std::size_t i = 0; i < count; ++i, from += 4, to += 3) {
    const int paper = 255 - from[3];  // pixels are premultiplied: what they leave open shows white paper
    to[0] = static_cast<unsigned char>(std::min(255, from[2] + paper));
    to[1] = static_cast<unsigned char>(std::min(255, from[1] + paper));
    to[2] = static_cast<unsigned char>(std::min(255, from[0] + paper));
  }
  return wxBitmap(image);
}

wxBitmap bitmap_of(const PageImage& picture, double pixels) {
  if (picture.width <= 0 || picture.height <= 0) return {};
  wxImage image(picture.width, picture.height, false);
  image.InitAlpha();
  auto* to = image.GetData();
  auto* alpha = image.GetAlpha();
  const auto* from = picture.pixels.data();
  const auto count = std::min(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), picture.pixels.size() / 4);
  for (std::size_t i = 0; i < count; ++i, from += 4, to += 3) {
    alpha[i] = from[3];
    for (int c = 0; c < 3; ++c) to[c] = static_cast<unsigned char>(from[3] ? std::min(255, from[2 - c] * 255 / from[3]) : 0);
  }
  return wxBitmap(image, -1, pixels);
}

bool print_reports(wxWindow* parent, Session& session, const std::vector<std::string>& reports, std::optional<Period> period) {
  bool printed = false;
  session.attempt([&] {
    session.commit_pending();
    auto input = session.document().report_input();
    input.period = period;
    std::vector<LaidOutReport> laid;
    for (const auto& report : reports) laid.emplace_back(build_report(input, report));
    ReportPrintout printout(std::move(laid));
    wxPrintDialogData data;
    wxPrinter printer(&data);
    printed = printer.Print(parent, &printout, true);
    if (!printed && wxPrinter::GetLastError() == wxPRINTER_ERROR) throw Error(ErrorCode::io, tr("The printer did not take the pages. The same pages can be exported as PDF."));
  });
  return printed;
}

std::string export_beside_plan(Session& session, std::string_view report) {
  session.commit_pending();
  const std::filesystem::path plan = session.document().path();
  const auto path = (plan.parent_path() / (plan.stem().string() + "-" + std::string(report) + ".pdf")).string();
  export_report(session.document().report_input(), report, path, "pdf");
  return path;
}

}  // namespace mainstay
