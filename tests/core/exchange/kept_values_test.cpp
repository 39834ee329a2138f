// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/exchange/importer.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const auto shop = R"(<person id="mia" name="Mia" phone="111" job="Owner" site_id="a"/><site id="a" name="Shop"/><site id="b" name="Depot"/>)";

ImportOptions typing(bool take_list = false) {
  ImportOptions options;
  options.typed = [](const Id& id, std::string_view field) { return id.text == "mia" && (field == "phone" || field == "site_id"); };
  options.take_list = take_list;
  return options;
}

ImportPreview read(const std::string& name, std::string_view text, bool take_list = false) {
  const auto path = testing::fresh_folder() + "/" + name;
  write_file(path, text);
  return import_file(testing::plan(shop), path, {}, typing(take_list));
}

std::vector<std::string> told(const ImportPreview& preview) {
  std::vector<std::string> sentences;
  for (const auto& finding : preview.findings) sentences.push_back(finding.message);
  return sentences;
}

}  // namespace

TEST_CASE("a table of Mainstay's own replaces nothing that a person typed, says each value that it leaves, and brings the rest") {
  const auto rows = "id,name,phone,job,site_id\nmia,Mia,222,Manager,b\n";
  auto preview = read("person.csv", rows);
  auto next = applied(testing::plan(shop), preview.change);
  CHECK(next.people[0].phone == "111");
  CHECK(next.people[0].site_id.text == "a");
  CHECK(next.people[0].job == "Manager");
  CHECK(preview.updated == 1);
  CHECK(preview.against_typed == 2);
  CHECK(told(preview) == std::vector<std::string>{"“Mia”, Mobile phone: kept: you typed “111”, the list (person.csv) says “222”.", "“Mia”, Works at: kept: you typed “Shop”, the list (person.csv) says “Depot”."});

  preview = read("person.csv", rows, true);
  next = applied(testing::plan(shop), preview.change);
  CHECK(next.people[0].phone == "222");
  CHECK(next.people[0].site_id.text == "b");
  CHECK(preview.against_typed == 2);
  CHECK(told(preview).front() == "“Mia”, Mobile phone: replaced: you typed “111”, the list (person.csv) says “222”.");
}

TEST_CASE("plan XML that leaves a typed value out does not empty it, and that is said") {
  const auto xml = R"(<plan format="1"><person id="mia" name="Mia" site_id="a"/></plan>)";
  auto preview = read("plan.xml", xml);
  CHECK(applied(testing::plan(shop), preview.change).people[0].phone == "111");
  CHECK(applied(testing::plan(shop), preview.change).people[0].job.empty());
  CHECK(told(preview) == std::vector<std::string>{"“Mia”, Mobile phone: kept: you typed “111”, the list (plan.xml) says nothing."});
  CHECK(applied(testing::plan(shop), read("plan.xml", xml, true).change).people[0].phone.empty());
}

TEST_CASE("a file that says what was typed is told of in no way") {
  const auto preview = read("person.csv", "id,name,phone\nmia,Mia,111\n");
  CHECK(preview.against_typed == 0);
  CHECK(preview.findings.empty());
  CHECK(preview.change.empty());
}
