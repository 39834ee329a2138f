// SPDX-License-Identifier: MIT
// Logins that are refused: tried once, and then left alone until something about them is another.
#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>

#include "core/base/file.h"
#include "core/probe/refused_logins.h"
#include "tests/core/probe/time_machine_folder.h"
#include "tests/support/replay_services.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;
namespace fs = std::filesystem;

namespace {

/// A place for what this user's programs remember, as long as it lives.
struct Home {
  std::string folder = fresh_folder();
  Home() { ::setenv("XDG_DATA_HOME", folder.c_str(), 1); }
  ~Home() { ::unsetenv("XDG_DATA_HOME"); }
  std::string kept() const { return folder + "/mainstay/refused-logins"; }
};

Secrets always(const std::string& secret) {
  return [secret](const std::string&) { return std::optional<std::string>(secret); };
}

Probe nas_probe(const std::string& url, const std::string& name = "p") {
  Probe probe;
  probe.id = {name};
  probe.name = name;
  probe.backup_id = {"backup-" + name};
  probe.type = Probe::Type::synology;
  probe.url = url;
  probe.item = "Office to cloud";
  probe.account = replay_user;
  probe.secret_name = "nas";
  probe.time_zone = "Europe/Berlin";
  probe.timeout_seconds = Number(20);
  return probe;
}

/// Runs probes to their end, and gives what they saw by the probe's id.
std::map<std::string, Observation> run_all(std::vector<Probe> probes, const Secrets& secrets, const LoginNote& note) {
  std::mutex guard;
  std::condition_variable more;
  std::deque<std::function<void()>> calls;
  const auto post = [&](std::function<void()> call) {
    const std::lock_guard lock(guard);
    calls.push_back(std::move(call));
    more.notify_one();
  };
  ProbeRunner runner(post, secrets, noon_clock(), {20, 20}, note);
  std::map<std::string, Observation> found;
  bool ended = false;
  runner.start(std::move(probes), [&](std::vector<Observation> batch) { for (auto& seen : batch) found[seen.probe_id.text] = seen; }, [&] { ended = true; });
  while (!ended) {
    std::function<void()> call;
    {
      std::unique_lock lock(guard);
      if (!more.wait_for(lock, std::chrono::seconds(30), [&] { return !calls.empty(); })) break;
      call = std::move(calls.front());
      calls.pop_front();
    }
    call();
  }
  CHECK(ended);
  return found;
}

std::size_t logins(const ReplayServer& server) {
  const auto seen = server.seen();
  return static_cast<std::size_t>(std::count_if(seen.begin(), seen.end(), [](const std::string& request) { return request.find("POST /webapi/entry.cgi") != std::string::npos || request.find("POST /webapi/auth.cgi") != std::string::npos; }));
}

}  // namespace

TEST_CASE("A refused login is remembered until its address, account or secret is another, or it was accepted") {
  const Home home;
  auto probe = nas_probe("https://nas.local:5001");
  CHECK_FALSE(is_refused_login(probe, always("wrong")));
  REQUIRE(remember_login(probe, always("wrong"), true));
  CHECK(is_refused_login(probe, always("wrong")));
  CHECK_FALSE(is_refused_login(probe, always("right")));
  auto other = probe;
  other.account = "admin";
  CHECK_FALSE(is_refused_login(other, always("wrong")));
  other = probe;
  other.url = "https://nas2.local:5001";
  CHECK_FALSE(is_refused_login(other, always("wrong")));
  other = probe;
  other.id = {"another probe of the same login"};
  CHECK(is_refused_login(other, always("wrong")));
  const auto text = read_file(home.kept());
  for (const auto* hidden : {"wrong", "nas.local", "watcher"}) CHECK(text.find(hidden) == std::string::npos);
  struct stat status {};
  REQUIRE(::stat(home.kept().c_str(), &status) == 0);
  CHECK((status.st_mode & 077) == 0);
  REQUIRE(remember_login(probe, always("wrong"), false));
  CHECK_FALSE(is_refused_login(probe, always("wrong")));
}

TEST_CASE("The memory of refused logins is made for its user alone, and one that others may read is closed to them") {
  const Home home;
  const auto before = ::umask(0);
  REQUIRE(remember_login(nas_probe("https://nas.local"), always("wrong"), true));
  const auto mode = [&](const std::string& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 0777;
  };
  CHECK(mode(home.kept()) == 0600);
  CHECK(mode(home.kept() + ".lock") == 0600);
  fs::permissions(home.kept(), fs::perms(0644));
  REQUIRE(remember_login(nas_probe("https://nas2.local"), always("wrong"), true));
  CHECK(mode(home.kept()) == 0600);
  ::umask(before);
  CHECK(is_refused_login(nas_probe("https://nas.local"), always("wrong")));
}

TEST_CASE("Programs that remember logins side by side lose none of each other's") {
  const Home home;
  constexpr int programs = 4, each = 25;
  std::vector<pid_t> children;
  for (int p = 0; p < programs; ++p) {
    const auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      bool all = true;
      for (int i = 0; i < each; ++i) all = remember_login(nas_probe("https://nas" + std::to_string(p) + "-" + std::to_string(i)), always("wrong"), true) && all;
      ::_exit(all ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = 1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  int kept = 0;
  for (int p = 0; p < programs; ++p)
    for (int i = 0; i < each; ++i) kept += is_refused_login(nas_probe("https://nas" + std::to_string(p) + "-" + std::to_string(i)), always("wrong"));
  CHECK(kept == programs * each);
}

TEST_CASE("What another program remembers is noticed, though the memory is not read for each probe") {
  const Home home;
  const auto probe = nas_probe("https://nas.local");
  REQUIRE(remember_login(probe, always("wrong"), true));
  const auto first = read_file(home.kept());
  CHECK(is_refused_login(probe, always("wrong")));
  REQUIRE(remember_login(probe, always("wrong"), false));
  CHECK_FALSE(is_refused_login(probe, always("wrong")));
  write_file(home.kept(), first);  // as another program would
  CHECK(is_refused_login(probe, always("wrong")));
  fs::remove(home.kept());
  CHECK_FALSE(is_refused_login(probe, always("wrong")));
}

TEST_CASE("Another key file under the same name is another secret") {
  const Home home;
  const auto key = home.folder + "/id";
  put(key, "one");
  const auto probe = nas_probe("sftp://nas.local/tm/");
  const Secrets secrets = [&](const std::string& name) { return name == "nas" ? std::optional<std::string>("key:" + key) : std::nullopt; };
  REQUIRE(remember_login(probe, secrets, true));
  CHECK(is_refused_login(probe, secrets));
  put(key, "another key");
  CHECK_FALSE(is_refused_login(probe, secrets));
}

TEST_CASE("A memory that is damaged or cannot be written holds nobody back") {
  const Home home;
  put(home.kept(), "x\n\n1 2 3 4\n\xff\xfe\n");
  CHECK_FALSE(is_refused_login(nas_probe("https://nas.local"), always("x")));
  CHECK(remember_login(nas_probe("https://nas.local"), always("x"), true));
  CHECK(is_refused_login(nas_probe("https://nas.local"), always("x")));
  fs::remove_all(home.folder);
  put(home.folder, "a file in the way");
  CHECK_FALSE(remember_login(nas_probe("https://nas.local"), always("x"), true));
  CHECK_FALSE(is_refused_login(nas_probe("https://nas.local"), always("x")));
}

TEST_CASE("Of several probes with one wrong password a NAS sees one login, and all of them say why") {
  const ReplayServer server(replay_synology(noon()));
  std::mutex guard;
  std::vector<bool> told;
  const auto found = run_all({nas_probe(server.url(), "a"), nas_probe(server.url(), "b"), nas_probe(server.url(), "c")}, always("wrong"), [&](const Probe&, bool refused) {
    const std::lock_guard lock(guard);
    told.push_back(refused);
    return true;
  });
  REQUIRE(found.size() == 3);
  CHECK(logins(server) <= 1);
  CHECK(told == std::vector<bool>{true, true, true});
  for (const auto& [id, seen] : found) {
    INFO(seen.detail);
    CHECK(seen.outcome == Outcome::unreadable);
    CHECK(says(seen, "refuses the account"));
    CHECK(says(seen, "not tried again by itself"));
    CHECK(seen.backup_id.text == "backup-" + id);
  }
  CHECK(says(found.at("b"), "“a”"));
}

TEST_CASE("With the right password the first probe lets the others go, another account does not wait for it") {
  const ReplayServer server(replay_synology(noon().plus_minutes(-60)));
  auto stranger = nas_probe(server.url(), "d");
  stranger.account = "stranger";
  const auto found = run_all({nas_probe(server.url(), "a"), nas_probe(server.url(), "b"), nas_probe(server.url(), "c"), stranger}, always(replay_secret), {});
  REQUIRE(found.size() == 4);
  for (const auto* id : {"a", "b", "c"}) {
    INFO(found.at(id).detail);
    CHECK(found.at(id).outcome == Outcome::read);
  }
  CHECK(says(found.at("d"), "refuses"));
  CHECK_FALSE(says(found.at("d"), "not tried again by itself"));  // nobody remembers it here
}

TEST_CASE("A server that says nothing about the login lets the others try") {
  ReplayOptions options;
  options.answer = [](const std::string&, const std::string&, const std::string&) { return std::optional(CannedReply{500, "{}", "application/json", {}}); };
  const ReplayServer server(options);
  const auto found = run_all({nas_probe(server.url(), "a"), nas_probe(server.url(), "b")}, always("x"), {});
  REQUIRE(found.size() == 2);
  CHECK(says(found.at("b"), "500"));
}
