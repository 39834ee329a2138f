// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/check/context.h"
#include "core/check/describe_first.h"
#include "core/check/match_index.h"
#include "core/check/rule.h"

namespace mainstay {
namespace {

/// Choices are views; the texts of packs are kept here for as long as the program runs.
std::string_view kept(const std::string& text) {
  static std::set<std::string> texts;
  return *texts.insert(text).first;
}

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// What an answer must look like where a rule holds it against this, "" where any text may stand.
std::string expected_form(const Condition& c, const std::string& answer) {
  using Op = Condition::Op;
  switch (c.op) {
    case Op::date_between: case Op::older_than: {
      const auto day = parse_date(answer);
      return day && *day ? std::string() : tr("a day such as 2027-03-31");
    }
    case Op::version_before: case Op::version_at_least: return compare_versions(answer, "1") ? std::string() : tr("a version such as 9.4.5");
    case Op::build_before: case Op::build_at_least: return compare_builds(answer, answer) ? std::string() : tr("a build such as 13D20");
    case Op::number_below: case Op::number_at_least: return is_whole_number(answer) ? std::string() : tr("a whole number");
    default: return {};
  }
}

/// The form that the condition wants where it cannot read an answer about this attribute.
std::string unread_form(const Condition& c, std::string_view attribute, const std::string& answer) {
  if (c.parts.empty() && c.field == attribute && c.op != Condition::Op::call) return expected_form(c, answer);
  for (const auto& part : c.parts)
    if (auto form = unread_form(part, attribute, answer); !form.empty()) return form;
  return {};
}

/// An answer that no rule could read would stand there as answered, and the verdict would stay unknown for ever.
void refuse_unreadable(std::string_view attribute, const std::string& answer) {
  if (answer.empty() || answer == none_text) return;
  std::vector<std::string> troubles;  // the check reports them
  for (const auto& pack : load_packs(&troubles))
    for (const auto& rule : pack.rules) {
      if (std::none_of(rule.questions.begin(), rule.questions.end(), [&](const RuleQuestion& q) { return q.attribute == attribute; })) continue;
      auto form = unread_form(rule.match, attribute, answer);
      for (const auto& c : rule.cases)
        if (form.empty()) form = unread_form(c.when, attribute, answer);
      if (!form.empty()) throw Error(ErrorCode::bad_value, tr("“{value}” cannot be read: {form} is expected. Where nobody knows it, leave it open.", {{"value", shortened(answer, 80)}, {"form", form}}));
    }
}

Id attribute_id(const Plan& plan, const Id& subject, std::string_view attribute) {
  std::string name(attribute);
  std::replace(name.begin(), name.end(), '_', '-');
  const Id plain{subject.text + "-" + name};
  if (is_valid_id(plain.text) && !find_record(plan, plain)) return plain;
  return Id{"attribute-" + sha256_hex(subject.text + "\n" + std::string(attribute)).substr(0, 20)};
}

bool applies_to(const Rule& rule, std::string_view kind) { return std::find(rule.applies_to.begin(), rule.applies_to.end(), kind) != rule.applies_to.end(); }

const Attribute* known_answer(const Plan& plan, const Id& subject, std::string_view attribute) {
  const auto found = std::find_if(plan.attributes.begin(), plan.attributes.end(), [&](const Attribute& a) { return a.subject_id == subject && a.name == attribute; });
  return found == plan.attributes.end() ? nullptr : &*found;
}

/// An answer without a value but with a day is “I don't know”: asked, and still open.
Change write_answer(const Plan& plan, const Id& subject, std::string_view attribute, const std::string& answer, const std::string& day, std::string_view by) {
  if (const auto* known = known_answer(plan, subject, attribute)) {
    if (known->value == answer && (!answer.empty() || to_text(known->seen_on) == day)) return {};
    return set_fields(plan, {table_of("attribute"), known, known->id}, {{"value", answer}, {"seen_on", day}, {"seen_by", day.empty() ? std::string() : std::string(by)}});
  }
  if (day.empty()) return {};
  return add_record("attribute", attribute_id(plan, subject, attribute), {{"subject_id", subject.text}, {"name", std::string(attribute)}, {"value", answer}, {"seen_on", day}, {"seen_by", std::string(by)}});
}

/// The days on which somebody said “I don't know”, by subject and attribute.
using PutOff = std::map<std::pair<std::string, std::string>, Date>;
PutOff put_off(const Plan& plan) {
  PutOff days;
  for (const auto& a : plan.attributes)
    if (a.value.empty() && a.seen_on) days.emplace(std::pair(a.subject_id.text, a.name), a.seen_on);
  return days;
}

/// What was answered about each record, by its id.
using Answers = std::map<std::string, std::vector<const Attribute*>>;
Answers answers_in(const Plan& plan) {
  Answers answers;
  for (const auto& a : plan.attributes)
    if (!a.value.empty()) answers[a.subject_id.text].push_back(&a);
  return answers;
}

/// A question of a rule, worded for the record.
InventoryQuestion worded_question(const Rule& rule, const RuleQuestion& q, const RecordRef& ref, const std::string& title, const std::string& value, const PutOff& days) {
  InventoryQuestion question{ref.id, q.attribute, q.text, {}, value, q.help, q.picture, rule.id, rule.hazard, {}};
  for (auto at = question.text.find("{name}"); at != std::string::npos; at = question.text.find("{name}", at + title.size())) question.text.replace(at, 6, title);
  if (!q.choices.empty()) question.choices.push_back({"", kept(tr("I don't know"))});
  for (const auto& [key, label] : q.choices) question.choices.push_back({kept(key), kept(label)});
  if (const auto day = days.find({ref.id.text, q.attribute}); day != days.end() && question.value.empty()) question.put_off_on = day->second;
  return question;
}

/// What was answered stays on the list although nothing asks for it any more, so that whoever finds that it is wrong can say so.
void keep_answered(const RecordRef& ref, const std::vector<const Rule*>& asking, const CheckContext& context, const Answers& answers, const PutOff& days, std::size_t begin, std::vector<InventoryQuestion>& questions) {
  const auto found = answers.find(ref.id.text);
  if (found == answers.end()) return;
  for (const auto* answer : found->second) {
    if (std::any_of(questions.begin() + static_cast<std::ptrdiff_t>(begin), questions.end(), [&](const InventoryQuestion& o) { return o.attribute == answer->name; })) continue;
    const Rule* rule = nullptr;
    const RuleQuestion* best = nullptr;
    for (const auto* r : asking)
      for (const auto& q : r->questions) {
        if (q.attribute != answer->name) continue;
        // Of two wordings the one that fits the record, or the first.
        if (!best || (evaluate(best->when, context.subject(ref)) == Truth::no && evaluate(q.when, context.subject(ref)) != Truth::no)) rule = r, best = &q;
      }
    if (best) questions.push_back(worded_question(*rule, *best, ref, title_of(context.plan, ref), answer->value, days));
  }
}

/// What is this? Asked before what depends on it.
InventoryQuestion description_question(const RecordRef& ref, std::string_view missing, const std::string& title, const PutOff& days) {
  const auto& field = *Device::info().field(missing);
  InventoryQuestion question{ref.id, std::string(missing), field_question(field, title), {}, {}, tr("Rules about recalls and defects can only be held against it once this is known."), {}, "audit.device-" + std::string(missing), {}, {}};
  for (const auto& choice : field.choices) question.choices.push_back({choice.key, choice.key.empty() ? kept(tr("I don't know")) : kept(tr(choice.label))});
  if (const auto day = days.find({ref.id.text, question.attribute}); day != days.end()) question.put_off_on = day->second;
  return question;
}

/// The questions of these rules about one record, each once, whatever number of rules asks it.
void ask_about(const RecordRef& ref, MatchIndex& index, const CheckContext& context, const PutOff& days, std::vector<InventoryQuestion>& questions) {
  const auto subject = context.subject(ref);
  const auto title = title_of(context.plan, ref);
  const auto begin = questions.size();
  const auto missing = missing_description(ref);
  bool described = true;
  for (const auto* rule : index.candidates(ref)) {
    if (evaluate(rule->match, subject) == Truth::no) continue;
    const bool waits = waits_for_description(*rule, ref, subject);
    described = described && !waits;
    for (const auto& q : rule->questions) {
      // Until the kind is known nothing else is asked for the rule, and until the model is known nothing but that.
      if (waits && (missing == "kind" || !is_description(q.attribute))) continue;
      if (evaluate(q.when, subject) == Truth::no) continue;
      const auto asked = std::find_if(questions.begin() + static_cast<std::ptrdiff_t>(begin), questions.end(), [&](const InventoryQuestion& o) { return o.attribute == q.attribute; });
      if (asked != questions.end()) {
        if (asked->picture.empty()) asked->picture = q.picture;
        continue;
      }
      questions.push_back(worded_question(*rule, q, ref, title, context.value(ref, q.attribute), days));
    }
  }
  const bool asked = std::any_of(questions.begin() + static_cast<std::ptrdiff_t>(begin), questions.end(), [](const InventoryQuestion& q) { return is_description(q.attribute); });
  if (!described && !asked) questions.insert(questions.begin() + static_cast<std::ptrdiff_t>(begin), description_question(ref, missing, title, days));
}

}  // namespace

std::vector<InventoryQuestion> inventory_questions(const Plan& plan, Instant now) {
  const Graph graph{Plan()};
  const std::vector<Observation> none;
  const CheckContext context(plan, graph, none, now, "", "");
  const auto packs = load_packs();
  const auto days = put_off(plan);
  const auto answers = answers_in(plan);
  std::vector<InventoryQuestion> questions;
  std::vector<std::string> kinds{"site", "device"};  // these first; then what else a rule asks about, such as a backup or a service
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules)
      for (const auto& kind : rule.applies_to)
        if (!rule.questions.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  for (const auto& kind : kinds) {
    const auto& table = *table_of(kind);
    std::vector<const Rule*> asking;
    for (const auto& pack : packs)
      for (const auto& rule : pack.rules)
        if (!rule.questions.empty() && applies_to(rule, kind)) asking.push_back(&rule);
    MatchIndex index(asking, table, context);
    for (std::size_t i = 0; i < table.size(plan); ++i) {
      const RecordRef ref{&table, table.at(plan, i), table.id_at(plan, i)};
      const auto begin = questions.size();
      ask_about(ref, index, context, days, questions);
      keep_answered(ref, asking, context, answers, days, begin, questions);
    }
  }
  return questions;
}

std::optional<std::string> answer_key(const InventoryQuestion& question, std::string_view given) {
  const auto plain = [](std::string_view text) {
    auto folded = lower_case(trimmed(text));
    std::replace(folded.begin(), folded.end(), '_', ' ');
    return folded;
  };
  if (question.choices.empty()) return std::string(trimmed(given));
  for (const auto& choice : question.choices)
    if (!trimmed(given).empty() && (plain(choice.key) == plain(given) || plain(tr(choice.label)) == plain(given))) return std::string(choice.key);
  return {};
}

std::vector<Look> things_to_look_at(const Plan& plan, Instant now) {
  const Graph graph{Plan()};
  const std::vector<Observation> none;
  const CheckContext context(plan, graph, none, now, "", "");
  std::vector<Look> looks;
  const auto packs = load_packs();
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules)
      for (const auto& look : rule.looks) {
        bool concerns = false;
        for (const auto& kind : rule.applies_to) {
          const auto& table = *table_of(kind);
          for (std::size_t i = 0; i < table.size(plan) && !concerns; ++i) {
            const auto subject = context.subject({&table, table.at(plan, i), table.id_at(plan, i)});
            concerns = evaluate(rule.match, subject) != Truth::no && evaluate(look.when, subject) != Truth::no;
          }
        }
        const bool told = std::any_of(looks.begin(), looks.end(), [&](const Look& other) { return other.title == look.title; });
        if (concerns && !told) looks.push_back({look.title, look.picture, look.where, look.bad, look.good, look.unclear, rule.hazard, rule.id});
      }
  return looks;
}

Change answer_question(const Plan& plan, const Id& subject, std::string_view attribute, std::string_view value, Date today, std::string_view by) {
  const auto ref = find_record(plan, subject);
  if (!ref) throw Error(ErrorCode::not_found, tr("There is no record “{id}” to answer about.", {{"id", subject.text}}));
  const std::string answer(trimmed(value));
  refuse_unreadable(attribute, answer);
  const auto* known = known_answer(plan, subject, attribute);
  if (ref.table->info->field(attribute)) {
    auto change = set_fields(plan, ref, {{std::string(attribute), answer}});
    if (known && !answer.empty()) append(change, remove_record(plan, {table_of("attribute"), known, known->id}));  // “I don't know” is over
    return change;
  }
  if (attribute.ends_with("_count") && !answer.empty() && answer != none_text && !is_whole_number(answer))
    throw Error(ErrorCode::bad_value, tr("“{value}” is no number of plugs or devices: type a whole number, or leave it empty if nobody has counted.", {{"value", answer}}));
  return write_answer(plan, subject, attribute, answer, answer.empty() ? std::string() : to_text(today), by);
}

Change put_off_question(const Plan& plan, const Id& subject, std::string_view attribute, Date today, std::string_view by) {
  const auto ref = find_record(plan, subject);
  if (!ref) throw Error(ErrorCode::not_found, tr("There is no record “{id}” to answer about.", {{"id", subject.text}}));
  Change change;
  if (ref.table->info->field(attribute) && !ref.text(attribute).empty()) change = set_fields(plan, ref, {{std::string(attribute), ""}});
  append(change, write_answer(plan, subject, attribute, "", to_text(today), by));
  change.note = tr("Nobody knows yet: {question}", {{"question", attribute}});
  return change;
}

}  // namespace mainstay
