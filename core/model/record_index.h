// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/model/plan.h"

namespace mainstay {

/// The records of a plan by id, for whoever looks up many: a plan is walked once and not once a look. Holds while the plan is neither changed nor gone.
class RecordIndex {
 public:
  explicit RecordIndex(const Plan& plan);
  /// As find_record.
  RecordRef find(const Id& id) const;
  /// As title_of.
  std::string title(const Id& id) const;

 private:
  struct Place { const Table* table; std::size_t at; };
  const Plan& plan_;
  std::unordered_map<std::string_view, Place> places_;
};

}  // namespace mainstay
