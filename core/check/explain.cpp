// SPDX-License-Identifier: MIT
#include "core/check/explain.h"

#include <algorithm>

namespace mainstay {
namespace {

using Op = Condition::Op;

/// A long list is told by its beginning: whoever wants all of it reads the pack.
constexpr std::size_t most_listed = 6;

std::string listed(const std::vector<std::string>& values) {
  const auto shown = join({values.begin(), values.begin() + static_cast<std::ptrdiff_t>(std::min(values.size(), most_listed))}, "; ");
  return values.size() <= most_listed ? shown : tr("{shown} … ({count} in all)", {{"shown", shown}, {"count", values.size()}});
}

std::string dated(const Condition& c, const Args& args) {
  if (c.values.at(0).empty()) return tr("{field} is {until} or earlier", args);
  if (c.values.at(1).empty()) return tr("{field} is {from} or later", args);
  return tr("{field} is between {from} and {until}", args);
}

std::string aged(const Condition& c, const Args& args) {
  const auto& days = c.values.at(0);
  if (days == "0") return tr("{field} is past", args);
  if (!days.starts_with('-')) return tr("{field} is more than {value} days ago", args);
  return tr("{field} is past or less than {days} days ahead", {{"field", c.field}, {"days", days.substr(1)}});
}

std::string in_words(const Condition& c) {
  const auto value = [&](std::size_t i) { return i < c.values.size() ? c.values[i] : std::string(); };
  const Args args{{"field", c.field}, {"value", value(0)}, {"values", listed(c.values)}, {"from", value(0)}, {"until", value(1)}};
  switch (c.op) {
    case Op::yes: return tr("always");
    case Op::no: return tr("never");
    case Op::all: return tr("all of these hold");
    case Op::any: return tr("one of these holds");
    case Op::negate: return tr("this does not hold");
    case Op::first: return tr("the first of these that can be told decides");
    case Op::where: return tr("where the first holds, the second decides");
    case Op::unsure: return tr("it is not known whether this holds");
    case Op::is: return tr("{field} is {value}", args);
    case Op::answer: return tr("{field} was answered with {value}", args);
    case Op::in: return tr("{field} is one of {values}", args);
    case Op::glob: return tr("{field} fits {values}", args);
    case Op::word: return tr("{field} has the words {values}", args);
    case Op::known: return tr("{field} is known", args);
    case Op::unknown: return tr("{field} is not known", args);
    case Op::none: return tr("somebody looked, and {field} is nothing", args);
    case Op::build_before: return tr("{field} is a build before {value}", args);
    case Op::build_at_least: return tr("{field} is build {value} or later", args);
    case Op::version_before: return tr("{field} is a version before {value}", args);
    case Op::version_at_least: return tr("{field} is version {value} or later", args);
    case Op::number_below: return tr("{field} is below {value}", args);
    case Op::number_at_least: return tr("{field} is {value} or more", args);
    case Op::date_between: return dated(c, args);
    case Op::older_than: return aged(c, args);
    case Op::serial_prefix: return tr("{field} begins with {values}", args);
    case Op::serial_range: return tr("{field} begins with something from {from} to {until}", args);
    case Op::serial_years: return tr("the year digits of {field} are one of {values}", args);
    case Op::marking: return tr("{field} is a mark that counts as {value}", args);
    case Op::call: return tr("the program’s own test {field} holds", args);
  }
  return {};
}

void put_lines(const Condition& c, const ConditionSubject& subject, int depth, std::vector<ExplainedLine>& lines) {
  ExplainedLine line{depth, in_words(c), c.label, {}, {}, evaluate(c, subject)};
  if (c.parts.empty() && !c.field.empty() && c.op != Op::call) {
    line.field = c.field;
    line.value = subject.value(c.field);
  }
  lines.push_back(std::move(line));
  for (const auto& part : c.parts) put_lines(part, subject, depth + 1, lines);
}

std::string outcome_of(const Judgement& judgement) {
  const auto name = judgement.chosen && !judgement.chosen->name.empty() ? judgement.chosen->name : std::string("1");
  const Args args{{"case", name}, {"verdict", judgement.chosen ? verdict_name(judgement.chosen->verdict) : ""}};
  switch (judgement.outcome) {
    case Judgement::Outcome::out: return tr("The rule is not about this record.");
    case Judgement::Outcome::clear: return judgement.chosen ? tr("The case “{case}” holds: it is in order.", args) : tr("None of the cases holds: it is in order.");
    case Judgement::Outcome::applies: return tr("The case “{case}” holds: {verdict}.", args);
    case Judgement::Outcome::open: return tr("An answer is missing, so the rule asks for it: unknown.");
    case Judgement::Outcome::doubt: return tr("A case depends on an answer that is missing: unknown.");
    case Judgement::Outcome::silent: return tr("Whether the rule is about this record is not known, and the rule leaves that question to others.");
  }
  return {};
}

}  // namespace

std::vector<ExplainedLine> explain(const Condition& condition, const ConditionSubject& subject) {
  std::vector<ExplainedLine> lines;
  put_lines(condition, subject, 0, lines);
  return lines;
}

Explanation explain(const Rule& rule, const CheckContext& context, const RecordRef& ref) {
  const auto subject = context.subject(ref);
  const auto judgement = judge(rule, subject);
  Explanation e;
  e.rule_id = rule.id;
  e.title = tr(rule.title, {{"name", title_of(context.plan, ref)}});
  e.revision = rule.revision;
  e.subject_kind = ref.kind();
  e.subject_id = ref.id;
  e.match = explain(rule.match, subject);
  e.match_truth = e.match.front().truth;
  e.outcome = outcome_of(judgement);
  if (const auto finding = finding_of(rule, context, ref)) e.message = finding->message;
  if (e.match_truth != Truth::yes) return e;
  for (const auto& c : rule.cases) {
    Explanation::Case looked{c.name, c.verdict, explain(c.when, subject), Truth::unknown, &c == judgement.chosen};
    looked.truth = looked.when.front().truth;
    e.cases.push_back(std::move(looked));
    if (e.cases.back().chosen) break;
  }
  return e;
}

std::vector<Explanation> explain(const std::vector<Pack>& packs, const CheckContext& context, const RecordRef& ref, std::string_view wanted) {
  std::vector<Explanation> all;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules) {
      if (!wanted.empty() && rule.id != wanted) continue;
      if (!rule.function.empty() || std::find(rule.applies_to.begin(), rule.applies_to.end(), ref.kind()) == rule.applies_to.end()) continue;
      if (wanted.empty() && evaluate(rule.match, context.subject(ref)) == Truth::no) continue;
      all.push_back(explain(rule, context, ref));
    }
  return all;
}

}  // namespace mainstay
