// SPDX-License-Identifier: MIT
#include "core/model/waiver.h"

namespace mainstay {
namespace {

using W = Waiver;
constexpr FieldInfo fields[] = {
    field<&W::rule_id>("rule_id", "Rule", ""),
    field<&W::subject_id>("subject_id", "About", "").refers("*"),
    field<&W::reason>("reason", "Reason", "").long_text(),
    field<&W::person_id>("person_id", "Accepted by", "").refers("person"),
    field<&W::until>("until", "Until", "After this day the finding is back."),
    field<&W::facts>("facts", "Rests on", "What the finding rested on when it was accepted: where that gets worse, it is back before its day.").long_text(),
};
constexpr RecordInfo waiver_info{"waiver", "Waiver", "Waivers", "Findings accepted for a reason and a time.", fields, true};

}  // namespace

const RecordInfo& Waiver::info() { return waiver_info; }

}  // namespace mainstay
