// SPDX-License-Identifier: MIT
#include "core/model/exercise.h"

namespace mainstay {
namespace {

constexpr Choice methods[] = {{"", "Not known"}, {"read_through", "Read-through"}, {"tabletop", "Tabletop"}, {"call_test", "Call test"},
                              {"restore_test", "Restore test"}, {"partial", "Part of the plan"}, {"full", "Whole plan"}};
using E = Exercise;
constexpr FieldInfo fields[] = {
    field<&E::name>("name", "Exercise", ""),
    field<&E::method>("method", "How", "", methods),
    field<&E::scenario_id>("scenario_id", "Scenario", "").refers("scenario"),
    field<&E::activity_id>("activity_id", "Activity", "").refers("activity"),
    field<&E::on>("on", "Day", ""),
    field<&E::aim>("aim", "Aim", "").long_text(),
    field<&E::participants>("participants", "Who took part", ""),
    field<&E::report>("report", "What was learnt", "").long_text(),
    field<&E::achieved_minutes>("achieved_minutes", "Back after", "Compared with the RTO."),
    field<&E::achieved_point_minutes>("achieved_point_minutes", "Data lost", "Compared with the RPO."),
};
constexpr RecordInfo exercise_info{"exercise", "Exercise", "Exercises", "Rehearsals of the plan.", fields, true};

}  // namespace

const RecordInfo& Exercise::info() { return exercise_info; }

}  // namespace mainstay
