// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/model/probe_settings.h"
#include "core/probe/fetch.h"
#include "core/probe/probe_order.h"
#include "core/probe/probe_types.h"
#include "tests/core/probe/time_machine_folder.h"
#include "tests/support/replay_server.h"

using namespace mainstay;
using namespace mainstay::testing;
using Outcome = Observation::Outcome;

namespace {

/// The main thread's queue, as the command line has it.
struct Queue {
  std::mutex guard;
  std::condition_variable more;
  std::deque<std::function<void()>> calls;
  Post post() {
    return [this](std::function<void()> call) {
      const std::lock_guard lock(guard);
      calls.push_back(std::move(call));
      more.notify_one();
    };
  }
  /// Runs calls until `done`; false when nothing came for long.
  template <class Done>
  bool run_until(Done done) {
    while (!done()) {
      std::function<void()> call;
      {
        std::unique_lock lock(guard);
        if (!more.wait_for(lock, std::chrono::seconds(20), [&] { return !calls.empty(); })) return false;
        call = std::move(calls.front());
        calls.pop_front();
      }
      call();
    }
    return true;
  }
};

ReplayOptions stuck() {
  ReplayOptions options;
  options.computers = [] { return std::vector<std::string>(); };
  options.fault = Fault::slow;
  return options;
}

const Secrets sample = [](const std::string&) { return std::optional<std::string>("sample-secret"); };

Probe stuck_probe(const std::string& url) {
  Probe probe;
  probe.id = {"stuck"};
  probe.type = Probe::Type::crashplan;
  probe.url = url;
  probe.account = "key-harbour";
  probe.secret_name = "x";
  return probe;
}

}  // namespace

TEST_CASE("Many probes on few workers each give one observation, on the main thread, and then the end is told") {
  const auto share = share_of_two_macs();
  Queue queue;
  ProbeRunner runner(queue.post(), no_secrets, noon_clock(), {4, 6});
  std::vector<Probe> probes;
  for (int i = 0; i < 40; ++i) {
    probes.push_back(time_machine_probe(share, "Front Desk"));
    probes.back().id = {"p" + std::to_string(i)};
  }
  probes.push_back({});  // of no type
  std::set<std::string> ids, uuids;
  int ends = 0;
  bool on_main = true;
  const auto main = std::this_thread::get_id();
  runner.start(probes, [&](std::vector<Observation> batch) {
    on_main = on_main && std::this_thread::get_id() == main;
    for (const auto& seen : batch) {
      ids.insert(seen.probe_id.text);
      uuids.insert(seen.uuid);
      CHECK((seen.outcome == Outcome::read) == !seen.probe_id.empty());
    }
  }, [&] { ++ends; });
  CHECK(runner.running());
  REQUIRE(queue.run_until([&] { return ends > 0; }));
  CHECK(on_main);
  CHECK(ids.size() == 41);
  CHECK(uuids.size() == 41);
  CHECK_FALSE(runner.running());
  runner.start({}, nullptr, [&] { ++ends; });
  REQUIRE(queue.run_until([&] { return ends == 2; }));
}

TEST_CASE("Cancelling ends a probe that hangs, gives no observation of it, and tells the end") {
  const ReplayServer server(stuck());
  Queue queue;
  ProbeRunner runner(queue.post(), sample, noon_clock(), {8, 8});
  std::size_t results = 0;
  bool ended = false;
  runner.start(std::vector<Probe>(8, stuck_probe(server.url())), [&](std::vector<Observation> batch) { results += batch.size(); }, [&] { ended = true; });
  while (server.seen().size() < 16) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  runner.cancel();
  REQUIRE(queue.run_until([&] { return ended; }));
  CHECK(results == 0);
  CHECK_FALSE(runner.running());
}

TEST_CASE("A runner that goes away in the middle takes its results with it") {
  const ReplayServer server(stuck());
  Queue queue;
  bool called = false;
  {
    ProbeRunner runner(queue.post(), sample, noon_clock());
    auto probes = std::vector<Probe>(3, stuck_probe(server.url()));
    probes.push_back(time_machine_probe(share_of_two_macs(), "Front Desk"));
    runner.start(probes, [&](std::vector<Observation>) { called = true; }, [&] { called = true; });
    while (server.seen().size() < 6) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  for (const auto& call : queue.calls) call();
  CHECK_FALSE(called);
}

TEST_CASE("Secrets come from the environment, then from a file that is the user's alone") {
  const auto file = fresh_folder() + "/secrets";
  put(file, "# mine\nnas = kept=as it is\r\nother=x\n");
  std::filesystem::permissions(file, std::filesystem::perms(0600));
  ::setenv("MAINSTAY_SECRETS_FILE", file.c_str(), 1);
  ::setenv("MAINSTAY_SECRET_HARBOUR_CRASHPLAN", "from the environment", 1);
  const auto secrets = system_secrets();
  CHECK(secrets("harbour-crashplan") == "from the environment");
  CHECK(secrets("nas") == " kept=as it is");
  CHECK_FALSE(secrets("unknown"));
  CHECK_FALSE(secrets(""));
  std::filesystem::permissions(file, std::filesystem::perms(0640));
  CHECK_THROWS_AS(secrets("nas"), Error);
  auto probe = stuck_probe("http://127.0.0.1:9");
  probe.secret_name = "nas";
  const auto seen = read(probe, secrets);
  CHECK(seen.outcome == Outcome::unreadable);
  CHECK(says(seen, "chmod 600"));
  CHECK_FALSE(says(seen, "kept"));
  ::unsetenv("MAINSTAY_SECRETS_FILE");
  CHECK(without_secret("ab secret cd secret", "secret") == "ab ••• cd •••");
  CHECK(without_secret("text", "") == "text");
}

TEST_CASE("Addresses of the local network are told from those of the internet, in any spelling") {
  for (const char* host : {"127.0.0.1", "localhost", "10.1.2.3", "172.16.0.1", "192.168.1.9", "[::1]", "[fd00::1]", "nas", "NAS.local", "box.lan", "0x7f.1", "[::ffff:192.168.1.5]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fe80::1%eth0]", "[fe80::1%25eth0]", "[fdab::9%3]", "NAS.local."}) CHECK(is_local_host(host));
  for (const char* host : {"example.com", "8.8.8.8", "172.32.0.1", "[2001:db8::1]", "local.example.com", "[::ffff:8.8.8.8]", "[::ffff:172.32.0.1]", "example.com.", "[2001:db8::1%eth0]"}) CHECK_FALSE(is_local_host(host));
}

TEST_CASE("What lies in the local network is asked past the proxy, in any spelling of its address") {
  const ReplayServer server{ReplayOptions()};
  const auto port = server.url().substr(server.url().rfind(':') + 1);
  ::setenv("http_proxy", "http://127.0.0.1:9", 1);  // where nobody answers
  for (const std::string host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"}) {
    Fetch fetch;
    fetch.begin(std::chrono::seconds(5), {});
    WebRequest request;
    request.url = "http://" + host + ":" + port + "/";
    const auto reply = fetch.send(request);
    INFO(host << " " << reply.problem);
    CHECK(reply.answered());
  }
  ::unsetenv("http_proxy");
}

TEST_CASE("The address where cloud machines keep their own keys is never asked") {
  Fetch fetch;
  fetch.begin(std::chrono::seconds(2), {});
  WebRequest request;
  for (const char* url : {"http://169.254.169.254/latest/", "http://[::ffff:169.254.169.254]/", "http://0xA9FEA9FE/"}) {
    request.url = url;
    const auto reply = fetch.send(request);
    CHECK_FALSE(reply.answered());
    CHECK(reply.body.empty());
  }
}

TEST_CASE("No more than so many probes look at one host at once, and the others do not wait for it") {
  const ReplayServer busy(stuck()), other(stuck());
  Queue queue;
  ProbeRunner runner(queue.post(), sample, noon_clock(), {20, 3});
  auto probes = std::vector<Probe>(10, stuck_probe(busy.url()));
  probes.push_back(stuck_probe(other.url()));
  bool ended = false;
  runner.start(probes, nullptr, [&] { ended = true; });
  while (other.seen().size() < 2 || busy.seen().size() < 6) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  CHECK(busy.seen().size() == 6);  // three, each a token and a list
  runner.cancel();
  REQUIRE(queue.run_until([&] { return ended; }));
}

TEST_CASE("Even with one probe a host at a time all are done, the failures of last time first") {
  const auto share = share_of_two_macs();
  ReplayOptions options;
  options.canned["PROPFIND /tm/"] = {{404, "", "text/html", {}}};
  const ReplayServer server(std::move(options));
  std::vector<Probe> probes;
  std::vector<Observation> before;
  for (int i = 0; i < 30; ++i) {
    probes.push_back(time_machine_probe(i % 3 ? share : server.url() + "/tm/", "Front Desk"));
    probes.back().id = {"p" + std::to_string(i)};
    Observation seen;
    seen.probe_id = probes.back().id;
    seen.read_at = Instant(noon().seconds - 60);
    seen.outcome = i == 29 ? Outcome::unreadable : Outcome::read;
    before.push_back(seen);
  }
  probes = failures_first(std::move(probes), before);
  CHECK(probes.front().id.text == "p29");
  CHECK(probes[1].id.text == "p0");
  Queue queue;
  ProbeRunner runner(queue.post(), no_secrets, noon_clock(), {8, 1});
  std::size_t results = 0;
  bool ended = false;
  runner.start(probes, [&](std::vector<Observation> batch) { results += batch.size(); }, [&] { ended = true; });
  REQUIRE(queue.run_until([&] { return ended; }));
  CHECK(results == 30);
}

TEST_CASE("A probe looks again after its interval, and less often the longer it gives nothing") {
  Probe probe;
  probe.id = {"p"};
  CHECK_FALSE(due_at(probe, {}, noon()));
  probe.type = Probe::Type::url;
  probe.every_minutes = Minutes(60);
  CHECK_FALSE(due_at(probe, {}, noon()));
  std::vector<Observation> seen;
  const auto add = [&](int minutes_ago, Outcome outcome) {
    Observation o;
    o.probe_id = probe.id;
    o.outcome = outcome;
    o.read_at = noon().plus_minutes(-minutes_ago);
    seen.push_back(o);
  };
  const auto wait = [&] { return minutes_between(noon(), due_at(probe, seen, noon())); };
  add(0, Outcome::read);
  CHECK(wait() >= 53);
  CHECK(wait() <= 60);
  seen.clear();
  add(0, Outcome::unreadable);
  CHECK(wait() <= 60);
  add(60, Outcome::unreadable);
  CHECK(wait() > 110);
  CHECK(wait() <= 120);
  for (int i = 2; i < 20; ++i) add(60 * i, Outcome::unreadable);
  CHECK(wait() > 350);
  CHECK(wait() <= 360);
  probe.every_minutes = Minutes(24 * 60);
  CHECK(wait() <= 24 * 60);
  // A look that a wrong clock dated years ahead puts nothing off.
  seen.clear();
  add(-4 * 366 * 24 * 60, Outcome::read);
  CHECK_FALSE(due_at(probe, seen, noon()));
  add(30, Outcome::read);
  CHECK(due_at(probe, seen, noon()) <= noon().plus_minutes(24 * 60));
}

TEST_CASE("A probe whose settings were changed looks at once, and the others when they are due") {
  std::vector<Probe> probes(3);
  std::vector<Observation> seen;
  for (std::size_t i = 0; i < probes.size(); ++i) {
    probes[i].id = Id{"p" + std::to_string(i)};
    probes[i].url = "https://nas/" + std::to_string(i);
    probes[i].every_minutes = Minutes(60);
    Observation o;
    o.probe_id = probes[i].id;
    o.outcome = Outcome::read;
    o.read_at = noon().plus_minutes(i == 0 ? -90 : -5);
    o.settings = probe_settings(probes[i]);
    seen.push_back(o);
  }
  probes[2].url = "https://other-nas/2";
  CHECK_FALSE(due_at(probes[2], seen, noon()));
  const auto due = due_probes(probes, seen, noon());
  REQUIRE(due.size() == 2);
  CHECK(due[0].id == Id{"p0"});
  CHECK(due[1].id == Id{"p2"});
}

TEST_CASE("A reading says with which settings it was taken") {
  Queue queue;
  ProbeRunner runner(queue.post(), sample, system_now);
  Probe probe;
  probe.id = Id{"p"};
  probe.backup_id = Id{"b"};
  probe.type = Probe::Type::url;
  probe.url = "file:///nowhere/at/all";
  std::vector<Observation> seen;
  bool ended = false;
  runner.start({probe}, [&](std::vector<Observation> batch) { seen = std::move(batch); }, [&] { ended = true; });
  REQUIRE(queue.run_until([&] { return ended; }));
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].settings == settings_told(probe));
}

TEST_CASE("A probe without an interval looks as is usual for its type, or as the plan needs, and waits longer after failures too") {
  Probe probe;
  probe.id = {"p"};
  for (const auto& type : probe_types()) {
    probe.type = type.type;
    INFO(type.id);
    CHECK(look_every_minutes(probe) >= 60);
    CHECK(look_every_minutes(probe) <= 6 * 60);
  }
  probe.type = Probe::Type::synology;
  const auto usual = look_every_minutes(probe);
  Backup backup;
  CHECK_FALSE(looks_needed(backup, {}));
  CHECK(looks_needed(backup, Minutes(4 * 60)).count == 60);
  CHECK(look_every_minutes(probe, looks_needed(backup, Minutes(4 * 60))) == 60);
  CHECK(look_every_minutes(probe, looks_needed(backup, Minutes(10))) == 15);
  CHECK(look_every_minutes(probe, looks_needed(backup, Minutes(30 * 24 * 60))) == usual);  // disks that sleep are left asleep
  backup.interval_minutes = Minutes(60);
  CHECK(look_every_minutes(probe, looks_needed(backup, Minutes(24 * 60))) == 60);
  probe.every_minutes = Minutes(5);
  CHECK(look_every_minutes(probe, Minutes(60)) == 5);
  probe.every_minutes = {};
  std::vector<Observation> seen;
  for (int i = 0; i < 3; ++i) {
    Observation o;
    o.probe_id = probe.id;
    o.outcome = Outcome::unreadable;
    o.read_at = noon().plus_minutes(-300 * i);
    seen.push_back(o);
  }
  CHECK(due_at(probe, {seen.back()}, noon()) > seen.back().read_at.plus_minutes(200));
  CHECK(minutes_between(noon(), due_at(probe, seen, noon())) > 300);
  CHECK(minutes_between(noon(), due_at(probe, seen, noon())) <= 360);
}
