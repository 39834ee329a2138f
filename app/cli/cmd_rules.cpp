// SPDX-License-Identifier: MIT
// Rule packs: what there is, what is wrong with a file, and why a rule says what it says.
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/check/explain.h"
#include "core/check/rule.h"

namespace mainstay::cli {
namespace {

std::string_view truth_word(Truth truth) { return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown"; }

int list_rules(const Invocation& in) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> troubles;
  for (const auto& pack : load_packs(&troubles))
    for (const auto& rule : pack.rules) {
      if (in.json()) list.push_back({{"id", rule.id}, {"pack", pack.id}, {"kind", rule.kind}, {"revision", rule.revision}, {"title", rule.title}, {"applies_to", rule.applies_to}});
      else rows.push_back({pack.id, rule.id, tr(rule.title, {{"name", "…"}})});
    }
  if (in.json()) print(list);
  else print_table(rows);
  for (const auto& trouble : troubles) std::fprintf(stderr, "mainstay-cli: %s\n", trouble.c_str());
  return Exit::fine;
}

int lint(const Invocation& in) {
  const auto& files = in.all("WORDS");
  if (files.empty()) throw Error(ErrorCode::usage, tr("Say which rule packs to look through: rules lint FILE…"));
  Json list = Json::array();
  bool faults = false;
  for (const auto& file : files) {
    const auto fault = pack_fault(file);
    faults = faults || !fault.empty();
    if (in.json()) list.push_back({{"file", file}, {"fault", fault.empty() ? Json() : Json(fault)}});
    else print(fault.empty() ? tr("{file}: no fault", {{"file", file}}) : fault);
  }
  if (in.json()) print(list);
  return faults ? Exit::failed : Exit::fine;
}

Json json_of(const std::vector<ExplainedLine>& lines) {
  Json list = Json::array();
  for (const auto& line : lines) list.push_back({{"depth", line.depth}, {"condition", line.text}, {"value", line.value}, {"truth", truth_word(line.truth)}});
  return list;
}

void print_lines(const std::vector<ExplainedLine>& lines) {
  for (const auto& line : lines) {
    const auto at = std::string(6 + 2 * static_cast<std::size_t>(line.depth), ' ');
    print(at + std::string(truth_word(line.truth)) + "  " + line.text + (line.value.empty() ? "" : tr("   (it says “{value}”)", {{"value", line.value}})));
  }
}

int explain_rules(const Invocation& in) {
  const auto& words = in.all("WORDS");
  if (words.empty() || words.size() > 2) throw Error(ErrorCode::usage, tr("Say which plan, and which device: rules explain PLAN [DEVICE] [--rule ID]"));
  const auto document = Document::open(words[0], in.context());
  const auto& plan = document->plan();
  std::vector<Id> subjects;
  if (words.size() == 2) subjects.push_back(resolve_record(plan, "", words[1]).id);
  else
    for (const auto& device : plan.devices) subjects.push_back(device.id);
  const CheckInput input{plan, document->graph(), document->observations(), document->now(), document->content_hash(), document->path()};
  Json list = Json::array();
  for (const auto& subject : subjects)
    for (const auto& e : explain(input, subject, in.get("--rule"))) {
      if (in.json()) {
        Json cases = Json::array();
        for (const auto& c : e.cases) cases.push_back({{"name", c.name}, {"verdict", verdict_name(c.verdict)}, {"truth", truth_word(c.truth)}, {"when", json_of(c.when)}});
        list.push_back({{"rule", e.rule_id}, {"subject_kind", e.subject_kind}, {"subject_id", e.subject_id.text}, {"match", json_of(e.match)}, {"cases", cases}, {"outcome", e.outcome}});
        continue;
      }
      print(tr("{subject}: {rule}", {{"subject", title_of(plan, e.subject_id)}, {"rule", e.rule_id}}));
      print("  " + e.outcome);
      print("    " + tr("is the rule about it?"));
      print_lines(e.match);
      for (const auto& c : e.cases) {
        print("    " + tr("case {name}: {verdict}?", {{"name", c.name.empty() ? "1" : c.name}, {"verdict", verdict_name(c.verdict)}}));
        print_lines(c.when);
      }
    }
  if (in.json()) print(list);
  return Exit::fine;
}

}  // namespace

int run_rules(const Invocation& in) {
  const auto action = in.get("ACTION");
  if (action == "list") return list_rules(in);
  if (action == "lint") return lint(in);
  if (action == "explain") return explain_rules(in);
  throw Error(ErrorCode::usage, tr("rules knows list, lint and explain, not “{action}”.", {{"action", action}}));
}

}  // namespace mainstay::cli
