// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/graph.h"

namespace mainstay {

/// How soon an activity could be back if everything it needs had to be recovered, each thing after the things it needs itself.
struct Achievable {
  Minutes minutes;           ///< the sum along the longest chain; not known where a part of any chain is not known
  std::vector<Id> path;      ///< the longest chain as far as known, first recovered first, the activity last
  std::vector<Id> unknown;   ///< what has no recovery time, or stands in a cycle and so has no order of recovery
};

/// Recovery time rolled up along `needs` links (NIST SP 800-34, 3.2; the sum along the critical path, since a restore waits for
/// what it runs on). A resource, and a supplier that a link names, counts with its recovery_minutes; `(none)` is no way back and as good as unknown. The
/// tie of a resource to its usual supplier or holder takes no time: it is no step of a restore.
Achievable achievable_minutes(const Plan& plan, const Graph& graph, const Id& activity);

}  // namespace mainstay
