// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

#include "core/check/context.h"
#include "core/check/rule.h"

namespace mainstay {

/// The values of the record that a case of a rule asked for and that made it the case.
Args facts_of(const RuleCase& chosen, const CheckContext& context, const RecordRef& ref);

/// What a finding rests on, short enough to be kept in a task or a waiver: rule revision, severity, verdict, counts as they are, and all else as digests.
std::string facts_text(const Finding& finding);

/// True where the finding rests on something worse than what was kept of it, or on something else: a higher severity, a verdict that has become sure, more of what is counted, another value.
/// Fewer is not worse, and neither is a value that was not known before. What another revision of its rule says by itself is none of it. False where nothing was kept.
bool got_worse(std::string_view kept, const Finding& finding);

/// True where the finding is neither more severe than what was kept of another of its rule, nor sure where that one was not. What another revision of the rule says counts as it is.
bool is_no_graver(std::string_view kept, const Finding& finding);

}  // namespace mainstay
