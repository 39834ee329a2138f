// SPDX-License-Identifier: MIT
#include "core/report/paginate.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/report/compose.h"
#include "core/report/typeset.h"

namespace mainstay {
namespace {

/// Puts pieces on pages.
void place(PagedReport& report) {
  const double room = report.shape.text_height();
  const auto& pieces = report.pieces;
  double y = 0;
  report.pages.assign(1, {});
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto& piece = pieces[i];
    auto needed = [&](bool at_top) {
      double height = at_top ? 0 : piece.before;
      if (at_top && piece.header >= 0) height += report.headers[static_cast<std::size_t>(piece.header)].height;
      height += piece.height;
      for (std::size_t j = i; pieces[j].keep_next && j + 1 < pieces.size() && !pieces[j + 1].new_page; ++j) height += pieces[j + 1].before + pieces[j + 1].height;
      return height;
    };
    const bool follows_kept = i > 0 && pieces[i - 1].keep_next && !report.pages.back().empty();
    bool turn = piece.new_page && !report.pages.back().empty();
    if (piece.level == 1 && y > room * 0.74) turn = true;  // a chapter does not begin at the foot of a page
    if (!turn && y > 0) {
      const bool group_fits = y + needed(false) <= room + 0.01;
      const bool alone_fits = y + piece.before + piece.height <= room + 0.01;
      if (!alone_fits) turn = true;
      else if (!group_fits && !follows_kept && needed(true) <= room) turn = true;
    }
    if (turn) {
      report.pages.emplace_back();
      y = 0;
    }
    if (y == 0 && piece.header >= 0) {
      const auto& header = report.headers[static_cast<std::size_t>(piece.header)];
      report.pages.back().push_back({&header, 0, true});
      y += header.height;
    } else if (y > 0) {
      y += piece.before;
    }
    report.pages.back().push_back({&piece, y, false});
    y += piece.height;
    if (!piece.anchor.empty()) report.page_of.emplace(piece.anchor, static_cast<int>(report.pages.size()));
  }
}

PagedReport laid_out(const ReportDocument& document, double scale) {
  PagedReport report;
  report.scale = scale;
  report.stamp = document.stamp;
  report.footer = document.footer;
  report.accent = document.accent;
  if (scale < 0.85) report.shape.left = report.shape.right = 44, report.shape.top = 40, report.shape.bottom = 58;
  compose(document, report);
  place(report);
  return report;
}

/// Pages that hold a few lines because what follows them did not fit; the last page may be short.
std::size_t nearly_empty(const PagedReport& report) {
  std::size_t count = 0;
  for (std::size_t p = 0; p + 1 < report.pages.size(); ++p) {
    double used = 0;
    for (const auto& placed : report.pages[p]) used = std::max(used, placed.y + placed.piece->height);
    count += used < 0.2 * report.shape.text_height();
  }
  return count;
}
}  // namespace

PagedReport paginate(const ReportDocument& document) {
  auto report = laid_out(document, 1);
  // Letters a little smaller often take the few rows that stand alone on a page back to the page before.
  for (double scale = 0.98; document.max_pages == 0 && nearly_empty(report) > 0 && scale > 0.93; scale -= 0.02)
    if (auto tighter = laid_out(document, scale); nearly_empty(tighter) < nearly_empty(report)) report = std::move(tighter);
  const auto asked = std::count_if(document.blocks.begin(), document.blocks.end(), [](const Block& b) { return std::holds_alternative<PageBreak>(b) && !std::get<PageBreak>(b).fit; });
  const auto most = static_cast<std::size_t>(document.max_pages + asked);
  for (double scale = 0.96; document.max_pages > 0 && report.pages.size() > most && scale > 0.65; scale -= 0.04)
    report = laid_out(document, scale);
  return report;
}

void draw_page(const PagedReport& report, int page, Pen& pen) {
  const auto& shape = report.shape;
  const bool tagged = pen.tagged();
  for (const auto& placed : report.pages[static_cast<std::size_t>(page)]) {
    const auto& piece = *placed.piece;
    const double y = shape.top + placed.y;
    if (placed.repeated) {
      pen.set_tagged(false);
      piece.draw(pen, shape.left, y);
      pen.set_tagged(tagged);
      continue;
    }
    for (const auto& [tag, attributes] : piece.open) {
      pen.begin(tag, attributes);
      pen.open.push_back(tag);
    }
    if (!piece.anchor.empty()) {
      pen.begin(CAIRO_TAG_DEST, "name='" + piece.anchor + "' x=" + std::to_string(static_cast<int>(shape.left)) + " y=" + std::to_string(static_cast<int>(std::max(0.0, y - 10))));
      pen.end(CAIRO_TAG_DEST);
    }
    piece.draw(pen, shape.left, y);
    for (int i = 0; i < piece.close && !pen.open.empty(); ++i) {
      pen.end(pen.open.back());
      pen.open.pop_back();
    }
  }
  // the stamp: which state of the plan this sheet belongs to
  pen.set_tagged(false);
  const Typesetter type(report.accent, 1);
  const double foot = shape.height - 46;
  pen.line(shape.left, foot, shape.width - shape.right, foot, 0.5, "line");
  const auto number = type.text(tr("Page {page} of {pages}", {{"page", page + 1}, {"pages", report.pages.size()}}), 90, {7.4, "accent", true, true, 1.35});
  const auto stamp = type.text(report.stamp, shape.text_width() - 76, {7.4, "muted", false, false, 1.35});
  pen.text(stamp, shape.left, foot + 6);
  pen.text(number, shape.width - shape.right - 90, foot + 6);
  if (!report.footer.empty()) pen.text(type.text(report.footer, shape.text_width() - 76, {7.0, "muted", false, false, 1.35}), shape.left, foot + 6 + stamp.height());
  pen.set_tagged(tagged);
}

}  // namespace mainstay
