// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/check/check.h"
#include "core/check/carried_recalls.h"
#include "core/check/recall_memory.h"
#include "core/check/recalls.h"
#include "core/check/support_cycles.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const auto on_that_day = *parse_instant("2026-11-24T12:00:00Z");

RecallNotice notice(const std::string& title, const std::string& description = {}, const std::string& models = {}) {
  RecallNotice n;
  n.authority = "US CPSC";
  n.number = "26-606";
  n.title = title;
  n.description = description;
  n.models = models;
  return n;
}

int score(const Plan& plan, const RecallNotice& n) {
  const auto candidate = RecallMatcher(plan).match(n);
  return candidate ? candidate->score : 0;
}

RecallNotice cycle(const std::string& family, const std::string& name, const std::string& label, const std::string& build = {}) {
  auto n = notice(label);
  n.authority = "endoflife.date";
  n.family = family;
  n.cycle_name = name;
  n.cycle = label;
  n.models = build;
  return n;
}

std::vector<Finding> findings(const Plan& plan) {
  const Graph graph(plan);
  const std::vector<Observation> none;
  return check_plan({plan, graph, none, Instant(std::int64_t(Date::of(2026, 11, 24).days) * 86400), "", ""}, "recalls");
}

const char* const power_bank = R"(<device id="d" name="Bank" kind="power_bank" brand="Anker" model="PowerCore 10000" model_number="A1263"/>)";

}  // namespace

TEST_CASE("a model number found in a recall's text beside the brand is a candidate with its reason") {
  const auto plan = testing::plan(power_bank);
  const auto candidate = RecallMatcher(plan).match(notice("Anker Recalls Power Banks", "model number A1263 is printed on the edge"));
  REQUIRE(candidate);
  CHECK(candidate->score == 95);
  CHECK(candidate->models == "A1263");
  CHECK(candidate->why.find("A1263") != std::string::npos);
}

TEST_CASE("a brand alone, a sibling model or another maker's thing is no candidate") {
  const auto plan = testing::plan(power_bank);
  CHECK(score(plan, notice("Anker Recalls Speakers", "model A3166")) == 0);
  CHECK(score(plan, notice("Anker Recalls Power Banks", "model A1264")) == 0);
  CHECK(score(plan, notice("Other Recalls Power Banks", "model A1263")) == 0);
  CHECK(score(plan, notice("Gas ranges")) == 0);
  CHECK(score(Plan(), notice("Anker Recalls Power Banks", "model A1263")) == 0);
}

TEST_CASE("a model's name and number count without a model number") {
  CHECK(score(testing::plan(R"(<device id="d" name="B" brand="Anker" model="PowerCore 10000"/>)"), notice("Anker Recalls PowerCore 10000 Power Banks")) == 85);
  CHECK(score(testing::plan(R"(<device id="d" name="B" brand="WD" model="My Book Live"/>)"), notice("Western Digital Recalls My Book Live")) == 70);
}

TEST_CASE("one slip of the pen is found, one digit for another is not") {
  const auto plan = testing::plan(R"(<device id="d" name="Range" brand="Insignia" model_number="NS-RGFGSS1"/>)");
  CHECK(score(plan, notice("Insignia ranges NSRGFGSS1")) == 95);
  CHECK(score(plan, notice("Insignia ranges NS-RGFGS1")) == 65);
  CHECK(score(plan, notice("Insignia ranges NS-RGFG5S1")) == 65);
  CHECK(score(plan, notice("Insignia ranges NS-RGFGSS2")) == 0);
  CHECK(score(plan, notice("Others' ranges NS-RGFGS1")) == 0);
}

TEST_CASE("a plus at the end of a model is part of it: without it the recall is one character away, and asks") {
  const auto plus = testing::plan(R"(<device id="d" name="NAS" kind="nas" brand="Synology" model_number="DS218+"/>)");
  const auto plain = testing::plan(R"(<device id="d" name="NAS" kind="nas" brand="Synology" model="DiskStation DS218"/>)");
  CHECK(score(plus, notice("Synology Recalls DiskStation DS218+ Network Storage")) == 95);
  CHECK(score(plus, notice("Synology Recalls DiskStation DS218 Network Storage")) == 65);
  CHECK(score(plain, notice("Synology Recalls DiskStation DS218 Network Storage")) == 95);
  CHECK(score(plain, notice("Synology Recalls DiskStation DS218+, DS418+ and DS718+")) == 65);
  CHECK(score(plus, notice("Synology Recalls DS218+/DS218play")) == 95);
  const auto phones = testing::plan(R"(<device id="d" name="Phone" brand="Samsung" model="Galaxy S21+"/><device id="e" name="Old" brand="Apple" model="iPhone 6 Plus"/>)");
  CHECK(score(phones, notice("Samsung Recalls Galaxy S21 Plus Phones")) == 85);
  CHECK(score(phones, notice("Samsung Recalls Galaxy S21 Phones")) == 0);
  CHECK(score(phones, notice("Cases for the Apple iPhone 6+ Recalled")) == 85);
  CHECK(score(phones, notice("Cases for the Apple iPhone 6, sold with 64GB+ phones, Recalled")) == 0);
}

TEST_CASE("where a device's model is not known, its brand and kind are worth a look") {
  const auto plan = testing::plan(R"(<device id="d" name="Bank" kind="power_bank" brand="Anker"/>)");
  CHECK(score(plan, notice("Anker Recalls Portable Chargers", "model A1263")) == 45);
  CHECK(score(plan, notice("Anker Recalls Speakers")) == 0);
}

TEST_CASE("a device is found however its model number and its maker are spelled") {
  const auto recall = notice("Voltix Recalls Power Banks", "model VX-20K");
  for (const auto* spelled : {R"(brand="Voltix" model="VX 20K")", R"(brand="Voltix" model_number="VX 20 K")", R"(brand="Voltix Pty Ltd" model="VX-20K")", R"(brand="Voltix Inc." model_number="vx20k")", R"(model="Voltix VX-20K")",
                              R"(brand="Voltix" model="Voltix VX-20K power bank")"}) {
    INFO(spelled);
    CHECK(score(testing::plan(std::string("<device id=\"d\" name=\"D\" ") + spelled + "/>"), recall) == 95);
  }
  const auto plan = testing::plan(R"(<device id="d" name="D" brand="Voltix" model_number="VX-20K"/>)");
  CHECK(score(plan, notice("Voltix Recalls Power Banks", "models VX 20K and VX 30K")) == 95);
  CHECK(score(plan, notice("Voltix Recalls Power Banks", "model VX 20 K")) == 95);
  CHECK(score(plan, notice("Voltix Recalls Power Banks", "model VX 30K, 20 K units")) == 0);
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="Insignia" model="NS RGFGSS1"/>)"), notice("Best Buy Recalls Insignia Ranges", "NS-RGFGSS1")) == 95);
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="Hewlett-Packard" model="ProBook 450 G8"/>)"), notice("HP Recalls ProBook 450 G8 Computers")) == 85);
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="HP Inc." model="ProBook 450 G8"/>)"), notice("Hewlett-Packard Recalls ProBook 450 G8 Computers")) == 85);
}

TEST_CASE("computers are found by the names that their own firmware tells") {
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="HP" model="HP EliteBook 840 G5 Notebook PC"/>)"), notice("HP Recalls Batteries for Notebook Computers", "HP EliteBook 840 G5, HP ProBook 450 G8")) == 85);
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="HP" model="HP EliteBook 840 G6 Notebook PC"/>)"), notice("HP Recalls Batteries for Notebook Computers", "HP EliteBook 840 G5, HP ProBook 450 G8")) == 0);
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="Dell Inc." model="OptiPlex 7090 MT"/>)"), notice("Dell Recalls OptiPlex", "Dell OptiPlex 7090 computers")) == 85);
  CHECK(score(testing::plan(R"(<device id="d" name="D" model="ProBook 450 G8"/>)"), notice("HP Recalls ProBook 450 G8 Computers")) == 85);
  const auto lenovo = testing::plan(R"(<device id="d" name="D" brand="LENOVO" model="20W0S0AB00"/>)");
  CHECK(score(lenovo, notice("Lenovo Recalls Laptops", "machine types 20W0 and 20W1")) == 95);
  CHECK(score(lenovo, notice("Lenovo Recalls Laptops", "machine types 20W2 and 20W1")) == 0);
  // A plus is another model: what follows a number is left out only where it names the shape.
  CHECK(score(testing::plan(R"(<device id="d" name="D" brand="Apple" model="iPhone 6 Plus"/>)"), notice("Apple Recalls iPhone 6")) == 0);
}

TEST_CASE("a recall that named a device in its description alone can be accepted, though a plan keeps no description") {
  const auto base = testing::plan(R"(<device id="d" name="D" brand="HP" model="HP EliteBook 840 G5 Notebook PC"/>)");
  const auto told = notice("HP Recalls Batteries for Notebook Computers", "HP EliteBook 840 G5, HP ProBook 450 G8");
  Recall stored;
  stored.title = told.title;
  stored.models = RecallMatcher(base).match(told)->models;
  CHECK(stored.models == "ELITEBOOK 840 G5");
  CHECK(condition_to_accept(base, stored).find("EliteBook 840 G5") != std::string::npos);
}

TEST_CASE("knowing more of a device never makes it fit less, where what is known tells no model") {
  const auto recall = notice("Voltix Recalls Power Banks", "model VX-20K");
  for (const auto* model : {"", "Power bank", "20000 mAh", "Voltix power bank 20,000mAh", "Titan"}) {
    INFO(model);
    CHECK(score(testing::plan(std::string(R"(<device id="d" name="D" kind="power_bank" brand="Voltix" model=")") + model + "\"/>"), recall) == 45);
  }
  CHECK(score(testing::plan(R"(<device id="d" name="D" kind="power_bank" brand="Voltix" model="VX-30K"/>)"), recall) == 0);
}

TEST_CASE("a device one slip away is found beside one that bears the very model") {
  const auto plan = testing::plan(R"(<device id="exact" name="Exact" brand="Voltix" model_number="VX-20K"/><device id="near" name="Near" brand="Voltix" model_number="VX-20K-B"/>)");
  const auto candidate = RecallMatcher(plan).match(notice("Voltix Recalls Power Banks", "model VX-20K"));
  REQUIRE(candidate);
  CHECK(candidate->devices == std::vector<Id>{Id{"exact"}, Id{"near"}});
  CHECK(candidate->scores == std::vector<int>{95, 65});
}

TEST_CASE("a notice that only says what it charges is not about that maker's devices") {
  const auto plan = testing::plan(R"x(<device id="d" name="iPad" brand="Apple" model="iPad Pro" model_number="A1652"/><device id="e" name="Other iPad" model="iPad Pro (12.9-inch)" model_number="A1652"/>)x");
  CHECK(score(plan, notice("Anker Recalls Power Banks", "A1652 charges iPhone and iPad")) == 0);
}

TEST_CASE("sizes are no model numbers") {
  const auto plan = testing::plan(R"x(<device id="d" name="Mac" brand="Apple" model="MacBook Pro (Retina, 15-inch, Mid 2015)"/>)x");
  CHECK(score(plan, notice("Apple Recalls 15-inch Displays")) == 0);
}

TEST_CASE("ends of support find phones by identifier and computers by build") {
  const auto plan = testing::plan(R"x(<device id="a" name="A" model_identifier="iPhone7,2"/><device id="b" name="B" model="iPhone SE (2nd generation)"/>
    <device id="c" name="C" os_name="Microsoft Windows 10 Pro" os_version="10.0.19045.5131"/><device id="e" name="E" os_name="Windows 11 Enterprise" os_version="10.0.22631"/>
    <device id="f" name="F" os_name="macOS" os_version="12.7.1"/>)x");
  const RecallMatcher matcher(plan);
  CHECK(matcher.match(cycle("iphone", "6", "6"))->devices == std::vector<Id>{Id{"a"}});
  CHECK(!matcher.match(cycle("iphone", "6-plus", "6 Plus")));
  CHECK(matcher.match(cycle("iphone", "se-2", "SE (2nd generation)"))->devices == std::vector<Id>{Id{"b"}});
  CHECK(matcher.match(cycle("windows", "10-22h2", "10 22H2", "10.0.19045"))->devices == std::vector<Id>{Id{"c"}});
  CHECK(!matcher.match(cycle("windows", "11-23h2-w", "11 23H2 (W)", "10.0.22631")));
  CHECK(matcher.match(cycle("windows", "11-23h2-e", "11 23H2 (E)", "10.0.22631"))->devices == std::vector<Id>{Id{"e"}});
  CHECK(matcher.match(cycle("macos", "12", "12 (Monterey)"))->devices == std::vector<Id>{Id{"f"}});
  CHECK(cycle_key("iPad Pro (12.9-inch) (2nd generation)") == cycle_key("Pro 12.9-inch (2nd gen)"));
  CHECK(cycle_key("iPhone") == cycle_key("1"));
}

TEST_CASE("ends of support find Windows however its version is written") {
  const std::pair<const char*, const char*> written[] = {{"Windows 11 Pro", "22631.4602"}, {"Windows 11 Pro", "10.0 (22631)"}, {"Windows 11 Pro", "10.0.22631 Build 22631"}, {"Windows 11 Pro", "23H2"}, {"Windows 11 Pro 23H2", ""}, {"Windows 11 Pro", "10.0.22631.22000"}};
  for (const auto& [system, version] : written) {
    INFO(system << " " << version);
    const auto plan = testing::plan("<device id=\"a\" name=\"A\" os_name=\"" + std::string(system) + "\" os_version=\"" + version + "\"/>");
    const RecallMatcher matcher(plan);
    REQUIRE(matcher.match(cycle("windows", "11-23h2-w", "11 23H2 (W)", "10.0.22631")));
    CHECK(!matcher.match(cycle("windows", "11-23h2-e", "11 23H2 (E)", "10.0.22631")));
    CHECK(!matcher.match(cycle("windows", "10-22h2", "10 22H2", "10.0.19045")));
  }
}

TEST_CASE("a candidate waits as one information and marks no device") {
  const auto plan = testing::plan(std::string(power_bank) + R"(<recall id="r" authority="US CPSC" number="25-838" title="Anker Recalls Power Banks" models="A1263" hazard="Fire"/>)");
  const auto found = findings(plan);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule_id == "recall.waiting");
  CHECK(found[0].severity == Severity::info);
}

TEST_CASE("an accepted recall is a rule: it hits the model, spares others, and asks where the brand fits and nothing more is known") {
  const auto base = testing::plan(std::string(power_bank) + R"(<device id="same" name="Same" brand="anker" model_number="a1263"/><device id="other" name="Other" brand="Anker" model_number="A1264"/>
    <device id="blank" name="Blank" brand="Anker"/><device id="none" name="None"/>
    <recall id="r" authority="US CPSC" number="25-838" title="Anker {Recalls} Power Banks" models="A1263" hazard="Fire &lt;hazard&gt;" remedy="Ask for a new one." url="https://x.example/r"/>)");
  const auto condition = recall_condition(base, base.recalls[0], {Id{"d"}}, false);
  const auto plan = applied(base, accept_recall(base, base.recalls[0], condition, on_that_day, "Tess"));
  std::map<std::string, Finding> by_device;
  for (const auto& f : findings(plan)) by_device[f.subject_id.text] = f;
  REQUIRE(by_device.size() == 3);
  CHECK(by_device.at("d").rule_id == "recall:us-cpsc-25-838");
  CHECK(by_device.at("d").severity == Severity::critical);
  CHECK(by_device.at("d").due_days == 1);
  CHECK(by_device.at("d").message.find("Anker (Recalls) Power Banks") != std::string::npos);
  CHECK(by_device.at("same").verdict == Verdict::affected);
  CHECK(by_device.at("blank").verdict == Verdict::unknown);
}

TEST_CASE("an accepted recall asks about no device of the brand that is another kind of thing") {
  const auto base = testing::plan(R"(<device id="leo" name="Leo's iPhone" kind="phone" brand="Apple" model="iPhone 13"/><device id="plug" name="Plug" kind="wall_plug" brand="Apple"/>
    <device id="old" name="Old phone" kind="phone" brand="Apple"/><device id="thing" name="Thing" brand="Apple"/><device id="charger" name="Charger" kind="charger" brand="Apple"/>
    <recall id="r" authority="US CPSC" number="26-702" title="Apple Recalls iPhone 13 Cases"/>
    <recall id="s" authority="US CPSC" number="26-703" title="Apple Recalls iPhone 13 Chargers"/>)");
  const auto about = [&](const Recall& recall) {
    const auto plan = applied(base, accept_recall(base, recall, condition_to_accept(base, recall), on_that_day, "Tess"));
    std::set<std::string> devices;
    for (const auto& f : findings(plan))
      if (f.rule_id == recall_rule_id(recall)) devices.insert(f.subject_id.text);
    return devices;
  };
  CHECK(about(base.recalls[0]) == std::set<std::string>{"leo", "old", "thing"});
  CHECK(about(base.recalls[1]) == std::set<std::string>{"charger", "leo", "old", "thing"});
}

TEST_CASE("accepted for named devices alone, a recall hits them and no other of their model") {
  const auto base = testing::plan(R"(<device id="a" name="A" brand="Anker" model_number="A1263" serial="S1"/><device id="b" name="B" brand="Anker" model_number="A1263" serial="S2"/>
    <recall id="r" authority="US CPSC" number="25-838" title="T" models="A1263"/>)");
  const auto plan = applied(base, accept_recall(base, base.recalls[0], recall_condition(base, base.recalls[0], {Id{"a"}}, true), on_that_day, "Tess"));
  const auto found = findings(plan);
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject_id == Id{"a"});
}

TEST_CASE("a decision about a recall brings its tasks and takes them away in the same change, and touches no other task") {
  const auto base = testing::plan(std::string(power_bank) + R"(<recall id="r" authority="US CPSC" number="25-838" title="Anker Recalls Power Banks" models="A1263" hazard="Fire"/>
    <recall id="s" authority="US CPSC" number="25-839" title="Another" models="A1263"/><task id="w" name="Decide" rule_id="recall.waiting" state="open"/><task id="x" name="Other" rule_id="other" state="open"/>)");
  const auto accept = accept_recall(base, base.recalls[0], recall_condition(base, base.recalls[0], {Id{"d"}}, false), on_that_day, "Tess");
  const auto accepted = applied(base, accept);
  REQUIRE(accepted.tasks.size() == 3);
  const auto& task = accepted.tasks.back();
  CHECK(task.rule_id == "recall:us-cpsc-25-838");
  CHECK(task.subject_id == Id{"d"});
  CHECK(task.due_on == Date::of(2026, 11, 25));
  CHECK(open_tasks_of(accepted, accepted.recalls[0]) == 1);
  CHECK(find_in(accepted.tasks, Id{"w"})->state == Task::State::open);  // one recall waits still
  CHECK(find_in(accepted.tasks, Id{"x"})->state == Task::State::open);
  CHECK(sync_tasks(accepted, findings(accepted), on_that_day.date(), "recall:us-cpsc-25-838").empty());
  CHECK(applied(accepted, inverse(accept)).tasks.size() == 2);
  const auto second = applied(accepted, dismiss_recall(accepted, accepted.recalls[1], "", on_that_day, "Tess"));
  CHECK(find_in(second.tasks, Id{"w"})->state == Task::State::cleared);
  const auto dismissed = applied(second, dismiss_recall(second, second.recalls[0], "not ours", on_that_day, "Tess"));
  CHECK(open_tasks_of(dismissed, dismissed.recalls[0]) == 0);
  CHECK(dismissed.tasks.back().state == Task::State::cleared);
  CHECK(find_in(dismissed.tasks, Id{"x"})->state == Task::State::open);
}

TEST_CASE("an end of support warns before its day and is an error after it") {
  for (const auto& [day, severity] : {std::pair<const char*, Severity>{"2027-01-01", Severity::warning}, {"2026-01-01", Severity::error}}) {
    const auto plan = testing::plan(std::string(R"(<device id="a" name="A" os_name="Windows 11 Pro" os_version="10.0.22631"/><recall id="r" authority="endoflife.date" number="windows-11-23h2-w"
      title="T" product="Windows 11" models="10.0.22631" decision="accepted" announced=")") + day + R"(" match="&lt;glob field=&quot;os_version&quot;&gt;10.0.22631*&lt;/glob&gt;"/>)");
    const auto found = findings(plan);
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == severity);
  }
}

TEST_CASE("a condition that cannot be read is refused when accepted, and reported when it came in by hand") {
  const auto base = testing::plan(std::string(power_bank) + R"(<recall id="r" authority="US CPSC" number="25-838" title="T"/>)");
  for (const auto* bad : {"", "<nonsense/>", "<in field=\"brand\">", "<yes/></when><case/><when><yes/>", "<in field=\"no_such\">x</in>"}) {
    INFO(bad);
    CHECK_THROWS_AS(accept_recall(base, base.recalls[0], bad, on_that_day, "Tess"), Error);
  }
  const auto plan = testing::plan(R"(<recall id="r" authority="US CPSC" number="25-838" title="T" decision="accepted" match="&lt;oops"/>)");
  const auto found = findings(plan);
  REQUIRE(found.size() == 1);
  CHECK(found[0].verdict == Verdict::unknown);
}

TEST_CASE("a model that a notice names only to say that it is not included is no candidate") {
  const auto plan = testing::plan(power_bank);
  const std::string recalled = "This recall involves Anker power banks with model number A1257. ";
  for (const std::string words : {"Model A1263 is not included in this recall.", "Models A1263 and A1300 are not affected.", "Anker PowerCore 10000 (A1263) units are not part of this recall.", "The recall does not include model number A1263.",
                                  "This notice doesn't apply to A1263, A1271 or A1366.", "The following models are not affected: A1109, A1263.", "Model No. A1263 isn't included in the recall.", "Model A1263 was not recalled.",
                                  "Models not included in this recall: A1263, A1271.", "It excludes A1263.", "The A1263 is therefore not subject to the recall.", "Models A1257 and A1652 are recalled, but A1263 is not included."}) {
    INFO(words);
    CHECK(score(plan, notice("Anker Recalls Speakers", recalled + words)) == 0);
    CHECK(score(plan, notice("Anker Recalls Speakers", recalled + words + " Recalled is also A1263.")) == 95);
  }
  CHECK(score(plan, notice("Anker Recalls All Speakers Except A1263")) == 0);
  CHECK(score(plan, notice("Anker Recalls Power Banks (not including A1263)")) == 0);
  CHECK(score(plan, notice("Anker Recalls Power Banks", "All models of power banks except A1263, A1366 are recalled.")) == 0);
  CHECK(score(plan, notice("Anker Recalls PowerCore Power Banks", "It is about PowerCore. PowerCore 10000 is not included in this recall.")) == 0);
}

TEST_CASE("words that leave out something else leave the model what it is") {
  const auto plan = testing::plan(power_bank);
  for (const std::string words : {"Model A1263 is recalled. A1366 is not included.", "A1366 is not affected, but A1263 is recalled.", "Batteries are not included with model A1263.", "Consumers should not use model A1263.",
                                  "The adapter for A1263 is not included.", "A1263 is included and A1366 is not included in this recall.", "Models: A1109 (except those sold before 2016), A1263.", "A1109 except those sold before 2016, A1263 and A1366.",
                                  "Do not charge the A1263 with a charger other than its own.", "If the serial number of an A1263 is not included in the list on the website, keep it.", "Banks (cables not included) with model numbers: A1109, A1263.", "Cables not included, model: A1263.",
                                  "The A1263 is not subject to rules of flight.", "The A1263 was not involved in a fire.", "The recall does not affect A1366; A1263 must be returned."}) {
    INFO(words);
    const bool other = words.starts_with("The adapter for");  // cannot be told from a refusal, and the notice names the model elsewhere
    CHECK(score(plan, notice("Anker Recalls Power Banks", (other ? "It involves A1263. " : "") + words)) == 95);
  }
}

TEST_CASE("a model that an earlier recall left out and this one adds is a candidate") {
  const auto plan = testing::plan(power_bank);
  for (const std::string words : {"This expanded recall now includes model A1263, which was not included in the previous recall.", "Consumers with A1263 were told that their power bank was not affected by the previous recall; it is now recalled, too.",
                                  "Model A1263 was not recalled in June but is recalled now.", "Owners of A1263 who were told that it was not included in recall 25-061 should check again.", "Model A1263, previously not included, is being recalled.",
                                  "The recall was expanded on 1 June 2026 to A1263 units that were excluded from the first recall.", "Model A1263 was not included in recall 25-061.", "Model A1263 (not included in the May recall) and A1300 are recalled.",
                                  "The original recall did not include A1263.", "Recall 25-061 did not include A1263.", "Model A1263 is not included in recall 25-061.", "Model A1263 was not included. It was added on 2 June.",
                                  "The cable of the A1263 is not included in this recall.", "The A1263's charger is not included in this recall."}) {
    INFO(words);
    CHECK(score(plan, notice("Anker Expands Recall of Power Banks", "This recall involves model A1257. " + words)) == 95);
  }
  for (const std::string words : {"This expanded recall does not include A1263.", "This recall did not affect A1263.", "Model A1263 was not included in this recall."}) {
    INFO(words);
    CHECK(score(plan, notice("Anker Expands Recall of Speakers", "This recall involves model A1257. " + words)) == 0);
  }
}

TEST_CASE("what a notice leaves out is no part of what it covers") {
  const auto words = extent_of(notice("Anker Recalls Power Banks", "This recall involves model A1263. Model A1366 is not included in this recall."));
  CHECK(std::find(words.begin(), words.end(), "A1263") != words.end());
  CHECK(std::find(words.begin(), words.end(), "A1366") == words.end());
}

TEST_CASE("an end of support that a pack tells of is no candidate, and one that was accepted makes no second finding") {
  const std::string phone = R"(<device id="d" name="Old phone" kind="phone" brand="Apple" model="iPhone 6" model_identifier="iPhone7,2" os_name="iOS" os_version="12.5"/>)";
  const std::string recall = R"(<recall id="r" authority="endoflife.date" number="iphone-6" title="End of support for Apple iPhone 6" brand="Apple iPhone" product="Apple iPhone 6" announced="2023-01-23" decision="accepted" match="&lt;is field=&quot;model_identifier&quot; value=&quot;iPhone7,2&quot;/&gt;"/>)";
  const auto with = [&](const std::string& xml) { return testing::plan(xml); };
  const auto plan = with(phone + recall);
  const CarriedRecalls carried(plan, on_that_day);
  CHECK(carried.has(notice_of(plan.recalls.at(0))));
  CHECK(carried.speaks_of(notice_of(plan.recalls.at(0)), Id{"d"}));
  CHECK(findings(plan).empty());
  // What the pack takes for supported may have ended since: then the notice is news.
  const auto later = with(R"(<device id="d" name="Phone" kind="phone" brand="Apple" model="iPhone 15" model_identifier="iPhone15,4" os_name="iOS" os_version="26.1"/>)");
  auto ended = cycle("ios", "26", "26");
  CHECK_FALSE(CarriedRecalls(later, on_that_day).speaks_of(ended, Id{"d"}));
}

TEST_CASE("a recall that was accepted before its question was narrowed is brought to the present condition, and nothing that was decided is lost") {
  const auto base = testing::plan(R"(<device id="leo" name="Leo's iPhone" kind="phone" brand="Apple" model="iPhone 13"/><device id="plug" name="Plug" kind="wall_plug" brand="Apple"/>
    <device id="old" name="Old phone" kind="phone" brand="Apple"/><device id="mac" name="Mac" kind="laptop" brand="Apple"/>
    <recall id="r" authority="US CPSC" number="26-702" title="Apple Recalls iPhone 13 Phones"/>)");
  auto before = applied(base, accept_recall(base, base.recalls[0], condition_to_accept(base, base.recalls[0]), on_that_day, "Tess"));
  const std::string kinds = R"(<any><unknown field="kind"/><in field="kind">phone</in></any>)";
  auto& match = before.recalls[0].match;
  REQUIRE(match.find(kinds) != std::string::npos);
  const auto present = match;
  match.erase(match.find(kinds), kinds.size());
  before = applied(before, sync_tasks(before, findings(before), on_that_day.date(), recall_rule_id(before.recalls[0])));
  CHECK(findings(before).size() == 4);  // asks about the plug and the Mac as well
  auto* ticked = &*std::find_if(before.tasks.begin(), before.tasks.end(), [](const Task& t) { return t.subject_id == Id{"old"}; });
  ticked->state = Task::State::done;
  ticked->done_on = on_that_day.date();
  const auto change = narrowed_recalls(before, on_that_day);
  CHECK(change.cause == Cause::machine);
  const auto after = applied(before, change);
  CHECK(after.recalls[0].match == present);
  CHECK(after.recalls[0].revision == before.recalls[0].revision);
  CHECK(after.recalls[0].note.find("Since 24 November 2026 it asks only about devices that may be of its kind") != std::string::npos);
  CHECK(findings(after).size() == 2);
  std::map<std::string, Task::State> states;
  for (const auto& task : applied(after, sync_tasks(after, findings(after), on_that_day.date())).tasks) states[task.subject_id.text] = task.state;
  CHECK(states == std::map<std::string, Task::State>{{"leo", Task::State::open}, {"old", Task::State::done}, {"plug", Task::State::cleared}, {"mac", Task::State::cleared}});
  CHECK(narrowed_recalls(after, on_that_day).empty());
}

TEST_CASE("an accepted end of support of Windows concerns the edition that it is about, and asks where none is told") {
  const std::string fleet = R"(<device id="boss" name="Boss-PC" os_name="Windows 11 Enterprise" os_version="10.0.22631"/><device id="till" name="Till-PC" os_name="Windows 11 Pro" os_version="10.0.22631"/>
    <device id="cad" name="CAD-PC" os_name="Windows 11 Enterprise LTSC" os_version="10.0.22631"/><device id="untold" name="Untold" os_name="Windows 11" os_version="10.0.22631"/>
    <device id="server" name="Server" os_name="Windows Server" os_version="10.0.22631"/>)";
  const auto accepted = [&](const std::string& tail) {
    const auto plan = testing::plan(fleet + R"(<recall id="r" authority="endoflife.date" number="windows-11-99h2-)" + tail + R"(" title="End of support for Windows 11 99H2" product="Windows 11 99H2" models="10.0.22631" announced="2026-11-01"/>)");
    return applied(plan, accept_recall(plan, plan.recalls[0], condition_to_accept(plan, plan.recalls[0]), on_that_day, "Tess"));
  };
  const auto verdicts = [](const Plan& plan) {
    std::map<std::string, std::string> found;
    for (const auto& f : findings(plan))
      if (f.rule_id.starts_with("recall:")) found[f.subject_id.text] = verdict_name(f.verdict);
    return found;
  };
  const std::map<std::string, std::string> of_pro{{"till", "affected"}, {"untold", "unknown"}}, of_enterprise{{"boss", "affected"}, {"untold", "unknown"}};
  CHECK(verdicts(accepted("w")) == of_pro);
  CHECK(verdicts(accepted("e")) == of_enterprise);
  // However the build is written, as the matcher reads it.
  for (const auto& [name, version] : {std::pair{"Windows 11 Pro", "22631.4602"}, {"Windows 11 Pro", "10.0 (22631)"}, {"Windows 11 Pro", "22631"}, {"Windows 11 Pro", "99H2"}, {"Windows 11 Pro 99H2", ""}}) {
    const auto plan = testing::plan(std::string(R"(<device id="d" name="D" os_name=")") + name + R"(" os_version=")" + version + R"("/><device id="o" name="O" os_name="Windows 11 Pro" os_version="26100.1"/>)" +
                                    R"(<recall id="r" authority="endoflife.date" number="windows-11-99h2-w" title="T" product="Windows 11 99H2" models="10.0.22631" announced="2026-11-01"/>)");
    CHECK(verdicts(applied(plan, accept_recall(plan, plan.recalls[0], condition_to_accept(plan, plan.recalls[0]), on_that_day, "Tess"))) == std::map<std::string, std::string>{{"d", "affected"}});
  }
  // One that was accepted by the build alone is brought to this.
  auto before = accepted("w");
  const auto present = before.recalls[0].match;
  const std::string by_build = R"(<all><glob field="os_name">*windows*</glob><glob field="os_version">10.0.22631; 10.0.22631.*</glob></all>)";
  before.recalls[0].match = "<all><not><unsure>" + by_build + "</unsure></not>" + by_build + "</all>";
  CHECK(verdicts(before).size() == 5);
  const auto after = applied(before, narrowed_recalls(before, on_that_day));
  CHECK(after.recalls[0].match == present);
  CHECK(verdicts(after) == of_pro);
  CHECK(narrowed_recalls(after, on_that_day).empty());
}
