// SPDX-License-Identifier: MIT
#include "core/model/organisation.h"

#include "core/base/time_zone.h"
#include "core/model/calendar.h"

namespace mainstay {
namespace {

constexpr Choice site_kinds[] = {{"", "Not known"}, {"main", "Main site"}, {"branch", "Branch"}, {"alternate", "Alternate site"},
                                 {"home", "Someone's home"}, {"storage", "Storage"}, {"data_centre", "Data centre"}};

using O = Organisation;
constexpr FieldInfo organisation_fields[] = {
    field<&O::name>("name", "Business name", "As it should stand on the cover of the plan."),
    field<&O::business_kind>("business_kind", "Kind of business", "Shop, law office, dental clinic …"),
    field<&O::template_id>("template_id", "Starter plan", "The starter plan this plan grew from."),
    field<&O::region>("region", "Region", "Decides emergency numbers and which recalls apply.", region_choices),
    field<&O::currency>("currency", "Currency", "Three letters, such as AUD."),
    field<&O::staff_count>("staff_count", "People", "How many people work here, you included."),
    field<&O::scope>("scope", "Scope", "Which products, services and places the plan covers (ISO 22301, 4.3).").long_text(),
    field<&O::exclusions>("exclusions", "Left out, and why", "What the plan does not cover, each with its reason.").long_text(),
    field<&O::policy>("policy", "Continuity policy", "Why the business keeps this plan, in a sentence or two (ISO 22301, 5.2).").long_text(),
    field<&O::objective>("objective", "Objective", "A goal that can be measured (ISO 22301, 6.2).").long_text(),
    field<&O::duties_note>("duties_note", "Note on duties", "Law and contracts that bear on interruptions, where none of them has a record of its own.").long_text(),
    field<&O::plan_owner_id>("plan_owner_id", "Plan owner", "The person who keeps the plan true.").refers("person"),
    field<&O::sponsor_id>("sponsor_id", "Sponsor", "The person at the top who stands behind it.").refers("person"),
    field<&O::cash_cents>("cash_cents", "Cash at hand", "Money the business could spend tomorrow, credit line included."),
    field<&O::fixed_cost_per_month_cents>("fixed_cost_per_month_cents", "Fixed cost a month", "Rent, wages, loans: what is due even when closed."),
    field<&O::income_per_month_cents>("income_per_month_cents", "Income a month", "Usual takings, for a check against the activities."),
    field<&O::open_days_percent>("open_days_percent", "Share of days open", "Used where opening days differ from Monday to Friday and are irregular."),
    field<&O::open_saturday>("open_saturday", "Open on Saturdays", "Decides which days earn income and change data. Where it is not said, no income is counted on, and backups have to be as young as on any other day."),
    field<&O::open_sunday>("open_sunday", "Open on Sundays", "Decides which days earn income and change data. Where it is not said, no income is counted on, and backups have to be as young as on any other day."),
    field<&O::warning_source>("warning_source", "Official warnings", "Where you hear about floods, fires and other dangers first (ISO 22301, 8.4.3)."),
    field<&O::next_review_on>("next_review_on", "Next review", "The day by which the plan is read through again, within a year.").operating(),
    field<&O::reach_data>("reach_data", "Could you reach your data?", "If the premises were gone tomorrow.", standing_choices),
    field<&O::answer_phones>("answer_phones", "Could you answer your phones?", "If the premises were gone tomorrow.", standing_choices),
    field<&O::deliver_work>("deliver_work", "Could you deliver to clients?", "If the premises were gone tomorrow.", standing_choices),
    field<&O::find_procedures>("find_procedures", "Could you find the procedures?", "If the person who knows were gone too.", standing_choices),
    field<&O::survive_two_weeks>("survive_two_weeks", "Would the business survive two weeks without its workplace?", "Your own feeling; the plan answers beside it.", standing_choices),
    field<&O::wizard_page>("wizard_page", "Wizard page", "Where the wizard resumes.").operating(),
};

using S = Site;
bool names_days(std::string_view text) { return parse_days(text).has_value(); }
bool names_hours(std::string_view text) { return parse_open_hours(text).has_value(); }
bool names_holidays(std::string_view text) { return parse_day_ranges(text).has_value(); }

constexpr FieldInfo site_fields[] = {
    field<&S::name>("name", "Name", "What people call the place."),
    field<&S::kind>("kind", "Kind", "", site_kinds),
    field<&S::address>("address", "Address", "Street and town, as an ambulance would need it.").long_text(),
    field<&S::access_note>("access_note", "Getting in", "Keys, alarm company, opening hours. No codes: they do not belong in a plan.").long_text(),
    field<&S::region>("region", "Region", "Where it differs from the business's own.", region_choices),
    field<&S::landlord_id>("landlord_id", "Landlord", "").refers("contact"),
    field<&S::distance_km>("distance_km", "Distance from the main site (km)", "An alternate site in the same street shares the same flood."),
    field<&S::agreement_until>("agreement_until", "Agreement until", "When the lease or the promise of an alternate site ends."),
    field<&S::time_zone>("time_zone", "Time zone", "Such as Europe/Berlin; empty means that of this computer.").spelled(is_time_zone, "it takes the name of a time zone that this computer knows, such as Europe/Berlin."),
    field<&S::open_days>("open_days", "Open on", "Such as “mon tue wed thu fri”; empty means the business's own days. Backups due on closed days count on the next open one.").spelled(names_days, "it takes days of the week, such as “mon tue fri”, “mon-fri” or “daily”."),
    field<&S::open_hours>("open_hours", "Open hours", "Such as 08:00-18:00, or “mon-fri 08:00-18:00; sat 18:00-02:00”; empty means the whole day. Data changes, and backups that run every so often are due, only then.").spelled(names_hours, "it takes hours from and to, such as 08:00-18:00, or with days “mon-fri 08:00-18:00; sat 18:00-02:00”, each day once."),
    field<&S::closed_on>("closed_on", "Closed on", "Holidays as days or ranges: 2026-12-25; 2026-12-27..2027-01-04.").long_text().spelled(names_holidays, "it takes days as year-month-day, or from one to another, such as 2026-12-25; 2026-12-27..2027-01-04."),
};
constexpr RecordInfo organisation_info{"organisation", "Business", "Business", "The business the plan is for.", organisation_fields};
constexpr RecordInfo site_info{"site", "Place", "Places", "Where the business works, or could.", site_fields};

}  // namespace

const RecordInfo& Organisation::info() { return organisation_info; }
const RecordInfo& Site::info() { return site_info; }

}  // namespace mainstay
