// SPDX-License-Identifier: MIT
#include "core/exchange/import_own.h"

#include <algorithm>
#include <unordered_map>

#include "core/exchange/kept_values.h"
#include "core/exchange/plan_xml.h"

namespace mainstay {
namespace {

/// The records that the edits touch, by what happens to them.
void count(ImportPreview& preview, std::size_t seen) {
  std::unordered_map<std::string, bool> touched;  // id -> is new
  for (const auto& edit : preview.change.edits) touched[edit.id.text] = touched[edit.id.text] || edit.field.empty();
  for (const auto& [id, is_new] : touched) is_new ? ++preview.added : ++preview.updated;
  preview.unchanged = std::max(0, static_cast<int>(seen) - preview.added - preview.updated);
}

}  // namespace

void copy_record(const Table& table, const void* from, void* to) {
  for (const auto& field : table.info->fields) field.set_text(to, field.text(from));
}

void preview_own(ImportPreview& preview, const Plan& plan, const Plan& next, std::size_t seen, std::string_view name, const ImportOptions& options) {
  check_references(next);
  preview.change = diff(plan, next);
  KeptValues(options, name).hold_back(plan, preview);
  count(preview, seen);
}

bool looks_like_plan_xml(std::string_view bytes, std::string_view) {
  return bytes.substr(0, 4096).find("<plan") != std::string_view::npos;
}

ImportPreview read_plan_xml(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options) {
  const auto incoming = plan_from_xml(bytes, name);
  Plan next = plan;
  std::size_t seen = 0;
  for (const auto& table : Plan::tables()) {
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < table.size(next); ++i) places.emplace(table.id_at(next, i).text, i);
    for (std::size_t i = 0; i < table.size(incoming); ++i, ++seen) {
      const auto& id = table.id_at(incoming, i);
      const auto place = places.find(id.text);
      if (place != places.end() && table.info->append_only) continue;  // a log entry is kept as it was written
      copy_record(table, table.at(incoming, i), place == places.end() ? table.append(next, id) : table.mutable_at(next, place->second));
    }
  }
  ImportPreview preview;
  preview_own(preview, plan, next, seen, name, options);
  return preview;
}

}  // namespace mainstay
