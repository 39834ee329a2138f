// SPDX-License-Identifier: MIT
#include "core/analysis/outage.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"

namespace mainstay {
namespace {

class Playing {
 public:
  Playing(const Plan& plan, const Graph& graph, std::int64_t horizon) : plan_(plan), graph_(graph), horizon_(horizon) {}

  Outage play(const std::vector<Id>& ids) {
    for (const auto& id : ids)
      if (const int n = graph_.node(id); n >= 0) out_.lost.insert(n);
    count_people();
    lose_data_of_unknown_place();
    at_start_ = graph_.levels(out_.lost);
    find_stand_ins();
    find_returns();
    play_phases();
    return std::move(out_);
  }

 private:
  std::string title(int node) const { return title_of(plan_, graph_.id(node)); }
  const Resource* resource(int node) const { return graph_.kind(node) == "resource" ? find_in(plan_.resources, graph_.id(node)) : nullptr; }
  bool is_lost(int node) const { return out_.lost.contains(node); }
  /// Equipment, a system or a device: what data can lie on.
  bool is_machine(int node) const {
    const auto* r = resource(node);
    return graph_.kind(node) == "device" || (r && (r->kind == Resource::Kind::equipment || r->kind == Resource::Kind::system));
  }
  /// True where the edge says where a thing is: at a place, on a device, or, for data, on a machine.
  bool holds(int node, const Graph::Edge& edge) const {
    if (edge.share_percent == 0) return false;
    if (edge.kind == Link::Kind::located_at) return true;
    if (edge.kind != Link::Kind::needs) return false;
    const auto* r = resource(node);
    return graph_.kind(edge.to) == "device" || (r && r->kind == Resource::Kind::data && is_machine(edge.to));
  }

  void count_people() {
    std::size_t here = 0, gone = 0;
    for (const auto& person : plan_.people) {
      if (person.left_on) continue;
      ++here;
      gone += is_lost(graph_.node(person.id));
    }
    out_.nobody_left = here > 0 && gone == here;
  }

  bool loses_a_workplace() const {
    return std::any_of(plan_.sites.begin(), plan_.sites.end(), [&](const Site& s) {
      return (s.kind == Site::Kind::main || s.kind == Site::Kind::branch || s.kind == Site::Kind::unknown) && is_lost(graph_.node(s.id));
    });
  }

  /// Data whose place nobody has said counts as being where the loss is: in a lost place of work, or on a lost machine that uses it.
  void lose_data_of_unknown_place() {
    const bool workplace = loses_a_workplace();
    for (const auto& data : plan_.resources) {
      const int n = graph_.node(data.id);
      if (data.kind != Resource::Kind::data || data.works_off_site == Answer::yes || !data.site_id.empty() || is_lost(n)) continue;
      if (std::any_of(graph_.out(n).begin(), graph_.out(n).end(), [&](const Graph::Edge& edge) { return holds(n, edge); })) continue;
      const bool on_lost_machine = std::any_of(graph_.in(n).begin(), graph_.in(n).end(), [&](const Graph::Edge& edge) {
        return edge.kind == Link::Kind::needs && is_lost(edge.to) && is_machine(edge.to);
      });
      if (!workplace && !on_lost_machine) continue;
      out_.lost.insert(n);
      nowhere_.insert(n);
    }
  }

  /// True where the thing itself is gone, and not only what it needs.
  bool is_gone_itself(int node) {
    if (is_lost(node)) return true;
    const auto [known, fresh] = gone_.emplace(node, false);  // false also ends a circle
    if (!fresh) return known->second;
    const bool gone = std::any_of(graph_.out(node).begin(), graph_.out(node).end(), [&](const Graph::Edge& edge) { return holds(node, edge) && is_gone_itself(edge.to); });
    gone_[node] = gone;
    return gone;
  }

  /// A backup that can still be restored from: in the cloud, or in a known place that the loss does not touch.
  bool stands(const Backup& backup) const {
    const int n = graph_.node(backup.id);
    if (is_lost(n)) return false;
    if (backup.place == Backup::Place::cloud) return true;
    const auto level = at_start_.find(n);
    if (level != at_start_.end() && level->second < 100) return false;
    return backup.place == Backup::Place::off_site || !backup.site_id.empty() || !loses_a_workplace();
  }

  /// Why data that is gone itself does not come back; empty where a copy stands or the data also lives elsewhere.
  std::string no_way_back(int node) const {
    const auto* data = resource(node);
    if (!data || data->kind != Resource::Kind::data || data->works_off_site == Answer::yes) return {};
    const Args args{{"data", title(node)}};
    bool any = false, placeless = false;
    for (const auto& edge : graph_.in(node)) {
      const auto* backup = edge.kind == Link::Kind::protects ? find_in(plan_.backups, graph_.id(edge.to)) : nullptr;
      if (!backup) continue;
      if (stands(*backup)) return {};
      any = true;
      placeless = placeless || (backup->place == Backup::Place::unknown && backup->site_id.empty());
    }
    const bool nowhere = nowhere_.contains(node);
    if (!any && nowhere) return tr("{data}: where it lies is not known and no backup protects it, so it counts as lost and does not come back.", args);
    if (!any) return tr("{data}: no backup protects it, so it does not come back.", args);
    if (placeless) return tr("{data}: where its backup is kept is not known, so it counts as lost with the data, which does not come back.", args);
    if (nowhere) return tr("{data}: where it lies is not known and every copy of it is lost, so it counts as lost and does not come back.", args);
    return tr("{data}: every copy that the plan knows is lost with it, so it does not come back.", args);
  }

  /// How long until a thing is back: where it is gone itself, the longer of replacing and restoring; where it only stopped, restoring.
  Minutes time_back(int node) {
    if (const auto* s = find_in(plan_.suppliers, graph_.id(node))) return s->recovery_minutes;
    const auto* r = resource(node);
    if (!r) return {};
    if (!r->replacement_minutes || r->recovery_minutes.is_none() || !is_gone_itself(node)) return r->recovery_minutes;
    return Minutes(std::max(r->replacement_minutes.count, r->recovery_minutes.value_or(0)));
  }

  void find_returns() {
    std::set<int> used;
    for (const auto& activity : plan_.activities)
      for (const int n : graph_.needed_by(graph_.node(activity.id))) used.insert(n);
    for (const auto& [n, left] : at_start_) hit_.push_back(n);
    std::sort(hit_.begin(), hit_.end());
    for (const int n : hit_) {
      const bool supplier = graph_.kind(n) == "supplier";
      if (graph_.kind(n) != "resource" && !(supplier && is_lost(n))) continue;
      out_.back[n] = -1;
      if (is_gone_itself(n)) {
        // Data goes with the machine it lies on, and a new machine brings none of it back.
        if (const auto* r = resource(n); r && r->kind == Resource::Kind::data) out_.lost.insert(n);
        if (auto reason = no_way_back(n); !reason.empty()) {
          out_.notes.push_back(std::move(reason));
          continue;
        }
        if (nowhere_.contains(n)) out_.notes.push_back(tr("{data}: where it lies is not known, so it counts as lost and comes back from its copy.", {{"data", title(n)}}));
      }
      const auto time = time_back(n);
      if (time.is_unknown() && used.contains(n)) out_.notes.push_back(tr("{resource}: how soon it is back is not known; it counts as gone all the time.", {{"resource", title(n)}}));
      if (!time || time.count >= horizon_) continue;
      out_.back[n] = time.count;
      returns_.emplace_back(time.count, n);
    }
    std::sort(returns_.begin(), returns_.end());
  }

  /// The spare places that stand in for lost ones: ready when the strategy for the premises says, and carrying no more than it says.
  void find_stand_ins() {
    const Strategy* best = nullptr;
    for (const auto& strategy : plan_.strategies) {
      if (strategy.area != Strategy::Area::premises || strategy.state == Strategy::State::no || !strategy.capacity_percent) continue;
      if (!best || strategy.capacity_percent.count > best->capacity_percent.count) best = &strategy;
    }
    for (const int site : out_.lost) {
      const auto& users = graph_.in(site);
      const bool worked_at = std::any_of(users.begin(), users.end(), [](const Graph::Edge& edge) { return edge.kind == Link::Kind::needs && edge.share_percent > 0; });
      if (graph_.kind(site) != "site" || !worked_at) continue;
      for (const int spare : graph_.alternates(site)) {
        if (is_gone_itself(spare) || stand_ins_.contains(spare)) continue;
        if (!best) out_.assumed.push_back(tr("How much of the work “{place}” can carry, and how soon, is not known; it counts as all of it at once.", {{"place", title(spare)}}));
        else if (!best->expected_minutes) out_.assumed.push_back(tr("How soon “{place}” is ready for work is not known; it counts as ready at once.", {{"place", title(spare)}}));
        stand_ins_[spare] = best ? static_cast<int>(std::clamp<std::int64_t>(best->capacity_percent.count, 0, 100)) : 100;
        if (best) ready_ = best->expected_minutes.value_or(0);
      }
    }
  }

  void play_phases() {
    std::set<std::int64_t> times{0};
    for (const auto& [time, n] : returns_) times.insert(time);
    if (!stand_ins_.empty() && ready_ < horizon_) times.insert(ready_);
    auto lost = out_.lost;
    std::set<int> moved;
    std::size_t next = 0;
    for (const auto start : times) {
      for (; next < returns_.size() && returns_[next].first <= start; ++next) {
        lost.erase(returns_[next].second);
        moved.insert(returns_[next].second);
      }
      auto most = stand_ins_;
      if (start < ready_)
        for (auto& [spare, percent] : most) percent = 0;
      out_.phases.push_back({start, graph_.levels(lost, moved, most)});
    }
  }

  const Plan& plan_;
  const Graph& graph_;
  std::int64_t horizon_, ready_ = 0;
  Outage out_;
  std::set<int> nowhere_;                       ///< data that counts as lost because nobody said where it lies
  std::map<int, bool> gone_;
  std::unordered_map<int, int> at_start_, stand_ins_;
  std::vector<int> hit_;
  std::vector<std::pair<std::int64_t, int>> returns_;
};

}  // namespace

Outage outage_of(const Plan& plan, const Graph& graph, const std::vector<Id>& ids, std::int64_t horizon) { return Playing(plan, graph, horizon).play(ids); }

}  // namespace mainstay
