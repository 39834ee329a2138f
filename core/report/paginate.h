// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/report/block.h"

namespace mainstay {

class Pen;

/// A4 in points, and the margins of the text.
struct PageShape {
  double width = 595.28, height = 841.89, left = 54, right = 54, top = 56, bottom = 66;
  double text_width() const { return width - left - right; }
  double text_height() const { return height - top - bottom; }
};

/// A part of a report that is never cut: a line, a table row, a figure.
struct Piece {
  double before = 0;        ///< space above; dropped at the top of a page
  double height = 0;
  bool keep_next = false;   ///< stays on one page with the piece that follows
  bool new_page = false;
  int header = -1;          ///< the table header that is repeated when this piece opens a page
  std::vector<std::pair<std::string, std::string>> open;  ///< structure tags opened before
  int close = 0;            ///< and closed after it
  std::string anchor, outline;
  int level = 0;
  std::function<void(Pen&, double x, double y)> draw;
};

/// Where a piece stands.
struct Placed {
  const Piece* piece = nullptr;
  double y = 0;
  bool repeated = false;    ///< a header shown again: outside the structure
};

/// A report laid out on pages. Holds its pieces, so it is moved and never copied.
struct PagedReport {
  PageShape shape;
  double scale = 1;
  std::string stamp, footer, accent;
  std::vector<Piece> pieces, headers;
  std::vector<std::vector<Placed>> pages;
  std::map<std::string, int> page_of;  ///< of an anchor, from 1
  std::vector<std::string> missing;    ///< texts with characters that no font has
  PagedReport() = default;
  PagedReport(PagedReport&&) = default;
  PagedReport& operator=(PagedReport&&) = default;
  PagedReport(const PagedReport&) = delete;
  PagedReport& operator=(const PagedReport&) = delete;
};

/// Lays the report out; with `max_pages`, type shrinks to two thirds at most until it fits; each page break in it is a page more.
PagedReport paginate(const ReportDocument& document);
/// Draws one page (from 0), its stamp included.
void draw_page(const PagedReport& report, int page, Pen& pen);

}  // namespace mainstay
