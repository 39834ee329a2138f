// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


namespace mainstay {
namespace {

constexpr std::int64_t high_rating = 10;  // of 25; ours, for a consultant to set

void activity_without_risk(const CheckContext& c, Hits& hits) {
  std::set<Id> hit;
  for (const auto& link : c.plan.links)
    if (link.kind == Link::Kind::threatens) hit.insert(link.to_id);
  for (const auto& a : c.plan.activities) {
    const auto& needs = c.needs(a.id);
    const bool threatened = hit.contains(a.id) || std::any_of(needs.begin(), needs.end(), [&](int node) { return hit.contains(c.graph.id(node)); });
    if (!threatened) hits.push_back({"", ref_to(a), {}});
  }
}

void high_risk(const CheckContext& c, Hits& hits) {
  for (const auto& r : c.plan.risks) {
    if (!r.likelihood || !r.consequence) { hits.push_back({"unrated", ref_to(r), {}}); continue; }
    const auto rating = r.likelihood.count * r.consequence.count;
    const Args args{{"rating", static_cast<long long>(rating)}};
    if (rating < high_rating) continue;
    if (r.treatment.empty()) hits.push_back({"untreated", ref_to(r), args});
    else if (r.owner_role_id.empty() || !r.treat_by) hits.push_back({"unowned", ref_to(r), args});
  }
}

void residual_above(const CheckContext& c, Hits& hits) {
  for (const auto& r : c.plan.risks) {
    if (!r.likelihood || !r.consequence || !r.residual_likelihood || !r.residual_consequence) continue;
    const auto now = r.likelihood.count * r.consequence.count, then = r.residual_likelihood.count * r.residual_consequence.count;
    const Args args{{"now", static_cast<long long>(now)}, {"then", static_cast<long long>(then)}};
    if (then > now) hits.push_back({"above", ref_to(r), args});
    else if (then < now && (r.treatment.empty() || r.treatment == none_text)) hits.push_back({"unexplained", ref_to(r), args});
  }
}

std::string missing_areas(const CheckContext& c, std::initializer_list<Strategy::Area> wanted) {
  std::set<Strategy::Area> there;
  for (const auto& s : c.plan.strategies) there.insert(s.area);
  std::vector<std::string> missing;
  for (const auto area : wanted)
    if (!there.contains(area)) missing.emplace_back(strategy_area_choices[static_cast<std::size_t>(area)].label);
  return join(missing, ", ");
}

void loss_strategies(const CheckContext& c, Hits& hits) {
  using A = Strategy::Area;
  if (auto missing = missing_areas(c, {A::premises, A::people, A::it_data, A::supplier, A::power_telecom}); !missing.empty()) hits.push_back({"", c.organisation(), {{"areas", missing}}});
}

void solution_areas_asked(const CheckContext& c, Hits& hits) {
  using A = Strategy::Area;
  if (auto missing = missing_areas(c, {A::documentation, A::backup, A::mail, A::telephony, A::remote_access}); !missing.empty()) hits.push_back({"", c.organisation(), {{"areas", missing}}});
}

void strategy_state(const CheckContext& c, Hits& hits) {
  for (const auto& s : c.plan.strategies) {
    auto next = s.next_action.empty() || s.next_action == none_text ? tr("decide what would close the gap") : s.next_action;
    if (next.ends_with('.')) next.pop_back();  // the sentence around it brings its own
    const Args args{{"next", next}, {"area", strategy_area_choices[static_cast<std::size_t>(s.area)].label}};
    if (s.state == Strategy::State::unknown) hits.push_back({"unknown", ref_to(s), args});
    else if (s.state == Strategy::State::no) hits.push_back({"no", ref_to(s), args});
    else if (s.state == Strategy::State::partly) hits.push_back({"partly", ref_to(s), args});
  }
}

void strategy_too_late(const CheckContext& c, Hits& hits) {
  const Activity* tightest = nullptr;
  for (const auto& a : c.plan.activities)
    if (a.rto_minutes && (!tightest || a.rto_minutes.count < tightest->rto_minutes.count)) tightest = &a;
  if (!tightest) return;
  for (const auto& s : c.plan.strategies)
    if (s.expected_minutes && s.expected_minutes.count > tightest->rto_minutes.count)
      hits.push_back({"", ref_to(s), {{"activity", tightest->name}, {"rto", spoken_minutes(tightest->rto_minutes.count)}, {"time", spoken_minutes(s.expected_minutes.count)}}});
}

void alternate_place(const CheckContext& c, Hits& hits) {
  const bool spare = std::any_of(c.plan.sites.begin(), c.plan.sites.end(), [](const Site& s) { return s.kind == Site::Kind::alternate || s.kind == Site::Kind::home; });
  if (!spare) hits.push_back({"", c.organisation(), {}});
}

void insurance_held(const CheckContext& c, Hits& hits) {
  if (c.plan.insurance_policies.empty()) hits.push_back({"", c.organisation(), {}});
}

constexpr NamedAudit audits[] = {
    {"activity_without_risk", activity_without_risk},
    {"high_risk", high_risk},
    {"residual_above", residual_above},
    {"loss_strategies", loss_strategies},
    {"solution_areas_asked", solution_areas_asked},
    {"strategy_state", strategy_state},
    {"strategy_too_late", strategy_too_late},
    {"alternate_place", alternate_place},
    {"insurance_held", insurance_held},
};

}  // namespace

std::span<const NamedAudit> risk_audits() { return audits; }

}  // namespace mainstay
