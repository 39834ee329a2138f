// SPDX-License-Identifier: MIT
// The business impact analysis: priorities, harm over time, dependencies, the order in which IT comes back.
#include <algorithm>
#include <limits>
#include <map>

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
  s.table(std::move(points), tr("Nothing recorded here is a single point of failure."));
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
  // What others run on needs less itself, so it comes first among equals: a restore order that can be followed line by line.
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return std::pair(a.second.rto, a.second.needs) < std::pair(b.second.rto, b.second.needs); });
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
