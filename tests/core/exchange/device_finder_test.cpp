// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/file.h"
#include "core/exchange/device_finder.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

constexpr int many = 5000;

SeenDevice seen(std::initializer_list<std::pair<std::string_view, std::string>> fields, std::initializer_list<std::pair<std::string_view, std::string>> facts = {}) {
  SeenDevice device;
  device.set("name", "Laptop");
  for (const auto& [field, text] : fields) device.set(field, text);
  for (const auto& [name, text] : facts) device.fact(name, text);
  return device;
}

/// `many` devices of one name that `one` tells apart, as a plan and as a list.
struct Fleet {
  explicit Fleet(SeenDevice (*one)(int)) {
    Inventory inventory;
    for (int i = 0; i < many; ++i) inventory.devices.push_back(one(i));
    plan = applied(Plan(), preview_inventory(Plan(), inventory, {{}, Date::of(2026, 11, 24)}).change);
    listed = listed_devices(inventory.devices, findings);
  }
  Plan plan;
  std::vector<Finding> findings;
  std::vector<ListedDevice> listed;
};

SeenDevice by_serial(int i) { return seen({{"serial", "SN" + std::to_string(i)}, {"model", "ProBook 640"}}); }
SeenDevice by_other_serial(int i) { return seen({{"serial", "NX" + std::to_string(i)}, {"model", "ProBook 640"}}); }
SeenDevice by_tag(int i) { return seen({{"model", "ProBook 640"}}, {{"asset_tag", "T-" + std::to_string(i)}}); }
SeenDevice by_address(int i) { return seen({{"model", "ProBook 640"}}, {{"mac_address", "0200000" + std::to_string(10000 + i)}}); }
SeenDevice by_model(int i) { return seen({{"model", "ProBook " + std::to_string(i)}}); }
SeenDevice by_person(int i) { return seen({{"model", "ProBook 640"}}, {{"used_by", "Person " + std::to_string(i)}}); }

}  // namespace

TEST_CASE("thousands of devices of one name are told apart by what they have, each found again, with work that grows with their number") {
  const auto one = GENERATE(by_serial, by_tag, by_address, by_model, by_person);
  Fleet fleet(one);
  REQUIRE(fleet.plan.devices.size() == many);
  REQUIRE(fleet.listed.size() == many);
  const DeviceFinder finder(fleet.plan, fleet.listed, fleet.findings);
  for (std::size_t i = 0; i < many; ++i) REQUIRE(finder[i].found == i);
  CHECK(finder.comparisons() <= 4 * many);
}

TEST_CASE("thousands of new devices of a name that thousands bear already are held against none of them in turn") {
  Fleet known(by_serial), others(by_other_serial);
  const DeviceFinder finder(known.plan, others.listed, others.findings);
  for (std::size_t i = 0; i < many; ++i) REQUIRE_FALSE(finder[i].found);
  CHECK(finder.comparisons() <= 4 * many);
}

TEST_CASE("where thousands of a name could each be any of thousands, nothing tells which, and that is said without comparing them all") {
  Fleet people(by_person), serials(by_serial);
  const DeviceFinder finder(people.plan, serials.listed, serials.findings);
  CHECK(finder.comparisons() < 2'100'000);
  CHECK(std::count_if(serials.findings.begin(), serials.findings.end(), [](const Finding& f) { return f.rule_id == "import.row"; }) == many);
}

TEST_CASE("a model spelled in two ways is one device where its identifier says so, however many bear its name") {
  Inventory inventory;
  for (int i = 0; i < 40; ++i) inventory.devices.push_back(seen({{"model", "Mac " + std::to_string(i)}, {"model_identifier", "Mac" + std::to_string(i) + ",1"}}));
  const auto plan = applied(Plan(), preview_inventory(Plan(), inventory, {{}, Date::of(2026, 11, 24)}).change);
  std::vector<Finding> findings;
  auto listed = listed_devices({seen({{"model", "Macintosh the seventh"}, {"model_identifier", "Mac7,1"}})}, findings);
  const DeviceFinder finder(plan, listed, findings);
  CHECK(finder[0].found == 7u);
}

TEST_CASE("repeats far apart in a long list of one name are one device each") {
  std::vector<SeenDevice> entries;
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 1000; ++i) entries.push_back(by_model(i));
  std::vector<Finding> findings;
  CHECK(listed_devices(entries, findings).size() == 1000);
}
