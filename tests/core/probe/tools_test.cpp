// SPDX-License-Identifier: MIT
// Programs that probes run: real restic and Borg repositories, commands, and the CrashPlan agent's logs.
#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <cstdlib>

#include "core/base/file.h"
#include "core/probe/allowed_commands.h"
#include "core/probe/tool.h"
#include "tests/core/probe/time_machine_folder.h"

using namespace mainstay;
using namespace mainstay::testing;
namespace fs = std::filesystem;
using Outcome = Observation::Outcome;

namespace {

const std::string planted = "planted-pass-2207";

Probe probe_of(Probe::Type type, const std::string& url, const std::string& item = {}) {
  Probe probe;
  probe.id = {"probe-1"};
  probe.backup_id = {"backup-1"};
  probe.type = type;
  probe.url = url;
  probe.item = item;
  probe.secret_name = "repo";
  probe.timeout_seconds = Number(60);
  return probe;
}

Observation measured(const Probe& probe, const std::string& password = planted, Clock clock = system_now) {
  const auto seen = run_probe(probe, [&](const std::string&) { return std::optional(password); }, clock);
  UNSCOPED_INFO(seen.detail);
  CHECK(seen.detail.size() > 15);
  CHECK(seen.detail.find(planted) == std::string::npos);
  CHECK(seen.reply.find(planted) == std::string::npos);
  return seen;
}

/// Runs a program that has to succeed.
void must_run(const std::string& program, const std::vector<std::string>& arguments, std::vector<std::pair<std::string, std::string>> environment) {
  CommandRequest request;
  request.program = program;
  request.arguments = arguments;
  request.environment = std::move(environment);
  const auto result = run_command(request);
  INFO(result.problem << result.err);
  REQUIRE(result.exit_code == 0);
}

}  // namespace

TEST_CASE("a real restic repository gives its newest snapshot, by host and path") {
  if (!find_program("restic")) { WARN("restic is not installed"); return; }
  const auto folder = fresh_folder();
  put(fs::path(folder) / "data" / "ledger.txt", "ledger");
  const auto repository = folder + "/repo";
  const std::vector<std::pair<std::string, std::string>> environment{{"RESTIC_REPOSITORY", repository}, {"RESTIC_PASSWORD", planted}};
  CHECK(says(measured(probe_of(Probe::Type::restic, repository)), "no restic repository"));
  must_run("restic", {"--no-cache", "init"}, environment);
  CHECK(measured(probe_of(Probe::Type::restic, repository)).outcome == Outcome::never_backed_up);
  must_run("restic", {"--no-cache", "backup", "--host", "office", "--time", "2026-11-20 10:00:00", folder + "/data"}, environment);
  must_run("restic", {"--no-cache", "backup", "--host", "office", folder + "/data"}, environment);
  const auto seen = measured(probe_of(Probe::Type::restic, repository, "office"));
  CHECK(seen.outcome == Outcome::read);
  CHECK(seen.history_count == 2);
  CHECK(std::abs(seen.last_point.seconds - system_now().seconds) < 300);
  CHECK(measured(probe_of(Probe::Type::restic, repository, folder + "/data")).history_count == 2);
  CHECK(says(measured(probe_of(Probe::Type::restic, repository, "till")), "office"));
  CHECK(says(measured(probe_of(Probe::Type::restic, repository), "wrong"), "password"));
}

TEST_CASE("a real Borg repository gives its newest archive in this computer's own time") {
  if (!find_program("borg")) { WARN("borg is not installed"); return; }
  const auto folder = fresh_folder();
  put(fs::path(folder) / "data" / "ledger.txt", "ledger");
  const auto repository = folder + "/repo";
  const std::vector<std::pair<std::string, std::string>> environment{{"BORG_PASSPHRASE", planted}, {"BORG_BASE_DIR", folder + "/borg"}};
  setenv("BORG_BASE_DIR", (folder + "/borg").c_str(), 1);
  CHECK(says(measured(probe_of(Probe::Type::borg, repository)), "no Borg repository"));
  must_run("borg", {"init", "--encryption", "repokey", repository}, environment);
  CHECK(measured(probe_of(Probe::Type::borg, repository)).outcome == Outcome::never_backed_up);
  must_run("borg", {"create", "--timestamp", "2026-11-20T10:00:00", repository + "::office-1", folder + "/data"}, environment);
  must_run("borg", {"create", repository + "::office-2", folder + "/data"}, environment);
  const auto seen = measured(probe_of(Probe::Type::borg, repository, "office-"));
  CHECK(seen.outcome == Outcome::read);
  CHECK(seen.history_count == 2);
  CHECK(std::abs(seen.last_point.seconds - system_now().seconds) < 300);
  CHECK(says(measured(probe_of(Probe::Type::borg, repository, "till-")), "begins with"));
  CHECK(says(measured(probe_of(Probe::Type::borg, repository), "wrong"), "passphrase"));
  unsetenv("BORG_BASE_DIR");
}

TEST_CASE("an address that a program would take for an option is refused") {
  for (const char* address : {"", "-r/x", "ssh://-oProxyCommand=touch/x", "sftp:-oProxyCommand=x:/y", "user@-host:/x", "a\nb"})
    for (const auto type : {Probe::Type::restic, Probe::Type::borg}) {
      INFO(address);
      CHECK(measured(probe_of(type, address)).outcome == Outcome::unreadable);
    }
}

TEST_CASE("a command of the user's own is run only where it was allowed, and what it prints is read") {
  const auto folder = fresh_folder();
  setenv("XDG_CONFIG_HOME", folder.c_str(), 1);
  const auto script = folder + "/look.sh";
  const auto with = [&](const std::string& body) {
    put(script, "#!/bin/sh\n" + body + "\n");
    chmod(script.c_str(), 0700);
    auto probe = probe_of(Probe::Type::command, "");
    probe.command = script + " 'two words'";
    return measured(probe, planted, noon_clock());
  };
  CHECK(says(with("echo ran > " + folder + "/ran"), "was not allowed"));
  CHECK_FALSE(fs::exists(folder + "/ran"));
  allow_command(script + " 'two words'");
  const auto seen = with("[ \"$1\" = 'two words' ] && echo '{\"last_point\":\"2026-11-24T08:00:00+01:00\",\"bytes_free\":5,\"item\":\"dump\"}'");
  CHECK(seen.outcome == Outcome::read);
  CHECK(to_text(seen.last_point) == "2026-11-24T07:00:00Z");
  CHECK(seen.item == "dump");
  CHECK(with("echo OK all well").outcome == Outcome::read);
  CHECK_FALSE(with("echo OK all well").last_point);
  CHECK(with("echo CRITICAL disk; exit 2").outcome == Outcome::failed);
  CHECK(with("exit 3").outcome == Outcome::unreadable);
  CHECK(with("echo '{\"last_point\":\"2026-11-24 08:00\"}'").outcome == Outcome::unreadable);
  CHECK(with("echo '{\"last_point\":'").outcome == Outcome::unreadable);
  CHECK(with("echo '{\"last_point\":\"2031-01-01T00:00:00Z\"}'").outcome == Outcome::unreadable);
  CHECK(with("echo \"{\\\"detail\\\":\\\"The secret is $MAINSTAY_PROBE_SECRET\\\"}\"").outcome == Outcome::read);
  chmod(allowed_commands_file().c_str(), 0666);  // others could add to it
  CHECK(says(with("true"), "was not allowed"));
  unsetenv("XDG_CONFIG_HOME");
}

TEST_CASE("the CrashPlan agent's log gives its last completed run, and a stopped one is a failure") {
  const auto folder = fresh_folder();
  auto probe = probe_of(Probe::Type::crashplan_log, folder);
  probe.time_zone = "America/New_York";
  CHECK(says(measured(probe, "", noon_clock()), "no history.log"));
  const std::string begun = "I 11/23/26 09:00PM [Default] Starting backup to CrashPlan Central\n";
  put(folder + "/history.log.0", begun + "I 11/23/26 09:31PM [Default] Completed backup to CrashPlan Central in 0h:31m\n");
  const auto fine = measured(probe, "", noon_clock());
  CHECK(fine.outcome == Outcome::read);
  CHECK(to_text(fine.last_point) == "2026-11-24T02:31:00Z");
  put(folder + "/history.log.0", begun + "I 11/23/26 09:31PM [Default] Completed backup to X\nI 11/24/26 12:10AM [Default] Stopped backup to X in 5 minutes\n  Reason for stopping backup: Unable to connect\n");
  const auto stopped = measured(probe, "", noon_clock());
  CHECK(stopped.outcome == Outcome::failed);
  CHECK(to_text(stopped.last_point) == "2026-11-24T02:31:00Z");
  CHECK(says(stopped, "Unable to connect"));
  put(folder + "/history.log.0", begun + "I 11/24/26 12:10AM [Default] Stopped backup to X in 5 minutes\n  Reason for stopping backup: Nothing to do\n");
  CHECK(to_text(measured(probe, "", noon_clock()).last_point) == "2026-11-24T05:10:00Z");
  put(folder + "/history.log.0", begun);
  CHECK(measured(probe, "", noon_clock()).outcome == Outcome::never_backed_up);
  put(folder + "/history.log.0", "99/99/99 99:99PM Completed backup\n\xff\xfe");
  CHECK(measured(probe, "", noon_clock()).outcome == Outcome::unreadable);
}
