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

/// A plan's probes by their ids, the fingerprint of each worked out at most once. It points into the plan; not for several threads at once.
class ProbesAsSet {
 public:
  explicit ProbesAsSet(const Plan& plan);
  const Probe* find(const Id& id) const;               ///< nullptr where the plan has none
  const std::string& settings_of(const Id& id) const;  ///< empty where the plan has none

 private:
  struct Known {
    const Probe* probe = nullptr;
    mutable std::string settings;
  };
  std::unordered_map<std::string_view, Known> known_;
};

/// The readings that tell of what the plan's probes look at now: one that was taken with other settings of a probe tells of something else. Readings
/// that carry no fingerprint, and those of probes that the plan does not have (imported ones), stay.
ReadingList readings_as_set(const ProbesAsSet& probes, const ReadingList& readings);

}  // namespace mainstay
