// SPDX-License-Identifier: MIT
#include "core/model/record_index.h"

namespace mainstay {

RecordIndex::RecordIndex(const Plan& plan) : plan_(plan) {
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(plan); ++i) places_.emplace(table.id_at(plan, i).text, Place{&table, i});
}

RecordRef RecordIndex::find(const Id& id) const {
  const auto found = id.empty() ? places_.end() : places_.find(id.text);
  return found == places_.end() ? RecordRef{} : RecordRef{found->second.table, found->second.table->at(plan_, found->second.at), id};
}

std::string RecordIndex::title(const Id& id) const {
  const auto ref = find(id);
  return ref ? title_of(plan_, ref) : id.text;
}

}  // namespace mainstay
