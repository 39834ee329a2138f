// SPDX-License-Identifier: MIT
// Answers as the sample client's CrashPlan account does, or another service, until standard input closes or SIGTERM comes.
// mainstay-replay [--service synology|qnap|truenas|healthchecks|duplicati] [--port N] [--hours-ago N]; MAINSTAY_AS_OF fixes the clock.
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

#include "tests/support/replay_services.h"

namespace {

volatile std::sig_atomic_t asked_to_stop = 0;
void stop(int) { asked_to_stop = 1; }

}  // namespace

int main(int count, char** arguments) {
  using namespace mainstay;
  using namespace mainstay::testing;
  int port = 0, hours_ago = 20;
  std::string service;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string name = arguments[i];
    if (name == "--port") port = std::atoi(arguments[i + 1]);
    if (name == "--service") service = arguments[i + 1];
    if (name == "--hours-ago") hours_ago = std::atoi(arguments[i + 1]);
  }
  struct sigaction action {};
  action.sa_handler = stop;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
  try {
    const char* as_of = std::getenv("MAINSTAY_AS_OF");
    const auto fixed = as_of ? parse_instant(as_of).value_or(Instant()) : Instant();
    const auto completed = [hours_ago, fixed] { return Instant((fixed ? fixed : system_now()).seconds - std::int64_t(hours_ago) * 3600); };
    auto options = replay_service(service, completed()).value_or(ReplayOptions());
    options.port = static_cast<std::uint16_t>(port);
    options.computers = [completed] { return std::vector<std::string>{crashplan_computer("HARBOUR-ACCOUNTS", "843290890230648046", "\"" + crashplan_time(completed()) + "\"")}; };
    const ReplayServer server(std::move(options));
    std::printf("listening %s\n", server.url().c_str());
    std::fflush(stdout);
    char block[256];
    while (!asked_to_stop) {
      pollfd input{STDIN_FILENO, POLLIN, 0};
      if (poll(&input, 1, 500) > 0 && read(STDIN_FILENO, block, sizeof block) <= 0) break;
    }
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "mainstay-replay: %s\n", problem.what());
    return 3;
  }
  return 0;
}
