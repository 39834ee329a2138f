// SPDX-License-Identifier: MIT
#include "core/model/scenario.h"

namespace mainstay {
namespace {

constexpr Choice families[] = {{"", "Not known"}, {"premises", "Premises"}, {"people", "People"}, {"it_data", "IT and data"}, {"supplier", "Supplier"},
                               {"power_telecom", "Power or telecom"}};
using S = Scenario;
constexpr FieldInfo fields[] = {
    field<&S::name>("name", "Scenario", ""),
    field<&S::family>("family", "What is lost", "", families),
    field<&S::description>("description", "Story", "").long_text(),
    field<&S::lose>("lose", "Records lost", "A kind such as site, or ids, separated by commas."),
    field<&S::days>("days", "For (days)", ""),
};
constexpr RecordInfo scenario_info{"scenario", "Scenario", "Scenarios", "Losses to play through.", fields};

}  // namespace

const RecordInfo& Scenario::info() { return scenario_info; }

}  // namespace mainstay
