// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <vector>

#include "core/check/rule.h"
#include "core/model/plan.h"
#include "core/model/recall_notice.h"

namespace mainstay {

class CheckContext;

/// The recalls and ends of support that rule packs carry already, and for which devices they do: those need no candidate, and no second task.
class CarriedRecalls {
 public:
  /// The packs of the program and the user's own. The plan must outlive it.
  CarriedRecalls(const Plan& plan, Instant now);
  /// Those packs, which must outlive it as the context must.
  CarriedRecalls(const std::vector<Pack>& packs, const CheckContext& context);
  ~CarriedRecalls();
  /// True where a pack has a rule for this recall, or for the cycles of this product.
  bool has(const RecallNotice& notice) const;
  /// True where that rule has a word on the device: of a recall that it is hit or in order, or a question; of an end of support that it is hit, since a pack knows only the cycles of its own
  /// day, and what it takes for supported may have ended since. A rule that is about other devices has none.
  bool speaks_of(const RecallNotice& notice, const Id& device) const;
  /// True where that rule has a finding about the device, so that an accepted recall needs none beside it.
  bool tells_of(const Recall& recall, const Id& device) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace mainstay
