// SPDX-License-Identifier: MIT
// Devices and recalls: what is recalled and what to do, what is not known and which look decides it, and what is over.
#include <algorithm>
#include <map>

#include "core/analysis/consequences.h"
#include "core/base/text.h"
#include "core/check/recall_memory.h"
#include "core/check/rule.h"
#include "core/report/device_findings.h"
#include "core/report/drawing.h"
#include "core/report/figure.h"
#include "core/report/section.h"
#include "core/report/told_together.h"

namespace mainstay {
namespace {

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
    who = s.records.title(task->person_id);
    if (who.empty()) who = s.records.title(task->owner_role_id);
  }
  if (who.empty()) who = s.records.title(finding.owner_role_id);
  if (who.empty()) who = tr("nobody yet");
  if (task && task->state == Task::State::done) return {Span{tr("{who}: done", {{"who", who}}), Tone::good}};
  if (!task || !task->due_on)
    return plain(finding.due_days <= 1 ? tr("{who}, at once", {{"who", who}}) : tr("{who}, within {days} days", {{"who", who}, {"days", finding.due_days}}));
  const auto sentence = tr("{who}, by {day}", {{"who", who}, {"day", spoken(task->due_on)}});
  return {Span{task->due_on.days < s.in.now.date().days ? tr("{duty}: overdue", {{"duty", sentence}}) : sentence, task->due_on.days < s.in.now.date().days ? Tone::bad : Tone::plain}};
}

/// The duty that all of them share, or how many have which.
Text duties(const Section& s, const Tasks& tasks, const Alike& alike) {
  if (!alike.is_many()) return duty(s, tasks, alike.first());
  Tally tally;
  Tone tone = duty(s, tasks, alike.first()).front().tone;
  for (const auto* finding : alike.findings) {
    const auto one = duty(s, tasks, *finding).front();
    tally.add(one.text);
    if (one.tone != tone) tone = Tone::plain;
  }
  return {Span{tally.spoken(), tone}};
}

/// The activities that any of them endangers, in words.
std::vector<std::string> endangered_by(const Section& s, const Alike& alike) {
  std::vector<Consequence> all;
  std::set<Id> named;
  for (const auto* finding : alike.findings)
    for (auto& one : consequences(s.plan, s.in.graph, finding->subject_id))
      if (named.insert(one.activity).second) all.push_back(std::move(one));
  return spoken_consequences(s.plan, all);
}

/// At how many places how many of them stand.
std::string places_of(const Section& s, const Alike& alike) {
  Tally tally;
  for (const auto* finding : alike.findings) {
    const auto place = s.records.title(Id{s.records.find(finding->subject_id).text("site_id")});
    tally.add(place.empty() ? tr("place not known") : place);
  }
  return tally.spoken();
}

std::string title_for(const Section& s, const Alike& alike) {
  const auto& first = alike.first();
  const auto title = first.title.empty() ? s.records.title(first.subject_id) : first.title;
  return alike.is_many() ? tr("{title}, and {count} more like it", {{"title", title}, {"count", alike.more()}}) : title;
}

void action(Section& s, const Tasks& tasks, const Alike& alike, int number) {
  const auto& finding = alike.first();
  s.heading(3, tr("{number}. {title}", {{"number", number}, {"title", title_for(s, alike)}}));
  Text head = verdict_cell(finding.verdict);
  head.push_back(Span{"   ", Tone::plain});
  for (auto& span : severity_cell(finding.severity)) head.push_back(std::move(span));
  s.say(std::move(head), true);
  s.say(finding.message, true);
  if (alike.is_many())
    s.say(tr("The same holds for {count} more; here they are told together. This report as CSV names each of them, and so does the Devices page.", {{"count", alike.more()}}), true);
  Text facts;
  const auto fact = [&](const std::string& label, Text text) {
    facts.push_back(Span{(facts.empty() ? "" : "\n") + tr("{label}:", {{"label", label}}) + " ", Tone::strong});
    facts.insert(facts.end(), text.begin(), text.end());
  };
  if (!finding.hazard.empty()) fact(tr("Hazard"), plain(finding.hazard));
  if (finding.announced) fact(tr("Announced"), plain(spoken(finding.announced)));
  if (alike.is_many() && finding.subject_kind == "device") fact(tr("Where"), plain(places_of(s, alike)));
  const auto endangered = endangered_by(s, alike);
  if (!endangered.empty()) fact(tr("Endangers"), plain(join(endangered, " ")));
  else if (finding.subject_kind == "device") fact(tr("Endangers"), {Span{tr("nothing in the plan is tied to it, so no activity can be named"), Tone::muted}});
  fact(tr("Who, by when"), duties(s, tasks, alike));
  s.say(std::move(facts), true);
  std::vector<Text> steps;
  for (const auto& step : finding.steps) steps.push_back(plain(step));
  s.list(List::Style::checkbox, std::move(steps));
  if (!finding.question_text.empty()) s.say(tr("Still to be answered: {question}", {{"question", finding.question_text}}));
}

/// A table of findings as people read it, and, where some of them are told together, once more with each of them for the CSV.
template <class Row>
void tell(Section& s, TableBlock table, const std::vector<const Finding*>& findings, const Row& row, const std::string& when_empty) {
  const auto all = told_together(findings);
  if (is_summed_up(all)) {
    TableBlock whole = table;
    whole.reader = TableBlock::Reader::machine;
    table.reader = TableBlock::Reader::person;
    for (const auto* finding : findings) whole.rows.push_back(row(Alike{{finding}}, whole.rows.size() + 1));
    s.out.emplace_back(std::move(whole));
  }
  for (const auto& alike : all) table.rows.push_back(row(alike, table.rows.size() + 1));
  s.table(std::move(table), when_empty);
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
    if (shown < alike.size()) sentences.push_back(tr(alike.size() > most_told_apart ? "… and {count} more like this; this report as CSV names each." : "… and {count} more like this; each is named below.", {{"count", alike.size() - shown}}));
  }
  return sentences;
}

long long device_rules() {
  long long count = 0;
  std::vector<std::string> troubles;  // the check reports them
  for (const auto& pack : load_packs(&troubles)) count += std::count_if(pack.rules.begin(), pack.rules.end(), [](const Rule& r) { return r.kind != "audit"; });
  return count;
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
    tell(s, std::move(glance), actions, [&](const Alike& alike, std::size_t row) -> std::vector<Text> {
      const auto& hazard = alike.first().hazard;
      return {plain(std::to_string(row)), cell(title_for(s, alike)), severity_cell(alike.first().severity), hazard.empty() ? Text{Span{"–", Tone::muted}} : plain(hazard), duties(s, tasks, alike)};
    }, {});
  }
  for (const auto& alike : told_together(actions)) action(s, tasks, alike, ++number);
  if (number > 0) return;
  if (s.plan.devices.empty()) s.say(tr("No devices have been listed yet, so nothing could be checked against known faults and recalls. That is not the same as nothing being wrong."));
  else s.say(tr_count(static_cast<long long>(s.plan.devices.size()), "{count} entry of the device list was checked against the known faults and recalls; none of them calls for action.", "{count} entries of the device list were checked against the known faults and recalls; none of them calls for action."));
}

void section_device_questions(Section& s) {
  const auto tasks = tasks_of(s);
  TableBlock table;
  table.columns = {{tr("About"), 4}, {tr("What is not known"), 8}, {tr("The question that decides it"), 7}, {tr("Who, by when"), 4}};
  tell(s, std::move(table), findings_where(s, is_open), [&](const Alike& alike, std::size_t) -> std::vector<Text> {
    const auto& question = alike.first().question_text;
    return {cell(names_of(alike, s.records), Tone::strong), plain(alike.first().message), question.empty() ? Text{Span{tr("see the steps in the checklist"), Tone::muted}} : plain(question), duties(s, tasks, alike)};
  }, tr("Every question that the rules ask has its answer."));
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
  tell(s, std::move(table), findings_where(s, is_over), [&](const Alike& alike, std::size_t) -> std::vector<Text> {
    const auto& finding = alike.first();
    Text title = {Span{title_for(s, alike), Tone::strong}};
    if (finding.ended) title.push_back(Span{"\n" + tr("ended {day}", {{"day", spoken(finding.ended)}}), Tone::muted});
    else if (finding.announced) title.push_back(Span{"\n" + tr("announced {day}", {{"day", spoken(finding.announced)}}), Tone::muted});
    return {plain(names_of(alike, s.records)), std::move(title), plain(finding.message)};
  }, tr("No programme that is over would have been for one of these devices."));
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
