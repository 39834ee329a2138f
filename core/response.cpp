// SPDX-License-Identifier: MIT
#include "core/response.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/model/who.h"

namespace mainstay {
namespace {

const Incident& incident_named(const Plan& plan, const Id& id) {
  const auto* incident = find_in(plan.incidents, id);
  if (!incident) throw Error(ErrorCode::not_found, tr("There is no incident “{id}”.", {{"id", id.text}}));
  return *incident;
}

/// "Coordinator: Mia Chen, +61 …, else Tom Wu, … · Call Water supplier … · within 5 min".
std::string who_of(const Plan& plan, const Step& step) {
  std::vector<std::string> parts;
  if (const auto* role = find_in(plan.roles, step.role_id)) {
    const Args args{{"role", role->name}, {"holder", reached(plan, role->holder_id)}, {"alternate", reached(plan, role->alternate_id)}};
    const bool holder = !role->holder_id.empty(), alternate = !role->alternate_id.empty();
    parts.push_back(holder && alternate ? tr("{role}: {holder}, else {alternate}", args) : holder ? tr("{role}: {holder}", args) : alternate ? tr("{role}: {alternate}", args) : role->name);
  }
  if (const auto contact = contact_line(plan, step.contact_id); !contact.empty()) parts.push_back(tr("Call {contact}", {{"contact", contact}}));
  if (step.within_minutes) parts.push_back(tr("within {time}", {{"time", spoken_minutes(step.within_minutes.count)}}));
  return join(parts, " · ");
}

/// The steps of the procedures of one phase, in order.
std::vector<const Step*> steps_of_phase(const Plan& plan, Procedure::Phase phase) {
  std::vector<const Step*> all;
  for (const auto& procedure : plan.procedures)
    if (procedure.phase == phase)
      for (const auto* step : steps_of(plan, procedure.id)) all.push_back(step);
  return all;
}

}  // namespace

std::optional<Incident> running_incident(const Plan& plan) {
  for (auto i = plan.incidents.rbegin(); i != plan.incidents.rend(); ++i)
    if (i->state == Incident::State::active) return *i;
  return {};
}

Change log_change(const Id& incident, LogEntry::Kind kind, const std::string& text, const std::string& author, Instant happened, Instant written, const Id& subject) {
  LogEntry entry;
  entry.kind = kind;
  auto change = add_record("log_entry", new_id("log_entry"),
                           {{"incident_id", incident.text}, {"happened_at", to_text(happened)}, {"written_at", to_text(written)},
                            {"kind", LogEntry::info().field("kind")->text(&entry)}, {"text", clean_utf8(text)}, {"author", author}, {"subject_id", subject.text}});
  change.note = tr("Incident log: {text}", {{"text", shortened(clean_utf8(text), 60)}});
  return change;
}

Change activation_change(const Plan& plan, const Activation& a) {
  const auto id = new_id("incident");
  const auto now = to_text(a.now);
  const auto name = a.what.empty() ? tr("Incident of {day}", {{"day", spoken(a.now.date())}}) : clean_utf8(a.what);
  const Args said{{"who", a.declared_by.empty() ? a.author : title_of(plan, a.declared_by)}, {"what", name}};
  auto change = add_record("incident", id, {{"name", name}, {"state", "active"}, {"started_at", now}, {"activated_at", now}, {"declared_by_id", a.declared_by.text},
                                            {"is_exercise", a.exercise ? "yes" : "no"}, {"plan_hash", a.content_hash}});
  append(change, log_change(id, LogEntry::Kind::decision, a.exercise ? tr("Exercise: plan activated by {who}: {what}", said) : tr("Plan activated by {who}: {what}", said), a.author, a.now, a.now));
  change.note = tr("Activate the plan: {what}", {{"what", name}});
  return change;
}

Change step_done_change(const Plan& plan, const Id& incident, const Id& step_id, const std::string& author, Instant now) {
  const auto* step = find_in(plan.steps, step_id);
  if (!step) throw Error(ErrorCode::not_found, tr("There is no step “{id}”.", {{"id", step_id.text}}));
  return log_change(incident, LogEntry::Kind::step_done, tr("Done: {action}", {{"action", step->action}}), author, now, now, step_id);
}

Change step_set_aside_change(const Plan& plan, const Id& incident, const Id& step_id, const std::string& author, Instant now) {
  const auto* step = find_in(plan.steps, step_id);
  if (!step) throw Error(ErrorCode::not_found, tr("There is no step “{id}”.", {{"id", step_id.text}}));
  return log_change(incident, LogEntry::Kind::decision, tr("Does not apply: {action}", {{"action", step->action}}), author, now, now, step_id);
}

Change stand_down_change(const Plan& plan, const Id& id, const std::string& author, Instant now) {
  const auto& incident = incident_named(plan, id);
  auto change = set_fields(plan, {table_of("incident"), &incident, id}, {{"state", "stood_down"}, {"ended_at", to_text(now)}});
  append(change, log_change(id, LogEntry::Kind::decision, tr("Stood down."), author, now, now));
  change.note = tr("Stand down: {what}", {{"what", incident.name}});
  return change;
}

Briefing incident_briefing(const Plan& plan, const Id& id, Instant now) {
  Briefing briefing;
  briefing.incident = incident_named(plan, id);
  std::set<Id> done, aside;
  for (const auto& entry : plan.log_entries) {
    if (entry.incident_id != id) continue;
    if (entry.kind == LogEntry::Kind::step_done) done.insert(entry.subject_id);
    if (entry.kind == LogEntry::Kind::decision) aside.insert(entry.subject_id);  // a decision about a step sets it aside
  }
  for (const auto phase : {Procedure::Phase::activation, Procedure::Phase::first_hour, Procedure::Phase::recovery, Procedure::Phase::stand_down})
    for (const auto* step : steps_of_phase(plan, phase)) {
      ++briefing.all_steps;
      if (!done.contains(step->id) && !aside.contains(step->id)) briefing.next_steps.push_back({step->id, step->action, who_of(plan, *step)});
    }
  if (!briefing.next_steps.empty()) {
    const auto& now_in = find_in(plan.steps, briefing.next_steps.front().step_id)->procedure_id;
    auto& progress = briefing.progress.emplace();
    if (const auto* procedure = find_in(plan.procedures, now_in)) {
      progress.procedure = procedure->name;
      progress.starts_when = procedure->criteria;
    }
    for (const auto& step : plan.steps)
      if (step.procedure_id == now_in && (done.contains(step.id) || !aside.contains(step.id))) {
        ++progress.all;
        progress.done += done.contains(step.id);
      }
  }
  const auto start = briefing.incident.started_at ? briefing.incident.started_at : briefing.incident.activated_at;
  for (const auto& activity : plan.activities)
    if (activity.rto_minutes && start)
      briefing.clocks.push_back({activity.id, activity.rto_minutes.count, activity.rto_minutes.count - minutes_between(start, now), start.plus_minutes(activity.rto_minutes.count)});
  std::stable_sort(briefing.clocks.begin(), briefing.clocks.end(), [](const auto& a, const auto& b) { return a.minutes_left < b.minutes_left; });
  return briefing;
}

}  // namespace mainstay
