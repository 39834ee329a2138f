// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_rows = 60;

void build_people(StepPage& page) {
  const Plan& plan = page.plan();
  page.section(tr("Everybody who works here"));
  if (plan.people.empty()) {
    page.sentence(tr("Nobody yet. Start with yourself."));
  } else {
    page.begin_cells(2);  // two lines for each: beside each other, a number would not be read whole
    std::size_t number = 0;
    for (const auto& person : plan.people) {
      if (person.left_on) continue;
      if (++number > most_rows) break;
      const std::string who = person.name.empty() ? tr("person {number}", {{"number", number}}) : person.name;
      page.text(record_field(plan, "person", person.id, "name", who));
      page.text(record_field(plan, "person", person.id, "phone", who));
      page.text(record_field(plan, "person", person.id, "second_channel", who));
      page.button(tr("Remove"), "remove:" + person.id.text, [&page, id = person.id] { page.apply(removed(page.plan(), id)); }, tr("Remove {record}", {{"record", who}}));
    }
    page.end_cells();
    if (number > most_rows) page.sentence(tr("The first {count} are shown; the People page holds everybody.", {{"count", most_rows}}), true);
  }
  page.add_form({{tr("Name"), "new_person_name", {}}, {tr("Mobile phone"), "new_person_phone", {}}, {tr("Second channel"), "new_person_second", {}}}, tr("Add this person"),
                "add_person", [](const Plan&, const std::vector<std::string>& values) {
                  return nothing_typed(values) ? Change{} : added("person", {{"name", values[0]}, {"phone", values[1]}, {"second_channel", values[2]}});
                });
}

void build_roles(StepPage& page) {
  const Plan& plan = page.plan();
  page.section(tr("Who decides and does what"));
  page.sentence(tr("Each role needs somebody, and somebody else who steps in and would not be out for the same reason."), true);
  const Options people = people_options(plan);
  if (plan.roles.empty()) {
    page.sentence(tr("No role yet. The first one to have is the person who may declare an emergency."));
  } else {
    std::size_t number = 0;
    for (const auto& role : plan.roles) {
      if (++number > most_rows) break;
      const std::string what = role.name.empty() ? tr("role {number}", {{"number", number}}) : role.name;
      page.sentence(what);
      page.begin_cells(3);
      page.choice(record_field(plan, "role", role.id, "holder_id", what), people);
      page.choice(record_field(plan, "role", role.id, "alternate_id", what), people);
      page.choice(record_field(plan, "role", role.id, "may_declare", what), field_options("role", "may_declare"));
      page.end_cells();
    }
  }
  page.add_form({{tr("Role"), "new_role_name", {}}}, tr("Add this role"), "add_role", [](const Plan&, const std::vector<std::string>& values) {
    return trimmed(values[0]).empty() ? Change{} : added("role", {{"name", values[0]}});
  });
  page.section(tr("Who keeps the plan true"));
  page.begin_cells(2);
  page.choice(record_field(plan, "organisation", Id{organisation_id}, "plan_owner_id"), people);
  page.choice(record_field(plan, "organisation", Id{organisation_id}, "sponsor_id"), people);
  page.end_cells();
}

void build(StepPage& page) {
  build_people(page);
  build_roles(page);
}

}  // namespace

StepInfo people_step() {
  return {"people", tr("People and who decides"), tr("Who works here, and who decides when things go wrong?"),
          tr("“Mina Park, 0412 555 010, or her partner on 0412 555 011. If Mina cannot, Tom decides.”"),
          tr("in the first hour somebody must be reachable, and must know that the decision is theirs."), build, [](StepPage& page) {
            std::string shape = ids_of(page.plan(), "role");
            for (const auto& person : page.plan().people) shape += person.id.text + person.name + (person.left_on ? "-" : "+");
            return shape;
          }};
}

}  // namespace mainstay
