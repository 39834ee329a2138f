// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/check/judge.h"

namespace mainstay {

/// One line of a condition as it was worked out for a record.
struct ExplainedLine {
  int depth = 0;
  std::string text;   ///< in words: "model_identifier is one of iPhone7,1; iPhone7,2"
  std::string label;  ///< what the pack calls this part, "" where it has no name
  std::string field;  ///< what it asks for, "" where it joins other lines
  std::string value;  ///< what the record says; "" = not known
  Truth truth = Truth::unknown;
};

/// How a rule came to its verdict on one record.
struct Explanation {
  std::string rule_id, title, subject_kind;
  int revision = 1;
  Id subject_id;
  Truth match_truth = Truth::unknown;
  std::vector<ExplainedLine> match;  ///< the condition under which the rule is about the record at all
  struct Case {
    std::string name;
    Verdict verdict = Verdict::affected;
    std::vector<ExplainedLine> when;
    Truth truth = Truth::unknown;
    bool chosen = false;
  };
  std::vector<Case> cases;  ///< those that were looked at, the deciding one last; empty where the match is not yes
  std::string outcome;      ///< in a sentence: which case decided, or why there is none
  std::string message;      ///< the finding's own sentence, "" where there is none
};

/// A condition as it was worked out, one line for each part, the parts below what joins them.
std::vector<ExplainedLine> explain(const Condition& condition, const ConditionSubject& subject);
/// One rule without a named function and one record; pure.
Explanation explain(const Rule& rule, const CheckContext& context, const RecordRef& ref);
/// Why each of these rules (or the one named) says what it says about a record; rules whose match is no are left out unless named. Rules that are named functions have no tree and
/// are left out.
std::vector<Explanation> explain(const std::vector<Pack>& packs, const CheckContext& context, const RecordRef& ref, std::string_view rule = {});

}  // namespace mainstay
