// SPDX-License-Identifier: MIT
// Internal: names pango and cairo, so it is included by .cpp files of this folder only.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pango/pangocairo.h>

#include "core/report/block.h"
#include "core/report/paginate.h"

namespace mainstay {

struct Colour { double red = 0, green = 0, blue = 0; };
/// A colour by its name in figures and styles ("ink", "muted", "accent", "good", "good_tint" ...) or as #RRGGBB.
Colour colour_of(std::string_view name, std::string_view accent);
/// Runs that are not torn apart at a line's end: phone numbers, dates, numbers with their unit. Byte ranges.
std::vector<std::pair<std::size_t, std::size_t>> tight_runs(std::string_view text);
/// The sign that goes with a tone, so that status is never colour alone; "" for plain tones.
std::string_view tone_icon(Tone tone);
std::string_view tone_colour(Tone tone);

struct TextStyle {
  double size = 9.6;
  std::string colour = "ink";
  bool bold = false;
  bool right = false;
  double leading = 1.42;    ///< line height in sizes
};

/// Text broken into lines of a width.
struct TextBox {
  struct Line { PangoLayoutLine* line = nullptr; double x = 0; };
  std::shared_ptr<PangoLayout> layout;
  std::vector<Line> lines;
  double line_height = 0, ascent = 0, widest = 0;
  std::string colour = "ink";
  bool has_missing = false;
  double height() const { return line_height * static_cast<double>(lines.size()); }
};

/// Makes text boxes; all of them share one font family and one scale.
class Typesetter {
 public:
  Typesetter(std::string accent, double scale);
  TextBox text(const Text& text, double width, const TextStyle& style = {}) const;
  TextBox text(const std::string& words, double width, const TextStyle& style = {}) const { return text(plain(words), width, style); }
  double scale() const { return scale_; }
  const std::string& accent() const { return accent_; }

 private:
  std::string accent_;
  double scale_;
  std::shared_ptr<PangoContext> context_;
};

/// Draws on a page of paper or of a preview; structure tags go to paper only.
class Pen {
 public:
  Pen(cairo_t* cairo, std::string accent, bool tagged, const PagedReport* report) : cairo_(cairo), accent_(std::move(accent)), tagged_(tagged), report_(report) {}
  void begin(const std::string& tag, const std::string& attributes = {});
  void end(const std::string& tag);
  void rect(double x, double y, double w, double h, std::string_view fill, std::string_view stroke = {}, double radius = 0, double line = 0.7);
  void line(double x1, double y1, double x2, double y2, double width, std::string_view colour, bool dashed = false);
  void poly(const std::vector<std::pair<double, double>>& points, std::string_view stroke, std::string_view fill, double width, bool closed);
  void text(const TextBox& box, double x, double y) { text(box, x, y, 0, box.lines.size()); }
  void text(const TextBox& box, double x, double y, std::size_t first, std::size_t last);
  void figure(const Figure& figure, double x, double y, double scale, const Typesetter& type);
  /// Keeps structure out of what is drawn until it is set back: repeated headers and stamps.
  void set_tagged(bool tagged) { tagged_ = tagged; }
  bool tagged() const { return tagged_; }
  int page_of(const std::string& anchor) const;
  std::vector<std::string> open;  ///< tags that run over the end of a page

 private:
  void colour(std::string_view name);
  cairo_t* cairo_;
  std::string accent_;
  bool tagged_;
  const PagedReport* report_;
};

}  // namespace mainstay
