// SPDX-License-Identifier: MIT
#include "tests/support/replay_services.h"

#include "core/base/codec.h"
#include "core/base/time_zone.h"

namespace mainstay::testing {
namespace {

const std::string session = "session-of-replay";

CannedReply json(const std::string& body, int status = 200) { return {status, body, "application/json", {}}; }
CannedReply xml(const std::string& members) { return {200, "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<QDocRoot version=\"1.0\">\n" + members + "</QDocRoot>", "text/xml", {}}; }
std::string cdata(const std::string& name, const std::string& text) { return "<" + name + "><![CDATA[" + text + "]]></" + name + ">"; }

std::string header(const ReplayRequest& request, const std::string& name) {
  const auto at = request.headers.find(name);
  return at == request.headers.end() ? std::string() : at->second;
}

/// `2026/11/24 02:00:00`, the wall clock of the NAS.
std::string dsm_time(Instant when) {
  const auto wall = wall_time("Europe/Berlin", when).value_or(WallTime{when.date(), 0});
  auto text = to_text(Instant(wall.day.days * std::int64_t{86400} + wall.seconds)).substr(0, 19);
  text[4] = text[7] = '/';
  text[10] = ' ';
  return text;
}

CannedReply dsm_error(int code) { return json(R"({"error":{"code":)" + std::to_string(code) + R"(},"success":false})"); }
CannedReply dsm_data(const std::string& data) { return json(R"({"data":)" + data + R"(,"success":true})"); }

CannedReply dsm_answer(const ReplayRequest& request, Instant completed) {
  const auto api = request.field("api"), method = request.field("method");
  if (request.path == "/webapi/query.cgi" && api == "SYNO.API.Info")
    return dsm_data(R"({"SYNO.API.Auth":{"maxVersion":7,"minVersion":1,"path":"entry.cgi"},"SYNO.Storage.CGI.Storage":{"maxVersion":1,"minVersion":1,"path":"entry.cgi"},)"
                    R"("SYNO.Backup.Task":{"maxVersion":1,"minVersion":1,"path":"entry.cgi"}})");
  if (api == "SYNO.API.Auth" && method == "login")
    return request.field("account") == replay_user && request.field("passwd") == replay_secret ? dsm_data(R"({"did":"x1","sid":")" + session + R"(","synotoken":"token-of-replay"})") : dsm_error(400);
  if (request.field("_sid") != session || (method != "logout" && header(request, "x-syno-token") != "token-of-replay")) return dsm_error(119);
  if (method == "logout") return json(R"({"success":true})");
  if (method == "load_info")
    return dsm_data(R"({"volumes":[{"id":"volume_1","vol_path":"/volume1","status":"normal","fs_type":"btrfs","size":{"total":"4000000000000","used":"1000000000000"}}],)"
                    R"("storagePools":[{"id":"reuse_1","status":"normal","device_type":"shr_with_1_disk_protect"}],)"
                    R"("disks":[{"id":"sata1","name":"Drive 1","status":"normal","smart_status":"normal","temp":31,"exceed_bad_sector_thr":false,"below_remain_life_thr":false}]})");
  if (method == "list") return dsm_data(R"({"is_restoring":false,"task_list":[{"task_id":3,"name":"Office to cloud","state":"backupable","status":"none","target_type":"image","data_enc":true}],"total":1})");
  if (method == "status" && request.field("task_id") == "3" && request.field("additional").find("last_bkp_time") != std::string::npos)
    return dsm_data(R"({"state":"backupable","last_bkp_result":"done","last_bkp_error_code":4401,"last_bkp_time":")" + dsm_time(completed.plus_minutes(-30)) + R"(","last_bkp_end_time":")" + dsm_time(completed) +
                    R"(","last_bkp_success_time":")" + dsm_time(completed) + R"(","next_bkp_time":")" + dsm_time(completed.plus_minutes(24 * 60)) + R"("})");
  return dsm_error(103);
}

std::optional<CannedReply> qnap_answer(const ReplayRequest& request) {
  if (request.path == "/cgi-bin/authLogin.cgi") {
    const bool known = request.field("user") == replay_user && request.field("pwd") == base64(replay_secret);
    return xml(known ? cdata("authPassed", "1") + cdata("authSid", session) + cdata("isAdmin", "1") : cdata("authPassed", "0"));
  }
  if (request.field("sid") != session) return xml(cdata("authPassed", "0"));
  const std::string passed = cdata("authPassed", "1");
  if (request.path == "/cgi-bin/management/manaRequest.cgi") return xml(passed + "<func><name><![CDATA[S_MENU_40]]></name><ownContent><sysHealth>" + cdata("status", "good") + "</sysHealth></ownContent></func>");
  if (request.path == "/cgi-bin/management/chartReq.cgi")
    return xml(passed + "<volumeList><volume>" + cdata("volumeStat", "raid5") + cdata("volumeStatus", "0") + cdata("volumeValue", "1") + cdata("volumeLabel", "DataVol1") + "</volume></volumeList><volumeUseList><volumeUse>" +
               cdata("volumeValue", "1") + cdata("total_size", "5934928510976") + cdata("free_size", "865955594240") + "<folder_element>" + cdata("sharename", "Shared") + cdata("used_size", "4770844930048") +
               "</folder_element></volumeUse><volumeUse>" + cdata("volumeValue", "2") + cdata("total_size", "0") + cdata("free_size", "0") + "<folder_element></folder_element></volumeUse></volumeUseList>");
  if (request.path == "/cgi-bin/disk/qsmart.cgi")
    return xml(passed + "<Disk_Info><entry>" + cdata("HDNo", "1") + cdata("Health", "OK") + "<Temperature>" + cdata("oC", "33") + "</Temperature></entry></Disk_Info>");
  return {};
}

std::optional<CannedReply> truenas_answer(const ReplayRequest& request, Instant completed) {
  if (header(request, "authorization") != "Bearer " + replay_secret) return json("", 401);
  const auto stamp = R"({"$date":)" + std::to_string(completed.seconds * 1000) + "}";
  if (request.path == "/api/v2.0/pool")
    return json(R"([{"id":1,"guid":"7321","name":"tank","status":"ONLINE","healthy":true,"size":8000000000000,"allocated":2000000000000,"free":6000000000000,"scan":{"function":"SCRUB","state":"FINISHED","errors":0}}])");
  if (request.path == "/api/v2.0/alert/list") return json(R"([{"id":"a1","level":"INFO","formatted":"An update is there","klass":"HasUpdate","dismissed":false}])");
  if (request.path == "/api/v2.0/replication")
    return json(R"([{"id":1,"name":"Offsite","enabled":true,"state":{"state":"FINISHED","datetime":)" + stamp + R"(},"job":{"id":9,"state":"SUCCESS","time_finished":)" + stamp + R"(,"progress":{"percent":100}}}])");
  if (request.path == "/api/v2.0/cloudsync") return json("[]");
  return {};
}

std::optional<CannedReply> healthchecks_answer(const ReplayRequest& request, Instant completed) {
  if (request.path != "/api/v3/checks/") return {};
  if (header(request, "x-api-key") != replay_secret) return json(R"({"error":"wrong api key"})", 401);
  const auto stamp = [](Instant at) { return to_text(at).substr(0, 19) + "+00:00"; };
  return json(R"({"checks":[{"name":"Nightly dump","slug":"nightly-dump","tags":"office","grace":3600,"timeout":86400,"n_pings":31,"status":"up","started":false,"last_ping":")" + stamp(completed) +
              R"(","next_ping":")" + stamp(completed.plus_minutes(24 * 60)) + R"(","unique_key":"a6c7b0a8a66bed0df66abfdab3c77736861703ee"}]})");
}

std::optional<CannedReply> duplicati_answer(const ReplayRequest& request, Instant completed) {
  if (request.path == "/api/v1/auth/login")
    return request.body.find("\"Password\":\"" + replay_secret + "\"") != std::string::npos ? json(R"({"AccessToken":")" + session + R"("})") : json(R"({"Error":"Unauthorized","Code":401})", 401);
  if (request.path != "/api/v1/backups") return {};
  if (header(request, "authorization") != "Bearer " + session) return json(R"({"Error":"Unauthorized","Code":401})", 401);
  auto stamp = to_text(completed);  // 20261124T020000Z
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  return json(R"([{"Backup":{"ID":"1","Name":"Books","Metadata":{"LastBackupDate":")" + stamp + R"(","LastBackupStarted":")" + stamp + R"(","LastBackupFinished":")" + stamp +
              R"(","LastBackupDuration":"00:00:51.38","TargetFilesSize":"123456","BackupListCount":"31"}}}])");
}

}  // namespace

ReplayOptions replay_synology(Instant completed) {
  ReplayOptions options;
  options.service = [completed](const ReplayRequest& request) { return std::optional(dsm_answer(request, completed)); };
  return options;
}
ReplayOptions replay_qnap() {
  ReplayOptions options;
  options.service = qnap_answer;
  return options;
}
ReplayOptions replay_truenas(Instant completed) {
  ReplayOptions options;
  options.service = [completed](const ReplayRequest& request) { return truenas_answer(request, completed); };
  return options;
}
ReplayOptions replay_healthchecks(Instant completed) {
  ReplayOptions options;
  options.service = [completed](const ReplayRequest& request) { return healthchecks_answer(request, completed); };
  return options;
}
ReplayOptions replay_duplicati(Instant completed) {
  ReplayOptions options;
  options.service = [completed](const ReplayRequest& request) { return duplicati_answer(request, completed); };
  return options;
}

std::optional<ReplayOptions> replay_service(const std::string& name, Instant completed) {
  if (name == "synology") return replay_synology(completed);
  if (name == "qnap") return replay_qnap();
  if (name == "truenas") return replay_truenas(completed);
  if (name == "healthchecks") return replay_healthchecks(completed);
  if (name == "duplicati") return replay_duplicati(completed);
  return {};
}

}  // namespace mainstay::testing
