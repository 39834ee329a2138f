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
#include "core/check/pack_node.h"

namespace mainstay {
namespace {

using Op = Condition::Op;

/// What the conditions and sentences of a rule may speak of beside the fields of its records.
class Vocabulary {
 public:
  Vocabulary(const PackSource& source, const Rule& rule) : source_(source), rule_(rule) {}

  void check(const pugi::xml_node& node, const Condition& c) const {
    for (const auto& part : c.parts) check(node, part);
    if (c.field.empty() || c.op == Op::call) return;
    if (!is_known(c.field) && c.op != Op::answer)
      source_.fail(node, tr("the rule “{rule}” asks for “{field}”, which is no field of a {kind}, nothing computed, and no <question> of the rule", {{"rule", rule_.id}, {"field", c.field}, {"kind", join(rule_.applies_to, ", ")}}));
    const auto keys = choices_of(c.field);
    if (keys.empty() || (c.op != Op::is && c.op != Op::in && c.op != Op::answer)) return;
    for (const auto& value : c.values)
      if (std::find(keys.begin(), keys.end(), value) == keys.end())
        source_.fail(node, tr("“{value}” can never be the value of “{field}”; it is one of {known}", {{"value", value}, {"field", c.field}, {"known", join(keys, ", ")}}));
  }
  /// A question that is neither asked by the rule nor a field could not be answered.
  void check_question(const pugi::xml_node& node, const std::string& attribute) const {
    if (!attribute.empty() && !is_asked(attribute) && !is_field(attribute))
      source_.fail(node, tr("question=\"{name}\" is neither a <question> of the rule nor a field of a {kind}", {{"name", attribute}, {"kind", join(rule_.applies_to, ", ")}}));
  }
  /// The placeholders of a sentence; those of a rule with a named function are filled by it.
  void check_sentence(const pugi::xml_node& node, const std::string& sentence) const {
    for (std::size_t at = sentence.find('{'); at != std::string::npos; at = sentence.find('{', at + 1)) {
      const auto end = sentence.find('}', at);
      if (end == std::string::npos) source_.fail(node, tr("a brace is opened and not closed in “{text}”", {{"text", shortened(sentence, 60)}}));
      const auto name = sentence.substr(at + 1, end - at - 1);
      if (name != "name" && rule_.function.empty() && !is_known(name)) source_.fail(node, tr("nothing is known that could fill “{placeholder}”", {{"placeholder", "{" + name + "}"}}));
    }
  }

 private:
  bool is_field(const std::string& name) const {
    return std::any_of(rule_.applies_to.begin(), rule_.applies_to.end(), [&](const std::string& kind) { return table_of(kind)->info->field(name) != nullptr; });
  }
  bool is_asked(const std::string& name) const {
    return std::any_of(rule_.questions.begin(), rule_.questions.end(), [&](const RuleQuestion& q) { return q.attribute == name; });
  }
  bool is_known(const std::string& name) const { return is_field(name) || is_asked(name) || is_asked(singular(name)) || is_computed_value(name); }
  /// Inventories number several of a kind: battery_part, battery_part_2.
  static std::string singular(const std::string& name) {
    const auto end = name.find_last_not_of("0123456789");
    return end != std::string::npos && end + 1 < name.size() && name[end] == '_' ? name.substr(0, end) : name;
  }
  /// The keys of a closed list; empty where any text may stand.
  std::vector<std::string> choices_of(const std::string& name) const {
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

  const PackSource& source_;
  const Rule& rule_;
};

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view source) : source_(bytes, source), conditions_(source_) {}

  /// Stops at the first fault; with `faults`, goes on with the next rule and collects them.
  Pack read(std::vector<PackFault>* faults = nullptr) {
    const auto document = parse_xml(source_.bytes(), source_.name());
    const auto root = document.document_element();
    if (local_name(root) != "pack") source_.fail(root, tr("a rule pack begins with <pack>"));
    source_.allow(root, {"id", "title", "format"});
    if (const auto format = text_of(root, "format", "1"); format != "1") source_.fail(root, tr("this Mainstay reads packs of format 1, not “{format}”", {{"format", format}}));
    pack_.id = source_.required(root, "id");
    pack_.title = sentence_of(source_.required(root, "title"));
    pack_.file = source_.name();
    for (const auto& node : elements_of(root)) {
      if (!faults) {
        take(node);
        continue;
      }
      try {
        take(node);
      } catch (const Error&) {
        faults->push_back(source_.fault());
      }
    }
    return std::move(pack_);
  }
  const PackFault& fault() const { return source_.fault(); }

 private:
  void take(const pugi::xml_node& node) {
    const auto name = local_name(node);
    if (name == "set") conditions_.add_set(node);
    else if (name == "define") conditions_.add_definition(node);
    else if (name == "rule") {
      auto read = rule(node);
      if (!ids_.insert(read.id).second) source_.fail(node, tr("the rule “{id}” stands here twice", {{"id", read.id}}));
      pack_.rules.push_back(std::move(read));
    } else source_.fail(node, tr("<{name}> is not known here", {{"name", name}}));
  }

  Severity severity(const pugi::xml_node& node, Severity other) const {
    const auto value = text_of(node, "severity");
    if (value.empty()) return other;
    for (const auto known : {Severity::info, Severity::warning, Severity::error, Severity::critical})
      if (severity_name(known) == value) return known;
    source_.fail(node, tr("severity=\"{value}\" must be info, warning, error or critical", {{"value", value}}));
  }
  Verdict verdict(const pugi::xml_node& node, Verdict other) const {
    const auto value = text_of(node, "verdict");
    if (value.empty()) return other;
    for (const auto known : {Verdict::affected, Verdict::possible, Verdict::unknown, Verdict::not_affected, Verdict::ended})
      if (verdict_name(known) == value) return known;
    source_.fail(node, tr("verdict=\"{value}\" must be affected, possible, unknown, not_affected or ended", {{"value", value}}));
  }
  /// The text of an element that holds nothing but words.
  std::string words(const pugi::xml_node& node, std::initializer_list<std::string_view> attributes = {}) const {
    source_.allow(node, attributes);
    if (!elements_of(node).empty()) source_.fail(node, tr("<{name}> holds words only", {{"name", node.name()}}));
    auto text = sentence_of(node.text().get());
    if (text.empty()) source_.fail(node, tr("<{name}> is empty", {{"name", node.name()}}));
    return text;
  }

  RuleCase outcome(const pugi::xml_node& node, const RuleCase& base) const {
    source_.allow(node, {"name", "verdict", "severity", "due", "effort", "title", "question", "owner", "announced"});
    RuleCase c = base;
    c.name = text_of(node, "name");
    c.verdict = verdict(node, base.verdict);
    c.severity = severity(node, base.severity);
    c.due_days = source_.number(node, "due", base.due_days, 0, 3650);
    c.effort = source_.number(node, "effort", base.effort, 1, 4);
    c.title = sentence_of(text_of(node, "title", base.title));
    c.question = text_of(node, "question");
    c.owner = text_of(node, "owner", base.owner);
    c.announced = source_.date(node, "announced");
    bool own_steps = false;
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      if (name == "when") { source_.allow(child, {}); c.when = conditions_.inside(child); }
      else if (name == "message") c.message = words(child);
      else if (name == "note") c.notes.push_back(words(child));
      else if (name == "step") {
        if (!own_steps) c.steps.clear();
        own_steps = true;
        c.steps.push_back(words(child));
      } else source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (c.message.empty() && c.verdict != Verdict::not_affected) source_.fail(node, tr("<{name}> needs a <message>", {{"name", node.name()}}));
    return c;
  }

  RuleQuestion question(const pugi::xml_node& node) const {
    source_.allow(node, {"attribute", "help", "picture"});
    RuleQuestion q;
    q.attribute = source_.required(node, "attribute");
    q.help = sentence_of(text_of(node, "help"));
    q.picture = picture(node);
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      if (name == "text") q.text = words(child);
      else if (name == "choice") {
        auto label = words(child, {"key"});
        q.choices.emplace_back(source_.required(child, "key"), std::move(label));
      } else if (name == "when") { source_.allow(child, {}); q.when = conditions_.inside(child); }
      else source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (q.text.empty()) source_.fail(node, tr("a <question> needs its <text>"));
    return q;
  }

  /// The name of a drawing; which there are is known to reports, and `rules lint` looks there.
  std::string picture(const pugi::xml_node& node) const {
    auto name = text_of(node, "picture");
    if (!name.empty() && !is_valid_id(name)) source_.fail(node, tr("picture=\"{name}\" cannot be the name of a drawing", {{"name", shortened(name, 60)}}));
    return name;
  }

  RuleLook look(const pugi::xml_node& node) const {
    source_.allow(node, {"title", "picture"});
    RuleLook l;
    l.title = sentence_of(source_.required(node, "title"));
    l.picture = picture(node);
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      if (name == "where") l.where = words(child);
      else if (name == "bad") l.bad = words(child);
      else if (name == "good") l.good = words(child);
      else if (name == "unclear") l.unclear = words(child);
      else if (name == "when") { source_.allow(child, {}); l.when = conditions_.inside(child); }
      else source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (l.where.empty() || l.bad.empty() || l.good.empty()) source_.fail(node, tr("a <look> needs its <where>, <bad> and <good>"));
    return l;
  }

  RuleAuthority authority(const pugi::xml_node& node) const {
    source_.allow(node, {"name", "number", "on", "verified"});
    const auto verified = text_of(node, "verified", "yes");
    if (verified != "yes" && verified != "no") source_.fail(node, tr("verified=\"{value}\" must be yes or no", {{"value", verified}}));
    RuleAuthority a;
    a.name = source_.required(node, "name");
    a.number = text_of(node, "number");
    a.on = source_.date(node, "on");
    a.text = cited(a.name, a.number, a.on, verified);
    for (const auto& child : elements_of(node)) {
      if (local_name(child) != "when") source_.fail(child, tr("<{name}> is not known here", {{"name", child.name()}}));
      source_.allow(child, {});
      a.when = conditions_.inside(child);
    }
    return a;
  }
  static std::string cited(const std::string& name, const std::string& number, Date on, const std::string& verified) {
    if (number.empty()) return tr("{authority}, {day} (number not verified)", {{"authority", name}, {"day", on ? spoken(on) : tr("day not verified")}});
    if (verified == "no") return tr("{authority} {number}, {day} (not verified)", {{"authority", name}, {"number", number}, {"day", on ? spoken(on) : tr("day not verified")}});
    return on ? tr("{authority} {number}, {day}", {{"authority", name}, {"number", number}, {"day", spoken(on)}}) : tr("{authority} {number}", {{"authority", name}, {"number", number}});
  }
  std::string origin(const pugi::xml_node& node) const {
    const auto text = words(node, {"read"}), read = text_of(node, "read");
    return read.empty() ? text : tr("{source} (read {day})", {{"source", text}, {"day", read}});
  }

  Rule header(const pugi::xml_node& node) const {
    source_.allow(node, {"id", "revision", "kind", "title", "clause", "function", "superseded_by", "announced", "valid_from", "valid_until", "applies_to", "severity", "due", "effort", "owner"});
    Rule r;
    r.id = source_.required(node, "id");
    if (!is_valid_id(r.id)) source_.fail(node, tr("“{id}” cannot be an id: it takes letters, digits, - _ and . only", {{"id", shortened(r.id, 60)}}));
    r.revision = source_.number(node, "revision", 1, 1, 100000);
    r.kind = text_of(node, "kind", "audit");
    r.title = sentence_of(source_.required(node, "title"));
    r.clause = text_of(node, "clause");
    r.function = text_of(node, "function");
    r.superseded_by = text_of(node, "superseded_by");
    r.announced = source_.date(node, "announced");
    r.valid_from = source_.date(node, "valid_from");
    r.valid_until = source_.date(node, "valid_until");
    if (r.valid_from && r.valid_until && r.valid_until.days < r.valid_from.days) source_.fail(node, tr("the rule “{id}” ends before it begins", {{"id", r.id}}));
    r.applies_to = split(source_.required(node, "applies_to"), ';');
    for (const auto& kind : r.applies_to)
      if (!table_of(kind)) source_.fail(node, tr("there is no kind of record “{kind}”", {{"kind", kind}}));
    if (!r.function.empty() && !find_audit(r.function)) source_.fail(node, tr("there is no function “{name}”", {{"name", r.function}}));
    return r;
  }

  Rule rule(const pugi::xml_node& node) const {
    Rule r = header(node);
    RuleCase base;
    base.title = r.title;
    base.severity = severity(node, Severity::warning);
    base.due_days = source_.number(node, "due", 30, 0, 3650);
    base.effort = source_.number(node, "effort", 2, 1, 4);
    base.owner = text_of(node, "owner");
    for (const auto& child : elements_of(node))
      if (local_name(child) == "step") base.steps.push_back(words(child));
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      if (name == "when") { source_.allow(child, {}); r.match = conditions_.inside(child); }
      else if (name == "case") r.cases.push_back(outcome(child, base));
      else if (name == "fallback") {
        base.verdict = Verdict::unknown;
        r.fallback = outcome(child, base);
        base.verdict = Verdict::affected;
        r.has_fallback = true;
      } else if (name == "question") r.questions.push_back(question(child));
      else if (name == "look") r.looks.push_back(look(child));
      else if (name == "hazard") r.hazard = words(child);
      else if (name == "note") r.notes.push_back(words(child));
      else if (name == "authority") r.authorities.push_back(authority(child));
      else if (name == "source") r.sources.push_back(origin(child));
      else if (name != "step") source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
    }
    if (r.cases.empty()) source_.fail(node, tr("the rule “{id}” has no <case>", {{"id", r.id}}));
    check(node, r);
    std::string matched = canonical_text(r.match) + r.function;
    for (const auto& c : r.cases) matched += std::string(verdict_name(c.verdict)) + canonical_text(c.when);
    r.match_hash = sha256_hex(matched);
    return r;
  }

  /// A name that is neither a field, nor computed, nor asked for is a slip of the pen, and the rule would be silent for ever.
  void check(const pugi::xml_node& node, const Rule& r) const {
    const Vocabulary known(source_, r);
    std::size_t question = 0, look = 0, outcome = 0, authority = 0;
    bool settled = false;
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      if (name == "when") known.check(child, r.match);
      else if (name == "question") {
        known.check(child, r.questions[question].when);
        known.check_sentence(child, r.questions[question++].text);
      } else if (name == "look") {
        known.check(child, r.looks[look++].when);
      } else if (name == "authority") {
        known.check(child, r.authorities[authority++].when);
      } else if (name == "case" || name == "fallback") {
        const auto& c = name == "case" ? r.cases[outcome++] : r.fallback;
        if (name == "case" && settled && r.function.empty()) source_.fail(child, tr("this <case> is never reached: the one before it always holds"));
        settled = settled || (name == "case" && c.when.op == Op::yes);
        known.check(child, c.when);
        known.check_question(child, c.question);
        for (const auto* text : {&c.title, &c.message}) known.check_sentence(child, *text);
        for (const auto& step : c.steps) known.check_sentence(child, step);
      }
    }
  }

  PackSource source_;
  ConditionReader conditions_;
  Pack pack_;
  std::set<std::string> ids_;
};

}  // namespace

std::vector<PackFault> pack_faults(std::string_view bytes, std::string_view source) {
  pugi::xml_document document;
  if (const auto parsed = document.load_buffer(bytes.data(), bytes.size()); !parsed) {
    const auto place = place_in(bytes, parsed.offset);
    return {{place.line, place.column, tr("the file is not well-formed XML: {reason}", {{"reason", parsed.description()}})}};
  }
  std::vector<PackFault> faults;
  Reader reader(bytes, source);
  try {
    reader.read(&faults);
  } catch (const Error& refused) {
    faults.push_back(reader.fault().reason.empty() ? PackFault{0, 0, refused.what()} : reader.fault());
  }
  return faults;
}

Pack pack_from_xml(std::string_view bytes, std::string_view source) { return Reader(bytes, source).read(); }

std::vector<Pack> load_packs(std::vector<std::string>* troubles) {
  std::vector<Pack> packs;
  auto refused = read_templates("rules", [&](std::string_view bytes, const std::string& source, const std::string&) { packs.push_back(pack_from_xml(bytes, source)); });
  // A rule id stands for one rule: where two packs claim it, the one that came with the program stays.
  const auto is_own = [](const Pack& pack) { return !pack.file.starts_with("rules/"); };  // a carried file goes by its path below templates/
  std::map<std::string, std::string> owners;
  for (const bool own : {false, true})
    for (auto pack = packs.begin(); pack != packs.end();) {
      const auto clash = is_own(*pack) == own ? std::find_if(pack->rules.begin(), pack->rules.end(), [&](const Rule& r) { return owners.contains(r.id); }) : pack->rules.end();
      if (clash != pack->rules.end()) {
        const auto sentence = tr("The rule “{id}” stands in both “{one}” and “{other}”.", {{"id", clash->id}, {"one", owners[clash->id]}, {"other", pack->file}});
        if (!own) throw Error(ErrorCode::bad_value, sentence);
        refused.push_back(sentence);
        pack = packs.erase(pack);
        continue;
      }
      if (is_own(*pack) == own)
        for (const auto& rule : pack->rules) owners.emplace(rule.id, pack->file);
      ++pack;
    }
  if (troubles) *troubles = std::move(refused);
  return packs;
}

}  // namespace mainstay
