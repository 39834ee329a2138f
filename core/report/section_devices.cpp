// SPDX-License-Identifier: MIT
// Devices and recalls: what is recalled and what to do, what is not known and which look decides it, what is over, and the inventory with its verdicts.
#include <algorithm>
#include <map>

#include "core/analysis/consequences.h"
#include "core/base/text.h"
#include "core/check/recall_memory.h"
#include "core/check/rule.h"
#include "core/report/drawing.h"
#include "core/report/figure.h"
#include "core/report/section.h"

namespace mainstay {
namespace {

Text verdict_cell(Verdict verdict) {
  switch (verdict) {
    case Verdict::affected: return {Span{tr("Affected"), Tone::bad}};
    case Verdict::possible: return {Span{tr("Possible"), Tone::warning}};
    case Verdict::unknown: return {Span{tr("Not known"), Tone::unknown}};
    case Verdict::not_affected: return {Span{tr("Not affected"), Tone::good}};
    case Verdict::ended: return {Span{tr("Programme ended"), Tone::muted}};
  }
  return {Span{tr("Not known"), Tone::unknown}};
}

/// Findings of one sort, the most serious first, as the check orders them.
std::vector<const Finding*> findings_where(const Section& s, bool (*fits)(const Finding&)) {
  std::vector<const Finding*> some;
  for (const auto& finding : s.in.findings)
    if ((is_of_devices(finding) || finding.subject_kind == "device") && finding.rule_id != "recall.waiting" && fits(finding)) some.push_back(&finding);
  return some;
}
bool calls_for_action(const Finding& f) { return f.verdict == Verdict::affected || f.verdict == Verdict::possible; }
bool is_open(const Finding& f) { return f.verdict == Verdict::unknown; }
bool is_over(const Finding& f) { return f.verdict == Verdict::ended; }
bool is_any(const Finding&) { return true; }

/// The checklist's tasks by rule and subject: a long list is looked through once.
using Tasks = std::map<std::pair<std::string_view, std::string_view>, const Task*>;
Tasks tasks_of(const Section& s) {
  Tasks tasks;
  for (const auto& task : s.plan.tasks) tasks.emplace(std::pair<std::string_view, std::string_view>(task.rule_id, task.subject_id.text), &task);
  return tasks;
}

/// "Leo Park, by 1 December 2026" from the task that the checklist holds for the finding, else the days that the rule gives.
Text duty(const Section& s, const Tasks& tasks, const Finding& finding) {
  const auto found = tasks.find({finding.rule_id, finding.subject_id.text});
  const auto* task = found == tasks.end() ? nullptr : found->second;
  std::string who;
  if (task) {
    who = title_of(s.plan, task->person_id);
    if (who.empty()) who = title_of(s.plan, task->owner_role_id);
  }
  if (who.empty()) who = title_of(s.plan, finding.owner_role_id);
  if (who.empty()) who = tr("nobody yet");
  if (task && task->state == Task::State::done) return {Span{tr("{who}: done", {{"who", who}}), Tone::good}};
  if (!task || !task->due_on)
    return plain(finding.due_days <= 1 ? tr("{who}, at once", {{"who", who}}) : tr("{who}, within {days} days", {{"who", who}, {"days", finding.due_days}}));
  const auto sentence = tr("{who}, by {day}", {{"who", who}, {"day", spoken(task->due_on)}});
  return {Span{task->due_on.days < s.in.now.date().days ? tr("{duty}: overdue", {{"duty", sentence}}) : sentence, task->due_on.days < s.in.now.date().days ? Tone::bad : Tone::plain}};
}

void action(Section& s, const Tasks& tasks, const Finding& finding, int number) {
  s.heading(3, tr("{number}. {title}", {{"number", number}, {"title", finding.title.empty() ? title_of(s.plan, finding.subject_id) : finding.title}}));
  Text head = verdict_cell(finding.verdict);
  head.push_back(Span{"   ", Tone::plain});
  for (auto& span : severity_cell(finding.severity)) head.push_back(std::move(span));
  s.say(std::move(head), true);
  s.say(finding.message, true);
  Text facts;
  const auto fact = [&](const std::string& label, Text text) {
    facts.push_back(Span{(facts.empty() ? "" : "\n") + tr("{label}:", {{"label", label}}) + " ", Tone::strong});
    facts.insert(facts.end(), text.begin(), text.end());
  };
  if (!finding.hazard.empty()) fact(tr("Hazard"), plain(finding.hazard));
  if (finding.announced) fact(tr("Announced"), plain(spoken(finding.announced)));
  const auto endangered = spoken_consequences(s.plan, consequences(s.plan, s.in.graph, finding.subject_id));
  if (!endangered.empty()) fact(tr("Endangers"), plain(join(endangered, " ")));
  else if (finding.subject_kind == "device") fact(tr("Endangers"), {Span{tr("nothing in the plan is tied to it, so no activity can be named"), Tone::muted}});
  fact(tr("Who, by when"), duty(s, tasks, finding));
  s.say(std::move(facts), true);
  std::vector<Text> steps;
  for (const auto& step : finding.steps) steps.push_back(plain(step));
  s.list(List::Style::checkbox, std::move(steps));
  if (!finding.question_text.empty()) s.say(tr("Still to be answered: {question}", {{"question", finding.question_text}}));
}

std::string joined(std::initializer_list<const std::string*> parts, std::string_view between) {
  std::vector<std::string> some;
  for (const auto* part : parts)
    if (!trimmed(*part).empty() && *part != none_text) some.push_back(*part);
  return join(some, between);
}

/// What the findings say, rule by rule; where one rule says it of many, a few of them and how many more: the pages that follow name each.
std::vector<std::string> summed_up(const std::vector<const Finding*>& findings) {
  constexpr std::size_t most_alike = 5;
  std::vector<std::string> rules;
  std::map<std::string, std::vector<const Finding*>> of;
  for (const auto* finding : findings) {
    if (!of.contains(finding->rule_id)) rules.push_back(finding->rule_id);
    of[finding->rule_id].push_back(finding);
  }
  std::vector<std::string> sentences;
  for (const auto& rule : rules) {
    const auto& alike = of[rule];
    const auto shown = alike.size() > most_alike + 1 ? most_alike - 2 : alike.size();
    for (std::size_t i = 0; i < shown; ++i) sentences.push_back(alike[i]->message);
    if (shown < alike.size()) sentences.push_back(tr("… and {count} more like this; each is named below.", {{"count", alike.size() - shown}}));
  }
  return sentences;
}

/// The worst thing said of a device, that a recall is still to be decided on, or that nothing was found.
Text standing(const Device& device, const std::map<std::string, std::vector<const Finding*>>& of, const std::set<Id>& to_decide) {
  const auto found = of.find(device.id.text);
  const bool is_calm = found == of.end() || std::all_of(found->second.begin(), found->second.end(), [](const Finding* f) { return f->verdict == Verdict::ended || f->verdict == Verdict::not_affected; });
  if (is_calm && to_decide.contains(device.id)) return {Span{tr("Recall to decide"), Tone::unknown}};
  if (found == of.end()) return {Span{tr("Nothing found"), Tone::good}};
  const auto rank = [](const Finding* f) { return f->verdict == Verdict::affected ? 4 : f->verdict == Verdict::possible ? 3 : f->verdict == Verdict::unknown ? 2 : 1; };
  const auto* worst = *std::max_element(found->second.begin(), found->second.end(), [&](const Finding* a, const Finding* b) { return rank(a) < rank(b); });
  return verdict_cell(worst->verdict);
}

long long device_rules() {
  long long count = 0;
  std::vector<std::string> troubles;  // the check reports them
  for (const auto& pack : load_packs(&troubles)) count += std::count_if(pack.rules.begin(), pack.rules.end(), [](const Rule& r) { return r.kind != "audit"; });
  return count;
}

std::map<std::string, std::vector<const Finding*>> by_device(const Section& s) {
  std::map<std::string, std::vector<const Finding*>> of;
  for (const auto* finding : findings_where(s, is_any)) of[finding->subject_id.text].push_back(finding);
  return of;
}

}  // namespace

void section_device_summary(Section& s) {
  if (s.plan.devices.empty()) {
    s.callout(Tone::unknown, tr("No devices have been listed yet"), tr("Nothing could be held against known faults and recalls. That is not the same as nothing being wrong."));
    return;
  }
  const auto actions = findings_where(s, calls_for_action);
  std::vector<const Finding*> urgent;
  for (const auto* finding : actions)
    if (finding->severity == Severity::critical) urgent.push_back(finding);
  if (!urgent.empty()) s.callout(Tone::bad, tr_count(static_cast<long long>(urgent.size()), "One thing cannot wait", "{count} things cannot wait"), join(summed_up(urgent), "\n"));
  const auto of = by_device(s);
  std::int64_t items = 0;
  const auto to_decide = devices_to_decide_on(s.plan);
  std::size_t clear = 0, affected = 0, possible = 0, open = 0, ended = 0, undecided = 0;
  for (const auto& device : s.plan.devices) {
    items += std::max<std::int64_t>(1, device.count.value_or(1));
    const auto found = of.find(device.id.text);
    if (found == of.end()) {
      ++(to_decide.contains(device.id) ? undecided : clear);
      continue;
    }
    const auto any = [&](Verdict verdict) { return std::any_of(found->second.begin(), found->second.end(), [&](const Finding* f) { return f->verdict == verdict; }); };
    if (any(Verdict::affected)) ++affected;
    else if (any(Verdict::possible)) ++possible;
    else if (any(Verdict::unknown)) ++open;
    else ++(to_decide.contains(device.id) ? undecided : ended);
  }
  TableBlock table;
  table.columns = {{tr("Of the inventory"), 3}, {tr("Entries"), 1, true}, {tr("What that means"), 8}};
  const auto row = [&](Text what, std::size_t count, const std::string& meaning) { table.rows.push_back({std::move(what), plain(std::to_string(count)), plain(meaning)}); };
  row(verdict_cell(Verdict::affected), affected, tr("A recall, a defect or an end of support concerns it: act as the next pages say."));
  row(verdict_cell(Verdict::possible), possible, tr("It may be concerned: the maker's check of the serial number, or a date, decides."));
  row(verdict_cell(Verdict::unknown), open, tr("An answer is missing. Not looked at is never the same as nothing wrong."));
  if (undecided > 0) row({Span{tr("Recall to decide"), Tone::unknown}}, undecided, tr("A recall from a feed may concern it: nobody has said yet whether it does."));
  row(verdict_cell(Verdict::ended), ended, tr("A repair programme would have been for it, and is over."));
  row({Span{tr("Nothing found"), Tone::good}}, clear, tr("None of the rules concerns it, by what is known about it."));
  s.out.emplace_back(std::move(table));
  const auto waiting = std::count_if(s.plan.recalls.begin(), s.plan.recalls.end(), [](const Recall& r) { return r.decision == Recall::Decision::open; });
  const bool all_counted = std::all_of(s.plan.devices.begin(), s.plan.devices.end(), [](const Device& d) { return static_cast<bool>(d.count); });
  s.say(tr(all_counted ? "{entries} entries stand for {items} things. Each was held against {rules} on {day}." : "{entries} entries stand for at least {items} things; not all are counted. Each was held against {rules} on {day}.",
           {{"entries", s.plan.devices.size()}, {"items", items}, {"rules", tr_count(device_rules(), "{count} rule", "{count} rules")}, {"day", spoken(s.in.now.date())}}));
  if (waiting > 0) s.say(tr_count(static_cast<long long>(waiting), "One recall from a feed waits for a decision.", "{count} recalls from feeds wait for a decision."));
}

void section_device_actions(Section& s) {
  int number = 0;
  const auto tasks = tasks_of(s);
  const auto actions = findings_where(s, calls_for_action);
  if (actions.size() > 1) {
    TableBlock glance;
    glance.caption = tr("At a glance");
    glance.columns = {{"", 1, true}, {tr("What"), 8}, {tr("Severity"), 3}, {tr("Hazard"), 7}, {tr("Who, by when"), 5}};
    for (const auto* finding : actions) glance.rows.push_back({plain(std::to_string(glance.rows.size() + 1)), cell(finding->title), severity_cell(finding->severity), finding->hazard.empty() ? Text{Span{"–", Tone::muted}} : plain(finding->hazard), duty(s, tasks, *finding)});
    s.out.emplace_back(std::move(glance));
  }
  for (const auto* finding : actions) action(s, tasks, *finding, ++number);
  if (number > 0) return;
  if (s.plan.devices.empty()) s.say(tr("No devices have been listed yet, so nothing could be checked against known faults and recalls. That is not the same as nothing being wrong."));
  else s.say(tr_count(static_cast<long long>(s.plan.devices.size()), "{count} entry of the device list was checked against the known faults and recalls; none of them calls for action.", "{count} entries of the device list were checked against the known faults and recalls; none of them calls for action."));
}

void section_device_questions(Section& s) {
  const auto tasks = tasks_of(s);
  TableBlock table;
  table.columns = {{tr("About"), 4}, {tr("What is not known"), 8}, {tr("The question that decides it"), 7}, {tr("Who, by when"), 4}};
  for (const auto* finding : findings_where(s, is_open))
    table.rows.push_back({cell(title_of(s.plan, finding->subject_id), Tone::strong), plain(finding->message), finding->question_text.empty() ? Text{Span{tr("see the steps in the checklist"), Tone::muted}} : plain(finding->question_text), duty(s, tasks, *finding)});
  s.table(std::move(table), tr("Every question that the rules ask has its answer."));
}

void section_device_pictures(Section& s) {
  std::vector<std::string> names;
  for (const auto* finding : findings_where(s, is_open))
    if (!finding->picture.empty() && std::find(names.begin(), names.end(), finding->picture) == names.end()) names.push_back(finding->picture);
  std::vector<Figure> figures;
  for (const auto& name : names)
    if (auto figure = drawing(name)) figures.push_back(std::move(*figure));
  for (auto& sheet : side_by_side(figures)) s.out.emplace_back(std::move(sheet));
  if (figures.empty()) s.say(tr("No open question needs a look at a device."));
}

void section_device_ended(Section& s) {
  TableBlock table;
  table.columns = {{tr("Device"), 3}, {tr("Programme"), 5}, {tr("What it means today"), 7}};
  for (const auto* finding : findings_where(s, is_over)) {
    Text title = {Span{finding->title, Tone::strong}};
    if (finding->ended) title.push_back(Span{"\n" + tr("ended {day}", {{"day", spoken(finding->ended)}}), Tone::muted});
    else if (finding->announced) title.push_back(Span{"\n" + tr("announced {day}", {{"day", spoken(finding->announced)}}), Tone::muted});
    table.rows.push_back({plain(title_of(s.plan, finding->subject_id)), std::move(title), plain(finding->message)});
  }
  s.table(std::move(table), tr("No programme that is over would have been for one of these devices."));
}

void section_device_candidates(Section& s) {
  std::vector<const Recall*> recalls;
  for (const auto& recall : s.plan.recalls) recalls.push_back(&recall);
  std::stable_sort(recalls.begin(), recalls.end(), [](const Recall* a, const Recall* b) { return std::pair(static_cast<int>(a->decision), -a->score.value_or(0)) < std::pair(static_cast<int>(b->decision), -b->score.value_or(0)); });
  TableBlock table;
  table.columns = {{tr("Decision"), 3}, {tr("Recall"), 8}, {tr("Fits"), 1, true}, {tr("Why it may concern us"), 7}};
  for (const auto* recall : recalls) {
    Text decision = recall->decision == Recall::Decision::open ? Text{Span{tr("To decide"), Tone::unknown}} : recall->decision == Recall::Decision::accepted ? Text{Span{tr("Accepted"), Tone::bad}} : Text{Span{tr("Dismissed"), Tone::muted}};
    if (recall->decided_on) decision.push_back(Span{"\n" + tr("{day}, {person}", {{"day", spoken(recall->decided_on)}, {"person", recall->decided_by.empty() ? tr("somebody") : recall->decided_by}}), Tone::muted});
    Text what = {Span{recall->title, Tone::strong}, Span{"\n" + tr("{authority} {number}, {day}", {{"authority", recall->authority}, {"number", recall->number}, {"day", recall->announced ? spoken(recall->announced) : tr("day not known")}}), Tone::muted}};
    table.rows.push_back({std::move(decision), std::move(what), plain(std::to_string(recall->score.value_or(0))), plain(recall->why)});
  }
  s.table(std::move(table), s.plan.feeds.empty() ? tr("No recall feed has been read yet.") : tr("The feeds that were read hold nothing that fits these devices."));
}

void section_device_list(Section& s) {
  const auto of = by_device(s);
  const auto to_decide = devices_to_decide_on(s.plan);
  TableBlock table;
  table.columns = {{tr("Device"), 6}, {tr("Model and system"), 7}, {tr("Where, who, last seen"), 6}, {tr("Count"), 2, true}, {tr("Result"), 4}};
  for (const auto& device : s.plan.devices) {
    std::vector<std::string> where, system;
    for (const auto& part : {title_of(s.plan, device.site_id), title_of(s.plan, device.person_id)})
      if (!part.empty()) where.push_back(part);
    if (device.seen_on) where.push_back(tr("seen {day}", {{"day", spoken(device.seen_on)}}));
    for (const auto& part : {joined({&device.os_name, &device.os_version, &device.os_build}, " "), device.serial.empty() ? std::string() : tr("Serial {serial}", {{"serial", device.serial}})})
      if (!part.empty()) system.push_back(part);
    auto model = cell(joined({&device.brand, &device.model, &device.model_number}, " "));
    if (!system.empty()) model.push_back(Span{"\n" + join(system, "\n"), Tone::muted});
    table.rows.push_back({stacked(device.name, label_of(device, "kind")), std::move(model), cell(join(where, "\n")), device.count ? plain(std::to_string(device.count.count)) : Text{Span{tr("not counted"), Tone::muted}}, standing(device, of, to_decide)});
  }
  s.table(std::move(table), tr("No devices have been listed yet."));
}

void section_device_sources(Section& s) {
  std::vector<std::string> rules;
  for (const auto* finding : findings_where(s, is_any)) {
    if (finding->notes.empty() && finding->sources.empty()) continue;
    if (std::find(rules.begin(), rules.end(), finding->rule_id) != rules.end()) continue;  // once a rule, whatever number of devices it is about
    rules.push_back(finding->rule_id);
    s.heading(3, finding->title);
    std::vector<Text> items;
    for (const auto& note : finding->notes) items.push_back({Span{note, Tone::muted}});
    s.list(List::Style::bullet, std::move(items));
    Text sources{Span{tr("Sources:") + " ", Tone::strong}};
    for (const auto& source : finding->sources) {
      const auto doubt = source.find("not verified");
      const auto mark = doubt == std::string::npos ? std::string::npos : source.rfind('(', doubt);
      if (sources.size() > 1) sources.push_back(Span{" · ", Tone::muted});
      sources.push_back(Span{source.substr(0, mark), Tone::muted});
      if (mark != std::string::npos) sources.push_back(Span{source.substr(mark), Tone::warning});
    }
    if (sources.size() > 1) s.say(std::move(sources));
  }
  if (rules.empty()) s.say(tr("Nothing was found, so no source is named."));
}

void section_devices(Section& s) {
  section_device_actions(s);
  if (!findings_where(s, is_open).empty()) {
    s.heading(3, tr("What is not known yet"));
    section_device_questions(s);
  }
  if (!findings_where(s, is_over).empty()) {
    s.heading(3, tr("Programmes that are over"));
    section_device_ended(s);
  }
  if (!s.plan.devices.empty()) {
    s.heading(3, tr("Device list"));
    section_device_list(s);
  }
  section_device_sources(s);
}

}  // namespace mainstay
