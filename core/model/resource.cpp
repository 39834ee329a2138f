// SPDX-License-Identifier: MIT
#include "core/model/resource.h"

namespace mainstay {
namespace {

constexpr Choice kinds[] = {{"", "Not known"}, {"system", "System"}, {"data", "Data"}, {"equipment", "Equipment"}, {"utility", "Utility (power, water, internet)"},
                            {"service", "Service"}, {"document", "Document or form"}, {"authority", "Authority, signature or password"}, {"money", "Money"},
                            {"telephony", "Telephony"}};
using R = Resource;
constexpr FieldInfo resource_fields[] = {
    field<&R::name>("name", "Name", ""),
    field<&R::kind>("kind", "Kind", "", kinds),
    field<&R::description>("description", "Description", "").long_text(),
    field<&R::site_id>("site_id", "Where", "Gone when this place is gone.").refers("site"),
    field<&R::supplier_id>("supplier_id", "From", "").refers("supplier"),
    field<&R::held_by_id>("held_by_id", "Held by", "The person who has it, knows it or may sign.").refers("person"),
    field<&R::recovery_minutes>("recovery_minutes", "Can be back in", "How long it takes to restore or replace, from the moment somebody starts."),
    field<&R::recovery_basis>("recovery_basis", "That rests on", "A guess, somebody's word or a test.", basis_choices),
    field<&R::recovery_on>("recovery_on", "As of", "When it was said or tested.").operating(),
    field<&R::size_mb>("size_mb", "Size (MB)", "For data: how much must be restored."),
    field<&R::works_off_site>("works_off_site", "Works from elsewhere", "Can it be used when the premises are closed?"),
    field<&R::critical>("critical", "Critical", "Data or systems that some activity cannot do without."),
    field<&R::folder>("folder", "Folder or account", "Where the data lies; compared with what each backup covers."),
    field<&R::keys_kept_at>("keys_kept_at", "Recovery keys kept at", "Where passphrases, licences and installers lie that a restore needs. Never the secret itself."),
    field<&R::replacement_minutes>("replacement_minutes", "Replacement takes", "Lead time where there is no spare."),
};
using S = Supplier;
constexpr FieldInfo supplier_fields[] = {
    field<&S::name>("name", "Supplier", ""),
    field<&S::provides>("provides", "Delivers", ""),
    field<&S::phone>("phone", "Phone", ""),
    field<&S::email>("email", "E-mail", ""),
    field<&S::account_reference>("account_reference", "Customer number", ""),
    field<&S::fallback>("fallback", "Who else could deliver", "“(none)” where nobody else can."),
    field<&S::critical>("critical", "Critical", "Some activity stops without it."),
    field<&S::contract_until>("contract_until", "Contract until", ""),
    field<&S::continuity_evidence_on>("continuity_evidence_on", "Their continuity evidence", "When they last showed that they can keep delivering."),
    field<&S::verified_on>("verified_on", "Number checked", "").operating(),
    field<&S::recovery_minutes>("recovery_minutes", "Would be back in", "Their promise, or how long a change to another takes."),
};
constexpr RecordInfo resource_info{"resource", "Resource", "Resources", "What the activities need.", resource_fields};
constexpr RecordInfo supplier_info{"supplier", "Supplier", "Suppliers", "Who the business depends on.", supplier_fields};

}  // namespace

const RecordInfo& Resource::info() { return resource_info; }
const RecordInfo& Supplier::info() { return supplier_info; }

}  // namespace mainstay
