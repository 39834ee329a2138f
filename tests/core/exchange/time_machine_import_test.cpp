// SPDX-License-Identifier: MIT
// What a Mac says about its own Time Machine, brought into a plan.
#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/exchange/import_time_machine.h"
#include "core/exchange/import_tmutil.h"
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

TEST_CASE("What tmutil status says in XML is told and adds nothing") {
  const std::string running = "<plist version=\"1.0\"><dict><key>BackupPhase</key><string>Copying</string><key>ClientID</key><string>com.apple.backupd</string><key>Running</key><true/></dict></plist>";
  const std::string idle = "<plist version=\"1.0\"><dict><key>ClientID</key><string>com.apple.backupd</string><key>Percent</key><string>-1</string><key>Running</key><integer>0</integer></dict></plist>";
  for (const auto& [bytes, words] : {std::pair{running, "it copies"}, {idle, "No Time Machine backup was running"}}) {
    CHECK(looks_like_time_machine(bytes, "status"));
    const auto preview = read_time_machine(Plan(), bytes, "status");
    CHECK(preview.change.empty());
    CHECK(preview.readings.empty());
    REQUIRE(preview.findings.size() == 1);
    CHECK(preview.findings[0].severity == Severity::info);
    CHECK(preview.findings[0].message.find(words) != std::string::npos);
  }
}

TEST_CASE("The list of backups that tmutil prints gives the newest point in the Mac's own zone") {
  const std::string list = "/Volumes/.timemachine/43210DFB-AEEE-4BB1-856B-4FCFC4475480/2026-06-22-071617.backup/2026-06-22-071617.backup\n"
                           "/Volumes/.timemachine/43210DFB-AEEE-4BB1-856B-4FCFC4475480/2026-06-20-071617.backup/2026-06-20-071617.backup\n";
  CHECK(looks_like_tmutil(list, "x"));
  const auto plan = testing::plan("<site id='s' name='Shop' time_zone='Europe/Berlin'/><backup id='b' name='Anna to NAS' method='time_machine' site_id='s'/><backup id='c' name='Cloud' method='crashplan'/>");
  const auto preview = read_tmutil(plan, list, "list.txt");
  CHECK(preview.change.empty());
  REQUIRE(preview.readings.size() == 1);
  const auto& seen = preview.readings[0];
  CHECK(seen.backup_id == Id{"b"});
  CHECK(to_text(seen.last_point) == "2026-06-22T05:16:17Z");
  CHECK(to_text(seen.oldest_point) == "2026-06-20T05:16:17Z");
  CHECK(to_text(seen.read_at) == "2026-06-22T05:16:17Z");
  CHECK(seen.history_count == 2);
  CHECK(read_tmutil(plan, list, "list.txt").readings[0].uuid == seen.uuid);
}

TEST_CASE("A single path is no count, and times alone are a list too") {
  const auto plan = testing::plan("<site id='s' name='Shop' time_zone='UTC'/><backup id='b' name='Anna to NAS' method='time_machine' site_id='s'/>");
  const auto one = read_tmutil(plan, "/Volumes/Vault/Backups.backupdb/anna/2026-06-22-071617\n", "latest.txt");
  CHECK(one.added == 1);  // the path names a computer that no probe names: a backup of its own
  REQUIRE(one.readings.size() == 1);
  CHECK(one.readings[0].history_count == -1);
  CHECK(one.readings[0].item == "anna");
  const auto grown = applied(plan, one.change);
  CHECK(read_tmutil(grown, "/Volumes/Vault/Backups.backupdb/anna/2026-06-22-071617\n", "latest.txt").added == 0);
  const auto times = read_tmutil(plan, "2026-06-21-071617\r\n2026-06-22-071617\r\n", "x.txt");
  REQUIRE(times.readings.size() == 1);
  CHECK(to_text(times.readings[0].last_point) == "2026-06-22T07:16:17Z");
}

TEST_CASE("Where several backups may be meant, the name of the file decides, or nothing is guessed") {
  const auto plan = testing::plan("<backup id='b' name='Anna to NAS' method='time_machine'/><backup id='c' name='Till to NAS' method='time_machine'/><probe id='p' name='x' backup_id='c' type='time_machine' item='Till iMac'/>");
  const std::string list = "/Volumes/.timemachine/4321/2026-06-22-071617.backup\n";
  const auto asked = read_tmutil(plan, list, "list.txt");
  CHECK(asked.readings.empty());
  CHECK(asked.change.empty());
  CHECK(asked.findings.at(0).message.find("Till to NAS") != std::string::npos);
  CHECK(read_tmutil(plan, list, "Till iMac.txt").readings.at(0).backup_id == Id{"c"});
  CHECK(read_tmutil(plan, "/Volumes/V/Backups.backupdb/Till iMac/2026-06-22-071617\n", "list.txt").readings.at(0).backup_id == Id{"c"});
}

TEST_CASE("The targets that tmutil prints as text are those it prints as XML") {
  const std::string text = "====================================================\nName          : Vault & Sons\nKind          : Network\nURL           : smb://anna@nas._smb._tcp.local./TimeMachine\nID            : 9168-F4\n"
                                           "====================================================\nName          : Disk\nKind          : Local\nMount Point   : /Volumes/Disk\nID            : 511D\n";
  CHECK(looks_like_tmutil(text, "x"));
  const auto preview = read_tmutil(Plan(), text, "info.txt");
  CHECK(preview.added == 2);
  const auto plan = applied(Plan(), preview.change);
  CHECK(plan.backups.at(0).name.find("Vault & Sons") != std::string::npos);
  CHECK(plan.probes.at(0).account == "anna");
}

TEST_CASE("A complaint of tmutil, a status as text, and odd texts are told for what they are") {
  for (const auto* words : {"No machine directory found for host.\n", "tmutil: No destinations configured.\n", "Error Domain=NSPOSIXErrorDomain Code=1 \"Operation not permitted\"\n",
                            "Backup session status:\n{\n    ClientID = \"com.apple.backupd\";\n    Percent = \"-1\";\n    Running = 0;\n}", "No destinations configured.\n"}) {
    INFO(words);
    CHECK(looks_like_tmutil(words, "x"));
    const auto preview = read_tmutil(Plan(), words, "x");
    CHECK(preview.findings.size() == 1);
    CHECK(preview.change.empty());
    CHECK(preview.readings.empty());
  }
  const auto running = read_tmutil(Plan(), "Backup session status:\n{\n    BackupPhase = Copying;\n    Running = 1;\n}", "x");
  CHECK(running.findings.at(0).message.find("it copies") != std::string::npos);
  for (const auto* words : {"", "name,kind\nx,y\n", "/Volumes/x/2026-13-01-000000\n", "/Volumes/x/2026-01-01-250000\n", "2026-01-01\n", "hello 2026-01-01-120000\n"}) {
    INFO(words);
    CHECK_FALSE(looks_like_tmutil(words, "x"));
  }
  CHECK_THROWS_AS(read_tmutil(Plan(), "something else", "x"), Error);
  CHECK(read_tmutil(Plan(), "2999-01-01-000000\n", "x").readings.empty());
  ImportOptions earlier;  // the given clock decides what lies in the future
  earlier.clock = [] { return *parse_instant("2020-01-01T00:00:00Z"); };
  CHECK(read_tmutil(Plan(), "2021-01-01-000000\n", "x", earlier).readings.empty());
  CHECK(read_tmutil(Plan(), "2019-01-01-000000\n", "x", earlier).readings.size() == 1);
}
