// SPDX-License-Identifier: MIT
#include "core/model/graph_layout.h"

#include <algorithm>
#include <map>
#include <set>

namespace mainstay {
namespace {
/// Sorts a layer by the mean place of each node's neighbours in the other layers.
void sort_by_neighbours(std::vector<int>& layer, const std::map<int, std::vector<int>>& neighbours, const std::map<int, double>& place) {
  std::map<int, double> wish;
  for (const int node : layer) {
    double sum = 0;
    int count = 0;
    if (const auto found = neighbours.find(node); found != neighbours.end())
      for (const int other : found->second)
        if (const auto at = place.find(other); at != place.end()) sum += at->second, ++count;
    wish[node] = count ? sum / count : place.at(node);
  }
  std::stable_sort(layer.begin(), layer.end(), [&](int a, int b) { return wish[a] < wish[b]; });
}
}  // namespace

std::size_t GraphLayout::tallest() const {
  std::size_t most = 0;
  for (const auto& layer : layers) most = std::max(most, layer.size());
  return most;
}

int dependency_layer(const Graph& graph, int node) {
  const auto& kind = graph.kind(node);
  if (kind == "activity") return 0;
  if (kind == "backup" || kind == "supplier" || kind == "site" || kind == "contact") return 3;
  if (kind == "resource") {
    for (const auto& edge : graph.in(node))
      if (edge.kind == Link::Kind::protects) return 2;   // data that a backup copies
    for (const auto& edge : graph.in(node))
      if (edge.kind == Link::Kind::needs && graph.kind(edge.to) == "resource") return 2;
  }
  return 1;
}

GraphLayout layered_layout(const Graph& graph, const std::vector<int>& roots) {
  std::set<int> shown(roots.begin(), roots.end());
  for (const int root : roots)
    for (const int node : graph.needed_by(root)) shown.insert(node);
  for (const int node : std::set<int>(shown))
    for (const auto& edge : graph.in(node))
      if (edge.kind == Link::Kind::protects) shown.insert(edge.to);
  for (auto it = shown.begin(); it != shown.end();)   // other activities that one of these needs belong to the picture, people's homes do not
    it = graph.kind(*it) == "organisation" ? shown.erase(it) : std::next(it);

  GraphLayout layout;
  layout.layers.resize(4);
  for (const int root : roots) layout.layers[0].push_back(root);
  const std::set<int> first(roots.begin(), roots.end());
  for (const int node : shown)
    if (!first.count(node)) layout.layers[static_cast<std::size_t>(dependency_layer(graph, node))].push_back(node);

  std::map<int, std::vector<int>> neighbours;
  std::set<std::pair<int, int>> seen;
  const auto tie = [&](int from, int to) {
    if (from == to || !seen.emplace(from, to).second) return;
    layout.edges.emplace_back(from, to);
    neighbours[from].push_back(to);
    neighbours[to].push_back(from);
  };
  for (const int node : shown)
    for (const auto& edge : graph.out(node)) {
      if (!shown.count(edge.to)) continue;
      if (edge.kind == Link::Kind::needs || edge.kind == Link::Kind::located_at) tie(node, edge.to);
      if (edge.kind == Link::Kind::protects) tie(edge.to, node);   // data leans on its backup
    }

  std::map<int, double> place;
  const auto settle = [&] {
    for (const auto& layer : layout.layers)
      for (std::size_t i = 0; i < layer.size(); ++i) place[layer[i]] = (static_cast<double>(i) + 0.5) / static_cast<double>(layer.size());
  };
  settle();
  for (int sweep = 0; sweep < 6; ++sweep)
    for (std::size_t l = 1; l < layout.layers.size(); ++l) {
      sort_by_neighbours(layout.layers[l], neighbours, place);
      settle();
    }
  return layout;
}

}  // namespace mainstay
