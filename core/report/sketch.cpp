// SPDX-License-Identifier: MIT
#include "core/report/sketch.h"

#include <cmath>

namespace mainstay {
namespace {
constexpr double degree = 3.14159265358979 / 180;

void add_arc(std::vector<std::pair<double, double>>& points, double x, double y, double radius, double from, double to) {
  const int steps = std::max(4, static_cast<int>(std::abs(to - from) / 9));
  for (int i = 0; i <= steps; ++i) {
    const double angle = (from + (to - from) * i / steps) * degree;
    points.emplace_back(x + radius * std::cos(angle), y + radius * std::sin(angle));
  }
}
}  // namespace

void Sketch::body(double x, double y, double w, double h, double radius, std::string fill, double width, std::string stroke) {
  Figure::Poly p;
  const double r = std::min({radius, w / 2, h / 2});
  add_arc(p.points, x + w - r, y + r, r, 270, 360);
  add_arc(p.points, x + w - r, y + h - r, r, 0, 90);
  add_arc(p.points, x + r, y + h - r, r, 90, 180);
  add_arc(p.points, x + r, y + r, r, 180, 270);
  p.stroke = std::move(stroke);
  p.fill = std::move(fill);
  p.width = width;
  p.closed = true;
  figure_.shapes.emplace_back(std::move(p));
}

void Sketch::circle(double x, double y, double radius, std::string fill, std::string stroke, double width) {
  Figure::Poly p;
  add_arc(p.points, x, y, radius, 0, 351);
  p.stroke = std::move(stroke);
  p.fill = std::move(fill);
  p.width = width;
  p.closed = true;
  figure_.shapes.emplace_back(std::move(p));
}

void Sketch::arc(double x, double y, double radius, double from, double to, std::string colour, double width) {
  Figure::Poly p;
  add_arc(p.points, x, y, radius, from, to);
  p.stroke = std::move(colour);
  p.width = width;
  figure_.shapes.emplace_back(std::move(p));
}

void Sketch::curve(const std::vector<std::pair<double, double>>& through, std::string colour, double width) {
  Figure::Poly p;
  p.stroke = std::move(colour);
  p.width = width;
  const auto at = [&](std::ptrdiff_t i) { return through[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, static_cast<std::ptrdiff_t>(through.size()) - 1))]; };
  for (std::ptrdiff_t i = 0; i + 1 < static_cast<std::ptrdiff_t>(through.size()); ++i)
    for (int k = 0; k < 10; ++k) {  // Catmull-Rom
      const double t = k / 10.0, t2 = t * t, t3 = t2 * t;
      const auto [ax, ay] = at(i - 1);
      const auto [bx, by] = at(i);
      const auto [cx, cy] = at(i + 1);
      const auto [dx, dy] = at(i + 2);
      const auto mix = [&](double a, double b, double c, double d) { return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t2 + (3 * b - a - 3 * c + d) * t3); };
      p.points.emplace_back(mix(ax, bx, cx, dx), mix(ay, by, cy, dy));
    }
  p.points.push_back(through.back());
  figure_.shapes.emplace_back(std::move(p));
}

void Sketch::line(double x1, double y1, double x2, double y2, double width, std::string colour) { figure_.shapes.emplace_back(Figure::Line{x1, y1, x2, y2, width, std::move(colour), false}); }

void Sketch::text(double x, double y, std::string words, double size, int align, std::string colour, bool bold) {
  figure_.shapes.emplace_back(Figure::Label{x, y, std::move(words), size, align, std::move(colour), bold});
}

void Sketch::spot(double x, double y, double w, double h) { body(x, y, w, h, 3, "accent_tint", 1.4, "accent"); }

void Sketch::lead(double x1, double y1, double x2, double y2) {
  line(x1, y1, x2, y2, 0.9, "accent");
  circle(x2, y2, 1.6, "accent", "accent", 0.4);
}

void Sketch::arrow(double x1, double y1, double x2, double y2) {
  line(x1, y1, x2, y2, 1.3, "accent");
  const double angle = std::atan2(y2 - y1, x2 - x1);
  Figure::Poly head;
  for (const double turn : {0.0, 150.0, 210.0}) head.points.emplace_back(x2 + (turn == 0 ? 2 : 6) * std::cos(angle + turn * degree), y2 + (turn == 0 ? 2 : 6) * std::sin(angle + turn * degree));
  head.stroke = "accent";
  head.fill = "accent";
  head.width = 0.4;
  head.closed = true;
  figure_.shapes.emplace_back(std::move(head));
}

void Sketch::print(double x, double y, double w, int lines, double step) {
  for (int i = 0; i < lines; ++i) line(x, y + i * step, x + w * (i % 3 == 1 ? 0.78 : i % 3 == 2 ? 0.9 : 1.0), y + i * step, 1.1, "line");
}

void Sketch::barcode(double x, double y, double w, double h) {
  static constexpr double bars[] = {1.6, 0.8, 0.8, 2.2, 0.8, 1.4, 0.8, 0.8, 2.0, 1.2, 0.8, 1.8, 0.8, 1.0};
  double at = x;
  for (std::size_t i = 0; at < x + w - 2; ++i) {
    const double bar = bars[i % std::size(bars)];
    figure_.shapes.emplace_back(Figure::Rect{at, y, bar, h, "ink", "", 0});
    at += bar + (i % 4 == 1 ? 1.8 : 1.0);
  }
}

void Sketch::verdict(double x, double y, bool safe, const std::string& words) { text(x, y, (safe ? "✓ " : "✕ ") + words, 7.4, 0, safe ? "good" : "bad", true); }

void Sketch::ce(double x, double y, double size, bool solid) {
  const auto letters = [&](const std::string& colour, double width) {
    const double r = size / 2;
    arc(x + r, y, r, 70, 290, colour, width);
    arc(x + r + size * 0.95, y, r, 70, 290, colour, width);
    line(x + size * 0.95 + width * 0.3, y, x + r + size * 0.95, y, width, colour);
  };
  if (solid) return letters("muted", size * 0.2);
  letters("ink", size * 0.24);
  letters("paper", size * 0.12);
}

}  // namespace mainstay
