// SPDX-License-Identifier: MIT
#include "core/exchange/kept_values.h"

#include <algorithm>
#include <unordered_map>

#include "core/exchange/inventory.h"

namespace mainstay {
namespace {

constexpr std::size_t longest_shown = 60, most_told = 100;

}  // namespace

bool KeptValues::keeps(const Id& record, std::string_view field, const std::string& owner, const std::string& label, const std::string& typed, const std::string& listed) {
  if (typed.empty() || !options_.typed || !options_.typed(record, field)) return false;
  ++count_;
  const Args args{{"name", owner}, {"label", label}, {"typed", shortened(typed, longest_shown)}, {"source", source_}, {"listed", shortened(listed, longest_shown)}};
  const auto sentence = options_.take_list ? listed.empty() ? tr("“{name}”, {label}: replaced: you typed “{typed}”, the list ({source}) says nothing.", args)
                                                            : tr("“{name}”, {label}: replaced: you typed “{typed}”, the list ({source}) says “{listed}”.", args)
                        : listed.empty() ? tr("“{name}”, {label}: kept: you typed “{typed}”, the list ({source}) says nothing.", args)
                                         : tr("“{name}”, {label}: kept: you typed “{typed}”, the list ({source}) says “{listed}”.", args);
  findings_.push_back(options_.take_list ? inventory_finding("import.replaced", tr("A typed value was replaced"), sentence) : inventory_finding("import.kept", tr("A typed value was kept"), sentence));
  return !options_.take_list;
}

void KeptValues::follows(const std::string& owner, const std::string& label, const std::string& before, const std::string& listed) {
  followed_.push_back(inventory_finding("import.followed", tr("A value follows the list"),
                                        tr("“{name}”, {label}: changed from “{before}”, which an earlier import had brought, to “{listed}”, as the list ({source}) says.",
                                           {{"name", owner}, {"label", label}, {"before", shortened(before, longest_shown)}, {"listed", shortened(listed, longest_shown)}, {"source", source_}})));
}

void KeptValues::says_less(const std::string& owner, const std::string& label, const std::string& known, const std::string& listed) {
  followed_.push_back(inventory_finding("import.less", tr("A list says less"),
                                        tr("“{name}”, {label}: kept: “{known}”, which another import had brought; the list ({source}) says only “{listed}”.",
                                           {{"name", owner}, {"label", label}, {"known", shortened(known, longest_shown)}, {"listed", shortened(listed, longest_shown)}, {"source", source_}})));
}

void KeptValues::hold_back(const Plan& plan, ImportPreview& preview) {
  if (!options_.typed) return;
  const auto next = applied(plan, preview.change);
  std::unordered_map<std::string, RecordRef> records;  // a record is not looked for anew for each of its fields
  for (const auto* of : {&plan, &next})
    for (const auto& table : Plan::tables())
      for (std::size_t i = 0; i < table.size(*of); ++i) records.emplace(table.id_at(*of, i).text, RecordRef{&table, table.at(*of, i), table.id_at(*of, i)});
  const auto titled = [&](const std::string& id) {
    const auto found = records.find(id);
    return found == records.end() ? id : title_of(next, found->second);
  };
  std::erase_if(preview.change.edits, [&](const Edit& edit) {
    const auto* table = table_of(edit.kind);
    const auto* field = edit.field.empty() || !table ? nullptr : table->info->field(edit.field);
    if (!field || edit.before.empty()) return false;
    const auto in_words = [&](const std::string& text) { return field->type == FieldType::id && !text.empty() ? titled(text) : text; };
    return keeps(edit.id, edit.field, titled(edit.id.text), tr(field->label), in_words(edit.before), in_words(edit.after));
  });
  tell(preview);
}

void KeptValues::tell(ImportPreview& preview) {
  preview.against_typed += count_;
  std::move(findings_.begin(), findings_.end(), std::back_inserter(preview.findings));
  findings_.clear();
  const auto more = followed_.size() > most_told ? followed_.size() - most_told : 0;
  if (more > 0) {
    followed_.resize(most_told);
    followed_.push_back(inventory_finding("import.followed", tr("A value follows the list"), tr("{count} more values follow the list or say more than it does.", {{"count", more}})));
  }
  std::move(followed_.begin(), followed_.end(), std::back_inserter(preview.findings));
  followed_.clear();
  count_ = 0;
}

}  // namespace mainstay
