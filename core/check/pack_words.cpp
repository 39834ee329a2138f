// SPDX-License-Identifier: MIT
#include "core/check/pack_words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/check/context.h"

namespace mainstay {
namespace {

using Op = Condition::Op;

/// Inventories number several of a kind: battery_part, battery_part_2.
std::string singular(const std::string& name) {
  const auto end = name.find_last_not_of("0123456789");
  return end != std::string::npos && end + 1 < name.size() && name[end] == '_' ? name.substr(0, end) : name;
}

}  // namespace

void PackWords::check_inside(const pugi::xml_node& when, const Condition& c) const {
  const auto inner = elements_of(when);
  check(inner.empty() ? when : inner.front(), c, {});
}

/// The parts of a condition stand in the elements inside its own, but for those that `use` brought along.
void PackWords::check(const pugi::xml_node& node, const Condition& c, const std::string& definition) const {
  const auto elements = elements_of(node);
  const bool used = !definition.empty() || local_name(node) == "use";
  const auto from = used ? (definition.empty() ? c.label : definition) : std::string();
  for (std::size_t i = 0; i < c.parts.size(); ++i) check(used || i >= elements.size() ? node : elements[i], c.parts[i], from);
  source_.tried([&] { check_leaf(node, c, from); });
}

void PackWords::check_leaf(const pugi::xml_node& node, const Condition& c, const std::string& definition) const {
  if (c.field.empty() || c.op == Op::call) return;
  const auto kinds = join(rule_.applies_to, ", ");
  if (!is_known(c.field) && c.op != Op::answer) {
    if (!is_news(definition, c.field + "\n" + kinds)) return;
    fail(node, tr("the rule “{rule}” asks for “{field}”, which is no field of a {kind}, nothing computed, and no <question> of the rule", {{"rule", rule_.id}, {"field", c.field}, {"kind", kinds}}));
  }
  const auto keys = choices_of(c.field);
  if (keys.empty() || (c.op != Op::is && c.op != Op::in && c.op != Op::answer)) return;
  for (const auto& value : c.values)
    source_.tried([&] {
      if (std::find(keys.begin(), keys.end(), value) != keys.end() || !is_news(definition, c.field + "=" + value)) return;
      fail(node, tr("“{value}” can never be the value of “{field}”; it is one of {known}", {{"value", value}, {"field", c.field}, {"known", join(keys, ", ")}}));
    });
}

void PackWords::check_question(const pugi::xml_node& node, const std::string& attribute) const {
  source_.tried([&] {
    if (!attribute.empty() && !is_asked(attribute) && !is_field(attribute))
      fail(node, tr("question=\"{name}\" is neither a <question> of the rule nor a field of a {kind}", {{"name", attribute}, {"kind", join(rule_.applies_to, ", ")}}));
  });
}

void PackWords::check_sentence(const pugi::xml_node& node, const std::string& sentence) const {
  for (std::size_t at = sentence.find('{'), end = 0; at != std::string::npos; at = sentence.find('{', end)) {
    end = sentence.find('}', at);
    const bool whole = source_.tried([&] {
      if (end == std::string::npos) fail(node, tr("a brace is opened and not closed in “{text}”", {{"text", shortened(sentence, 60)}}));
      const auto name = sentence.substr(at + 1, end - at - 1);
      if (name != "name" && rule_.function.empty() && !is_known(name)) fail(node, tr("nothing is known that could fill “{placeholder}”", {{"placeholder", "{" + name + "}"}}));
    });
    if (!whole && end == std::string::npos) return;
  }
}

bool PackWords::is_field(const std::string& name) const {
  return std::any_of(rule_.applies_to.begin(), rule_.applies_to.end(), [&](const std::string& kind) { return table_of(kind)->info->field(name) != nullptr; });
}

bool PackWords::is_asked(const std::string& name) const {
  return std::any_of(rule_.questions.begin(), rule_.questions.end(), [&](const RuleQuestion& q) { return q.attribute == name; });
}

bool PackWords::is_known(const std::string& name) const { return is_field(name) || is_asked(name) || is_asked(singular(name)) || is_computed_value(name); }

/// The keys of a closed list; empty where any text may stand.
std::vector<std::string> PackWords::choices_of(const std::string& name) const {
  std::vector<std::string> keys;
  for (const auto& q : rule_.questions)
    if (q.attribute == name)
      for (const auto& [key, label] : q.choices) keys.push_back(key);
  for (const auto& kind : rule_.applies_to)
    if (const auto* field = table_of(kind)->info->field(name))
      for (const auto& choice : field->choices)
        if (!choice.key.empty()) keys.emplace_back(choice.key);
  return keys;
}

}  // namespace mainstay
