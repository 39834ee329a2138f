// SPDX-License-Identifier: MIT
#include "core/model/incident.h"

namespace mainstay {
namespace {

constexpr Choice states[] = {{"", "Not known"}, {"active", "Active"}, {"stood_down", "Stood down"}, {"closed", "Closed"}};
constexpr Choice kinds[] = {{"", "Note"}, {"note", "Note"}, {"decision", "Decision"}, {"action", "Action"}, {"call", "Call"}, {"step_done", "Step done"}};
using I = Incident;
constexpr FieldInfo incident_fields[] = {
    field<&I::name>("name", "Incident", ""),
    field<&I::state>("state", "State", "", states),
    field<&I::scenario_id>("scenario_id", "Scenario", "").refers("scenario"),
    field<&I::declared_by_id>("declared_by_id", "Declared by", "").refers("person"),
    field<&I::started_at>("started_at", "Began", ""),
    field<&I::activated_at>("activated_at", "Plan activated", ""),
    field<&I::ended_at>("ended_at", "Ended", ""),
    field<&I::is_exercise>("is_exercise", "An exercise", ""),
    field<&I::plan_hash>("plan_hash", "Plan in force", "Content hash of the plan that was activated."),
    field<&I::summary>("summary", "Summary", "").long_text(),
};
using L = LogEntry;
constexpr FieldInfo log_fields[] = {
    field<&L::incident_id>("incident_id", "Incident", "").refers("incident").needed(),
    field<&L::happened_at>("happened_at", "Happened", ""),
    field<&L::written_at>("written_at", "Written down", ""),
    field<&L::kind>("kind", "Kind", "", kinds),
    field<&L::text>("text", "Entry", "").long_text(),
    field<&L::author>("author", "By", ""),
    field<&L::subject_id>("subject_id", "About", "").refers("*"),
};
constexpr RecordInfo incident_info{"incident", "Incident", "Incidents", "Times the plan was activated.", incident_fields, true};
constexpr RecordInfo log_entry_info{"log_entry", "Log entry", "Incident log", "What happened and what was decided.", log_fields, true, true};

}  // namespace

const RecordInfo& Incident::info() { return incident_info; }
const RecordInfo& LogEntry::info() { return log_entry_info; }

}  // namespace mainstay
