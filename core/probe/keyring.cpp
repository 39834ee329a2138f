// SPDX-License-Identifier: MIT
#include "core/probe/keyring.h"

#include <atomic>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/run_command.h"

namespace mainstay {
namespace {

constexpr const char* program = "secret-tool";
constexpr std::chrono::seconds patience{5}, patience_of_store{10};  // for the latter somebody may have to type the keyring's password
constexpr std::chrono::seconds left_alone{20};  ///< after it did not answer
constexpr std::size_t largest_secret = 64 << 10;

CommandRequest request_for(const std::string& action, const std::string& name) {
  CommandRequest request;
  request.program = program;
  request.arguments = {action};
  if (action == "store") request.arguments.push_back("--label=" + tr("Mainstay: {name}", {{"name", name}}));
  for (const auto& word : {std::string("application"), std::string("mainstay"), std::string("name"), name}) request.arguments.push_back(word);
  request.timeout = action == "store" ? patience_of_store : patience;
  request.largest_output = largest_secret;
  return request;
}

/// Until when a keyring that did not answer is not asked again: many probes may want their secrets, and each would wait.
std::atomic<std::chrono::steady_clock::time_point> silent_until{std::chrono::steady_clock::time_point::min()};

[[noreturn]] void does_not_answer() { throw Error(ErrorCode::io, tr("This computer's keyring does not answer, so no secret could be looked up there. Unlock it or sign in to the desktop again, or keep the secret anew: it then goes into a file that only you may read.")); }

}  // namespace

bool has_keyring() { return find_program(program).has_value(); }

std::optional<std::string> keyring_secret(const std::string& name) {
  if (name.empty() || !has_keyring()) return {};
  if (std::chrono::steady_clock::now() < silent_until.load()) does_not_answer();
  auto result = run_command(request_for("lookup", name));
  if (result.timed_out) {
    silent_until = std::chrono::steady_clock::now() + left_alone;
    does_not_answer();
  }
  if (!result.problem.empty() || result.exit_code != 0) return {};
  if (result.out.ends_with('\n')) result.out.pop_back();  // kept by hand with `echo`
  if (result.out.empty()) return {};
  return std::move(result.out);
}

void keep_in_keyring(const std::string& name, const std::string& secret) {
  if (!has_keyring()) throw Error(ErrorCode::refused, tr("This computer's keyring cannot be reached: the program secret-tool (package libsecret-tools) is not installed."));
  auto request = request_for("store", name);
  request.input = secret;
  const auto result = run_command(request);
  silent_until = result.timed_out ? std::chrono::steady_clock::now() + left_alone : std::chrono::steady_clock::time_point::min();
  if (!result.problem.empty() || result.exit_code != 0) throw Error(ErrorCode::io, tr("The keyring took nothing: it is locked, or no desktop is signed in."));
}

bool forget_in_keyring(const std::string& name) {
  if (!has_keyring() || !keyring_secret(name)) return false;
  return run_command(request_for("clear", name)).exit_code == 0;
}

}  // namespace mainstay
