// SPDX-License-Identifier: MIT
#include "core/check/explain.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/context.h"
#include "core/check/rule.h"

namespace mainstay {
namespace {

constexpr std::size_t longest_list = 200;

void put_lines(const Condition& c, const ConditionSubject& subject, int depth, std::vector<ExplainedLine>& lines) {
  ExplainedLine line;
  line.depth = depth;
  line.text = std::string(condition_op_name(c.op));
  if (!c.field.empty()) {
    line.text = c.field + " " + line.text;
    if (c.op != Condition::Op::call) line.value = subject.value ? subject.value(c.field) : std::string();
  }
  if (!c.values.empty()) line.text += " " + shortened(join(c.values, "; "), longest_list);
  line.truth = evaluate(c, subject);
  lines.push_back(std::move(line));
  for (const auto& part : c.parts) put_lines(part, subject, depth + 1, lines);
}

Explanation explained(const Rule& rule, const CheckContext& context, const RecordRef& ref, const std::vector<Finding>& findings) {
  const auto subject = context.subject(ref);
  Explanation e{rule.id, tr(rule.title, {{"name", title_of(context.plan, ref)}}), std::string(ref.kind()), ref.id, {}, {}, {}};
  put_lines(rule.match, subject, 0, e.match);
  const auto match = e.match.front().truth;
  if (match == Truth::yes)
    for (const auto& c : rule.cases) {
      Explanation::Case looked{c.name, c.verdict, {}, Truth::unknown};
      put_lines(c.when, subject, 0, looked.when);
      looked.truth = looked.when.front().truth;
      e.cases.push_back(std::move(looked));
      if (e.cases.back().truth == Truth::yes) break;
    }
  const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.rule_id == rule.id && f.subject_id == ref.id; });
  if (found != findings.end()) e.outcome = found->message;
  else if (match == Truth::no) e.outcome = tr("The rule is not about this record.");
  else if (match == Truth::unknown) e.outcome = tr("Whether the rule is about this record is not known, and the rule says nothing until it is.");
  else e.outcome = tr("The rule finds nothing here, or its finding is waived.");
  return e;
}

}  // namespace

std::vector<Explanation> explain(const CheckInput& input, const Id& subject, std::string_view wanted) {
  const CheckContext context(input.plan, input.graph, input.observations, input.now, input.content_hash, input.plan_path);
  const auto ref = context.record(subject);
  if (!ref) throw Error(ErrorCode::not_found, tr("There is no record “{id}”.", {{"id", subject.text}}));
  std::vector<std::string> troubles;
  const auto packs = load_packs(&troubles);
  const auto findings = check_plan(input);
  std::vector<Explanation> all;
  bool known = wanted.empty();
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules) {
      if (!wanted.empty() && rule.id != wanted) continue;
      known = true;
      if (!rule.function.empty() || std::find(rule.applies_to.begin(), rule.applies_to.end(), ref.kind()) == rule.applies_to.end()) continue;
      auto one = explained(rule, context, ref, findings);
      if (!wanted.empty() || one.match.front().truth != Truth::no) all.push_back(std::move(one));
    }
  if (!known) throw Error(ErrorCode::usage, tr("There is no rule “{rule}”; “rules list” shows them.", {{"rule", wanted}}));
  return all;
}

std::string pack_fault(const std::string& path) {
  try {
    pack_from_xml(read_file(path, 16 << 20), path);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace mainstay
