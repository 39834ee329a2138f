// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "core/base/post.h"
#include "core/model/backup.h"
#include "core/model/observation.h"
#include "core/probe/probe_order.h"
#include "core/probe/secrets.h"

namespace mainstay {

/// How many probes run at once, all together (at most 300) and against one host and port.
struct ProbePace {
  int workers = 100;
  int per_host = 6;
};

/// Called from a worker with what became of a probe's login, refused or accepted; true where a refusal is remembered, so that no
/// unattended round tries it again.
using LoginNote = std::function<bool(const Probe&, bool refused)>;

/// Runs probes on worker threads, each with one curl handle of its own; results come in batches through `post`, on the main
/// thread. Probes get copies of their records and never see a plan.
class ProbeRunner {
 public:
  ProbeRunner(Post post, Secrets secrets, Clock clock, ProbePace pace = {}, LoginNote login_note = {});
  ~ProbeRunner();  ///< cancels, waits for the workers (at most about a second)
  ProbeRunner(const ProbeRunner&) = delete;
  ProbeRunner& operator=(const ProbeRunner&) = delete;

  using Done = std::function<void(std::vector<Observation>)>;
  /// Starts probes, in this order as far as the limit per host allows, and no second one with a login before the first was accepted; `results` is called with each batch, `finished` once at the end. Main thread only.
  void start(std::vector<Probe> probes, Done results, std::function<void()> finished);
  /// Ends what runs, within a second; unfinished probes give no observation.
  void cancel();
  bool running() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// Runs one probe to its end on the calling thread.
Observation run_probe(const Probe& probe, const Secrets& secrets, Clock clock, std::stop_token stop = {});

}  // namespace mainstay
