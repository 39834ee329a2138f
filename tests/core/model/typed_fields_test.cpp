// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/typed_fields.h"

using namespace mainstay;

namespace {

Revision revision(int number, Cause cause, std::string_view before, std::string_view after, std::string_view field = "serial") {
  Revision r;
  r.number = number;
  r.cause = cause;
  r.edits.push_back({"device", Id{"d"}, std::string(field), std::string(before), std::string(after)});
  return r;
}

}  // namespace

TEST_CASE("the history tells whether a person or an import set a field") {
  std::vector<Revision> history{revision(1, Cause::import, "", "A")};
  CHECK_FALSE(typed_fields(history)(Id{"d"}, "serial"));
  history.push_back(revision(2, Cause::edit, "A", "B"));
  CHECK(typed_fields(history)(Id{"d"}, "serial"));
  history.push_back(revision(3, Cause::undo, "B", "A"));
  CHECK_FALSE(typed_fields(history)(Id{"d"}, "serial"));
  history.push_back(revision(4, Cause::redo, "A", "B"));
  CHECK(typed_fields(history)(Id{"d"}, "serial"));
  history.push_back(revision(5, Cause::machine, "B", "C"));
  CHECK_FALSE(typed_fields(history)(Id{"d"}, "serial"));
  std::reverse(history.begin(), history.end());
  CHECK_FALSE(typed_fields(history)(Id{"d"}, "serial"));
}

TEST_CASE("what a merge brought, and what the history does not name, counts as typed") {
  CHECK(typed_fields({revision(1, Cause::merge, "", "A")})(Id{"d"}, "serial"));
  CHECK(typed_fields({})(Id{"d"}, "serial"));
}
