// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/change.h"
#include "core/probe/time_machine_bundles.h"

namespace mainstay {

/// A bundle held against the plan's inventory and probes.
struct MatchedBundle {
  FoundBundle bundle;
  std::string computer;   ///< the name in the bundle's own name
  Id device_id;           ///< the device it backs up; of a new one where `is_new_device`
  bool is_new_device = false;
  std::string why;        ///< a sentence: by what it was matched, or why it was not
  Id backup_id, probe_id; ///< what measures it: already, or after the change
  bool known = false;     ///< measured already: the change leaves it alone
  bool left_out = false;  ///< an older set of a computer that has a newer one here
};
/// What was found on a share, and a change that measures what nothing measures yet.
struct Discovery {
  std::vector<MatchedBundle> bundles;
  Change change;
  int added = 0, known = 0;
  std::vector<std::string> remarks;
};

/// Matches bundles found through a probe to the plan's devices: by hardware UUID, else network address (a fact whose name has “mac” in it), else name, else as the only device of that
/// model. Several that fit equally are no match. For each bundle that no probe measures the change adds a backup, a probe like `via` with the bundle as its item, and a tie to what it
/// protects: the data that needs or lies on the device, else the device; a computer that the inventory does not know is added to it. Ids follow from address and bundle, so that the same again adds nothing.
Discovery match_bundles(const Plan& plan, const Probe& via, const std::vector<FoundBundle>& bundles);

}  // namespace mainstay
