// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace mainstay {

/// How a word or cell is meant; writers give it icon, weight and colour. Status is never colour alone.
enum class Tone : std::uint8_t { plain, good, warning, bad, unknown, muted, strong };

/// A run of text with one tone.
struct Span {
  std::string text;
  Tone tone = Tone::plain;
};
using Text = std::vector<Span>;
inline Text plain(std::string text) { return {Span{std::move(text), Tone::plain}}; }

struct Heading { int level = 1; std::string text, anchor; };
struct Paragraph { Text text; bool lead = false; bool keep = false; /* stays with what follows */ };
/// Numbered, bulleted, or with tick boxes.
struct List {
  enum class Style : std::uint8_t { bullet, number, checkbox };
  Style style = Style::bullet;
  std::vector<Text> items;
  bool large = false;       ///< big type, for what is read standing up
};
struct TableBlock {
  struct Column { std::string title; int weight = 1; bool right = false; };
  enum class Reader : std::uint8_t { everybody, person, machine };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<Text>> rows;
  bool flat = false;        ///< all that the report says, one thing a row: the whole of its CSV, left out where people read
  Reader reader = Reader::everybody;  ///< what is long is summed up for a person, and stands whole in the CSV
};
/// A drawing as shapes in a box of `width` x `height` points; names no graphics library.
struct Figure {
  struct Line { double x1, y1, x2, y2, width = 1; std::string colour = "ink"; bool dashed = false; };
  struct Rect { double x, y, w, h; std::string fill, stroke; double radius = 0; };
  struct Label { double x, y; std::string text; double size = 9; int align = 0; /* -1 left, 0 middle, 1 right */ std::string colour = "ink"; bool bold = false; };
  struct Poly { std::vector<std::pair<double, double>> points; std::string stroke = "ink", fill; double width = 1.5; bool closed = false; };
  double width = 480, height = 200;
  std::string title, alt;   ///< alt: the figure in words
  std::vector<std::variant<Line, Rect, Label, Poly>> shapes;
};
/// A new page; with `fit`, what follows up to the next break shrinks, within reason, until it fits on that page.
struct PageBreak { bool fit = false; };
/// A tinted box for what must not be overlooked.
struct Callout { Tone tone = Tone::plain; std::string title; Text text; };
/// The cover page.
struct Cover { std::string title, organisation, subtitle; std::vector<std::pair<std::string, std::string>> facts; };
struct Contents {};

using Block = std::variant<Heading, Paragraph, List, TableBlock, Figure, PageBreak, Callout, Cover, Contents>;

/// A report before it is written in some format.
struct ReportDocument {
  std::string id, title, organisation, language = "en";
  std::string stamp;        ///< stands on every page: version, hash code, date
  std::string footer;
  std::string accent = "#0F5C6E";  ///< the one colour that headings, rules and figures share
  int max_pages = 0;        ///< paper: type shrinks, within reason, until it fits; 0 = as long as it takes
  std::vector<Block> blocks;
};

}  // namespace mainstay
