// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/stop_signals.h"
#include "core/model/backup.h"
#include "core/model/observation.h"

namespace mainstay::cli {

using Readings = std::vector<Observation>;

/// Logins that were refused since this program began: a run by hand tries each once, also where it measures twice.
class RefusedNow {
 public:
  void add(const Probe& probe);
  bool has(const Probe& probe) const;

 private:
  mutable std::mutex mutex_;
  std::set<std::tuple<std::string, std::string, std::string>> refused_;
};

/// How a round of measuring ended.
struct Measured {
  std::size_t asked = 0, read = 0;  ///< probes; fewer were read where it was stopped
};

/// Runs probes side by side and hands each batch of readings over as it comes. Those whose login was refused before in this run are named and left out.
/// Once `stop` asks, it ends within a second, and what was read by then has been handed over.
Measured measure(const Invocation& in, std::vector<Probe> probes, const std::shared_ptr<RefusedNow>& refused_now, const StopSignals& stop, const std::function<void(Readings)>& take);

/// The one sentence about a round that was stopped.
std::string stopped_words(const Measured& measured);

}  // namespace mainstay::cli
