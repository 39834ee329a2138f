// SPDX-License-Identifier: MIT
#include "core/model/person_role.h"

namespace mainstay {
namespace {

constexpr Choice contact_kinds[] = {{"", "Not known"}, {"emergency", "Emergency service"}, {"utility", "Utility"}, {"insurer", "Insurer"}, {"bank", "Bank"},
                                    {"landlord", "Landlord"}, {"regulator", "Regulator"}, {"key_customer", "Key customer"}, {"it_support", "IT support"},
                                    {"telecom", "Phone or internet provider"}, {"trade", "Trade (plumber, glazier …)"}, {"media", "Media"}, {"other", "Other"}};
using P = Person;
constexpr FieldInfo person_fields[] = {
    field<&P::name>("name", "Name", ""),
    field<&P::job>("job", "Job", "What they do here."),
    field<&P::phone>("phone", "Mobile phone", "With country code where it may be called from abroad."),
    field<&P::phone_provider>("phone_provider", "Phone provider", "Two channels on one provider fail together."),
    field<&P::email>("email", "E-mail", ""),
    field<&P::second_channel>("second_channel", "Second channel", "How else to reach them: home phone, messenger, partner's number."),
    field<&P::household>("household", "Household", "People of one household may be out together; same word for each of them."),
    field<&P::skills>("skills", "What only they can do", "Knowledge, keys, signatures, licences; separate with commas."),
    field<&P::site_id>("site_id", "Works at", "").refers("site"),
    field<&P::verified_on>("verified_on", "Number checked", "The day somebody last reached them on it.").operating(),
    field<&P::trained_on>("trained_on", "Briefed", "Last briefing or training on this plan.").operating(),
    field<&P::acknowledged_on>("acknowledged_on", "Has read the plan", "").operating(),
    field<&P::left_on>("left_on", "Left the business", "Leavers stay in the history and drop out of call lists."),
};
using R = Role;
constexpr FieldInfo role_fields[] = {
    field<&R::name>("name", "Role", ""),
    field<&R::purpose>("purpose", "What it decides or does", "").long_text(),
    field<&R::holder_id>("holder_id", "Who", "").refers("person"),
    field<&R::alternate_id>("alternate_id", "Alternate", "Who steps in; not somebody who would be out for the same reason.").refers("person"),
    field<&R::may_declare>("may_declare", "May declare an emergency", "Who may activate the plan without asking."),
    field<&R::call_order>("call_order", "Call order", "1 is called first."),
};
using C = Contact;
constexpr FieldInfo contact_fields[] = {
    field<&C::name>("name", "Name", ""),
    field<&C::kind>("kind", "Kind", "", contact_kinds),
    field<&C::phone>("phone", "Phone", ""),
    field<&C::second_phone>("second_phone", "Second phone", "After hours or mobile."),
    field<&C::email>("email", "E-mail", ""),
    field<&C::account_reference>("account_reference", "Customer or policy number", "What they will ask for first."),
    field<&C::call_when>("call_when", "When to call", "").long_text(),
    field<&C::verified_on>("verified_on", "Number checked", "").operating(),
};
constexpr RecordInfo person_info{"person", "Person", "People", "Who works here, and how to reach them.", person_fields};
constexpr RecordInfo role_info{"role", "Role", "Roles", "Who decides and does what in an incident, each with an alternate.", role_fields};
constexpr RecordInfo contact_info{"contact", "Contact", "Contacts", "Everybody outside who must be called.", contact_fields};

}  // namespace

const RecordInfo& Person::info() { return person_info; }
const RecordInfo& Role::info() { return role_info; }
const RecordInfo& Contact::info() { return contact_info; }

}  // namespace mainstay
