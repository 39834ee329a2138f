// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/model/task.h"

namespace mainstay {

using Severity = Task::Severity;
std::string_view severity_name(Severity severity);
/// "info", "warning", "error", "critical"; throws Error{usage}.
Severity severity_from(std::string_view name);

/// How sure a rule is about its subject.
enum class Verdict : std::uint8_t { affected, possible, unknown, not_affected, ended };
std::string_view verdict_name(Verdict verdict);
/// True where a verdict asks for nothing: the subject is not affected, or the programme that was for it is over.
constexpr bool asks_nothing(Verdict verdict) { return verdict == Verdict::not_affected || verdict == Verdict::ended; }

/// Something wrong, or not known, about one subject: the one result type of audits, device checks, recalls, backup alarms,
/// scenario breaches and importers. Keeps its rule and arguments, so that it can be worded again.
struct Finding {
  std::string rule_id;
  int rule_revision = 1;
  Severity severity = Severity::warning;
  Verdict verdict = Verdict::affected;
  std::string subject_kind;
  Id subject_id;
  std::string title;                    ///< short: becomes the task's name
  std::string message;                  ///< a whole sentence for people
  std::string clause;                   ///< "ISO 22301 8.2.2; NIST SP 800-34 3.2.1"
  std::vector<std::string> steps;
  std::string kind;                     ///< of its rule: "audit", "recall", "defect", "end-of-support", "service-ended"; "" where no pack made it
  std::string hazard;                   ///< what can happen, in a sentence
  Date announced, ended;                ///< of a recall; of a programme whose time is over
  std::vector<Id> endangers;            ///< activities that need the subject through any chain
  std::string picture;                  ///< the drawing that shows where to look for the answer to `question`
  std::vector<std::string> sources, notes;  ///< where it comes from; where sources disagree or a point is unverified
  std::string question;                 ///< attribute whose answer would decide an unknown, "" where none
  std::string question_text;            ///< the question as it is asked
  Id owner_role_id;
  int due_days = 30;                    ///< from the day it was found
  std::string match_hash;               ///< of the rule's condition
  int effort = 2;                       ///< 1 a minute, 2 an hour, 3 a day, 4 weeks: for the order of the cheapest next fix
  Args args;
  Args facts;                           ///< the values that it rests on: where they get worse, it is not the finding that somebody ticked off or accepted
};

/// True for what rules say of devices, recalls, ends of support and services: the Devices page and the device report hold it, the audit does not.
bool is_of_devices(const Finding& finding);

/// Severity first, then effort, then rule and subject: the order in which to fix things.
void sort_by_cheapest_fix(std::vector<Finding>& findings);

}  // namespace mainstay
