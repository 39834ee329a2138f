// SPDX-License-Identifier: MIT
#pragma once
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/plan.h"

namespace mainstay {

/// The ties of a plan as a directed graph: explicit links, and those that fields imply (a resource is located at its site,
/// comes from its supplier, is held by a person). Built from a plan and independent of it afterwards.
class Graph {
 public:
  struct Edge {
    int to = 0;
    Link::Kind kind = Link::Kind::needs;
    int share_percent = 100;  ///< of the service lost when the target is gone; 0: a tie that stops nothing
    Id link_id;               ///< empty where a field implies the edge
  };

  explicit Graph(const Plan& plan);

  int size() const { return static_cast<int>(ids_.size()); }
  const Id& id(int node) const { return ids_[static_cast<std::size_t>(node)]; }
  const std::string& kind(int node) const { return kinds_[static_cast<std::size_t>(node)]; }
  /// The node of a record, or -1.
  int node(const Id& id) const;
  const std::vector<Edge>& out(int node) const { return out_[static_cast<std::size_t>(node)]; }
  const std::vector<Edge>& in(int node) const { return in_[static_cast<std::size_t>(node)]; }

  /// Everything that `from` stops without, near ones first: along needs, and located_at of what is needed. Without `from`.
  std::vector<int> needed_by(int from) const;
  /// Everything that stops when `lost` are gone, `lost` included. A node with an alternate that is not lost itself stands.
  std::set<int> stopped_by(const std::set<int>& lost) const;
  /// The service left, in percent, at every node that the loss touches (nodes not in the map have 100). `moved` are nodes that have
  /// been set up again elsewhere: neither the place they were at nor the old device stops them any more. `stand_in_most` is how much
  /// a node can give at most while it stands in for another; its own users are not touched by that.
  std::unordered_map<int, int> levels(const std::set<int>& lost, const std::set<int>& moved = {}, const std::unordered_map<int, int>& stand_in_most = {}) const;
  /// Every node that reaches one of `targets` along needs, the targets included, in the plan's order.
  std::set<int> users_of(const std::set<int>& targets) const;
  /// Records that stand in for a node.
  std::vector<int> alternates(int node) const;
  /// Ids around each cycle of `needs`, one list per cycle found.
  std::vector<std::vector<int>> cycles() const;

 private:
  int add(const Id& id, std::string_view kind);
  void connect(const Id& from, const Id& to, Link::Kind kind, int share = 100, const Id& link = {});
  std::vector<Id> ids_;
  std::vector<std::string> kinds_;
  std::vector<std::vector<Edge>> out_, in_;
  std::unordered_map<std::string, int> nodes_;
};

/// The recovery point objective that reaches a backup down the graph: the least RPO of the activities that need (through any
/// chain) the data it protects.
struct InheritedRpo {
  Minutes rpo_minutes;         ///< unknown where no user of the data has set one
  Id activity_id;              ///< the tightest user
  Id data_id;                  ///< the data through which it comes
  std::vector<Id> users;       ///< every activity that needs the data
};
InheritedRpo inherited_rpo(const Plan& plan, const Graph& graph, const Id& backup);

/// A resource, supplier or person whose loss stops an activity past its MTPD and which nothing stands in for.
struct SinglePoint {
  Id id;
  std::vector<Id> activities;
};
std::vector<SinglePoint> single_points(const Plan& plan, const Graph& graph);

}  // namespace mainstay
