// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/check/recall_memory.h"
#include "tests/support/plans.h"

using namespace mainstay;

TEST_CASE("a recall remembers which devices it fitted and how well") {
  RecallCandidate candidate;
  candidate.devices = {Id{"a"}, Id{"b"}};
  candidate.scores = {95, 45};
  const auto fits = fits_text(candidate);
  CHECK(fits == "a=95; b=45");
  CHECK(is_remembered(fits, Id{"a"}, 95));
  CHECK(is_remembered(fits, Id{"a"}, 45));
  CHECK_FALSE(is_remembered(fits, Id{"b"}, 95));
  CHECK_FALSE(is_remembered(fits, Id{"c"}, 45));
  CHECK_FALSE(is_remembered("", Id{"a"}, 45));
  for (int i = 0; i < 500; ++i) {
    candidate.devices.push_back(Id{"d" + std::to_string(i)});
    candidate.scores.push_back(45);
  }
  CHECK(fits_text(candidate).size() < 4000);
  CHECK(is_remembered(fits_text(candidate), Id{"d499"}, 45));
  CHECK_FALSE(is_remembered(fits_text(candidate), Id{"d499"}, 95));
}

TEST_CASE("what a notice covers is known by the words that hold a digit, days with their month, numbers with their commas") {
  RecallNotice notice;
  notice.title = "Lumo Recalls 2 Power Banks";
  notice.description = "Model LB-1100 (serials 57V0001/57V9000), sold from June 2016 through December 12, 2022 for about $30: see the label. LB-1100 again.";
  notice.units = "About 1,158,000 (41,000 in Canada)";
  CHECK(extent_of(notice) == std::vector<std::string>{"2", "LB-1100", "57V0001", "57V9000", "June 2016", "December 12", "2022", "1,158,000", "41,000"});
}

TEST_CASE("a word that is only written otherwise adds nothing to what a recall covers") {
  const auto extent = with_extent("", {"LB-1100", "June 2016"});
  CHECK(extent == "LB-1100; June 2016");
  CHECK(beyond_extent(extent, {"lb1100", "JUNE 2016"}).empty());
  CHECK(beyond_extent(extent, {"LB1100A", "July 2016"}) == std::vector<std::string>{"LB1100A", "July 2016"});
  CHECK(with_extent(extent, {"LB1100", "LB2200"}) == "LB-1100; June 2016; LB2200");
}

TEST_CASE("a notice of any length is remembered within bounds") {
  RecallNotice notice;
  for (int i = 0; i < 5000; ++i) notice.description += "X" + std::to_string(i) + " ";
  CHECK(extent_of(notice).size() == 1000);
  notice.description = std::string(100'000, '7');
  CHECK(extent_of(notice).empty());
}

TEST_CASE("a recall decided before its memory was kept remembers the devices that its reasons name, and where there were more, those that its text fits") {
  const auto plan = testing::plan(R"(<device id="a" name="Old" brand="Lumo" model_number="LB1100"/><device id="b" name="New" brand="Lumo" model_number="LB1100"/>)");
  const RecallMatcher matcher(plan);
  Recall recall;
  recall.title = "Lumo recalls LB1100";
  recall.score = Number(95);
  recall.why = "“Old”: the recall names Lumo and its model LB1100 (95).";
  CHECK(fits_as_told(plan, matcher, recall) == "a=95");
  recall.why += "\n“C”: …\n“D”: …\n“E”: …\n“F”: …\nAnd 3 more devices.";
  CHECK(fits_as_told(plan, matcher, recall) == "a=95; b=95");
  recall.why.clear();
  CHECK(fits_as_told(plan, matcher, recall).empty());
}

TEST_CASE("a device that an undecided recall may concern waits for that decision, and for none that was made") {
  const std::string devices = "<device id='a' name='Bank' kind='power_bank' brand='Voltix' model_number='VX-20K'/><device id='b' name='Other' kind='power_bank' brand='Voltix' model_number='VX-20K'/><device id='c' name='Range' kind='other'/>";
  const auto waiting = [&](const std::string& recall) { return devices_to_decide_on(testing::plan(devices + "<recall id='r' title='Voltix Recalls VX-20K Power Banks' brand='Voltix' models='VX-20K' " + recall + "/>")); };
  CHECK(waiting("fits='a=95; b=65'") == std::set<Id>{Id{"a"}, Id{"b"}});
  CHECK(waiting("fits='c=95; *=95'") == std::set<Id>{Id{"a"}, Id{"b"}, Id{"c"}});  // it fits more than it names
  CHECK(waiting("fits=''") == std::set<Id>{Id{"a"}, Id{"b"}});
  CHECK(waiting("fits='a=95' decision='dismissed'").empty());
  CHECK(waiting("fits='a=95' decision='accepted'").empty());
  CHECK(waiting("fits='a=95' decision='accepted' wider='&lt;yes/&gt;'") == std::set<Id>{Id{"a"}});
}
