// SPDX-License-Identifier: MIT
#include "core/model/procedure.h"

namespace mainstay {
namespace {

constexpr Choice audiences[] = {{"", "Not known"}, {"staff", "Staff"}, {"customers", "Customers"}, {"suppliers", "Suppliers"}, {"media", "Media"},
                                {"regulator", "Regulator"}, {"family", "Families"}};
using P = Procedure;
constexpr FieldInfo procedure_fields[] = {
    field<&P::name>("name", "Procedure", ""),
    field<&P::phase>("phase", "Phase", "", procedure_phase_choices),
    field<&P::purpose>("purpose", "Purpose", "").long_text(),
    field<&P::criteria>("criteria", "Starts when", "A number, a time or a named event, so that nobody has to argue (NIST SP 800-34, 4.2.1).").long_text(),
    field<&P::activity_id>("activity_id", "For activity", "").refers("activity"),
    field<&P::resource_id>("resource_id", "Restores", "").refers("resource"),
    field<&P::owner_role_id>("owner_role_id", "Owner", "").refers("role"),
};
using S = Step;
constexpr FieldInfo step_fields[] = {
    field<&S::procedure_id>("procedure_id", "Procedure", "").refers("procedure").needed(),
    field<&S::position>("position", "Number", ""),
    field<&S::action>("action", "What to do", "").long_text(),
    field<&S::role_id>("role_id", "Who", "").refers("role"),
    field<&S::contact_id>("contact_id", "Call", "").refers("contact"),
    field<&S::within_minutes>("within_minutes", "Done by", "From the start of the procedure."),
    field<&S::note>("note", "Note", "").long_text(),
};
using M = MessageDraft;
constexpr FieldInfo message_fields[] = {
    field<&M::name>("name", "Message", ""),
    field<&M::audience>("audience", "To", "", audiences),
    field<&M::channel>("channel", "By", "Phone tree, e-mail, website, door sign."),
    field<&M::text>("text", "Text", "").long_text(),
    field<&M::spokesperson_role_id>("spokesperson_role_id", "Said by", "").refers("role"),
};
constexpr RecordInfo procedure_info{"procedure", "Procedure", "Procedures", "What to do, step by step.", procedure_fields};
constexpr RecordInfo step_info{"step", "Step", "Steps", "One step of a procedure.", step_fields};
constexpr RecordInfo message_info{"message_draft", "Message", "Messages", "Words prepared for the bad day.", message_fields};

}  // namespace

const RecordInfo& Procedure::info() { return procedure_info; }
const RecordInfo& Step::info() { return step_info; }
const RecordInfo& MessageDraft::info() { return message_info; }

}  // namespace mainstay
