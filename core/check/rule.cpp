// SPDX-License-Identifier: MIT
#include "core/check/rule.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "core/base/codec.h"
#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/check/context.h"
#include "core/check/pack_words.h"

namespace mainstay {
namespace {

using Op = Condition::Op;

class Reader {
 public:
  Reader(std::string_view bytes, std::string_view source, const PackOutside& outside = {}) : source_(bytes, source), outside_(outside), conditions_(source_) {}

  /// Stops at the first fault; with `faults`, goes on behind each and collects them.
  Pack read(std::vector<PackFault>* faults = nullptr) {
    if (faults) source_.gather(*faults);
    const auto document = parse_xml(source_.bytes(), source_.name());
    const auto root = document.document_element();
    if (local_name(root) != "pack") source_.fail(root, tr("a rule pack begins with <pack>"));
    source_.tried([&] { source_.allow(root, {"id", "title", "format"}); });
    source_.tried([&] {
      if (const auto format = text_of(root, "format", "1"); format != "1") source_.fail(root, tr("this Mainstay reads packs of format 1, not “{format}”", {{"format", format}}));
    });
    source_.tried([&] { pack_.id = source_.required(root, "id"); });
    source_.tried([&] { pack_.title = sentence_of(source_.required(root, "title")); });
    pack_.file = source_.name();
    for (const auto& node : elements_of(root)) source_.tried([&] { take(node); });
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
      if (!read.id.empty() && !ids_.insert(read.id).second) source_.fail(node, tr("the rule “{id}” stands here twice", {{"id", read.id}}));
      if (outside_.rule_fault)
        if (const auto reason = outside_.rule_fault(read.id); !reason.empty()) source_.fail(node, reason);
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
    source_.tried([&] { source_.allow(node, {"name", "verdict", "severity", "due", "effort", "title", "question", "owner", "announced"}); });
    RuleCase c = base;
    c.name = text_of(node, "name");
    bool told = source_.tried([&] { c.verdict = verdict(node, base.verdict); });
    source_.tried([&] { c.severity = severity(node, base.severity); });
    source_.tried([&] { c.due_days = source_.number(node, "due", base.due_days, 0, 3650); });
    source_.tried([&] { c.effort = source_.number(node, "effort", base.effort, 1, 4); });
    c.title = sentence_of(text_of(node, "title", base.title));
    c.question = text_of(node, "question");
    c.owner = text_of(node, "owner", base.owner);
    source_.tried([&] { c.announced = source_.date(node, "announced"); });
    bool own_steps = false;
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      const bool whole = source_.tried([&] {
        if (name == "when") { source_.allow(child, {}); c.when = conditions_.inside(child); }
        else if (name == "message") c.message = words(child);
        else if (name == "note") c.notes.push_back(words(child));
        else if (name == "step") {
          if (!own_steps) c.steps.clear();
          own_steps = true;
          c.steps.push_back(words(child));
        } else source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
      });
      if (!whole && name == "when") c.when.op = Condition::Op::no;  // so that no case behind it seems out of reach
      told = told && (whole || name != "message");
    }
    // Where its verdict or message has a fault, that was said.
    if (told && c.message.empty() && c.verdict != Verdict::not_affected) source_.tried([&] { source_.fail(node, tr("<{name}> needs a <message>", {{"name", node.name()}})); });
    return c;
  }

  RuleQuestion question(const pugi::xml_node& node) const {
    source_.tried([&] { source_.allow(node, {"attribute", "help", "picture"}); });
    RuleQuestion q;
    source_.tried([&] { q.attribute = source_.required(node, "attribute"); });
    q.help = sentence_of(text_of(node, "help"));
    source_.tried([&] { q.picture = picture(node); });
    bool told = true;
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      const bool whole = source_.tried([&] {
        if (name == "text") q.text = words(child);
        else if (name == "choice") {
          // A choice whose words are missing is one all the same: conditions may speak of it.
          const auto key = source_.required(child, "key");
          if (std::any_of(q.choices.begin(), q.choices.end(), [&](const auto& known) { return known.first == key; })) source_.fail(child, tr("the choice “{key}” stands here twice", {{"key", key}}));
          q.choices.emplace_back(key, std::string());
          q.choices.back().second = words(child, {"key"});
        } else if (name == "when") { source_.allow(child, {}); q.when = conditions_.inside(child); }
        else source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
      });
      told = told && (whole || name != "text");
    }
    if (told && q.text.empty()) source_.tried([&] { source_.fail(node, tr("a <question> needs its <text>")); });
    return q;
  }

  /// The name of a drawing; which there are is known to reports, and `rules lint` asks there.
  std::string picture(const pugi::xml_node& node) const {
    auto name = text_of(node, "picture");
    if (!name.empty() && !is_valid_id(name)) source_.fail(node, tr("picture=\"{name}\" cannot be the name of a drawing", {{"name", shortened(name, 60)}}));
    if (!name.empty() && outside_.picture_fault)
      if (const auto reason = outside_.picture_fault(name); !reason.empty()) source_.fail(node, reason);
    return name;
  }

  RuleLook look(const pugi::xml_node& node) const {
    source_.tried([&] { source_.allow(node, {"title", "picture"}); });
    RuleLook l;
    source_.tried([&] { l.title = sentence_of(source_.required(node, "title")); });
    source_.tried([&] { l.picture = picture(node); });
    bool whole = true;
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      whole = source_.tried([&] {
        if (name == "where") l.where = words(child);
        else if (name == "bad") l.bad = words(child);
        else if (name == "good") l.good = words(child);
        else if (name == "unclear") l.unclear = words(child);
        else if (name == "when") { source_.allow(child, {}); l.when = conditions_.inside(child); }
        else source_.fail(child, tr("<{name}> is not known here", {{"name", name}}));
      }) && whole;
    }
    if (whole && (l.where.empty() || l.bad.empty() || l.good.empty())) source_.tried([&] { source_.fail(node, tr("a <look> needs its <where>, <bad> and <good>")); });
    return l;
  }

  RuleAuthority authority(const pugi::xml_node& node) const {
    source_.tried([&] { source_.allow(node, {"name", "number", "on", "verified"}); });
    const auto verified = text_of(node, "verified", "yes");
    source_.tried([&] {
      if (verified != "yes" && verified != "no") source_.fail(node, tr("verified=\"{value}\" must be yes or no", {{"value", verified}}));
    });
    RuleAuthority a;
    source_.tried([&] { a.name = source_.required(node, "name"); });
    a.number = text_of(node, "number");
    source_.tried([&] { a.on = source_.date(node, "on"); });
    a.text = cited(a.name, a.number, a.on, verified);
    for (const auto& child : elements_of(node))
      source_.tried([&] {
        if (local_name(child) != "when") source_.fail(child, tr("<{name}> is not known here", {{"name", child.name()}}));
        source_.allow(child, {});
        a.when = conditions_.inside(child);
      });
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
    source_.tried([&] { source_.allow(node, {"id", "revision", "kind", "title", "clause", "function", "superseded_by", "families", "announced", "valid_from", "valid_until", "applies_to", "severity", "due", "effort", "owner"}); });
    Rule r;
    source_.tried([&] {
      r.id = source_.required(node, "id");
      if (!is_valid_id(r.id)) source_.fail(node, tr("“{id}” cannot be an id: it takes letters, digits, - _ and . only", {{"id", shortened(r.id, 60)}}));
    });
    source_.tried([&] { r.revision = source_.number(node, "revision", 1, 1, 100000); });
    r.kind = text_of(node, "kind", "audit");
    static constexpr std::string_view kinds[] = {"audit", "recall", "defect", "end-of-support", "service-ended"};
    source_.tried([&] {
      if (std::find(std::begin(kinds), std::end(kinds), r.kind) == std::end(kinds))
        source_.fail(node, tr("kind=\"{kind}\" is not known; a rule is of the kind {known}", {{"kind", shortened(r.kind, 60)}, {"known", join({std::begin(kinds), std::end(kinds)}, ", ")}}));
    });
    source_.tried([&] { r.title = sentence_of(source_.required(node, "title")); });
    r.clause = text_of(node, "clause");
    r.function = text_of(node, "function");
    r.superseded_by = text_of(node, "superseded_by");
    r.families = split(text_of(node, "families"), ';');
    for (const auto& [key, day] : {std::pair{"announced", &Rule::announced}, {"valid_from", &Rule::valid_from}, {"valid_until", &Rule::valid_until}}) source_.tried([&, &key = key, &day = day] { r.*day = source_.date(node, key); });
    source_.tried([&] {
      if (r.valid_from && r.valid_until && r.valid_until.days < r.valid_from.days) source_.fail(node, tr("the rule “{id}” ends before it begins", {{"id", r.id}}));
    });
    source_.tried([&] {
      for (const auto& kind : split(source_.required(node, "applies_to"), ';'))
        source_.tried([&] {
          if (!table_of(kind)) source_.fail(node, tr("there is no kind of record “{kind}”", {{"kind", kind}}));
          r.applies_to.push_back(kind);
        });
    });
    source_.tried([&] {
      if (!r.function.empty() && !find_audit(r.function)) source_.fail(node, tr("there is no function “{name}”", {{"name", r.function}}));
    });
    return r;
  }

  Rule rule(const pugi::xml_node& node) {
    Rule r = header(node);
    RuleCase base;
    base.title = r.title;
    source_.tried([&] { base.severity = severity(node, Severity::warning); });
    source_.tried([&] { base.due_days = source_.number(node, "due", 30, 0, 3650); });
    source_.tried([&] { base.effort = source_.number(node, "effort", 2, 1, 4); });
    base.owner = text_of(node, "owner");
    for (const auto& child : elements_of(node))
      if (local_name(child) == "step") source_.tried([&] { base.steps.push_back(words(child)); });
    for (const auto& child : elements_of(node)) source_.tried([&] { take_part(child, base, r); });
    if (r.cases.empty()) source_.tried([&] { source_.fail(node, tr("the rule “{id}” has no <case>", {{"id", r.id}})); });
    // Of a rule of no kind nobody knows what it may speak of.
    if (!r.applies_to.empty()) check(node, r);
    std::string matched = canonical_text(r.match) + r.function;
    for (const auto& c : r.cases) matched += std::string(verdict_name(c.verdict)) + canonical_text(c.when);
    r.match_hash = sha256_hex(matched);
    return r;
  }

  void take_part(const pugi::xml_node& child, RuleCase& base, Rule& r) {
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

  /// The condition of an element that may hold one, where it stands.
  static pugi::xml_node when_in(const pugi::xml_node& node) {
    for (const auto& child : elements_of(node))
      if (local_name(child) == "when") return child;
    return node;
  }

  /// A name that is neither a field, nor computed, nor asked for is a slip of the pen, and the rule would be silent for ever.
  void check(const pugi::xml_node& node, const Rule& r) {
    const PackWords known(source_, r, told_);
    std::size_t question = 0, look = 0, outcome = 0, authority = 0;
    bool settled = false;
    for (const auto& child : elements_of(node)) {
      const auto name = local_name(child);
      const auto when = when_in(child);
      if (name == "when") known.check_inside(child, r.match);
      else if (name == "question") {
        known.check_inside(when, r.questions[question].when);
        known.check_sentence(child, r.questions[question++].text);
      } else if (name == "look") known.check_inside(when, r.looks[look++].when);
      else if (name == "authority") known.check_inside(when, r.authorities[authority++].when);
      else if (name == "case" || name == "fallback") {
        const auto& c = name == "case" ? r.cases[outcome++] : r.fallback;
        if (name == "case" && settled && r.function.empty()) source_.tried([&] { source_.fail(child, tr("this <case> is never reached: the one before it always holds")); });
        settled = settled || (name == "case" && c.when.op == Condition::Op::yes);
        known.check_inside(when, c.when);
        known.check_question(child, c.question);
        if (child.attribute("title")) known.check_sentence(child, c.title);
        for (const auto& text : elements_of(child)) check_words(known, text);
      } else check_words(known, child);
    }
    known.check_sentence(node, r.title);
  }
  static void check_words(const PackWords& known, const pugi::xml_node& node) {
    if (const auto name = local_name(node); name == "message" || name == "step") known.check_sentence(node, sentence_of(node.text().get()));
  }

  PackSource source_;
  const PackOutside& outside_;
  ConditionReader conditions_;
  Pack pack_;
  std::set<std::string> ids_;
  std::unordered_set<std::string> told_;
};

}  // namespace

std::vector<PackFault> pack_faults(std::string_view bytes, std::string_view source, const PackOutside& outside) {
  pugi::xml_document document;
  if (const auto parsed = document.load_buffer(bytes.data(), bytes.size()); !parsed) {
    const auto place = place_in(bytes, parsed.offset);
    return {{place.line, place.column, tr("the file is not well-formed XML: {reason}", {{"reason", parsed.description()}})}};
  }
  std::vector<PackFault> faults;
  Reader reader(bytes, source, outside);
  try {
    reader.read(&faults);
  } catch (const Error& refused) {
    faults.push_back(reader.fault().reason.empty() ? PackFault{0, 0, refused.what()} : reader.fault());
  }
  const auto place = [](const PackFault& f) { return std::pair(f.line, f.column); };
  std::stable_sort(faults.begin(), faults.end(), [&](const PackFault& a, const PackFault& b) { return place(a) < place(b); });
  faults.erase(std::unique(faults.begin(), faults.end(), [&](const PackFault& a, const PackFault& b) { return place(a) == place(b) && a.reason == b.reason; }), faults.end());
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
