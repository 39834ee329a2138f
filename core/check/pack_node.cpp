// SPDX-License-Identifier: MIT
#include "core/check/pack_node.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/check/context.h"

namespace mainstay {
namespace {

using Op = Condition::Op;

/// `use` copies what it names, so that a few lines could grow without bound.
constexpr std::size_t largest_condition = 5000;

std::size_t size_of(const Condition& c) {
  std::size_t size = 1;
  for (const auto& part : c.parts) size += size_of(part);
  return size;
}

std::optional<int> whole_number(std::string_view text) {
  text = trimmed(text);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

void PackSource::fail(const pugi::xml_node& node, const std::string& reason) const {
  const auto place = place_in(bytes_, node.offset_debug());
  fault_ = {place.line, place.column, reason};
  throw Error(ErrorCode::bad_value, tr("The rule pack “{file}” cannot be used: line {line}, column {column}: {reason}.", {{"file", name_}, {"line", place.line}, {"column", place.column}, {"reason", reason}}));
}

void PackSource::allow(const pugi::xml_node& node, std::initializer_list<std::string_view> names) const {
  for (const auto& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (std::find(names.begin(), names.end(), name) == names.end())
      fail(node, names.size() == 0 ? tr("<{element}> takes no attributes, so {attribute}=\"…\" is not known here", {{"element", node.name()}, {"attribute", name}})
                                   : tr("<{element}> has no attribute “{attribute}”; it takes {known}", {{"element", node.name()}, {"attribute", name}, {"known", join({names.begin(), names.end()}, ", ")}}));
    if (node.attribute(attribute.name()) != attribute) fail(node, tr("<{element}> has the attribute “{attribute}” twice", {{"element", node.name()}, {"attribute", name}}));
  }
}

std::string PackSource::required(const pugi::xml_node& node, const char* key) const {
  auto value = text_of(node, key);
  if (trimmed(value).empty()) fail(node, tr("<{element}> needs {attribute}=\"…\"", {{"element", node.name()}, {"attribute", key}}));
  return value;
}

int PackSource::number(const pugi::xml_node& node, const char* key, int other, int least, int most) const {
  const auto attribute = node.attribute(key);
  if (!attribute) return other;
  const auto value = whole_number(attribute.value());
  if (!value || *value < least || *value > most)
    fail(node, tr("{attribute}=\"{value}\" must be a number from {least} to {most}", {{"attribute", key}, {"value", attribute.value()}, {"least", least}, {"most", most}}));
  return *value;
}

Date PackSource::date(const pugi::xml_node& node, const char* key) const {
  const auto value = text_of(node, key);
  if (value.empty()) return {};
  const auto parsed = parse_date(value);
  if (!parsed || !*parsed) fail(node, tr("{attribute}=\"{value}\" is no day such as 2016-02-18", {{"attribute", key}, {"value", value}}));
  return *parsed;
}

void PackSource::check_single(const pugi::xml_node& node) const {
  if (elements_of(node).size() != 1) fail(node, tr("<{name}> holds exactly one condition", {{"name", node.name()}}));
}

std::vector<pugi::xml_node> elements_of(const pugi::xml_node& node) {
  std::vector<pugi::xml_node> found;
  for (const auto& child : node.children())
    if (child.type() == pugi::node_element) found.push_back(child);
  return found;
}

std::string text_of(const pugi::xml_node& node, const char* key, const std::string& other) {
  const auto attribute = node.attribute(key);
  return attribute ? attribute.value() : other;
}

std::string sentence_of(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  return out;
}

void ConditionReader::add_set(const pugi::xml_node& node) {
  if (source_.gathers()) broken_.insert(text_of(node, "name"));  // until it is known to be whole
  source_.allow(node, {"name"});
  auto values = split(sentence_of(node.text().get()), ';');
  if (values.empty()) source_.fail(node, tr("<{name}> lists nothing", {{"name", node.name()}}));
  if (!sets_.emplace(source_.required(node, "name"), std::move(values)).second) source_.fail(node, tr("the set “{name}” stands here twice", {{"name", text_of(node, "name")}}));
  broken_.erase(text_of(node, "name"));
}

void ConditionReader::add_definition(const pugi::xml_node& node) {
  if (source_.gathers()) broken_.insert(text_of(node, "name"));
  source_.allow(node, {"name"});
  auto name = source_.required(node, "name");
  auto defined = inside(node);
  defined.label = name;
  if (!defined_.emplace(name, std::move(defined)).second) source_.fail(node, tr("the definition “{name}” stands here twice", {{"name", name}}));
  broken_.erase(name);
}

Condition ConditionReader::inside(const pugi::xml_node& node) const {
  source_.check_single(node);
  return condition(elements_of(node).front());
}

Condition ConditionReader::condition(const pugi::xml_node& node) const {
  const auto name = local_name(node);
  if (name == "use") {
    source_.allow(node, {"name"});
    const auto found = defined_.find(source_.required(node, "name"));
    if (found == defined_.end() && broken_.contains(text_of(node, "name"))) return {Op::no, {}, {}, {}};
    if (found == defined_.end()) source_.fail(node, tr("no <define> above is named “{name}”", {{"name", text_of(node, "name")}}));
    return found->second;
  }
  const auto op = condition_op(name);
  if (!op) source_.fail(node, tr("<{name}> is no condition", {{"name", name}}));
  Condition c;
  c.op = *op;
  for (const auto& child : elements_of(node))
    if (!source_.tried([&] { c.parts.push_back(condition(child)); })) c.parts.push_back({Op::no, {}, {}, {}});
  const auto parts = c.parts.size();
  const bool takes_parts = *op == Op::all || *op == Op::any || *op == Op::first;
  const std::size_t wanted = *op == Op::negate || *op == Op::unsure ? 1 : *op == Op::where ? 2 : 0;
  if (takes_parts ? parts == 0 : parts != wanted) source_.fail(node, tr("<{name}> holds the wrong number of conditions", {{"name", name}}));
  if (!takes_parts && wanted == 0 && *op != Op::yes && *op != Op::no) c = leaf(node, *op);
  else source_.allow(node, {});
  if (size_of(c) > largest_condition) source_.fail(node, tr("the condition has more than {count} parts", {{"count", largest_condition}}));
  return c;
}

std::vector<std::string> ConditionReader::listed(const pugi::xml_node& node) const {
  auto values = split(sentence_of(node.text().get()), ';');
  if (const auto set = text_of(node, "set"); !set.empty()) {
    const auto found = sets_.find(set);
    if (found == sets_.end() && broken_.contains(set)) return {};
    if (found == sets_.end()) source_.fail(node, tr("no <set> above is named “{name}”", {{"name", set}}));
    if (!values.empty()) source_.fail(node, tr("<{name}> takes a set or a list, not both", {{"name", node.name()}}));
    values = found->second;
  }
  if (values.empty()) source_.fail(node, tr("<{name}> lists nothing", {{"name", node.name()}}));
  return values;
}

Condition ConditionReader::leaf(const pugi::xml_node& node, Op op) const {
  Condition c;
  c.op = op;
  const bool serial = op == Op::serial_prefix || op == Op::serial_range || op == Op::serial_years;
  if (op == Op::call) c.field = source_.required(node, "function");
  else c.field = op == Op::answer ? source_.required(node, "attribute") : serial ? text_of(node, "field", "serial") : source_.required(node, "field");
  switch (op) {
    case Op::call:
      source_.allow(node, {"function"});
      if (!find_predicate(c.field)) source_.fail(node, tr("there is no function “{name}”", {{"name", c.field}}));
      break;
    case Op::known: case Op::unknown: case Op::none: source_.allow(node, {"field"}); break;
    case Op::date_between: {
      source_.allow(node, {"field", "from", "until"});
      const auto from = source_.date(node, "from"), until = source_.date(node, "until");
      if (!from && !until) source_.fail(node, tr("<{name}> needs a day in from or until", {{"name", node.name()}}));
      if (from && until && until.days < from.days) source_.fail(node, tr("until=\"{until}\" is before from=\"{from}\"", {{"from", text_of(node, "from")}, {"until", text_of(node, "until")}}));
      c.values = {text_of(node, "from"), text_of(node, "until")};
      break;
    }
    case Op::older_than:
      source_.allow(node, {"field", "days"});
      c.values = {std::to_string(source_.number(node, "days", 0, -3650, 100000))};
      break;
    case Op::serial_range:
      source_.allow(node, {"field", "from", "to"});
      c.values = {source_.required(node, "from"), source_.required(node, "to")};
      if (c.values[0].size() != c.values[1].size()) source_.fail(node, tr("both ends of a serial range are of one length"));
      if (upper_case(c.values[1]) < upper_case(c.values[0])) source_.fail(node, tr("“{to}” comes before “{from}”", {{"from", c.values[0]}, {"to", c.values[1]}}));
      break;
    case Op::in: case Op::glob: case Op::word: case Op::serial_prefix: case Op::serial_years:
      source_.allow(node, {"field", "set"});
      c.values = listed(node);
      break;
    default:
      source_.allow(node, {op == Op::answer ? "attribute" : "field", "value"});
      c.values = {source_.required(node, "value")};
  }
  check_values(node, c);
  return c;
}

void ConditionReader::check_values(const pugi::xml_node& node, const Condition& c) const {
  for (const auto& value : c.values) source_.tried([&] { check_value(node, c.op, value); });
}

void ConditionReader::check_value(const pugi::xml_node& node, Op op, const std::string& value) const {
  const Args shown{{"value", value}, {"name", node.name()}};
  switch (op) {
    case Op::build_before: case Op::build_at_least:
      if (!compare_builds(value, value)) source_.fail(node, tr("“{value}” is no build such as 13D20", shown));
      break;
    case Op::version_before: case Op::version_at_least:
      if (!compare_versions(value, value)) source_.fail(node, tr("“{value}” is no version such as 9.2.1", shown));
      break;
    case Op::number_below: case Op::number_at_least:
      if (!whole_number(value)) source_.fail(node, tr("“{value}” is no whole number", shown));
      break;
    case Op::marking:
      if (value != "affected" && value != "safe" && value != "unclear") source_.fail(node, tr("value=\"{value}\" must be affected, safe or unclear", shown));
      break;
    case Op::serial_years:
      if (!is_digits(value, 2)) source_.fail(node, tr("“{value}” are not the two digits of a year", shown));
      break;
    case Op::glob:
      if (value.find_first_of("[]|^$\\") != std::string::npos) source_.fail(node, tr("“{value}” is no pattern: it knows * for any characters and ? for one, and nothing else", shown));
      break;
    default: break;
  }
}

}  // namespace mainstay
