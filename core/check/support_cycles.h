// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/plan.h"
#include "core/model/recall_notice.h"

namespace mainstay {

struct RecallCandidate;

/// The support cycles that a plan's devices are in, by the words of endoflife.date: a phone's through its identifier and marketing name, a Windows computer's through its build.
class SupportCycles {
 public:
  explicit SupportCycles(const Plan& plan);
  /// The devices whose support the notice says ends, of those that are wanted (by score; all without `wanted`); nothing where there are none.
  std::optional<RecallCandidate> match(const RecallNotice& notice, const std::function<bool(const Id&, int)>& wanted) const;

 private:
  struct Member {
    Id id;
    std::string name, by;  ///< what tied the device to its cycle: "iPhone7,2", "10.0.19045"
    std::string edition;   ///< Windows: "w" Home and Pro, "e" Enterprise and Education, "" not known
    bool long_term = false;
  };
  void add(const std::string& family, const std::string& cycle, const Device& device, const std::string& by, const std::string& edition = {}, bool long_term = false);
  std::unordered_map<std::string, std::vector<Member>> members_;
};

/// A cycle's name in a form that different spellings share: "iPad Pro (12.9-inch) (2nd generation)" and "Pro 12.9-inch (2nd gen)" are one.
std::string cycle_key(std::string_view name);

}  // namespace mainstay
