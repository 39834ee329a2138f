// SPDX-License-Identifier: MIT
#include "core/model/graph.h"

#include <algorithm>
#include <deque>

#include "core/base/quantity.h"

namespace mainstay {
namespace {

constexpr bool stops(Link::Kind kind) { return kind == Link::Kind::needs || kind == Link::Kind::located_at; }

}  // namespace

Graph::Graph(const Plan& plan) {
  for (const std::string_view kind : {"activity", "resource", "supplier", "person", "role", "site", "device", "backup", "contact", "risk"}) {
    const auto& table = *table_of(kind);
    for (std::size_t i = 0; i < table.size(plan); ++i) add(table.id_at(plan, i), kind);
  }
  // Other kinds are rarely tied; they become nodes when a link names them.
  std::unordered_map<std::string_view, std::string_view> others;
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(plan); ++i) others.emplace(table.id_at(plan, i).text, table.info->kind);

  std::set<Id> moves;  // resources that work as well away from their place
  for (const auto& r : plan.resources)
    if (r.works_off_site == Answer::yes) moves.insert(r.id);
  std::set<Id> explicit_stand_ins;
  for (const auto& link : plan.links) {
    if (link.kind == Link::Kind::unknown || !others.contains(link.from_id.text) || !others.contains(link.to_id.text)) continue;
    add(link.from_id, others.at(link.from_id.text));
    add(link.to_id, others.at(link.to_id.text));
    const bool harmless = link.kind == Link::Kind::located_at && moves.contains(link.from_id);
    const int share = link.share_percent.is_none() ? 0 : static_cast<int>(std::clamp<std::int64_t>(link.share_percent.value_or(100), 0, 100));
    connect(link.from_id, link.to_id, link.kind, harmless ? 0 : share, link.id);
    if (link.kind == Link::Kind::alternate_for) explicit_stand_ins.insert(link.from_id);
  }
  for (const auto& r : plan.resources) {
    connect(r.id, r.site_id, Link::Kind::located_at, moves.contains(r.id) ? 0 : 100);
    connect(r.id, r.supplier_id, Link::Kind::needs);
    connect(r.id, r.held_by_id, Link::Kind::needs);
  }
  for (const auto& d : plan.devices) connect(d.id, d.site_id, Link::Kind::located_at);
  for (const auto& b : plan.backups) connect(b.id, b.site_id, Link::Kind::located_at);
  // People go elsewhere when their place is closed.
  for (const auto& p : plan.people) connect(p.id, p.site_id, Link::Kind::located_at, 0);
  for (const auto& r : plan.roles) {
    connect(r.id, r.holder_id, Link::Kind::needs);
    if (r.alternate_id != r.holder_id) connect(r.alternate_id, r.id, Link::Kind::alternate_for);
  }
  // A place kept as an alternate stands in for the places of work, unless links say for which.
  for (const auto& spare : plan.sites) {
    if (spare.kind != Site::Kind::alternate || explicit_stand_ins.contains(spare.id)) continue;
    for (const auto& site : plan.sites)
      if (site.kind == Site::Kind::main || site.kind == Site::Kind::branch) connect(spare.id, site.id, Link::Kind::alternate_for);
  }
}

int Graph::add(const Id& id, std::string_view kind) {
  const auto [place, fresh] = nodes_.emplace(id.text, size());
  if (fresh) {
    ids_.push_back(id);
    kinds_.emplace_back(kind);
    out_.emplace_back();
    in_.emplace_back();
  }
  return place->second;
}

int Graph::node(const Id& id) const {
  const auto found = nodes_.find(id.text);
  return found == nodes_.end() ? -1 : found->second;
}

void Graph::connect(const Id& from, const Id& to, Link::Kind kind, int share, const Id& link) {
  const int a = node(from), b = node(to);
  if (a < 0 || b < 0) return;  // a tie to a record that is not there
  out_[static_cast<std::size_t>(a)].push_back({b, kind, share, link});
  in_[static_cast<std::size_t>(b)].push_back({a, kind, share, link});
}

std::vector<int> Graph::needed_by(int from) const {
  std::vector<int> order{from};
  std::vector<char> seen(ids_.size());
  seen[static_cast<std::size_t>(from)] = 1;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (const auto& edge : out(order[i])) {
      if (!stops(edge.kind) || edge.share_percent == 0 || seen[static_cast<std::size_t>(edge.to)]) continue;
      seen[static_cast<std::size_t>(edge.to)] = 1;
      order.push_back(edge.to);
    }
  order.erase(order.begin());
  return order;
}

std::vector<int> Graph::alternates(int node) const {
  std::vector<int> found;
  for (const auto& edge : in(node))
    if (edge.kind == Link::Kind::alternate_for && edge.to != node && std::find(found.begin(), found.end(), edge.to) == found.end()) found.push_back(edge.to);
  return found;
}

std::unordered_map<int, int> Graph::levels(const std::set<int>& lost, const std::set<int>& moved, const std::unordered_map<int, int>& stand_in_most) const {
  // Levels only ever fall, so a work list reaches the one fixed point whatever the order, cycles included.
  std::unordered_map<int, int> own;
  std::deque<int> fallen;
  const auto level = [&](int n) {
    const auto found = own.find(n);
    return found == own.end() ? 100 : found->second;
  };
  // What users of a node get: its own level, or that of the best stand-in.
  const auto served = [&](int n) {
    int best = level(n);
    for (const auto& edge : in(n)) {
      if (best == 100) break;
      if (edge.kind != Link::Kind::alternate_for || edge.to == n) continue;
      const auto most = stand_in_most.find(edge.to);
      best = std::max(best, most == stand_in_most.end() ? level(edge.to) : std::min(level(edge.to), most->second));
    }
    return best;
  };
  const auto fall = [&](int n, int to) {
    if (to >= level(n)) return;
    own[n] = to;
    fallen.push_back(n);
  };
  const auto pass_on = [&](int n) {
    const int with_stand_in = served(n), alone = level(n);
    for (const auto& edge : in(n)) {
      if (!stops(edge.kind) || edge.share_percent == 0) continue;
      if (moved.contains(edge.to) && (edge.kind == Link::Kind::located_at || kind(n) == "device")) continue;
      // Things in a lost place are gone with it, spare place or not; work moves to the spare place.
      const int left = edge.kind == Link::Kind::located_at && kind(edge.to) != "activity" ? alone : with_stand_in;
      fall(edge.to, 100 - edge.share_percent * (100 - left) / 100);
    }
  };
  for (const int n : lost) fall(n, 0);
  while (!fallen.empty()) {
    const int n = fallen.front();
    fallen.pop_front();
    pass_on(n);
    for (const auto& edge : out(n))
      if (edge.kind == Link::Kind::alternate_for && edge.to != n && level(edge.to) < 100) pass_on(edge.to);
  }
  // A node that is not lost itself and has a stand-in stands.
  std::unordered_map<int, int> levels;
  for (const auto& [n, left] : own) levels.emplace(n, lost.contains(n) ? left : served(n));
  return levels;
}

std::set<int> Graph::stopped_by(const std::set<int>& lost) const {
  std::set<int> stopped;
  for (const auto& [n, left] : levels(lost))
    if (left == 0) stopped.insert(n);
  return stopped;
}

std::set<int> Graph::users_of(const std::set<int>& targets) const {
  std::set<int> found(targets);
  std::vector<int> open(targets.begin(), targets.end());
  while (!open.empty()) {
    const int n = open.back();
    open.pop_back();
    for (const auto& edge : in(n))
      if (edge.kind == Link::Kind::needs && edge.share_percent > 0 && found.insert(edge.to).second) open.push_back(edge.to);
  }
  return found;
}

std::vector<std::vector<int>> Graph::cycles() const {
  // Tarjan's strongly connected components with a stack of its own; then the shortest way round from each component's first node.
  const auto count = ids_.size();
  std::vector<int> index(count, -1), low(count, 0), component(count, -1), stack;
  std::vector<char> on_stack(count);
  struct Frame { int node; std::size_t edge; };
  std::vector<Frame> frames;
  std::vector<std::vector<int>> found;
  int next = 0, components = 0;
  const auto at = [](auto& v, int n) -> auto& { return v[static_cast<std::size_t>(n)]; };
  const auto way_round = [&](int start) {
    std::unordered_map<int, int> came_from;
    std::deque<int> open{start};
    while (!open.empty()) {
      const int n = open.front();
      open.pop_front();
      for (const auto& edge : out(n)) {
        if (edge.kind != Link::Kind::needs || at(component, edge.to) != at(component, start)) continue;
        if (edge.to == start) {
          std::vector<int> cycle;
          for (int back = n; back != start; back = came_from.at(back)) cycle.push_back(back);
          cycle.push_back(start);
          std::reverse(cycle.begin(), cycle.end());
          return cycle;
        }
        if (came_from.emplace(edge.to, n).second) open.push_back(edge.to);
      }
    }
    return std::vector<int>();
  };
  for (int root = 0; root < size(); ++root) {
    if (at(index, root) >= 0) continue;
    frames.push_back({root, 0});
    while (!frames.empty()) {
      const int n = frames.back().node;
      if (frames.back().edge == 0) {
        at(index, n) = at(low, n) = next++;
        stack.push_back(n);
        at(on_stack, n) = 1;
      }
      bool descended = false;
      while (frames.back().edge < out(n).size()) {
        const auto& edge = out(n)[frames.back().edge++];
        if (edge.kind != Link::Kind::needs) continue;
        if (at(index, edge.to) < 0) {
          frames.push_back({edge.to, 0});
          descended = true;
          break;
        }
        if (at(on_stack, edge.to)) at(low, n) = std::min(at(low, n), at(index, edge.to));
      }
      if (descended) continue;
      frames.pop_back();
      if (!frames.empty()) at(low, frames.back().node) = std::min(at(low, frames.back().node), at(low, n));
      if (at(low, n) != at(index, n)) continue;
      int first = n, member = -1;
      do {
        member = stack.back();
        stack.pop_back();
        at(on_stack, member) = 0;
        at(component, member) = components;
        first = std::min(first, member);
      } while (member != n);
      if (auto cycle = way_round(first); !cycle.empty()) found.push_back(std::move(cycle));
      ++components;
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

namespace {

/// The activity of a node, or nullptr. Activities are a graph's first nodes, in the plan's order; a graph of an older plan is looked through.
const Activity* activity_at(const Plan& plan, const Graph& graph, int node) {
  if (graph.kind(node) != "activity") return nullptr;
  const auto i = static_cast<std::size_t>(node);
  if (i < plan.activities.size() && plan.activities[i].id == graph.id(node)) return &plan.activities[i];
  return find_in(plan.activities, graph.id(node));
}

}  // namespace

InheritedRpo inherited_rpo(const Plan& plan, const Graph& graph, const Id& backup) {
  InheritedRpo result;
  const int start = graph.node(backup);
  if (start < 0) return result;
  std::vector<int> data;
  for (const auto& edge : graph.out(start))
    if (edge.kind == Link::Kind::protects && std::find(data.begin(), data.end(), edge.to) == data.end()) data.push_back(edge.to);
  const auto all = graph.users_of({data.begin(), data.end()});
  bool none_only = true;
  for (const int n : all) {
    const auto* activity = activity_at(plan, graph, n);
    if (!activity) continue;
    const auto& rpo = activity->rpo_minutes;
    result.users.push_back(graph.id(n));
    none_only = none_only && rpo.is_none();
    if (!rpo || (result.rpo_minutes && rpo.count >= result.rpo_minutes.count)) continue;
    result.rpo_minutes = rpo;
    result.activity_id = graph.id(n);
  }
  if (!result.users.empty() && none_only) result.rpo_minutes = Minutes::none();
  const int tightest = graph.node(result.activity_id);
  for (const int d : data) {
    if (tightest < 0 || !result.data_id.empty()) break;
    if (graph.users_of({d}).contains(tightest)) result.data_id = graph.id(d);
  }
  return result;
}

namespace {

/// How long the record is gone once lost; unknown where the plan does not say.
std::unordered_map<std::string, Minutes> recovery_times(const Plan& plan) {
  std::unordered_map<std::string, Minutes> times;
  for (const auto& r : plan.resources) times.emplace(r.id.text, r.recovery_minutes);
  for (const auto& s : plan.suppliers) times.emplace(s.id.text, s.recovery_minutes);
  return times;
}

bool workaround_holds(const Activity& a) {
  const bool has = !a.workaround.empty() && a.workaround != none_text && a.workaround_percent && a.workaround_start_minutes;
  return has && a.workaround_percent.count >= std::max<std::int64_t>(1, a.mbco_percent.value_or(1)) && a.workaround_start_minutes.count <= a.mtpd_minutes.count;
}

}  // namespace

std::vector<SinglePoint> single_points(const Plan& plan, const Graph& graph) {
  const auto times = recovery_times(plan);
  std::set<Id> replaceable;  // suppliers for whom somebody else could deliver
  for (const auto& s : plan.suppliers)
    if (!s.fallback.empty() && s.fallback != none_text) replaceable.insert(s.id);
  std::vector<SinglePoint> points;
  for (int n = 0; n < graph.size(); ++n) {
    const auto& kind = graph.kind(n);
    if ((kind != "resource" && kind != "supplier" && kind != "person") || graph.in(n).empty() || !graph.alternates(n).empty()) continue;
    if (replaceable.contains(graph.id(n))) continue;
    SinglePoint point{graph.id(n), {}};
    const auto time = times.find(point.id.text);
    const Minutes gone = time == times.end() ? Minutes() : time->second;
    for (const int stopped : graph.stopped_by({n})) {
      const auto* activity = activity_at(plan, graph, stopped);
      if (!activity) continue;
      const auto& a = *activity;
      // An activity without an MTPD is asked for one elsewhere; a recovery time nobody knows is no reassurance.
      if (!a.mtpd_minutes || (gone && gone.count <= a.mtpd_minutes.count) || workaround_holds(a)) continue;
      point.activities.push_back(a.id);
    }
    if (!point.activities.empty()) points.push_back(std::move(point));
  }
  return points;
}

}  // namespace mainstay
