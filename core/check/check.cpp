// SPDX-License-Identifier: MIT
#include "core/check/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/context.h"
#include "core/check/describe_first.h"
#include "core/check/judge.h"
#include "core/check/match_index.h"
#include "core/check/recalls.h"
#include "core/check/rule.h"

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

/// The first question of the rule that has no answer yet and is asked about this record.
std::string open_question(const Rule& rule, const CheckContext& context, const RecordRef& ref) {
  const auto subject = context.subject(ref);
  for (const auto& q : rule.questions)
    if (context.value(ref, q.attribute).empty() && evaluate(q.when, subject) != Truth::no) return q.attribute;
  return {};
}

Finding worded(const Rule& rule, const RuleCase& c, const CheckContext& context, const RecordRef& ref, const Args& args = {}, bool moving = false) {
  Finding f;
  f.rule_id = rule.id;
  f.rule_revision = rule.revision;
  f.severity = c.severity;
  f.verdict = c.verdict;
  f.subject_kind = ref.kind();
  f.subject_id = ref.id;
  f.title = shortened(filled(c.title.empty() ? rule.title : c.title, context, ref, args, f.args), 200);
  f.message = filled(c.message, context, ref, args, f.args);
  f.clause = rule.clause;
  for (const auto& step : c.steps) f.steps.push_back(filled(step, context, ref, args, f.args));
  f.sources = rule.sources;
  f.notes = c.notes;
  f.notes.insert(f.notes.end(), rule.notes.begin(), rule.notes.end());
  f.kind = rule.kind;
  f.hazard = rule.hazard;
  f.announced = rule.announced;
  if (is_of_devices(f)) f.endangers = context.users(ref.id);
  f.owner_role_id = context.role_like(c.owner);
  f.due_days = c.due_days;
  f.effort = c.effort;
  f.match_hash = rule.match_hash;
  const auto question = c.question.empty() && c.verdict == Verdict::unknown ? open_question(rule, context, ref) : c.question;
  if (!question.empty()) ask(f, rule, context, ref, question);
  if (rule.valid_until && rule.valid_until.days < context.today.days) {
    f.verdict = Verdict::ended;
    f.severity = Severity::info;
    f.ended = rule.valid_until;
    f.notes.push_back(tr("This programme ended on {day}.", {{"day", spoken(rule.valid_until)}}));
  }
  if (moving) f.args.emplace_back("moving", "yes");
  return f;
}

/// Said where nothing else is: an answer is missing, and a missing answer is no reassurance.
RuleCase plain_unknown(const Rule& rule) {
  RuleCase c = rule.cases.front();
  c.verdict = Verdict::unknown;
  c.severity = Severity::warning;
  c.question.clear();
  c.message = tr("Whether “{rule}” concerns “{subject}” is not known: an answer is missing.", {{"rule", rule.title}, {"subject", "{name}"}});
  return c;
}

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

bool is_waived(const Plan& plan, const Finding& finding, Date today) {
  return std::any_of(plan.waivers.begin(), plan.waivers.end(), [&](const Waiver& w) {
    return w.rule_id == finding.rule_id && (w.subject_id.empty() || w.subject_id == finding.subject_id) && w.until && w.until.days > today.days;
  });
}

bool names_pack(const Pack& pack, std::string_view wanted) {
  const auto file = file_name(pack.file);
  return wanted.empty() || pack.id == wanted || file == wanted || file == std::string(wanted) + ".xml" || pack.file == wanted;
}

/// Candidates wait for a person: free text of a feed decides nothing by itself.
std::optional<Finding> waiting_recalls(const CheckContext& context) {
  const auto count = std::count_if(context.plan.recalls.begin(), context.plan.recalls.end(), [](const Recall& r) { return r.decision == Recall::Decision::open; });
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
  return f;
}

}  // namespace

std::optional<Finding> finding_of(const Rule& rule, const CheckContext& context, const RecordRef& ref) {
  const auto judgement = judge(rule, context.subject(ref));
  if (judgement.outcome == Judgement::Outcome::applies || judgement.outcome == Judgement::Outcome::open) return worded(rule, *judgement.chosen, context, ref);
  if (judgement.outcome == Judgement::Outcome::doubt) return worded(rule, plain_unknown(rule), context, ref);
  return {};
}

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
  if (with_recalls)
    if (auto waiting = waiting_recalls(context)) found.push_back(std::move(*waiting));
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

std::vector<PackInfo> rule_packs() {
  std::vector<PackInfo> infos;
  for (const auto& pack : load_packs()) infos.push_back({pack.id, pack.title, pack.rules.size()});
  return infos;
}

}  // namespace mainstay
