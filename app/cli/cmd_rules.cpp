// SPDX-License-Identifier: MIT
// Rule packs: what there is, and why a rule says what it says.
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/check/explain.h"
#include "core/check/rule.h"

namespace mainstay::cli {
namespace {

std::string_view truth_word(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

void warn(const std::vector<std::string>& troubles) {
  for (const auto& trouble : troubles) std::fprintf(stderr, "mainstay-cli: %s\n", trouble.c_str());
}

int list_rules(const Invocation& in) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> troubles;
  const auto& wanted = in.all("WORDS");
  bool known = wanted.empty();
  for (const auto& pack : load_packs(&troubles)) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), pack.id) == wanted.end()) continue;
    known = true;
    for (const auto& rule : pack.rules) {
      if (in.json()) list.push_back({{"id", rule.id}, {"pack", pack.id}, {"file", pack.file}, {"kind", rule.kind}, {"revision", rule.revision}, {"title", rule.title}, {"applies_to", rule.applies_to}, {"sources", rule.sources}});
      else rows.push_back({pack.id, rule.id, tr(rule.title, {{"name", "…"}})});
    }
  }
  warn(troubles);
  if (!known) throw Error(ErrorCode::usage, tr("There is no rule pack “{name}”; “rules list” shows them.", {{"name", wanted.front()}}));
  if (in.json()) print(list);
  else print_table(rows);
  return Exit::fine;
}

Json json_of(const std::vector<ExplainedLine>& lines) {
  Json list = Json::array();
  for (const auto& line : lines)
    list.push_back({{"depth", line.depth}, {"condition", line.text}, {"name", line.label}, {"field", line.field}, {"value", line.value}, {"truth", truth_word(line.truth)}});
  return list;
}

void print_lines(const std::vector<ExplainedLine>& lines) {
  for (const auto& line : lines) {
    auto text = std::string(6 + 2 * static_cast<std::size_t>(line.depth), ' ') + std::string(truth_word(line.truth)) + "  " + (line.label.empty() ? line.text : tr("{label}: {text}", {{"label", line.label}, {"text", line.text}}));
    if (!line.field.empty()) text += line.value.empty() ? tr("   (not known)") : tr("   (it says “{value}”)", {{"value", shortened(line.value, 80)}});
    print(text);
  }
}

Json json_of(const Explanation& e) {
  Json cases = Json::array();
  for (const auto& c : e.cases) cases.push_back({{"name", c.name}, {"verdict", verdict_name(c.verdict)}, {"truth", truth_word(c.truth)}, {"chosen", c.chosen}, {"when", json_of(c.when)}});
  return {{"rule", e.rule_id}, {"revision", e.revision}, {"subject_kind", e.subject_kind}, {"subject_id", e.subject_id.text}, {"truth", truth_word(e.match_truth)}, {"match", json_of(e.match)}, {"cases", cases}, {"outcome", e.outcome}, {"message", e.message}};
}

void print_explanation(const Plan& plan, const Explanation& e) {
  print(tr("{subject}: {rule}", {{"subject", title_of(plan, e.subject_id)}, {"rule", e.rule_id}}));
  print("  " + e.outcome);
  if (!e.message.empty()) print("  " + e.message);
  print("    " + tr("is the rule about it?"));
  print_lines(e.match);
  for (const auto& c : e.cases) {
    const Args args{{"name", c.name.empty() ? "1" : c.name}, {"verdict", verdict_name(c.verdict)}};
    print("    " + (c.chosen ? tr("case {name}: {verdict} – this one decides", args) : tr("case {name}: {verdict}?", args)));
    print_lines(c.when);
  }
}

/// The records that are explained: the one named, or all of the kinds that the rule (or any rule about devices) applies to.
std::vector<RecordRef> subjects(const Plan& plan, const std::vector<std::string>& words, const Rule* rule) {
  if (words.size() == 2) return {resolve_record(plan, "", words[1])};
  std::vector<RecordRef> all;
  for (const auto& kind : rule ? rule->applies_to : std::vector<std::string>{"device"}) {
    const auto& table = *table_of(kind);
    for (std::size_t i = 0; i < table.size(plan); ++i) all.push_back({&table, table.at(plan, i), table.id_at(plan, i)});
  }
  return all;
}

int explain_rules(const Invocation& in) {
  const auto& words = in.all("WORDS");
  if (words.empty() || words.size() > 2) throw Error(ErrorCode::usage, tr("Say which plan, and which device: rules explain PLAN [DEVICE] [--rule ID]"));
  const auto document = Document::open(words[0], in.context());
  const auto& plan = document->plan();
  std::vector<std::string> troubles;
  const auto packs = load_packs(&troubles);
  warn(troubles);
  const Rule* wanted = nullptr;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules)
      if (rule.id == in.get("--rule")) wanted = &rule;
  if (in.has("--rule") && !wanted) throw Error(ErrorCode::usage, tr("There is no rule “{rule}”; “rules list” shows them.", {{"rule", in.get("--rule")}}));
  if (wanted && !wanted->function.empty())
    throw Error(ErrorCode::refused, tr("The rule “{rule}” looks at the whole plan by the program’s own test “{function}”: it has no condition to show.", {{"rule", wanted->id}, {"function", wanted->function}}));
  const CheckContext context(plan, document->graph(), document->observations(), document->now(), document->content_hash(), document->path());
  Json list = Json::array();
  for (const auto& ref : subjects(plan, words, wanted))
    for (const auto& e : explain(packs, context, ref, in.get("--rule"))) {
      if (in.json()) list.push_back(json_of(e));
      else print_explanation(plan, e);
    }
  if (in.json()) print(list);
  return Exit::fine;
}

}  // namespace

int run_rules(const Invocation& in) {
  const auto action = in.get("ACTION");
  if (action == "list") return list_rules(in);
  if (action == "lint") return lint_rules(in);
  if (action == "explain") return explain_rules(in);
  throw Error(ErrorCode::usage, tr("rules knows list, lint and explain, not “{action}”.", {{"action", action}}));
}

}  // namespace mainstay::cli
