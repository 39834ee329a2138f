// SPDX-License-Identifier: MIT
#pragma once
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mainstay {

/// A program to run, without a shell. Secrets go into `environment`, `input` or `secret`, never into `arguments`: others on
/// the computer can read those.
struct CommandRequest {
  std::string program;  ///< a path, or a name that is looked for on the path
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to this process's own, from which Mainstay's secrets are taken out
  std::string input;   ///< what the program reads; empty = nothing
  std::string secret;  ///< what the program finds under the name `secret_path`, held in memory and on no disk; empty = nothing
  bool takes_file = false;  ///< the program may write one file, under the name `file_path`, held in memory like that
  std::string folder;  ///< to run in; empty = this process's own
  std::chrono::milliseconds timeout{60'000};
  std::chrono::seconds allowed{0};  ///< what a sentence about the time names, where `timeout` is only the rest of it; 0 = `timeout`
  std::size_t largest_output = std::size_t(8) << 20;  ///< of stdout; of stderr the first 64 kB are kept
  std::size_t largest_file = 0;  ///< that it may write; 0 = no limit, other than that of `takes_file`, 8 MB
  std::stop_token stop;
};

/// How it went. `problem` is a whole sentence where the program did not run to its own end; an exit code other than 0 is none.
struct CommandResult {
  int exit_code = -1;
  std::string out, err, problem;
  std::string file;  ///< what it wrote under the name `file_path`
  bool missing = false;    ///< there is no such program
  bool timed_out = false;
  bool stopped = false;
};

constexpr const char* secret_path = "/dev/fd/3";
constexpr const char* file_path = "/dev/fd/4";

/// Runs a program in a session of its own, without a terminal that it could ask or take the keys of. Its process group ends with it: after the
/// timeout, when `stop` says so, when it prints too much, and when it is done (what it left running behind included). The program itself also
/// ends when this process does, however that comes.
CommandResult run_command(const CommandRequest& request);
/// Where a program is: the path itself, or the first of that name on the path and in the usual folders.
std::optional<std::string> find_program(const std::string& name);
/// The words of a command line as a shell would split them, with quotes and backslashes but no variables and no wildcards.
/// Throws Error{bad_value} where a quote is left open.
std::vector<std::string> command_words(std::string_view line);

}  // namespace mainstay
