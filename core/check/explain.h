// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/check/check.h"
#include "core/model/condition.h"

namespace mainstay {

/// One line of a condition as it was worked out for a record.
struct ExplainedLine {
  int depth = 0;
  std::string text;   ///< "model_identifier in iPhone7,1; iPhone7,2"
  std::string value;  ///< what the record says; "" = not known
  Truth truth = Truth::unknown;
};

/// How a rule came to its verdict on one record.
struct Explanation {
  std::string rule_id, title, subject_kind;
  Id subject_id;
  std::vector<ExplainedLine> match;  ///< the condition under which the rule is about the record at all
  struct Case {
    std::string name;
    Verdict verdict = Verdict::affected;
    std::vector<ExplainedLine> when;
    Truth truth = Truth::unknown;
  };
  std::vector<Case> cases;   ///< those that were looked at, the deciding one last; empty where the match is not yes
  std::string outcome;       ///< a sentence: the finding's message, or why there is none
};

/// Why each rule (or the one named) says what it says about a record; rules whose match is no are left out unless named. Rules that are
/// named functions have no tree and are left out. Throws Error{usage} for an unknown rule.
std::vector<Explanation> explain(const CheckInput& input, const Id& subject, std::string_view rule = {});

/// What is wrong with a pack file, as one sentence that names file, line and column; empty where nothing is.
std::string pack_fault(const std::string& path);

}  // namespace mainstay
