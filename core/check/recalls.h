// SPDX-License-Identifier: MIT
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/check/match_recalls.h"
#include "core/check/recall_memory.h"
#include "core/check/rule.h"
#include "core/model/change.h"

namespace mainstay {

class CheckContext;

/// The authority of ends of support.
inline constexpr std::string_view end_of_support = "endoflife.date";
/// The finding that recalls wait for a decision.
inline constexpr std::string_view waiting_rule = "recall.waiting";
/// The rules of a recall's kind have ids such as `recall:us-cpsc-26-606`.
std::string recall_rule_id(const Recall& recall);
/// The rule of this plan that an accepted recall is. A device that only `wider` brings in is possibly concerned and never surely. The rule has a part for each alternative of its match,
/// so that a task which was done is opened again only where the alternative that its device falls under is another one. Throws Error{bad_value} where the match cannot be read.
Rule rule_of_recall(const Recall& recall);
/// The rules of every accepted recall; what cannot be read is told in `troubles`.
std::vector<Rule> recall_rules(const Plan& plan, std::vector<std::string>& troubles);

/// A stored recall in the shape that feeds give, so that it can be held against the inventory again.
RecallNotice notice_of(const Recall& recall);

/// A condition, in the language of rule packs, by which the devices and all that are the same model are concerned; with `only_these`, they alone, by serial number, identifier or
/// name. A device whose model nobody knows is then asked about where its brand fits, and its kind fits or is not known either; other devices are not.
std::string recall_condition(const Plan& plan, const Recall& recall, const std::vector<Id>& devices, bool only_these);

/// A condition of a person's own, kept within what the recall is about: devices of the brands that it names, of no known brand where the condition is surely met, and those that fit
/// it otherwise. Throws Error{bad_value} where the condition cannot be read.
std::string own_condition(const Plan& plan, const Recall& recall, const std::string& condition);
/// False where the match of an accepted recall cannot be read, so that its rule is not applied.
bool is_readable(const Recall& recall);

/// What is accepted where nobody says otherwise: of an accepted recall that a later notice widened, its match and what that added; of any other, the devices that it fits today. Throws
/// Error{usage} where it fits none.
std::string condition_to_accept(const Plan& plan, const Recall& recall);
/// The condition by which a later notice of an accepted recall concerns these devices beyond what its rule covers: as recall_condition, together with what was added before.
std::string wider_condition(const Plan& plan, const Recall& recall, const std::vector<Id>& devices);
/// True where the rule has a word on the device: that it is hit or in order, or a question.
bool speaks_of(const Rule& rule, const CheckContext& context, const Id& device);

/// The change that brings accepted recalls which still ask about every device of the brand, as they did once, to the present condition: of a device whose model nobody knows they ask only
/// where its kind fits or is not known either; ends of support of Windows that went by the build alone go by the edition too, as the matcher does. Of the others, what they hit stays hit, what was ticked stays ticked, and each says so in its note; one that could not stay as it was decided is left alone.
/// Cause `machine`; empty where there is none.
Change narrowed_recalls(const Plan& plan, Instant now);

/// The change that accepts a recall: `condition` becomes its match, and what the rule then finds is on the checklist at once. Accepted again with another condition, its rule's revision
/// rises. Throws Error{bad_value} where the condition cannot be read.
Change accept_recall(const Plan& plan, const Recall& recall, const std::string& condition, Instant now, const std::string& by);
/// The change that dismisses it for the devices that it fits now, so that a later fetch does not ask again about them; tasks that it had made are cleared. Of an accepted recall that a
/// later notice widened, only what that added is dismissed.
Change dismiss_recall(const Plan& plan, const Recall& recall, const std::string& why, Instant now, const std::string& by);
/// Adds to a change what it does to the tasks of these rules of recalls, and to the task that asks for decisions where there is one: what waits on the checklist is never about a recall
/// that was decided otherwise.
void follow_with_tasks(const Plan& plan, Change& change, std::vector<std::string> rules, Instant now);
/// The tasks that a recall's rule has on the checklist and that wait to be done.
std::size_t open_tasks_of(const Plan& plan, const Recall& recall);

}  // namespace mainstay
