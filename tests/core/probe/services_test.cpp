// SPDX-License-Identifier: MIT
// NAS boxes and services, answered on loopback as their makers document them.
#include <catch2/catch.hpp>

#include "core/base/codec.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "tests/core/probe/time_machine_folder.h"
#include "tests/support/replay_services.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;
namespace fs = std::filesystem;

namespace {

const std::string planted = "planted-secret-9931";
const Secrets secrets = [](const std::string& name) { return name == "nas" ? std::optional<std::string>(planted) : std::nullopt; };

Probe probe_of(Probe::Type type, const std::string& url, const std::string& item = {}) {
  Probe probe;
  probe.id = {"probe-1"};
  probe.backup_id = {"backup-1"};
  probe.type = type;
  probe.url = url;
  probe.item = item;
  probe.account = "watcher";
  probe.secret_name = "nas";
  probe.time_zone = "Europe/Berlin";
  probe.timeout_seconds = Number(10);
  return probe;
}

using Answers = std::map<std::string, std::string>;  ///< what the path, query and body must hold, and the reply's body

/// A server that answers by the first key that occurs in "path?query body".
ReplayOptions answering(Answers answers, int status = 200) {
  ReplayOptions options;
  options.answer = [answers, status](const std::string& method, const std::string& uri, const std::string& body) -> std::optional<CannedReply> {
    const auto asked = method + " " + uri + " " + body;
    for (const auto& [key, reply] : answers)
      if (asked.find(key) != std::string::npos) return CannedReply{status, reply, "text/plain", {}};
    return CannedReply{404, "{}", "application/json", {}};
  };
  return options;
}

Observation measured(Probe::Type type, const ReplayOptions& options, const std::string& item = {}) {
  ReplayServer server(options);
  const auto seen = run_probe(probe_of(type, server.url(), item), secrets, noon_clock());
  UNSCOPED_INFO(seen.detail);
  CHECK(seen.detail.size() > 20);
  for (const auto& hidden : {planted, base64(planted), std::string("sid-of-session")}) {
    CHECK(seen.detail.find(hidden) == std::string::npos);
    CHECK(seen.reply.find(hidden) == std::string::npos);
  }
  return seen;
}

// ---- Synology DSM

const std::string dsm_apis = R"({"data":{"SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"},"SYNO.Storage.CGI.Storage":{"maxVersion":1,"minVersion":1,"path":"entry.cgi"},
 "SYNO.Backup.Task":{"maxVersion":1,"minVersion":1,"path":"entry.cgi"}},"success":true})";
const std::string dsm_login = R"({"data":{"sid":"sid-of-session","synotoken":"token9","did":"x"},"success":true})";
std::string dsm_storage(const std::string& status = "normal") {
  return R"({"data":{"volumes":[{"id":"volume_1","vol_path":"/volume1","status":")" + status + R"(","size":{"total":"4000000000000","used":"1000000000000"}}],"storagePools":[{"id":"reuse_1","status":"normal"}],
 "disks":[{"id":"sata1","name":"Drive 1","status":"normal","exceed_bad_sector_thr":false}]},"success":true})";
}
const std::string dsm_tasks = R"({"data":{"task_list":[{"task_id":3,"name":"Office to cloud","state":"backupable"},{"task_id":4,"name":"Photos"}],"total":2},"success":true})";
std::string dsm_task(const std::string& result, const std::string& success, const std::string& end = "2026/11/24 02:41:07") {
  return R"({"data":{"last_bkp_result":")" + result + R"(","last_bkp_time":"2026/11/24 02:00","last_bkp_end_time":")" + end + R"(","last_bkp_success_time":")" + success +
         R"(","next_bkp_time":"2026/11/25 02:00","last_bkp_error_code":4401},"success":true})";
}
Answers dsm(const std::string& task, const std::string& storage = dsm_storage()) {
  return {{"SYNO.API.Info", dsm_apis}, {"method=login", dsm_login}, {"method=load_info", storage}, {"method=list", dsm_tasks}, {"method=status", task}, {"method=logout", R"({"success":true})"}};
}

}  // namespace

TEST_CASE("a Hyper Backup task is read in the NAS's own time, with health and space") {
  const auto seen = measured(Probe::Type::synology, answering(dsm(dsm_task("done", "2026/11/24 02:41:07"))), "office to cloud");
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-24T01:41:07Z");
  CHECK(to_text(seen.next_run) == "2026-11-25T01:00:00Z");
  CHECK(seen.bytes_total == 4'000'000'000'000);
  CHECK(seen.bytes_free == 3'000'000'000'000);
  CHECK_FALSE(seen.alarm);
  CHECK(seen.item == "Office to cloud");
}

TEST_CASE("a failed Hyper Backup run keeps the point before it, an unknown word is no success, a degraded volume is an alarm") {
  const auto failed = measured(Probe::Type::synology, answering(dsm(dsm_task("failed", "2026/11/20 02:40"))), "3");
  CHECK(failed.outcome == Outcome::failed);
  CHECK(to_text(failed.last_point) == "2026-11-20T01:40:00Z");
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("detached", ""))), "3").outcome == Outcome::unreadable);
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("none", "", ""))), "3").outcome == Outcome::never_backed_up);
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("none", "2026/11/20 02:40"))), "3").outcome == Outcome::read);  // it completed once, whatever came of the last run
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("done", "", ""))), "3").last_point == parse_instant("2026-11-24T01:00:00Z"));  // when it began
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("done", "2031/01/01 00:00"))), "3").outcome == Outcome::unreadable);
  const auto degraded = measured(Probe::Type::synology, answering(dsm(dsm_task("done", "2026/11/24 02:41:07"), dsm_storage("degrade"))), "3");
  CHECK(degraded.alarm);
  CHECK(says(degraded, "degrade"));
  CHECK(says(measured(Probe::Type::synology, answering(dsm(dsm_task("done", "")))), "several tasks"));
}

TEST_CASE("a time of a Hyper Backup task that is told and cannot be read makes its age unknown, whatever other times and its result say") {
  const std::string good = "2026/11/24 02:41:07";
  for (const auto* garbage : {"0000/00/00 00:00", "never", "2026/13/45 99:99", "24.11.2026 02:41", "1795484467", "0001/01/01 00:00", "2031/01/01 00:00"}) {
    for (const auto& [success, end] : {std::pair<std::string, std::string>{garbage, good}, {garbage, ""}, {"", garbage}}) {
      INFO(success << " / " << end);
      const auto seen = measured(Probe::Type::synology, answering(dsm(dsm_task("done", success, end))), "3");
      CHECK(seen.outcome == Outcome::unreadable);
      CHECK(says(seen, "Office to cloud"));
    }
    CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("failed", garbage, good))), "3").outcome != Outcome::read);
  }
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("failed", "never", good))), "3").outcome == Outcome::failed);  // a failure is one without a date, too
  CHECK(measured(Probe::Type::synology, answering(dsm(dsm_task("done", good, "never"))), "3").outcome == Outcome::unreadable);
  for (const auto* wrong : {"5", "[]", "{}", "true"}) {
    INFO(wrong);
    const auto task = R"({"data":{"last_bkp_result":"done","last_bkp_time":"2026/11/24 02:00","last_bkp_end_time":"2026/11/24 02:41","last_bkp_success_time":)" + std::string(wrong) + R"(},"success":true})";
    CHECK(measured(Probe::Type::synology, answering(dsm(task)), "3").outcome == Outcome::unreadable);
  }
}

TEST_CASE("DSM's errors with status 200 are errors, and a refused password is not tried twice") {
  auto answers = dsm(dsm_task("done", ""));
  answers["method=login"] = R"({"error":{"code":400},"success":false})";
  ReplayServer server(answering(answers));
  const auto seen = run_probe(probe_of(Probe::Type::synology, server.url(), "3"), secrets, noon_clock());
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(says(seen, "locks out"));
  CHECK(server.seen().size() == 2);
  answers = dsm(dsm_task("done", ""));
  answers["method=list"] = R"({"error":{"code":105},"success":false})";
  CHECK(says(measured(Probe::Type::synology, answering(answers), "3"), "administrators"));
}

TEST_CASE("a degraded volume is an alarm even where the backup task cannot be told") {
  auto answers = dsm(dsm_task("detached", ""), dsm_storage("crashed"));
  const auto seen = measured(Probe::Type::synology, answering(answers), "3");
  CHECK(seen.outcome == Outcome::failed);
  CHECK(seen.alarm);
  CHECK(says(seen, "crashed"));
  CHECK(says(seen, "detached"));
  answers["method=list"] = "<html>Maintenance</html>";
  CHECK(measured(Probe::Type::synology, answering(answers), "3").alarm);
  const auto unknown = measured(Probe::Type::synology, answering(dsm(dsm_task("detached", ""), dsm_storage(""))), "3");
  CHECK(unknown.outcome == Outcome::unreadable);
  CHECK(unknown.bytes_free == 3'000'000'000'000);
  CHECK(says(unknown, "does not say how these are"));
}

TEST_CASE("a Synology without Hyper Backup tells its health, and no age") {
  auto answers = dsm("");
  answers["SYNO.API.Info"] = R"({"data":{"SYNO.API.Auth":{"maxVersion":7,"path":"entry.cgi"},"SYNO.Storage.CGI.Storage":{"maxVersion":1,"path":"entry.cgi"}},"success":true})";
  const auto seen = measured(Probe::Type::synology, answering(answers));
  CHECK(seen.outcome == Outcome::read);
  CHECK_FALSE(seen.last_point);
  CHECK(measured(Probe::Type::synology, answering(answers), "Office to cloud").outcome == Outcome::unreadable);
}

TEST_CASE("a DSM session that ended is begun once more, and only once") {
  for (const bool for_good : {false, true}) {
    auto told = std::make_shared<int>(0);
    ReplayOptions options = replay_synology(*parse_instant("2026-11-24T01:00:00Z"));
    options.answer = [told, for_good](const std::string&, const std::string&, const std::string& body) -> std::optional<CannedReply> {
      if (body.find("load_info") == std::string::npos || (!for_good && ++*told > 1)) return {};
      return CannedReply{200, R"({"error":{"code":106},"success":false})", "application/json", {}};
    };
    ReplayServer server(options);
    auto probe = probe_of(Probe::Type::synology, server.url());
    const auto seen = run_probe(probe, [](const std::string&) { return std::optional(replay_secret); }, noon_clock());
    INFO(seen.detail);
    CHECK(seen.outcome == (for_good ? Outcome::unreadable : Outcome::read));
    CHECK(server.seen().size() == (for_good ? 6u : 8u));
  }
}

TEST_CASE("what a NAS says in no words of its own is not known, neither well nor failed") {
  for (const auto* storage : {R"({"data":{"volumes":[1,null,"x",[],{}]},"success":true})", R"({"data":[],"success":true})", R"({"data":{"volumes":[{"id":"v","status":5}]},"success":true})", R"({"data":{"disks":[{"id":"d","smart_status":7}]},"success":true})"}) {
    INFO(storage);
    auto answers = dsm("", storage);
    answers["SYNO.API.Info"] = R"({"data":{"SYNO.API.Auth":{"maxVersion":7,"path":"entry.cgi"},"SYNO.Storage.CGI.Storage":{"maxVersion":1,"path":"entry.cgi"}},"success":true})";
    const auto seen = measured(Probe::Type::synology, answering(answers));
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK_FALSE(seen.alarm);
  }
  for (const auto* task : {R"({"data":{"last_bkp_result":5},"success":true})", R"({"data":{"last_bkp_result":"none","last_bkp_success_time":5},"success":true})", R"({"data":[1,2],"success":true})"}) {
    INFO(task);
    CHECK(measured(Probe::Type::synology, answering(dsm(task)), "3").outcome == Outcome::unreadable);
  }
}

TEST_CASE("a password is not sent over an open connection to another network") {
  for (const auto type : {Probe::Type::synology, Probe::Type::qnap, Probe::Type::truenas, Probe::Type::healthchecks, Probe::Type::duplicati}) {
    auto probe = probe_of(type, "http://nas.example.com:5000");
    const auto seen = run_probe(probe, secrets, noon_clock());
    INFO(seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK((says(seen, "was not sent") || says(seen, "https")));
  }
}

// ---- QNAP

TEST_CASE("a QNAP tells its health and space, and what it cannot tell is said") {
  const std::string login = "<?xml version=\"1.0\"?><QDocRoot version=\"1.0\"><authPassed><![CDATA[1]]></authPassed><authSid><![CDATA[sid-of-session]]></authSid></QDocRoot>";
  const std::string good = "<QDocRoot><func><ownContent><sysHealth><status><![CDATA[good]]></status></sysHealth></ownContent></func></QDocRoot>";
  const std::string bad = "<QDocRoot><func><ownContent><sysHealth><status><![CDATA[warning]]></status></sysHealth></ownContent></func></QDocRoot>";
  const std::string usage = "<QDocRoot><volumeList><volume><volumeValue>1</volumeValue><volumeLabel>Data</volumeLabel><volumeStatus>ready</volumeStatus></volume></volumeList>"
                            "<volumeUseList><volumeUse><volumeValue>1</volumeValue><total_size>1000</total_size><free_size>400</free_size><folder_element/></volumeUse>"
                            "<volumeUse><volumeValue>9</volumeValue><total_size>50</total_size><free_size>1</free_size></volumeUse></volumeUseList></QDocRoot>";
  const std::string disks = "<QDocRoot><Disk_Info><entry><HDNo>1</HDNo><Health><![CDATA[OK]]></Health></entry></Disk_Info></QDocRoot>";
  const std::string worn = "<QDocRoot><Disk_Info><entry><HDNo>1</HDNo><Health>OK</Health></entry><entry><HDNo>2</HDNo><Health>Abnormal</Health></entry></Disk_Info></QDocRoot>";
  const auto dying = measured(Probe::Type::qnap, answering({{"authLogin.cgi", login}, {"sysHealth", good}, {"disk_usage", usage}, {"qsmart", worn}}));
  CHECK(dying.alarm);
  CHECK(says(dying, "Disk 2"));
  CHECK_FALSE(measured(Probe::Type::qnap, answering({{"authLogin.cgi", login}, {"sysHealth", good}, {"disk_usage", usage}, {"qsmart", disks}})).alarm);
  const auto seen = measured(Probe::Type::qnap, answering({{"authLogin.cgi", login}, {"sysHealth", good}, {"disk_usage", usage}}));
  CHECK(says(seen, "how its disks are"));
  CHECK(seen.outcome == Outcome::read);
  CHECK_FALSE(seen.last_point);
  CHECK(seen.bytes_total == 1000);
  CHECK(seen.bytes_free == 400);
  CHECK(measured(Probe::Type::qnap, answering({{"authLogin.cgi", login}, {"sysHealth", bad}, {"disk_usage", usage}})).alarm);
  const auto refused = measured(Probe::Type::qnap, answering({{"authLogin.cgi", "<QDocRoot><authPassed><![CDATA[0]]></authPassed></QDocRoot>"}}));
  CHECK(refused.outcome == Outcome::unreadable);
  CHECK(says(refused, "refuses"));
  CHECK(says(measured(Probe::Type::qnap, answering({{"authLogin.cgi", login}, {"sysHealth", "<QDocRoot><authPassed>0</authPassed></QDocRoot>"}})), "ended the session"));
}

TEST_CASE("a real QNAP's answers are understood") {
  const auto folder = shared_data("backup/qnap_login.xml").empty() ? std::string() : fs::path(shared_data("backup/qnap_login.xml")).parent_path().string();
  if (folder.empty()) { WARN("the real QNAP replies are not here: skipped"); return; }
  const auto seen = measured(Probe::Type::qnap, answering({{"authLogin.cgi", read_file(folder + "/qnap_login.xml")}, {"sysHealth", read_file(folder + "/qnap_systemhealth.xml")}, {"disk_usage", read_file(folder + "/qnap_volumes.xml")}}));
  CHECK(seen.outcome == Outcome::read);
  CHECK_FALSE(seen.alarm);
  CHECK(seen.bytes_total == 5'934'928'510'976);
  CHECK(seen.bytes_free == 865'955'594'240);
}

// ---- TrueNAS

namespace {
const std::string pool = R"([{"name":"tank","status":"ONLINE","healthy":true,"size":1000,"allocated":250,"scan":{"errors":0}}])";
std::string replication(const std::string& state, const std::string& finished) {
  return R"([{"name":"Offsite","enabled":true,"state":{"state":")" + state + R"(","datetime":{"$date":1795392000000}},"job":{"state":")" + state + R"(","time_finished":)" + finished + "}}]";
}
Answers truenas(const std::string& tasks, const std::string& pools = pool, const std::string& alerts = "[]") {
  return {{"/api/v2.0/pool ", pools}, {"/alert/list", alerts}, {"/replication", tasks}, {"/cloudsync", "[]"}};
}
}  // namespace

TEST_CASE("a TrueNAS replication is read with its pools and alerts") {
  const auto seen = measured(Probe::Type::truenas, answering(truenas(replication("FINISHED", R"({"$date":1795492800000})"))), "offsite");
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-24T04:00:00Z");
  CHECK(seen.bytes_free == 750);
  CHECK(measured(Probe::Type::truenas, answering(truenas(replication("FAILED", "null"))), "offsite").outcome == Outcome::failed);
  CHECK(measured(Probe::Type::truenas, answering(truenas(replication("RUNNING", "null"))), "offsite").outcome == Outcome::unreadable);
  CHECK(says(measured(Probe::Type::truenas, answering(truenas(replication("FINISHED", "null"))), "nightly"), "Offsite"));
  const auto degraded = measured(Probe::Type::truenas, answering(truenas("[]", R"([{"name":"tank","status":"DEGRADED","healthy":false}])", R"([{"level":"CRITICAL","formatted":"Pool tank is degraded","dismissed":false}])")));
  CHECK(degraded.alarm);
  CHECK(says(degraded, "DEGRADED"));
  const auto both = measured(Probe::Type::truenas, answering(truenas(replication("RUNNING", "null"), R"([{"name":"tank","status":"FAULTED","healthy":false}])")), "offsite");
  CHECK(both.outcome == Outcome::failed);
  CHECK(says(both, "FAULTED"));
}

TEST_CASE("the end of a TrueNAS task that cannot be read is not made up from another time") {
  for (const auto* garbage : {"5", "\"soon\"", "[]", "{}", R"({"$date":"x"})", R"({"$date":1e30})", "true"})
    for (const auto* state : {"FINISHED", "SUCCESS", "PENDING"}) {
      INFO(state << " " << garbage);
      CHECK(measured(Probe::Type::truenas, answering(truenas(replication(state, garbage))), "offsite").outcome == Outcome::unreadable);
    }
  CHECK(measured(Probe::Type::truenas, answering(truenas(replication("FINISHED", "null"))), "offsite").last_point == Instant(1795392000));
}

TEST_CASE("garbage in place of pools, states and dates is no failure and no alarm") {
  for (const auto* pools : {R"([1,null,"x",[],{}])", R"([{"name":"tank"}])", R"([{"name":"tank","status":5,"healthy":"x"}])", R"([{"name":7,"status":"ONLINE"}])", R"([{"name":"tank","status":"\u0001<b>"}])"}) {
    INFO(pools);
    const auto seen = measured(Probe::Type::truenas, answering(truenas("[]", pools)));
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK_FALSE(seen.alarm);
  }
  CHECK_FALSE(measured(Probe::Type::truenas, answering(truenas("[]", pool, R"([1,null,"x",[],{},{"level":5}])"))).alarm);
  for (const auto* when : {R"({"$date":1000000000000000000})", R"({"$date":1180591620717411303424})", R"({"$date":-1})", R"({"$date":0})", R"({"$date":"x"})", R"({"$date":1.5e12})", "[]", "5"}) {
    INFO(when);
    auto tasks = R"([{"name":"Offsite","enabled":true,"state":{"state":"FINISHED","datetime":)" + std::string(when) + R"(},"job":{"state":"SUCCESS","time_finished":)" + when + "}}]";
    const auto seen = measured(Probe::Type::truenas, answering(truenas(tasks)), "offsite");
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK_FALSE(says(seen, "future"));
  }
}

TEST_CASE("tasks whose names differ only as people type them are asked about, the one typed letter for letter is taken") {
  const auto tasks = std::string(R"([{"name":"B\u00fcro","job":{"state":"SUCCESS","time_finished":{"$date":1795492800000}}},{"name":"Bu\u0308ro","job":{"state":"FAILED"}},{"name":"Mina\u2019s","job":{"state":"SUCCESS","time_finished":{"$date":1795492800000}}}])");
  CHECK(measured(Probe::Type::truenas, answering(truenas(tasks)), "B\xC3\xBCro").outcome == Outcome::read);
  CHECK(measured(Probe::Type::truenas, answering(truenas(tasks)), "Bu\xCC\x88ro").outcome == Outcome::failed);
  CHECK(says(measured(Probe::Type::truenas, answering(truenas(tasks)), "BÜRO"), "Several tasks"));
  CHECK(measured(Probe::Type::truenas, answering(truenas(tasks)), "mina's").outcome == Outcome::read);
}

// ---- healthchecks

namespace {
std::string check_of(const std::string& status, const std::string& ping) {
  return R"({"checks":[{"name":"Nightly dump","slug":"nightly-dump","status":")" + status + R"(","last_ping":)" + ping + R"(,"next_ping":"2026-11-25T02:00:00+00:00","n_pings":5,"unique_key":"a6c7"}]})";
}
}  // namespace

TEST_CASE("a check that is up gives its last ping, one that is down a failure, a new one never ran") {
  const auto up = measured(Probe::Type::healthchecks, answering({{"/api/v3/checks/", check_of("up", R"("2026-11-24T02:10:00+00:00")")}}), "nightly-dump");
  CHECK(up.outcome == Outcome::read);
  CHECK(to_text(up.last_point) == "2026-11-24T02:10:00Z");
  CHECK(measured(Probe::Type::healthchecks, answering({{"/api/v3/checks/", check_of("down", R"("2026-11-22T02:10:00+00:00")")}})).outcome == Outcome::failed);
  CHECK(measured(Probe::Type::healthchecks, answering({{"/api/v3/checks/", check_of("new", "null")}})).outcome == Outcome::never_backed_up);
  CHECK(measured(Probe::Type::healthchecks, answering({{"/api/v3/checks/", check_of("up", "null")}})).outcome == Outcome::unreadable);
  CHECK(measured(Probe::Type::healthchecks, answering({{"/api/v3/checks/", check_of("odd", R"("2026-11-24T02:10:00+00:00")")}})).outcome == Outcome::unreadable);
  CHECK(says(measured(Probe::Type::healthchecks, answering({{"/api/v3/checks/", check_of("up", "null")}}), "weekly"), "Nightly dump"));
}

// ---- Duplicati

TEST_CASE("a Duplicati job gives its last completed run, and a later error is a failure") {
  const auto job = [](const std::string& metadata) { return R"([{"Backup":{"ID":"1","Name":"Books","Metadata":{)" + metadata + "}}}]"; };
  const auto read = [&](const std::string& metadata) {
    return measured(Probe::Type::duplicati, answering({{"/auth/login", R"({"AccessToken":"sid-of-session"})"}, {"/api/v1/backups", job(metadata)}}), "books");
  };
  const auto fine = read(R"("LastBackupFinished":"20261124T021500Z","LastBackupDate":"20261124T020000Z","TargetFilesSize":"123456","BackupListCount":"31")");
  CHECK(fine.outcome == Outcome::read);
  CHECK(to_text(fine.last_point) == "2026-11-24T02:15:00Z");
  CHECK(fine.bytes_used == 123456);
  CHECK(fine.history_count == 31);
  const auto failed = read(R"("LastBackupFinished":"20261120T021500Z","LastErrorDate":"20261124T020100Z","LastErrorMessage":"Disk full")");
  CHECK(failed.outcome == Outcome::failed);
  CHECK(to_text(failed.last_point) == "2026-11-20T02:15:00Z");
  CHECK(says(failed, "Disk full"));
  CHECK(read("").outcome == Outcome::never_backed_up);
  CHECK(read(R"("LastBackupFinished":"yesterday")").outcome == Outcome::unreadable);
  for (const auto* key : {"LastBackupDate", "LastBackupFinished", "LastErrorDate"})
    for (const auto* garbage : {"5", "[]", "{}", "true"}) CHECK(read("\"" + std::string(key) + "\":" + garbage).outcome == Outcome::unreadable);
  CHECK(read(R"("LastErrorDate":"soon")").outcome == Outcome::unreadable);
  const std::string good = R"("LastBackupFinished":"20261124T021500Z")";
  for (const auto* garbage : {"soon", "20261399T020000Z", "2026-11-24 02:00", "20771124T020000Z"}) {
    INFO(garbage);
    CHECK(read(good + R"(,"LastErrorDate":")" + garbage + "\"").outcome == Outcome::unreadable);  // it may have failed since
    CHECK(read(R"("LastBackupDate":"20261124T020000Z","LastBackupFinished":")" + std::string(garbage) + "\"").outcome == Outcome::unreadable);
    CHECK(read(good + R"(,"LastBackupDate":")" + garbage + "\"").outcome == (std::string(garbage).starts_with("2077") ? Outcome::read : Outcome::unreadable));
  }
  CHECK(read(good + R"(,"LastErrorDate":"00010101T000000Z")").outcome == Outcome::read);  // its way to say never
  CHECK(read(R"("BackupListCount":"3")").outcome == Outcome::unreadable);  // three versions, and no time of any
  CHECK(measured(Probe::Type::duplicati, answering({{"/auth/login", R"({"AccessToken":"sid-of-session"})"}, {"/api/v1/backups", R"([{"Backup":{"ID":"1","Name":"Books"}}])"}})).outcome == Outcome::unreadable);
}

TEST_CASE("a report that Duplicati sent is read from where it is kept") {
  const auto folder = fresh_folder();
  const auto report = [&](const std::string& data, const std::string& extra = R"({"backup-name":"Books"})") {
    put(folder + "/report.json", R"({"Data":)" + data + R"(,"Extra":)" + extra + "}");
    auto probe = probe_of(Probe::Type::duplicati, folder + "/report.json");
    probe.secret_name.clear();
    auto seen = run_probe(probe, secrets, noon_clock());
    UNSCOPED_INFO(seen.detail);
    CHECK(seen.detail.size() > 20);
    return seen;
  };
  const auto fine = report(R"({"MainOperation":"Backup","ParsedResult":"Success","BeginTime":"2026-11-24T02:00:00.1234567Z","EndTime":"2026-11-24T02:15:00.1234567Z"})");
  CHECK(fine.outcome == Outcome::read);
  CHECK(to_text(fine.last_point) == "2026-11-24T02:15:00Z");
  CHECK(fine.item == "Books");
  CHECK_FALSE(fine.warned);
  const auto warned = report(R"({"MainOperation":"Backup","ParsedResult":"Warning","EndTime":"2026-11-24T02:15:00Z"})");
  CHECK(warned.outcome == Outcome::read);
  CHECK(warned.warned);
  CHECK(says(warned, "with warnings"));
  CHECK(report(R"({"MainOperation":"Backup","ParsedResult":"Fatal","EndTime":"2026-11-24T02:15:00Z"})").outcome == Outcome::failed);
  CHECK(report(R"({"MainOperation":"Restore","ParsedResult":"Success","EndTime":"2026-11-24T02:15:00Z"})").outcome == Outcome::unreadable);
  CHECK(report(R"({"MainOperation":"Backup","ParsedResult":"Unknown","EndTime":"2026-11-24T02:15:00Z"})").outcome == Outcome::unreadable);
  CHECK(report(R"({"MainOperation":"Backup","ParsedResult":"Success","EndTime":"0001-01-01T00:00:00Z"})").outcome == Outcome::unreadable);
  CHECK(report(R"({"MainOperation":"Backup","ParsedResult":"Success","EndTime":"2077-01-01T00:00:00Z"})").outcome == Outcome::unreadable);
  CHECK(report("[]").outcome == Outcome::unreadable);
  for (const std::string& bytes : {std::string("{\"Data\":"), std::string("<html/>"), std::string(), std::string(9 << 20, '[')}) {
    put(folder + "/report.json", bytes);
    CHECK(run_probe(probe_of(Probe::Type::duplicati, folder + "/report.json"), secrets, noon_clock()).outcome == Outcome::unreadable);
  }
  CHECK(run_probe(probe_of(Probe::Type::duplicati, folder + "/none.json"), secrets, noon_clock()).outcome == Outcome::unreadable);
}

// ---- CrashPlan by a user's own login

TEST_CASE("a CrashPlan user's own login works, and single sign-on and second factors have their own sentences") {
  auto options = answering({{"/api/v3/auth/jwt", R"({"data":{"v3_user_token":"sid-of-session"}})"},
                            {"/api/v1/Computer", R"({"data":{"totalCount":1,"computers":[)" + crashplan_computer("PC", "84", "\"2026-11-24T01:00:00.000-06:00\"") + "]}}"}});
  CHECK(measured(Probe::Type::crashplan, options).outcome == Outcome::read);
  for (const auto& [kind, words] : std::map<std::string, std::string>{{"CLOUD_SSO", "single sign-on"}, {"LOCAL_2FA", "second device"}}) {
    options.answer = [kind = kind](const std::string&, const std::string& uri, const std::string&) -> std::optional<CannedReply> {
      if (uri.find("LoginConfiguration") != std::string::npos) return CannedReply{200, R"({"data":{"loginType":")" + kind + R"("}})", "application/json", {}};
      return CannedReply{401, R"([{"name":"SYSTEM","description":"Could not authenticate user"}])", "text/html", {}};
    };
    CHECK(says(measured(Probe::Type::crashplan, options), words));
  }
}

// ---- whatever a server sends

TEST_CASE("no service is taken for well when its server sends something else") {
  const Probe::Type services[] = {Probe::Type::synology, Probe::Type::qnap, Probe::Type::truenas, Probe::Type::healthchecks, Probe::Type::duplicati, Probe::Type::crashplan};
  const std::string bodies[] = {"", "<html><body>Log in</body></html>", "{", "null", "[]", "{}", "[1,2", R"({"data":7,"success":"yes","checks":{},"error":5})", R"({"error":{"code":119},"success":false})",
                                std::string(100'000, '['), "<QDocRoot><authPassed>1", std::string("\xff\xfe\x00\x01", 4), R"([{"name":1,"status":null,"Backup":[]}])"};
  for (const auto type : services)
    for (const auto& body : bodies)
      for (const int status : {200, 500}) {
        INFO("type " << static_cast<int>(type) << " status " << status << " body " << body.substr(0, 60));
        const auto seen = measured(type, answering({{" /", body}}, status));
        const bool states_health_only = type == Probe::Type::truenas && body.starts_with("[");
        if (!states_health_only) CHECK(seen.outcome == Outcome::unreadable);
        CHECK_FALSE(seen.last_point);
      }
}
