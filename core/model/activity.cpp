// SPDX-License-Identifier: MIT
#include "core/model/activity.h"

namespace mainstay {
namespace {


using A = Activity;
constexpr FieldInfo activity_fields[] = {
    field<&A::name>("name", "Activity", "Something you do for customers or must do to stay in business."),
    field<&A::product>("product", "Product or service", "What customers get from it."),
    field<&A::description>("description", "What it includes", "").long_text(),
    field<&A::owner_role_id>("owner_role_id", "Owner", "The role that answers for it.").refers("role"),
    field<&A::rank>("rank", "Rank", "Which comes first when two activities are due at the same time; 1 is first."),
    field<&A::mtpd_minutes>("mtpd_minutes", "Longest tolerable stop (MTPD)", "Maximum tolerable period of disruption: after this the harm cannot be accepted (ISO 22301, 8.2.2)."),
    field<&A::rto_minutes>("rto_minutes", "Back within (RTO)", "Recovery time objective: when it must run again, at the minimum level at least; inside the MTPD."),
    field<&A::work_recovery_minutes>("work_recovery_minutes", "Catching up", "Time to check data and work off the backlog once its systems are back."),
    field<&A::rpo_minutes>("rpo_minutes", "Data loss you can bear (RPO)", "Recovery point objective: how old the newest backup may be. “(none)” where it uses no data."),
    field<&A::mbco_percent>("mbco_percent", "Minimum level", "Minimum business continuity objective (MBCO): share of normal service that is enough for a while."),
    field<&A::mbco>("mbco", "Minimum level in words", "For instance: urgent orders only."),
    field<&A::peak_period>("peak_period", "When it hurts most", "Season, month end, weekday; “(none)” where no time is worse."),
    field<&A::income_per_day_cents>("income_per_day_cents", "Income on an open day", "What the business earns through it on a day it is open."),
    field<&A::extra_cost_per_day_cents>("extra_cost_per_day_cents", "Extra cost of working around", "Per day that the workaround runs: hire, overtime, couriers."),
    field<&A::workaround>("workaround", "Workaround", "How it goes on by hand or elsewhere. “(none)” where there is no way.").long_text(),
    field<&A::workaround_percent>("workaround_percent", "Level by workaround", "Share of normal service that the workaround gives."),
    field<&A::workaround_start_minutes>("workaround_start_minutes", "Workaround ready after", "From the start of the interruption."),
    field<&A::not_needed>("not_needed", "Does not need", "Kinds of resource it can do without, separated by commas: people, site, system, data, equipment, supplier."),
    field<&A::times_basis>("times_basis", "Times rest on", "A guess, somebody's word or a test.", basis_choices),
    field<&A::times_on>("times_on", "Times confirmed", "When the owner last confirmed them.").operating(),
};
using I = Impact;
constexpr FieldInfo impact_fields[] = {
    field<&I::activity_id>("activity_id", "Activity", "").refers("activity").needed(),
    field<&I::category>("category", "Kind of harm", "", impact_category_choices),
    field<&I::after_minutes>("after_minutes", "After", "Length of the interruption."),
    field<&I::level>("level", "How bad", "Holds until the next point in time.", impact_level_choices),
    field<&I::note>("note", "Why", ""),
};
constexpr RecordInfo activity_info{"activity", "Activity", "Activities", "What must keep going, and how long each may stop.", activity_fields};
constexpr RecordInfo impact_info{"impact", "Impact", "Impacts", "How an interruption hurts as time passes.", impact_fields};

}  // namespace

const RecordInfo& Activity::info() { return activity_info; }
const RecordInfo& Impact::info() { return impact_info; }

}  // namespace mainstay
