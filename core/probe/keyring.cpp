// SPDX-License-Identifier: MIT
#include "core/probe/keyring.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/run_command.h"

namespace mainstay {
namespace {

constexpr const char* program = "secret-tool";
constexpr std::chrono::seconds patience{30};  // somebody may have to type the keyring's password
constexpr std::size_t largest_secret = 64 << 10;

CommandRequest request_for(const std::string& action, const std::string& name) {
  CommandRequest request;
  request.program = program;
  request.arguments = {action};
  if (action == "store") request.arguments.push_back("--label=" + tr("Mainstay: {name}", {{"name", name}}));
  for (const auto& word : {std::string("application"), std::string("mainstay"), std::string("name"), name}) request.arguments.push_back(word);
  request.timeout = patience;
  request.largest_output = largest_secret;
  return request;
}

}  // namespace

bool has_keyring() { return find_program(program).has_value(); }

std::optional<std::string> keyring_secret(const std::string& name) {
  if (name.empty() || !has_keyring()) return {};
  auto result = run_command(request_for("lookup", name));
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
  if (!result.problem.empty() || result.exit_code != 0) throw Error(ErrorCode::io, tr("The keyring took nothing: it is locked, or no desktop is signed in."));
}

bool forget_in_keyring(const std::string& name) {
  if (!has_keyring() || !keyring_secret(name)) return false;
  return run_command(request_for("clear", name)).exit_code == 0;
}

}  // namespace mainstay
