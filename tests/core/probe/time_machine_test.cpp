// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <thread>

#include "core/probe/probe_time_machine.h"
#include "tests/core/probe/time_machine_folder.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;
namespace fs = std::filesystem;

TEST_CASE("A mounted share tells each Mac's newest restore point") {
  const auto share = share_of_two_macs();
  const auto fresh = read(time_machine_probe(share, "front desk"));
  INFO(fresh.detail);
  CHECK(fresh.outcome == Outcome::read);
  CHECK(to_text(fresh.last_point) == "2026-11-24T08:00:00Z");
  CHECK(fresh.history_count == 3);
  CHECK(fresh.bytes_used == 4000000000000);
  CHECK(fresh.bytes_free == 100);
  CHECK(fresh.item == "Front Desk.sparsebundle");
  CHECK(fresh.probe_id.text == "probe-1");
  CHECK(fresh.backup_id.text == "backup-1");
  CHECK(fresh.read_at == noon());
  CHECK(fresh.uuid.size() == 36);
  CHECK_FALSE(fresh.alarm);

  const auto stale = read(time_machine_probe("file://" + share, "M\xC3\xBCller & Co"));
  CHECK(stale.outcome == Outcome::read);
  CHECK(to_text(stale.last_point) == "2026-11-03T08:00:00Z");
  CHECK(stale.history_count == 1);
}

TEST_CASE("The address may be the bundle itself") {
  const auto seen = read(time_machine_probe(share_of_two_macs() + "/Front Desk.sparsebundle/"));
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::read);
  CHECK(seen.item == "Front Desk.sparsebundle");
}

TEST_CASE("Several bundles and no name: the probe asks which one, and names them") {
  const auto share = share_of_two_macs();
  const auto several = read(time_machine_probe(share));
  CHECK(several.outcome == Outcome::unreadable);
  CHECK(says(several, "Front Desk"));
  CHECK(says(several, "M\xC3\xBCller"));
  const auto other = read(time_machine_probe(share, "Nobody's Mac"));
  CHECK(other.outcome == Outcome::unreadable);
  CHECK(says(other, "Front Desk"));
}

TEST_CASE("A bundle belongs to a computer with or without the identifier that macOS adds") {
  CHECK(is_bundle_of("MacBook Pro.sparsebundle", "macbook pro"));
  CHECK(is_bundle_of("MacBook Pro 6D2F5A0E-0B1C-4C7E-9A53-1C4F0A7B2E11.sparsebundle", "MacBook Pro"));
  CHECK(is_bundle_of("MacBook Pro_0016cb8b4c4a.backupbundle", "MacBook Pro"));
  CHECK(is_bundle_of("MacBook Pro.backupbundle", "MacBook Pro.backupbundle"));
  CHECK_FALSE(is_bundle_of("MacBook Pro 2.sparsebundle", "MacBook Pro"));
  CHECK_FALSE(is_bundle_of("MacBook Pro of Ann.sparsebundle", "MacBook Pro"));
  CHECK_FALSE(is_bundle_of("MacBook Pro.sparsebundle", ""));
}

TEST_CASE("A bundle is found by its Mac's name as people type it, and of two alike the one typed letter for letter") {
  const fs::path share = fresh_folder();
  put(share / "Mina’s MacBook.sparsebundle" / history_name, history({"2026-11-24T08:00:00Z"}));
  put(share / "Bu\xCC\x88ro.sparsebundle" / history_name, history({"2026-11-24T09:00:00Z"}));
  CHECK(read(time_machine_probe(share.string(), "Mina's MacBook")).last_point == parse_instant("2026-11-24T08:00:00Z"));
  CHECK(read(time_machine_probe(share.string(), "B\xC3\xBCro")).last_point == parse_instant("2026-11-24T09:00:00Z"));
  put(share / "Mina's MacBook.sparsebundle" / history_name, history({"2026-11-20T08:00:00Z"}));
  CHECK(read(time_machine_probe(share.string(), "Mina's MacBook")).last_point == parse_instant("2026-11-20T08:00:00Z"));
  CHECK(read(time_machine_probe(share.string(), "Mina’s MacBook")).last_point == parse_instant("2026-11-24T08:00:00Z"));
  CHECK(says(read(time_machine_probe(share.string(), "mina's macbook")), "Several Time Machine bundles"));
}

TEST_CASE("A key file that cannot be used is told by its own name") {
  auto probe = time_machine_probe("sftp://127.0.0.1:1/tm/", "Front Desk");
  probe.account = "watcher";
  probe.secret_name = "nas";
  const auto said = [&](const std::string& secret) {
    const auto seen = read(probe, [&](const std::string& name) { return name == "nas" ? std::optional<std::string>(secret) : std::nullopt; });
    INFO(seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    return seen;
  };
  const fs::path folder = fresh_folder();
  CHECK(says(said("key:" + (folder / "none").string()), "is not on this computer"));
  CHECK(says(said("key:" + folder.string()), "cannot be read"));
  CHECK(says(said("key:id_ed25519"), "whole path"));
  CHECK(says(said("key:"), "names no file"));
  put(folder / "id", "no key at all");
  CHECK(says(said("key:" + (folder / "id").string()), "Nothing answers"));
}

TEST_CASE("A failed verification is an alarm, and the last point stays known") {
  const auto share = share_of_two_macs();
  put(share + "/Front Desk.sparsebundle/" + machine_name, machine_id(2));
  const auto failed = read(time_machine_probe(share, "Front Desk"));
  CHECK(failed.outcome == Outcome::failed);
  CHECK(failed.alarm);
  CHECK(failed.last_point);
  CHECK(says(failed, "start over"));
  put(share + "/Front Desk.sparsebundle/" + machine_name, machine_id(1, "<key>RecoveryBackupDeclinedDate</key><date>2026-11-20T08:00:00Z</date>"));
  const auto declined = read(time_machine_probe(share, "Front Desk"));
  CHECK(declined.outcome == Outcome::failed);
  CHECK(declined.alarm);
}

TEST_CASE("A failed verification is told even where the history cannot be read") {
  const auto share = share_of_two_macs();
  put(share + "/Front Desk.sparsebundle/" + machine_name, machine_id(2));
  fs::remove(share + "/Front Desk.sparsebundle/" + history_name);
  const auto seen = read(time_machine_probe(share, "Front Desk"));
  CHECK(seen.outcome == Outcome::failed);
  CHECK(seen.alarm);
  CHECK_FALSE(seen.last_point);
}

TEST_CASE("Damaged, cut, foreign and dubious histories are never read as fine") {
  const auto share = share_of_two_macs();
  const auto file = share + "/Front Desk.sparsebundle/" + history_name;
  const auto whole = history({"2026-11-24T08:00:00Z"});
  for (const auto& bytes : {std::string(), whole.substr(0, whole.size() - 30), whole.substr(0, 60), std::string("<html><body>Sign in</body></html>"),
                            std::string("bplist00garbage"), std::string(200, '\0'), plist("<key>Snapshots</key><string>none</string>"), plist(""),
                            history({"2027-11-24T08:00:00Z"}), history({"2026-11-24T08:00:00Z", "2031-01-01T00:00:00Z"}), history({"0000-00-00T00:00:00Z"}),
                            history({"1970-01-01T00:00:00Z"}), history({"garbage"}), plist("<key>Snapshots</key><array><dict/></array>")}) {
    put(file, bytes);
    const auto seen = read(time_machine_probe(share, "Front Desk"));
    INFO(bytes << "\n" << seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK_FALSE(seen.last_point);
    CHECK(seen.detail.size() > 20);
  }
}

TEST_CASE("A history that is away for a moment is read at the second look") {
  const auto share = share_of_two_macs();
  const auto file = share + "/Front Desk.sparsebundle/" + history_name;
  fs::rename(file, file + ".tmp");
  std::thread mac([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    fs::rename(file + ".tmp", file);
  });
  const auto seen = read(time_machine_probe(share, "Front Desk"));
  mac.join();
  CHECK(seen.outcome == Outcome::read);
}

TEST_CASE("An empty history and an unfinished first backup are no backup yet") {
  const auto share = share_of_two_macs();
  put(share + "/Front Desk.sparsebundle/" + history_name, history({}));
  CHECK(read(time_machine_probe(share, "Front Desk")).outcome == Outcome::never_backed_up);
  fs::create_directories(share + "/New Mac 2026-11-24-101500.incomplete");
  const auto fresh = read(time_machine_probe(share, "New Mac"));
  CHECK(fresh.outcome == Outcome::never_backed_up);
  CHECK(says(fresh, "unfinished"));
}

TEST_CASE("What a broken-off backup left behind is told") {
  const auto share = share_of_two_macs();
  const auto left = share + "/Front Desk.sparsebundle/" + results_name + ".tmp";
  put(left, "");
  fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(24 * 365 * 20));
  const auto seen = read(time_machine_probe(share, "Front Desk"));
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::read);
  CHECK(says(seen, "broken off"));
}

TEST_CASE("An absent, unreadable or nonsensical address gets its own sentence") {
  for (const char* url : {"", "/no/such/folder", "file:///no/such/folder", "file://other-host/share", "sftp://nas/share", "gopher://x/", "http://", "http://user:pw@127.0.0.1/"}) {
    const auto seen = read(time_machine_probe(url));
    INFO(url << ": " << seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK(seen.detail.size() > 20);
    CHECK(seen.detail.find("pw@") == std::string::npos);
  }
  const auto empty = fresh_folder();
  CHECK(says(read(time_machine_probe(empty)), "No Time Machine bundle"));
}

TEST_CASE("A bundle that is not on a share that answers is told as nothing there, one on a share that does not answer is not") {
  const auto share = share_of_two_macs();
  auto seen = read(time_machine_probe(share, "Nobody's Mac"));
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(seen.history_count == 0);
  CHECK(says(seen, "There are: “Front Desk.sparsebundle”"));
  fs::remove_all(share + "/Front Desk.sparsebundle");
  CHECK(read(time_machine_probe(share, "Front Desk")).history_count == 0);
  // The address of the bundle itself: the folder above it answers.
  seen = read(time_machine_probe(share + "/Front Desk.sparsebundle/"));
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(seen.history_count == 0);
  CHECK(says(seen, "No Time Machine bundle of “Front Desk.sparsebundle” is there."));
  // A folder that is not there, or an empty one on which a disk may belong, says nothing.
  seen = read(time_machine_probe(share + "/nowhere", "Front Desk"));
  CHECK(seen.history_count == -1);
  CHECK(read(time_machine_probe(share + "/nowhere/Front Desk.sparsebundle")).history_count == -1);
  fs::create_directories(share + "/disk");
  for (const auto* address : {"/disk", "/disk/Front Desk.sparsebundle"}) {
    seen = read(time_machine_probe(share + address, std::string(address).size() > 5 ? "" : "Front Desk"));
    INFO(seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK(seen.history_count == -1);
    CHECK(says(seen, "not mounted"));
  }
}

TEST_CASE("A bundle whose Mac is known by its hardware is missed only where every bundle says whose it is") {
  const auto share = share_of_two_macs();
  const std::string id = "0A1B2C3D-0000-4000-8000-00000000F222";
  CHECK(read(time_machine_probe(share, id)).history_count == -1);
  for (const auto* name : {"Front Desk", "M\xC3\xBCller & Co 0F1E2D3C-AA"}) put(share + "/" + name + ".sparsebundle/" + machine_name, machine_id(1, "<key>com.apple.backupd.HostUUID</key><string>another</string>"));
  CHECK(read(time_machine_probe(share, id)).history_count == 0);
}

TEST_CASE("A bundle that is away for a moment is found at the second look") {
  const auto share = share_of_two_macs();
  const auto bundle = share + "/Front Desk.sparsebundle";
  fs::rename(bundle, share + "/aside");
  std::thread mac([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    fs::rename(share + "/aside", bundle);
  });
  const auto seen = read(time_machine_probe(share, "Front Desk"));
  mac.join();
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::read);
}
