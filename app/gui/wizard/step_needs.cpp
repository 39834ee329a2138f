// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_boxes = 120;

/// A box that says whether the activity stops without the record.
StepField need_field(const Id& activity, const Id& thing, const std::string& name, const std::string& activity_name) {
  StepField field;
  field.label = name;
  field.name = tr("{activity} needs {thing}", {{"activity", activity_name}, {"thing", name}});
  field.id = "needs:" + thing.text;
  field.get = [activity, thing](const Plan& plan) { return std::string(has_link(plan, activity, thing, Link::Kind::needs) ? "yes" : ""); };
  field.set = [activity, thing](const Plan& plan, const std::string& value) { return linked(plan, activity, thing, Link::Kind::needs, value == "yes"); };
  return field;
}

struct Thing { Id id; std::string name; };

void put_boxes(StepPage& page, const std::string& title, const std::vector<Thing>& things, const Activity& activity, std::size_t& shown) {
  if (things.empty() || shown >= most_boxes) return;
  page.section(title);
  page.begin_cells(2);
  for (const auto& thing : things)
    if (shown++ < most_boxes) page.check(need_field(activity.id, thing.id, thing.name, activity.name));
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
  page.sentence(tr("Tick everything without which “{activity}” stops. Leave unticked what you do not know: it stays an open question.", {{"activity", activity.name}}));

  std::size_t shown = 0;
  const Options kinds = field_options("resource", "kind");
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
    std::vector<Thing> things;
    for (const auto& resource : plan.resources)
      if (static_cast<std::size_t>(resource.kind) == kind) things.push_back({resource.id, resource.name});
    put_boxes(page, kind == 0 ? tr("Other things") : kinds[kind].second, things, activity, shown);
  }
  std::vector<Thing> suppliers, people, sites;
  for (const auto& supplier : plan.suppliers) suppliers.push_back({supplier.id, supplier.name});
  for (const auto& person : plan.people)
    if (!person.left_on) people.push_back({person.id, person.name});
  for (const auto& site : plan.sites)
    if (site.kind != Site::Kind::alternate) sites.push_back({site.id, site.name});
  put_boxes(page, tr("Suppliers"), suppliers, activity, shown);
  put_boxes(page, tr("People"), people, activity, shown);
  put_boxes(page, tr("Places"), sites, activity, shown);
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
