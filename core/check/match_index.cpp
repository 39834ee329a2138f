// SPDX-License-Identifier: MIT
#include "core/check/match_index.h"

#include <algorithm>
#include <set>

namespace mainstay {
namespace {

/// More levels would give nearly every record a branch of its own, which costs more than it saves.
constexpr std::size_t most_levels = 6;

}  // namespace

/// The rules that are left after the values on the way here. `level` is the next field that one of them asks for: a field that none asks for parts nothing.
struct MatchIndex::Branch {
  std::vector<const Rule*> rules;
  std::size_t level = 0;
  std::unordered_map<std::string, std::unique_ptr<Branch>> by_value;
};

MatchIndex::~MatchIndex() = default;

MatchIndex::MatchIndex(std::vector<const Rule*> rules, const Table& table, const CheckContext& context) : context_(context), root_(std::make_unique<Branch>()) {
  std::vector<std::pair<std::size_t, const FieldInfo*>> asked;
  for (const auto& field : table.info->fields) asked.emplace_back(0, &field);
  for (const auto* rule : rules) {
    std::set<std::string_view> fields;
    add_fields(rule->match, fields);
    for (auto& [count, field] : asked) count += fields.contains(field->key);
  }
  std::stable_sort(asked.begin(), asked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [count, field] : asked)
    if (count > 0 && levels_.size() < most_levels) levels_.push_back(field);
  root_->rules = std::move(rules);
}

std::unique_ptr<MatchIndex::Branch> MatchIndex::grow(const Branch& from, std::size_t level, const ConditionSubject& subject) const {
  auto branch = std::make_unique<Branch>();
  const auto is_fixed = [&](std::string_view name) {
    return name == "today" || std::any_of(levels_.begin(), levels_.begin() + static_cast<std::ptrdiff_t>(level) + 1, [&](const FieldInfo* f) { return f->key == name; });
  };
  std::set<std::string_view> fields;
  for (const auto* rule : from.rules) {
    if (possible_truths(rule->match, subject, is_fixed) == possible_of(Truth::no)) continue;
    branch->rules.push_back(rule);
    add_fields(rule->match, fields);
  }
  branch->level = level + 1;
  while (branch->level < levels_.size() && !fields.contains(levels_[branch->level]->key)) ++branch->level;
  return branch;
}

const std::vector<const Rule*>& MatchIndex::candidates(const RecordRef& ref) {
  auto* branch = root_.get();
  while (branch->level < levels_.size() && !branch->rules.empty()) {
    auto& next = branch->by_value[levels_[branch->level]->text(ref.record)];
    if (!next) next = grow(*branch, branch->level, context_.subject(ref));
    branch = next.get();
  }
  return branch->rules;
}

}  // namespace mainstay
