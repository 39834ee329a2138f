// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


namespace mainstay {
namespace {

void without_phase(const CheckContext& c, Hits& hits, Procedure::Phase phase) {
  const bool there = std::any_of(c.plan.procedures.begin(), c.plan.procedures.end(), [&](const Procedure& p) { return p.phase == phase; });
  if (!there) hits.push_back({"", c.organisation(), {}});
}
void activation_missing(const CheckContext& c, Hits& hits) { without_phase(c, hits, Procedure::Phase::activation); }
void first_hour_missing(const CheckContext& c, Hits& hits) { without_phase(c, hits, Procedure::Phase::first_hour); }
void stand_down_missing(const CheckContext& c, Hits& hits) { without_phase(c, hits, Procedure::Phase::stand_down); }

std::map<Id, std::vector<const Step*>> steps_by_procedure(const Plan& plan) {
  std::map<Id, std::vector<const Step*>> found;
  for (const auto& step : plan.steps) found[step.procedure_id].push_back(&step);
  return found;
}

void steps_missing(const CheckContext& c, Hits& hits) {
  const auto steps = steps_by_procedure(c.plan);
  for (const auto& p : c.plan.procedures)
    if (!steps.contains(p.id)) hits.push_back({"", ref_to(p), {}});
}

void steps_without_role(const CheckContext& c, Hits& hits) {
  const auto steps = steps_by_procedure(c.plan);
  for (const auto& p : c.plan.procedures) {
    const auto found = steps.find(p.id);
    if (found == steps.end() || p.phase == Procedure::Phase::everyday) continue;
    const auto open = std::count_if(found->second.begin(), found->second.end(), [](const Step* s) { return s->role_id.empty(); });
    if (open > 0 && p.owner_role_id.empty()) hits.push_back({"", ref_to(p), {{"count", static_cast<long long>(open)}}});
  }
}

void steps_too_late(const CheckContext& c, Hits& hits) {
  const auto steps = steps_by_procedure(c.plan);
  for (const auto& p : c.plan.procedures) {
    const auto* a = c.get<Activity>("activity", p.activity_id);
    const auto found = steps.find(p.id);
    const bool restores = p.phase == Procedure::Phase::recovery || p.phase == Procedure::Phase::workaround;
    if (!a || !a->rto_minutes || !restores || found == steps.end()) continue;
    std::int64_t last = 0;
    for (const auto* s : found->second) last = std::max(last, s->within_minutes.value_or(0));
    if (last > a->rto_minutes.count) hits.push_back({"", ref_to(p), {{"time", spoken_minutes(last)}, {"rto", spoken_minutes(a->rto_minutes.count)}, {"activity", a->name}}});
  }
}

void drafts_missing(const CheckContext& c, Hits& hits) {
  using A = MessageDraft::Audience;
  std::set<A> there;
  for (const auto& d : c.plan.message_drafts)
    if (!d.text.empty()) there.insert(d.audience);
  std::vector<std::string> missing;
  const auto* field = MessageDraft::info().field("audience");
  for (const auto audience : {A::staff, A::customers, A::media})
    if (!there.contains(audience)) missing.emplace_back(field->choices[static_cast<std::size_t>(audience)].label);
  if (!missing.empty()) hits.push_back({"", c.organisation(), {{"audiences", join(missing, ", ")}}});
}

constexpr NamedAudit audits[] = {
    {"activation_missing", activation_missing},
    {"first_hour_missing", first_hour_missing},
    {"stand_down_missing", stand_down_missing},
    {"steps_missing", steps_missing},
    {"steps_without_role", steps_without_role},
    {"steps_too_late", steps_too_late},
    {"drafts_missing", drafts_missing},
};

}  // namespace

std::span<const NamedAudit> procedure_audits() { return audits; }

}  // namespace mainstay
