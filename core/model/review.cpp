// SPDX-License-Identifier: MIT
#include "core/model/review.h"

namespace mainstay {
namespace {

constexpr Choice kinds[] = {{"", "Not known"}, {"approval", "Approval"}, {"read_through", "Read-through"}, {"management_review", "Management review"},
                            {"internal_audit", "Internal audit"}, {"post_incident", "Review after an incident"}};
constexpr Choice forms[] = {{"", "Not known"}, {"paper", "Paper"}, {"usb_stick", "USB stick"}, {"cloud", "Cloud folder"}, {"computer", "Computer"}};
using R = Review;
constexpr FieldInfo review_fields[] = {
    field<&R::kind>("kind", "Kind", "", kinds),
    field<&R::on>("on", "Day", ""),
    field<&R::person_id>("person_id", "Who", "").refers("person"),
    field<&R::by>("by", "Who (from outside)", "An auditor or consultant."),
    field<&R::content_hash>("content_hash", "Content hash", "Which state of the plan it was about."),
    field<&R::note>("note", "Note", "").long_text(),
};
using C = PlanCopy;
constexpr FieldInfo copy_fields[] = {
    field<&C::name>("name", "Copy", ""),
    field<&C::person_id>("person_id", "Holder", "").refers("person"),
    field<&C::form>("form", "Form", "", forms),
    field<&C::site_id>("site_id", "At", "").refers("site"),
    field<&C::kept_at>("kept_at", "Kept in", "Drawer, car, safe."),
    field<&C::content_hash>("content_hash", "Content hash", "The code on its pages; tells whether it is the current version."),
    field<&C::given_on>("given_on", "Given", ""),
    field<&C::withdrawn_on>("withdrawn_on", "Taken back", ""),
};
constexpr RecordInfo review_info{"review", "Review", "Reviews and approvals", "Who read, approved or audited the plan.", review_fields, true};
constexpr RecordInfo copy_info{"plan_copy", "Plan copy", "Plan copies", "Who holds which version of the plan.", copy_fields, true};

}  // namespace

const RecordInfo& Review::info() { return review_info; }
const RecordInfo& PlanCopy::info() { return copy_info; }

}  // namespace mainstay
