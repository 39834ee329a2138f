// SPDX-License-Identifier: MIT
#include "core/analysis/consequences.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <unordered_map>

#include "core/base/text.h"

namespace mainstay {

std::vector<Consequence> consequences(const Plan& plan, const Graph& graph, const Id& subject) {
  std::vector<Consequence> found;
  const int start = graph.node(subject);
  if (start < 0) return found;
  std::unordered_map<int, int> towards{{start, -1}};  // each node, and the one through which it leans on the subject
  std::deque<int> next{start};
  while (!next.empty()) {
    const int node = next.front();
    next.pop_front();
    for (const auto& edge : graph.in(node))
      if (edge.kind == Link::Kind::needs && edge.share_percent > 0 && towards.emplace(edge.to, node).second) next.push_back(edge.to);
  }
  for (const auto& activity : plan.activities) {
    const int node = graph.node(activity.id);
    if (node < 0 || node == start || !towards.contains(node)) continue;
    Consequence c{activity.id, {}, activity.rto_minutes};
    for (int at = node; at != start; at = towards.at(at)) c.chain.push_back(graph.id(at));
    std::reverse(c.chain.begin(), c.chain.end());
    found.push_back(std::move(c));
  }
  std::stable_sort(found.begin(), found.end(), [](const Consequence& a, const Consequence& b) {
    constexpr auto late = std::numeric_limits<std::int64_t>::max();
    return a.rto_minutes.value_or(late) < b.rto_minutes.value_or(late);
  });
  return found;
}

std::vector<std::string> spoken_consequences(const Plan& plan, const std::vector<Consequence>& all) {
  constexpr std::size_t most = 5;
  const auto named = [&](const Consequence& c) {
    const Args args{{"activity", title_of(plan, c.activity)}, {"time", c.rto_minutes ? spoken_minutes(c.rto_minutes.count) : std::string()}};
    return c.rto_minutes ? tr("“{activity}” (again within {time})", args) : tr("“{activity}”", args);
  };
  const auto list = [&](const std::vector<const Consequence*>& some) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < some.size() && i < most; ++i) names.push_back(named(*some[i]));
    const auto shown = join(names, ", ");
    return some.size() > most ? tr("{activities} and {count} more", {{"activities", shown}, {"count", some.size() - most}}) : shown;
  };
  std::vector<std::pair<Id, std::vector<const Consequence*>>> groups;  // by what needs the record itself, the most urgent first
  std::vector<const Consequence*> direct;
  for (const auto& c : all) {
    if (c.chain.size() == 1) {
      direct.push_back(&c);
      continue;
    }
    auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == c.chain.front(); });
    if (group == groups.end()) group = groups.insert(groups.end(), {c.chain.front(), {}});
    group->second.push_back(&c);
  }
  std::vector<std::string> sentences;
  if (!direct.empty()) sentences.push_back(tr("Needed directly by {activities}.", {{"activities", list(direct)}}));
  for (const auto& [first, some] : groups) sentences.push_back(tr("“{first}” needs it, and on that lean {activities}.", {{"first", title_of(plan, first)}, {"activities", list(some)}}));
  return sentences;
}

}  // namespace mainstay
