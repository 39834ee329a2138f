// SPDX-License-Identifier: MIT
#include "app/gui/wizard/report_printout.h"

#include <algorithm>
#include <cstddef>

#include <wx/dc.h>
#include <wx/image.h>
#include <wx/bitmap.h>
#include <wx/print.h>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr double print_scale = 200.0 / 72.0;  // 200 dots an inch reads well and stays small in the spooler

class ReportPrintout : public wxPrintout {
 public:
  explicit ReportPrintout(const ReportDocument& document) : document_(document), pages_(page_count(document)) {}
  bool HasPage(int page) override { return page >= 1 && page <= pages_; }
  void GetPageInfo(int* first, int* last, int* from, int* to) override {
    *first = *from = 1;
    *last = *to = pages_;
  }
  bool OnPrintPage(int page) override {
    const PageImage picture = page_image(document_, page - 1, print_scale);
    wxImage image(picture.width, picture.height, false);
    unsigned char* out = image.GetData();
    for (std::size_t i = 0; i + 3 < picture.pixels.size(); i += 4) {
      *out++ = picture.pixels[i + 2];
      *out++ = picture.pixels[i + 1];
      *out++ = picture.pixels[i];
    }
    FitThisSizeToPage(wxSize(picture.width, picture.height));
    GetDC()->DrawBitmap(wxBitmap(image), 0, 0);
    return true;
  }

 private:
  const ReportDocument& document_;
  int pages_;
};

}  // namespace

void print_report(wxWindow* parent, const ReportDocument& document) {
  ReportPrintout printout(document);
  wxPrinter printer;
  if (!printer.Print(parent, &printout, true) && wxPrinter::GetLastError() == wxPRINTER_ERROR)
    throw Error(ErrorCode::io, tr("The page could not be printed. Save it as a PDF and print that."));
}

}  // namespace mainstay
