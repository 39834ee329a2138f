// SPDX-License-Identifier: MIT
// What to mend: the checklist and audit findings.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/report/section.h"

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

/// "ISO 22301 8.2.2" from "ISO 22301 8.2.2; NIST SP 800-34 3.2".
std::string first_clause(const Finding& finding) {
  const auto parts = split(finding.clause, ';');
  return parts.empty() ? tr("Good practice") : parts.front();
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
  for (const auto& task : s.plan.tasks) {
    if (task.state == Task::State::done || task.state == Task::State::cleared) ++done;
    else open.push_back(&task);
  }
  std::stable_sort(open.begin(), open.end(), [](const Task* a, const Task* b) {
    return std::pair(-static_cast<int>(a->severity), a->due_on ? a->due_on.days : 1000000) < std::pair(-static_cast<int>(b->severity), b->due_on ? b->due_on.days : 1000000);
  });
  const auto today = s.in.now.date();
  TableBlock table;
  table.columns = {{"", 1}, {tr("Task"), 9}, {tr("Severity"), 3}, {tr("Who, by when"), 3}};
  for (const auto* task : open) {
    auto who = title_of(s.plan, task->person_id);
    if (who.empty()) who = title_of(s.plan, task->owner_role_id);
    Text due = cell(task->due_on);
    if (task->due_on && task->due_on.days < today.days) due = {Span{spoken(task->due_on), Tone::warning}};
    Text words = cell(task->name, Tone::strong);
    if (const auto why = lines_of(task->why); !why.empty()) words.push_back(Span{"\n" + why.front(), Tone::plain});
    if (const auto steps = lines_of(task->steps); !steps.empty()) words.push_back(Span{"\n" + tr("Next: {step}", {{"step", steps.front()}}), Tone::muted});
    Text duty = who.empty() ? Text{Span{tr("nobody yet"), Tone::muted}} : plain(who);
    if (!due.empty()) {
      due.front().text.insert(0, "\n");
      duty.insert(duty.end(), due.begin(), due.end());
    }
    table.rows.push_back({plain("☐"), std::move(words), severity_cell(task->severity), std::move(duty)});
  }
  s.table(std::move(table), done > 0 ? tr("Every task is done.") : tr("The checklist is empty. Run the check once: it writes down what is missing."));
  if (done > 0 && !open.empty()) s.say(tr_count(static_cast<long long>(done), "{count} task is done.", "{count} tasks are done."));
}

void section_audit(Section& s) {
  std::vector<const Finding*> findings;
  for (const auto& finding : s.in.findings)
    if (!is_of_devices(finding) && finding.subject_kind != "device" && finding.verdict != Verdict::not_affected && finding.verdict != Verdict::ended) findings.push_back(&finding);
  if (findings.empty()) {
    s.say(tr("The check found nothing to mend on the day this was printed."));
    return;
  }
  std::vector<std::pair<std::string, std::map<Severity, int>>> clauses;
  for (const auto* finding : findings) {
    const auto clause = first_clause(*finding);
    auto at = std::find_if(clauses.begin(), clauses.end(), [&](const auto& entry) { return entry.first == clause; });
    if (at == clauses.end()) at = clauses.insert(clauses.end(), {clause, {}});
    ++at->second[finding->severity];
  }
  TableBlock summary;
  summary.caption = tr_count(static_cast<long long>(findings.size()), "{count} finding, by clause", "{count} findings, by clause");
  summary.columns = {{tr("Clause"), 6}, {tr("Critical"), 1, true}, {tr("Error"), 1, true}, {tr("Warning"), 1, true}, {tr("Info"), 1, true}};
  std::vector<std::size_t> order;
  for (auto& [clause, counts] : clauses) {
    std::vector<Text> row = {plain(clause)};
    for (const auto severity : {Severity::critical, Severity::error, Severity::warning, Severity::info}) row.push_back(counts[severity] ? plain(std::to_string(counts[severity])) : Text{Span{"–", Tone::muted}});
    summary.rows.push_back(std::move(row));
  }
  s.out.emplace_back(std::move(summary));
  TableBlock table;
  table.caption = tr("In the order of the cheapest fix");
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
