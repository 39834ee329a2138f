// SPDX-License-Identifier: MIT
#pragma once
#include "core/check/context.h"
#include "core/check/rule.h"

namespace mainstay {

/// What a case of a rule says about a record, in words: its sentences filled in, who is to do it, its sources and the day of its notice. What is not known never bears the title
/// that is given to what a rule hits: it asks. `args` fill placeholders before the record's own fields do; `moving`: the sentence names an age.
Finding worded(const Rule& rule, const RuleCase& c, const CheckContext& context, const RecordRef& ref, const Args& args = {}, bool moving = false);

}  // namespace mainstay
