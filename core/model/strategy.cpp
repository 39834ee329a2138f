// SPDX-License-Identifier: MIT
#include "core/model/strategy.h"

namespace mainstay {
namespace {

using S = Strategy;
constexpr FieldInfo fields[] = {
    field<&S::name>("name", "Strategy", ""),
    field<&S::area>("area", "Area", "", strategy_area_choices),
    field<&S::state>("state", "State", "", strategy_state_choices),
    field<&S::description>("description", "How it works", "").long_text(),
    field<&S::gap>("gap", "What is missing", "").long_text(),
    field<&S::next_action>("next_action", "Next action", ""),
    field<&S::expected_minutes>("expected_minutes", "Works after", "From the start of an interruption; compared with the RTO."),
    field<&S::capacity_percent>("capacity_percent", "Gives", "Share of normal service; compared with the minimum level (MBCO)."),
    field<&S::cost_cents>("cost_cents", "Cost once", ""),
    field<&S::cost_per_month_cents>("cost_per_month_cents", "Cost a month", ""),
    field<&S::owner_role_id>("owner_role_id", "Owner", "").refers("role"),
    field<&S::due_on>("due_on", "Due", ""),
    field<&S::proof>("proof", "Proof", "What shows that it is in place: a test, a contract, a photo.").long_text(),
};
constexpr RecordInfo strategy_info{"strategy", "Strategy", "Strategies", "How each kind of loss is coped with, and the five solution areas.", fields};

}  // namespace

const RecordInfo& Strategy::info() { return strategy_info; }

}  // namespace mainstay
