// SPDX-License-Identifier: MIT
#include "core/model/task.h"

namespace mainstay {
namespace {

constexpr Choice states[] = {{"", "Open"}, {"open", "Open"}, {"done", "Done"}, {"cleared", "Condition cleared"}};
constexpr Choice severities[] = {{"", "Not rated"}, {"info", "Info"}, {"warning", "Warning"}, {"error", "Error"}, {"critical", "Critical"}};
using T = Task;
constexpr FieldInfo fields[] = {
    field<&T::name>("name", "Task", ""),
    field<&T::state>("state", "State", "", states),
    field<&T::severity>("severity", "Severity", "", severities),
    field<&T::why>("why", "Why", "").long_text(),
    field<&T::steps>("steps", "Steps", "One a line.").long_text(),
    field<&T::owner_role_id>("owner_role_id", "Role", "").refers("role"),
    field<&T::person_id>("person_id", "Assigned to", "").refers("person"),
    field<&T::due_on>("due_on", "Due", ""),
    field<&T::done_on>("done_on", "Done", ""),
    field<&T::cleared_on>("cleared_on", "Condition cleared", "The finding behind it was gone on this day."),
    field<&T::note>("note", "Note", "").long_text(),
    field<&T::rule_id>("rule_id", "Rule", "The rule that asks for it; empty for a task of your own."),
    field<&T::subject_id>("subject_id", "About", "").refers("*"),
    field<&T::rule_revision>("rule_revision", "Rule revision", ""),
    field<&T::match_hash>("match_hash", "Match hash", "Tells whether a new revision of the rule changed its condition."),
    field<&T::created_on>("created_on", "On the list since", ""),
};
constexpr RecordInfo task_info{"task", "Task", "Checklist", "What is to be done, by whom, by when.", fields, true};

}  // namespace

const RecordInfo& Task::info() { return task_info; }

}  // namespace mainstay
