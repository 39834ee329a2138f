// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


namespace mainstay {
namespace {

void exercise_due(const CheckContext& c, Hits& hits) {
  const Exercise* latest = nullptr;
  for (const auto& e : c.plan.exercises)
    if (e.on && e.on.days <= c.today.days && (!latest || e.on.days > latest->on.days)) latest = &e;
  if (!latest) hits.push_back({"never", c.organisation(), {}});
  else if (c.days_since(latest->on) > 365) hits.push_back({"old", c.organisation(), {{"day", spoken(latest->on)}}});
}

void exercise_too_slow(const CheckContext& c, Hits& hits) {
  for (const auto& e : c.plan.exercises) {
    const auto* a = c.get<Activity>("activity", e.activity_id);
    if (!a) continue;
    const Args args{{"activity", a->name}, {"achieved", spoken_minutes(e.achieved_minutes.value_or(0))}, {"rto", spoken_minutes(a->rto_minutes.value_or(0))},
                    {"lost", spoken_minutes(e.achieved_point_minutes.value_or(0))}, {"rpo", spoken_minutes(a->rpo_minutes.value_or(0))}};
    if (e.achieved_minutes && a->rto_minutes && e.achieved_minutes.count > a->rto_minutes.count) hits.push_back({"rto", ref_to(e), args});
    else if (e.achieved_point_minutes && a->rpo_minutes && e.achieved_point_minutes.count > a->rpo_minutes.count) hits.push_back({"rpo", ref_to(e), args});
    else if (e.on && e.on.days <= c.today.days && e.achieved_minutes.is_unknown()) hits.push_back({"unknown", ref_to(e), args});
  }
}

void tasks_overdue(const CheckContext& c, Hits& hits) {
  std::size_t late = 0;
  for (const auto& t : c.plan.tasks) {
    const bool open = t.state == Task::State::open || t.state == Task::State::unknown;
    // The task that this very rule made is no further overdue task.
    if (open && t.due_on && t.due_on.days < c.today.days && t.rule_id != "audit.tasks-overdue") ++late;
  }
  if (late > 0) hits.push_back({"", c.organisation(), {{"count", late}}, true});
}

void scenario_families(const CheckContext& c, Hits& hits) {
  std::set<Scenario::Family> played;
  for (const auto& e : c.plan.exercises) {
    if (c.days_since(e.on) > 3 * 365) continue;
    if (const auto* s = c.get<Scenario>("scenario", e.scenario_id)) played.insert(s->family);
  }
  played.erase(Scenario::Family::unknown);
  if (played.size() < 3) hits.push_back({"", c.organisation(), {{"count", played.size()}}});
}

void incident_review(const CheckContext& c, Hits& hits) {
  for (const auto& i : c.plan.incidents) {
    if (i.is_exercise == Answer::yes || !i.ended_at) continue;
    const Date end = i.ended_at.date();
    const bool reviewed = std::any_of(c.plan.reviews.begin(), c.plan.reviews.end(), [&](const Review& r) { return r.kind == Review::Kind::post_incident && r.on && r.on.days >= end.days; });
    if (!reviewed) hits.push_back({c.days_since(end) > 30 ? "late" : "due", ref_to(i), {{"day", spoken(end)}}});
  }
}

void reviews_due(const CheckContext& c, Hits& hits) {
  std::vector<std::string> missing;
  const auto* field = Review::info().field("kind");
  for (const auto kind : {Review::Kind::management_review, Review::Kind::internal_audit}) {
    const bool recent = std::any_of(c.plan.reviews.begin(), c.plan.reviews.end(), [&](const Review& r) { return r.kind == kind && r.on && c.days_since(r.on) <= 365; });
    if (!recent) missing.emplace_back(field->choices[static_cast<std::size_t>(kind)].label);
  }
  if (!missing.empty()) hits.push_back({"", c.organisation(), {{"reviews", join(missing, ", ")}}});
}

constexpr NamedAudit audits[] = {
    {"exercise_due", exercise_due},
    {"exercise_too_slow", exercise_too_slow},
    {"tasks_overdue", tasks_overdue},
    {"scenario_families", scenario_families},
    {"incident_review", incident_review},
    {"reviews_due", reviews_due},
};

}  // namespace

std::span<const NamedAudit> exercise_audits() { return audits; }

}  // namespace mainstay
