// SPDX-License-Identifier: MIT
#pragma once
#include <stop_token>
#include <thread>

namespace mainstay::cli {

/// While it lives, the first Ctrl-C, SIGTERM or SIGHUP only asks to stop, and a second one ends the program at once. A signal that is ignored, as under nohup,
/// stays so. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  std::stop_token token() const { return source_.get_token(); }
  bool asked() const;
  /// What a program that was stopped by it ends with, as shells count: 130 for Ctrl-C, 143 for SIGTERM; 0 where none came.
  int exit_code() const;

 private:
  std::stop_source source_;
  std::thread listener_;
};

}  // namespace mainstay::cli
