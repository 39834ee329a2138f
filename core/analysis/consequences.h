// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/graph.h"
#include "core/model/plan.h"

namespace mainstay {

/// An activity that stops or suffers without a device, and the shortest way by which it leans on it.
struct Consequence {
  Id activity;
  std::vector<Id> chain;  ///< what needs the device itself first, the activity last
  Minutes rto_minutes;    ///< within which the activity must run again
};

/// What leans on a record through any chain of needs, the most urgent activity first.
std::vector<Consequence> consequences(const Plan& plan, const Graph& graph, const Id& subject);
/// What leans on a record, in sentences, one for each thing that needs it: “Point of sale” needs it, and on that lean “Serve at the counter” (again within 4 h) …
std::vector<std::string> spoken_consequences(const Plan& plan, const std::vector<Consequence>& all);

}  // namespace mainstay
