// SPDX-License-Identifier: MIT
#include "core/model/observation.h"

namespace mainstay {
namespace {

constexpr std::string_view outcomes[] = {"read", "never_backed_up", "failed", "no_api", "unreadable"};

template <class Accept>
const Observation* newest(const std::vector<Observation>& all, const Id& backup, Accept accept) {
  const Observation* best = nullptr;
  for (const auto& o : all)
    if (o.backup_id == backup && accept(o) && (!best || o.read_at >= best->read_at)) best = &o;
  return best;
}

}  // namespace

std::string_view outcome_name(Observation::Outcome outcome) { return outcomes[static_cast<std::size_t>(outcome)]; }

Observation::Outcome outcome_from(std::string_view name) {
  for (std::size_t i = 0; i < std::size(outcomes); ++i)
    if (outcomes[i] == name) return static_cast<Observation::Outcome>(i);
  return Observation::Outcome::unreadable;
}

const Observation* latest(const std::vector<Observation>& all, const Id& backup) {
  return newest(all, backup, [](const Observation&) { return true; });
}

const Observation* latest_read(const std::vector<Observation>& all, const Id& backup) {
  return newest(all, backup, [](const Observation& o) {
    return o.outcome == Observation::Outcome::read || o.outcome == Observation::Outcome::never_backed_up || o.outcome == Observation::Outcome::failed;
  });
}

}  // namespace mainstay
