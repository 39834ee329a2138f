// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
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
  std::string picture;  ///< the drawing of where to look, "" where there is none
  std::vector<std::pair<std::string, std::string>> choices;  ///< key and label; empty: free text
  Condition when;                                            ///< asked where this is not no
};

/// What staff look at on the "look at your plugs" sheet: a drawing, and what each sight means.
struct RuleLook {
  std::string title, picture, where;  ///< where: how to get to see it
  std::string bad, good, unclear;     ///< what is recalled, what is safe, and anything else
  Condition when;                     ///< which records it is worth looking at for, beside the rule's match
};

/// One outcome of a rule; the first whose condition is yes is the verdict.
struct RuleCase {
  std::string name;
  Condition when;
  Verdict verdict = Verdict::affected;
  Severity severity = Severity::warning;
  int due_days = 30, effort = 2;
  std::string title, message, question, owner;
  Date announced;  ///< where the case stands for one of several notices or ends; else that of the rule
  std::vector<std::string> steps, notes;
};

/// Who published a recall, and under which number. A rule may stand for several of one maker's; `when` tells which of them is about a record.
struct RuleAuthority {
  std::string name, number, text;  ///< text: as it is cited
  Date on;
  Condition when;
};

/// One of several conditions that each bring a record under a rule.
struct RulePart {
  Condition match;
  std::string hash;
};

/// One defect, recall, end of support or audit point: data from a pack, with a named C++ function where a condition cannot say it.
struct Rule {
  std::string id, kind, title, hazard, clause, function, superseded_by;
  int revision = 1;
  Date announced, valid_from, valid_until;
  std::vector<std::string> applies_to;
  Condition match;                 ///< which records it concerns
  std::vector<RuleCase> cases;
  bool has_fallback = false;
  RuleCase fallback;  ///< said where the match or a case is not known
  std::vector<RuleQuestion> questions;
  std::vector<RuleLook> looks;
  std::vector<RuleAuthority> authorities;
  std::vector<std::string> families;  ///< of an end of support: the products of endoflife.date whose cycles it looks after
  std::vector<std::string> sources, notes;
  std::string match_hash;         ///< of the match and what its cases ask: where it is another one, tasks that were done are opened again
  std::vector<RulePart> parts;    ///< of a rule that grows part by part: a record goes by the hash of the part that it falls under, so that only what a part changed is opened again
};

/// A file of rules.
struct Pack {
  std::string id, title, file;
  std::vector<Rule> rules;
};

/// What is wrong in a pack, and where; line 0 where it is the file as a whole.
struct PackFault {
  std::size_t line = 0, column = 0;
  std::string reason;
};

/// What is known outside of the pack: each says why a name is wrong, "" where it is not.
struct PackOutside {
  std::function<std::string(const std::string& picture)> picture_fault = {};
  std::function<std::string(const std::string& rule)> rule_fault = {};
};
/// Everything that is wrong in a pack, in the order of the file and without what only follows from a fault before; empty where it can be used.
std::vector<PackFault> pack_faults(std::string_view bytes, std::string_view source, const PackOutside& outside = {});
/// Reads one pack. Throws Error{bad_value} that names the file, line and column.
Pack pack_from_xml(std::string_view bytes, std::string_view source);
/// Every pack that comes with the program or lies in the user's folder, by file name. A pack of the user's that cannot be used is left out, and the sentence about it
/// goes into `troubles`; one of the program's own throws Error{bad_value}.
std::vector<Pack> load_packs(std::vector<std::string>* troubles = nullptr);

struct CheckInput;
/// The findings of these packs, or only of the one named, by its id or file name; each of `troubles` becomes a finding of its own.
std::vector<Finding> check_plan(const CheckInput& input, const std::vector<Pack>& packs, std::vector<std::string> troubles, std::string_view pack = {});

}  // namespace mainstay
