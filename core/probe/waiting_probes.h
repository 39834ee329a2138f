// SPDX-License-Identifier: MIT
// Internal to probe: which probe is next. Not for several threads at once; the runner guards it.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/model/backup.h"

namespace mainstay {

/// The probes that have not begun, by host: the first one whose host has room is next. Of those that sign in alike the first goes
/// ahead alone, until its login was accepted: several at once with a wrong password would lock the account.
class WaitingProbes {
 public:
  struct Host;
  struct Taken {
    Probe probe;
    Host* host = nullptr;
    std::string login;  ///< where others wait for what becomes of it
  };

  WaitingProbes() = default;
  WaitingProbes(std::vector<Probe> probes, int per_host);
  bool empty() const { return count_ == 0; }
  bool has_room() const { return !ready_.empty(); }
  Taken take();
  /// Its login was accepted, or nobody knows: those that waited for it may go. True where there were any.
  bool release(Taken& taken);
  /// Its login was refused: those that waited for it are not to be tried, and are handed back.
  std::vector<Probe> give_up(Taken& taken);
  /// That probe is done: its host has room again.
  void done(Host& host);

  struct Host {
    std::deque<std::pair<std::size_t, Probe>> queue;
    std::size_t running = 0;
    bool limited = true;
  };

 private:
  bool is_full(const Host& host) const { return host.limited && host.running >= per_host_; }
  void offer(Host& host);
  std::size_t per_host_ = 1, count_ = 0;
  std::map<std::string, Host> hosts_;
  std::map<std::size_t, Host*> ready_;  ///< by the place in the order of the next probe
  std::map<std::string, std::vector<std::pair<std::size_t, Probe>>> behind_;  ///< by login: those that wait for the first of it
};

/// What probes that sign in alike have in common: server, account and the name of the secret. Empty where a probe signs in nowhere.
std::string login_of(const Probe& probe);

}  // namespace mainstay
