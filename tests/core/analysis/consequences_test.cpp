// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/analysis/consequences.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {
const char* const records =
    "<activity id='sell' name='Sell' rto_minutes='240'/><activity id='pay' name='Pay wages' rto_minutes='4320'/><activity id='tidy' name='Tidy up'/>"
    "<resource id='till' name='Till' kind='system'/><resource id='files' name='Files' kind='data'/>"
    "<device id='mac' name='Mac' kind='desktop'/><device id='spare' name='Spare' kind='laptop'/>"
    "<link id='1' from_id='till' to_id='mac' kind='needs'/><link id='2' from_id='sell' to_id='till' kind='needs'/>"
    "<link id='3' from_id='files' to_id='till' kind='needs'/><link id='4' from_id='pay' to_id='files' kind='needs'/>"
    "<link id='5' from_id='tidy' to_id='mac' kind='needs'/><link id='6' from_id='sell' to_id='spare' kind='needs' share_percent='0'/>";
}

TEST_CASE("what leans on a device is found through any chain, the most urgent activity first") {
  const auto plan = testing::plan(records);
  const Graph graph(plan);
  const auto found = consequences(plan, graph, Id{"mac"});
  REQUIRE(found.size() == 3);
  CHECK(found[0].activity == Id{"sell"});
  CHECK(found[0].chain == std::vector<Id>{Id{"till"}, Id{"sell"}});
  CHECK(found[1].chain == std::vector<Id>{Id{"till"}, Id{"files"}, Id{"pay"}});
  CHECK(found[2].activity == Id{"tidy"});
  CHECK(consequences(plan, graph, Id{"spare"}).empty());  // a tie that stops nothing
  CHECK(consequences(plan, graph, Id{"nobody"}).empty());
}

TEST_CASE("consequences are said once for each thing that needs the device") {
  const auto plan = testing::plan(records);
  const Graph graph(plan);
  const auto sentences = spoken_consequences(plan, consequences(plan, graph, Id{"mac"}));
  REQUIRE(sentences.size() == 2);
  CHECK(sentences[0] == "Needed directly by “Tidy up”.");
  CHECK(sentences[1] == "“Till” needs it, and on that lean “Sell” (again within 4 h), “Pay wages” (again within 3 d).");
  CHECK(spoken_consequences(plan, {}).empty());
}

TEST_CASE("a circle of needs ends") {
  const auto plan = testing::plan("<activity id='a' name='A'/><resource id='r' name='R' kind='system'/><resource id='q' name='Q' kind='system'/><device id='d' name='D' kind='laptop'/><link id='1' from_id='r' to_id='d' kind='needs'/>"
                                  "<link id='2' from_id='q' to_id='r' kind='needs'/><link id='3' from_id='r' to_id='q' kind='needs'/><link id='4' from_id='a' to_id='q' kind='needs'/>");
  CHECK(consequences(plan, Graph(plan), Id{"d"}).size() == 1);
}
