// SPDX-License-Identifier: MIT
#include "core/check/word_finding.h"

#include <algorithm>

#include "core/check/describe_first.h"
#include "core/check/facts.h"
#include "core/check/judge.h"

namespace mainstay {
namespace {

/// The sentence with its `{placeholders}` filled from the arguments and else from the record's fields as people see them; what was filled is kept in `used`.
std::string filled(const std::string& sentence, const CheckContext& context, const RecordRef& ref, const Args& given, Args& used) {
  for (std::size_t at = sentence.find('{'); at != std::string::npos; at = sentence.find('{', at + 1)) {
    const auto end = sentence.find('}', at);
    if (end == std::string::npos) break;
    const auto name = sentence.substr(at + 1, end - at - 1);
    if (std::any_of(used.begin(), used.end(), [&](const Arg& a) { return a.name == name; })) continue;
    const auto arg = std::find_if(given.begin(), given.end(), [&](const Arg& a) { return a.name == name; });
    if (arg != given.end()) used.push_back(*arg);
    else if (name == "name") used.emplace_back("name", ref.id.empty() ? tr("your business") : title_of(context.plan, ref));
    else if (const auto* field = ref.table->info->field(name)) used.emplace_back(name, field->type == FieldType::id ? context.title(Id{field->text(ref.record)}) : field->spoken(ref.record));
    else used.emplace_back(name, context.value(ref, name));
  }
  return tr(sentence, used);
}

void ask(Finding& finding, const Rule& rule, const CheckContext& context, const RecordRef& ref, const std::string& attribute) {
  finding.question = attribute;
  const auto subject = context.subject(ref);
  for (const auto& q : rule.questions)
    if (q.attribute == attribute && evaluate(q.when, subject) != Truth::no) {
      finding.picture = q.picture;
      finding.question_text = filled(q.text, context, ref, {}, finding.args);
      return;
    }
  const auto* field = ref.table->info->field(attribute);
  if (!field) return;
  const std::string label(field->label);
  if (label.ends_with('?')) finding.question_text = label;
  else if (ref.id.empty()) finding.question_text = tr("{label}?", {{"label", label}});
  else finding.question_text = field_question(*field, title_of(context.plan, ref));
}

/// True where somebody has answered, and the rule can still not tell.
bool is_unreadable(const Rule& rule, std::string_view attribute, const ConditionSubject& subject) {
  return leaves_open(rule.match, attribute, subject) || std::any_of(rule.cases.begin(), rule.cases.end(), [&](const RuleCase& c) { return leaves_open(c.when, attribute, subject); });
}

/// The question of the rule whose answer cannot be read, else the first that has none yet and is asked about this record.
std::string open_question(const Rule& rule, const CheckContext& context, const RecordRef& ref) {
  const auto subject = context.subject(ref);
  for (const auto& q : rule.questions)
    if (is_unreadable(rule, q.attribute, subject)) return q.attribute;
  for (const auto& q : rule.questions)
    if (context.value(ref, q.attribute).empty() && evaluate(q.when, subject) != Truth::no) return q.attribute;
  return {};
}

/// What somebody has entered for the question and that settles nothing: told, so that nobody reads "not known" beside their own answer.
std::string unreadable_answer(const Rule& rule, const std::string& question, const CheckContext& context, const RecordRef& ref) {
  const auto value = context.value(ref, question);
  if (value == none_text || !is_unreadable(rule, question, context.subject(ref))) return {};
  return tr("“{value}” is entered for it and cannot be read as what would settle this: look again, and enter it as it stands there.", {{"value", shortened(value, 80)}});
}

/// A title that already asks to look.
bool asks_already(std::string_view title) {
  const auto first = title.substr(0, title.find(' '));
  for (const std::string_view word : {"Look", "Check", "Enter", "Read", "Find", "Ask", "Count", "Compare"})
    if (first == word) return true;
  return false;
}

/// What a rule says of a record that it hits, made into what is asked where that is not known: an unknown is never called recalled. `{name}` stays open.
std::string asking_title(const std::string& title) {
  if (asks_already(title)) return title;
  const auto name = std::string("{name}");
  if (title.starts_with("“{name}” ")) return tr("Check whether {title}", {{"title", title}});
  for (const std::string_view of_it : {": {name}", " of “{name}”", " on “{name}”", " in “{name}”"})
    if (const auto at = title.find(of_it); at != std::string::npos) {
      auto topic = title;
      topic.erase(at, of_it.size());
      return tr("Check whether it concerns “{name}”: {topic}", {{"name", name}, {"topic", topic}});
    }
  return tr("Check whether this concerns it: {title}", {{"title", title}});
}

/// When the notice came out that is about the record, of a rule that stands for several; the rule's own day where it stands for one.
Date announced_for(const Rule& rule, const RuleCase& c, const ConditionSubject& subject) {
  if (c.announced) return c.announced;
  const bool several = std::any_of(rule.authorities.begin(), rule.authorities.end(), [](const RuleAuthority& a) { return a.when.op != Condition::Op::yes; });
  if (!several) return rule.announced;
  Date first;
  for (const auto& a : rule.authorities)
    if (a.on && (!first || a.on.days < first.days) && evaluate(a.when, subject) == Truth::yes) first = a.on;
  return first;
}

/// The hash by which a task about the record is opened again: of the part of the match that it falls under, where the match has parts.
const std::string& match_hash_for(const Rule& rule, const ConditionSubject& subject) {
  for (const auto wanted : {Truth::yes, Truth::unknown})
    for (const auto& part : rule.parts)
      if (evaluate(part.match, subject) == wanted) return part.hash;
  return rule.match_hash;
}

/// Said where nothing else is: an answer is missing, and a missing answer is no reassurance.
RuleCase plain_unknown(const Rule& rule) {
  RuleCase c = rule.cases.front();
  c.verdict = Verdict::unknown;
  c.severity = Severity::warning;
  c.question.clear();
  c.title = rule.title;
  c.steps = {tr("Find out what is asked, and enter it.")};
  c.message = tr("Whether “{rule}” concerns “{subject}” is not known: an answer is missing.", {{"rule", rule.title}, {"subject", "{name}"}});
  return c;
}

}  // namespace

Finding worded(const Rule& rule, const RuleCase& c, const CheckContext& context, const RecordRef& ref, const Args& args, bool moving) {
  Finding f;
  f.rule_id = rule.id;
  f.rule_revision = rule.revision;
  f.severity = c.severity;
  f.verdict = c.verdict;
  f.subject_kind = ref.kind();
  f.subject_id = ref.id;
  const auto subject = context.subject(ref);
  const auto& title = c.title.empty() ? rule.title : c.title;
  f.kind = rule.kind;
  const bool asks = c.verdict == Verdict::unknown && title == rule.title && is_of_devices(f);
  f.title = shortened(filled(asks ? asking_title(title) : title, context, ref, args, f.args), 200);
  f.message = filled(c.message, context, ref, args, f.args);
  f.clause = rule.clause;
  for (const auto& step : c.steps) f.steps.push_back(filled(step, context, ref, args, f.args));
  for (const auto& authority : rule.authorities)
    if (evaluate(authority.when, subject) != Truth::no) f.sources.push_back(authority.text);
  f.sources.insert(f.sources.end(), rule.sources.begin(), rule.sources.end());
  f.notes = c.notes;
  f.notes.insert(f.notes.end(), rule.notes.begin(), rule.notes.end());
  f.hazard = rule.hazard;
  f.announced = announced_for(rule, c, subject);
  if (is_of_devices(f)) f.endangers = context.users(ref.id);
  f.owner_role_id = context.role_like(c.owner);
  f.due_days = c.due_days;
  f.effort = c.effort;
  f.match_hash = match_hash_for(rule, subject);
  const auto question = c.question.empty() && c.verdict == Verdict::unknown ? open_question(rule, context, ref) : c.question;
  if (!question.empty()) ask(f, rule, context, ref, question);
  if (c.verdict == Verdict::unknown && is_of_devices(f) && !question.empty())
    if (const auto unreadable = unreadable_answer(rule, question, context, ref); !unreadable.empty()) f.message += " " + unreadable;
  if (rule.valid_until && rule.valid_until.days < context.today.days) {
    f.verdict = Verdict::ended;
    f.severity = Severity::info;
    f.ended = rule.valid_until;
    f.notes.push_back(tr("This programme ended on {day}.", {{"day", spoken(rule.valid_until)}}));
  }
  if (rule.function.empty()) f.facts = facts_of(c, context, ref);
  else if (!moving) f.facts = args;
  if (!question.empty()) f.facts.emplace_back("question", question);
  if (moving) f.args.emplace_back("moving", "yes");
  return f;
}

std::optional<Finding> finding_of(const Rule& rule, const CheckContext& context, const RecordRef& ref) {
  const auto judgement = judge(rule, context.subject(ref));
  if (judgement.outcome == Judgement::Outcome::applies || judgement.outcome == Judgement::Outcome::open) return worded(rule, *judgement.chosen, context, ref);
  if (judgement.outcome == Judgement::Outcome::doubt) return worded(rule, plain_unknown(rule), context, ref);
  return {};
}

}  // namespace mainstay
