// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/folded_name.h"

using namespace mainstay;

TEST_CASE("Names are the same as people type them: apostrophes, quotes, dashes, gaps, case, and letters put together either way") {
  CHECK(folded_name("Mina’s MacBook") == folded_name("mina's macbook"));
  CHECK(folded_name("B\xC3\xBCro") == folded_name("Bu\xCC\x88ro"));
  CHECK(folded_name("BÜRO") == folded_name("büro"));
  CHECK(folded_name("Straße") == folded_name("STRASSE"));
  CHECK(folded_name("“Till” – front") == folded_name("\"Till\" - front"));
  CHECK(folded_name("  Front\xC2\xA0 Desk ") == "front desk");
  CHECK(folded_name("Büro") != folded_name("Buro"));
  CHECK(folded_name("Minas MacBook") != folded_name("Mina's MacBook"));
  CHECK(folded_name("").empty());
  CHECK_FALSE(folded_name("bro\xFFken").empty());
}

TEST_CASE("Of names that fold to the same the one typed letter for letter is meant, and two that fold alike are both told") {
  using Places = std::vector<std::size_t>;
  const std::vector<std::string> names{"Mina’s MacBook", "Mina's MacBook", "Till"};
  CHECK(names_meant(names, "Mina's MacBook") == Places{1});
  CHECK(names_meant(names, "Mina’s MacBook") == Places{0});
  CHECK(names_meant(names, "mina's macbook") == Places{0, 1});
  CHECK(names_meant(names, "TILL") == Places{2});
  CHECK(names_meant(names, "Tills").empty());
  CHECK(names_meant({"", "x"}, "").size() <= 1);
}
