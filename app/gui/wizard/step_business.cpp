// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

const Id business{organisation_id};
constexpr const char* blank = "blank";

/// True where nobody has worked on what the starter plan gave: another one may then take its place.
bool untouched(const Plan& plan) {
  Plan start = plan.organisation().template_id.empty() ? Plan{} : starter_plan(plan.organisation().template_id);
  start.organisations = plan.organisations;
  Plan mine = plan;
  mine.tasks.clear();
  start.tasks.clear();
  return diff(start, mine).empty();
}

/// The starter plan with what is already known about the business put over its own.
Change start_from(const Plan& plan, const std::string& id) {
  Plan target = starter_plan(id);
  const Table* table = table_of("organisation");
  const Plan before = plan.organisation().template_id.empty() ? Plan{} : starter_plan(plan.organisation().template_id);
  if (!plan.organisations.empty()) {
    if (target.organisations.empty()) table->append(target, business);
    for (const auto& field : table->info->fields) {
      const std::string value = field.text(&plan.organisations.front());
      const bool said_here = !value.empty() && (before.organisations.empty() || value != field.text(&before.organisations.front()));
      if (said_here) field.set_text(table->mutable_at(target, 0), value);
    }
  }
  if (!target.organisations.empty()) table->info->field("template_id")->set_text(table->mutable_at(target, 0), id);
  Change change = diff(plan, target);
  change.note = tr("Start from the starter plan {id}", {{"id", id}});
  return change;
}

std::string title_of_starter(const std::string& id) {
  for (const auto& starter : starter_plans())
    if (starter.id == id) return starter.title;
  return id;
}

void build(StepPage& page) {
  const Plan& plan = page.plan();
  page.begin_cells(2);
  page.text(record_field(plan, "organisation", business, "name"));
  page.text(record_field(plan, "organisation", business, "business_kind"));
  page.end_cells();

  page.section(tr("Start from a plan for a business like yours"));
  const std::string& present = plan.organisation().template_id;
  if (untouched(plan)) {
    page.sentence(tr("A starter plan brings activities, roles, threats and procedures that you keep, change or remove. You can pick another one until you change something."), true);
    Options options;
    for (const auto& starter : starter_plans()) options.emplace_back(starter.id, starter.title);
    std::stable_partition(options.begin(), options.end(), [](const auto& option) { return option.first != blank; });
    if (page.memory.empty()) page.memory = (present.empty() || present == blank) && !options.empty() ? options.front().first : present;
    page.begin_row();
    page.picker(tr("Starter plan"), "starter_plan", options, page.memory, [&page](const std::string& id) {
      page.memory = id;
      page.rebuild_soon();
    });
    page.button(tr("Use this starter plan"), "use_starter_plan", [&page] {
      if (page.apply(start_from(page.plan(), page.memory))) page.say(tr("The starter plan is in. Everything in it can be changed on the next pages."));
    });
    page.end_row();
    for (const auto& starter : starter_plans())
      if (starter.id == page.memory) page.sentence(starter.description);
    if (!present.empty() && present != blank) page.status(Status::good, tr("In use"), tr("This plan starts from “{title}”.", {{"title", title_of_starter(present)}}));
  } else {
    page.sentence(present.empty() || present == blank ? tr("This plan has content of its own, so no starter plan is offered any more.")
                                  : tr("This plan grew from the starter plan “{id}” and has been changed since. Undo leads back, if you want another.", {{"id", title_of_starter(present)}}));
  }

  page.section(tr("Size and money"));
  page.begin_cells(2);
  page.choice(record_field(plan, "organisation", business, "region"), field_options("organisation", "region"));
  page.text_or_unknown(record_field(plan, "organisation", business, "staff_count"));
  page.text(record_field(plan, "organisation", business, "currency"));
  page.text_or_unknown(record_field(plan, "organisation", business, "cash_cents"));
  page.text_or_unknown(record_field(plan, "organisation", business, "fixed_cost_per_month_cents"));
  page.text_or_unknown(record_field(plan, "organisation", business, "income_per_month_cents"));
  page.choice(record_field(plan, "organisation", business, "open_saturday"), field_options("organisation", "open_saturday"));
  page.choice(record_field(plan, "organisation", business, "open_sunday"), field_options("organisation", "open_sunday"));
  page.end_cells();
}

}  // namespace

StepInfo business_step() {
  return {"business", tr("Your business"), tr("What is your business?"), tr("“Harbour Street Homewares, a shop with six people in Australia.”"),
          tr("the kind of business decides what usually goes wrong, and cash and fixed cost decide how long it can stay closed."), build,
          [](StepPage& page) { return page.plan().organisation().template_id + (untouched(page.plan()) ? "+" : "-"); }};
}

}  // namespace mainstay
