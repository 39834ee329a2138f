// SPDX-License-Identifier: MIT
// The business impact analysis: priorities, harm over time, dependencies, the order in which IT comes back.
#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "core/analysis/recovery_schedule.h"
#include "core/analysis/starter_guesses.h"
#include "core/base/text.h"
#include "core/report/figure.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
constexpr auto no_time = std::numeric_limits<std::int64_t>::max();

/// What the activities ask of a resource: the shortest RTO that reaches it, and whose.
struct Demand {
  std::int64_t rto = no_time;
  Id activity;
  std::size_t users = 0, needs = 0;
};
}  // namespace

void section_priorities(Section& s) {
  TableBlock table;
  table.columns = {{tr("Activity"), 7}, {tr("Longest stop (MTPD)"), 3}, {tr("Back within (RTO)"), 3}, {tr("Data loss (RPO)"), 3}, {tr("Minimum level (MBCO)"), 4}, {tr("Rests on"), 4}};
  for (const auto* activity : activities_in_order(s.plan)) {
    Text level = cell(activity->mbco_percent);
    if (!trimmed(activity->mbco).empty() && activity->mbco != none_text) {
      if (!activity->mbco_percent) level = plain(activity->mbco);
      else level.push_back(Span{"\n" + activity->mbco, Tone::muted});
    }
    table.rows.push_back({stacked(activity->name, title_of(s.plan, activity->owner_role_id)), cell(activity->mtpd_minutes), cell(activity->rto_minutes), cell(activity->rpo_minutes), level, basis_cell(activity->times_basis)});
  }
  const bool any = !table.rows.empty();
  s.table(std::move(table), tr("No activity has been recorded yet. Begin with the three that earn the most, and ask for each how long it may stand still."));
  if (!any) return;
  std::size_t untested = 0;
  for (const auto& activity : s.plan.activities) untested += activity.times_basis != Basis::tested && activity.times_basis != Basis::observed;
  if (untested > 0)
    s.callout(Tone::unknown, tr_count(static_cast<long long>(untested), "The times of {count} activity are somebody's word", "The times of {count} activities are somebody's word"),
              tr("Nobody has measured yet whether they can be met. A restore test or an exercise turns a stated time into a proven one."));
  TableBlock ways;
  ways.caption = tr("How each goes on meanwhile");
  ways.columns = {{tr("Activity"), 3}, {tr("Workaround"), 6}, {tr("Level"), 2}, {tr("Ready after"), 2}, {tr("Hurts most"), 3}};
  for (const auto* activity : activities_in_order(s.plan))
    ways.rows.push_back({cell(activity->name, Tone::strong), cell(activity->workaround), cell(activity->workaround_percent), cell(activity->workaround_start_minutes), cell(activity->peak_period)});
  s.out.emplace_back(std::move(ways));
}

void section_impacts(Section& s) {
  std::vector<const Activity*> with;
  std::vector<std::string> without;
  for (const auto* activity : activities_in_order(s.plan)) {
    const bool any = std::any_of(s.plan.impacts.begin(), s.plan.impacts.end(), [&](const Impact& i) { return i.activity_id == activity->id && i.after_minutes && i.level != Impact::Level::unknown; });
    if (any) with.push_back(activity);
    else without.push_back(activity->name);
  }
  if (with.empty()) {
    s.say(tr("No harm over time has been recorded yet. For each activity, say how bad an interruption is after an hour, a day, three days and a week."));
    return;
  }
  s.say(Text{Span{tr("Each line holds its level until the next step. The levels are what the owners of the activities asserted."), Tone::muted}}, true);
  for (auto& figure : impact_figures(s.plan, with)) s.out.emplace_back(std::move(figure));
  if (!without.empty()) s.say(tr("Nothing has been recorded yet for: {activities}.", {{"activities", join(without, ", ")}}));
}

/// Where no single point shows only because too little is known, says so instead of giving comfort.
bool too_little_known(Section& s) {
  std::set<int> used;
  for (const auto& activity : s.plan.activities)
    for (const int n : s.in.graph.needed_by(s.in.graph.node(activity.id))) used.insert(n);
  std::vector<std::string> roles, data, times;
  for (const auto& role : s.plan.roles)
    if (used.contains(s.in.graph.node(role.id)) && !is_held(s.plan, role)) roles.push_back(role.name);
  for (const auto& r : s.plan.resources) {
    const int n = s.in.graph.node(r.id);
    if (!used.contains(n)) continue;
    const auto& in = s.in.graph.in(n);
    const bool copied = std::any_of(in.begin(), in.end(), [](const Graph::Edge& edge) { return edge.kind == Link::Kind::protects; });
    if (r.kind == Resource::Kind::data && r.works_off_site != Answer::yes && !copied) data.push_back(r.name);
    if (r.recovery_basis == Basis::template_value || r.recovery_minutes.is_unknown()) times.push_back(r.name);
  }
  std::vector<std::string> why;
  const auto tell = [&](const std::vector<std::string>& names, std::string_view one, std::string_view many) {
    if (!names.empty()) why.push_back(tr_count(static_cast<long long>(names.size()), one, many, {{"names", join(names, ", ")}}));
  };
  tell(roles, "Nobody holds 1 role that the work needs: {names}.", "Nobody holds {count} roles that the work needs: {names}.");
  tell(data, "No backup protects 1 kind of data that the work needs: {names}.", "No backup protects {count} kinds of data that the work needs: {names}.");
  tell(times, "How soon 1 thing could be back is a guess, or not known: {names}.", "How soon {count} things could be back is a guess, or not known: {names}.");
  if (why.empty()) return false;
  s.callout(Tone::unknown, tr("No single point of failure shows, but too little is known to rule one out"), join(why, "\n"));
  return true;
}

void section_dependencies(Section& s) {
  std::vector<const Activity*> tied;
  std::vector<std::string> untied;
  for (const auto* activity : activities_in_order(s.plan)) {
    const int node = s.in.graph.node(activity->id);
    if (node >= 0 && !s.in.graph.needed_by(node).empty()) tied.push_back(activity);
    else untied.push_back(activity->name);
  }
  if (tied.empty()) {
    s.say(tr("No activity has been tied to what it needs yet. Ask for each: which people, systems, data, places and suppliers would stop it if they were gone?"));
    return;
  }
  for (auto& figure : dependency_figures(s.plan, s.in.graph, tied)) s.out.emplace_back(std::move(figure));
  if (!untied.empty()) s.say(tr("Nothing has been recorded yet for: {activities}.", {{"activities", join(untied, ", ")}}));
  TableBlock points;
  points.caption = tr("Single points of failure");
  points.columns = {{tr("If this is gone"), 3}, {tr("these stop for too long, and nothing stands in"), 6}};
  for (const auto& point : single_points(s.plan, s.in.graph)) {
    std::vector<std::string> names;
    for (const auto& id : point.activities) names.push_back(title_of(s.plan, id));
    points.rows.push_back({cell(title_of(s.plan, point.id), Tone::strong), plain(join(names, ", "))});
  }
  if (points.rows.empty() && too_little_known(s)) return;
  s.table(std::move(points), tr("Nothing recorded here is a single point of failure."));
}

/// Each thing after all that it needs; among those that are ready the one needed soonest first, then power and lines, then what needs least itself.
void put_in_order(const Section& s, std::vector<std::pair<int, Demand>>& order) {
  std::map<int, std::size_t> places;
  for (std::size_t i = 0; i < order.size(); ++i) places.emplace(order[i].first, i);
  std::vector<std::size_t> waits(order.size(), 0);
  std::vector<std::vector<std::size_t>> users(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    for (const int n : s.in.graph.needed_by(order[i].first)) {
      const auto at = places.find(n);
      if (at == places.end() || at->second == i) continue;
      ++waits[i];
      users[at->second].push_back(i);
    }
  using Key = std::tuple<std::int64_t, bool, std::size_t, std::size_t>;
  const auto key = [&](std::size_t i) {
    const auto& resource = *find_in(s.plan.resources, s.in.graph.id(order[i].first));
    return Key{order[i].second.rto, resource.kind != Resource::Kind::utility, order[i].second.needs, i};
  };
  std::set<Key> ready, waiting;
  for (std::size_t i = 0; i < order.size(); ++i) (waits[i] == 0 ? ready : waiting).insert(key(i));
  std::vector<std::pair<int, Demand>> sorted;
  while (!ready.empty() || !waiting.empty()) {
    auto& from = ready.empty() ? waiting : ready;  // round a circle nothing can come first: the most urgent then
    const std::size_t i = std::get<3>(*from.begin());
    from.erase(from.begin());
    sorted.push_back(order[i]);
    for (const auto user : users[i])
      if (--waits[user] == 0 && waiting.erase(key(user)) > 0) ready.insert(key(user));
  }
  order = std::move(sorted);
}

/// Whether each activity can be back in the time it was promised, if everything it needs had to be brought back one after the other.
void activities_in_time(Section& s) {
  TableBlock table;
  table.caption = tr("Can the promises be kept, if everything had to be brought back?");
  table.columns = {{tr("Activity"), 4}, {tr("Promised (RTO)"), 2}, {tr("Adds up to"), 2}, {tr("The longest chain"), 6}, {tr("Verdict"), 2}};
  for (const auto* activity : activities_in_order(s.plan)) {
    const auto way = achievable_minutes(s.plan, s.in.graph, activity->id);
    if (way.path.size() < 2) continue;
    std::vector<std::string> names;
    bool measured = true;
    for (const auto& id : way.path) {
      if (id == activity->id) continue;
      names.push_back(title_of(s.plan, id));
      const auto* r = find_in(s.plan.resources, id);
      measured = measured && r && (r->recovery_basis == Basis::tested || r->recovery_basis == Basis::observed);
    }
    Text chain = plain(join(names, " → "));
    if (!way.unknown.empty()) {
      std::vector<std::string> open;
      for (const auto& id : way.unknown) open.push_back(title_of(s.plan, id));
      chain.push_back(Span{"\n" + tr("Time not known: {names}", {{"names", join(open, ", ")}}), Tone::unknown});
    }
    Text verdict = {Span{tr("Unproven"), Tone::unknown}};
    if (!activity->rto_minutes) verdict = {Span{tr("No RTO set"), Tone::unknown}};
    else if (!way.minutes) verdict = {Span{tr("Not known"), Tone::unknown}};
    else if (way.minutes.count > activity->rto_minutes.count) verdict = {Span{tr("Too slow"), Tone::bad}};
    else if (measured) verdict = {Span{tr("In time"), Tone::good}};
    table.rows.push_back({cell(activity->name, Tone::strong), cell(activity->rto_minutes), cell(way.minutes), std::move(chain), std::move(verdict)});
  }
  if (!table.rows.empty()) s.out.emplace_back(std::move(table));
}

void section_it_order(Section& s) {
  std::map<int, Demand> demands;
  for (const auto& activity : s.plan.activities) {
    const int root = s.in.graph.node(activity.id);
    if (root < 0) continue;
    for (const int node : s.in.graph.needed_by(root)) {
      if (s.in.graph.kind(node) != "resource") continue;
      auto& demand = demands[node];
      ++demand.users;
      if (activity.rto_minutes && activity.rto_minutes.count < demand.rto) demand.rto = activity.rto_minutes.count, demand.activity = activity.id;
    }
  }
  for (auto& [node, demand] : demands) demand.needs = s.in.graph.needed_by(node).size();
  std::vector<std::pair<int, Demand>> order;
  for (const auto& entry : demands) {
    const auto* resource = find_in(s.plan.resources, s.in.graph.id(entry.first));
    using Kind = Resource::Kind;
    if (resource && (resource->kind == Kind::system || resource->kind == Kind::data || resource->kind == Kind::equipment || resource->kind == Kind::service || resource->kind == Kind::telephony || resource->kind == Kind::utility))
      order.push_back(entry);
  }
  put_in_order(s, order);
  TableBlock table;
  table.columns = {{tr("No."), 1}, {tr("Bring back"), 6}, {tr("Needed within"), 5}, {tr("Takes"), 3}, {tr("Rests on"), 4}, {tr("Verdict"), 4}};
  for (const auto& [node, demand] : order) {
    const auto& resource = *find_in(s.plan.resources, s.in.graph.id(node));
    std::vector<std::string> where;
    if (const auto kind = label_of(resource, "kind"); !kind.empty()) where.push_back(kind);
    if (const auto site = title_of(s.plan, resource.site_id); !site.empty()) where.push_back(site);
    if (const auto supplier = title_of(s.plan, resource.supplier_id); !supplier.empty()) where.push_back(supplier);
    Text verdict = {Span{tr("Not measured"), Tone::unknown}};
    const bool measured = resource.recovery_basis == Basis::tested || resource.recovery_basis == Basis::observed;
    if (demand.rto == no_time) verdict = {Span{tr("No RTO set"), Tone::unknown}};
    else if (resource.recovery_minutes && resource.recovery_minutes.count > demand.rto) verdict = {Span{tr("Too slow"), Tone::bad}};
    else if (resource.recovery_minutes.is_none()) verdict = {Span{tr("No way back"), Tone::bad}};
    else if (resource.recovery_minutes && measured) verdict = {Span{tr("In time"), Tone::good}};
    else if (resource.recovery_minutes) verdict = {Span{tr("Unproven"), Tone::unknown}};
    const auto needed = demand.rto == no_time ? cell("") : stacked(spoken_minutes(demand.rto), title_of(s.plan, demand.activity));
    table.rows.push_back({plain(std::to_string(table.rows.size() + 1)), stacked(resource.name, join(where, " · ")), needed, cell(resource.recovery_minutes), basis_cell(resource.recovery_basis), verdict});
  }
  s.table(std::move(table), tr("No system or data has been tied to an activity yet, so there is no order to bring them back in."));
  if (!order.empty()) activities_in_time(s);
  std::vector<Text> keys;
  for (const auto& [node, demand] : order)
    if (const auto& resource = *find_in(s.plan.resources, s.in.graph.id(node)); !trimmed(resource.keys_kept_at).empty() && resource.keys_kept_at != none_text)
      keys.push_back({Span{resource.name, Tone::strong}, Span{tr(": {place}", {{"place", resource.keys_kept_at}}), Tone::plain}});
  if (!keys.empty()) {
    s.heading(3, tr("Where recovery keys, licences and installers lie"));
    s.list(List::Style::bullet, std::move(keys));
  }
}

}  // namespace mainstay
