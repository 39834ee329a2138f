// SPDX-License-Identifier: MIT
#include "core/probe/probe_order.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/model/probe_settings.h"
#include "core/probe/probe_types.h"

namespace mainstay {
namespace {

constexpr std::int64_t longest_wait_minutes = 6 * 60;
constexpr std::int64_t shortest_own_minutes = 15, looks_in_rpo = 4;
constexpr int most_doublings = 3;
constexpr unsigned spread = 10;  // a tenth of the interval

/// The same number for the same probe on every computer, so that its place among the others does not wander.
std::uint32_t place_of(const Id& id) {
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : id.text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

bool gave_nothing(const Observation& seen) { return seen.outcome == Observation::Outcome::unreadable || seen.outcome == Observation::Outcome::no_api; }

}  // namespace

std::vector<Probe> failures_first(std::vector<Probe> probes, const std::vector<Observation>& observations) {
  std::map<std::string, const Observation*> last;
  for (const auto& seen : observations) {
    auto& known = last[seen.probe_id.text];
    if (!known || seen.read_at >= known->read_at) known = &seen;
  }
  std::stable_partition(probes.begin(), probes.end(), [&](const Probe& probe) {
    const auto at = last.find(probe.id.text);
    return at != last.end() && gave_nothing(*at->second);
  });
  return probes;
}

Minutes looks_needed(const Backup& backup, Minutes rpo) {
  std::int64_t least = rpo && rpo.count > 0 ? rpo.count / looks_in_rpo : 0;
  if (backup.interval_minutes && backup.interval_minutes.count > 0) least = least > 0 ? std::min(least, backup.interval_minutes.count) : backup.interval_minutes.count;
  return least > 0 ? Minutes(least) : Minutes();
}

std::int64_t look_every_minutes(const Probe& probe, Minutes needed) {
  if (probe.every_minutes && probe.every_minutes.count > 0) return probe.every_minutes.count;
  const auto* type = probe_type(probe.type);
  const std::int64_t usual = type ? type->default_minutes : longest_wait_minutes;
  return needed && needed.count > 0 ? std::max(std::min(usual, needed.count), shortest_own_minutes) : usual;
}

namespace {

/// `own`: the probe's readings, in any order.
Instant due_after(const Probe& probe, ReadingList own, Instant now, Minutes needed) {
  // Readings with settings that it has no more say nothing of what it looks at now, and nothing of whether that answers; nor do those of a wrong clock.
  std::erase_if(own, [&, settings = settings_told(probe)](const Observation* o) { return !o->read_at || is_from_the_future(*o, now) || !is_as_set(*o, settings); });
  if (own.empty()) return {};
  std::sort(own.begin(), own.end(), [](const auto* a, const auto* b) { return a->read_at > b->read_at; });
  int in_a_row = 0;
  while (in_a_row < static_cast<int>(own.size()) && gave_nothing(*own[static_cast<std::size_t>(in_a_row)])) ++in_a_row;
  const auto every = look_every_minutes(probe, needed);
  auto wait = every;
  if (in_a_row > 1) wait = std::min(every << std::min(in_a_row - 1, most_doublings), std::max(every, longest_wait_minutes));
  const auto earlier = every * 60 / spread * (place_of(probe.id) % 1000) / 1000;
  return Instant(own.front()->read_at.seconds + wait * 60 - earlier);
}

}  // namespace

Instant due_at(const Probe& probe, const std::vector<Observation>& observations, Instant now, Minutes needed) {
  ReadingList own;
  for (const auto& seen : observations)
    if (seen.probe_id == probe.id) own.push_back(&seen);
  return due_after(probe, std::move(own), now, needed);
}

std::vector<Probe> due_probes(std::vector<Probe> probes, const std::vector<Observation>& observations, Instant now, const std::map<std::string, Minutes>& needed) {
  const auto need_of = [&](const Probe& probe) {
    const auto at = needed.find(probe.backup_id.text);
    return at == needed.end() ? Minutes() : at->second;
  };
  std::unordered_map<std::string, ReadingList> own;
  for (const auto& seen : observations) own[seen.probe_id.text].push_back(&seen);
  std::erase_if(probes, [&](const Probe& probe) { return due_after(probe, own[probe.id.text], now, need_of(probe)) > now; });
  return probes;
}

}  // namespace mainstay
