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
  setenv("TZ", "Asia/Tokyo", 1);  // Borg prints the time of the zone it runs in
  CHECK(measured(probe_of(Probe::Type::borg, repository, "office-")).last_point == seen.last_point);
  setenv("TZ", "UTC", 1);
  CHECK(says(measured(probe_of(Probe::Type::borg, repository, "till-")), "begins with"));
  CHECK(says(measured(probe_of(Probe::Type::borg, repository), "wrong"), "passphrase"));
  unsetenv("BORG_BASE_DIR");
}

TEST_CASE("whatever a backup program prints or however it ends, it is a sentence and no good backup") {
  const auto folder = fresh_folder();
  const std::string path = std::getenv("PATH");
  setenv("PATH", (folder + ":" + path).c_str(), 1);
  const auto with = [&](Probe::Type type, const std::string& body) {
    for (const char* name : {"restic", "borg"}) {
      put(folder + "/" + name, "#!/bin/sh\n" + body + "\n");
      chmod((folder + "/" + name).c_str(), 0700);
    }
    auto probe = probe_of(type, "/srv/repo");
    probe.timeout_seconds = Number(5);
    return measured(probe, planted, noon_clock());
  };
  for (const auto type : {Probe::Type::restic, Probe::Type::borg})
    for (const char* body : {"true", "echo '['", "echo '<html>'", "echo 5", "echo '{\"archives\":[{\"start\":7}]}'", "echo '{\"archives\":[{\"start\":\"0000-00-00T00:00:00\"}]}'", "echo '[{\"time\":\"0001-01-01T00:00:00Z\"}]'",
                             "echo '[{\"time\":\"2077-01-01T00:00:00Z\"}]'", "echo '{\"archives\":[{\"start\":\"2077-01-01T00:00:00.000000\"}]}'", "echo '[{\"time\":null}]'", "echo '[1,null]'", "kill -9 $$", "exit 77",
                             "yes '[[[[[[[[' | head -c 20000000", "echo boom >&2; exit 2", "echo \"$RESTIC_PASSWORD$BORG_PASSPHRASE\" >&2; exit 1", "sleep 60"}) {
      INFO(static_cast<int>(type) << " " << body);
      const auto seen = with(type, body);
      CHECK(seen.outcome == Outcome::unreadable);
      CHECK_FALSE(seen.last_point);
    }
  CHECK(says(with(Probe::Type::restic, "echo '{\"message_type\":\"exit_error\",\"code\":1,\"message\":\"Fatal: the disk is gone\"}' >&2; exit 1"), "the disk is gone"));
  CHECK(says(with(Probe::Type::restic, "exit 11"), "locked"));
  CHECK(says(with(Probe::Type::borg, "echo '{\"type\":\"log_message\",\"levelname\":\"ERROR\",\"msgid\":\"LockTimeout\",\"message\":\"Failed to lock\"}' >&2; exit 2"), "locked"));
  const auto nano = with(Probe::Type::restic, "echo '[{\"time\":\"2026-11-24T03:00:00.123456789+02:00\",\"hostname\":\"office\"}]'");
  CHECK(to_text(nano.last_point) == "2026-11-24T01:00:00Z");
  setenv("PATH", path.c_str(), 1);
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
  for (const auto* garbled : {"\"alarm\":1", "\"alarm\":\"maybe\"", "\"warned\":[]", "\"outcome\":false", "\"outcome\":[\"failed\"]", "\"outcome\":\"fine\"", "\"oldest_point\":7", "\"last_attempt\":\"soon\""}) {
    INFO(garbled);
    CHECK(with("echo '{\"last_point\":\"2026-11-24T08:00:00+01:00\"," + std::string(garbled) + "}'").outcome == Outcome::unreadable);
  }
  for (const auto* point : {"1795504800", "\"0000-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"2026-11-24\"", "[]", "true", "{\"$date\":\"x\"}", "\"\""}) {
    INFO(point);
    CHECK(with("echo '{\"last_point\":" + std::string(point) + "}'").outcome == Outcome::unreadable);
  }
  CHECK_FALSE(with("echo '{\"last_point\":null}'").last_point);
  CHECK(with("echo '{\"last_point\":\"2026-11-24T08:00:00+01:00\",\"warned\":true}'").warned);
  CHECK(with("echo '{\"last_point\":\"2026-11-24T08:00:00+01:00\"}'; exit 1").warned);
  CHECK_FALSE(with("echo '{\"last_point\":\"2026-11-24T08:00:00+01:00\"}'").warned);
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
  probe.secret_name.clear();
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
  put(folder + "/history.log.0", begun + "I 11/23/26 09:31PM [Default] Completed backup to X\nI 24.11.2026 00:10 [Default] Stopped backup to X in 5 minutes\n  Reason for stopping backup: Unable to connect\n");
  CHECK(measured(probe, "", noon_clock()).outcome == Outcome::failed);  // when is not told; that it came later is
  put(folder + "/history.log.0", begun + "I 11/23/26 09:31PM [Default] Completed backup to X\nI 24.11.2026 00:10 [Default] Completed backup to X\n");
  CHECK(says(measured(probe, "", noon_clock()), "cannot be read"));
  put(folder + "/history.log.0", begun);
  CHECK(measured(probe, "", noon_clock()).outcome == Outcome::unreadable);  // logs are rotated: not the same as never
  put(folder + "/.identity", "#agent\nguid=843290890230648046\n");
  put(folder + "/backup_files.log.0", "I 11/24/26 05:10AM 42 /home/a/ledger.ods (12KB) [1]\n\n");
  put(folder + "/history.log.0", begun + "I 11/23/26 09:31PM [Default] Completed backup to X\n");
  const auto whole = measured(probe, "", noon_clock());
  CHECK(whole.item == "843290890230648046");
  CHECK(to_text(whole.last_attempt) == "2026-11-24T10:10:00Z");
  CHECK(to_text(whole.last_point) == "2026-11-24T02:31:00Z");
  CHECK(says(measured(probe, "", noon_clock()), "completed backup"));
  CHECK(whole.reply.find("ledger.ods") == std::string::npos);
  put(folder + "/history.log.0", "99/99/99 99:99PM Completed backup\n\xff\xfe");
  CHECK(measured(probe, "", noon_clock()).outcome == Outcome::unreadable);
}
