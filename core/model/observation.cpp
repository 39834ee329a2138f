// SPDX-License-Identifier: MIT
#include "core/model/observation.h"

#include <algorithm>

namespace mainstay {
namespace {

constexpr std::string_view outcomes[] = {"read", "never_backed_up", "failed", "no_api", "unreadable"};

template <class Accept>
const Observation* newest(const std::vector<Observation>& all, Accept accept) {
  const Observation* best = nullptr;
  for (const auto& o : all)
    if (accept(o) && (!best || o.read_at >= best->read_at)) best = &o;
  return best;
}

void put_in_order(ReadingList& list) {
  const auto earlier = [](const Observation* a, const Observation* b) { return a->read_at < b->read_at; };
  if (!std::is_sorted(list.begin(), list.end(), earlier)) std::stable_sort(list.begin(), list.end(), earlier);
}

}  // namespace

std::string_view outcome_name(Observation::Outcome outcome) { return outcomes[static_cast<std::size_t>(outcome)]; }

Observation::Outcome outcome_from(std::string_view name) {
  for (std::size_t i = 0; i < std::size(outcomes); ++i)
    if (outcomes[i] == name) return static_cast<Observation::Outcome>(i);
  return Observation::Outcome::unreadable;
}

const Observation* latest(const std::vector<Observation>& all, const Id& backup, Instant now) {
  return newest(all, [&](const Observation& o) { return o.backup_id == backup && !is_from_the_future(o, now); });
}

bool is_from_the_future(const Observation& reading, Instant now) { return reading.read_at && reading.read_at.seconds > now.seconds + clock_grace_seconds; }

bool names_a_future_point(const Observation& reading) { return reading.last_point && reading.read_at && reading.last_point.seconds > reading.read_at.seconds + clock_grace_seconds; }

bool is_answer(Observation::Outcome outcome) {
  return outcome == Observation::Outcome::read || outcome == Observation::Outcome::never_backed_up || outcome == Observation::Outcome::failed;
}

ReadingList readings_of(const std::vector<Observation>& all, const Id& backup) {
  ReadingList list;
  for (const auto& o : all)
    if (o.backup_id == backup) list.push_back(&o);
  put_in_order(list);
  return list;
}

std::unordered_map<std::string, ReadingList> readings_by_backup(const std::vector<Observation>& all) {
  std::unordered_map<std::string, ReadingList> lists;
  for (const auto& o : all) lists[o.backup_id.text].push_back(&o);
  for (auto& [backup, list] : lists) put_in_order(list);
  return lists;
}

}  // namespace mainstay
