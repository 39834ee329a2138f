// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/base/text.h"
#include "core/report/figure.h"
#include "core/report/section.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {
/// Every point of a figure lies inside its box.
void check_inside(const Figure& figure) {
  const auto inside = [&](double x, double y) {
    CHECK(x >= -1);
    CHECK(y >= -1);
    CHECK(x <= figure.width + 14);
    CHECK(y <= figure.height + 1);
  };
  for (const auto& shape : figure.shapes) {
    if (const auto* line = std::get_if<Figure::Line>(&shape)) inside(line->x1, line->y1), inside(line->x2, line->y2);
    if (const auto* rect = std::get_if<Figure::Rect>(&shape)) inside(rect->x, rect->y), inside(rect->x + rect->w, rect->y + rect->h);
    if (const auto* label = std::get_if<Figure::Label>(&shape)) inside(label->x, label->y);
    if (const auto* poly = std::get_if<Figure::Poly>(&shape))
      for (const auto& [x, y] : poly->points) inside(x, y);
  }
}
bool says(const Figure& figure, std::string_view text) {
  for (const auto& shape : figure.shapes)
    if (const auto* label = std::get_if<Figure::Label>(&shape); label && label->text.find(text) != std::string::npos) return true;
  return false;
}
}  // namespace

TEST_CASE("Impact curves name the activity, the category and the MTPD, and say the same in words", "[report]") {
  const auto plan = mainstay::testing::plan(
      "<activity id='a' name='Sell books' mtpd_minutes='2880'/>"
      "<impact id='i' activity_id='a' category='money' after_minutes='240' level='minor'/><impact id='j' activity_id='a' category='money' after_minutes='1440' level='serious'/>"
      "<impact id='k' activity_id='a' category='staff' after_minutes='10080' level='serious'/>");
  const auto figures = impact_figures(plan, activities_in_order(plan));
  REQUIRE(figures.size() == 1);
  CHECK(says(figures[0], "Sell books"));
  CHECK(says(figures[0], "MTPD 2 d"));
  CHECK(says(figures[0], "Money"));
  CHECK(says(figures[0], "Staff"));
  CHECK(figures[0].alt.find("Money: serious after 1 d") != std::string::npos);
  check_inside(figures[0]);
}

TEST_CASE("A dependency figure shows each thing an activity needs, and large plans are split", "[report]") {
  std::string records;
  for (int a = 0; a < 12; ++a) {
    const auto id = std::to_string(a);
    records += "<activity id='a" + id + "' name='Activity " + id + "'/>";
    for (int r = 0; r < 6; ++r) {
      const auto thing = id + "-" + std::to_string(r);
      records += "<resource id='r" + thing + "' name='Thing " + thing + "' kind='system'/><link id='l" + thing + "' from_id='a" + id + "' to_id='r" + thing + "' kind='needs'/>";
    }
  }
  const auto plan = mainstay::testing::plan(records);
  const Graph graph(plan);
  const auto figures = dependency_figures(plan, graph, activities_in_order(plan));
  CHECK(figures.size() > 1);
  for (int a = 0; a < 12; ++a)
    for (int r = 0; r < 6; ++r) {
      const auto name = "Thing " + std::to_string(a) + "-" + std::to_string(r);
      CHECK(std::any_of(figures.begin(), figures.end(), [&](const Figure& f) { return says(f, name); }));
    }
  for (const auto& figure : figures) {
    CHECK(figure.height <= 700);
    check_inside(figure);
  }
}

TEST_CASE("The cash figure marks the start, the end and the day on which cash ends", "[report]") {
  Survival survival;
  survival.cash_start_cents = 1000000;
  survival.cash_end_cents = -400000;
  survival.cash_ends_day = 10;
  for (int day = 1; day <= 14; ++day) {
    SurviveDay one;
    one.day = day;
    one.cash_cents = 1000000 - day * 100000;
    survival.days.push_back(one);
  }
  const auto figure = cash_figure(survival, "AUD");
  CHECK(says(figure, "10,000.00"));
  CHECK(says(figure, "-4,000.00"));
  CHECK(says(figure, "cash ends on day 10"));
  CHECK(figure.title.find("AUD") != std::string::npos);
  check_inside(figure);
}

TEST_CASE("A label that is too long is cut between letters, with an ellipsis", "[report]") {
  CHECK(fitted("Short", 100, 8) == "Short");
  const auto cut = fitted("Überprüfung der Überweisungen für März", 60, 8);
  CHECK(cut.ends_with("…"));
  CHECK(is_clean_utf8(cut));
}
