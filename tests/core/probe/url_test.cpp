// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/probe/probe_types.h"
#include "tests/core/probe/time_machine_folder.h"
#include "tests/support/replay_server.h"

using namespace mainstay;
using namespace mainstay::testing;
namespace fs = std::filesystem;
using Outcome = Observation::Outcome;

namespace {

Observation measured(const std::string& url, const std::string& item = {}) {
  Probe probe;
  probe.id = {"probe-1"};
  probe.backup_id = {"backup-1"};
  probe.type = Probe::Type::url;
  probe.url = url;
  probe.item = item;
  probe.timeout_seconds = Number(10);
  const auto seen = run_probe(probe, {}, system_now);
  UNSCOPED_INFO(seen.detail);
  CHECK(seen.detail.size() > 20);
  return seen;
}

void put_hours_old(const fs::path& file, int hours, const std::string& bytes = "dump") {
  put(file, bytes);
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(hours));
}

ReplayOptions web(int status, std::vector<std::pair<std::string, std::string>> headers, bool head_too = true) {
  ReplayOptions options;
  options.answer = [=](const std::string& method, const std::string&, const std::string&) -> std::optional<CannedReply> {
    if (method == "HEAD" && !head_too) return CannedReply{405, "", "text/plain", {}};
    return CannedReply{status, "dump", "application/zip", headers};
  };
  return options;
}

}  // namespace

TEST_CASE("the age of a file, or of the newest that fits in a folder, is the backup's") {
  const auto folder = fresh_folder();
  put_hours_old(fs::path(folder) / "monday.zip", 50);
  put_hours_old(fs::path(folder) / "tuesday.zip", 5);
  put_hours_old(fs::path(folder) / "notes.txt", 1);
  const auto now = system_now();
  CHECK(minutes_between(measured(folder + "/monday.zip").last_point, now) / 60 == 50);
  const auto newest = measured(folder + "/", "*.zip");
  CHECK(newest.outcome == Outcome::read);
  CHECK(newest.item == "tuesday.zip");
  CHECK(measured(folder + "/").item == "notes.txt");
  CHECK(measured(folder + "/", "*.dmg").outcome == Outcome::unreadable);
  CHECK(measured(folder + "/wednesday.zip").outcome == Outcome::unreadable);
  CHECK(measured(folder + "/none/").outcome == Outcome::unreadable);
  CHECK(measured("").outcome == Outcome::unreadable);
  CHECK(measured("gopher://host/x").outcome == Outcome::unreadable);
}

TEST_CASE("a web server's file is dated by what the server says, and by nothing else") {
  const auto read = [](const ReplayOptions& options) {
    ReplayServer server(options);
    return measured(server.url() + "/dumps/latest.zip");
  };
  const auto seen = read(web(200, {{"Last-Modified", "Mon, 23 Nov 2026 02:00:00 GMT"}}));
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-23T02:00:00Z");
  CHECK(read(web(200, {{"Last-Modified", "Mon, 23 Nov 2026 02:00:00 GMT"}}, false)).outcome == Outcome::read);
  CHECK(read(web(200, {})).outcome == Outcome::unreadable);
  CHECK(read(web(200, {{"Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT"}})).outcome == Outcome::unreadable);
  CHECK(read(web(200, {{"Last-Modified", "Fri, 01 Jan 2077 00:00:00 GMT"}})).outcome == Outcome::unreadable);
  for (const int status : {401, 403, 404, 500}) CHECK(read(web(status, {{"Last-Modified", "Mon, 23 Nov 2026 02:00:00 GMT"}})).outcome == Outcome::unreadable);
}

TEST_CASE("a file's age is by its server's own clock where that one is off, and whoever answers from a cache is not taken for one") {
  const auto http_date = [](std::int64_t hours_from_now) {
    char text[64];
    const auto when = static_cast<std::time_t>(system_now().seconds + hours_from_now * 3600);
    std::tm parts{};
    gmtime_r(&when, &parts);
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return std::string(text);
  };
  const auto read = [&](std::int64_t written, std::int64_t server, const std::string& cached = {}) {
    std::vector<std::pair<std::string, std::string>> headers{{"Last-Modified", http_date(written)}, {"Date", http_date(server)}};
    if (!cached.empty()) headers.emplace_back("Age", cached);
    ReplayServer at(web(200, headers));
    return measured(at.url() + "/dumps/latest.zip");
  };
  const auto hours_old = [](const Observation& seen) { return (minutes_between(seen.last_point, seen.read_at) + 5) / 60; };
  auto seen = read(-1, 3);
  CHECK(seen.outcome == Outcome::read);
  CHECK(hours_old(seen) == 4);
  CHECK(std::abs(seen.clock_ahead_seconds - 3 * 3600) < 60);
  CHECK(seen.detail.find("3 h ahead of this computer") != std::string::npos);
  seen = read(2, 3);  // later than this computer's clock, and an hour ago by the server's
  CHECK(seen.outcome == Outcome::read);
  CHECK(hours_old(seen) == 1);
  CHECK(hours_old(read(-5, -3)) == 2);
  seen = read(-1, -3);
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(seen.detail.find("a clock is wrong") != std::string::npos);
  seen = read(-5, 0);
  CHECK(hours_old(seen) == 5);
  CHECK(seen.clock_ahead_seconds == 0);
  seen = read(-5, -2, "7200");
  CHECK(hours_old(seen) == 5);
  CHECK(seen.clock_ahead_seconds == 0);
  CHECK(seen.detail.find("•") == std::string::npos);  // no account, so nothing to hide
}

TEST_CASE("a file from the future is no backup, but for a few minutes of grace") {
  const auto folder = fresh_folder();
  put(fs::path(folder) / "dump.zip", "dump");
  const auto dated = [&](int minutes) {
    fs::last_write_time(fs::path(folder) / "dump.zip", fs::file_time_type::clock::now() + std::chrono::minutes(minutes));
    return measured(folder + "/dump.zip");
  };
  CHECK(dated(2).outcome == Outcome::read);
  for (const int minutes : {7, 90, 20 * 60, 48 * 60}) {
    const auto seen = dated(minutes);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK(seen.detail.find("a clock is wrong") != std::string::npos);
  }
}

TEST_CASE("an empty file is a failure that leaves nothing, and in a folder the newest that holds something stays known") {
  const auto folder = fresh_folder();
  put_hours_old(fs::path(folder) / "monday.zip", 50);
  put_hours_old(fs::path(folder) / "tuesday.zip", 26);
  put_hours_old(fs::path(folder) / "wednesday.zip", 2, "");
  const auto alone = measured(folder + "/wednesday.zip");
  CHECK(alone.outcome == Outcome::failed);
  CHECK_FALSE(alone.last_point);
  CHECK(alone.history_count == 0);
  CHECK(alone.detail.find("is empty") != std::string::npos);
  const auto newest = measured(folder + "/");
  CHECK(newest.outcome == Outcome::failed);
  CHECK(newest.item == "wednesday.zip");
  CHECK(minutes_between(newest.last_point, system_now()) / 60 == 26);
}

TEST_CASE("every way of measuring says what it asks for and where to find it") {
  for (const auto& type : probe_types()) {
    INFO(type.id);
    const auto fields = probe_fields(type.type);
    CHECK(!fields.empty());
    for (const auto& field : fields) {
      CHECK(Probe::info().field(field.key) != nullptr);
      CHECK(field.where.size() > 5);
      CHECK(!field.example.empty());
    }
  }
}
