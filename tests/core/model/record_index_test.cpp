// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/record_index.h"
#include "tests/support/plans.h"

using namespace mainstay;

TEST_CASE("an index of records finds and names what a walk through the plan finds and names", "[model]") {
  const auto plan = testing::plan("<site id='s' name='Shop'/><activity id='a' name='Sell'/><resource id='r' name='Till' kind='system'/><link id='l' from_id='a' to_id='r' kind='needs'/>");
  const RecordIndex records(plan);
  for (const auto* id : {"s", "a", "r", "l", "nobody", ""}) {
    INFO(id);
    CHECK(records.find(Id{id}).record == find_record(plan, Id{id}).record);
    CHECK(records.title(Id{id}) == title_of(plan, Id{id}));
  }
  CHECK(records.title(Id{"l"}) == "Sell needs Till");
  CHECK(records.title(Id{"nobody"}) == "nobody");
}
