// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/model/plan.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

ErrorCode refusal(const Plan& p, std::string_view kind, std::string_view typed, std::string* sentence = nullptr) {
  try {
    (void)resolve_record(p, kind, typed);
  } catch (const Error& error) {
    if (sentence) *sentence = error.what();
    return error.code();
  }
  FAIL("it was found");
  return ErrorCode::usage;
}

}  // namespace

TEST_CASE("A record is found by id, unique name or unique beginning, whatever the case") {
  const auto p = plan("<site id='office' name='Main office'/><site id='offsite-1' name='Barn'/><activity id='a1' name='Pay wages'/>");
  CHECK(resolve_record(p, "site", "office").id.text == "office");
  CHECK(resolve_record(p, "", "OFFICE").id.text == "office");
  CHECK(resolve_record(p, "site", " main Office ").id.text == "office");
  CHECK(resolve_record(p, "site", "mai").id.text == "office");
  CHECK(resolve_record(p, "", "pay").id.text == "a1");
  CHECK(refusal(p, "activity", "office") == ErrorCode::not_found);
  CHECK(refusal(p, "", "") == ErrorCode::not_found);
  CHECK(refusal(p, "", "zzz") == ErrorCode::not_found);
}

TEST_CASE("A name that fits several records is refused with the list of them") {
  const auto p = plan("<site id='s1' name='Office north'/><site id='s2' name='Office south'/><person id='jo1' name='Jo'/><person id='jo2' name='Jo'/>");
  std::string sentence;
  CHECK(refusal(p, "site", "office", &sentence) == ErrorCode::ambiguous);
  CHECK(sentence.find("site s1: Office north") != std::string::npos);
  CHECK(sentence.find("site s2: Office south") != std::string::npos);
  CHECK(refusal(p, "person", "jo") == ErrorCode::ambiguous);
  CHECK(resolve_record(p, "person", "jo1").id.text == "jo1");
}

TEST_CASE("An exact id wins over names and beginnings") {
  const auto p = plan("<site id='till' name='Shop'/><resource id='till-2' name='till'/>");
  CHECK(resolve_record(p, "", "till").id.text == "till");
}

TEST_CASE("Search looks through every field and id and shows where it hit") {
  const auto p = plan("<site id='shop' name='Shop' address='12 Harbour Street, where the ferry lands'/><person id='jo' name='Jo' phone='0400 555 123'/>"
                      "<activity id='sell' name='Sell' rto_minutes='240'/><backup id='tm' method='time_machine'/>");
  auto hits = search_plan(p, "harbour");
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].ref.id.text == "shop");
  CHECK(hits[0].field->key == "address");
  CHECK(hits[0].excerpt.find("Harbour Street") != std::string::npos);
  CHECK(search_plan(p, "0400 555").size() == 1);
  CHECK(search_plan(p, "4 h").size() == 1);
  CHECK(search_plan(p, "Time Machine").at(0).ref.id.text == "tm");
  CHECK(search_plan(p, "TM").size() == 1);
  CHECK(search_plan(p, "  ").empty());
  CHECK(search_plan(p, "s", 1).size() == 1);
}

TEST_CASE("An excerpt around a hit deep in a long text is cut between characters") {
  std::string note;
  for (int i = 0; i < 100; ++i) note += "äöü ";
  const auto p = plan("<site id='s' name='S' access_note='" + note + "needle" + note + "'/>");
  const auto hits = search_plan(p, "NEEDLE");
  REQUIRE(hits.size() == 1);
  CHECK(hits[0].excerpt.find("needle") != std::string::npos);
  CHECK(hits[0].excerpt.size() < 200);
}

TEST_CASE("Titles speak: nameless records are told by what they tie") {
  const auto p = plan("<activity id='a' name='Take orders'/><resource id='t' name='Till'/><link id='l' from_id='a' to_id='t' kind='needs'/>"
                      "<impact id='i' activity_id='a' category='money' after_minutes='240' level='minor'/><site id='bare'/>");
  CHECK(title_of(p, Id{"l"}) == "Take orders needs Till");
  CHECK(title_of(p, Id{"i"}) == "Take orders: Money after 4 h");
  CHECK(title_of(p, Id{"bare"}) == "bare");
  CHECK(title_of(p, Id{"ghost"}) == "ghost");
  CHECK(title_of(p, Id{""}).empty());
  const auto link = find_record(p, Id{"l"});
  CHECK(spoken_field(p, link, *link.table->info->field("to_id")) == "Till");
}
