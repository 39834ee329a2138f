// SPDX-License-Identifier: MIT
// What a Mac says about its own Time Machine, brought into a plan.
#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/exchange/import_time_machine.h"
#include "tests/support/plans.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;

namespace {

std::string settings(const std::string& destination, const std::string& more = {}) {
  return "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict>" + more + "<key>Destinations</key><array>" + destination + "</array></dict></plist>";
}

std::string destination(const std::string& points, const std::string& more = {}) {
  std::string dates;
  for (std::size_t at = 0; at < points.size(); at += 20) dates += "<date>" + points.substr(at, 20) + "</date>";
  return "<dict><key>DestinationID</key><string>5B33C22B-A4A1-4024-A2F5-C9979C4AAAAA</string><key>LastKnownVolumeName</key><string>Vault</string><key>SnapshotDates</key><array>" + dates + "</array>" + more +
         "</dict>";
}

const std::string days = "2026-11-01T08:00:00Z2026-11-20T08:00:00Z2026-11-10T08:00:00Z";

Observation only_reading(const std::string& bytes) {
  const auto preview = read_time_machine(Plan(), bytes, "com.apple.TimeMachine.plist");
  REQUIRE(preview.readings.size() == 1);
  return preview.readings.front();
}

}  // namespace

TEST_CASE("A Mac's own settings give the newest restore point, and add a backup where none fits") {
  const auto bytes = settings(destination(days, "<key>NetworkURL</key><string>smb://anna:pw@vault._smb._tcp.local/tm</string><key>BytesUsed</key><integer>5</integer>"));
  CHECK(looks_like_time_machine(bytes, "x"));
  auto preview = read_time_machine(Plan(), bytes, "com.apple.TimeMachine.plist");
  CHECK(preview.added == 1);
  const auto& seen = preview.readings.at(0);
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-20T08:00:00Z");
  CHECK(to_text(seen.oldest_point) == "2026-11-01T08:00:00Z");
  CHECK(to_text(seen.read_at) == "2026-11-20T08:00:00Z");  // no fresher than the newest date in the file
  CHECK(seen.history_count == 3);
  const auto plan = applied(Plan(), preview.change);
  REQUIRE(plan.backups.size() == 1);
  REQUIRE(plan.probes.size() == 1);
  CHECK(plan.probes[0].url == "smb://vault.local/tm");
  CHECK(plan.probes[0].account == "anna");
  CHECK(seen.backup_id == plan.backups[0].id);
  const auto again = read_time_machine(plan, bytes, "com.apple.TimeMachine.plist");
  CHECK(again.added == 0);
  CHECK(again.change.edits.empty());
  CHECK(again.readings.at(0).uuid == seen.uuid);
}

TEST_CASE("A run that failed after the last good one is a failure, and one that was put off is none") {
  const std::string attempt = "<key>AttemptDates</key><array><date>2026-11-22T08:00:00Z</date></array>";
  const auto failed = only_reading(settings(destination(days, attempt + "<key>RESULT</key><integer>28</integer>")));
  CHECK(failed.outcome == Outcome::failed);
  CHECK(failed.detail.find("no space") != std::string::npos);
  CHECK(to_text(failed.last_attempt) == "2026-11-22T08:00:00Z");
  CHECK(only_reading(settings(destination(days, attempt + "<key>RESULT</key><integer>100</integer>"))).outcome == Outcome::read);
  CHECK(only_reading(settings(destination(days, attempt + "<key>RESULT</key><integer>501</integer>"))).alarm);
  CHECK(only_reading(settings(destination(days, attempt + "<key>RESULT</key><integer>9999</integer>"))).outcome == Outcome::failed);
  CHECK(only_reading(settings(destination("", attempt))).outcome == Outcome::never_backed_up);
  CHECK(only_reading(settings(destination("2026-11-20T08:00:00Z2990-01-01T00:00:00Z"))).history_count == 1);  // a date in the future is none
  CHECK_FALSE(read_time_machine(Plan(), settings(destination(days), "<key>AutoBackup</key><false/>"), "x").findings.empty());
}

TEST_CASE("Settings without a target, damaged ones and odd ones are told and add nothing") {
  CHECK(read_time_machine(Plan(), "<plist><dict><key>AutoBackup</key><true/></dict></plist>", "x").findings.size() == 1);
  CHECK_THROWS_AS(read_time_machine(Plan(), "bplist00AutoBackup", "x"), Error);
  CHECK_THROWS_AS(read_time_machine(Plan(), "<plist><dict><key>AutoBackup</key>", "x"), Error);
  CHECK(read_time_machine(Plan(), settings("<string>x</string><dict/>" + destination(days) + destination(days)), "x").added == 1);
  CHECK_FALSE(looks_like_time_machine("<plist><dict/></plist>", "x"));
}

TEST_CASE("The settings and the tmutil output of real Macs are read") {
  for (const char* name : {"backup/tm_preferences_bplist.plist", "backup/tmutil_destinationinfo.xml"}) {
    const auto path = shared_data(name);
    if (path.empty()) { WARN(name << " is not here: skipped"); continue; }
    CHECK(read_time_machine(Plan(), read_file(path), name).added == 1);
  }
}
