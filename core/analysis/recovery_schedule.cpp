// SPDX-License-Identifier: MIT
#include "core/analysis/recovery_schedule.h"

#include <algorithm>

namespace mainstay {
namespace {

struct Visit {
  bool done = false;
  std::int64_t minutes = 0;  ///< known part of the longest chain that ends here
  int through = -1;          ///< the node before this one on that chain
};

}  // namespace

Achievable achievable_minutes(const Plan& plan, const Graph& graph, const Id& activity) {
  Achievable result;
  const int start = graph.node(activity);
  if (start < 0) return result;
  std::unordered_map<std::string, Minutes> times;
  for (const auto& r : plan.resources) times.emplace(r.id.text, r.recovery_minutes);
  for (const auto& s : plan.suppliers) times.emplace(s.id.text, s.recovery_minutes);

  std::unordered_map<int, Visit> visits;
  std::set<int> unknown;
  struct Frame { int node; std::size_t edge; };
  std::vector<Frame> frames{{start, 0}};
  visits[start];
  while (!frames.empty()) {
    auto& frame = frames.back();
    const auto& edges = graph.out(frame.node);
    if (frame.edge < edges.size()) {
      const auto& edge = edges[frame.edge++];
      if (edge.kind != Link::Kind::needs || edge.link_id.empty() || edge.share_percent == 0) continue;
      const auto [visit, fresh] = visits.try_emplace(edge.to);
      if (fresh) frames.push_back({edge.to, 0});
      else if (!visit->second.done) unknown.insert(edge.to);  // round a cycle: nothing can come first
      continue;
    }
    const int n = frame.node;
    frames.pop_back();
    std::int64_t longest = 0;
    int through = -1;
    for (const auto& edge : edges) {
      if (edge.kind != Link::Kind::needs || edge.link_id.empty() || edge.share_percent == 0) continue;
      const auto found = visits.find(edge.to);
      if (found == visits.end() || !found->second.done || (through >= 0 && found->second.minutes <= longest)) continue;
      longest = found->second.minutes;
      through = edge.to;
    }
    std::int64_t own = 0;
    if (const auto time = times.find(graph.id(n).text); time != times.end()) {
      if (!time->second) unknown.insert(n);
      own = time->second.value_or(0);
    }
    visits[n] = {true, longest + own, through};
  }
  for (int n = start; n >= 0; n = visits.at(n).through) result.path.push_back(graph.id(n));
  std::reverse(result.path.begin(), result.path.end());
  for (const int n : unknown) result.unknown.push_back(graph.id(n));
  if (unknown.empty()) result.minutes = Minutes(visits.at(start).minutes);
  return result;
}

}  // namespace mainstay
