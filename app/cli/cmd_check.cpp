// SPDX-License-Identifier: MIT
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/model/record_index.h"

namespace mainstay::cli {
namespace {

void print_finding(const RecordIndex& records, const Finding& finding) {
  const auto subject = records.title(finding.subject_id);
  print(tr("{severity}: {message}", {{"severity", upper_case(severity_name(finding.severity))}, {"message", finding.message}}));
  print(tr("    {rule}{subject}{clause}", {{"rule", finding.rule_id}, {"subject", subject.empty() ? "" : " · " + subject}, {"clause", finding.clause.empty() ? "" : " · " + finding.clause}}));
  if (!finding.question_text.empty()) print("    ? " + finding.question_text);
  if (!finding.hazard.empty()) print("    " + tr("Hazard: {hazard}", {{"hazard", finding.hazard}}));
  std::vector<std::string> needed;
  for (const auto& id : finding.endangers) needed.push_back(tr("“{name}”", {{"name", records.title(id)}}));
  if (!needed.empty()) print("    " + tr("Needed by: {activities}", {{"activities", join(needed, ", ")}}));
  for (const auto& step : finding.steps) print("    - " + step);
}

}  // namespace

int run_check(const Invocation& in) {
  const auto least = severity_from(in.get("--min", "info"));
  const auto document = in.open();
  int synced = 0;
  if (in.has("--sync")) synced = document->sync_checklist();
  std::vector<Finding> shown;
  for (const auto& finding : document->findings(in.get("--pack")))
    if (finding.severity >= least) shown.push_back(finding);
  if (in.json()) {
    Json list = Json::array();
    for (const auto& finding : shown) list.push_back(json_of(finding));
    print(list);
  } else {
    const RecordIndex records(document->plan());
    for (const auto& finding : shown) print_finding(records, finding);
    print(tr_count(static_cast<long long>(shown.size()), "{count} finding.", "{count} findings."));
    if (in.has("--sync")) print(tr_count(synced, "{count} task of the checklist changed.", "{count} tasks of the checklist changed."));
  }
  return shown.empty() ? Exit::fine : Exit::found;
}

namespace {

int list_tasks(const Document& document, bool all, bool json) {
  Json list = Json::array();
  std::vector<std::vector<std::string>> rows;
  const auto& plan = document.plan();
  const RecordIndex records(plan);
  std::vector<const Task*> tasks;
  for (const auto& task : plan.tasks)
    if (all || task.state == Task::State::open || task.state == Task::State::unknown) tasks.push_back(&task);
  std::stable_sort(tasks.begin(), tasks.end(), [](const Task* a, const Task* b) { return a->severity > b->severity; });
  for (const auto* task : tasks) {
    const RecordRef ref{table_of("task"), task, task->id};
    if (json) { list.push_back(json_of(plan, ref)); continue; }
    const auto who = records.title(!task->person_id.empty() ? task->person_id : task->owner_role_id);
    rows.push_back({task->state == Task::State::done ? "[x]" : task->state == Task::State::cleared ? "[-]" : "[ ]", std::string(severity_name(task->severity)),
                    to_text(task->due_on), task->id.text, task->name, who});
  }
  if (json) print(list);
  else if (rows.empty()) print(tr("The checklist has no open task. “mainstay-cli check FILE --sync” fills it from the findings."));
  else print_table(rows);
  return Exit::fine;
}

}  // namespace

int run_task(const Invocation& in) {
  const auto action = in.get("ACTION");
  if (action != "list" && action != "done" && action != "reopen" && action != "assign" && action != "note")
    throw Error(ErrorCode::usage, tr("task takes list, done, reopen, assign or note, not “{action}”.", {{"action", action}}));
  const auto document = in.open();
  if (action == "list") return list_tasks(*document, in.has("--all"), in.json());
  if (!in.has("ID")) throw Error(ErrorCode::usage, tr("Say which task: an id, a unique name or a prefix."));
  const auto& plan = document->plan();
  const auto ref = resolve_record(plan, "task", in.get("ID"));
  Values values;
  if (action == "done") values = {{"state", "done"}, {"done_on", to_text(document->today())}};
  if (action == "reopen") values = {{"state", "open"}, {"done_on", ""}, {"cleared_on", ""}};
  if (action == "assign") {
    if (!in.has("TO")) throw Error(ErrorCode::usage, tr("Say whom the task is for."));
    values = {{"person_id", resolve_record(plan, "person", in.get("TO")).id.text}};
  }
  if (action == "note") {
    if (!in.has("TO")) throw Error(ErrorCode::usage, tr("Say what to note; an empty text (\"\") takes a note away."));
    values = {{"note", in.get("TO")}};
  }
  document->apply(set_fields(plan, ref, values));
  return Exit::fine;
}

}  // namespace mainstay::cli
