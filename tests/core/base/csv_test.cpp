// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/csv.h"
#include "core/base/error.h"

using namespace mainstay;
using Cells = std::vector<std::string>;

TEST_CASE("CSV is read with quotes, line breaks inside them, a byte order mark and either line end") {
  const auto rows = parse_csv("\xEF\xBB\xBFname,note\r\n\"Smith, Jo\",\"said \"\"hi\"\"\nand left\"\r\n\nlast,\n");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].cells == Cells{"name", "note"});
  CHECK(rows[1].cells == Cells{"Smith, Jo", "said \"hi\"\nand left"});
  CHECK(rows[1].line == 2);
  CHECK(rows[2].cells == Cells{"last", ""});
  CHECK(rows[2].line == 5);
}

TEST_CASE("The separator is the one that the first line uses most") {
  CHECK(parse_csv("a;b;c\n1,5;2;3")[1].cells == Cells{"1,5", "2", "3"});
  CHECK(parse_csv("a\tb\n1\t2")[1].cells == Cells{"1", "2"});
  CHECK(parse_csv("one\ntwo")[1].cells == Cells{"two"});
  CHECK(parse_csv("").empty());
}

TEST_CASE("A separator inside quotes on the first line does not decide") {
  CHECK(parse_csv("\"a;b;c;d\",e\n1,2")[0].cells == Cells{"a;b;c;d", "e"});
}

TEST_CASE("An unclosed quotation mark is refused with its line") {
  try {
    parse_csv("a,b\nc,\"d\ne\nf");
    FAIL("it was taken");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_value);
    CHECK(std::string(error.what()).find("line 2") != std::string::npos);
  }
}

TEST_CASE("A cell that a spreadsheet would run is disarmed, and comes back as it was") {
  for (const std::string cell : {"=1+1", "+61 2 5550 1234", "-5", "@sum", "\tx", "'=x", "'", "''", "plain", "", " lead", "two\nlines", "say \"x\"", "a;b"}) {
    const auto line = csv_line({cell, "end"});
    const auto rows = parse_csv("h,h\n" + line);
    REQUIRE(rows.size() == 2);
    CHECK(csv_unguarded(rows[1].cells[0]) == cell);
    if (!cell.empty() && std::string("=+-@\t").find(cell[0]) != std::string::npos) CHECK(rows[1].cells[0][0] == '\'');
  }
  CHECK(csv_line({"a", "b"}) == "a,b\r\n");
}

TEST_CASE("An empty single cell survives as a row of its own only where it is quoted") {
  CHECK(parse_csv("h\n\"\"\nx").size() == 3);
  CHECK(parse_csv("h\n\nx").size() == 2);
}
