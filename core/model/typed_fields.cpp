// SPDX-License-Identifier: MIT
#include "core/model/typed_fields.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace mainstay {
namespace {

/// Who set a field to which value, and what it holds now.
struct Origin {
  std::unordered_map<std::string, bool> typed;  ///< by value
  bool now = true;
};

}  // namespace

std::function<bool(const Id&, std::string_view)> typed_fields(const std::vector<Revision>& history) {
  std::vector<const Revision*> oldest_first;
  for (const auto& revision : history) oldest_first.push_back(&revision);
  std::sort(oldest_first.begin(), oldest_first.end(), [](const auto* a, const auto* b) { return a->number < b->number; });
  auto origins = std::make_shared<std::unordered_map<std::string, Origin>>();
  for (const auto* revision : oldest_first)
    for (const auto& edit : revision->edits) {
      if (edit.field.empty()) continue;
      auto& origin = (*origins)[edit.id.text + "\n" + edit.field];
      if (revision->cause == Cause::edit || revision->cause == Cause::import || revision->cause == Cause::machine) {
        origin.now = revision->cause == Cause::edit;
        origin.typed[edit.after] = origin.now;
      } else {
        const auto known = origin.typed.find(edit.after);
        origin.now = known == origin.typed.end() || known->second;
      }
    }
  return [origins](const Id& record, std::string_view field) {
    const auto found = origins->find(record.text + "\n" + std::string(field));
    return found == origins->end() || found->second.now;
  };
}

}  // namespace mainstay
