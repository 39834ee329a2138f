// SPDX-License-Identifier: MIT
#include <condition_variable>
#include <csignal>
#include <deque>
#include <mutex>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/probe/probe_runner.h"

namespace mainstay::cli {
namespace {

/// What workers post, run here on the main thread.
class Queue {
 public:
  void post(std::function<void()> job) {
    const std::lock_guard lock(mutex_);
    jobs_.push_back(std::move(job));
    ready_.notify_one();
  }
  std::function<void()> take() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return !jobs_.empty(); });
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> jobs_;
};

/// Whether a probe's next look is due; a probe without interval is due every time.
bool is_due(const Probe& probe, const std::vector<Observation>& observations, Instant now) {
  if (!probe.every_minutes) return true;
  Instant last;
  for (const auto& o : observations)
    if (o.probe_id == probe.id && (!last || o.read_at > last)) last = o.read_at;
  return !last || minutes_between(last, now) >= probe.every_minutes.count;
}

std::vector<Probe> chosen_probes(const Document& document, const RecordRef& only, bool due) {
  std::vector<Probe> probes;
  for (const auto& probe : document.plan().probes) {
    if (only && probe.id != only.id && probe.backup_id != only.id) continue;
    if (!only && probe.paused == Answer::yes) continue;
    if (!due || is_due(probe, document.observations(), document.now())) probes.push_back(probe);
  }
  return probes;
}

void measure(Document& document, std::vector<Probe> probes, const Clock& clock) {
  if (probes.empty()) return;
  auto queue = std::make_shared<Queue>();
  ProbeRunner runner([queue](std::function<void()> job) { queue->post(std::move(job)); }, system_secrets(), clock);
  bool finished = false;
  runner.start(std::move(probes), [&](std::vector<Observation> batch) { document.add_observations(batch); }, [&] { finished = true; });
  while (!finished) queue->take()();
}

std::string age_words(const BackupStatus& status) {
  return status.age_minutes < 0 ? tr("age not known") : tr("{age} old", {{"age", spoken_minutes(status.age_minutes)}});
}

}  // namespace

int run_probe(const Invocation& in) {
  const auto document = in.open();
  const auto& plan = document->plan();
  RecordRef only;
  if (in.has("NAME")) {
    try {
      only = resolve_record(plan, "backup", in.get("NAME"));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::ambiguous) throw;
      try {
        only = resolve_record(plan, "probe", in.get("NAME"));
      } catch (const Error& second) {
        if (second.code() != ErrorCode::not_found) throw;
        print(in.json() ? std::string("[]") : tr("No backup or probe is called “{name}”.", {{"name", in.get("NAME")}}));
        return Exit::found;
      }
    }
  }
  measure(*document, chosen_probes(*document, only, in.has("--due")), in.clock);
  const Id only_backup = !only ? Id{} : only.kind() == "probe" ? Id{only.text("backup_id")} : only.id;
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  bool all_ok = true;
  for (const auto& status : document->backups()) {
    if (only && status.backup_id != only_backup) continue;
    all_ok = all_ok && status.state == BackupState::ok;
    if (in.json()) { list.push_back(json_of(plan, status)); continue; }
    rows.push_back({std::string(backup_state_label(status.state)), title_of(plan, status.backup_id), age_words(status)});
    rows.push_back({"", status.detail});
  }
  if (in.json()) print(list);
  else if (rows.empty()) print(tr("This plan names no backup yet: add one with “mainstay-cli add FILE backup name=…”."));
  else {
    for (std::size_t i = 0; i + 1 < rows.size(); i += 2) {
      print_table({rows[i]});
      print("    " + rows[i + 1][1]);
    }
  }
  return all_ok ? Exit::fine : Exit::found;
}

}  // namespace mainstay::cli
