// SPDX-License-Identifier: MIT
#pragma once
#include "core/exchange/importer.h"

namespace mainstay {

/// What an import does with values that a person typed and that its file contradicts: they stay, unless the file's values are asked for (ImportOptions::take_list). Either is told, value by
/// value.
class KeptValues {
 public:
  /// `source`: what the file is called in sentences.
  KeptValues(const ImportOptions& options, std::string_view source) : options_(options), source_(source) {}
  /// True where the value in the plan is to stay. `owner` and `label` name it in the sentence; `typed` is what the plan holds, `listed` what the file says, as people see them.
  bool keeps(const Id& record, std::string_view field, const std::string& owner, const std::string& label, const std::string& typed, const std::string& listed);
  /// True for what a person typed, whether it stays or not.
  bool is_typed(const Id& record, std::string_view field) const { return options_.typed && options_.typed(record, field); }
  /// Tells of a value that an earlier import brought, that nobody typed since, and that the file now says otherwise: it follows the file.
  void follows(const std::string& owner, const std::string& label, const std::string& before, const std::string& listed);
  /// Tells of a value that stays because the file only says less of the same, and is another program's.
  void says_less(const std::string& owner, const std::string& label, const std::string& known, const std::string& listed);
  /// Takes out of a preview's change what is to stay, and tells all of it there.
  void hold_back(const Plan& plan, ImportPreview& preview);
  /// Moves what was told and counted into the preview.
  void tell(ImportPreview& preview);

 private:
  const ImportOptions& options_;
  std::string source_;
  int count_ = 0;
  std::vector<Finding> findings_, followed_;
};

}  // namespace mainstay
