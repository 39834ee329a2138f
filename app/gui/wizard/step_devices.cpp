// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>
#include <set>

#include "app/gui/figure_view.h"
#include "app/gui/finding_words.h"
#include "app/gui/import_dialog.h"
#include "app/gui/question_panel.h"
#include "app/gui/wx_text.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_devices = 30;

StepField question_field(StepPage& page, const InventoryQuestion& question, const std::string& about) {
  StepField field;
  field.label = question.text;
  field.name = question.text.find(about) != std::string::npos ? question.text : tr("{field}, {record}", {{"field", question.text}, {"record", about}});
  field.id = question.attribute + ":" + question.subject_id.text;
  field.help = question.help;
  field.get = [subject = question.subject_id, name = question.attribute](const Plan& plan) {
    if (const auto ref = find_record(plan, subject); ref && ref.table->info->field(name)) return ref.text(name);  // some questions are about a field of the device
    for (const auto& attribute : plan.attributes)
      if (attribute.subject_id == subject && attribute.name == name) return attribute.value;
    return std::string();
  };
  field.set = [&page, subject = question.subject_id, name = question.attribute](const Plan& plan, const std::string& value) {
    const auto answer = trimmed(value);
    if (answer.empty()) return put_off_question(plan, subject, name, page.document().today(), page.document().author());
    return answer_question(plan, subject, name, answer, page.document().today(), page.document().author());
  };
  return field;
}

/// A question with the drawing of where to look, once a page: further devices of the kind are asked in words.
void put_question(StepPage& page, const InventoryQuestion& question, const std::string& about, std::set<std::string>& drawn) {
  if (!question.picture.empty() && drawn.insert(question.picture).second)
    if (auto* drawing = make_drawing(&page, question.picture)) page.put(drawing, 0);
  const StepField field = question_field(page, question, about);
  if (question.choices.empty()) {
    page.text(field);
    if (takes_nothing(question) && question.value != none_text)
      page.button(tr("Looked: nothing there"), "none:" + field.id, [&page, set = field.set] { page.apply(set(page.plan(), std::string(none_text))); }, tr("Looked: nothing there: {question}", {{"question", field.name}}));
  } else {
    Options options;
    for (const auto& choice : question.choices)
      if (!choice.key.empty()) options.emplace_back(std::string(choice.key), tr(choice.label));
    options.insert(options.begin(), {"", tr("I don't know")});
    page.choice(field, options);
  }
  if (!question.help.empty()) page.sentence(question.help, true);
}

/// A place as a whole: what rules ask of it, and what they say.
void put_place(StepPage& page, const Site& site, const std::vector<InventoryQuestion>& questions, std::set<std::string>& drawn) {
  bool any = false;
  for (const auto& question : questions) {
    if (question.subject_id != site.id) continue;
    if (!any) page.section(site.name.empty() ? tr("This place") : site.name);
    any = true;
    page.begin_cells(1);
    put_question(page, question, site.name, drawn);
    page.end_cells();
  }
  if (!any) return;
  for (const auto& finding : page.document().findings())
    if (finding.subject_id == site.id && is_of_devices(finding)) page.status(status_of(finding), verdict_words(finding.verdict), finding.message);
}

void put_device(StepPage& page, const Device& device, const std::vector<InventoryQuestion>& questions, std::set<std::string>& drawn) {
  const Plan& plan = page.plan();
  const std::string title = device.name.empty() ? device.model : device.name;
  page.section(device.model.empty() || device.model == title ? title : tr("{name} ({model})", {{"name", title}, {"model", device.model}}));
  page.begin_cells(3);
  page.text(record_field(plan, "device", device.id, "model", title));
  page.text(record_field(plan, "device", device.id, "os_version", title));
  page.text(record_field(plan, "device", device.id, "os_build", title));
  page.end_cells();
  page.begin_cells(1);
  for (const auto& question : questions)
    if (question.subject_id == device.id) put_question(page, question, title, drawn);
  page.end_cells();
  bool any = false;
  for (const auto& finding : page.document().findings()) {
    if (!(finding.subject_id == device.id)) continue;
    any = true;
    page.status(status_of(finding), verdict_words(finding.verdict), finding.message);
  }
  if (!any) page.status(Status::good, tr("Nothing found"), tr("No recall, defect or end of support in the rules matches what is known about it."));
  page.button(tr("Remove this device"), "remove:" + device.id.text, [&page, id = device.id] { page.apply(removed(page.plan(), id)); }, tr("Remove {record}", {{"record", title}}));
}

void build(StepPage& page) {
  const Plan& plan = page.plan();
  page.section(tr("Add a device"));
  page.add_form({{tr("Name"), "new_device_name", {}}, {tr("Kind"), "new_device_kind", field_options("device", "kind")}, {tr("Brand"), "new_device_brand", {}},
                 {tr("Model"), "new_device_model", {}}, {tr("How many"), "new_device_count", {}}},
                tr("Add this device"), "add_device", [](const Plan&, const std::vector<std::string>& values) {
                  if (trimmed(values[0]).empty() && trimmed(values[3]).empty()) return Change{};
                  const std::string name = trimmed(values[0]).empty() ? values[3] : values[0];
                  return added("device", {{"name", name}, {"kind", values[1]}, {"brand", values[2]}, {"model", values[3]}, {"count", values[4]}});
                });
  page.button(tr("Import an inventory file…"), "import_inventory", [&page] { choose_and_import(&page, page.session(), tr("Import an inventory")); });
  if (plan.devices.empty()) page.sentence(tr("No device yet. Start with the phones and the plugs of older chargers: those are what the recalls are about."));
  const auto questions = inventory_questions(plan, page.session().document().now());
  std::set<std::string> drawn;
  for (const auto& site : plan.sites) put_place(page, site, questions, drawn);
  if (const auto waiting = std::count_if(plan.recalls.begin(), plan.recalls.end(), [](const Recall& r) { return r.waits(); }); waiting > 0)
    page.status(Status::unknown, tr("To decide"), tr_count(waiting, "One recall from a feed may concern you.", "{count} recalls from feeds may concern you."), tr("Decide"), "decide_recalls", [&page] { page.session().go_to("devices"); }, tr("Decide on recalls"));
  std::size_t number = 0;
  for (const auto& device : plan.devices) {
    if (++number > most_devices) break;
    put_device(page, device, questions, drawn);
  }
  if (number > most_devices) page.sentence(tr("The first {count} are shown; the Devices page holds the others.", {{"count", most_devices}}), true);
}

}  // namespace

StepInfo devices_step() {
  return {"devices", tr("Devices and recalls"), tr("Which devices do you use, and is one of them recalled or about to fail?"),
          tr("“Two iPhone 6 with a screen that a kiosk replaced; five wall plugs, two of them marked with four characters.”"),
          tr("a recalled plug can burn down the place, and a phone that will not start takes the numbers with it."), build, [](StepPage& page) {
            std::string shape;
            for (const auto& device : page.plan().devices) shape += device.id.text + device.name + device.model + ' ';
            for (const auto& question : inventory_questions(page.plan(), page.session().document().now())) shape += question.subject_id.text + question.attribute + ' ';
            for (const auto& finding : page.document().findings())
              if (is_of_devices(finding) || finding.subject_kind == "device") shape += finding.subject_id.text + finding.message + std::string(verdict_name(finding.verdict));
            return shape;
          }};
}

}  // namespace mainstay
