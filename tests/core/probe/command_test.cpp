// SPDX-License-Identifier: MIT
// Running other programs: what comes back, and how each way of going wrong ends.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/probe/run_command.h"
#include "core/probe/secrets.h"
#include "tests/core/probe/time_machine_folder.h"

using namespace mainstay;
using namespace mainstay::testing;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

namespace {

CommandRequest shell(const std::string& script) {
  CommandRequest request;
  request.program = "sh";
  request.arguments = {"-c", script};
  request.timeout = milliseconds(20'000);
  return request;
}

}  // namespace

TEST_CASE("A program's output, errors and exit code come back, and it runs where it should") {
  auto request = shell("cat; echo $GREETING; pwd; echo oops >&2; exit 3");
  request.input = "typed\n";
  request.environment = {{"GREETING", "hello there"}};
  request.folder = "/";
  const auto result = run_command(request);
  CHECK(result.problem.empty());
  CHECK(result.exit_code == 3);
  CHECK(result.out == "typed\nhello there\n/\n");
  CHECK(result.err == "oops\n");
}

TEST_CASE("A program gets none of Mainstay's secrets and a handful of descriptors") {
  ::setenv("MAINSTAY_SECRET_OTHER", "planted-secret-7", 1);
  const auto result = run_command(shell("env; ulimit -n"));
  ::unsetenv("MAINSTAY_SECRET_OTHER");
  CHECK(result.out.find("planted") == std::string::npos);
  CHECK(result.out.ends_with("1024\n"));
}

TEST_CASE("A missing program, a folder, a text and a crash each get a sentence") {
  CommandRequest request;
  for (const char* program : {"no-such-program-here", "/no/such", "/tmp", "", "/etc/passwd"}) {
    request.program = program;
    const auto result = run_command(request);
    INFO(program);
    CHECK(result.missing);
    CHECK(result.problem.size() > 20);
  }
  const auto script = fresh_folder() + "/tool";
  put(script, "#!/no/such/interpreter\n");
  ::chmod(script.c_str(), 0755);
  request.program = script;
  CHECK(run_command(request).problem.find("could not be started") != std::string::npos);
  CHECK(run_command(shell("kill -SEGV $$")).problem.find("signal 11") != std::string::npos);
}

TEST_CASE("A program that hangs, floods or is not wanted any more is ended with all that it started") {
  const auto mark = fresh_folder() + "/mark";
  auto hangs = shell("(sleep 3; echo late > " + mark + ") & trap '' TERM; sleep 60; sleep 60");
  hangs.timeout = milliseconds(300);
  const auto late = run_command(hangs);
  CHECK(late.timed_out);
  CHECK(late.problem.find("time allowed") != std::string::npos);

  auto floods = shell("yes; true");
  floods.largest_output = 100'000;
  CHECK(run_command(floods).problem.find("printed more") != std::string::npos);
  auto complains = shell("yes >&2; true");
  complains.timeout = milliseconds(300);
  CHECK(run_command(complains).timed_out);

  std::stop_source stop;
  auto endless = shell("sleep 60");
  endless.stop = stop.get_token();
  std::jthread other([&] {
    std::this_thread::sleep_for(milliseconds(100));
    stop.request_stop();
  });
  CHECK(run_command(endless).stopped);

  const auto leaves = run_command(shell("sleep 60 & echo done"));  // the pipe stays open in what it left behind
  CHECK(leaves.exit_code == 0);
  CHECK(leaves.out == "done\n");
  auto writes = shell("head -c 100000 /dev/zero > " + mark + ".big");
  writes.largest_file = 1000;
  run_command(writes);
  CHECK(fs::file_size(mark + ".big") <= 1000);
  std::this_thread::sleep_for(milliseconds(3200));
  CHECK_FALSE(fs::exists(mark));
}

TEST_CASE("A command line is split into words, not handed to a shell") {
  CHECK(command_words("restic  -r '/mnt/my repo' \"say \\\"hi\\\"\" a\\ b ''") == std::vector<std::string>{"restic", "-r", "/mnt/my repo", "say \"hi\"", "a b", ""});
  CHECK(command_words("echo $HOME; rm * | cat") == std::vector<std::string>{"echo", "$HOME;", "rm", "*", "|", "cat"});
  CHECK(command_words("").empty());
  CHECK_THROWS_AS(command_words("say 'hello"), Error);
}

TEST_CASE("A program reads its secret and writes its file under names that lead to memory, not to a disk") {
  auto request = shell("cat /dev/fd/3; cat /dev/fd/3; echo kept > /dev/fd/4; readlink /dev/fd/3; readlink /dev/fd/4");
  request.secret = "planted;";
  request.takes_file = true;
  const auto result = run_command(request);
  INFO(result.out);
  CHECK(result.problem.empty());
  CHECK(result.out.starts_with("planted;planted;/memfd:mainstay"));  // it may be opened more than once
  CHECK(result.file == "kept\n");
  request.largest_file = 3;
  CHECK(run_command(request).file.size() <= 3);

  const auto none = run_command(shell("ls /proc/self/fd"));  // what another program was given is no other's
  CHECK(none.out == "0\n1\n2\n3\n");  // 3: the folder that ls itself reads
}

TEST_CASE("A program has a session of its own, and no terminal that it could ask at or whose keys it could take") {
  const auto result = run_command(shell("read -r _ _ _ _ group session terminal _ < /proc/$$/stat; echo $(($$ - group)) $(($$ - session)) $terminal; (: < /dev/tty) 2>/dev/null || echo none"));
  CHECK(result.out == "0 0 0\nnone\n");
}

namespace {

/// Kills a process that runs this script, which writes a process's number into the file `$MARK`, and sees that one end.
void check_ends_with_its_parent(const std::string& script) {
  const auto mark = fresh_folder() + "/pid";
  const pid_t parent = ::fork();
  REQUIRE(parent >= 0);
  if (parent == 0) {
    run_command(shell("put() { echo $1 > " + mark + ".new && mv " + mark + ".new " + mark + "; }; " + script));
    ::_exit(0);
  }
  for (int i = 0; i < 200 && !fs::exists(mark); ++i) std::this_thread::sleep_for(milliseconds(25));
  REQUIRE(fs::exists(mark));
  const auto child = std::stoi(read_file(mark));
  CHECK(::kill(child, 0) == 0);
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  const auto is_gone = [&] {  // ended, whether or not somebody has taken note of it
    std::error_code error;
    if (!fs::exists("/proc/" + std::to_string(child), error)) return true;
    const auto stat = read_file("/proc/" + std::to_string(child) + "/stat");
    return stat.find(") Z ") != std::string::npos;
  };
  for (int i = 0; i < 200 && !is_gone(); ++i) std::this_thread::sleep_for(milliseconds(25));
  CHECK(is_gone());
}

}  // namespace

TEST_CASE("A program ends with the process that started it, even where that is killed") { check_ends_with_its_parent("put $$; exec sleep 60"); }

TEST_CASE("What a program started ends with it where the process that started it is killed") {
  check_ends_with_its_parent("sleep 60 & put $!; wait");
  check_ends_with_its_parent("(sh -c 'trap \"\" TERM INT HUP; sleep 60' & put $!; wait)");
}

TEST_CASE("Nobody waits for what looks after programs: it holds no pipe, and is gone once the program is") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t parent = ::fork();
  REQUIRE(parent >= 0);
  if (parent == 0) {
    ::dup2(ends[1], 1);
    for (int i = 0; i < 3; ++i) run_command(shell("true"));
    const bool alone = ::waitpid(-1, nullptr, WNOHANG) < 0;
    [[maybe_unused]] const auto told = ::write(1, alone ? "y" : "n", 1);
    ::_exit(0);
  }
  ::close(ends[1]);
  char said[4] = {};
  CHECK(::read(ends[0], said, 4) == 1);
  CHECK(said[0] == 'y');
  CHECK(::read(ends[0], said, 4) == 0);  // closed by all
  ::close(ends[0]);
  ::waitpid(parent, nullptr, 0);
}

TEST_CASE("Session keys and tokens are masked wherever they stand in an answer") {
  CHECK(without_tokens(R"({"access_token":"abc.def","expires_in":900})") == R"({"access_token":"•••","expires_in":900})");
  CHECK(without_tokens(R"({"data":{"sid" : "x1","synotoken":"y"},"success":true})") == R"({"data":{"sid" : "•••","synotoken":"•••"},"success":true})");
  CHECK(without_tokens("<authSid><![CDATA[s3ss]]></authSid>") == "<authSid><![CDATA[•••]]></authSid>");
  CHECK(without_tokens("GET /a?_sid=abc&x=1\nAuthorization: Bearer zzz\n") == "GET /a?_sid=•••&x=1\nAuthorization: •••\n");
  CHECK(without_tokens("the token was refused; inside: residue=1 sid") == "the token was refused; inside: residue=1 sid");
  CHECK(without_tokens("") == "");
}
