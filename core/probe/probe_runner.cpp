// SPDX-License-Identifier: MIT
#include "core/probe/probe_runner.h"

#include <atomic>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/model/probe_settings.h"
#include "core/probe/probe_types.h"
#include "core/probe/waiting_probes.h"

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

/// What is said where a login was refused and an unattended round will leave it alone.
std::string held_back() { return tr("It is not tried again by itself until the address, the account or the secret is another one, or somebody tests it by hand."); }

/// An observation of a probe that was not run.
Observation unrun(const Probe& probe, const std::string& reason, const Clock& clock) {
  auto seen = observed(Observation::Outcome::unreadable, reason);
  seen.uuid = new_uuid();
  seen.probe_id = probe.id;
  seen.backup_id = probe.backup_id;
  seen.read_at = clock();
  seen.settings = settings_told(probe);
  return seen;
}

/// Runs a probe; `login_told` is called as soon as it is known what became of its login.
Observation run_with(Fetch& fetch, const Probe& probe, const Secrets& secrets, const Clock& clock, std::stop_token stop, std::function<void(Fetch::Login)> login_told = {}) {
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
    fetch.when_login_told(std::move(login_told));
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
  seen.settings = settings_told(probe);
  seen.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
  seen.presented_pin = fetch.presented_pin();
  seen.reply = fetch.last_reply();
  allow_for_clock(context, seen);
  seen.detail = fetch.scrubbed_sentence(one_line(seen.detail));
  constexpr std::string_view opens = "“", closes = "”";
  seen.item = fetch.scrubbed_sentence(std::string(opens) + one_line(seen.item) + std::string(closes));  // others wrote it: masked as if quoted
  seen.item = seen.item.substr(opens.size(), seen.item.size() - opens.size() - closes.size());
  return seen;
}

/// Tells whoever remembers logins what became of a probe's, and says so in the observation. True where it was refused.
bool tell_login(const Fetch& fetch, const Probe& probe, const LoginNote& note, Observation& seen) {
  const bool refused = fetch.login() == Fetch::Login::refused && seen.outcome == Observation::Outcome::unreadable;
  const bool accepted = fetch.login() == Fetch::Login::accepted || is_answer(seen.outcome);
  if (note && (refused || accepted) && note(probe, refused) && refused) seen.detail += " " + held_back();
  return refused;
}

/// One call of `start`: what is left to do and what was found. Workers share it; it outlives a runner that is gone.
struct Run {
  Post post;
  Secrets secrets;
  Clock clock;
  LoginNote login_note;
  ProbeRunner::Done results;
  std::function<void()> finished;
  std::stop_source stop;
  std::vector<std::thread> threads;
  std::atomic<bool> abandoned = false;  ///< the runner is gone: nothing is posted any more

  std::mutex guard;  ///< of all below
  std::condition_variable idle;
  std::condition_variable_any room;  ///< a host has room again, or nothing waits any more
  WaitingProbes waiting;
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
  LoginNote login_note;
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
    WaitingProbes::Taken taken;
    {
      std::unique_lock lock(run->guard);
      run->room.wait(lock, stop, [&] { return run->waiting.empty() || run->waiting.has_room(); });
      if (stop.stop_requested() || run->waiting.empty()) break;
      taken = run->waiting.take();
      if (run->waiting.empty()) run->room.notify_all();
    }
    const Probe& probe = taken.probe;
    std::vector<Observation> found;
    bool refused = false;
    if (fetch) {
      found.push_back(run_with(*fetch, probe, run->secrets, run->clock, stop, [&](Fetch::Login login) {
        if (login != Fetch::Login::accepted) return;
        const std::lock_guard lock(run->guard);
        if (run->waiting.release(taken)) run->room.notify_all();
      }));
      if (stop.stop_requested()) break;
      refused = tell_login(*fetch, probe, run->login_note, found.front());
    } else {
      found.push_back(unrun(probe, trouble, run->clock));
    }
    std::vector<Probe> alike;
    if (refused) {
      const std::lock_guard lock(run->guard);
      alike = run->waiting.give_up(taken);
    }
    for (const auto& other : alike) {
      const Args args{{"probe", probe.name.empty() ? probe.id.text : probe.name}, {"reason", found.front().detail}};
      if (run->login_note) run->login_note(other, true);
      found.push_back(unrun(other, tr("The same login was refused for “{probe}” a moment before, so it was not tried here. {reason}", args), run->clock));
    }
    bool post_flush = false;
    {
      const std::lock_guard lock(run->guard);
      run->batch.insert(run->batch.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
      run->waiting.done(*taken.host);
      run->waiting.release(taken);  // it ended without a word on its login
      run->room.notify_all();
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

ProbeRunner::ProbeRunner(Post post, Secrets secrets, Clock clock, ProbePace pace, LoginNote login_note) : state_(std::make_shared<State>()) {
  state_->post = std::move(post);
  state_->secrets = std::move(secrets);
  state_->clock = std::move(clock);
  state_->login_note = std::move(login_note);
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
  run->login_note = state_->login_note;
  run->results = std::move(results);
  run->finished = std::move(finished);
  run->workers = std::min(static_cast<std::size_t>(state_->pace.workers), probes.size());
  run->waiting = WaitingProbes(std::move(probes), state_->pace.per_host);
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
