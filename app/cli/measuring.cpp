// SPDX-License-Identifier: MIT
#include "app/cli/measuring.h"

#include <charconv>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <optional>

#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/one_line.h"
#include "core/probe/probe_runner.h"
#include "core/probe/refused_logins.h"

namespace mainstay::cli {
namespace {

using Time = std::chrono::steady_clock;
constexpr std::chrono::milliseconds gathering{200};  // readings come in by the hundred a second, and each writing costs several syncs of the disk
constexpr std::chrono::milliseconds stopping_takes{800};  // the longest that a worker may take to notice; one that hangs in the system is left behind

/// What workers post, run here on the main thread.
class Queue {
 public:
  using Job = std::function<void()>;
  void post(Job job) {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    ready_.notify_one();
  }
  /// The next job; none where `until` comes first. A job that is alone is left until `rested`: what it hands over gathers meanwhile, and the end comes as a second one.
  Job take(const std::optional<Time::time_point>& until, Time::time_point rested) {
    std::unique_lock lock(mutex_);
    const auto is_there = [&] { return !jobs_.empty(); };
    if (!until) ready_.wait(lock, is_there);
    else if (!ready_.wait_until(lock, *until, is_there)) return {};
    ready_.wait_until(lock, until ? std::min(rested, *until) : rested, [&] { return jobs_.size() > 1; });
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Job> jobs_;
};

/// A positive whole number given as an option, or `other`.
int count_of(const Invocation& in, const std::string& option, int other) {
  if (!in.has(option)) return other;
  const auto text = in.get(option);
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size() || count < 1) throw Error(ErrorCode::usage, tr("{option} needs a whole number from 1 on.", {{"option", option}}));
  return count;
}

std::tuple<std::string, std::string, std::string> login_of(const Probe& probe) { return {probe.url, probe.account, probe.secret_name}; }

}  // namespace

void RefusedNow::add(const Probe& probe) {
  const std::lock_guard lock(mutex_);
  refused_.insert(login_of(probe));
}

bool RefusedNow::has(const Probe& probe) const {
  const std::lock_guard lock(mutex_);
  return refused_.contains(login_of(probe));
}

Measured measure(const Invocation& in, std::vector<Probe> probes, const std::shared_ptr<RefusedNow>& refused_now, const StopSignals& stop, const std::function<void(Readings)>& take) {
  std::erase_if(probes, [&](const Probe& probe) {
    if (!refused_now->has(probe)) return false;
    if (!in.json()) print(tr("{probe} was not tried again: the same login was refused a moment before.", {{"probe", one_line(probe.name.empty() ? probe.id.text : probe.name)}}));
    return true;
  });
  Measured measured{probes.size(), 0};
  if (probes.empty()) return measured;
  auto queue = std::make_shared<Queue>();
  const auto secrets = system_secrets();
  auto runner = std::make_unique<ProbeRunner>(
      [queue](std::function<void()> job) { queue->post(std::move(job)); }, secrets, in.clock,
      ProbePace{count_of(in, "--at-once", ProbePace().workers), count_of(in, "--per-host", ProbePace().per_host)}, [secrets, refused_now](const Probe& probe, bool refused) {
        if (refused) refused_now->add(probe);
        return remember_login(probe, secrets, refused);
      });
  bool finished = false;
  runner->start(std::move(probes), [&](Readings batch) { measured.read += batch.size(); take(std::move(batch)); }, [&] { finished = true; });
  const std::stop_callback wake(stop.token(), [queue] { queue->post([] {}); });
  std::optional<Time::time_point> until;
  auto rested = Time::now() + gathering;
  while (!finished) {
    if (!until && stop.token().stop_requested()) {
      runner->cancel();
      until = Time::now() + stopping_takes;
    }
    const auto job = queue->take(until, rested);
    if (!job) break;
    job();
    rested = Time::now() + (measured.read < measured.asked ? gathering : gathering.zero());  // once all are read only the end is to come
  }
  if (!finished) static_cast<void>(runner.release());  // waiting for what hangs would hold the program up, and it ends in a moment
  return measured;
}

std::string stopped_words(const Measured& measured) {
  if (measured.read == 0) return tr("Stopped before any probe was read.");
  return tr_count(static_cast<long long>(measured.asked), "Stopped; the one probe had been read, and its reading is kept.", "Stopped: {read} of {count} probes had been read, and their readings are kept.", {{"read", measured.read}});
}

}  // namespace mainstay::cli
