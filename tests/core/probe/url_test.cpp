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
