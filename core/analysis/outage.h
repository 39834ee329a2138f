// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/graph.h"

namespace mainstay {

/// What is gone and when it is back, before money and workarounds come into it. The rules are told in docs/two-week-test.md.
struct Outage {
  /// One stretch of time in which the same records are gone.
  struct Phase {
    std::int64_t start = 0;  ///< minutes from the loss
    std::unordered_map<int, int> levels;
    int level(int node) const {
      const auto found = levels.find(node);
      return found == levels.end() ? 100 : found->second;
    }
  };
  std::vector<Phase> phases;                     ///< the first one at 0
  std::unordered_map<int, std::int64_t> back;    ///< resources and suppliers that are hit: minutes until they are back, -1 = not within the test
  std::set<int> lost;                            ///< what is gone itself: what was named, and data that counts as lost with it
  std::vector<std::string> notes;                ///< what counts at its worst, each a sentence
  std::vector<std::string> assumed;              ///< what counts as good though nobody has said so, each a sentence
  bool nobody_left = false;                      ///< everybody whom the plan lists is lost
};
/// Plays the loss of records `ids` for `horizon` minutes.
Outage outage_of(const Plan& plan, const Graph& graph, const std::vector<Id>& ids, std::int64_t horizon);

}  // namespace mainstay
