// SPDX-License-Identifier: MIT
// Many bundles on one share, found, matched to the devices, and measured.
#include <catch2/catch.hpp>

#include "core/discover.h"
#include "core/model/graph.h"
#include "tests/core/probe/time_machine_folder.h"

using namespace mainstay;
using namespace mainstay::testing;
namespace fs = std::filesystem;

namespace {

const Secrets a_secret = [](const std::string&) { return std::optional<std::string>("pw"); };

std::string machine(const std::string& uuid, const std::string& model, const std::string& address = "00:00:00:00:00:00") {
  return machine_id(1, "<key>com.apple.backupd.HostUUID</key><string>" + uuid + "</string><key>com.apple.backupd.ModelID</key><string>" + model +
                           "</string><key>com.apple.backupd.BackupMachineAddress</key><string>" + address + "</string>");
}

const std::string till = "0A1B2C3D-0000-4000-8000-00000000T111", office = "0A1B2C3D-0000-4000-8000-00000000F222", stray = "0A1B2C3D-0000-4000-8000-00000000A333";

void bundle(const fs::path& share, const std::string& name, const std::string& machine_list, const std::string& day = "2026-11-24") {
  put(share / name / history_name, history({day + "T08:00:00Z"}));
  if (!machine_list.empty()) put(share / name / machine_name, machine_list);
}

struct Shared {
  fs::path share = fresh_folder();
  std::string more;
  Plan plan() const {
    return testing::plan("<site id='s' name='Shop'/><device id='d1' name='Till' model_identifier='iMac21,1' unique_id='" + till + "'/><device id='d2' name='Anna’s MacBook Pro'/>"
                         "<activity id='x' name='Sell' rpo_minutes='1440'/><resource id='r' name='Sales' kind='data'/><link id='l1' from_id='r' to_id='d1' kind='needs'/><link id='l2' from_id='x' to_id='r' kind='needs'/>"
                         "<backup id='b' name='NAS' method='time_machine' place='on_site' site_id='s' destination='Shop NAS'/>"
                         "<probe id='p' name='Share' backup_id='b' type='time_machine' url='" + share.string() + "' account='watcher' secret_name='nas' every_minutes='60' time_zone='Europe/Berlin'/>" + more);
  }
  Discovery look(const Plan& plan) const {
    const auto search = find_bundles(plan.probes.at(0), a_secret, noon_clock());
    INFO(search.problem);
    CHECK(search.problem.empty());
    return match_bundles(plan, plan.probes.at(0), search.bundles);
  }
};

const MatchedBundle& named(const Discovery& found, const std::string& start) {
  for (const auto& match : found.bundles)
    if (match.bundle.name.starts_with(start)) return match;
  FAIL("no bundle " << start);
  return found.bundles.front();
}

}  // namespace

TEST_CASE("bundles on a share are read with whose they say they are") {
  Shared it;
  bundle(it.share, "Till iMac.sparsebundle", machine(till, "iMac21,1", "a4:83:e7:00:11:22"));
  bundle(it.share, "Nobody.sparsebundle", "");
  put(it.share / "notes.txt", "x");
  const auto search = find_bundles(it.plan().probes[0], a_secret, noon_clock());
  REQUIRE(search.bundles.size() == 2);
  CHECK(search.bundles[0].name == "Nobody.sparsebundle");
  CHECK(search.bundles[0].host_uuid.empty());
  CHECK(search.bundles[1].host_uuid == till);
  CHECK(search.bundles[1].model == "iMac21,1");
  CHECK(search.bundles[1].network_address == "a4:83:e7:00:11:22");
  CHECK(to_text(search.bundles[1].reading.last_point) == "2026-11-24T08:00:00Z");
}

TEST_CASE("each bundle is matched by its surest sign, and what is new is measured and protected") {
  Shared it;
  bundle(it.share, "Whatever it is called.sparsebundle", machine(till, "iMac21,1"));
  bundle(it.share, "Annas-MacBook-Pro.sparsebundle", machine(office, "MacBookPro18,3"));
  bundle(it.share, "Warehouse 0F1E2D3C-AA00.sparsebundle", machine(stray, "MacBookAir10,1"));
  const auto plan = it.plan();
  const auto found = it.look(plan);
  CHECK(found.added == 3);
  CHECK(named(found, "Whatever").device_id == Id{"d1"});
  CHECK(named(found, "Whatever").why.find("hardware UUID") != std::string::npos);
  CHECK(named(found, "Annas").device_id == Id{"d2"});
  CHECK(named(found, "Annas").why.find("name") != std::string::npos);
  CHECK(named(found, "Warehouse").is_new_device);
  CHECK(named(found, "Warehouse").computer == "Warehouse");
  const auto grown = applied(plan, found.change);
  REQUIRE(grown.backups.size() == 4);
  REQUIRE(grown.probes.size() == 4);
  REQUIRE(grown.devices.size() == 3);
  CHECK(grown.devices[2].unique_id == stray);
  CHECK(grown.devices[2].kind == Device::Kind::laptop);
  const auto* probe = find_in(grown.probes, named(found, "Annas").probe_id);
  REQUIRE(probe);
  CHECK(probe->item == "Annas-MacBook-Pro.sparsebundle");
  CHECK(probe->account == "watcher");
  CHECK(probe->secret_name == "nas");
  CHECK(probe->time_zone == "Europe/Berlin");
  const auto* backup = find_in(grown.backups, named(found, "Annas").backup_id);
  CHECK(backup->place == Backup::Place::on_site);
  CHECK(backup->destination == "Shop NAS");
  // The till's data set the RPO of its new backup.
  const auto rpo = inherited_rpo(grown, Graph(grown), named(found, "Whatever").backup_id);
  CHECK(rpo.activity_id == Id{"x"});
  CHECK(rpo.data_id == Id{"r"});
  CHECK(found.remarks.size() == 1);  // the first probe names no computer
  // What was added reads what it is for.
  CHECK(read(*probe, a_secret).outcome == Observation::Outcome::read);
}

TEST_CASE("the same again adds nothing, and what is measured already is left alone") {
  Shared it;
  it.more = "<backup id='c' name='Anna' method='time_machine'/><probe id='q' name='Anna' backup_id='c' type='time_machine' url='" + it.share.string() + "/' item='Annas MacBook'/>";
  bundle(it.share, "Annas MacBook.sparsebundle", machine(office, "MacBookPro18,3"));
  bundle(it.share, "Till iMac.sparsebundle", machine(till, "iMac21,1"));
  const auto plan = it.plan();
  const auto found = it.look(plan);
  CHECK(found.added == 1);
  CHECK(found.known == 1);
  CHECK(named(found, "Annas").probe_id == Id{"q"});
  const auto grown = applied(plan, found.change);
  const auto again = it.look(grown);
  CHECK(again.added == 0);
  CHECK(again.known == 2);
  CHECK(again.change.empty());
}

TEST_CASE("one bundle alone is what a probe without a name measures") {
  Shared it;
  bundle(it.share, "Till iMac.sparsebundle", machine(till, "iMac21,1"));
  const auto found = it.look(it.plan());
  CHECK(found.known == 1);
  CHECK(found.change.empty());
  CHECK(found.remarks.empty());
}

TEST_CASE("an older set of the same computer is shown and not measured") {
  Shared it;
  bundle(it.share, "Till iMac.sparsebundle", machine(till, "iMac21,1"), "2026-05-01");
  bundle(it.share, "Till iMac 1.sparsebundle", machine(till, "iMac21,1"), "2026-11-24");
  const auto found = it.look(it.plan());
  CHECK(found.added == 1);
  CHECK(named(found, "Till iMac.").left_out);
  CHECK_FALSE(named(found, "Till iMac 1").left_out);
}

TEST_CASE("two devices that fit equally are no match, and neither is another computer of the same name") {
  Shared it;
  it.more = "<device id='d3' name='Lab Mac'/><device id='d4' name='Lab-Mac'/><device id='d5' name='Studio' unique_id='" + office + "'/><device id='d6' name='Mini' model_identifier='Macmini9,1'/>";
  bundle(it.share, "Lab Mac.sparsebundle", "");
  bundle(it.share, "Studio.sparsebundle", machine(stray, "Mac13,1"));
  bundle(it.share, "Unnamed.sparsebundle", machine("0A1B2C3D-0000-4000-8000-00000000B444", "Macmini9,1"));
  const auto found = it.look(it.plan());
  CHECK(named(found, "Lab").device_id.empty());
  CHECK_FALSE(named(found, "Lab").is_new_device);
  CHECK(named(found, "Lab").why.find("several devices") != std::string::npos);
  CHECK(named(found, "Studio").is_new_device);
  CHECK(named(found, "Unnamed").device_id == Id{"d6"});
  CHECK(named(found, "Unnamed").why.find("not certain") != std::string::npos);
}

TEST_CASE("a network address noted at a device finds its bundle") {
  Shared it;
  it.more = "<attribute id='a' subject_id='d2' name='wifi_mac' value='A4-83-E7-00-11-22'/>";
  bundle(it.share, "Other name.sparsebundle", machine(office, "MacBookPro18,3", "a4:83:e7:00:11:22"));
  bundle(it.share, "Zero.sparsebundle", machine(stray, "MacBookPro18,3"));
  const auto found = it.look(it.plan());
  CHECK(named(found, "Other").device_id == Id{"d2"});
  CHECK(named(found, "Zero").is_new_device);  // an address of zeros is none
}

TEST_CASE("a share that is empty, missing or full of odd names is told and breaks nothing") {
  Shared it;
  CHECK_FALSE(find_bundles(it.plan().probes[0], a_secret, noon_clock()).problem.empty());
  auto probe = it.plan().probes[0];
  probe.url = "/nowhere/at/all";
  CHECK_FALSE(find_bundles(probe, a_secret, noon_clock()).problem.empty());
  probe.url = "gopher://x";
  CHECK_FALSE(find_bundles(probe, a_secret, noon_clock()).problem.empty());
  bundle(it.share, "bad\xff.sparsebundle", machine(till, "iMac21,1"));
  bundle(it.share, "=cmd().sparsebundle", machine(office, "<b>&"));
  fs::create_directories(it.share / "empty.sparsebundle");
  put(it.share / "torn.sparsebundle" / machine_name, "<plist><dict><key>com.apple");
  const auto found = it.look(it.plan());
  CHECK(found.bundles.size() == 4);
  CHECK(named(found, "bad").left_out);
  CHECK_NOTHROW(applied(it.plan(), found.change));
}
