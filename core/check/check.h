// SPDX-License-Identifier: MIT
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/change.h"
#include "core/model/finding.h"
#include "core/model/graph.h"
#include "core/model/observation.h"

namespace mainstay {

/// Everything a check looks at. `plan_path` and `content_hash` may be empty where there is no file.
struct CheckInput {
  const Plan& plan;
  const Graph& graph;
  const std::vector<Observation>& observations;
  Instant now;
  std::string content_hash;
  std::string plan_path;
};

/// Every finding of every rule pack (or only those of the pack named, by its id or file name), in the order of the cheapest next fix. Waived findings
/// are left out until their day. Throws Error{usage} for an unknown pack, Error{bad_value} for a broken one.
std::vector<Finding> check_plan(const CheckInput& input, std::string_view pack = {});

/// The finding that tasks rest on rules which could not be applied.
inline constexpr std::string_view missing_rule = "rules.missing";
/// The rules on which tasks of the plan rest and that could not be held against it: their pack is broken or gone, or the match of an accepted recall cannot be read. That they
/// found nothing says nothing.
std::set<std::string> rules_not_applied(const Plan& plan);

/// The packs: id, title and number of rules.
struct PackInfo {
  std::string id, title;
  std::size_t rules = 0;
};
/// Every pack in use, by file name. Throws Error{bad_value} for a broken one of the program's own.
std::vector<PackInfo> rule_packs();

/// The change that brings the checklist up to date with the findings: new tasks appear, those whose finding is gone are marked
/// cleared with the day, what people typed, ticked or assigned stays. Empty where nothing changed. Cause `machine`. With `rule_id`, only the tasks of that rule;
/// with `subject_id`, only those about that record. The tasks of rules that were not applied stay as they are, and say so.
Change sync_tasks(const Plan& plan, const std::vector<Finding>& findings, Date today, std::string_view rule_id = {}, const std::set<std::string>& not_applied = {}, const Id& subject_id = {});

/// True where that change opens the task again although somebody ticked it off: what it rests on has got worse since.
bool opens_again(const Task& task, const Finding& finding);

/// The change that keeps, in waivers that do not have it yet, what their findings rest on: a waiver holds for what was accepted, and not for worse that came since.
Change keep_facts_of_waivers(const CheckInput& input);

/// A question that rules ask about a device or place and that nobody has answered yet.
struct InventoryQuestion {
  Id subject_id;
  std::string attribute;   ///< name of the Attribute that holds the answer
  std::string text;        ///< the question as it is asked
  std::vector<Choice> choices;  ///< empty: free text
  std::string value;       ///< the present answer, "" where not known
  std::string help;        ///< where to look
  std::string picture;     ///< the drawing of where to look, "" where there is none
  std::string rule_id, hazard;  ///< of the first rule that asks; why the answer matters
  Date put_off_on;         ///< when somebody said "I don't know"; not known: nobody was asked, or it is answered
};
/// The questions that rules ask about the plan's places, devices and what else they speak of (a backup, a service), answered ones included: places first, then devices, each in the plan's order.
std::vector<InventoryQuestion> inventory_questions(const Plan& plan, Instant now);
/// The answer to store for what somebody typed or said: of a question with choices the key, by the key or the words shown, in any case; "" for “I don't know”, nothing where it is none of them.
std::optional<std::string> answer_key(const InventoryQuestion& question, std::string_view given);
/// The change that records an answer; `value` "" = not known, `(none)` = looked and nothing there.
Change answer_question(const Plan& plan, const Id& subject, std::string_view attribute, std::string_view value, Date today, std::string_view by = {});
/// The change that records "I don't know": the question has been asked, and stays open.
Change put_off_question(const Plan& plan, const Id& subject, std::string_view attribute, Date today, std::string_view by = {});

/// What staff are to look at for recalls: see RuleLook.
struct Look {
  std::string title, picture, where, bad, good, unclear, hazard, rule_id;
};
/// Out of every pack, each title once: what may concern a place or device of the plan.
std::vector<Look> things_to_look_at(const Plan& plan, Instant now);

}  // namespace mainstay
