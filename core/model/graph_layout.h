// SPDX-License-Identifier: MIT
#pragma once
#include <utility>
#include <vector>

#include "core/model/graph.h"

namespace mainstay {

/// A part of the graph in layers from left to right, ordered so that few edges cross. Numbers only; who draws it scales them.
struct GraphLayout {
  std::vector<std::vector<int>> layers;          ///< nodes of the graph, top to bottom
  std::vector<std::pair<int, int>> edges;        ///< between nodes shown, from what depends to what it depends on
  std::size_t tallest() const;
};

/// Columns of the dependency picture: activities, then people and systems, then data, then what lies beneath them.
int dependency_layer(const Graph& graph, int node);

/// Lays out the given activities with everything they stop without and the backups that protect their data.
GraphLayout layered_layout(const Graph& graph, const std::vector<int>& roots);

}  // namespace mainstay
