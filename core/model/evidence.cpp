// SPDX-License-Identifier: MIT
#include "core/model/evidence.h"

namespace mainstay {
namespace {

using I = InsurancePolicy;
constexpr FieldInfo insurance_fields[] = {
    field<&I::name>("name", "Policy", "For instance: business interruption."),
    field<&I::policy_number>("policy_number", "Policy number", ""),
    field<&I::covers>("covers", "Covers", "").long_text(),
    field<&I::insurer_id>("insurer_id", "Insurer", "").refers("contact"),
    field<&I::waiting_days>("waiting_days", "Waiting period (days)", "Days of interruption before it pays."),
    field<&I::longest_days>("longest_days", "Pays for (days)", "Longest time it pays."),
    field<&I::benefit_per_day_cents>("benefit_per_day_cents", "Pays per day", ""),
    field<&I::limit_cents>("limit_cents", "Limit", "Most that it pays for one event."),
    field<&I::excess_cents>("excess_cents", "Excess", "What you bear yourself."),
    field<&I::expires_on>("expires_on", "Valid until", ""),
};
using O = Obligation;
constexpr FieldInfo obligation_fields[] = {
    field<&O::name>("name", "Duty", ""),
    field<&O::source>("source", "Law or contract", ""),
    field<&O::requirement>("requirement", "What it asks", "").long_text(),
    field<&O::activity_id>("activity_id", "Touches", "").refers("activity"),
    field<&O::contact_id>("contact_id", "Tell whom", "").refers("contact"),
    field<&O::notice_minutes>("notice_minutes", "Tell them within", ""),
};
using E = Evidence;
constexpr FieldInfo evidence_fields[] = {
    field<&E::name>("name", "Evidence", ""),
    field<&E::subject_id>("subject_id", "Proves", "").refers("*"),
    field<&E::on>("on", "Dated", ""),
    field<&E::valid_until>("valid_until", "Good until", ""),
    field<&E::location>("location", "Where it is", ""),
    field<&E::note>("note", "Note", "").long_text(),
};
using A = Attachment;
constexpr FieldInfo attachment_fields[] = {
    field<&A::name>("name", "Attachment", ""),
    field<&A::subject_id>("subject_id", "Belongs to", "").refers("*"),
    field<&A::location>("location", "File", ""),
    field<&A::sha256>("sha256", "SHA-256", ""),
    field<&A::size_bytes>("size_bytes", "Size (bytes)", ""),
};
constexpr RecordInfo insurance_info{"insurance_policy", "Insurance policy", "Insurance", "What is insured, for how much, after how long.", insurance_fields};
constexpr RecordInfo obligation_info{"obligation", "Duty", "Duties", "What law and contracts ask for.", obligation_fields};
constexpr RecordInfo evidence_info{"evidence", "Evidence", "Evidence", "What proves the plan's statements.", evidence_fields, true};
constexpr RecordInfo attachment_info{"attachment", "Attachment", "Attachments", "Files that belong to the plan.", attachment_fields};

}  // namespace

const RecordInfo& InsurancePolicy::info() { return insurance_info; }
const RecordInfo& Obligation::info() { return obligation_info; }
const RecordInfo& Evidence::info() { return evidence_info; }
const RecordInfo& Attachment::info() { return attachment_info; }

}  // namespace mainstay
