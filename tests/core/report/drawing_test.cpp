// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/check/rule.h"
#include "core/report/drawing.h"
#include "core/report/figure.h"

using namespace mainstay;

TEST_CASE("every drawing that a rule pack names is there, and every drawing is named by one") {
  std::set<std::string> named;
  for (const auto& pack : load_packs())
    for (const auto& rule : pack.rules) {
      for (const auto& question : rule.questions) named.insert(question.picture);
      for (const auto& look : rule.looks) named.insert(look.picture);
    }
  named.erase("");
  for (const auto& name : named) {
    INFO(name);
    CHECK(drawing(name));
  }
  for (const auto& name : drawing_names()) {
    INFO(name);
    CHECK(named.contains(name));
  }
  CHECK_FALSE(drawing("nothing-like-it"));
}

TEST_CASE("a drawing stays inside its canvas and says in words what it shows") {
  for (const auto& name : drawing_names()) {
    INFO(name);
    const auto figure = *drawing(name);
    CHECK(figure.title.size() > 10);
    CHECK(figure.alt.size() > 60);
    const auto inside = [&](double x, double y) { return x >= -1 && y >= -1 && x <= figure.width + 1 && y <= figure.height + 1; };
    for (const auto& shape : figure.shapes) {
      if (const auto* p = std::get_if<Figure::Poly>(&shape)) CHECK(std::all_of(p->points.begin(), p->points.end(), [&](const auto& at) { return inside(at.first, at.second); }));
      if (const auto* l = std::get_if<Figure::Line>(&shape)) CHECK((inside(l->x1, l->y1) && inside(l->x2, l->y2)));
      if (const auto* label = std::get_if<Figure::Label>(&shape)) CHECK(inside(label->x, label->y));
    }
  }
}

TEST_CASE("a drawing is drawn in colours that differ on dark ground") {
  const auto figure = *drawing("apple-two-prong-slot");
  const auto light = figure_image(figure, 2, false), dark = figure_image(figure, 2, true);
  CHECK(light.width == 480);
  CHECK(light.height == 280);
  CHECK(light.pixels.size() == std::size_t(480) * 280 * 4);
  CHECK(light.pixels != dark.pixels);
  CHECK(std::any_of(light.pixels.begin(), light.pixels.end(), [](unsigned char c) { return c != 0; }));
}

TEST_CASE("drawings stand two to a row, and more than six begin another figure") {
  std::vector<Figure> some(7, *drawing("cord-mark"));
  const auto sheets = side_by_side(some);
  REQUIRE(sheets.size() == 2);
  CHECK(sheets[0].height > 3 * some[0].height);
  CHECK(sheets[1].height < 2 * some[0].height);
  CHECK(sheets[0].width > 2 * some[0].width);
  CHECK(sheets[1].alt.find("LS-15") != std::string::npos);
  CHECK(side_by_side({}).empty());
  const auto small = side_by_side(some, 3);
  REQUIRE(small.size() == 2);
  CHECK(small[0].height < 2 * some[0].height);
  for (const auto& shape : small[0].shapes)
    if (const auto* label = std::get_if<Figure::Label>(&shape)) CHECK(label->size >= 5.8);
}
