// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/model/plan.h"
#include "core/model/recall_notice.h"

namespace mainstay {

/// A recall that may concern devices of the plan: for a person to decide.
struct RecallCandidate {
  int score = 0;              ///< of the device that fits best, 0 to 100
  std::vector<Id> devices;    ///< best first
  std::vector<int> scores;    ///< of each of these devices
  std::string why;            ///< how the score came about, a sentence for each of the first few devices
  std::string models;         ///< the model numbers of the notice that did it, "; " between them
};

/// The kinds of things that a notice is about by the words of its title and product, as Device's field spells them; empty where no word tells.
std::set<std::string> kinds_named(const RecallNotice& notice);

/// The devices of a plan, indexed once, so that any number of recalls can be held against them. What counts: a model number or identifier found in the notice, exact (95 with the
/// brand) or one slip of the pen away (65); a model's name (85, 70 for a mere product line); the brand and the kind of thing, where the device's model is not known (45). Ends of
/// support go by Apple identifier or system build. Less than 45 is no candidate. What the notice names only to say that it is not included does not count, and speaks against what is less than
/// its very model. Free text marks nothing: a candidate is a question.
class RecallMatcher {
 public:
  explicit RecallMatcher(const Plan& plan);
  ~RecallMatcher();
  /// What the notice may concern, or nothing. Never changes the matcher: may be asked from several threads.
  std::optional<RecallCandidate> match(const RecallNotice& notice) const;
  /// The same, of the devices that `wanted` names; without it, of all.
  using Wanted = std::function<bool(const Id& device, int score)>;
  std::optional<RecallCandidate> match(const RecallNotice& notice, const Wanted& wanted) const;
  /// The brands of the inventory that a notice names, as the inventory writes them.
  std::set<std::string> brands_named(const RecallNotice& notice) const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace mainstay
