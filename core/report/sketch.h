// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "core/report/block.h"

namespace mainstay {

/// Draws things people hold in their hands with the few shapes that a Figure has: outlines of one weight, one accent for the place to look at.
class Sketch {
 public:
  Sketch(double width, double height) {
    figure_.width = width;
    figure_.height = height;
  }
  /// The outline of a thing, with rounded corners.
  void body(double x, double y, double w, double h, double radius, std::string fill = "paper", double width = 1.2, std::string stroke = "ink");
  void circle(double x, double y, double radius, std::string fill, std::string stroke = "ink", double width = 1.2);
  /// Part of a circle, in degrees from the right, clockwise.
  void arc(double x, double y, double radius, double from, double to, std::string colour, double width);
  /// A smooth line through points that lie apart.
  void curve(const std::vector<std::pair<double, double>>& points, std::string colour, double width);
  void line(double x1, double y1, double x2, double y2, double width = 1.2, std::string colour = "ink");
  void text(double x, double y, std::string words, double size = 8, int align = -1, std::string colour = "ink", bool bold = false);
  /// A place to look at: tinted, with the accent around it.
  void spot(double x, double y, double w, double h);
  /// A line that leads from words to the spot they are about.
  void lead(double x1, double y1, double x2, double y2);
  void arrow(double x1, double y1, double x2, double y2);
  /// Unreadable small print: what surrounds the words that matter.
  void print(double x, double y, double w, int lines, double step = 5);
  void barcode(double x, double y, double w, double h);
  /// A sign and a word below a sample: safe, or recalled.
  void verdict(double x, double y, bool safe, const std::string& words);
  /// The letters CE, solid or drawn in outline.
  void ce(double x, double y, double size, bool solid);

  Figure done(std::string title, std::string alt) {
    figure_.title = std::move(title);
    figure_.alt = std::move(alt);
    return std::move(figure_);
  }

 private:
  Figure figure_;
};

}  // namespace mainstay
