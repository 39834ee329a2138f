// SPDX-License-Identifier: MIT
// What to mend: devices and recalls, the checklist, audit findings.
#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
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

Text verdict_cell(Verdict verdict) {
  switch (verdict) {
    case Verdict::affected: return {Span{tr("Affected"), Tone::bad}};
    case Verdict::possible: return {Span{tr("Possibly"), Tone::warning}};
    case Verdict::unknown: return {Span{tr("Not known"), Tone::unknown}};
    case Verdict::not_affected: return {Span{tr("Not affected"), Tone::good}};
    case Verdict::ended: return {Span{tr("Ended"), Tone::muted}};
  }
  return {Span{tr("Not known"), Tone::unknown}};
}

/// Device checks and recalls are about a device, or a place with a recall's rule.
bool about_device(const Finding& finding) {
  const auto rule = lower_case(finding.rule_id);
  return finding.subject_kind == "device" || rule.find("recall") != std::string::npos || rule.find("plug") != std::string::npos || rule.find("adapter") != std::string::npos || rule.find("error53") != std::string::npos || rule.find("error-53") != std::string::npos ||
         rule.find("error_53") != std::string::npos;
}

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

void section_devices(Section& s) {
  std::size_t count = 0;
  std::vector<std::string> notes, sources;
  const auto once = [](std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
  };
  for (const auto& finding : s.in.findings) {
    if (!about_device(finding)) continue;
    ++count;
    s.heading(3, finding.title.empty() ? title_of(s.plan, finding.subject_id) : finding.title);
    Text head = verdict_cell(finding.verdict);
    if (const auto subject = title_of(s.plan, finding.subject_id); !subject.empty()) head.push_back(Span{"   " + subject, Tone::muted});
    s.say(std::move(head), true);
    s.say(finding.message, !finding.steps.empty());
    std::vector<Text> steps;
    for (const auto& step : finding.steps) steps.push_back(plain(step));
    s.list(List::Style::checkbox, std::move(steps));
    if (!finding.question_text.empty()) s.say(tr("To be answered: {question}", {{"question", finding.question_text}}));
    for (const auto& note : finding.notes) once(notes, note);
    for (const auto& source : finding.sources) once(sources, source);
  }
  if (count == 0 && s.plan.devices.empty()) s.say(tr("No devices have been listed yet, so nothing could be checked against known faults and recalls. That is not the same as nothing being wrong."));
  else if (count == 0) s.say(tr_count(static_cast<long long>(s.plan.devices.size()), "{count} entry of the device list was checked against the known faults and recalls; none of them applies.", "{count} entries of the device list were checked against the known faults and recalls; none of them applies."));
  TableBlock table;
  table.caption = tr("Device list");
  table.columns = {{tr("Device"), 4}, {tr("Model"), 4}, {tr("System"), 3}, {tr("Where or who"), 4}, {tr("Count"), 1, true}, {tr("Seen"), 3}};
  for (const auto& device : s.plan.devices) {
    std::vector<std::string> model, system, where;
    for (const auto* part : {&device.brand, &device.model, &device.model_number})
      if (!trimmed(*part).empty() && *part != none_text) model.push_back(*part);
    for (const auto* part : {&device.os_name, &device.os_version, &device.os_build})
      if (!trimmed(*part).empty() && *part != none_text) system.push_back(*part);
    for (const auto& part : {title_of(s.plan, device.site_id), title_of(s.plan, device.person_id)})
      if (!part.empty()) where.push_back(part);
    table.rows.push_back({stacked(device.name, label_of(device, "kind")), cell(join(model, " ")), cell(join(system, " ")), cell(join(where, "\n")), device.count ? plain(std::to_string(device.count.count)) : plain("1"), cell(device.seen_on)});
  }
  if (!table.rows.empty()) s.out.emplace_back(std::move(table));
  const auto bullets = [&](std::string title, const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    s.heading(3, std::move(title));
    std::vector<Text> items;
    for (const auto& line : lines) items.push_back({Span{line, Tone::muted}});
    s.list(List::Style::bullet, std::move(items));
  };
  bullets(tr("Notes, and where sources disagree"), notes);
  bullets(tr("Sources"), sources);
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
    if (!about_device(finding) && finding.verdict != Verdict::not_affected && finding.verdict != Verdict::ended) findings.push_back(&finding);
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
