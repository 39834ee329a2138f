// SPDX-License-Identifier: MIT
#include "core/model/what_is_gone.h"

#include <algorithm>
#include <unordered_map>

#include "core/model/probe_settings.h"

namespace mainstay {
namespace {

bool found_something(const Observation& o) {
  return is_answer(o.outcome) && o.outcome != Observation::Outcome::never_backed_up && (o.last_point || o.history_count > 0) && !names_a_future_point(o);
}

}  // namespace

bool shows_nothing_there(const Observation& reading) { return reading.outcome == Observation::Outcome::unreadable && reading.history_count == 0; }

void tell_what_is_gone(std::vector<Observation>& fresh, const std::vector<Observation>& known) {
  std::unordered_map<std::string, Instant> first_found;  // by probe and what it looked at
  const auto key = [](const Observation& o) { return o.probe_id.text + "\n" + std::string(what_was_looked_at(o.settings)); };
  for (const auto& o : fresh)
    if (shows_nothing_there(o) && !o.probe_id.empty()) first_found[key(o)];
  if (first_found.empty()) return;
  for (const auto* list : {&known, static_cast<const std::vector<Observation>*>(&fresh)})
    for (const auto& o : *list) {
      if (!found_something(o) || !o.read_at) continue;
      const auto at = first_found.find(key(o));
      if (at != first_found.end() && (!at->second || o.read_at < at->second)) at->second = o.read_at;
    }
  for (auto& o : fresh) {
    if (!shows_nothing_there(o)) continue;
    const auto at = first_found.find(key(o));
    if (at != first_found.end() && at->second && at->second <= o.read_at) o.outcome = Observation::Outcome::never_backed_up;
  }
}

}  // namespace mainstay
