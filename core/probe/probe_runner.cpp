// SPDX-License-Identifier: MIT
#include "core/probe/probe_runner.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/model/probe_settings.h"
#include "core/probe/probe_types.h"

namespace mainstay {
namespace {

constexpr int most_workers = 300;
constexpr std::int64_t longest_probe_seconds = 3600;
constexpr std::chrono::milliseconds patience{1500};  // a worker stuck in the system (a dead mount) is left behind after this

/// A server whose clock is off dates its backups wrongly: that is said beside whatever was read. What was dated by that clock is brought to this computer's,
/// so that the age is what it is by the server's own.
void allow_for_clock(const ProbeContext& context, Observation& seen) {
  const auto ahead = context.server_ahead();
  if (!ahead) return;
  if (context.dated_by_server) {
    for (auto* when : {&seen.last_point, &seen.last_attempt, &seen.oldest_point, &seen.next_run})
      if (*when) when->seconds -= ahead;
    seen.clock_ahead_seconds = ahead;
  }
  const Args args{{"time", spoken_minutes(std::abs(ahead) / 60)}};
  seen.detail += (seen.detail.empty() ? "" : " ") + (ahead > 0 ? tr("The server's clock is {time} ahead of this computer's.", args) : tr("The server's clock is {time} behind this computer's.", args));
}

/// What is left of a reading that ended early: the health learnt before, if any, and why it ended. An alarm counts all the same.
Observation ended_early(Observation so_far, const std::string& reason) {
  so_far.outcome = so_far.alarm ? Observation::Outcome::failed : Observation::Outcome::unreadable;
  so_far.last_point = {};
  so_far.detail += (so_far.detail.empty() ? "" : " ") + reason;
  return so_far;
}

Observation run_with(Fetch& fetch, const Probe& probe, const Secrets& secrets, const Clock& clock, std::stop_token stop) {
  Observation seen;
  const auto* type = probe_type(probe.type);
  const auto started = std::chrono::steady_clock::now();
  ProbeContext context{fetch, secrets, clock()};
  if (!type) {
    fetch.begin(std::chrono::seconds(1), {});
    seen = observed(Observation::Outcome::unreadable, tr("This probe has no type yet: say what kind of backup it reads."));
  } else {
    const auto limit = std::clamp<std::int64_t>(probe.timeout_seconds.value_or(type->default_seconds), 1, longest_probe_seconds);
    fetch.begin(std::chrono::seconds(limit), std::move(stop));
    fetch.trust(probe.pin);
    try {
      seen = type->run(probe, context);
    } catch (const Error& problem) {
      seen = ended_early(std::move(context.so_far), problem.what());
    } catch (const std::exception&) {  // a library's own trouble with what a server sent; its words are for nobody
      seen = ended_early(std::move(context.so_far), tr("The answer could not be understood."));
    }
  }
  seen.uuid = new_uuid();
  seen.probe_id = probe.id;
  seen.backup_id = probe.backup_id;
  seen.read_at = clock();
  seen.settings = probe_settings(probe);
  seen.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
  seen.presented_pin = fetch.presented_pin();
  seen.reply = fetch.last_reply();
  allow_for_clock(context, seen);
  seen.detail = fetch.scrubbed(clean_utf8(seen.detail));
  seen.item = fetch.scrubbed(clean_utf8(seen.item));
  return seen;
}

/// The probes that have not begun, by host: the first one whose host has room is next.
class Waiting {
 public:
  Waiting() = default;
  Waiting(std::vector<Probe> probes, int per_host) : per_host_(static_cast<std::size_t>(std::max(1, per_host))) {
    for (auto& probe : probes) {
      auto& host = hosts_[host_key(probe.url)];
      host.queue.emplace_back(count_++, std::move(probe));
    }
    for (auto& [name, host] : hosts_) ready_[host.queue.front().first] = &host;
    for (auto& [name, host] : hosts_) host.limited = !name.empty();
  }
  bool empty() const { return count_ == 0; }
  bool has_room() const { return !ready_.empty(); }

  struct Host;
  struct Taken {
    Probe probe;
    Host* host = nullptr;
  };
  Taken take() {
    auto* host = ready_.begin()->second;
    ready_.erase(ready_.begin());
    Taken taken{std::move(host->queue.front().second), host};
    host->queue.pop_front();
    ++host->running;
    --count_;
    offer(*host);
    return taken;
  }
  /// That probe is done: its host has room again.
  void done(Host& host) {
    const bool was_full = is_full(host);
    --host.running;
    if (was_full) offer(host);
  }

  struct Host {
    std::deque<std::pair<std::size_t, Probe>> queue;
    std::size_t running = 0;
    bool limited = true;
  };

 private:
  bool is_full(const Host& host) const { return host.limited && host.running >= per_host_; }
  void offer(Host& host) {
    if (!host.queue.empty() && !is_full(host)) ready_[host.queue.front().first] = &host;
  }
  std::size_t per_host_ = 1, count_ = 0;
  std::map<std::string, Host> hosts_;
  std::map<std::size_t, Host*> ready_;  ///< by the place in the order of the next probe
};

/// One call of `start`: what is left to do and what was found. Workers share it; it outlives a runner that is gone.
struct Run {
  Post post;
  Secrets secrets;
  Clock clock;
  ProbeRunner::Done results;
  std::function<void()> finished;
  std::stop_source stop;
  std::vector<std::thread> threads;
  std::atomic<bool> abandoned = false;  ///< the runner is gone: nothing is posted any more

  std::mutex guard;  ///< of all below
  std::condition_variable idle;
  std::condition_variable_any room;  ///< a host has room again, or nothing waits any more
  Waiting waiting;
  std::vector<Observation> batch;
  bool flush_posted = false;
  std::size_t workers = 0;
  bool ended = false;
};

/// Hands over what has gathered; on the main thread.
void flush(Run& run) {
  std::vector<Observation> batch;
  {
    const std::lock_guard lock(run.guard);
    batch.swap(run.batch);
    run.flush_posted = false;
  }
  if (!batch.empty() && run.results) run.results(std::move(batch));
}

}  // namespace

struct ProbeRunner::State {
  Post post;
  Secrets secrets;
  Clock clock;
  ProbePace pace;
  std::list<std::shared_ptr<Run>> runs;

  static void work(const std::shared_ptr<Run>& run, const std::weak_ptr<State>& state);
  static void end(const std::shared_ptr<Run>& run, const std::weak_ptr<State>& state);
};

/// The last worker is done: hand over the rest and say so, on the main thread.
void ProbeRunner::State::end(const std::shared_ptr<Run>& run, const std::weak_ptr<State>& state) {
  const auto alive = state.lock();
  if (!alive || run->ended) return;
  run->ended = true;
  for (auto& thread : run->threads) {
    if (thread.get_id() == std::this_thread::get_id()) thread.detach();  // where `post` calls at once instead of later
    else if (thread.joinable()) thread.join();
  }
  flush(*run);
  alive->runs.remove(run);
  if (run->finished) run->finished();
}

void ProbeRunner::State::work(const std::shared_ptr<Run>& run, const std::weak_ptr<State>& state) {
  const auto stop = run->stop.get_token();
  std::string trouble;
  std::unique_ptr<Fetch> fetch;
  try {
    fetch = std::make_unique<Fetch>();
  } catch (const Error& problem) {
    trouble = problem.what();
  }
  for (;;) {
    Waiting::Taken taken;
    {
      std::unique_lock lock(run->guard);
      run->room.wait(lock, stop, [&] { return run->waiting.empty() || run->waiting.has_room(); });
      if (stop.stop_requested() || run->waiting.empty()) break;
      taken = run->waiting.take();
      if (run->waiting.empty()) run->room.notify_all();
    }
    const Probe& probe = taken.probe;
    Observation seen;
    if (fetch) {
      seen = run_with(*fetch, probe, run->secrets, run->clock, stop);
    } else {
      seen = observed(Observation::Outcome::unreadable, trouble);
      seen.uuid = new_uuid();
      seen.probe_id = probe.id;
      seen.backup_id = probe.backup_id;
      seen.read_at = run->clock();
    }
    if (stop.stop_requested()) break;
    bool post_flush = false;
    {
      const std::lock_guard lock(run->guard);
      run->batch.push_back(std::move(seen));
      run->waiting.done(*taken.host);
      run->room.notify_one();
      post_flush = !std::exchange(run->flush_posted, true);
    }
    if (post_flush && !run->abandoned)
      run->post([run, state] {
        if (state.lock()) flush(*run);
      });
  }
  fetch.reset();
  bool last = false;
  {
    const std::lock_guard lock(run->guard);
    last = --run->workers == 0;
  }
  if (last && !run->abandoned) run->post([run, state] { end(run, state); });
  run->idle.notify_all();
}

ProbeRunner::ProbeRunner(Post post, Secrets secrets, Clock clock, ProbePace pace) : state_(std::make_shared<State>()) {
  state_->post = std::move(post);
  state_->secrets = std::move(secrets);
  state_->clock = std::move(clock);
  state_->pace = {std::clamp(pace.workers, 1, most_workers), std::clamp(pace.per_host, 1, most_workers)};
}

ProbeRunner::~ProbeRunner() {
  for (const auto& run : state_->runs) {
    run->abandoned = true;
    run->stop.request_stop();
  }
  const auto until = std::chrono::steady_clock::now() + patience;
  for (const auto& run : state_->runs) {
    bool quiet = false;
    {
      std::unique_lock lock(run->guard);
      quiet = run->idle.wait_until(lock, until, [&] { return run->workers == 0; });
    }
    for (auto& thread : run->threads) {
      if (quiet) thread.join();
      else thread.detach();
    }
  }
}

void ProbeRunner::start(std::vector<Probe> probes, Done results, std::function<void()> finished) {
  auto run = std::make_shared<Run>();
  run->post = state_->post;
  run->secrets = state_->secrets;
  run->clock = state_->clock;
  run->results = std::move(results);
  run->finished = std::move(finished);
  run->workers = std::min(static_cast<std::size_t>(state_->pace.workers), probes.size());
  run->waiting = Waiting(std::move(probes), state_->pace.per_host);
  state_->runs.push_back(run);
  const std::weak_ptr<State> weak = state_;
  const auto count = run->workers;
  if (count == 0) run->post([run, weak] { State::end(run, weak); });
  for (std::size_t i = 0; i < count; ++i) run->threads.emplace_back([run, weak] { State::work(run, weak); });
}

void ProbeRunner::cancel() {
  for (const auto& run : state_->runs) run->stop.request_stop();
}

bool ProbeRunner::running() const { return !state_->runs.empty(); }

Observation run_probe(const Probe& probe, const Secrets& secrets, Clock clock, std::stop_token stop) {
  Fetch fetch;
  return run_with(fetch, probe, secrets, clock, std::move(stop));
}

}  // namespace mainstay
