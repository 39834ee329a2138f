// SPDX-License-Identifier: MIT
#include "core/model/risk.h"

namespace mainstay {
namespace {

constexpr Choice kinds[] = {{"", "Not known"}, {"everyday", "Everyday catastrophe"}, {"dramatic", "Dramatic disaster"}};
constexpr Choice areas[] = {{"", "Not known"}, {"premises", "Premises"}, {"people", "People"}, {"it_data", "IT and data"}, {"supplier", "Supplier"},
                            {"power_telecom", "Power or telecom"}, {"money", "Money"}};
using R = Risk;
constexpr FieldInfo fields[] = {
    field<&R::name>("name", "Threat", ""),
    field<&R::kind>("kind", "Kind", "", kinds),
    field<&R::area>("area", "Takes away", "", areas),
    field<&R::description>("description", "What would happen", "").long_text(),
    field<&R::likelihood>("likelihood", "Likelihood (1-5)", "1 hardly ever, 5 every year.").within(1, 5),
    field<&R::consequence>("consequence", "Consequence (1-5)", "1 a nuisance, 5 the end of the business.").within(1, 5),
    field<&R::residual_likelihood>("residual_likelihood", "Likelihood after treatment (1-5)", "").within(1, 5),
    field<&R::residual_consequence>("residual_consequence", "Consequence after treatment (1-5)", "").within(1, 5),
    field<&R::treatment>("treatment", "What is done about it", "").long_text(),
    field<&R::owner_role_id>("owner_role_id", "Owner", "").refers("role"),
    field<&R::treat_by>("treat_by", "Treat by", ""),
};
constexpr RecordInfo risk_info{"risk", "Risk", "Risks", "What may go wrong, from a burst pipe to a siege.", fields};

}  // namespace

const RecordInfo& Risk::info() { return risk_info; }

}  // namespace mainstay
