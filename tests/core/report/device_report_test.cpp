// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/embedded.h"
#include "core/check/check.h"
#include "core/exchange/plan_xml.h"
#include "core/report/drawing.h"
#include "core/report/paginate.h"
#include "core/report/report.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const Instant now(1795507200);  // 24 November 2026

struct Made {
  Plan plan;
  Graph graph;
  std::vector<Observation> observations;
  std::vector<Finding> findings;
  explicit Made(Plan p) : plan(std::move(p)), graph(plan) {
    plan = applied(plan, sync_tasks(plan, check_plan({plan, graph, observations, now, "hash", ""}), now.date()));
    findings = check_plan({plan, graph, observations, now, "hash", ""});
  }
  ReportDocument report(std::string_view id) const { return build_report({plan, graph, observations, findings, now, "ab12cd34ef567890", 7, ""}, id); }
};

Made sample() { return Made(plan_from_xml(*template_text("plans/sample.xml"), "sample")); }

std::size_t figures_in(const ReportDocument& document) {
  return static_cast<std::size_t>(std::count_if(document.blocks.begin(), document.blocks.end(), [](const Block& b) { return std::holds_alternative<Figure>(b); }));
}

}  // namespace

TEST_CASE("the device report says what to do, by whom, by when, what it endangers, and what is not known", "[report]") {
  const auto made = sample();
  const auto html = write_html(made.report("devices"));
  for (const auto* words : {"things cannot wait", "Hazard", "Endangers", "needs it, and on that lean", "Safety lead, by 25 November 2026", "Stop using the plug", "What is not known yet", "How many of the plugs of",
                            "Sources, and where they disagree", "Sources disagree", "not verified", "Inventory with results", "Nothing found"}) {
    INFO(words);
    CHECK(html.find(words) != std::string::npos);
  }
  CHECK(figures_in(made.report("devices")) == 1);  // where to look for the question that is open
  const auto csv = write_csv(made.report("devices"));
  CHECK(csv.find("At a glance") != std::string::npos);
  CHECK(csv.find("Stop using the plug") != std::string::npos);
  CHECK(csv.find("The prongs can break") != std::string::npos);
}

TEST_CASE("a device with a recall that nobody has decided on is not called one of which nothing was found", "[report]") {
  const std::string device = "<device id='c' name='Range' kind='other' brand='Voltix' model_number='VX-20K' count='1'/>", recall = "<recall id='r' title='Voltix Recalls VX-20K' fits='c=95' decision='";
  const auto csv = [&](const std::string& decision) { return write_csv(Made(testing::plan(device + recall + decision + "'/>")).report("devices")); };
  CHECK(csv("").find("Recall to decide,1") != std::string::npos);
  CHECK(csv("").find("Nothing found,0") != std::string::npos);
  CHECK(csv("dismissed").find("Recall to decide") == std::string::npos);
}

TEST_CASE("what one rule says of many devices stands in the summary a few times, and how many more", "[report]") {
  std::string devices;
  for (int i = 10; i < 40; ++i) devices += "<device id='d" + std::to_string(i) + "' name='MacBook " + std::to_string(i) + "' kind='laptop' brand='Apple' model='MacBook Pro (15-inch, mid 2015)' model_identifier='MacBookPro11,5'/>";
  const Made made(testing::plan(devices));
  const auto document = made.report("devices");
  const auto box = std::find_if(document.blocks.begin(), document.blocks.end(), [](const Block& b) { return std::holds_alternative<Callout>(b); });
  REQUIRE(box != document.blocks.end());
  std::string words;
  for (const auto& span : std::get<Callout>(*box).text) words += span.text;
  INFO(words);
  CHECK(std::get<Callout>(*box).title == "30 things cannot wait");
  CHECK(words.find("MacBook 10") != std::string::npos);
  CHECK(words.find("MacBook 39") == std::string::npos);
  CHECK(words.find("… and 27 more like this") != std::string::npos);
}

TEST_CASE("what one rule says of many devices is told once on paper, and of each device in the CSV", "[report]") {
  std::string devices = "<site id='s' name='Shop'/><site id='t' name='Store'/><device id='x' name='Till' kind='other' brand='Volt' model='T1' count='1'/>";
  for (int i = 100; i < 350; ++i)
    devices += "<device id='d" + std::to_string(i) + "' name='MacBook " + std::to_string(i) + "' kind='laptop' brand='Apple' model='MacBook Pro (15-inch, mid 2015)' model_identifier='MacBookPro11,5' count='2' serial='C" + std::to_string(i) +
               "' site_id='" + (i < 150 ? "s" : "t") + "'/>";
  const Made made(testing::plan(devices));
  const auto document = made.report("devices");
  const auto html = write_html(document), csv = write_csv(document);
  const auto names_in = [](const std::string& text, const std::string& before, const std::string& after) {
    std::size_t count = 0;
    for (int i = 100; i < 350; ++i) count += text.find(before + std::to_string(i) + after) != std::string::npos;
    return count;
  };
  CHECK(html.find("and 249 more like it") != std::string::npos);
  CHECK(html.find("Store: 200") != std::string::npos);
  CHECK(html.find("Shop: 50") != std::string::npos);
  CHECK(names_in(html, "MacBook ", "”") <= 10);
  CHECK(html.find("Affected: 250") + html.find("Possible: 250") != 2 * std::string::npos);
  CHECK(html.find("Nothing found: 1") != std::string::npos);  // the till, a model of its own
  CHECK(html.find(">500<") != std::string::npos);           // two things an entry
  CHECK(LaidOutReport(document).pages() < 8);
  CHECK(names_in(csv, "Recalled battery of “MacBook ", "”") == 250);
  CHECK(names_in(csv, "Serial C", "") == 250);
  const auto checklist = made.report("checklist");
  CHECK(names_in(write_html(checklist), "Recalled battery of “MacBook ", "”") == 1);
  CHECK(names_in(write_csv(checklist), "Recalled battery of “MacBook ", "”") == 250);
  CHECK(csv.find("more like it") == csv.rfind("more like it"));  // the heading of the steps that all of them share
  CHECK(csv.find("Entries,Things") == std::string::npos);
}

TEST_CASE("as many devices as fit on paper are told one by one", "[report]") {
  std::string devices;
  for (int i = 10; i < 30; ++i) devices += "<device id='d" + std::to_string(i) + "' name='MacBook " + std::to_string(i) + "' kind='laptop' brand='Apple' model='MacBook Pro (15-inch, mid 2015)' model_identifier='MacBookPro11,5'/>";
  const auto html = write_html(Made(testing::plan(devices)).report("devices"));
  CHECK(html.find("20. Recalled battery of “MacBook ") != std::string::npos);
  CHECK(html.find("more like it") == std::string::npos);
}

TEST_CASE("programmes that are over and recalls that wait for a decision are shown as such", "[report]") {
  const Made made(testing::plan("<device id='d' name='Tom’s phone' kind='phone' brand='Apple' model='iPhone 6s' model_identifier='iPhone8,1' os_version='15.8.4'/>"
                                "<recall id='r' authority='US CPSC' number='26-606' title='Chargers recalled' score='95' why='The recall names its model.' announced='2026-08-06'/>"));
  const auto html = write_html(made.report("devices"));
  const auto over = html.find("Programmes that are over");
  REQUIRE(over != std::string::npos);
  CHECK(html.find("Tom’s phone", over) != std::string::npos);
  CHECK(html.find("To decide") != std::string::npos);
  CHECK(html.find("The recall names its model.") != std::string::npos);
}

TEST_CASE("an empty inventory is not reported as a clean one", "[report]") {
  const Made made{Plan{}};
  const auto html = write_html(made.report("devices"));
  CHECK(html.find("not the same as nothing being wrong") != std::string::npos);
  CHECK(html.find("Nothing found") == std::string::npos);
}

TEST_CASE("the plug sheet is one page with a drawing, both kinds of marks, a form and whom to tell", "[report]") {
  const auto made = sample();
  const auto sheet = made.report("plug-sheet");
  CHECK(LaidOutReport(sheet).pages() == 1);
  CHECK(figures_in(sheet) == 1);
  const auto html = write_html(sheet);
  for (const auto* words : {"4 or 5 characters, or none at all", "EUR, KOR, AUS, ARG or BRA", "Tell Tom Okafor", "Looked at", "Handed in", "Shop in Harbour Street", "slid off"}) {
    INFO(words);
    CHECK(html.find(words) != std::string::npos);
  }
}

namespace {

/// A plan with everything on it that the carried rules want looked at, and so many places.
Made all_plugs(int places) {
  std::string xml;
  for (int i = 0; i < places; ++i) xml += "<site id='s" + std::to_string(i) + "' name='Place " + std::to_string(i) + "' region='europe'/>";
  return Made(testing::plan(xml + "<device id='d' name='Mac' kind='laptop' brand='Apple' site_id='s0'/><device id='h' name='ProBook' kind='laptop' brand='HP' site_id='s0'/>"
                                  "<device id='l' name='ThinkPad' kind='laptop' brand='Lenovo' site_id='s0'/><device id='f' name='Surface' kind='laptop' brand='Microsoft' model='Surface Pro 3' site_id='s0'/>"));
}

}  // namespace

TEST_CASE("a plug sheet with everything on it is one page that draws each kind once, in letters that can be read", "[report]") {
  const auto made = all_plugs(2);
  const auto looks = things_to_look_at(made.plan, now);
  CHECK(looks.size() == 6);
  const auto sheet = made.report("plug-sheet");
  CHECK(LaidOutReport(sheet).pages() == 1);
  CHECK(paginate(sheet).scale > 0.75);
  CHECK(LaidOutReport(all_plugs(6).report("plug-sheet")).pages() == 1);
  std::string drawn;
  for (const auto& block : sheet.blocks)
    if (const auto* figure = std::get_if<Figure>(&block)) drawn += figure->alt + "\n";
  for (const auto& look : looks) {
    INFO(look.title);
    const auto alt = drawing(look.picture)->alt;
    CHECK(drawn.find(alt) != std::string::npos);
    CHECK(drawn.find(alt, drawn.find(alt) + 1) == std::string::npos);
    CHECK(write_html(sheet).find(look.title) != std::string::npos);
  }
}

TEST_CASE("every place has its line on the plug sheet, however many there are", "[report]") {
  const auto made = all_plugs(40);
  const auto sheet = made.report("plug-sheet");
  const auto html = write_html(sheet);
  for (int i = 0; i < 40; ++i) CHECK(html.find("Place " + std::to_string(i) + "<") != std::string::npos);
  CHECK(LaidOutReport(sheet).pages() == 3);  // one of things and what to do, two of places
  CHECK(html.find("If one is recalled") < html.find("More places"));
}

TEST_CASE("a device that nobody counted is not printed as one", "[report]") {
  const Made made(testing::plan("<device id='a' name='Plugs' kind='wall_plug'/><device id='b' name='Phones' kind='phone' count='7'/>"));
  const auto html = write_html(made.report("devices"));
  CHECK(html.find("not counted") != std::string::npos);
  CHECK(html.find("at least 8 things") != std::string::npos);
}
