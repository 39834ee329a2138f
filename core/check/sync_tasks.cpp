// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "core/base/codec.h"
#include "core/base/text.h"
#include "core/check/check.h"
#include "core/check/facts.h"

namespace mainstay {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

std::string digest(std::string_view text) { return sha256_hex(text).substr(0, 10); }

/// The same in every copy of a plan, so that two copies which sync apart make one task and not two.
Id task_id(const Finding& f) { return Id{"task-" + sha256_hex(f.rule_id + "\n" + f.subject_id.text).substr(0, 20)}; }

/// What the machine wrote last time, kept behind the match hash: a field that holds anything else was changed by a person and is theirs.
class Written {
 public:
  explicit Written(const std::string& text) {
    const auto parts = split(text, ';');
    for (const auto& part : parts) {
      const auto equals = part.find('=');
      if (equals != std::string::npos) marks_[part.substr(0, equals)] = part.substr(equals + 1);
    }
    if (!parts.empty() && parts.front().find('=') == std::string::npos) match_ = parts.front();
  }
  const std::string& match() const { return match_; }
  std::string mark(const std::string& key) const {
    const auto found = marks_.find(key);
    return found == marks_.end() ? std::string() : found->second;
  }
  bool owns(const std::string& key, const std::string& now) const { return mark(key) == digest(now); }
  void set(const std::string& key, const std::string& mark) { marks_[key] = mark; }
  void set_match(const std::string& match) { match_ = match; }
  std::string text() const {
    std::string out = match_;
    for (const auto& [key, mark] : marks_) out += ";" + key + "=" + mark;
    return out;
  }

 private:
  std::string match_;
  std::map<std::string, std::string> marks_;
};

bool is_moving(const Finding& f) {
  return std::any_of(f.args.begin(), f.args.end(), [](const Arg& a) { return a.name == "moving"; });
}

/// What makes a task's texts worth writing again; a sentence that only names an age does not.
std::string sense_of(const Finding& f) {
  std::string endangered;
  for (const auto& id : f.endangers) endangered += "\n" + id.text;
  return digest(std::string(severity_name(f.severity)) + "\n" + std::string(verdict_name(f.verdict)) + "\n" + f.title + "\n" + (is_moving(f) ? std::string() : f.message) + "\n" +
                join(f.steps, "\n") + "\n" + std::to_string(f.rule_revision) + endangered);
}

std::string why_of(const Plan& plan, const Finding& f, const std::string& again) {
  std::string why = f.message;
  if (!again.empty()) why += "\n" + again;
  if (!f.hazard.empty()) why += "\n" + tr("Hazard: {hazard}", {{"hazard", f.hazard}});
  std::vector<std::string> names;
  for (const auto& id : f.endangers) names.push_back(tr("“{name}”", {{"name", title_of(plan, id)}}));
  if (!names.empty()) why += "\n" + tr("Needed by: {activities}", {{"activities", join(names, ", ")}});
  if (!f.question_text.empty()) why += "\n" + f.question_text;
  for (const auto& note : f.notes) why += "\n" + note;
  return why;
}

/// `again`: a sentence that says why the task is open once more.
Values texts_of(const Plan& plan, const Finding& f, const std::string& again = {}) {
  return {{"name", f.title}, {"severity", std::string(severity_name(f.severity))}, {"why", why_of(plan, f, again)}, {"steps", join(f.steps, "\n")}, {"owner_role_id", f.owner_role_id.text}};
}

/// A text that a field gives back as it was set, so that the marks compare what is stored.
std::string stored(std::string_view field, const std::string& text) {
  Task scratch;
  const auto* info = Task::info().field(field);
  info->set_text(&scratch, text);
  return info->text(&scratch);
}

Change new_task(const Plan& plan, const Finding& f, const Id& id, Date today) {
  Values values{{"state", "open"}};
  Written written(f.match_hash);
  for (const auto& [key, text] : texts_of(plan, f)) {
    values.emplace_back(key, text);
    written.set(key, digest(stored(key, text)));
  }
  const auto due = to_text(today.plus_days(f.due_days));
  written.set("due_on", digest(due));
  written.set("days", std::to_string(f.due_days));
  written.set("sense", sense_of(f));
  written.set("facts", facts_text(f));
  values.emplace_back("due_on", due);
  values.emplace_back("rule_id", f.rule_id);
  values.emplace_back("subject_id", f.subject_id.text);
  values.emplace_back("rule_revision", std::to_string(f.rule_revision));
  values.emplace_back("match_hash", written.text());
  values.emplace_back("created_on", to_text(today));
  return add_record("task", id, values);
}

/// True where the rule gives more days than it gave for what it said before; a new sentence alone puts nothing off.
bool gives_more_time(const Task& task, const Written& written, const Finding& f) {
  if (const auto days = written.mark("days"); !days.empty()) return f.due_days > std::atoi(days.c_str());
  const auto severity = RecordRef{table_of("task"), &task, task.id}.text("severity");
  return written.owns("severity", severity) && severity_from(severity) > f.severity;  // a task that was written before the days were kept
}

/// Of a task that was ticked off: why it is open again.
enum class Again : std::uint8_t { no, worse, gone, other_rule };

Again opened_by(const Task& task, const Finding& f) {
  const Written written(task.match_hash);
  if (task.cleared_on) return Again::gone;  // a tick answers the gap that was there, not the one that came since
  if (task.rule_revision != Number(f.rule_revision) && written.match() != f.match_hash) return Again::other_rule;
  return got_worse(written.mark("facts"), f) ? Again::worse : Again::no;
}

std::string sentence_about(Again again, const Task& task, Date today) {
  const Args args{{"day", spoken(today)}, {"before", shortened(task.why.substr(0, task.why.find('\n')), 400)}};
  switch (again) {
    case Again::worse: return tr("Open again since {day}: after it was ticked off, what it rests on got worse. It said then: “{before}”", args);
    case Again::gone: return tr("Open again since {day}: after it was ticked off, it had gone, and now it is back.", args);
    case Again::other_rule: return tr("Open again since {day}: after it was ticked off, its rule was changed and asks for something else.", args);
    case Again::no: break;
  }
  return {};
}

Change renewed(const Plan& plan, const Task& task, const Finding& f, Date today) {
  const RecordRef ref{table_of("task"), &task, task.id};
  Written written(task.match_hash);
  Values values;
  const bool ticked = task.state == Task::State::done;
  const auto again = ticked ? opened_by(task, f) : Again::no;
  const bool stays_ticked = ticked && again == Again::no;
  const bool comes_back = task.state == Task::State::cleared || again != Again::no;
  if (comes_back) {
    values.emplace_back("state", "open");
    values.emplace_back("cleared_on", "");
    values.emplace_back("done_on", "");
  }
  const auto sense = sense_of(f), facts = facts_text(f);
  const bool same = written.mark("sense") == sense && !comes_back;
  if (same && written.mark("facts") == facts && written.match() == f.match_hash && task.rule_revision == Number(f.rule_revision)) return {};
  const bool more_time = gives_more_time(task, written, f);
  const auto write = [&](const std::string& key, const std::string& text) {
    if (!written.owns(key, ref.text(key))) return;
    values.emplace_back(key, text);
    written.set(key, digest(stored(key, text)));
  };
  if (!same)
    for (const auto& [key, text] : texts_of(plan, f, sentence_about(again, task, today))) write(key, text);
  const auto due = today.plus_days(f.due_days);
  if (comes_back || (!same && !stays_ticked && (!task.due_on || due.days < task.due_on.days || more_time))) write("due_on", to_text(due));
  if (!same) written.set("days", std::to_string(f.due_days));
  written.set("sense", sense);
  written.set("facts", facts);
  written.set_match(f.match_hash);
  values.emplace_back("rule_revision", std::to_string(f.rule_revision));
  values.emplace_back("match_hash", written.text());
  return set_fields(plan, ref, values);
}

/// Says once in the task that its rule was not applied; with the rule's return its own words come back.
Change left_alone(const Plan& plan, const Task& task) {
  static constexpr std::string_view sense = "not-applied";
  Written written(task.match_hash);
  if (task.state == Task::State::done || written.mark("sense") == sense) return {};
  Values values;
  if (written.owns("why", task.why)) {
    const auto why = task.why + "\n" + tr("The rule behind this task ({rule}) could not be applied: its pack is broken or gone. Whether this still holds is not known, so the task stays.", {{"rule", task.rule_id}});
    values.emplace_back("why", why);
    written.set("why", digest(stored("why", why)));
  }
  written.set("sense", std::string(sense));
  values.emplace_back("match_hash", written.text());
  return set_fields(plan, {table_of("task"), &task, task.id}, values);
}

}  // namespace

bool opens_again(const Task& task, const Finding& finding) { return task.state == Task::State::done && opened_by(task, finding) != Again::no; }

Change sync_tasks(const Plan& plan, const std::vector<Finding>& findings, Date today, std::string_view rule_id, const std::set<std::string>& not_applied, const Id& subject_id) {
  Change change;
  const auto concerned = [&](const std::string& rule, const Id& subject) { return (rule_id.empty() || rule == rule_id) && (subject_id.empty() || subject == subject_id); };
  std::map<std::pair<std::string, std::string>, const Task*> tasks;
  std::set<std::string> task_ids;
  for (const auto& task : plan.tasks) {
    task_ids.insert(task.id.text);
    if (!task.rule_id.empty()) tasks.emplace(std::make_pair(task.rule_id, task.subject_id.text), &task);
  }
  std::set<std::pair<std::string, std::string>> present_now;
  for (const auto& f : findings) {
    const auto key = std::make_pair(f.rule_id, f.subject_id.text);
    if (!concerned(f.rule_id, f.subject_id)) continue;
    if (!present_now.insert(key).second) continue;
    const auto known = tasks.find(key);
    if (known != tasks.end()) {
      append(change, renewed(plan, *known->second, f, today));
      continue;
    }
    auto id = task_id(f);
    while (!task_ids.insert(id.text).second) id.text += "-2";
    append(change, new_task(plan, f, id, today));
  }
  for (const auto& task : plan.tasks) {
    if (task.rule_id.empty() || !concerned(task.rule_id, task.subject_id) || task.state == Task::State::cleared || task.cleared_on || present_now.contains({task.rule_id, task.subject_id.text})) continue;
    if (not_applied.contains(task.rule_id)) {
      append(change, left_alone(plan, task));
      continue;
    }
    Values values{{"cleared_on", to_text(today)}};
    if (task.state != Task::State::done) values.emplace_back("state", "cleared");
    append(change, set_fields(plan, {table_of("task"), &task, task.id}, values));
  }
  change.cause = Cause::machine;
  change.note = tr("Bring the checklist up to date with the findings");
  return change;
}

}  // namespace mainstay
