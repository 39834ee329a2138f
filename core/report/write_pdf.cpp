// SPDX-License-Identifier: MIT
#include "core/report/write_pdf.h"

#define POINTERHOLDER_TRANSITION 4

#include <cairo-pdf.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/report.h"
#include "core/report/typeset.h"

namespace mainstay {
namespace {
void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw Error(ErrorCode::io, tr("The report could not be drawn: {reason}.", {{"reason", cairo_status_to_string(status)}}));
}

std::string drawn(const ReportDocument& document, const PagedReport& report, Instant made_at) {
  std::string bytes;
  auto* surface = cairo_pdf_surface_create_for_stream(
      [](void* target, const unsigned char* data, unsigned length) {
        static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes, report.shape.width, report.shape.height);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  const auto made = to_text(made_at);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, document.organisation.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, document.stamp.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Mainstay");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, made.c_str());
  auto* cairo = cairo_create(surface);
  {
    Pen pen(cairo, report.accent, true, &report);
    pen.begin("Document");
    for (int page = 0; page < static_cast<int>(report.pages.size()); ++page) {
      draw_page(report, page, pen);
      if (page + 1 < static_cast<int>(report.pages.size())) cairo_show_page(cairo);
    }
    pen.end("Document");
  }
  int parents[8] = {CAIRO_PDF_OUTLINE_ROOT};
  for (const auto& piece : report.pieces) {
    if (piece.outline.empty()) continue;
    const int level = std::clamp(piece.level, 1, 6);
    const int flags = level == 1 ? CAIRO_PDF_OUTLINE_FLAG_BOLD : 0;
    const int made_id = cairo_pdf_surface_add_outline(surface, parents[level - 1], piece.outline.c_str(), ("dest='" + piece.anchor + "'").c_str(),
                                                      static_cast<cairo_pdf_outline_flags_t>(flags));
    for (int below = level; below < 8; ++below) parents[below] = made_id;
  }
  cairo_show_page(cairo);
  const auto status = cairo_status(cairo);
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  const auto finished = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  check(status);
  check(finished);
  return bytes;
}

/// Walks the structure in reading order: figures get their words, header cells their scope.
void mend(QPDFObjectHandle node, const std::vector<std::string>& alts, std::size_t& next, int depth) {
  if (depth > 40) return;
  if (node.isArray()) {
    for (int i = 0; i < node.getArrayNItems(); ++i) mend(node.getArrayItem(i), alts, next, depth + 1);
    return;
  }
  if (!node.isDictionary()) return;
  auto kind = node.getKey("/S");
  if (kind.isName() && kind.getName() == "/Figure" && next < alts.size()) node.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(alts[next++]));
  if (kind.isName() && kind.getName() == "/TH") node.replaceKey("/A", QPDFObjectHandle::parse("<< /O /Table /Scope /Column >>"));
  if (node.hasKey("/K")) mend(node.getKey("/K"), alts, next, depth + 1);
}

std::string finished(const std::string& bytes, const ReportDocument& document) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("report", bytes.data(), bytes.size());
    auto root = pdf.getRoot();
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(document.language));
    root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
    root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<< /Marked true >>"));
    std::vector<std::string> alts;
    for (const auto& block : document.blocks)
      if (const auto* figure = std::get_if<Figure>(&block)) alts.push_back(figure->alt.empty() ? figure->title : figure->alt);
    std::size_t next = 0;
    if (root.hasKey("/StructTreeRoot")) mend(root.getKey("/StructTreeRoot").getKey("/K"), alts, next, 0);
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
  } catch (const std::exception& error) {
    throw Error(ErrorCode::io, tr("The PDF could not be finished: {reason}.", {{"reason", error.what()}}));
  }
}
}  // namespace

/// The pages refer to what the document holds, so both live together.
struct LaidOutReport::Laid {
  explicit Laid(ReportDocument made) : document(std::move(made)), paged(paginate(document)) {}
  const ReportDocument document;
  const PagedReport paged;
};

LaidOutReport::LaidOutReport(ReportDocument document) : laid_(std::make_unique<Laid>(std::move(document))) {}
LaidOutReport::LaidOutReport(LaidOutReport&&) noexcept = default;
LaidOutReport& LaidOutReport::operator=(LaidOutReport&&) noexcept = default;
LaidOutReport::~LaidOutReport() = default;

const std::string& LaidOutReport::title() const { return laid_->document.title; }
int LaidOutReport::pages() const { return static_cast<int>(laid_->paged.pages.size()); }
std::string LaidOutReport::pdf(Instant made_at) const { return finished(drawn(laid_->document, laid_->paged, made_at), laid_->document); }

std::string write_pdf(const ReportDocument& document, Instant made_at) { return LaidOutReport(document).pdf(made_at); }

int pdf_page_count(std::string_view bytes) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("report", bytes.data(), bytes.size());
    return static_cast<int>(pdf.getAllPages().size());
  } catch (const std::exception&) {
    return -1;
  }
}

PageImage LaidOutReport::image(int page, double scale) const {
  const auto& report = laid_->paged;
  if (page < 0 || page >= pages()) throw Error(ErrorCode::usage, tr_count(pages(), "The report has one page; there is no page {page}.", "The report has {count} pages; there is no page {page}.", {{"page", page + 1}}));
  PageImage image;
  image.width = std::max(1, static_cast<int>(report.shape.width * scale + 0.5));
  image.height = std::max(1, static_cast<int>(report.shape.height * scale + 0.5));
  const int stride = image.width * 4;
  image.pixels.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(image.height), 255);
  auto* surface = cairo_image_surface_create_for_data(image.pixels.data(), CAIRO_FORMAT_ARGB32, image.width, image.height, stride);
  auto* cairo = cairo_create(surface);
  cairo_scale(cairo, scale, scale);
  {
    Pen pen(cairo, report.accent, false, &report);
    draw_page(report, page, pen);
  }
  const auto status = cairo_status(cairo);
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  cairo_surface_destroy(surface);
  check(status);
  return image;
}

}  // namespace mainstay
