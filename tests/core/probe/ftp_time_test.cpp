// SPDX-License-Identifier: MIT
// The time of one file by FTP: in one exchange where the server knows MLST, else as curl asks.
#include <catch2/catch.hpp>
#include <mutex>

#include "core/probe/fetch.h"
#include "core/probe/mlsd.h"
#include "tests/core/probe/local_server.h"

using namespace mainstay;
using namespace mainstay::testing;

namespace {

/// An FTP server that holds `dump.zip`, and remembers what it was asked.
class TinyFtp {
 public:
  /// `mlst`: what it says to MLST.
  explicit TinyFtp(std::string mlst) : mlst_(std::move(mlst)), server_([this](Poco::Net::StreamSocket& client, const std::atomic<bool>& stopping) { serve(client, stopping); }) {}
  std::string url(const std::string& path) const { return server_.at("ftp", path); }
  std::size_t times_asked(const std::string& verb) {
    const std::lock_guard lock(guard_);
    return static_cast<std::size_t>(std::count_if(asked_.begin(), asked_.end(), [&](const std::string& line) { return line.starts_with(verb); }));
  }

 private:
  std::string answer(const std::string& line) const {
    const bool there = line.ends_with("dump.zip");
    if (line.starts_with("USER")) return "331 Password?";
    if (line.starts_with("PASS")) return "230-Welcome: type=file;modify=19990101000000; none\r\n230 Signed in";
    if (line.starts_with("PWD")) return "257 \"/\" is here";
    if (line.starts_with("MLST")) return there || mlst_.starts_with("5") ? mlst_ : "550 No such file";
    if (line.starts_with("MDTM")) return there ? "213 20261123020000" : "550 No such file";
    if (line.starts_with("SIZE")) return there ? "213 4711" : "550 No such file";
    if (line.starts_with("TYPE") || line.starts_with("REST")) return "200 Very well";
    return line.starts_with("QUIT") ? "221 Bye" : "502 Not known here";
  }
  void serve(Poco::Net::StreamSocket& client, const std::atomic<bool>& stopping) {
    const auto say = [&](const std::string& line) { client.sendBytes((line + "\r\n").data(), static_cast<int>(line.size() + 2)); };
    say("220 Tiny");
    std::string text;
    while (!stopping) {
      if (!client.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) continue;
      char bytes[512];
      const int count = client.receiveBytes(bytes, sizeof bytes);
      if (count <= 0) return;
      text.append(bytes, static_cast<std::size_t>(count));
      for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n")) {
        const auto line = text.substr(0, end);
        text.erase(0, end + 2);
        {
          const std::lock_guard lock(guard_);
          asked_.push_back(line);
        }
        say(answer(line));
      }
    }
  }
  std::mutex guard_;
  std::vector<std::string> asked_;
  std::string mlst_;
  RawServer server_;
};

FileReply time_of(Fetch& fetch, const std::string& url) {
  fetch.begin(std::chrono::seconds(10), {});
  FileRequest request;
  request.want = FileRequest::Want::time;
  request.url = url;
  request.user = "harbour";
  request.password = "planted";
  auto reply = fetch.ask(request);
  UNSCOPED_INFO(reply.problem);
  return reply;
}

const std::string facts = "250-Here:\r\n Type=file;Size=4711;Modify=20261123020000.123; /dump.zip\r\n250 That is all";

/// An FTP server whose lists are empty and end with these words, as vsftpd's do.
class EmptyLists {
 public:
  explicit EmptyLists(const std::string& ending) : ending_(ending), server_([this](Poco::Net::StreamSocket& client, const std::atomic<bool>& stopping) { serve(client, stopping); }) {}
  std::string url() const { return server_.at("ftp", "/tm/"); }

 private:
  void serve(Poco::Net::StreamSocket& client, const std::atomic<bool>& stopping) {
    Poco::Net::ServerSocket data;
    const auto say = [&](const std::string& line) { client.sendBytes((line + "\r\n").data(), static_cast<int>(line.size() + 2)); };
    say("220 Empty");
    std::string text;
    while (!stopping) {
      if (!client.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) continue;
      char bytes[512];
      const int count = client.receiveBytes(bytes, sizeof bytes);
      if (count <= 0) return;
      text.append(bytes, static_cast<std::size_t>(count));
      for (auto end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n")) {
        const auto line = text.substr(0, end);
        text.erase(0, end + 2);
        if (line.starts_with("USER")) say("331 Password?");
        else if (line.starts_with("PASS")) say("230 Signed in");
        else if (line.starts_with("PWD")) say("257 \"/\" is here");
        else if (line.starts_with("CWD") || line.starts_with("TYPE")) say("250 Very well");
        else if (line.starts_with("EPSV")) {
          data = Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0));
          say("229 Entering Extended Passive Mode (|||" + std::to_string(data.address().port()) + "|)");
        } else if (line.starts_with("NLST")) {
          say("150 Here comes the directory listing.");
          data.acceptConnection().close();
          say(ending_);
        } else say(line.starts_with("QUIT") ? "221 Bye" : "500 Unknown command.");
      }
    }
  }
  std::string ending_;
  RawServer server_;
};

}  // namespace

TEST_CASE("a folder that an FTP server itself may not open is not one that lost everything") {
  const auto look = [](const std::string& ending) {
    const EmptyLists server(ending);
    auto seen = read(time_machine_probe(server.url(), "Office"), [](const std::string&) { return std::optional<std::string>(); });
    UNSCOPED_INFO(seen.detail);
    CHECK(seen.outcome == Observation::Outcome::unreadable);
    return seen;
  };
  const auto shut = look("226 Transfer done (but failed to open directory).");
  CHECK(shut.history_count < 0);
  CHECK(says(shut, "does not let us look there"));
  const auto empty = look("226 Directory send OK.");
  CHECK(empty.history_count == 0);
  CHECK(says(empty, "what was in it is gone, or the account of this probe may not see it"));
}

TEST_CASE("where the server knows MLST, time and size of a file take one exchange, and the login is known to be accepted at once") {
  TinyFtp server(facts);
  Fetch fetch;
  int accepted = 0;
  for (int round = 0; round < 2; ++round) {
    fetch.begin(std::chrono::seconds(10), {});
    fetch.when_login_told([&](Fetch::Login login) { accepted += login == Fetch::Login::accepted ? 1 : 0; });
    FileRequest request;
    request.want = FileRequest::Want::time;
    request.url = server.url("/dump.zip");
    request.user = "harbour";
    request.password = "planted";
    const auto reply = fetch.ask(request);
    CHECK(reply.found);
    CHECK(reply.problem.empty());
    CHECK(to_text(reply.modified) == "2026-11-23T02:00:00Z");
    CHECK(reply.length == 4711);
    CHECK(accepted > round);
  }
  CHECK(server.times_asked("MLST") == 2);
  CHECK(server.times_asked("PASS") == 1);
  CHECK(server.times_asked("MDTM") + server.times_asked("SIZE") + server.times_asked("REST") == 0);
}

TEST_CASE("a file that is not there is told by MLST, and no greeting is taken for facts") {
  TinyFtp server(facts);
  Fetch fetch;
  const auto reply = time_of(fetch, server.url("/other.zip"));
  CHECK_FALSE(reply.found);
  CHECK(reply.problem.empty());
  CHECK_FALSE(reply.modified);
  CHECK(server.times_asked("MDTM") == 0);
}

TEST_CASE("where the server does not know MLST, or tells too little by it, the time is asked for as ever, and MLST only once") {
  for (const std::string said : {"500 What?", "502 Not here", "250-Here:\r\n Type=file;Size=1; /dump.zip\r\n250 That is all", "250 Nothing to say", "250-Here:\r\n Type=file;Modify=tomorrow; /dump.zip\r\n250 End"}) {
    INFO(said);
    TinyFtp server(said);
    Fetch fetch;
    for (int round = 0; round < 2; ++round) {
      const auto reply = time_of(fetch, server.url("/dump.zip"));
      CHECK(reply.found);
      CHECK(to_text(reply.modified) == "2026-11-23T02:00:00Z");
      CHECK(reply.length == 4711);
    }
    CHECK(server.times_asked("MLST") == (said.starts_with("5") ? 1U : 2U));
    CHECK_FALSE(time_of(fetch, server.url("/other.zip")).found);
  }
}

TEST_CASE("no path can put a command of its own into the talk with an FTP server") {
  TinyFtp server(facts);
  Fetch fetch;
  for (const char* path : {"/a%0d%0aDELE%20dump.zip", "/a%0aDELE%20dump.zip", "/%00dump.zip"}) CHECK_FALSE(time_of(fetch, server.url(path)).found);
  CHECK(server.times_asked("DELE") == 0);
  CHECK(server.times_asked("MLST") == 0);
}

TEST_CASE("a line of facts is read as far as it is one") {
  const auto facts_of = mlsd_facts("type=dir;sizd=4096;modify=20260203040506;UNIX.mode=0755; Front Desk.sparsebundle");
  CHECK(facts_of.type == "dir");
  CHECK(facts_of.name == "Front Desk.sparsebundle");
  CHECK(facts_of.bytes == -1);
  CHECK(to_text(facts_of.modified) == "2026-02-03T04:05:06Z");
  CHECK(mlsd_facts("nothing").name.empty());
  CHECK(mlsd_facts("size=-5;modify=20261399000000; x").bytes == -1);
  CHECK_FALSE(mlsd_facts("size=99999999999999999999;modify=20261399000000; x").modified);
}
