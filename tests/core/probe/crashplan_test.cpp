// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/base/codec.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "tests/core/probe/time_machine_folder.h"
#include "tests/support/replay_server.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;

namespace {

const std::string planted = "planted-secret-5417";
const Secrets planted_secrets = [](const std::string& name) { return name == "crashplan" ? std::optional<std::string>(planted) : std::nullopt; };

ReplayOptions account_of(std::vector<std::string> computers) {
  ReplayOptions options;
  options.secret = planted;
  options.computers = [computers] { return computers; };
  return options;
}

Probe crashplan_probe(const std::string& url, const std::string& item = "HARBOUR-ACCOUNTS", int seconds = 20) {
  Probe probe;
  probe.id = {"probe-1"};
  probe.backup_id = {"backup-1"};
  probe.type = Probe::Type::crashplan;
  probe.url = url;
  probe.item = item;
  probe.account = "key-harbour";
  probe.secret_name = "crashplan";
  probe.timeout_seconds = Number(seconds);
  return probe;
}

/// Reads the probe and checks what holds for every reading: a sentence, and no secret or token in it.
Observation measured(const Probe& probe, const Secrets& secrets = planted_secrets) {
  const auto seen = read(probe, secrets);
  UNSCOPED_INFO(seen.detail);
  CHECK(seen.detail.size() > 20);
  for (const auto& secret : {planted, base64("key-harbour:" + planted), std::string("-of-replay")}) {
    CHECK_FALSE(says(seen, secret));
    CHECK(seen.item.find(secret) == std::string::npos);
  }
  return seen;
}

const std::string yesterday = "\"2026-11-23T10:00:00.364-06:00\"";
std::string harbour(const std::string& completed = yesterday) { return crashplan_computer("HARBOUR-ACCOUNTS", "843290890230648046", completed); }
std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("CrashPlan's last completed backup is read with its offset") {
  const ReplayServer server(account_of({harbour()}));
  const auto seen = measured(crashplan_probe(server.url() + "/", "harbour-accounts"));
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-23T16:00:00Z");
  CHECK(seen.bytes_used == 56848550);
  CHECK(seen.item == "HARBOUR-ACCOUNTS");
  CHECK(measured(crashplan_probe(server.url(), "843290890230648046")).outcome == Outcome::read);
  CHECK(measured(crashplan_probe(server.url(), "HARBOUR-ACCOUNTS.local")).outcome == Outcome::read);
  CHECK(measured(crashplan_probe(server.url(), "")).outcome == Outcome::read);
}

TEST_CASE("Activity of today does not hide that the last completed backup is weeks old") {
  const ReplayServer server(account_of({with(harbour("\"2026-10-20T10:00:00.000Z\""), R"("lastBackup":"2026-10-20T10:00:00.000Z")", R"("lastBackup":"2026-11-24T09:00:00.000Z")")}));
  const auto seen = measured(crashplan_probe(server.url()));
  CHECK(to_text(seen.last_point) == "2026-10-20T10:00:00Z");
  CHECK(to_text(seen.last_attempt) == "2026-11-24T09:00:00Z");
}

TEST_CASE("A computer is found on the third page, and duplicates are asked about") {
  std::vector<std::string> many;
  for (int i = 0; i < 250; ++i) many.push_back(crashplan_computer("PC-" + std::to_string(i), std::to_string(900000000000000000 + i), yesterday));
  many.push_back(harbour());
  const ReplayServer server(account_of(many));
  CHECK(measured(crashplan_probe(server.url())).outcome == Outcome::read);
  many.push_back(crashplan_computer("HARBOUR-ACCOUNTS", "77", yesterday));
  const ReplayServer doubled(account_of(many));
  const auto seen = measured(crashplan_probe(doubled.url()));
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(says(seen, "77"));
  CHECK(says(measured(crashplan_probe(server.url(), "gone")), "no active computer"));
}

TEST_CASE("Never backed up and not known are two things") {
  const auto outcome = [](const std::string& computer) {
    const ReplayServer server(account_of({computer}));
    const auto seen = measured(crashplan_probe(server.url()));
    CHECK_FALSE(seen.last_point);
    return seen.outcome;
  };
  CHECK(outcome(harbour("null")) == Outcome::never_backed_up);
  CHECK(outcome(R"({"name":"HARBOUR-ACCOUNTS","guid":"1","backupUsage":[]})") == Outcome::unreadable);
  CHECK(outcome(R"({"name":"HARBOUR-ACCOUNTS","guid":"1"})") == Outcome::unreadable);
  CHECK(outcome(R"({"name":"HARBOUR-ACCOUNTS","guid":"1","backupUsage":[{"using":true}]})") == Outcome::unreadable);
  CHECK(outcome(with(harbour(), "\"using\":true", "\"using\":false")) == Outcome::unreadable);
}

TEST_CASE("Wrong types, impossible dates and clocks in the future are never read as fine") {
  for (const char* completed : {"12", "true", "{}", "[]", "\"\"", "\"garbage\"", "\"0000-00-00T00:00:00.000Z\"", "\"0001-01-01T00:00:00Z\"", "\"1970-01-01T00:00:00Z\"",
                                "\"2026-11-26T13:00:00.000Z\"", "\"2199-01-01T00:00:00Z\"", "\"2026-11-23T10:00:00\"", "\"Jan 05, 2014 01:02:03 PM\""}) {
    const ReplayServer server(account_of({harbour(completed)}));
    const auto seen = measured(crashplan_probe(server.url()));
    INFO(completed);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK_FALSE(seen.last_point);
  }
}

TEST_CASE("A deactivated computer is a failed backup; alerts are told") {
  const ReplayServer gone(account_of({with(harbour(), "\"status\":\"Active\"", "\"status\":\"Deactivated\"")}));
  CHECK(measured(crashplan_probe(gone.url())).outcome == Outcome::failed);
  const ReplayServer alerted(account_of({with(harbour(), R"("alertStates":["OK"])", R"("alertStates":["CriticalConnectionAlert"])")}));
  const auto seen = measured(crashplan_probe(alerted.url()));
  CHECK(seen.outcome == Outcome::read);
  CHECK(says(seen, "not connected for long"));
}

TEST_CASE("A computer that was deactivated is found by its name, and is a failure") {
  auto options = account_of({});
  const auto gone = with(harbour(), "\"status\":\"Active\"", "\"status\":\"Deactivated\"");
  options.canned["POST /api/v3/oauth/token"] = {{200, R"({"access_token":"t-of-replay"})", "application/json", {}}};
  options.answer = [gone](const std::string&, const std::string& uri, const std::string&) -> std::optional<CannedReply> {
    if (uri.find("/Computer") == std::string::npos) return {};
    return CannedReply{200, R"({"data":{"computers":[)" + (uri.find("active=false") == std::string::npos ? std::string() : gone) + "]}}", "application/json", {}};
  };
  const ReplayServer server(options);
  const auto seen = measured(crashplan_probe(server.url()));
  CHECK(seen.outcome == Outcome::failed);
  CHECK(says(seen, "deactivated"));
  CHECK(measured(crashplan_probe(server.url(), "")).outcome == Outcome::unreadable);
}

TEST_CASE("Where a computer does not say where it backs up to, the device backup report is asked") {
  const auto read_with = [](const std::string& report, int status = 200) {
    auto options = account_of({R"({"name":"HARBOUR-ACCOUNTS","guid":"843290890230648046","status":"Active, Deauthorized"})"});
    options.canned["GET /api/v1/DeviceBackupReport"] = {{status, report, "text/html;charset=ISO-8859-1", {}}};
    const ReplayServer server(options);
    return measured(crashplan_probe(server.url()));
  };
  const auto row = [](const std::string& uid, const std::string& completed) {
    return R"({"deviceUid":")" + uid + R"(","deviceName":"HARBOUR-ACCOUNTS","destinationName":"CrashPlan Central","archiveBytes":"56848550","backupCompletePercentage":"100.0","alertStates":"CriticalBackupAlert",)"
           R"("lastActivity":"2026-11-24T09:00:00.364Z","lastCompletedBackupDate":)" + completed + "}";
  };
  const auto seen = read_with(R"({"metadata":{},"data":[)" + row("1", R"("2026-11-24T11:00:00.000Z")") + "," + row("843290890230648046", R"("2026-11-20T10:00:00.364-06:00")") + "]}");
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-20T16:00:00Z");
  CHECK(seen.bytes_used == 56848550);
  CHECK(says(seen, "no backup was completed for long"));
  CHECK(says(seen, "signed out"));
  CHECK(read_with(R"({"data":[)" + row("843290890230648046", "null") + "]}").outcome == Outcome::never_backed_up);
  for (const char* bad : {R"({"data":[]})", R"({"data":{}})", "[]", "<html>", "", R"({"data":[{"name":"SYSTEM","description":"boom"}]})", R"({"data":[1,null,"x"]})"}) CHECK(read_with(bad).outcome == Outcome::unreadable);
  CHECK(read_with(R"({"data":[)" + row("843290890230648046", R"("Jan 05, 2014 01:02:03 PM")") + "]}").outcome == Outcome::unreadable);
  CHECK(read_with("{}", 403).outcome == Outcome::unreadable);
}

TEST_CASE("A token that ran out is renewed once; a refusal after that means no API") {
  auto options = account_of({harbour()});
  options.fault = Fault::refused_once;
  const ReplayServer renewed(options);
  CHECK(measured(crashplan_probe(renewed.url())).outcome == Outcome::read);
  options.fault = Fault::always_refused;
  const ReplayServer refused(options);
  CHECK(measured(crashplan_probe(refused.url())).outcome == Outcome::no_api);
  CHECK(refused.seen().size() == 4);
}

TEST_CASE("A subscription without API is told apart from a wrong secret") {
  auto options = account_of({harbour()});
  options.canned["GET /api/v1/Computer"] = {{403, R"([{"name":"SYSTEM","description":"The current product plan does not permit use of the API"}])", "text/html;charset=ISO-8859-1", {}}};
  const ReplayServer server(options);
  CHECK(measured(crashplan_probe(server.url())).outcome == Outcome::no_api);
  options.canned["GET /api/v1/Computer"].front().status = 200;
  const ReplayServer in_200(options);
  CHECK(measured(crashplan_probe(in_200.url())).outcome == Outcome::no_api);
  const auto wrong = measured(crashplan_probe(server.url()), [](const std::string&) { return std::optional<std::string>("another"); });
  CHECK(wrong.outcome == Outcome::unreadable);
  CHECK(says(wrong, "its secret"));
}

TEST_CASE("A missing secret is asked for by the name of its variable, and nothing is sent") {
  const ReplayServer server(account_of({harbour()}));
  const auto seen = measured(crashplan_probe(server.url()), no_secrets);
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(says(seen, "MAINSTAY_SECRET_CRASHPLAN"));
  CHECK(server.seen().empty());
  const auto plain = measured(crashplan_probe("http://console.example.com"));
  CHECK(says(plain, "was not sent"));
}

TEST_CASE("Replies that are cut, endless, slow, a web page or an error yield a sentence") {
  for (const auto fault : {Fault::truncated, Fault::endless, Fault::slow}) {
    auto options = account_of({harbour()});
    options.fault = fault;
    const ReplayServer server(options);
    CHECK(measured(crashplan_probe(server.url(), "HARBOUR-ACCOUNTS", 2)).outcome == Outcome::unreadable);
  }
  const std::vector<CannedReply> bad = {{200, "<html><body>Maintenance</body></html>", "text/html", {}},
                                        {200, "", "application/json", {}},
                                        {200, "null", "application/json", {}},
                                        {200, "[]", "application/json", {}},
                                        {200, R"({"data":{"computers":)", "application/json", {}},
                                        {200, R"({"data":{"computers":{"a":1}}})", "application/json", {}},
                                        {200, R"({"data":{"computers":[1,"x",null,[]]}})", "application/json", {}},
                                        {200, R"({"data":[{"name":"SYSTEM"}]})", "application/json", {}},
                                        {200, std::string("{\"data\":{\"computers\":[{\"name\":\"\xff\xfe\"}]}}"), "application/json", {}},
                                        {200, std::string(300000, '['), "application/json", {}},
                                        {500, R"([{"name":"SYSTEM","description":"boom )" + planted + R"("}])", "text/html", {}},
                                        {429, "", "text/plain", {{"Retry-After", "120"}}},
                                        {403, R"({"problem":"FORBIDDEN","description":null})", "application/json", {}},
                                        {404, "", "text/html", {}},
                                        {302, "", "text/html", {{"Location", "file:///etc/passwd"}}}};
  auto options = account_of({harbour()});
  for (std::size_t i = 0; i < bad.size(); ++i) {
    const auto place = std::to_string(i);
    options.canned["POST /list/" + place + "/api/v3/oauth/token"] = {{200, R"({"access_token":"t-of-replay"})", "application/json", {}}};
    options.canned["GET /list/" + place + "/api/v1/Computer"] = {bad[i]};
    options.canned["POST /token/" + place + "/api/v3/oauth/token"] = {bad[i]};
  }
  const ReplayServer server(options);
  for (std::size_t i = 0; i < bad.size(); ++i)
    for (const char* where : {"/list/", "/token/"}) {
      INFO(where << bad[i].status << " " << bad[i].body.substr(0, 80));
      CHECK(measured(crashplan_probe(server.url() + where + std::to_string(i))).outcome == Outcome::unreadable);
    }
}

TEST_CASE("A token with line breaks in it is not sent on") {
  auto options = account_of({harbour()});
  options.canned["POST /api/v3/oauth/token"] = {{200, R"({"access_token":"a\r\nX-Evil: 1"})", "application/json", {}}};
  const ReplayServer server(options);
  CHECK(measured(crashplan_probe(server.url())).outcome == Outcome::unreadable);
  CHECK(server.seen().size() == 1);
}

TEST_CASE("A real CrashPlan reply is understood") {
  const auto path = shared_data("backup/crashplan_computer_backupusage.json");
  if (path.empty()) { WARN("the real CrashPlan reply is not here: skipped"); return; }
  const auto reply = nlohmann::json::parse(read_file(path));
  const ReplayServer server(account_of({reply["data"].dump()}));
  const auto seen = measured(crashplan_probe(server.url(), "snwintest1"));
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2019-12-02T15:34:28Z");
  CHECK(says(seen, "one other destination"));
}
