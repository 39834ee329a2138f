// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/model/graph_layout.h"
#include "tests/support/plans.h"

using namespace mainstay;

TEST_CASE("The dependency picture puts activities first, data and what lies beneath after them", "[model]") {
  const auto plan = mainstay::testing::plan(
      "<site id='s' name='Shop'/><activity id='a' name='Sell'/><resource id='t' name='Till' kind='system' site_id='s'/><resource id='d' name='Stock' kind='data'/><backup id='b' name='NAS copy'/>"
      "<link id='1' from_id='a' to_id='t' kind='needs'/><link id='2' from_id='t' to_id='d' kind='needs'/><link id='3' from_id='b' to_id='d' kind='protects'/>");
  const Graph graph(plan);
  const auto layout = layered_layout(graph, {graph.node(Id{"a"})});
  REQUIRE(layout.layers.size() == 4);
  const auto in_layer = [&](std::size_t layer, const char* id) { return std::count(layout.layers[layer].begin(), layout.layers[layer].end(), graph.node(Id{id})) == 1; };
  CHECK(in_layer(0, "a"));
  CHECK(in_layer(1, "t"));
  CHECK(in_layer(2, "d"));
  CHECK(in_layer(3, "b"));
  CHECK(in_layer(3, "s"));
  CHECK(layout.tallest() == 2);
  CHECK(std::count(layout.edges.begin(), layout.edges.end(), std::pair(graph.node(Id{"d"}), graph.node(Id{"b"}))) == 1);
}

TEST_CASE("A layer is ordered after what its nodes are tied to, so that edges do not cross without need", "[model]") {
  const auto plan = mainstay::testing::plan(
      "<activity id='a1' name='One'/><activity id='a2' name='Two'/><resource id='r2' name='For two' kind='system'/><resource id='r1' name='For one' kind='system'/>"
      "<link id='1' from_id='a1' to_id='r1' kind='needs'/><link id='2' from_id='a2' to_id='r2' kind='needs'/>");
  const Graph graph(plan);
  const auto layout = layered_layout(graph, {graph.node(Id{"a1"}), graph.node(Id{"a2"})});
  CHECK(layout.layers[1] == std::vector<int>{graph.node(Id{"r1"}), graph.node(Id{"r2"})});
}

TEST_CASE("A cycle of needs still has a picture", "[model]") {
  const auto plan = mainstay::testing::plan("<activity id='a' name='Sell'/><resource id='x' name='X' kind='system'/><resource id='y' name='Y' kind='system'/>"
                                            "<link id='1' from_id='a' to_id='x' kind='needs'/><link id='2' from_id='x' to_id='y' kind='needs'/><link id='3' from_id='y' to_id='x' kind='needs'/>");
  const Graph graph(plan);
  const auto layout = layered_layout(graph, {graph.node(Id{"a"})});
  CHECK(layout.layers[0].size() == 1);
  CHECK(layout.layers[1].size() + layout.layers[2].size() == 2);
}
