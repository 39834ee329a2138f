// SPDX-License-Identifier: MIT
#include "core/check/judge.h"

namespace mainstay {

Judgement judge(const Rule& rule, const ConditionSubject& subject) {
  using Outcome = Judgement::Outcome;
  const auto match = evaluate(rule.match, subject);
  if (match == Truth::no) return {};
  if (match == Truth::unknown) return rule.has_fallback ? Judgement{Outcome::open, &rule.fallback} : Judgement{Outcome::silent, nullptr};
  bool doubt = false, unreadable = false;
  for (const auto& c : rule.cases) {
    const auto truth = evaluate(c.when, subject);
    if (truth == Truth::unknown && c.verdict != Verdict::not_affected) {
      doubt = true;
      unreadable = unreadable || leaves_open(c.when, "", subject);
    }
    // A case that clears whatever no other case names does not outvote an answer that is there and cannot be read.
    if (truth == Truth::yes && unreadable && c.verdict == Verdict::not_affected && c.when.op == Condition::Op::yes) break;
    if (truth == Truth::yes) return {c.verdict == Verdict::not_affected ? Outcome::clear : Outcome::applies, &c};
  }
  if (!doubt) return {Outcome::clear, nullptr};
  return rule.has_fallback ? Judgement{Outcome::open, &rule.fallback} : Judgement{Outcome::doubt, nullptr};
}

}  // namespace mainstay
