// SPDX-License-Identifier: MIT
#include <termios.h>
#include <unistd.h>

#include <cstdio>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/probe/secrets.h"

namespace mainstay::cli {
namespace {

constexpr std::size_t longest = 64 << 10;

/// Typing that does not show, as long as it lives.
class Unseen {
 public:
  Unseen() : terminal_(isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    auto quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~Unseen() {
    if (!terminal_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputs("\n", stderr);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
  bool terminal_;
};

/// The first line of the input; never from the command line, which others on the computer can read.
std::string read_secret() {
  if (isatty(STDIN_FILENO)) std::fputs(tr("The secret (it will not show): ").c_str(), stderr);
  const Unseen unseen;
  std::string secret;
  for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar()) {
    secret += static_cast<char>(c);
    if (secret.size() > longest) throw Error(ErrorCode::bad_value, tr("That is too long for a secret."));
  }
  if (secret.ends_with('\r')) secret.pop_back();
  return secret;
}

}  // namespace

int run_secret(const Invocation& in) {
  const auto action = in.get("ACTION"), name = in.get("NAME");
  if (action == "keep") {
    print(keep_secret(name, read_secret()));
    return Exit::fine;
  }
  if (action == "where") {
    const auto where = where_secret_is(name);
    print(where.empty() ? tr("There is no secret “{name}” on this computer.", {{"name", name}}) : where);
    return where.empty() ? Exit::found : Exit::fine;
  }
  if (action == "forget") {
    const bool gone = forget_secret(name);
    print(gone ? tr("The secret “{name}” is gone.", {{"name", name}}) : tr("There is no secret “{name}” on this computer.", {{"name", name}}));
    return gone ? Exit::fine : Exit::found;
  }
  throw Error(ErrorCode::usage, tr("“{action}” is none of keep, where and forget.", {{"action", action}}));
}

}  // namespace mainstay::cli
