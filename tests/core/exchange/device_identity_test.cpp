// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/exchange/importer.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const ImportOptions today{{}, Date::of(2026, 11, 24)};

std::string written(std::string_view rows) {
  const auto path = testing::fresh_folder() + "/list.csv";
  write_file(path, rows);
  return path;
}

/// Imports the list twice; the second time nothing may change.
Plan taken(const Plan& plan, std::string_view rows, std::vector<Finding>* findings = nullptr) {
  const auto path = written(rows);
  const auto preview = import_file(plan, path, "devices", today);
  if (findings) *findings = preview.findings;
  const auto next = applied(plan, preview.change);
  const auto again = import_file(next, path, "devices", today);
  CHECK(again.added == 0);
  CHECK(again.updated == 0);
  return next;
}

int told(const std::vector<Finding>& findings, std::string_view rule, std::string_view words = {}) {
  return static_cast<int>(std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.rule_id == rule && f.message.find(words) != std::string::npos; }));
}

}  // namespace

TEST_CASE("tablets with a tag each and no serial number are as many devices as they are tags") {
  std::vector<Finding> findings;
  const auto plan = taken(Plan(), "Name,Asset Tag,Model\niPad,T1,iPad\niPad,T2,iPad\niPad,T3,iPad\n", &findings);
  CHECK(plan.devices.size() == 3);
  CHECK(findings.empty());
  // A new list knows them again by their tags, whatever its order and their names.
  const auto renamed = written("Name,Asset Tag,Model,OS Version\nPad three,T3,iPad,17\niPad,T1,iPad,16\n");
  const auto preview = import_file(plan, renamed, "devices", today);
  CHECK(preview.added == 0);
  CHECK(preview.updated == 2);
}

TEST_CASE("two makes that share a serial number both stay, and the lines are named") {
  std::vector<Finding> findings;
  const auto plan = taken(Plan(), "Name,Serial Number,Manufacturer,Model\nHP laptop,SER1,HP,ProBook\nDell PC,SER1,Dell,OptiPlex\nScale,S2,Mettler,Viva\n", &findings);
  CHECK(plan.devices.size() == 3);
  REQUIRE(findings.size() == 1);
  CHECK(told(findings, "import.clash", "line 2, line 3") == 1);
  CHECK(told(findings, "import.clash", "manufacturer") == 1);
}

TEST_CASE("entries that share a serial number and differ in model, tag or, where no model tells, name stay apart") {
  CHECK(taken(Plan(), "Name,Serial Number,Manufacturer,Model\nA,S,Dell,OptiPlex\nB,S,Dell,Latitude\n").devices.size() == 2);
  CHECK(taken(Plan(), "Name,Serial Number,Asset Tag\nA,S,T1\nA,S,T2\n").devices.size() == 2);
  CHECK(taken(Plan(), "Name,Serial Number,Asset Tag\nA,S1,T\nA,S2,T\n").devices.size() == 2);
  CHECK(taken(Plan(), "Name,Serial Number,OS Version\nA,S,1\nB,S,1\n").devices.size() == 2);
}

TEST_CASE("an entry that repeats another, or says more of the same device, is told") {
  std::vector<Finding> findings;
  CHECK(taken(Plan(), "Name,Serial Number,Model\nA,S,M\nB,S2,M\nA,S,M\n", &findings).devices.size() == 2);
  CHECK(told(findings, "import.repeats", "line 2, line 4") == 1);
  const auto plan = taken(Plan(), "Name,Serial Number,Model,OS Version,Last Seen\nA,S,M,12,2026-01-01\nA new,S,M,13,2026-02-01\n", &findings);
  REQUIRE(plan.devices.size() == 1);
  CHECK(plan.devices[0].os_version == "13");
  CHECK(plan.devices[0].name == "A");
  CHECK(told(findings, "import.joined", "“A new”") == 1);
  CHECK(taken(Plan(), "Name,Model\niPad,iPad\niPad,iPad\n", &findings).devices.size() == 1);
  CHECK(told(findings, "import.repeats", "If they are several") == 1);
}

TEST_CASE("an entry without any key is not the one of that name that has a key") {
  const auto plan = taken(Plan(), "Name,Serial Number,Model\niPad,,iPad\niPad,S1,iPad\niPad,S2,iPad\n");
  CHECK(plan.devices.size() == 3);
}

TEST_CASE("a key that another device of the plan bears adds a device and says so") {
  const auto plan = testing::plan(R"(<device id="d" name="HP laptop" brand="HP" model="ProBook" serial="SER1"/>)");
  const auto preview = import_file(plan, written("Name,Serial Number,Manufacturer,Model\nDell PC,SER1,Dell,OptiPlex\n"), "devices", today);
  CHECK(preview.added == 1);
  REQUIRE(told(preview.findings, "import.apart", "HP laptop") == 1);
}

TEST_CASE("a device that bears a new tag, or whose model another program spells otherwise, is the same device and that is told") {
  const auto plan = testing::plan(R"(<device id="d" name="Till" brand="Dell" model="OptiPlex 3050" serial="S1"/><attribute id="a" subject_id="d" name="asset_tag" value="T1"/>)");
  auto preview = import_file(plan, written("Name,Serial Number,Asset Tag,Model\nTill,S1,T9,OptiPlex 3050\n"), "devices", today);
  CHECK(preview.updated == 1);
  CHECK(told(preview.findings, "import.differs", "asset tag") == 1);
  preview = import_file(plan, written("Name,Serial Number,Model\nTill,S1,Dell OptiPlex 3050 Micro\n"), "devices", today);
  CHECK(preview.added == 0);
  CHECK(preview.findings.size() == 1);
  CHECK(told(preview.findings, "import.followed", "changed from “OptiPlex 3050”") == 1);
}

TEST_CASE("what an import brought follows the next list, and what a person typed stays; either is a sentence that names old and new") {
  const auto plan = testing::plan(R"(<device id="d" name="Till" brand="Dell" model="OptiPlex 3050" serial="S1" kind="laptop" purchased_on="2015-01-01" source="list.csv"/>)");
  const auto list = written("Name,Serial Number,Model,Kind,Purchase Date\nFront till,S1,OptiPlex 3060,desktop,2016-05-05\n");
  auto options = today;
  options.typed = [](const Id&, std::string_view field) { return field == "model"; };
  auto preview = import_file(plan, list, "devices", options);
  auto device = applied(plan, preview.change).devices.at(0);
  CHECK(device.name == "Front till");
  CHECK(device.kind == Device::Kind::desktop);
  CHECK(device.purchased_on == *parse_date("2016-05-05"));
  CHECK(device.model == "OptiPlex 3050");
  CHECK(told(preview.findings, "import.kept", "kept: you typed “OptiPlex 3050”") == 1);
  CHECK(told(preview.findings, "import.followed", "Name: changed from “Till”") == 1);
  CHECK(told(preview.findings, "import.followed", "to “5 May 2016”") == 1);
  options.take_list = true;
  preview = import_file(plan, list, "devices", options);
  CHECK(applied(plan, preview.change).devices.at(0).model == "OptiPlex 3060");
  CHECK(told(preview.findings, "import.replaced", "replaced: you typed “OptiPlex 3050”") == 1);
}

TEST_CASE("a list that says less of a model than another program does not take away what a recall is matched by") {
  const auto list = written("Name,Serial Number,Model\nTill,S1,HP ProBook\n");
  const auto plan = [](const std::string& source) { return testing::plan("<device id='d' name='Till' model='HP ProBook 640 G2' serial='S1' source='" + source + "'/>"); };
  const auto preview = import_file(plan("Jamf"), list, "devices", today);
  CHECK(applied(plan("Jamf"), preview.change).devices.at(0).model == "HP ProBook 640 G2");
  CHECK(told(preview.findings, "import.less", "says only “HP ProBook”") == 1);
}

TEST_CASE("a list without names renames nothing") {
  const auto plan = testing::plan(R"(<device id="d" name="Till" model="OptiPlex 3050" serial="S1"/>)");
  const auto next = taken(plan, "Serial Number,Model\nS1,OptiPlex 3050\n");
  CHECK(next.devices.at(0).name == "Till");
}

TEST_CASE("numbers that a spreadsheet rounded are no keys") {
  CHECK(taken(Plan(), "Name,Serial Number,Model\nA,1.23457E+11,M\nB,1.23457E+11,M\n").devices.size() == 2);
  CHECK(taken(Plan(), "Name,IMEI,Model\nA,3.5E+14,M\nB,3.5E+14,M\n").devices.size() == 2);
}

TEST_CASE("several of one name in the plan that nothing tells apart are left alone") {
  const auto plan = testing::plan(R"(<device id="a" name="iPad"/><device id="b" name="iPad"/>)");
  const auto preview = import_file(plan, written("Name,Model\niPad,iPad\n"), "devices", today);
  CHECK(preview.change.edits.size() <= 4);  // the list itself is remembered
  CHECK(preview.added == 0);
  CHECK(told(preview.findings, "import.row", "nothing tells which") == 1);
}

TEST_CASE("ten thousand entries with one placeholder for a serial number are read in a moment") {
  std::string rows = "Name,Serial Number,Asset Tag\n";
  for (int i = 0; i < 10'000; ++i) rows += "Device " + std::to_string(i) + ",SYSSERIAL,T" + std::to_string(i) + "\n";
  const auto plan = taken(Plan(), rows);
  CHECK(plan.devices.size() == 10'000);
}

TEST_CASE("what a person typed stays where an inventory says otherwise, unless the inventory's values are asked for") {
  const auto plan = testing::plan(R"(<device id="d" name="Phone" serial="MINE123" unique_id="U1" os_build="13D20"/><attribute id="a" subject_id="d" name="encrypted" value="yes"/>)");
  auto options = today;
  options.typed = [](const Id& id, std::string_view field) { return (id.text == "d" && field == "serial") || (id.text == "a" && field == "value"); };
  const auto path = written("Name,Serial Number,UDID,OS Build,Encrypted\nPhone,F2LTESTAAAA1,U1,13D15,no\n");
  auto preview = import_file(plan, path, "devices", options);
  auto next = applied(plan, preview.change);
  REQUIRE(next.devices.size() == 1);
  CHECK(next.devices[0].serial == "MINE123");
  CHECK(next.devices[0].os_build == "13D15");
  CHECK(next.attributes[0].value == "yes");
  CHECK(preview.against_typed == 2);
  CHECK(told(preview.findings, "import.kept", "you typed “MINE123”") == 1);
  options.take_list = true;
  preview = import_file(plan, path, "devices", options);
  next = applied(plan, preview.change);
  CHECK(next.devices[0].serial == "F2LTESTAAAA1");
  CHECK(next.attributes[0].value == "no");
  CHECK(told(preview.findings, "import.kept") == 0);
}

TEST_CASE("a device list is told without serial numbers, by German headers, by Mainstay's own names and behind Excel's first line") {
  for (const auto* rows : {"Name,Type,Manufacturer,Model,Model Identifier,OS,OS Version,OS Build\nA,Laptop,Apple,MacBook Pro,,macOS,12.1,21C\n",
                           "sep=;\r\nGerätename;Hersteller;Modell;Seriennummer;Kaufdatum\r\nKasse;HP;450 G5;S7;2018-01-02\r\n",
                           "\"sep=,\"\nName,Kind,Brand,Model,How many,Bought in,Made\nPlug,Wall plug adapter,Apple,A1561,3,Australia,2010-01-01\n"}) {
    INFO(rows);
    const auto preview = import_file(Plan(), written(rows), {}, today);
    CHECK(preview.added == 1);
    CHECK(preview.findings.empty());
  }
  const auto plan = taken(Plan(), "Name,Kind,Asset type,Count,Made on,Region,Purchased,Modell,Quality\nA,Wall plug adapter,,3,2010-01-01,Deutschland,2011-01-01,X,q\n");
  REQUIRE(plan.devices.size() == 1);
  const auto& device = plan.devices[0];
  CHECK(device.kind == Device::Kind::wall_plug);
  CHECK(device.count.count == 3);
  CHECK(to_text(device.made_on) == "2010-01-01");
  CHECK(to_text(device.purchased_on) == "2011-01-01");
  CHECK(Device::info().field("sale_region")->text(&device) == "europe");
  CHECK(device.model == "X");
  for (const auto& field : Device::info().fields)
    for (const auto name : {field.key, field.label}) {
      const auto columns = device_columns(Plan(), written("Thing," + std::string(name) + "\nA,1\n"));
      INFO(name);
      if (columns) CHECK(columns->columns[1].target.has_value());
    }
}

TEST_CASE("a list that was once called one of devices is known by its header the next time") {
  const auto path = written("Label,Serial,Shelf\nA,S1,x\n");
  CHECK_THROWS(import_file(Plan(), path, {}, today));
  const auto plan = applied(Plan(), import_file(Plan(), path, "devices", today).change);
  CHECK(import_file(plan, path, {}, today).unchanged == 1);
}

TEST_CASE("cells beyond the header and words that name no kind or region are told") {
  const auto preview = import_file(Plan(), written("Name,Type,Region,Model,Serial\nA,Gizmo,Atlantis,M,S1,more\nB,Laptop,US,M,S2\nC,Laptop,US,M,S3,,\n"), {}, today);
  CHECK(preview.added == 3);
  CHECK(told(preview.findings, "import.surplus", "line 2") == 1);
  CHECK(told(preview.findings, "import.kinds", "“Gizmo”") == 1);
  CHECK(told(preview.findings, "import.regions", "“Atlantis”") == 1);
}
