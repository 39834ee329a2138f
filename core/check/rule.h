// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/model/condition.h"
#include "core/model/finding.h"

namespace mainstay {

/// What a rule asks about a device, place or other record; the answer is a field of the record or an Attribute.
struct RuleQuestion {
  std::string attribute, text, help;
  std::vector<std::pair<std::string, std::string>> choices;  ///< key and label; empty: free text
  Condition when;                                            ///< asked where this is not no
};

/// One outcome of a rule; the first whose condition is yes is the verdict.
struct RuleCase {
  std::string name;
  Condition when;
  Verdict verdict = Verdict::affected;
  Severity severity = Severity::warning;
  int due_days = 30, effort = 2;
  std::string title, message, question, owner;
  std::vector<std::string> steps, notes;
};

/// One defect, recall, end of support or audit point: data from a pack, with a named C++ function where a condition cannot say it.
struct Rule {
  std::string id, kind, title, hazard, clause, function, superseded_by;
  int revision = 1;
  Date announced, valid_from, valid_until;
  std::vector<std::string> applies_to;
  Condition match;
  std::vector<RuleCase> cases;
  bool has_fallback = false;
  RuleCase fallback;  ///< said where the match or a case is not known
  std::vector<RuleQuestion> questions;
  std::vector<std::string> sources, notes;
  std::string match_hash;
};

/// A file of rules.
struct Pack {
  std::string id, title, file;
  std::vector<Rule> rules;
};

/// Reads one pack. Throws Error{bad_value} that names the file, line and column.
Pack pack_from_xml(std::string_view bytes, std::string_view source);
/// Every pack that comes with the program or lies in the user's folder, by file name. Throws Error{bad_value}.
std::vector<Pack> load_packs(std::vector<std::string>* troubles = nullptr);

}  // namespace mainstay
