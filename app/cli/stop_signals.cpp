// SPDX-License-Identifier: MIT
#include "app/cli/stop_signals.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay::cli {
namespace {

constexpr int heeded[] = {SIGINT, SIGTERM, SIGHUP};
constexpr long long same_within_ms = 250;  // timeout(1) and a closing terminal send theirs twice at a stroke
constexpr char came_mark = 'c', end_mark = 'e';

// A signal's handler has nowhere else to look.
std::atomic<int> came = 0;
std::atomic<long long> came_at_ms = 0;
int ends[2] = {-1, -1};
struct sigaction before[std::size(heeded)];

static_assert(std::atomic<int>::is_always_lock_free && std::atomic<long long>::is_always_lock_free);

long long now_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1'000'000;
}

/// Only calls that are safe wherever the program stands.
extern "C" void note_signal(int signal) {
  const int kept = errno;
  int none = 0;
  if (came.compare_exchange_strong(none, signal)) {
    came_at_ms = now_ms();
    [[maybe_unused]] const auto told = ::write(ends[1], &came_mark, 1);
  } else if (now_ms() - came_at_ms > same_within_ms) {
    ::_exit(128 + signal);  // the programs that were started end with this one
  }
  errno = kept;
}

}  // namespace

StopSignals::StopSignals() {
  came = 0;
  if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(ErrorCode::io, tr("This computer gave no means to listen for Ctrl-C: {reason}.", {{"reason", std::strerror(errno)}}));
  listener_ = std::thread([this] {
    char mark = 0;
    while (::read(ends[0], &mark, 1) < 0 && errno == EINTR) {}
    if (mark == came_mark) source_.request_stop();
  });
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < std::size(heeded); ++i) {
    ::sigaction(heeded[i], nullptr, &before[i]);
    if (before[i].sa_handler != SIG_IGN) ::sigaction(heeded[i], &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < std::size(heeded); ++i) ::sigaction(heeded[i], &before[i], nullptr);
  [[maybe_unused]] const auto told = ::write(ends[1], &end_mark, 1);
  listener_.join();
  for (int& end : ends) ::close(std::exchange(end, -1));
}

bool StopSignals::asked() const { return came != 0; }

int StopSignals::exit_code() const { return came == 0 ? 0 : 128 + came; }

}  // namespace mainstay::cli
