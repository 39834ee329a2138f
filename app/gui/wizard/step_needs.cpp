// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_boxes = 120;

struct Thing { Id id; std::string name; };

/// The kinds of thing that an activity can do without, as its field holds them.
std::vector<std::string> kinds_not_needed(const Plan& plan, const Id& activity) {
  std::vector<std::string> kinds;
  for (const auto& part : split(find_record(plan, activity).text("not_needed"), ','))
    if (!trimmed(part).empty()) kinds.emplace_back(trimmed(part));
  return kinds;
}

Change with_kind_needed(const Plan& plan, const Id& activity, const std::string& kind, bool needed) {
  auto kinds = kinds_not_needed(plan, activity);
  std::erase(kinds, kind);
  if (!needed) kinds.push_back(kind);
  return set_fields(plan, find_record(plan, activity), {{"not_needed", join(kinds, ", ")}});
}

/// A box that says whether the activity stops without the record.
StepField need_field(const Id& activity, const Id& thing, const std::string& kind, const std::string& name, const std::string& activity_name) {
  StepField field;
  field.label = name;
  field.name = tr("{activity} needs {thing}", {{"activity", activity_name}, {"thing", name}});
  field.id = "needs:" + thing.text;
  field.get = [activity, thing](const Plan& plan) { return std::string(has_link(plan, activity, thing, Link::Kind::needs) ? "yes" : ""); };
  field.set = [activity, thing, kind](const Plan& plan, const std::string& value) {
    Change change = linked(plan, activity, thing, Link::Kind::needs, value == "yes");
    if (value == "yes" && !change.empty()) append(change, with_kind_needed(plan, activity, kind, true));
    return change;
  };
  return field;
}

/// Whether the activity needs anything of a kind: not known, what is ticked, or nothing of it.
StepField kind_field(const Id& activity, const std::string& kind, const std::string& title, const std::string& activity_name, const std::vector<Thing>& things) {
  StepField field;
  field.label = tr("Which of these does it need?");
  field.name = tr("{kind}: which of these does {activity} need?", {{"kind", title}, {"activity", activity_name}});
  field.id = "needs_kind:" + kind;
  field.get = [activity, kind, things](const Plan& plan) {
    if (std::any_of(things.begin(), things.end(), [&](const Thing& thing) { return has_link(plan, activity, thing.id, Link::Kind::needs); })) return std::string("ticked");
    const auto none = kinds_not_needed(plan, activity);
    return std::string(std::find(none.begin(), none.end(), kind) != none.end() ? "none" : "");
  };
  field.set = [activity, kind, things](const Plan& plan, const std::string& value) {
    Change change = with_kind_needed(plan, activity, kind, value != "none");
    Plan next = change.empty() ? plan : applied(plan, change);
    if (value == "none")
      for (const auto& thing : things) {
        const Change untied = linked(next, activity, thing.id, Link::Kind::needs, false);
        if (untied.empty()) continue;
        apply_to(next, untied);
        if (change.empty()) change = untied;
        else append(change, untied);
      }
    return change;
  };
  return field;
}

void put_boxes(StepPage& page, const std::string& kind, const std::string& title, const std::vector<Thing>& things, const Activity& activity, std::size_t& shown) {
  if (things.empty() || shown >= most_boxes) return;
  page.section(title);
  page.begin_cells(1);
  page.choice(kind_field(activity.id, kind, title, activity.name, things), {{"", tr("I don't know")}, {"ticked", tr("What is ticked below")}, {"none", tr("None of these")}});
  page.end_cells();
  page.begin_cells(2);
  for (const auto& thing : things)
    if (shown++ < most_boxes) page.check(need_field(activity.id, thing.id, kind, thing.name, activity.name));
  page.end_cells();
}

void build(StepPage& page) {
  const Plan& plan = page.plan();
  if (plan.activities.empty()) {
    page.sentence(tr("There is no activity yet; add one on page 4, and come back."));
    return;
  }
  if (!find_in(plan.activities, Id{page.memory})) page.memory = plan.activities.front().id.text;
  Options activities;
  for (const auto& activity : plan.activities) activities.emplace_back(activity.id.text, activity.name);
  page.picker(tr("Activity"), "needs_activity", activities, page.memory, [&page](const std::string& id) {
    page.memory = id;
    page.rebuild_soon();
  });
  const Activity& activity = *find_in(plan.activities, Id{page.memory});
  page.sentence(tr("Tick everything without which “{activity}” stops. Where it needs nothing of a kind, say “None of these”; a kind that says “I don't know” stays an open question.", {{"activity", activity.name}}));

  std::size_t shown = 0;
  const Options kinds = field_options("resource", "kind");
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    std::vector<Thing> things;
    for (const auto& resource : plan.resources)
      if (static_cast<std::size_t>(resource.kind) == kind) things.push_back({resource.id, resource.name});
    put_boxes(page, kind == 0 ? "other" : kinds[kind].first, kind == 0 ? tr("Other things") : kinds[kind].second, things, activity, shown);
  }
  std::vector<Thing> suppliers, people, sites;
  for (const auto& supplier : plan.suppliers) suppliers.push_back({supplier.id, supplier.name});
  for (const auto& person : plan.people)
    if (!person.left_on) people.push_back({person.id, person.name});
  for (const auto& site : plan.sites)
    if (site.kind != Site::Kind::alternate) sites.push_back({site.id, site.name});
  put_boxes(page, "supplier", tr("Suppliers"), suppliers, activity, shown);
  put_boxes(page, "people", tr("People"), people, activity, shown);
  put_boxes(page, "site", tr("Places"), sites, activity, shown);
  if (shown > most_boxes) page.sentence(tr("The first {count} are shown; the Dependencies page holds the others.", {{"count", most_boxes}}), true);

  page.section(tr("Something else it needs"));
  page.add_form({{tr("Name"), "new_resource_name", {}}, {tr("Kind"), "new_resource_kind", kinds}}, tr("Add and tick"), "add_resource",
                [id = activity.id](const Plan& now, const std::vector<std::string>& values) {
                  if (trimmed(values[0]).empty()) return Change{};
                  Change change = added("resource", {{"name", values[0]}, {"kind", values[1]}});
                  append(change, linked(now, id, change.edits.front().id, Link::Kind::needs, true));
                  change.note = tr("Add {name}", {{"name", values[0]}});
                  return change;
                });
}

}  // namespace

StepInfo needs_step() {
  return {"needs", tr("What each needs"), tr("What does each activity need to run?"), tr("“Taking payments needs the till, the internet, the card provider and somebody who knows the float.”"),
          tr("one lost thing can stop many activities; this is how Mainstay finds which."), build, [](StepPage& page) {
            std::string shape = page.memory + ids_of(page.plan(), "resource") + ids_of(page.plan(), "supplier") + ids_of(page.plan(), "person") + ids_of(page.plan(), "site");
            for (const auto& activity : page.plan().activities) shape += activity.id.text + activity.name + ' ';
            return shape;
          }};
}

}  // namespace mainstay
