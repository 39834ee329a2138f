// SPDX-License-Identifier: MIT
#include "core/report/compose.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/report/column_widths.h"
#include "core/report/typeset.h"

namespace mainstay {
namespace {

/// Turns blocks into pieces.
class Composer {
 public:
  Composer(const ReportDocument& document, PagedReport& report)
      : document_(document), report_(report), type_(document.accent, report.scale), k_(report.scale), width_(report.shape.text_width()) {}

  void compose() {
    const auto& blocks = document_.blocks;
    for (std::size_t i = 0; i < blocks.size();) {
      std::size_t end = i + 1;
      while (end < blocks.size() && !std::holds_alternative<PageBreak>(blocks[end])) ++end;
      const auto* turn = std::get_if<PageBreak>(&blocks[i]);
      const auto first = report_.pieces.size(), headers = report_.headers.size();
      const double normal = report_.scale;
      for (double scale = normal;; scale -= 0.03) {
        k_ = scale;
        type_ = Typesetter(document_.accent, scale);
        range(i, end);
        double height = 0;
        for (auto p = first; p < report_.pieces.size(); ++p) height += (p == first ? 0 : report_.pieces[p].before) + report_.pieces[p].height;
        if (!turn || !turn->fit || height <= report_.shape.text_height() || scale < 0.62) break;
        report_.pieces.resize(first);
        report_.headers.resize(headers);
      }
      i = end;
    }
  }

 private:
  TextBox box(const Text& text, double width, const TextStyle& style) {
    auto made = type_.text(text, width, style);
    if (made.has_missing) {
      std::string words;
      for (const auto& span : text) words += span.text;
      report_.missing.push_back(std::move(words));
    }
    return made;
  }
  Piece& push(Piece piece) {
    if (break_next_) piece.new_page = true;
    break_next_ = false;
    report_.pieces.push_back(std::move(piece));
    return report_.pieces.back();
  }

  void range(std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i) {
      next_ = i + 1 < document_.blocks.size() ? &document_.blocks[i + 1] : nullptr;
      std::visit([this](const auto& block) { add(block); }, document_.blocks[i]);
    }
  }

  void add(const PageBreak&) { break_next_ = true; }

  void add(const Heading& heading) {
    const bool first = heading.level <= 1;
    const TextStyle style{first ? 20.0 : heading.level == 2 ? 12.5 : 10.2, heading.level == 2 ? "accent" : "ink", true, false, 1.25};
    const auto words = box(plain(heading.text), width_, style);
    Piece piece;
    piece.before = (first ? 30 : heading.level == 2 ? 19 : 12) * k_;
    const double above = first ? 12 * k_ : 0, below = (first ? 9 : 4) * k_;
    piece.height = above + words.height() + below;
    piece.keep_next = true;
    piece.anchor = heading.anchor;
    piece.outline = heading.text;
    piece.level = heading.level;
    piece.open = {{first ? "H1" : heading.level == 2 ? "H2" : "H3", ""}};
    piece.close = 1;
    piece.draw = [words, above, first, this_scale = k_](Pen& pen, double x, double y) {
      if (first) pen.rect(x, y, 34 * this_scale, 3.2 * this_scale, "accent");
      pen.text(words, x, y + above);
    };
    push(std::move(piece));
  }

  /// Text that may run over the end of a page, never leaving one line alone.
  void flow(const TextBox& words, double before, double indent, std::string tag, std::function<void(Pen&, double, double)> mark, bool keep_last, bool outer_open, bool outer_close) {
    const auto lines = words.lines.size();
    const std::size_t whole = 4;
    std::size_t from = 0;
    while (from < lines || from == 0) {
      std::size_t to = from == 0 ? (lines <= whole ? lines : 2) : (lines - from <= 3 ? lines : from + 1);
      Piece piece;
      piece.before = from == 0 ? before : 0;
      piece.height = static_cast<double>(to - from) * words.line_height;
      if (from == 0) {
        if (outer_open) piece.open.emplace_back("L", "");
        if (tag == "LI") piece.open.insert(piece.open.end(), {{"LI", ""}, {"LBody", ""}});
        else piece.open.emplace_back(tag, "");
      }
      if (to >= lines) {
        piece.close = (tag == "LI" ? 2 : 1) + (outer_close ? 1 : 0);
        piece.keep_next = keep_last;
      }
      piece.draw = [words, indent, from, to, mark = from == 0 ? mark : nullptr](Pen& pen, double x, double y) {
        if (mark) mark(pen, x, y);
        pen.text(words, x + indent, y, from, to);
      };
      push(std::move(piece));
      if (to >= lines) break;
      from = to;
    }
  }

  void add(const Paragraph& paragraph) {
    const TextStyle style{paragraph.lead ? 10.4 : 9.6, paragraph.lead ? "muted" : "ink", false, false, 1.48};
    const bool keep = next_ && (std::holds_alternative<TableBlock>(*next_) || std::holds_alternative<Figure>(*next_) || std::holds_alternative<List>(*next_));
    flow(box(paragraph.text, std::min(width_, 470.0), style), 6 * k_, 0, "P", nullptr, keep || paragraph.lead || paragraph.keep, false, false);
  }

  void add(const List& list) {
    const double size = list.large ? 11.8 : 9.6, indent = (list.large ? 24 : 16) * k_;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const auto words = box(list.items[i], width_ - indent, {size, "ink", false, false, list.large ? 1.36 : 1.45});
      std::function<void(Pen&, double, double)> mark;
      const double middle = words.line_height / 2, k = k_;
      if (list.style == List::Style::checkbox) {
        const double side = (list.large ? 12.5 : 8.6) * k;
        mark = [=](Pen& pen, double x, double y) { pen.rect(x + 0.6, y + middle - side / 2 + 0.4, side, side, "paper", "accent", 1.6, list.large ? 1.2 : 0.9); };
      } else if (list.style == List::Style::number) {
        const auto number = box(plain(tr("{number}.", {{"number", i + 1}})), indent - 5 * k, {size, "accent", true, true, list.large ? 1.36 : 1.45});
        mark = [=](Pen& pen, double x, double y) { pen.text(number, x - 1, y); };
      } else {
        mark = [=](Pen& pen, double x, double y) { pen.rect(x + 4 * k, y + middle - 1.7 * k, 3.4 * k, 3.4 * k, "accent", {}, 1.7 * k); };
      }
      flow(words, (i == 0 ? 7 : list.large ? 7 : 3.4) * k_, indent, "LI", mark, i == 0 && list.items.size() > 2, i == 0, i + 1 == list.items.size());
    }
  }

  void add(const Callout& callout) {
    const double pad = 11 * k_, bar = 3.4 * k_;
    const bool status = !tone_icon(callout.tone).empty();
    Text title;
    if (!callout.title.empty()) title = {Span{callout.title, status ? callout.tone : Tone::strong}};
    const auto head = box(title, width_ - 2 * pad - bar, {10.4, "ink", true, false, 1.4});
    const auto body = box(callout.text, width_ - 2 * pad - bar, {9.6, "ink", false, false, 1.46});
    bool any = false;
    for (const auto& span : callout.text) any = any || !span.text.empty();
    const double head_height = title.empty() ? 0 : head.height() + (any ? 2 * k_ : 0);
    const double height = head_height + (any ? body.height() : 0) + 2 * pad * 0.8;
    if (height > report_.shape.text_height() * 0.9) {  // too tall for a box: plain text that may run on
      if (!title.empty()) add(Paragraph{title, false});
      add(Paragraph{callout.text, false});
      return;
    }
    const std::string tint = status ? std::string(tone_colour(callout.tone)) + "_tint" : "plain_tint";
    const std::string edge = status ? std::string(tone_colour(callout.tone)) : "accent";
    Piece piece;
    piece.before = 9 * k_;
    piece.height = height + 4 * k_;
    piece.open = {{"Sect", ""}};
    piece.close = 1;
    piece.draw = [=, width = width_, has_title = !title.empty()](Pen& pen, double x, double y) {
      pen.rect(x, y, width, height, tint, {}, 2);
      pen.rect(x, y, bar, height, edge);
      if (has_title) {
        pen.begin("P");
        pen.text(head, x + pad + bar, y + pad * 0.8);
        pen.end("P");
      }
      if (any) {
        pen.begin("P");
        pen.text(body, x + pad + bar, y + pad * 0.8 + head_height);
        pen.end("P");
      }
    };
    push(std::move(piece));
  }

  void add_caption(const std::string& caption) {
    const auto words = box(plain(caption), width_, {9.6, "ink", true, false, 1.4});
    Piece piece;
    piece.before = 11 * k_;
    piece.height = words.height() + 1.5 * k_;
    piece.keep_next = true;
    piece.open = {{"Table", ""}, {"Caption", ""}};
    piece.close = 1;
    piece.draw = [words](Pen& pen, double x, double y) { pen.text(words, x, y); };
    push(std::move(piece));
  }

  /// The header, also kept for the pages that follow; returns its place among the headers.
  int add_header(const TableBlock& table, const std::vector<double>& widths, double pad, double row_pad) {
    std::vector<TextBox> titles;
    double height = 0;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      titles.push_back(box(plain(table.columns[c].title), widths[c] - 2 * pad, {8.2, "accent", true, table.columns[c].right, 1.3}));
      height = std::max(height, titles.back().height());
    }
    Piece header;
    header.before = table.caption.empty() ? 10 * k_ : 0;
    header.height = height + 2 * row_pad;
    header.keep_next = true;
    if (table.caption.empty()) header.open.emplace_back("Table", "");
    header.open.emplace_back("TR", "");
    header.close = 1;
    header.draw = [titles, widths, pad, row_pad, height, total = width_](Pen& pen, double x, double y) {
      double at = x;
      for (std::size_t c = 0; c < titles.size(); ++c) {
        pen.begin("TH");
        pen.text(titles[c], at + pad, y + row_pad + height - titles[c].height());
        pen.end("TH");
        at += widths[c];
      }
      pen.line(x, y + height + 2 * row_pad, x + total, y + height + 2 * row_pad, 1.1, "accent");
    };
    report_.headers.push_back(header);
    const int header_index = static_cast<int>(report_.headers.size()) - 1;
    report_.headers.back().open.clear();
    report_.headers.back().close = 0;
    push(std::move(header));
    return header_index;
  }

  void add(const TableBlock& table) {
    if (table.columns.empty() || table.flat || table.reader == TableBlock::Reader::machine) return;
    const double pad = 5 * k_, row_pad = 4.2 * k_;
    const auto widths = column_widths(table, type_, width_, pad);
    const auto rows = table.rows.size();
    if (!table.caption.empty()) add_caption(table.caption);
    const int header_index = add_header(table, widths, pad, row_pad);
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<TextBox> cells;
      std::vector<Tone> chips;
      double tallest = 0;
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const auto& text = c < table.rows[r].size() ? table.rows[r][c] : Text{};
        const bool chip = is_chip(text);
        auto cell_box = box(text, widths[c] - 2 * pad - (chip ? 4 * k_ : 0), {8.8, "ink", false, table.columns[c].right, 1.38});
        chips.push_back(chip && cell_box.lines.size() == 1 ? text[0].tone : Tone::plain);
        tallest = std::max(tallest, cell_box.height());
        cells.push_back(std::move(cell_box));
      }
      add_row(cells, chips, widths, tallest, pad, row_pad, r, rows, header_index);
    }
  }

  void add_row(const std::vector<TextBox>& cells, const std::vector<Tone>& chips, const std::vector<double>& widths, double tallest, double pad, double row_pad,
               std::size_t r, std::size_t rows, int header_index) {
    const double line_height = cells.front().line_height;
    const auto lines = static_cast<std::size_t>(tallest / line_height + 0.5);
    const auto room = static_cast<std::size_t>((report_.shape.text_height() - report_.headers.back().height - 4 * row_pad) / line_height);
    for (std::size_t from = 0; from == 0 || from < lines; from += room) {  // one round, unless a row is taller than a page
      const auto to = std::min(lines, from + room);
      Piece piece;
      piece.height = static_cast<double>(to - from) * line_height + 2 * row_pad;
      piece.header = header_index;
      piece.keep_next = lines <= room && ((r == 0 && rows > 2) || (r + 2 == rows));
      piece.open = {{"TR", ""}};
      piece.close = 1 + (r + 1 == rows && to == lines ? 1 : 0);
      piece.draw = [=, total = width_, k = k_, last = to == lines, height = piece.height](Pen& pen, double x, double y) {
        if (r % 2 == 1) pen.rect(x, y, total, height, "zebra");
        if (last) pen.line(x, y + height, x + total, y + height, 0.5, "line");
        double at = x;
        for (std::size_t c = 0; c < cells.size(); ++c) {
          pen.begin("TD");
          if (chips[c] != Tone::plain) {
            const double left = at + pad + cells[c].lines[0].x - 3 * k;
            pen.rect(left, y + row_pad - 1 * k, cells[c].widest + 8 * k, line_height + 2 * k, std::string(tone_colour(chips[c])) + "_tint", {}, 3.5 * k);
            pen.text(cells[c], at + pad + 1 * k, y + row_pad, from, to);
          } else {
            pen.text(cells[c], at + pad, y + row_pad, from, to);
          }
          pen.end("TD");
          at += widths[c];
        }
      };
      push(std::move(piece));
    }
  }

  void add(const Figure& figure) {
    const double title_height = figure.title.empty() ? 0 : 19 * k_;
    const double scale = std::min({1.0, width_ / figure.width, (report_.shape.text_height() - title_height - 10) / figure.height});
    const auto title = box(plain(figure.title), width_, {9.6, "ink", true, false, 1.4});
    Piece piece;
    piece.before = 11 * k_;
    piece.height = title_height + figure.height * scale + 6 * k_;
    piece.draw = [this_figure = figure, title, title_height, scale, type = type_](Pen& pen, double x, double y) {
      if (title_height > 0) {
        pen.begin("P");
        pen.text(title, x, y);
        pen.end("P");
      }
      pen.begin("Figure");
      pen.figure(this_figure, x, y + title_height, scale, type);
      pen.end("Figure");
    };
    push(std::move(piece));
  }

  void add(const Cover& cover) {
    const auto& shape = report_.shape;
    const double band = 318, inner = shape.text_width();
    const auto kicker = box(plain(upper_case(cover.title)), inner, {10.5, "paper", true, false, 1.3});
    auto name = box(plain(cover.organisation), inner, {34, "paper", true, false, 1.18});
    for (double size = 31; name.lines.size() > 3 && size > 16; size -= 3) name = box(plain(cover.organisation), inner, {size, "paper", true, false, 1.2});
    const auto subtitle = box(plain(cover.subtitle), inner, {13, "paper", false, false, 1.4});
    std::vector<std::pair<TextBox, TextBox>> facts;
    for (const auto& [label, value] : cover.facts)
      facts.emplace_back(box(plain(label), 130, {9.2, "muted", false, false, 1.42}), box(plain(value), inner - 150, {10.4, "ink", false, false, 1.42}));
    Piece piece;
    piece.height = shape.text_height();
    piece.open = {{"Sect", ""}};
    piece.close = 1;
    piece.draw = [=](Pen& pen, double x, double y) {
      const double top = y - shape.top, left = x - shape.left;
      pen.rect(left, top, shape.width, band, "accent");
      pen.rect(x, top + 78, 34, 3.2, "paper");
      pen.begin("P");
      pen.text(kicker, x, top + 92);
      pen.end("P");
      pen.begin("H1");
      pen.text(name, x, top + band - 44 - subtitle.height() - name.height());
      pen.end("H1");
      pen.begin("P");
      pen.text(subtitle, x, top + band - 36 - subtitle.height());
      pen.end("P");
      double at = top + band + 46;
      for (const auto& [label, value] : facts) {
        pen.line(x, at - 6, x + inner, at - 6, 0.5, "line");
        pen.begin("P");
        pen.text(label, x, at + 1.2);
        pen.end("P");
        pen.begin("P");
        pen.text(value, x + 150, at);
        pen.end("P");
        at += std::max(label.height(), value.height()) + 13;
      }
      pen.line(x, at - 6, x + inner, at - 6, 0.5, "line");
    };
    break_next_ = break_next_ || !report_.pieces.empty();
    push(std::move(piece));
    break_next_ = true;
  }

  void add(const Contents&) {
    const std::string own = report_.pieces.empty() ? std::string() : report_.pieces.back().anchor;  // the list does not list itself
    std::vector<const Heading*> entries;
    for (const auto& block : document_.blocks)
      if (const auto* heading = std::get_if<Heading>(&block); heading && heading->level <= 2 && heading->anchor != own) entries.push_back(heading);
    std::size_t seconds = 0;
    for (const auto* entry : entries) seconds += entry->level == 2;
    const bool deep = entries.size() <= 34 && seconds > 0;
    const double line = std::clamp((report_.shape.text_height() - 60) / static_cast<double>(std::max<std::size_t>(1, entries.size() - seconds)) - 15, 2.0, 12.0);  // one page, if it can be
    bool first = true;
    for (const auto* entry : entries) {
      if (entry->level == 2 && !deep) continue;
      const bool top = entry->level == 1;
      const auto words = box(plain(entry->text), width_ - 60, {top ? 10.2 : 9.2, top ? "ink" : "muted", top, false, 1.4});
      Piece piece;
      piece.before = (top ? (deep ? 7 : line * 0.6) : 1.5) * k_;
      piece.height = words.height() + (top && !deep ? line * 0.4 : 1) * k_;
      piece.keep_next = top && first;
      first = false;
      piece.open = {{"P", ""}};
      piece.close = 1;
      piece.draw = [words, anchor = entry->anchor, top, deep, width = width_, type = type_, height = piece.height](Pen& pen, double x, double y) {
        const auto number = type.text(std::to_string(pen.page_of(anchor)), 40, {top ? 10.2 : 9.2, top ? "accent" : "muted", top, true, 1.4});
        pen.begin(CAIRO_TAG_LINK, "dest='" + anchor + "'");
        pen.text(words, x + (top ? 0 : 20), y);
        pen.text(number, x + width - 40, y);
        pen.end(CAIRO_TAG_LINK);
        if (top && !deep) pen.line(x, y + height, x + width, y + height, 0.5, "line");
      };
      push(std::move(piece));
    }
  }

  const ReportDocument& document_;
  PagedReport& report_;
  Typesetter type_;
  double k_, width_;
  bool break_next_ = false;
  const Block* next_ = nullptr;
};

}  // namespace

void compose(const ReportDocument& document, PagedReport& report) { Composer(document, report).compose(); }

}  // namespace mainstay
