// SPDX-License-Identifier: MIT
#pragma once
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/check/context.h"
#include "core/check/rule.h"

namespace mainstay {

/// Which rules can have anything to say about a record, found without trying each: a tree over the fields that most rules ask for (kind, brand, model …), one branch for each
/// value that occurs, and at each branch the rules that are not ruled out by the values so far. A rule is left out only where its match is surely no, so that the findings are the
/// same as those of trying every rule. Grows as records are asked about; not for use by two threads at once.
class MatchIndex {
 public:
  /// Of the rules without a named function that apply to records of this kind. The rules and the context must outlive it.
  MatchIndex(std::vector<const Rule*> rules, const Table& table, const CheckContext& context);
  ~MatchIndex();
  /// The rules whose match may be yes or not known, in the order given.
  const std::vector<const Rule*>& candidates(const RecordRef& ref);

 private:
  struct Branch;
  std::unique_ptr<Branch> grow(const Branch& from, std::size_t level, const ConditionSubject& subject) const;

  const CheckContext& context_;
  std::vector<const FieldInfo*> levels_;
  std::unique_ptr<Branch> root_;
};

}  // namespace mainstay
