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

/// Prints a report's pages as they are previewed, at the printer's own resolution (300 dpi at most: more is not seen).
class ReportPrintout : public wxPrintout {
 public:
  explicit ReportPrintout(ReportDocument document) : wxPrintout(wx(document.title)), document_(std::move(document)), pages_(page_count(document_)) {}
  void GetPageInfo(int* least, int* most, int* from, int* to) override {
    *least = *from = 1;
    *most = *to = pages_;
  }
  bool HasPage(int page) override { return page >= 1 && page <= pages_; }
  bool OnPrintPage(int page) override {
    auto* dc = GetDC();
    if (!dc) return false;
    int dpi_x = 300, dpi_y = 300;
    GetPPIPrinter(&dpi_x, &dpi_y);
    const auto bitmap = page_bitmap(document_, page - 1, std::clamp(dpi_x, 72, 300) / 72.0);
    if (!bitmap.IsOk()) return false;
    FitThisSizeToPaper(bitmap.GetSize());
    dc->DrawBitmap(bitmap, 0, 0);
    return true;
  }

 private:
  ReportDocument document_;
  int pages_;
};

}  // namespace

wxBitmap page_bitmap(const ReportDocument& document, int page, double scale) {
  const auto picture = page_image(document, page, scale);
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

bool print_report(wxWindow* parent, Session& session, std::string_view report) {
  bool printed = false;
  session.attempt([&] {
    session.commit_pending();
    ReportPrintout printout(build_report(session.document().report_input(), report));
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
