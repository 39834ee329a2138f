// SPDX-License-Identifier: MIT
// What to mend: the checklist and audit findings.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/report/section.h"
#include "core/report/told_together.h"

namespace mainstay {
namespace {
std::string effort_text(int effort) {
  switch (effort) {
    case 1: return tr("minutes");
    case 2: return tr("an hour");
    case 3: return tr("a day");
    default: return tr("weeks");
  }
}

/// "ISO 22301 8.3.2", "ISO 22301 8.2.2" and "NIST SP 800-34 3.2" from "ISO 22301 8.3.2, 8.2.2; NIST SP 800-34 3.2".
std::vector<std::string> clauses_of(const Finding& finding) {
  std::vector<std::string> clauses;
  for (const auto& part : split(finding.clause, ';')) {
    const auto listed = split(part, ',');
    if (listed.empty()) continue;
    const auto first = std::string(trimmed(listed.front()));
    clauses.push_back(first);
    const auto standard = first.substr(0, first.find_last_of(' ') + 1);
    for (std::size_t i = 1; i < listed.size(); ++i) clauses.push_back(standard + std::string(trimmed(listed[i])));
  }
  if (clauses.empty()) clauses.push_back(tr("Good practice"));
  return clauses;
}

/// Orders clauses as a reader looks them up: the standard by name, then numbers by value, 8.2 before 10.1.
bool comes_before(const std::string& a, const std::string& b) {
  std::size_t i = 0, j = 0;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto number = [&](const std::string& text, std::size_t& at) {
    long value = 0;
    for (; at < text.size() && digit(text[at]); ++at) value = std::min(value * 10 + (text[at] - '0'), 1000000L);
    return value;
  };
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      const long left = number(a, i), right = number(b, j);
      if (left != right) return left < right;
    } else if (a[i] != b[j]) return a[i] < b[j];
    else ++i, ++j;
  }
  return a.size() - i < b.size() - j;
}
/// Tasks that stand in one row of the checklist: one, or those that one rule asks of many things.
using TaskGroup = std::vector<const Task*>;
std::vector<TaskGroup> tasks_together(const std::vector<const Task*>& tasks) {
  std::map<std::pair<std::string_view, Severity>, std::size_t> counts, places;
  const auto key = [](const Task& t) { return std::pair<std::string_view, Severity>(t.rule_id, t.severity); };
  for (const auto* task : tasks) ++counts[key(*task)];
  std::vector<TaskGroup> groups;
  for (const auto* task : tasks) {
    const bool many = !task->rule_id.empty() && counts[key(*task)] > most_told_apart;
    const auto place = many ? places.emplace(key(*task), groups.size()).first->second : groups.size();
    if (place == groups.size()) groups.emplace_back();
    groups[place].push_back(task);
  }
  return groups;
}

Text task_duty(const Section& s, const Task& task, Date today) {
  auto who = s.records.title(task.person_id);
  if (who.empty()) who = s.records.title(task.owner_role_id);
  Text due = cell(task.due_on);
  if (task.due_on && task.due_on.days < today.days) due = {Span{spoken(task.due_on), Tone::warning}};
  Text duty = who.empty() ? Text{Span{tr("nobody yet"), Tone::muted}} : plain(who);
  if (!due.empty()) {
    due.front().text.insert(0, "\n");
    duty.insert(duty.end(), due.begin(), due.end());
  }
  return duty;
}

std::vector<Text> task_row(const Section& s, const TaskGroup& group, Date today) {
  const auto& task = *group.front();
  Text words = cell(group.size() == 1 ? task.name : tr("{title}, and {count} more like it", {{"title", task.name}, {"count", group.size() - 1}}), Tone::strong);
  if (const auto why = lines_of(task.why); !why.empty()) words.push_back(Span{"\n" + why.front(), Tone::plain});
  if (const auto steps = lines_of(task.steps); !steps.empty()) words.push_back(Span{"\n" + tr("Next: {step}", {{"step", steps.front()}}), Tone::muted});
  Text duty = task_duty(s, task, today);
  if (group.size() > 1) {
    Tally tally;
    for (const auto* one : group) {
      std::vector<std::string> parts;
      for (const auto& span : task_duty(s, *one, today)) parts.emplace_back(trimmed(span.text));
      tally.add(join(parts, ", "));
    }
    if (!tally.is_one()) duty = plain(tally.spoken(4));
  }
  return {plain("☐"), std::move(words), severity_cell(task.severity), std::move(duty)};
}

}  // namespace

Text severity_cell(Severity severity) {
  switch (severity) {
    case Severity::critical: return {Span{tr("Critical"), Tone::bad}};
    case Severity::error: return {Span{tr("Error"), Tone::bad}};
    case Severity::warning: return {Span{tr("Warning"), Tone::warning}};
    case Severity::info: return plain(tr("Info"));
    case Severity::unknown: break;
  }
  return {Span{tr("not rated"), Tone::muted}};
}

void section_checklist(Section& s) {
  std::vector<const Task*> open;
  std::size_t done = 0;
  // The plan's own checklist is as old as the last check that wrote it; the sheet tells how it stands now.
  const Change sync = sync_tasks(s.plan, s.in.findings, s.in.now.date(), {}, rules_not_applied(s.plan));
  const Plan now = applied(s.plan, sync);
  std::size_t mended = 0, added = 0;
  for (const auto& task : now.tasks) {
    const auto before = s.records.find(task.id);
    added += !before;
    if (before && task.state == Task::State::cleared && static_cast<const Task*>(before.record)->state != Task::State::cleared) ++mended;
  }
  for (const auto& task : now.tasks) {
    if (!s.records.find(task.id)) continue;
    if (task.state == Task::State::done || task.state == Task::State::cleared) ++done;
    else open.push_back(&task);
  }
  std::stable_sort(open.begin(), open.end(), [](const Task* a, const Task* b) {
    return std::pair(-static_cast<int>(a->severity), a->due_on ? a->due_on.days : 1000000) < std::pair(-static_cast<int>(b->severity), b->due_on ? b->due_on.days : 1000000);
  });
  const auto today = s.in.now.date();
  const auto groups = tasks_together(open);
  TableBlock table;
  table.columns = {{"", 1}, {tr("Task"), 9}, {tr("Severity"), 3}, {tr("Who, by when"), 3}};
  if (groups.size() < open.size()) {
    TableBlock whole = table;
    whole.reader = TableBlock::Reader::machine;
    table.reader = TableBlock::Reader::person;
    for (const auto* task : open) whole.rows.push_back(task_row(s, {task}, today));
    s.out.emplace_back(std::move(whole));
    s.say(tr("{count} tasks are open. What one rule asks of more than {most} things is told once here; this report as CSV names each.", {{"count", open.size()}, {"most", most_told_apart}}), true);
  }
  for (const auto& group : groups) table.rows.push_back(task_row(s, group, today));
  s.table(std::move(table), done > 0 ? tr("Every task is done.") : tr("The checklist is empty. Run the check once: it writes down what is missing."));
  if (mended > 0)
    s.say(tr_count(static_cast<long long>(mended), "{count} task is left out: the check of {day} no longer finds what it was for.", "{count} tasks are left out: the check of {day} no longer finds what they were for.",
                   {{"day", spoken(today)}}));
  if (added > 0 && !s.plan.tasks.empty())
    s.say(tr_count(static_cast<long long>(added), "{count} newer finding of the check is not on the checklist yet.", "{count} newer findings of the check are not on the checklist yet."));
  if (done > 0 && !open.empty()) s.say(tr_count(static_cast<long long>(done), "{count} task is done.", "{count} tasks are done."));
}

void section_audit(Section& s) {
  std::vector<const Finding*> findings;
  for (const auto& finding : s.in.findings)
    if (!is_of_devices(finding) && finding.subject_kind != "device" && !asks_nothing(finding.verdict)) findings.push_back(&finding);
  if (findings.empty()) {
    s.say(tr("The check found nothing to mend on the day this was printed."));
    return;
  }
  std::vector<std::pair<std::string, std::map<Severity, int>>> clauses;
  for (const auto* finding : findings) {
    for (const auto& clause : clauses_of(*finding)) {
      auto at = std::find_if(clauses.begin(), clauses.end(), [&](const auto& entry) { return entry.first == clause; });
      if (at == clauses.end()) at = clauses.insert(clauses.end(), {clause, {}});
      ++at->second[finding->severity];
    }
  }
  std::stable_sort(clauses.begin(), clauses.end(), [](const auto& x, const auto& y) { return comes_before(x.first, y.first); });
  TableBlock summary;
  const auto elsewhere = s.in.findings.size() - findings.size();  // so that the sum is the one that the windows show
  summary.caption = elsewhere == 0 ? tr_count(static_cast<long long>(findings.size()), "{count} finding, by clause", "{count} findings, by clause")
                                   : tr_count(static_cast<long long>(elsewhere), "{shown} of {all} findings, by clause; the other one is about a device and rests on what its maker says",
                                              "{shown} of {all} findings, by clause; the other {count} are about devices and rest on what their makers say", {{"shown", findings.size()}, {"all", s.in.findings.size()}});
  summary.columns = {{tr("Clause"), 6}, {tr("Critical"), 1, true}, {tr("Error"), 1, true}, {tr("Warning"), 1, true}, {tr("Info"), 1, true}};
  for (auto& [clause, counts] : clauses) {
    std::vector<Text> row = {plain(clause)};
    for (const auto severity : {Severity::critical, Severity::error, Severity::warning, Severity::info}) row.push_back(counts[severity] ? plain(std::to_string(counts[severity])) : Text{Span{"–", Tone::muted}});
    summary.rows.push_back(std::move(row));
  }
  s.out.emplace_back(std::move(summary));
  s.say(Text{Span{tr("A finding that touches several clauses counts at each of them."), Tone::muted}});
  TableBlock table;
  table.caption = tr("The most serious first, and among equals the quickest to mend");
  table.columns = {{tr("Severity"), 3}, {tr("Finding and next step"), 10}, {tr("Takes"), 2}, {tr("Clause"), 4}};
  for (const auto* finding : findings) {
    Text text = {Span{finding->title.empty() ? finding->message : finding->title, Tone::strong}};
    if (!finding->title.empty() && !finding->message.empty()) text.push_back(Span{"\n" + finding->message, Tone::plain});
    if (!finding->steps.empty()) text.push_back(Span{"\n" + tr("Next: {step}", {{"step", finding->steps.front()}}), Tone::muted});
    table.rows.push_back({severity_cell(finding->severity), std::move(text), plain(effort_text(finding->effort)), finding->clause.empty() ? Text{Span{tr("Good practice"), Tone::muted}} : Text{Span{join(split(finding->clause, ';'), "\n"), Tone::muted}}});
  }
  s.out.emplace_back(std::move(table));
}

}  // namespace mainstay
