// SPDX-License-Identifier: MIT
// Servers that break, stall, lie or lead astray: each yields a state and a sentence, none hangs, crashes or reads as fine.
#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/probe/fetch.h"
#include "tests/core/probe/local_server.h"
#include "tests/support/replay_server.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;

namespace {

const std::string planted = "planted-secret-6402";
const Secrets nas_secret = [](const std::string&) { return std::optional<std::string>(planted); };

void say(Poco::Net::StreamSocket& to, const std::string& text) { to.sendBytes(text.data(), static_cast<int>(text.size())); }

void hear(Poco::Net::StreamSocket& from) {
  char block[4096];
  if (from.poll(Poco::Timespan(2, 0), Poco::Net::Socket::SELECT_READ)) from.receiveBytes(block, sizeof block);
}

Probe url_probe(const std::string& url, int seconds = 3) {
  Probe probe;
  probe.id = {"probe-1"};
  probe.type = Probe::Type::url;
  probe.url = url;
  probe.timeout_seconds = Number(seconds);
  return probe;
}

Observation never_fine(Probe probe, const Secrets& secrets = no_secrets) {
  const auto started = std::chrono::steady_clock::now();
  const auto seen = read(probe, secrets);
  INFO(probe.url << ": " << seen.detail);
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK_FALSE(seen.last_point);
  CHECK(seen.detail.size() > 20);
  CHECK(seen.detail.find(planted) == std::string::npos);
  CHECK(seen.reply.find(planted) == std::string::npos);
  CHECK(seen.reply.size() <= 4000);
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(30));
  return seen;
}

}  // namespace

TEST_CASE("Whatever a web server does wrong, a reading says so in a sentence") {
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  const std::vector<std::pair<const char*, RawServer::Act>> ways = {
      {"closes at once", [](auto&, auto&) {}},
      {"says nothing", [](auto& client, auto& stopping) { hear(client); while (!stopping && !client.poll(Poco::Timespan(0, 50'000), Poco::Net::Socket::SELECT_READ)) {} }},
      {"cuts the body short", [&](auto& client, auto&) { hear(client); say(client, ok + "Content-Length: 1000\r\n\r\n[{\"name\":"); }},
      {"cuts the head short", [](auto& client, auto&) { hear(client); say(client, "HTTP/1.1 200 OK\r\nConte"); }},
      {"is no web server", [](auto& client, auto&) { say(client, "SSH-2.0-OpenSSH_9.2\r\n"); hear(client); }},
      {"sends noise", [](auto& client, auto&) { hear(client); say(client, std::string(5000, '\xff')); }},
      {"sends a head without an end", [](auto& client, auto& stopping) { hear(client); say(client, "HTTP/1.1 200 OK\r\n"); while (!stopping) say(client, "X-More: " + std::string(1000, 'x') + "\r\n"); }},
      {"sends 10 GB in chunks", [&](auto& client, auto& stopping) {
         hear(client);
         say(client, ok + "Transfer-Encoding: chunked\r\n\r\n");
         const std::string chunk = "10000\r\n" + std::string(65536, ' ') + "\r\n";
         for (int i = 0; i < 160'000 && !stopping; ++i) say(client, chunk);
       }},
      {"drips a byte at a time", [&](auto& client, auto& stopping) {
         hear(client);
         say(client, ok + "Content-Length: 100000\r\n\r\n");
         while (!stopping) { say(client, " "); std::this_thread::sleep_for(std::chrono::milliseconds(100)); }
       }},
      {"answers HTML", [](auto& client, auto&) { hear(client); say(client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html><body>Sign in " + planted + "</body></html>"); }},
      {"answers an error", [](auto& client, auto&) { hear(client); say(client, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"); }},
      {"asks for another password again and again", [](auto& client, auto&) { hear(client); say(client, "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\nContent-Length: 0\r\n\r\n"); hear(client);
                                                                              say(client, "HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\nContent-Length: 0\r\n\r\n"); }},
  };
  for (const auto& [name, act] : ways) {
    INFO(name);
    const RawServer server(act);
    auto probe = time_machine_probe(server.at("http"), "Front Desk");
    probe.account = "harbour";
    probe.secret_name = "nas";
    probe.timeout_seconds = Number(2);
    never_fine(probe, nas_secret);
    probe.type = Probe::Type::url;
    probe.url += "file";
    probe.item.clear();
    never_fine(probe, nas_secret);
  }
}

TEST_CASE("What is no SFTP, FTP or Windows server is told, whatever it says") {
  const std::vector<RawServer::Act> ways = {
      [](auto&, auto&) {},
      [](auto& client, auto&) { say(client, "HTTP/1.1 400 Bad Request\r\n\r\n"); hear(client); },
      [](auto& client, auto&) { say(client, "220 hello\r\n"); hear(client); say(client, "530 no\r\n"); },
      [](auto& client, auto& stopping) { for (int i = 0; i < 200'000 && !stopping; ++i) say(client, "220-" + std::string(1000, 'x') + "\r\n"); },
      [](auto& client, auto&) { say(client, "SSH-2.0-x\r\n" + std::string(5000, '\0')); hear(client); },
      [](auto& client, auto&) { say(client, "220 hi\r\n"); for (int i = 0; i < 20; ++i) { hear(client); say(client, "227 Entering Passive Mode (10,0,0,1,0,80)\r\n"); } },
  };
  for (const auto& act : ways)
    for (const char* scheme : {"sftp", "ftp", "ftps", "ftpes", "smb"}) {
      const RawServer server(act);
      INFO(scheme << " " << &act - ways.data());
      auto probe = time_machine_probe(server.at(scheme), "Front Desk");
      probe.account = "harbour";
      probe.secret_name = "nas";
      probe.timeout_seconds = Number(2);
      never_fine(probe, nas_secret);
    }
}

TEST_CASE("A key in a header, a bearer token and a password stay with the host that they are meant for") {
  const ReplayServer other({});
  ReplayOptions options;
  options.canned["GET /away"] = {{302, "", "text/html", {{"Location", other.url() + "/here"}}}};
  options.canned["GET /file"] = {{302, "", "text/html", {{"Location", "file:///etc/passwd"}}}};
  options.canned["GET /near"] = {{302, "", "text/html", {{"Location", "/there"}}}};
  options.canned["GET /there"] = {{200, "found", "text/plain", {}}};
  const ReplayServer server(std::move(options));
  Fetch fetch;
  fetch.begin(std::chrono::seconds(5), {});
  WebRequest request;
  request.headers = {"X-Api-Key: " + planted};
  request.bearer = planted;
  for (const char* path : {"/away", "/file"}) {
    request.url = server.url() + path;
    const auto reply = fetch.send(request);
    CHECK_FALSE(reply.answered());
    CHECK(reply.problem.find("does not follow") != std::string::npos);
  }
  CHECK(other.seen().empty());
  request.url = server.url() + "/near";
  CHECK(fetch.send(request).body == "found");
}

TEST_CASE("A server whose clock is off is told, and so are files from the future and from the year 0") {
  const auto at = [](const std::string& modified, const std::string& date) {
    ReplayOptions options;
    std::vector<std::pair<std::string, std::string>> headers{{"Last-Modified", modified}};
    if (!date.empty()) headers.push_back({"Date", date});
    options.canned["HEAD /dump.gz"] = options.canned["GET /dump.gz"] = {{200, "bytes", "application/gzip", headers}};
    return options;
  };
  const ReplayServer good(at("Tue, 24 Nov 2026 02:55:18 GMT", ""));
  const auto seen = read(url_probe(good.url() + "/dump.gz"));
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-24T02:55:18Z");
  const ReplayServer skewed(at("Tue, 24 Nov 2026 02:55:18 GMT", "Mon, 01 Jan 2024 00:00:00 GMT"));
  CHECK(says(read(url_probe(skewed.url() + "/dump.gz")), "clock is"));
  for (const char* when : {"Fri, 24 Nov 2028 02:55:18 GMT", "Sat, 01 Jan 0000 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", ""}) {
    const ReplayServer odd(at(when, ""));
    never_fine(url_probe(odd.url() + "/dump.gz"));
  }
  ReplayOptions none;
  none.canned["HEAD /dump.gz"] = {{404, "", "text/html", {}}};
  const ReplayServer absent(std::move(none));
  CHECK(says(never_fine(url_probe(absent.url() + "/dump.gz")), "no such file"));
}

TEST_CASE("The age of the newest file in a folder counts, by name, and an empty file is no backup") {
  const auto folder = fresh_folder();
  const auto file = [&](const std::string& name, const std::string& bytes, int hours_ago) {
    put(folder + "/" + name, bytes);
    const auto age = std::chrono::system_clock::from_time_t(static_cast<std::time_t>(noon().seconds - hours_ago * 3600)).time_since_epoch();
    const auto shift = std::chrono::file_clock::now().time_since_epoch() - std::chrono::system_clock::now().time_since_epoch();
    std::filesystem::last_write_time(folder + "/" + name, std::chrono::file_clock::time_point(std::chrono::duration_cast<std::chrono::file_clock::duration>(age + shift)));
  };
  file("db-1.sql", "x", 50);
  file("db-2.sql", "x", 26);
  file("log.txt", "x", 1);
  auto probe = url_probe(folder + "/");
  probe.item = "db-*.sql";
  const auto seen = read(probe);
  INFO(seen.detail);
  CHECK(seen.outcome == Outcome::read);
  CHECK(seen.item == "db-2.sql");
  CHECK(minutes_between(seen.last_point, noon()) / 60 == 26);
  CHECK(seen.history_count == 2);
  CHECK(minutes_between(seen.oldest_point, noon()) / 60 == 50);
  CHECK(seen.bytes_total > 0);
  CHECK(read(url_probe(folder + "/log.txt")).outcome == Outcome::read);
  file("db-3.sql", "", 2);
  const auto empty = read(probe);
  CHECK(empty.outcome == Outcome::failed);
  CHECK(empty.item == "db-3.sql");
  CHECK(empty.last_point == seen.last_point);  // the newest that holds something
  probe.item = "*.bak";
  never_fine(probe);
  never_fine(url_probe(folder + "/nothing"));
  CHECK(read(url_probe(folder)).item == "log.txt");  // a folder's own date says nothing
  never_fine(url_probe(""));
  never_fine(url_probe("/dev/null/"));
}
