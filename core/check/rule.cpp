// SPDX-License-Identifier: MIT
#include "core/check/rule.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/codec.h"
#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/check/context.h"

namespace mainstay {
namespace {

using Op = Condition::Op;

/// `use` copies what it names, so that a few lines could grow without bound.
constexpr std::size_t largest_condition = 5000;

/// White space of a pack's layout folded to single spaces.
std::string sentence(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  return out;
}

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view source) : bytes_(bytes), source_(source) {}

  Pack read() {
    const auto document = parse_xml(bytes_, source_);
    const auto root = document.document_element();
    if (local_name(root) != "pack") fail(root, tr("a rule pack begins with <pack>"));
    if (const auto format = text(root, "format", "1"); format != "1") fail(root, tr("this Mainstay reads packs of format 1, not “{format}”", {{"format", format}}));
    Pack pack;
    pack.id = required(root, "id");
    pack.title = sentence(required(root, "title"));
    pack.file = source_;
    std::set<std::string> ids;
    for (const auto& node : elements(root)) {
      const auto name = local_name(node);
      if (name == "set") sets_[required(node, "name")] = split(sentence(node.text().get()), ';');
      else if (name == "define") { check_single(node); defined_[required(node, "name")] = condition(first_element(node)); }
      else if (name == "rule") {
        pack.rules.push_back(rule(node));
        if (!ids.insert(pack.rules.back().id).second) fail(node, tr("the rule “{id}” stands here twice", {{"id", pack.rules.back().id}}));
      } else fail(node, tr("<{name}> is not known here", {{"name", name}}));
    }
    return pack;
  }

 private:
  [[noreturn]] void fail(const pugi::xml_node& node, const std::string& reason) const {
    throw Error(ErrorCode::bad_value, tr("The rule pack “{file}” cannot be used: {place}: {reason}.",
                                         {{"file", source_}, {"place", position_in(bytes_, node.offset_debug())}, {"reason", reason}}));
  }
  static std::vector<pugi::xml_node> elements(const pugi::xml_node& node) {
    std::vector<pugi::xml_node> found;
    for (const auto& child : node.children())
      if (child.type() == pugi::node_element) found.push_back(child);
    return found;
  }
  static pugi::xml_node first_element(const pugi::xml_node& node) {
    const auto all = elements(node);
    return all.empty() ? pugi::xml_node() : all.front();
  }
  static std::string text(const pugi::xml_node& node, const char* key, const std::string& other = {}) {
    const auto attribute = node.attribute(key);
    return attribute ? attribute.value() : other;
  }
  std::string required(const pugi::xml_node& node, const char* key) const {
    auto value = text(node, key);
    if (trimmed(value).empty()) fail(node, tr("<{element}> needs {attribute}=\"…\"", {{"element", node.name()}, {"attribute", key}}));
    return value;
  }
  int number(const pugi::xml_node& node, const char* key, int other, int least, int most) const {
    const auto attribute = node.attribute(key);
    if (!attribute) return other;
    const auto value = parse_minutes(attribute.value());
    if (!value || *value < least || *value > most)
      fail(node, tr("{attribute}=\"{value}\" must be a number from {least} to {most}", {{"attribute", key}, {"value", attribute.value()}, {"least", least}, {"most", most}}));
    return static_cast<int>(*value);
  }
  Date date(const pugi::xml_node& node, const char* key) const {
    const auto value = text(node, key);
    if (value.empty()) return {};
    const auto parsed = parse_date(value);
    if (!parsed) fail(node, tr("{attribute}=\"{value}\" is no day such as 2016-02-18", {{"attribute", key}, {"value", value}}));
    return *parsed;
  }
  Severity severity(const pugi::xml_node& node, Severity other) const {
    const auto value = text(node, "severity");
    if (value.empty()) return other;
    for (const auto known : {Severity::info, Severity::warning, Severity::error, Severity::critical})
      if (severity_name(known) == value) return known;
    fail(node, tr("severity=\"{value}\" must be info, warning, error or critical", {{"value", value}}));
  }
  Verdict verdict(const pugi::xml_node& node, Verdict other) const {
    const auto value = text(node, "verdict");
    if (value.empty()) return other;
    for (const auto known : {Verdict::affected, Verdict::possible, Verdict::unknown, Verdict::not_affected, Verdict::ended})
      if (verdict_name(known) == value) return known;
    fail(node, tr("verdict=\"{value}\" must be affected, possible, unknown, not_affected or ended", {{"value", value}}));
  }
  void check_single(const pugi::xml_node& node) const {
    if (elements(node).size() != 1) fail(node, tr("<{name}> holds exactly one condition", {{"name", node.name()}}));
  }

  static std::size_t size_of(const Condition& c) {
    std::size_t size = 1;
    for (const auto& part : c.parts) size += size_of(part);
    return size;
  }

  Condition condition(const pugi::xml_node& node) const {
    auto read = read_condition(node);
    if (size_of(read) > largest_condition) fail(node, tr("the condition has more than {count} parts", {{"count", largest_condition}}));
    return read;
  }

  Condition read_condition(const pugi::xml_node& node) const {
    const auto name = local_name(node);
    if (name == "use") {
      const auto found = defined_.find(required(node, "name"));
      if (found == defined_.end()) fail(node, tr("no <define> above is named “{name}”", {{"name", text(node, "name")}}));
      return found->second;
    }
    const auto op = condition_op(name);
    if (!op) fail(node, tr("<{name}> is no condition", {{"name", name}}));
    Condition c;
    c.op = *op;
    for (const auto& child : elements(node)) c.parts.push_back(condition(child));
    const auto parts = c.parts.size();
    const bool takes_parts = *op == Op::all || *op == Op::any || *op == Op::first;
    const std::size_t wanted = *op == Op::negate || *op == Op::unsure ? 1 : *op == Op::where ? 2 : 0;
    if (takes_parts ? parts == 0 : parts != wanted) fail(node, tr("<{name}> holds the wrong number of conditions", {{"name", name}}));
    if (takes_parts || wanted > 0 || *op == Op::yes || *op == Op::no) return c;
    if (*op == Op::call) {
      c.field = required(node, "function");
      if (!find_predicate(c.field)) fail(node, tr("there is no function “{name}”", {{"name", c.field}}));
      return c;
    }
    const bool serial = *op == Op::serial_prefix || *op == Op::serial_range || *op == Op::serial_years;
    c.field = *op == Op::answer ? required(node, "attribute") : serial ? text(node, "field", "serial") : required(node, "field");
    switch (*op) {
      case Op::known: case Op::unknown: case Op::none: break;
      case Op::date_between:
        date(node, "from");
        date(node, "until");
        c.values = {text(node, "from"), text(node, "until")};
        break;
      case Op::older_than: c.values = {std::to_string(number(node, "days", 0, 0, 100000))}; break;
      case Op::serial_range: c.values = {required(node, "from"), required(node, "to")};
        if (c.values[0].size() != c.values[1].size()) fail(node, tr("both ends of a serial range are of one length"));
        break;
      case Op::in: case Op::glob: case Op::serial_prefix: case Op::serial_years:
        if (const auto set = text(node, "set"); !set.empty()) {
          const auto found = sets_.find(set);
          if (found == sets_.end()) fail(node, tr("no <set> above is named “{name}”", {{"name", set}}));
          c.values = found->second;
        } else c.values = split(sentence(node.text().get()), ';');
        if (c.values.empty()) fail(node, tr("<{name}> lists nothing", {{"name", name}}));
        break;
      default: c.values = {required(node, "value")};
    }
    if ((*op == Op::build_before || *op == Op::build_at_least) && !compare_builds(c.values[0], c.values[0]))
      fail(node, tr("“{value}” is no build such as 13D20", {{"value", c.values[0]}}));
    if ((*op == Op::version_before || *op == Op::version_at_least) && !compare_versions(c.values[0], c.values[0]))
      fail(node, tr("“{value}” is no version such as 9.2.1", {{"value", c.values[0]}}));
    return c;
  }

  /// A name that is neither a field, nor computed, nor asked for is a slip of the pen, and the rule would be silent for ever.
  void check_fields(const pugi::xml_node& node, const Rule& rule, const Condition& c, const std::set<std::string>& asked) const {
    for (const auto& part : c.parts) check_fields(node, rule, part, asked);
    if (c.field.empty() || c.op == Op::call || c.op == Op::answer || asked.contains(c.field) || is_computed_value(c.field)) return;
    for (const auto& kind : rule.applies_to)
      if (table_of(kind)->info->field(c.field)) return;
    fail(node, tr("the rule “{rule}” asks for “{field}”, which is no field of a {kind}, nothing computed, and no <question> of the rule", {{"rule", rule.id}, {"field", c.field}, {"kind", join(rule.applies_to, ", ")}}));
  }

  RuleCase outcome(const pugi::xml_node& node, const RuleCase& base) const {
    RuleCase c = base;
    c.name = text(node, "name");
    c.verdict = verdict(node, base.verdict);
    c.severity = severity(node, base.severity);
    c.due_days = number(node, "due", base.due_days, 0, 3650);
    c.effort = number(node, "effort", base.effort, 1, 4);
    c.title = sentence(text(node, "title", base.title));
    c.question = text(node, "question");
    c.owner = text(node, "owner", base.owner);
    bool own_steps = false;
    for (const auto& child : elements(node)) {
      const auto name = local_name(child);
      if (name == "when") { check_single(child); c.when = condition(first_element(child)); }
      else if (name == "message") c.message = sentence(child.text().get());
      else if (name == "note") c.notes.push_back(sentence(child.text().get()));
      else if (name == "step") {
        if (!own_steps) c.steps.clear();
        own_steps = true;
        c.steps.push_back(sentence(child.text().get()));
      } else fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (c.message.empty() && c.verdict != Verdict::not_affected) fail(node, tr("<{name}> needs a <message>", {{"name", node.name()}}));
    return c;
  }

  RuleQuestion question(const pugi::xml_node& node) const {
    RuleQuestion q;
    q.attribute = required(node, "attribute");
    q.help = sentence(text(node, "help"));
    for (const auto& child : elements(node)) {
      const auto name = local_name(child);
      if (name == "text") q.text = sentence(child.text().get());
      else if (name == "choice") q.choices.emplace_back(text(child, "key"), sentence(child.text().get()));
      else if (name == "when") { check_single(child); q.when = condition(first_element(child)); }
      else fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (q.text.empty()) fail(node, tr("a <question> needs its <text>"));
    return q;
  }

  static std::string authority(const pugi::xml_node& node, Date on) {
    const auto name = text(node, "name"), number = text(node, "number");
    const bool verified = text(node, "verified", "yes") == "yes";
    if (number.empty()) return tr("{authority}, {day} (number not verified)", {{"authority", name}, {"day", on ? spoken(on) : tr("day not verified")}});
    if (!verified) return tr("{authority} {number}, {day} (not verified)", {{"authority", name}, {"number", number}, {"day", on ? spoken(on) : tr("day not verified")}});
    return on ? tr("{authority} {number}, {day}", {{"authority", name}, {"number", number}, {"day", spoken(on)}}) : tr("{authority} {number}", {{"authority", name}, {"number", number}});
  }

  Rule rule(const pugi::xml_node& node) const {
    Rule r;
    r.id = required(node, "id");
    if (!is_valid_id(r.id)) fail(node, tr("“{id}” cannot be an id: it takes letters, digits, - _ and . only", {{"id", shortened(r.id, 60)}}));
    r.revision = number(node, "revision", 1, 1, 100000);
    r.kind = text(node, "kind", "audit");
    r.title = sentence(required(node, "title"));
    r.clause = text(node, "clause");
    r.function = text(node, "function");
    r.superseded_by = text(node, "superseded_by");
    r.announced = date(node, "announced");
    r.valid_from = date(node, "valid_from");
    r.valid_until = date(node, "valid_until");
    r.applies_to = split(required(node, "applies_to"), ';');
    for (const auto& kind : r.applies_to)
      if (!table_of(kind)) fail(node, tr("there is no kind of record “{kind}”", {{"kind", kind}}));
    if (!r.function.empty() && !find_audit(r.function)) fail(node, tr("there is no function “{name}”", {{"name", r.function}}));
    RuleCase base;
    base.title = r.title;
    base.severity = severity(node, Severity::warning);
    base.due_days = number(node, "due", 30, 0, 3650);
    base.effort = number(node, "effort", 2, 1, 4);
    base.owner = text(node, "owner");
    for (const auto& child : elements(node))
      if (local_name(child) == "step") base.steps.push_back(sentence(child.text().get()));
    for (const auto& child : elements(node)) {
      const auto name = local_name(child);
      if (name == "when") { check_single(child); r.match = condition(first_element(child)); }
      else if (name == "case") r.cases.push_back(outcome(child, base));
      else if (name == "fallback") {
        base.verdict = Verdict::unknown;
        r.fallback = outcome(child, base);
        base.verdict = Verdict::affected;
        r.has_fallback = true;
      } else if (name == "question") r.questions.push_back(question(child));
      else if (name == "hazard") r.hazard = sentence(child.text().get());
      else if (name == "note") r.notes.push_back(sentence(child.text().get()));
      else if (name == "authority") r.sources.push_back(authority(child, date(child, "on")));
      else if (name == "source") {
        const auto read = text(child, "read");
        r.sources.push_back(read.empty() ? sentence(child.text().get()) : tr("{source} (read {day})", {{"source", sentence(child.text().get())}, {"day", read}}));
      } else if (name != "step") fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (r.cases.empty()) fail(node, tr("the rule “{id}” has no <case>", {{"id", r.id}}));
    std::set<std::string> asked;
    for (const auto& q : r.questions) asked.insert(q.attribute);
    for (const auto& q : r.questions) check_fields(node, r, q.when, asked);
    for (const auto& c : r.cases) check_fields(node, r, c.when, asked);
    check_fields(node, r, r.match, asked);
    std::string matched = canonical_text(r.match) + r.function;
    for (const auto& c : r.cases) matched += std::string(verdict_name(c.verdict)) + canonical_text(c.when);
    r.match_hash = sha256_hex(matched);
    return r;
  }

  std::string_view bytes_;
  std::string source_;
  std::map<std::string, std::vector<std::string>> sets_;
  std::map<std::string, Condition> defined_;
};

}  // namespace

Pack pack_from_xml(std::string_view bytes, std::string_view source) { return Reader(bytes, source).read(); }

std::vector<Pack> load_packs(std::vector<std::string>* troubles) {
  std::vector<Pack> packs;
  std::map<std::string, std::string> owners;
  auto refused = read_templates("rules", [&](std::string_view bytes, const std::string& source, const std::string&) {
    auto pack = pack_from_xml(bytes, source);
    for (const auto& rule : pack.rules)
      if (const auto other = owners.find(rule.id); other != owners.end())
        throw Error(ErrorCode::bad_value, tr("The rule “{id}” stands in both “{one}” and “{other}”.", {{"id", rule.id}, {"one", other->second}, {"other", source}}));
    for (const auto& rule : pack.rules) owners.emplace(rule.id, source);
    packs.push_back(std::move(pack));
  });
  if (troubles) *troubles = std::move(refused);
  return packs;
}

}  // namespace mainstay
