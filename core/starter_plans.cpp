// SPDX-License-Identifier: MIT
// What a new plan begins with: a starter plan of the templates, or another client's plan. document.h declares the first.
#include "core/starter_plans.h"

#include <filesystem>
#include <unordered_set>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/document.h"
#include "core/exchange/plan_xml.h"

namespace mainstay {
namespace fs = std::filesystem;

Plan fresh_copy(const Plan& source) {
  Plan copy;
  for (const auto& table : Plan::tables()) {
    if (table.info->operating) continue;
    for (std::size_t i = 0; i < table.size(source); ++i) {
      void* record = table.append(copy, table.id_at(source, i));
      for (const auto& field : table.info->fields)
        if (field.field_class == FieldClass::content) field.set_text(record, field.text(table.at(source, i)));
    }
  }
  std::unordered_set<std::string> known;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(copy); ++i) known.insert(table.id_at(copy, i).text);
  // What named something left behind is left behind too, or becomes empty.
  for (const auto& table : Plan::tables())
    for (std::size_t i = table.size(copy); i-- > 0;)
      for (const auto& field : table.info->fields) {
        if (field.type != FieldType::id) continue;
        const auto id = field.value<Id>(table.at(copy, i));
        if (id.empty() || known.contains(id.text)) continue;
        if (field.required) {
          known.erase(table.id_at(copy, i).text);
          table.erase(copy, i);
          break;
        }
        field.set_text(table.mutable_at(copy, i), "");
      }
  return copy;
}

namespace {

std::string starter_id(const std::string& path) { return fs::path(path).stem().string(); }

}  // namespace

std::vector<StarterInfo> starter_plans(std::vector<std::string>* troubles) {
  std::vector<StarterInfo> plans;
  auto refused = read_templates("plans", [&](std::string_view bytes, const std::string& source, const std::string& name) {
    const auto document = parse_xml(bytes, source);
    const auto root = document.document_element();
    plans.push_back({starter_id(name), root.attribute("title").value(), root.attribute("description").value()});
  });
  if (troubles) *troubles = std::move(refused);
  return plans;
}

Plan starter_plan(std::string_view id) {
  const auto path = "plans/" + std::string(id) + ".xml";
  const auto text = is_valid_id(id) ? template_text(path) : std::nullopt;
  if (!text) {
    std::vector<std::string> ids;
    for (const auto& plan : starter_plans()) ids.push_back(plan.id);
    throw Error(ErrorCode::usage, tr("There is no starter plan “{id}”; there are: {list}.", {{"id", shortened(clean_utf8(id), 60)}, {"list", join(ids, ", ")}}));
  }
  return plan_from_xml(*text, path);
}

}  // namespace mainstay
