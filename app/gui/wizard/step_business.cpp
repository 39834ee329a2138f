// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "app/gui/session.h"
#include "core/base/emergency_numbers.h"
#include "core/base/text.h"
#include "core/model/emergency_contact.h"

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
  const auto* number = emergency_number(find_record(plan, business).text("region"));
  for (auto& contact : mine.contacts)
    if (contact.id == Id{emergency_contact_id} && number && contact.phone == number->phone) contact.phone = contact.second_phone = "";  // followed the region by itself
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

/// The starter plan chosen in the list and not yet in; nothing where there is none or the plan has content of its own.
Change chosen_starter(const Plan& plan, const std::string& chosen) {
  if (chosen.empty() || chosen == plan.organisation().template_id || !untouched(plan)) return {};
  return start_from(plan, chosen);
}

void say_taken(StepPage& page, const std::string& before) {
  page.say(before.empty() || before == blank ? tr("The starter plan is in. Everything in it can be changed on the next pages.")
                                             : tr("The starter plan took the place of “{title}”. What you said about the business stays; Ctrl+Z brings the other one back.", {{"title", title_of_starter(before)}}));
}

/// What the region makes of the contact for police, fire brigade and ambulance.
void put_emergency_number(StepPage& page) {
  const Plan& plan = page.plan();
  const auto* contact = find_in(plan.contacts, Id{emergency_contact_id});
  const auto region = find_record(plan, business).text("region");
  if (!contact || region.empty()) return;
  const auto show = [&page] { page.session().show_record(Id{emergency_contact_id}); };
  const auto name = tr("Show the contact {contact}", {{"contact", contact->name}});
  const auto* number = emergency_number(region);
  if (contact->phone.empty())
    page.status(Status::unknown, tr("Not known"), number ? tr("“{contact}” has no number yet.", {{"contact", contact->name}})
                                                         : tr("The emergency number of this region is not verified here: look it up and enter it at “{contact}”.", {{"contact", contact->name}}),
                tr("Show"), "show_emergency", show, name);
  else if (number && contact->phone == number->phone && !contact->verified_on)
    page.status(Status::info, tr("In the plan"), tr("“{contact}”: {number}, from the region ({source}). Check it once and write down the day.",
                {{"contact", contact->name}, {"number", contact->second_phone.empty() ? contact->phone : tr("{phone}; {second}", {{"phone", contact->phone}, {"second", contact->second_phone}})}, {"source", number->source}}),
                tr("Show"), "show_emergency", show, name);
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
    page.sentence(tr("A starter plan brings activities, roles, threats and procedures that you keep, change or remove. You can pick another one until you change something that it brought."), true);
    Options options;
    if (present.empty() || present == blank) options.emplace_back("", tr("Not chosen yet"));
    for (const auto& starter : starter_plans()) options.emplace_back(starter.id, starter.title);
    std::erase_if(options, [&](const auto& option) { return option.first == blank && (present.empty() || present == blank); });
    std::stable_partition(options.begin(), options.end(), [](const auto& option) { return option.first != blank; });
    if (page.memory.empty() && present != blank) page.memory = present;
    page.begin_row();
    page.picker(tr("Starter plan"), "starter_plan", options, page.memory, [&page](const std::string& id) {
      page.memory = id;
      page.rebuild_soon();
    });
    page.button(tr("Use this starter plan"), "use_starter_plan", [&page] {
      const std::string chosen = page.memory, before = page.plan().organisation().template_id;
      if (chosen.empty()) {
        page.say(tr("Choose a starter plan in the list first."));
        return;
      }
      page.memory.clear();
      if (page.apply(start_from(page.plan(), chosen))) say_taken(page, before);
    });
    page.end_row();
    page.when_left([&page](const Plan& now) {  // chosen and not yet used: going on means yes
      const auto change = chosen_starter(now, page.memory);
      page.memory.clear();
      if (!change.empty()) say_taken(page, now.organisation().template_id);
      return change;
    });
    for (const auto& starter : starter_plans())
      if (starter.id == page.memory) page.sentence(starter.description);
    if (!page.memory.empty() && page.memory != present) page.status(Status::info, tr("Chosen"), tr("“{title}” is put in when you use it or go on.", {{"title", title_of_starter(page.memory)}}));
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
  put_emergency_number(page);
}

}  // namespace

StepInfo business_step() {
  return {"business", tr("Your business"), tr("What is your business?"), tr("“Harbour Street Homewares, a shop with six people in Australia.”"),
          tr("the kind of business decides what usually goes wrong, and cash and fixed cost decide how long it can stay closed."), build,
          [](StepPage& page) {
            const Plan& plan = page.plan();
            const auto* contact = find_in(plan.contacts, Id{emergency_contact_id});
            return plan.organisation().template_id + (untouched(plan) ? "+" : "-") + find_record(plan, business).text("region") + (contact ? contact->phone + contact->second_phone + to_text(contact->verified_on) : "");
          }};
}

}  // namespace mainstay
