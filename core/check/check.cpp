// SPDX-License-Identifier: MIT
#include "core/check/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/carried_recalls.h"
#include "core/check/context.h"
#include "core/check/describe_first.h"
#include "core/check/judge.h"
#include "core/check/match_index.h"
#include "core/check/recalls.h"
#include "core/check/rule.h"
#include "core/check/waivers.h"
#include "core/check/word_finding.h"

namespace mainstay {
namespace {

void check_function(const Rule& rule, const CheckContext& context, std::vector<Finding>& found) {
  std::vector<Hit> hits;
  find_audit(rule.function)(context, hits);
  for (const auto& hit : hits) {
    const auto c = std::find_if(rule.cases.begin(), rule.cases.end(), [&](const RuleCase& one) { return one.name == hit.case_name; });
    found.push_back(worded(rule, c == rule.cases.end() ? rule.cases.front() : *c, context, hit.subject, hit.args, hit.moving));
  }
}

/// Each kind's records are walked once, and of its rules only those that can say anything about a record are tried.
void check_rules(const std::vector<const Rule*>& rules, const CheckContext& context, std::vector<Finding>& found) {
  std::map<std::string, std::vector<const Rule*>> by_kind;
  for (const auto* rule : rules) {
    if (!rule->function.empty()) check_function(*rule, context, found);
    else
      for (const auto& kind : rule->applies_to) by_kind[kind].push_back(rule);
  }
  for (const auto& [kind, of_kind] : by_kind) {
    const auto& table = *table_of(kind);
    MatchIndex index(of_kind, table, context);
    const auto check = [&](const RecordRef& ref) {
      for (const auto* rule : index.candidates(ref))
        if (auto finding = finding_of(*rule, context, ref)) found.push_back(std::move(*finding));
    };
    if (kind == "organisation") check(context.organisation());
    else
      for (std::size_t i = 0; i < table.size(context.plan); ++i) check({&table, table.at(context.plan, i), table.id_at(context.plan, i)});
  }
}

/// The rules that tasks rest on and that are neither loaded, nor the program's own, nor recalls that can be read.
std::set<std::string> not_applied(const Plan& plan, const std::vector<Pack>& packs) {
  std::set<std::string> rules, unreadable;
  for (const auto& task : plan.tasks)
    if (!task.rule_id.empty()) rules.insert(task.rule_id);
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules) rules.erase(rule.id);
  for (const auto& recall : plan.recalls)
    if (recall.decision == Recall::Decision::accepted && rules.contains(recall_rule_id(recall)) && !is_readable(recall)) unreadable.insert(recall_rule_id(recall));
  std::erase_if(rules, [&](const std::string& id) {
    return id == waiting_rule || id == missing_rule || id == "audit.history-altered" || id.starts_with("template.") || (id.starts_with("recall:") && !unreadable.contains(id));
  });
  return rules;
}

/// Tasks whose rules are not there: that nothing is found any more does not mean that it is mended.
std::optional<Finding> missing_rules(const CheckContext& context, const std::vector<Pack>& packs) {
  const auto gone = not_applied(context.plan, packs);
  const auto count = std::count_if(context.plan.tasks.begin(), context.plan.tasks.end(), [&](const Task& t) { return gone.contains(t.rule_id) && (t.state == Task::State::open || t.state == Task::State::unknown); });
  if (count == 0) return {};
  Finding f;
  f.rule_id = missing_rule;
  f.severity = Severity::warning;
  f.verdict = Verdict::unknown;
  f.subject_kind = "organisation";
  f.subject_id = context.organisation().id;
  f.title = tr("Bring back rules that tasks rest on");
  const std::string rules = shortened(join({gone.begin(), gone.end()}, ", "), 200);
  f.message = tr_count(count, "One task on the checklist rests on a rule that could not be applied ({rules}): whether it still holds is not known, so it stays.",
                       "{count} tasks on the checklist rest on rules that could not be applied ({rules}): whether they still hold is not known, so they stay.", {{"rules", rules}});
  f.steps = {tr("Mend the rule pack, or put it back into the folder of your own rules."), tr("Where a rule was taken away on purpose, tick off what is settled.")};
  f.owner_role_id = context.role_like("it");
  f.effort = 1;
  f.facts.emplace_back("count", count);
  return f;
}

/// What a pack's own rule tells of a device, an accepted recall need not tell beside it: they are one matter, and one task.
void drop_carried(const std::vector<Pack>& packs, const CheckContext& context, std::vector<Finding>& found) {
  std::map<std::string, const Recall*> accepted;
  for (const auto& recall : context.plan.recalls)
    if (recall.decision == Recall::Decision::accepted) accepted.emplace(recall_rule_id(recall), &recall);
  if (accepted.empty()) return;
  const CarriedRecalls carried(packs, context);
  std::erase_if(found, [&](const Finding& f) {
    const auto recall = accepted.find(f.rule_id);
    return recall != accepted.end() && carried.tells_of(*recall->second, f.subject_id);
  });
}

bool names_pack(const Pack& pack, std::string_view wanted) {
  const auto file = file_name(pack.file);
  return wanted.empty() || pack.id == wanted || file == wanted || file == std::string(wanted) + ".xml" || pack.file == wanted;
}

/// Candidates wait for a person: free text of a feed decides nothing by itself.
std::optional<Finding> waiting_recalls(const CheckContext& context) {
  const auto count = std::count_if(context.plan.recalls.begin(), context.plan.recalls.end(), [](const Recall& r) { return r.waits(); });
  if (count == 0) return {};
  Finding f;
  f.rule_id = waiting_rule;
  f.kind = "recall";
  f.severity = Severity::info;
  f.verdict = Verdict::possible;
  f.subject_kind = "organisation";
  f.subject_id = context.organisation().id;
  f.title = tr("Decide on the recalls that may concern you");
  f.message = tr_count(count, "One recall may concern a device of yours and waits for a decision.", "{count} recalls may concern devices of yours and wait for a decision.");
  f.steps = {tr("Look at each on the Devices & recalls page, or with mainstay-cli recall FILE list."), tr("Accept what concerns you, dismiss what does not; it is not asked again.")};
  f.owner_role_id = context.role_like("it");
  f.effort = 1;
  f.facts.emplace_back("count", count);
  return f;
}

}  // namespace

std::vector<Finding> check_plan(const CheckInput& input, std::string_view pack_name) {
  std::vector<std::string> troubles;
  const auto packs = load_packs(&troubles);
  return check_plan(input, packs, std::move(troubles), pack_name);
}

std::vector<Finding> check_plan(const CheckInput& input, const std::vector<Pack>& packs, std::vector<std::string> troubles, std::string_view pack_name) {
  const bool with_recalls = pack_name.empty() || pack_name == "recalls";
  if (!with_recalls && std::none_of(packs.begin(), packs.end(), [&](const Pack& p) { return names_pack(p, pack_name); })) {
    std::vector<std::string> known{"recalls"};
    for (const auto& p : packs) known.push_back(p.id);
    throw Error(ErrorCode::usage, tr("There is no rule pack “{name}”; there are: {packs}.", {{"name", pack_name}, {"packs", join(known, ", ")}}));
  }
  const CheckContext context(input.plan, input.graph, input.observations, input.now, input.content_hash, input.plan_path);
  std::set<std::string> ids;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules) ids.insert(rule.id);
  std::vector<Finding> found;
  std::vector<const Rule*> rules;
  for (const auto& pack : packs) {
    if (!names_pack(pack, pack_name)) continue;
    for (const auto& rule : pack.rules) {
      if (rule.valid_from && context.today.days < rule.valid_from.days) continue;
      if (!rule.superseded_by.empty() && ids.contains(rule.superseded_by)) continue;
      rules.push_back(&rule);
    }
  }
  const auto accepted = with_recalls ? recall_rules(input.plan, troubles) : std::vector<Rule>();
  for (const auto& rule : accepted) rules.push_back(&rule);
  check_rules(rules, context, found);
  drop_carried(packs, context, found);
  if (with_recalls)
    if (auto waiting = waiting_recalls(context)) found.push_back(std::move(*waiting));
  if (pack_name.empty())
    if (auto missing = missing_rules(context, packs)) found.push_back(std::move(*missing));
  for (const auto& trouble : troubles) {
    Finding f;
    f.rule_id = "template.rules";
    f.severity = Severity::error;
    f.verdict = Verdict::unknown;
    f.title = tr("Mend a rule pack of your own");
    f.message = tr("{trouble} Its rules were not applied.", {{"trouble", trouble}});
    f.subject_kind = "organisation";
    f.subject_id = context.organisation().id;
    found.push_back(std::move(f));
  }
  // One finding per rule and subject: that pair is the identity of a task.
  std::unordered_set<std::string> seen;
  std::erase_if(found, [&](const Finding& f) { return !seen.insert(f.rule_id + "\n" + f.subject_id.text).second || is_waived(input.plan, f, context.today); });
  collapse_undescribed(found, rules, context);
  sort_by_cheapest_fix(found);
  return found;
}

Change keep_facts_of_waivers(const CheckInput& input) {
  if (!waivers_lack_facts(input.plan, input.now.date())) return {};
  Plan without = input.plan;
  without.waivers.clear();
  return kept_in_waivers(input.plan, check_plan({without, input.graph, input.observations, input.now, input.content_hash, input.plan_path}), input.now.date());
}

std::set<std::string> rules_not_applied(const Plan& plan) {
  if (std::none_of(plan.tasks.begin(), plan.tasks.end(), [](const Task& t) { return !t.rule_id.empty(); })) return {};
  std::vector<std::string> troubles;  // the check reports them
  return not_applied(plan, load_packs(&troubles));
}

std::vector<PackInfo> rule_packs() {
  std::vector<PackInfo> infos;
  for (const auto& pack : load_packs()) infos.push_back({pack.id, pack.title, pack.rules.size()});
  return infos;
}

}  // namespace mainstay
