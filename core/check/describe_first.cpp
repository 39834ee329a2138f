// SPDX-License-Identifier: MIT
#include "core/check/describe_first.h"

#include <algorithm>
#include <map>

#include "core/check/context.h"

namespace mainstay {
namespace {

constexpr std::string_view descriptions[] = {"kind", "brand", "model", "model_identifier", "model_number"};

/// Plugs and chargers are told by marks on them, and "other" by nothing.
bool known_by_model(Device::Kind kind) {
  using Kind = Device::Kind;
  return kind != Kind::unknown && kind != Kind::wall_plug && kind != Kind::charger && kind != Kind::other;
}

bool names_one(const Condition& c, const RecordRef& ref) {
  if (is_description(c.field) && ref.text(c.field).empty()) return true;
  return std::any_of(c.parts.begin(), c.parts.end(), [&](const Condition& part) { return names_one(part, ref); });
}

}  // namespace

bool is_description(std::string_view field) { return std::find(std::begin(descriptions), std::end(descriptions), field) != std::end(descriptions); }

std::string_view missing_description(const RecordRef& ref) {
  if (ref.kind() != "device") return {};
  const auto& device = *static_cast<const Device*>(ref.record);
  // A make alone is enough for a rule to say what to look for.
  if (!device.brand.empty() || !device.model.empty() || !device.model_identifier.empty() || !device.model_number.empty()) return {};
  if (device.kind == Device::Kind::unknown) return "kind";
  return known_by_model(device.kind) ? "model" : "";
}

bool waits_for_description(const Rule& rule, const RecordRef& ref, const ConditionSubject& subject) {
  return !missing_description(ref).empty() && names_one(rule.match, ref) && evaluate(rule.match, subject) == Truth::unknown;
}

std::string field_question(const FieldInfo& field, const std::string& record) {
  const Args args{{"name", record}, {"label", tr(field.label)}};
  if (field.key == "kind") return tr("What kind of thing is “{name}”?", args);
  if (field.key == "brand") return tr("Who made “{name}”?", args);
  if (field.key == "model") return tr("Which make and model is “{name}”?", args);
  if (field.key == "sale_region") return tr("Where was “{name}” bought?", args);
  if (field.key == "purchased_on") return tr("When was “{name}” bought?", args);
  if (field.key == "made_on") return tr("When was “{name}” made?", args);
  if (field.key == "serial") return tr("Which serial number does “{name}” have?", args);
  if (field.key == "os_version") return tr("Which version of its system runs on “{name}”?", args);
  if (field.key == "os_build") return tr("Which build of its system runs on “{name}”?", args);
  return tr("What belongs under “{label}” for “{name}”?", args);
}

void collapse_undescribed(std::vector<Finding>& found, const std::vector<const Rule*>& rules, const CheckContext& context) {
  std::map<std::string, std::size_t> asking;  // device -> the finding that asks for its description
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].subject_kind != "device" || is_of_devices(found[i]) || found[i].question.empty()) continue;
    if (found[i].question == missing_description(context.record(found[i].subject_id))) asking.emplace(found[i].subject_id.text, i);
  }
  if (asking.empty()) return;
  std::map<std::string_view, const Rule*> by_id;
  for (const auto* rule : rules) by_id.emplace(rule->id, rule);
  std::map<std::size_t, int> waiting;
  std::vector<bool> gone(found.size(), false);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto at = asking.find(found[i].subject_id.text);
    const auto rule = by_id.find(found[i].rule_id);
    if (at == asking.end() || at->second == i || rule == by_id.end() || !is_of_devices(found[i])) continue;
    const auto ref = context.record(found[i].subject_id);
    if (!waits_for_description(*rule->second, ref, context.subject(ref))) continue;
    auto& question = found[at->second];
    question.severity = std::max(question.severity, found[i].severity);
    ++waiting[at->second];
    gone[i] = true;
  }
  for (const auto& [i, count] : waiting)
    found[i].notes.push_back(tr_count(count, "One check of devices and recalls waits for this.", "{count} checks of devices and recalls wait for this."));
  std::size_t next = 0;
  std::erase_if(found, [&](const Finding&) { return gone[next++]; });
}

}  // namespace mainstay
