// SPDX-License-Identifier: MIT
#include "core/probe/waiting_probes.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/probe/address.h"

namespace mainstay {

std::string login_of(const Probe& probe) {
  using Type = Probe::Type;
  if (probe.secret_name.empty() || probe.type == Type::restic || probe.type == Type::borg || probe.type == Type::command) return {};  // their secret opens a file, no account
  const auto host = host_key(probe.url);
  return host.empty() ? std::string() : scheme_of(probe.url) + "://" + host + "\n" + std::string(trimmed(probe.account)) + "\n" + probe.secret_name;
}

WaitingProbes::WaitingProbes(std::vector<Probe> probes, int per_host) : per_host_(static_cast<std::size_t>(std::max(1, per_host))) {
  std::set<std::string> logins;
  for (auto& probe : probes) {
    auto& host = hosts_[host_key(probe.url)];
    const auto login = login_of(probe);
    const bool first = login.empty() || logins.insert(login).second;
    const auto place = count_++;
    if (first) host.queue.emplace_back(place, std::move(probe));
    else behind_[login].emplace_back(place, std::move(probe));
  }
  for (auto& [name, host] : hosts_) {
    host.limited = !name.empty();
    offer(host);
  }
}

WaitingProbes::Taken WaitingProbes::take() {
  auto* host = ready_.begin()->second;
  ready_.erase(ready_.begin());
  Taken taken{std::move(host->queue.front().second), host, {}};
  host->queue.pop_front();
  ++host->running;
  --count_;
  offer(*host);
  if (auto login = login_of(taken.probe); behind_.contains(login)) taken.login = std::move(login);
  return taken;
}

bool WaitingProbes::release(Taken& taken) {
  const auto waited = behind_.extract(std::exchange(taken.login, {}));
  if (!waited) return false;
  for (auto& each : waited.mapped()) taken.host->queue.push_back(std::move(each));
  offer(*taken.host);
  return true;
}

std::vector<Probe> WaitingProbes::give_up(Taken& taken) {
  std::vector<Probe> probes;
  const auto waited = behind_.extract(std::exchange(taken.login, {}));
  if (!waited) return probes;
  for (auto& each : waited.mapped()) probes.push_back(std::move(each.second));
  count_ -= probes.size();
  return probes;
}

void WaitingProbes::done(Host& host) {
  const bool was_full = is_full(host);
  --host.running;
  if (was_full) offer(host);
}

void WaitingProbes::offer(Host& host) {
  if (!host.queue.empty() && !is_full(host)) ready_[host.queue.front().first] = &host;
}

}  // namespace mainstay
