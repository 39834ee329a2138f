// SPDX-License-Identifier: MIT
#pragma once
#include <optional>

#include "core/check/context.h"
#include "core/check/rule.h"

namespace mainstay {

/// What a rule makes of one record: checks say it, explanations show it.
struct Judgement {
  /// `out`: not concerned. `clear`: concerned, and found to be in order. `applies`: a case holds. `open`: an answer is missing and the rule has a fallback. `doubt`: one is missing
  /// and the rule has none. `silent`: whether it is concerned is not known, and the rule says nothing about that.
  enum class Outcome { out, clear, applies, open, doubt, silent };
  Outcome outcome = Outcome::out;
  const RuleCase* chosen = nullptr;  ///< the case that decided (also of `clear`), or the fallback
};

/// Holds a rule without a named function against one record.
Judgement judge(const Rule& rule, const ConditionSubject& subject);

/// What is said about the record: the chosen case or the fallback in words, or that an answer is missing; nothing where there is nothing to say.
std::optional<Finding> finding_of(const Rule& rule, const CheckContext& context, const RecordRef& ref);

}  // namespace mainstay
