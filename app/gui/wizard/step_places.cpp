// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include "core/base/text.h"

namespace mainstay {
namespace {

void build(StepPage& page) {
  const Plan& plan = page.plan();
  if (plan.sites.empty()) page.sentence(tr("No place yet. Add the place where you work, then one where you could work if it were closed."));
  const Site* main = nullptr;
  for (const auto& site : plan.sites)
    if (site.kind == Site::Kind::main && !main) main = &site;
  int number = 0;
  for (const auto& site : plan.sites) {
    ++number;
    const std::string title = site.name.empty() ? tr("Place {number}", {{"number", number}}) : site.name;
    page.section(title);
    page.begin_cells(2);
    page.text(record_field(plan, "site", site.id, "name", title));
    page.choice(record_field(plan, "site", site.id, "kind", title), field_options("site", "kind"));
    page.text(record_field(plan, "site", site.id, "address", title), true);
    page.text(record_field(plan, "site", site.id, "access_note", title), true);
    if (site.kind == Site::Kind::main || site.kind == Site::Kind::branch) {
      page.text(record_field(plan, "site", site.id, "open_days", title));
      page.text(record_field(plan, "site", site.id, "open_hours", title));
    }
    if (site.kind == Site::Kind::alternate || site.kind == Site::Kind::home || site.kind == Site::Kind::branch)
      page.text_or_unknown(record_field(plan, "site", site.id, "distance_km", title));
    page.end_cells();
    if (main && !(site.id == main->id)) {
      StepField stands_in;
      stands_in.label = tr("{place} is ready to stand in for {main}: desks, keys and connection are there", {{"place", title}, {"main", main->name}});
      stands_in.id = "stands_in:" + site.id.text;
      stands_in.get = [from = site.id, to = main->id](const Plan& now) { return std::string(has_link(now, from, to, Link::Kind::alternate_for) ? "yes" : ""); };
      stands_in.set = [from = site.id, to = main->id](const Plan& now, const std::string& value) { return linked(now, from, to, Link::Kind::alternate_for, value == "yes"); };
      page.check(stands_in);
    }
    page.button(tr("Remove this place"), "remove:" + site.id.text, [&page, id = site.id] { page.apply(removed(page.plan(), id)); },
                tr("Remove {record}", {{"record", title}}));
  }
  page.section(tr("Add a place"));
  page.add_form({{tr("Name"), "new_site_name", {}}, {tr("Kind"), "new_site_kind", field_options("site", "kind")}}, tr("Add this place"), "add_site",
                [](const Plan&, const std::vector<std::string>& values) {
                  return nothing_typed(values) ? Change{} : added("site", {{"name", values[0]}, {"kind", values[1]}});
                });
}

}  // namespace

StepInfo places_step() {
  return {"places", tr("Places"), tr("Where do you work, and where could you work if it were closed?"),
          tr("“The shop, 12 Harbour Street; instead, the back room of the accountant in Mill Road, 4 km away.”"),
          tr("fire, flood and police lines take away a place, and everything in it, at once."), build, [](StepPage& page) {
            std::string shape;
            for (const auto& site : page.plan().sites) shape += site.id.text + site.name + std::to_string(static_cast<int>(site.kind)) + ' ';
            return shape;
          }};
}

}  // namespace mainstay
