// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


namespace mainstay {
namespace {

struct Need {
  Id id;
  Minutes recovery;
  Basis basis = Basis::unknown;
  bool has_alternate = false;
};

/// The resources and suppliers an activity stops without, through any chain.
std::vector<Need> needed(const CheckContext& c, const Activity& a) {
  std::vector<Need> found;
  for (const int node : c.needs(a.id)) {
    const auto& id = c.graph.id(node);
    const bool spare = !c.graph.alternates(node).empty();
    if (const auto* r = c.get<Resource>("resource", id)) found.push_back({id, r->recovery_minutes, r->recovery_basis, spare});
    else if (const auto* s = c.get<Supplier>("supplier", id)) found.push_back({id, s->recovery_minutes, Basis::unknown, spare || (!s->fallback.empty() && s->fallback != none_text)});
  }
  return found;
}

void slow_dependency(const CheckContext& c, Hits& hits) {
  for (const auto& a : c.plan.activities) {
    if (!a.rto_minutes) continue;
    std::vector<Id> slow;
    std::int64_t worst = 0;
    for (const auto& n : needed(c, a))
      if (n.recovery && n.recovery.count > a.rto_minutes.count && !n.has_alternate) {
        if (n.recovery.count > worst) slow.insert(slow.begin(), n.id);
        else slow.push_back(n.id);
        worst = std::max(worst, n.recovery.count);
      }
    if (!slow.empty()) hits.push_back({slow.size() == 1 ? "one" : "several", ref_to(a), {{"needs", c.titles(slow)}, {"time", spoken_minutes(worst)}, {"rto", spoken_minutes(a.rto_minutes.count)}}});
  }
}

void recovery_unknown(const CheckContext& c, Hits& hits) {
  for (const auto& r : c.plan.resources)
    if (r.recovery_minutes.is_unknown() && !c.users(r.id).empty()) hits.push_back({"resource", ref_to(r), {{"users", c.titles(c.users(r.id), 3)}}});
  for (const auto& s : c.plan.suppliers)
    if (s.recovery_minutes.is_unknown() && s.critical == Answer::yes && !c.users(s.id).empty()) hits.push_back({"supplier", ref_to(s), {{"users", c.titles(c.users(s.id), 3)}}});
}

void untested_times(const CheckContext& c, Hits& hits) {
  for (const auto& a : c.plan.activities) {
    std::vector<Id> untested;
    for (const auto& n : needed(c, a))
      if (n.recovery && n.basis != Basis::tested && c.get<Resource>("resource", n.id)) untested.push_back(n.id);
    if (!untested.empty() && a.rto_minutes && a.times_basis != Basis::tested) hits.push_back({"", ref_to(a), {{"needs", c.titles(untested)}, {"rto", spoken_minutes(a.rto_minutes.count)}}});
  }
}

void cycle(const CheckContext& c, Hits& hits) {
  for (const auto& round : c.graph.cycles()) {
    std::vector<Id> ids;
    for (const int node : round) ids.push_back(c.graph.id(node));
    if (const auto ref = c.record(ids.front())) hits.push_back({"", ref, {{"records", c.titles(ids, 6)}}});
  }
}

void orphan(const CheckContext& c, Hits& hits) {
  for (const auto& r : c.plan.resources) {
    const int node = c.graph.node(r.id);
    if (node < 0 || !c.users(r.id).empty()) continue;
    const auto& out = c.graph.out(node);
    const bool stands_in = std::any_of(out.begin(), out.end(), [](const Graph::Edge& e) { return e.kind == Link::Kind::alternate_for; });
    const auto& in = c.graph.in(node);
    const bool used = std::any_of(in.begin(), in.end(), [](const Graph::Edge& e) { return e.kind == Link::Kind::needs; });
    if (!stands_in && !used) hits.push_back({"", ref_to(r), {}});
  }
}

void single_point(const CheckContext& c, Hits& hits) {
  for (const auto& point : single_points(c.plan, c.graph))
    if (const auto ref = c.record(point.id)) hits.push_back({"", ref, {{"count", point.activities.size()}, {"activities", c.titles(point.activities)}}});
}

void held_by_one(const CheckContext& c, Hits& hits) {
  for (const auto& r : c.plan.resources) {
    const auto* person = c.get<Person>("person", r.held_by_id);
    if (!person) continue;
    const int node = c.graph.node(r.id), holder = c.graph.node(person->id);
    if (node < 0 || !c.graph.alternates(node).empty() || (holder >= 0 && !c.graph.alternates(holder).empty())) continue;
    hits.push_back({"", ref_to(r), {{"person", person->name}}});
  }
}

void only_they_can(const CheckContext& c, Hits& hits) {
  for (const auto& p : c.plan.people)
    if (c.is_current(p) && !p.skills.empty() && p.skills != none_text) {
      const int node = c.graph.node(p.id);
      const auto* spare = node < 0 || c.graph.alternates(node).empty() ? nullptr : &p;
      if (!spare) hits.push_back({"", ref_to(p), {{"skills", p.skills}}});
    }
}

constexpr NamedAudit audits[] = {
    {"slow_dependency", slow_dependency},
    {"recovery_unknown", recovery_unknown},
    {"untested_times", untested_times},
    {"cycle", cycle},
    {"orphan", orphan},
    {"single_point", single_point},
    {"held_by_one", held_by_one},
    {"only_they_can", only_they_can},
};

}  // namespace

std::span<const NamedAudit> dependency_audits() { return audits; }

}  // namespace mainstay
