// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


namespace mainstay {
namespace {

std::map<Id, std::vector<const Impact*>> impacts_by_activity(const Plan& plan) {
  std::map<Id, std::vector<const Impact*>> found;
  for (const auto& impact : plan.impacts) found[impact.activity_id].push_back(&impact);
  return found;
}

void activities_exist(const CheckContext& c, Hits& hits) {
  if (c.plan.activities.empty()) hits.push_back({"", c.organisation(), {}});
}

void rto_within_mtpd(const CheckContext& c, Hits& hits) {
  for (const auto& a : c.plan.activities) {
    if (!a.rto_minutes || !a.mtpd_minutes) continue;
    const Args args{{"rto", spoken_minutes(a.rto_minutes.count)}, {"catch_up", spoken_minutes(a.work_recovery_minutes.value_or(0))}, {"mtpd", spoken_minutes(a.mtpd_minutes.count)}};
    if (a.rto_minutes.count + a.work_recovery_minutes.value_or(0) > a.mtpd_minutes.count) hits.push_back({a.work_recovery_minutes ? "late" : "late_alone", ref_to(a), args});
    else if (a.work_recovery_minutes.is_unknown()) hits.push_back({"unknown", ref_to(a), args});
  }
}

void rpo_missing(const CheckContext& c, Hits& hits) {
  for (const auto& a : c.plan.activities) {
    if (!a.rpo_minutes.is_unknown()) continue;
    for (const int node : c.needs(a.id))
      if (const auto* r = c.get<Resource>("resource", c.graph.id(node)); r && r->kind == Resource::Kind::data) {
        hits.push_back({"", ref_to(a), {{"data", r->name}}});
        break;
      }
  }
}

void impacts_rated(const CheckContext& c, Hits& hits) {
  const auto all = impacts_by_activity(c.plan);
  for (const auto& a : c.plan.activities) {
    std::set<Impact::Category> kinds;
    std::set<std::int64_t> points;
    if (const auto found = all.find(a.id); found != all.end())
      for (const auto* i : found->second) {
        if (i->level == Impact::Level::unknown || !i->after_minutes) continue;
        kinds.insert(i->category);
        points.insert(i->after_minutes.count);
      }
    if (points.empty()) hits.push_back({"none", ref_to(a), {}});
    else if (points.size() < 3 || kinds.size() < 2) hits.push_back({"few", ref_to(a), {{"points", points.size()}, {"kinds", kinds.size()}}});
  }
}

void impact_falls(const CheckContext& c, Hits& hits) {
  for (auto& [id, list] : impacts_by_activity(c.plan)) {
    const auto* a = c.get<Activity>("activity", id);
    if (!a) continue;
    auto sorted = list;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Impact* x, const Impact* y) { return x->after_minutes.count < y->after_minutes.count; });
    std::map<Impact::Category, Impact::Level> reached;
    for (const auto* i : sorted) {
      if (!i->after_minutes || i->level == Impact::Level::unknown) continue;
      auto& level = reached[i->category];
      if (i->level < level && i->note.empty()) {
        hits.push_back({"", ref_to(*a), {{"harm", Impact::info().field("category")->spoken(i)}, {"time", spoken_minutes(i->after_minutes.count)}}});
        break;
      }
      level = std::max(level, i->level);
    }
  }
}

void mtpd_against_impact(const CheckContext& c, Hits& hits) {
  for (const auto& [id, list] : impacts_by_activity(c.plan)) {
    const auto* a = c.get<Activity>("activity", id);
    if (!a || !a->mtpd_minutes) continue;
    std::int64_t first = -1;
    for (const auto* i : list)
      if (i->level == Impact::Level::intolerable && i->after_minutes && (first < 0 || i->after_minutes.count < first)) first = i->after_minutes.count;
    if (first >= 0 && first < a->mtpd_minutes.count)
      hits.push_back({"", ref_to(*a), {{"time", spoken_minutes(first)}, {"mtpd", spoken_minutes(a->mtpd_minutes.count)}}});
  }
}

void rank_order(const CheckContext& c, Hits& hits) {
  std::vector<const Activity*> ranked;
  for (const auto& a : c.plan.activities)
    if (a.rank) ranked.push_back(&a);
  std::stable_sort(ranked.begin(), ranked.end(), [](const Activity* x, const Activity* y) { return x->rank.count < y->rank.count; });
  if (ranked.empty() && !c.plan.activities.empty()) return hits.push_back({"none", c.organisation(), {}});
  for (std::size_t i = 0; i + 1 < ranked.size(); ++i) {
    const auto &x = *ranked[i], &y = *ranked[i + 1];
    const Args args{{"first", x.name}, {"second", y.name}, {"rank", static_cast<long long>(x.rank.count)}};
    if (x.rank == y.rank) return hits.push_back({"tie", c.organisation(), args});
    if (x.rto_minutes && y.rto_minutes && x.rto_minutes.count > y.rto_minutes.count) return hits.push_back({"order", c.organisation(), args});
  }
}

void same_times(const CheckContext& c, Hits& hits) {
  std::set<std::int64_t> times;
  std::size_t known = 0;
  for (const auto& a : c.plan.activities)
    if (a.rto_minutes) { times.insert(a.rto_minutes.count); ++known; }
  if (known >= 3 && times.size() == 1) hits.push_back({"", c.organisation(), {{"count", known}, {"rto", spoken_minutes(*times.begin())}}});
}

void needs_named(const CheckContext& c, Hits& hits) {
  for (const auto& a : c.plan.activities)
    if (c.needs(a.id).empty() && a.not_needed.empty()) hits.push_back({"", ref_to(a), {}});
}

void procedure_named(const CheckContext& c, Hits& hits) {
  std::set<Id> covered;
  for (const auto& p : c.plan.procedures) {
    if (!p.activity_id.empty()) covered.insert(p.activity_id);
    if (!p.resource_id.empty())
      for (const auto& user : c.users(p.resource_id)) covered.insert(user);
  }
  for (const auto& a : c.plan.activities)
    if (!covered.contains(a.id)) hits.push_back({"", ref_to(a), {}});
}

void workaround_missing(const CheckContext& c, Hits& hits) {
  for (const auto& a : c.plan.activities) {
    if (!a.rto_minutes || (!a.workaround.empty() && a.workaround != none_text)) continue;
    for (const int node : c.needs(a.id)) {
      const auto* r = c.get<Resource>("resource", c.graph.id(node));
      const bool technical = r && (r->kind == Resource::Kind::system || r->kind == Resource::Kind::data || r->kind == Resource::Kind::telephony || r->kind == Resource::Kind::service);
      if (!technical || !r->recovery_minutes || r->recovery_minutes.count <= a.rto_minutes.count) continue;
      hits.push_back({a.workaround.empty() ? "unknown" : "none", ref_to(a), {{"resource", r->name}, {"time", spoken_minutes(r->recovery_minutes.count)}, {"rto", spoken_minutes(a.rto_minutes.count)}}});
      break;
    }
  }
}

constexpr NamedAudit audits[] = {
    {"activities_exist", activities_exist},
    {"rto_within_mtpd", rto_within_mtpd},
    {"rpo_missing", rpo_missing},
    {"impacts_rated", impacts_rated},
    {"impact_falls", impact_falls},
    {"mtpd_against_impact", mtpd_against_impact},
    {"rank_order", rank_order},
    {"same_times", same_times},
    {"needs_named", needs_named},
    {"procedure_named", procedure_named},
    {"workaround_missing", workaround_missing},
};

}  // namespace

std::span<const NamedAudit> activity_audits() { return audits; }

}  // namespace mainstay
