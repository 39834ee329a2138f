// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>
#include <unordered_map>

#include "core/model/backup.h"
#include "core/model/observation.h"

namespace mainstay {

struct Plan;

/// A fingerprint of what a probe looks at: its type, address, item, account and command. A reading carries that of the settings it was taken with; names,
/// secrets, pins and time limits do not count, since they change nothing of what is looked at.
std::string probe_settings(const Probe& probe);

/// What a reading carries of its probe's settings: `probe_settings` and, after a slash, a fingerprint of how it gets there: the secret's name, the trusted key and the time limit. An answer
/// tells of what was looked at, however it was got; that none was got may come from how it was tried.
std::string settings_told(const Probe& probe);
/// The part of it that is `probe_settings`.
std::string_view what_was_looked_at(std::string_view settings);
/// True where a reading tells of its probe as set now, `settings` being the `settings_told` of that; also where either says nothing of it.
bool is_as_set(const Observation& reading, std::string_view settings);
/// The latest reading by a probe as it is set now; nullptr where there is none.
const Observation* latest_as_set(const std::vector<Observation>& all, const Probe& probe, Instant now);

/// A plan's probes by their ids, the fingerprint of each worked out at most once. It points into the plan; not for several threads at once.
class ProbesAsSet {
 public:
  explicit ProbesAsSet(const Plan& plan);
  const Probe* find(const Id& id) const;               ///< nullptr where the plan has none
  const std::string& settings_of(const Id& id) const;  ///< `settings_told`; empty where the plan has none

 private:
  struct Known {
    const Probe* probe = nullptr;
    mutable std::string settings;
  };
  std::unordered_map<std::string_view, Known> known_;
};

/// The readings that tell of what the plan's probes look at now: one that was taken with other settings of a probe tells of something else, and one that got no answer tells nothing of how it
/// is tried now. Readings that carry no fingerprint, and those of probes that the plan does not have (imported ones), stay.
ReadingList readings_as_set(const ProbesAsSet& probes, const ReadingList& readings);

}  // namespace mainstay
