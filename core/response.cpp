// SPDX-License-Identifier: MIT
#include "core/response.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

const Incident& incident_named(const Plan& plan, const Id& id) {
  const auto* incident = find_in(plan.incidents, id);
  if (!incident) throw Error(ErrorCode::not_found, tr("There is no incident “{id}”.", {{"id", id.text}}));
  return *incident;
}

/// "Coordinator: Mia Chen, else Tom Wu" for a role.
std::string who_of(const Plan& plan, const Id& role_id) {
  const auto* role = find_in(plan.roles, role_id);
  if (!role) return {};
  const auto holder = title_of(plan, role->holder_id), alternate = title_of(plan, role->alternate_id);
  if (holder.empty()) return role->name;
  return alternate.empty() ? tr("{role}: {holder}", {{"role", role->name}, {"holder", holder}})
                           : tr("{role}: {holder}, else {alternate}", {{"role", role->name}, {"holder", holder}, {"alternate", alternate}});
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

Change activation_change(const Plan&, const Activation& a) {
  const auto id = new_id("incident");
  const auto now = to_text(a.now);
  const auto name = a.what.empty() ? tr("Incident of {day}", {{"day", spoken(a.now.date())}}) : clean_utf8(a.what);
  auto change = add_record("incident", id, {{"name", name}, {"state", "active"}, {"started_at", now}, {"activated_at", now}, {"declared_by_id", a.declared_by.text},
                                            {"is_exercise", a.exercise ? "yes" : "no"}, {"plan_hash", a.content_hash}});
  append(change, log_change(id, LogEntry::Kind::decision, a.exercise ? tr("Exercise: plan activated: {what}", {{"what", name}}) : tr("Plan activated: {what}", {{"what", name}}), a.author, a.now, a.now));
  change.note = tr("Activate the plan: {what}", {{"what", name}});
  return change;
}

Change step_done_change(const Plan& plan, const Id& incident, const Id& step_id, const std::string& author, Instant now) {
  const auto* step = find_in(plan.steps, step_id);
  if (!step) throw Error(ErrorCode::not_found, tr("There is no step “{id}”.", {{"id", step_id.text}}));
  return log_change(incident, LogEntry::Kind::step_done, tr("Done: {action}", {{"action", step->action}}), author, now, now, step_id);
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
  std::set<Id> done;
  for (const auto& entry : plan.log_entries)
    if (entry.incident_id == id && entry.kind == LogEntry::Kind::step_done) done.insert(entry.subject_id);
  for (const auto phase : {Procedure::Phase::first_hour, Procedure::Phase::activation})
    for (const auto& procedure : plan.procedures) {
      if (procedure.phase != phase) continue;
      std::vector<const Step*> steps;
      for (const auto& step : plan.steps)
        if (step.procedure_id == procedure.id && !done.contains(step.id)) steps.push_back(&step);
      std::stable_sort(steps.begin(), steps.end(), [](const Step* a, const Step* b) { return a->position.value_or(1 << 20) < b->position.value_or(1 << 20); });
      for (const auto* step : steps) briefing.next_steps.push_back({step->id, step->action, who_of(plan, step->role_id), step->within_minutes, false});
    }
  const auto start = briefing.incident.started_at ? briefing.incident.started_at : briefing.incident.activated_at;
  for (const auto& activity : plan.activities)
    if (activity.rto_minutes && start)
      briefing.clocks.push_back({activity.id, activity.rto_minutes.count, activity.rto_minutes.count - minutes_between(start, now), start.plus_minutes(activity.rto_minutes.count)});
  std::stable_sort(briefing.clocks.begin(), briefing.clocks.end(), [](const auto& a, const auto& b) { return a.minutes_left < b.minutes_left; });
  return briefing;
}

}  // namespace mainstay
