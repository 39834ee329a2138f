// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/check/rule.h"

namespace mainstay {

/// A small plan and what a rule has to say about it: `<sample rule="…" expect="affected">records</sample>`.
struct RuleSample {
  std::string rule, expect;  ///< a verdict, or "none"
  std::string severity, question, says;  ///< of the finding; "" where it does not matter
  std::string as_of, plan_path, records;
  int point_age = -1;  ///< minutes: a reading of the backup “b” as of now
  bool alarm = false, warned = false;
  int other_age = -1;  ///< minutes: what another source says of it, just before
  int history_before = -1, history_now = -1;  ///< restore points at the reading before, and at this one; 0 now: none was ever completed, it says
  int reach_before = -1, reach_now = -1;      ///< days that the oldest restore point reached back at those two
  int space_days = -1;                        ///< the free space of ten days of readings ends in so many days
  std::string file;
  std::size_t line = 0;
};

/// The samples of one file. Throws Error{bad_value} that names file, line and column.
std::vector<RuleSample> rule_samples(std::string_view bytes, std::string_view source);
/// What the rule says otherwise than the sample expects, in a sentence; "" where it says the same. Throws Error{bad_value} where the sample's records are no plan.
std::string sample_fault(const std::vector<Pack>& packs, const RuleSample& sample);
/// What a rule can say and no sample tries: each rule needs one that trips it, one that just misses, and one that leaves it open where it can be.
std::vector<std::string> missing_samples(const Pack& pack, const std::vector<RuleSample>& samples);

}  // namespace mainstay
