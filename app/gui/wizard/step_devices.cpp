// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include <wx/filedlg.h>

#include "app/gui/wx_text.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_devices = 30;

std::string verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::affected: return tr("Affected");
    case Verdict::possible: return tr("Possible");
    case Verdict::not_affected: return tr("Not affected");
    case Verdict::ended: return tr("Programme ended");
    case Verdict::unknown: break;
  }
  return tr("Not known");
}

Status verdict_status(Verdict verdict) {
  switch (verdict) {
    case Verdict::affected: return Status::bad;
    case Verdict::possible:
    case Verdict::ended: return Status::warning;
    case Verdict::not_affected: return Status::good;
    case Verdict::unknown: break;
  }
  return Status::unknown;
}

StepField question_field(StepPage& page, const InventoryQuestion& question, const std::string& about) {
  StepField field;
  field.label = question.text;
  field.name = tr("{field}, {record}", {{"field", question.text}, {"record", about}});
  field.id = question.attribute + ":" + question.subject_id.text;
  field.help = question.help;
  field.get = [subject = question.subject_id, name = question.attribute](const Plan& plan) {
    for (const auto& attribute : plan.attributes)
      if (attribute.subject_id == subject && attribute.name == name) return attribute.value;
    return std::string();
  };
  field.set = [&page, subject = question.subject_id, name = question.attribute](const Plan& plan, const std::string& value) {
    return answer_question(plan, subject, name, trimmed(value), page.document().today());
  };
  return field;
}

void put_question(StepPage& page, const InventoryQuestion& question, const std::string& about) {
  const StepField field = question_field(page, question, about);
  if (question.choices.empty()) {
    page.text(field);
  } else {
    Options options;
    for (const auto& choice : question.choices)
      if (!choice.key.empty()) options.emplace_back(std::string(choice.key), tr(choice.label));
    options.insert(options.begin(), {"", tr("I don't know")});
    page.choice(field, options);
  }
  if (!question.help.empty()) page.sentence(question.help, true);
}

void put_device(StepPage& page, const Device& device, const std::vector<InventoryQuestion>& questions) {
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
    if (question.subject_id == device.id) put_question(page, question, title);
  page.end_cells();
  bool any = false;
  for (const auto& finding : page.document().findings()) {
    if (!(finding.subject_id == device.id)) continue;
    any = true;
    page.status(verdict_status(finding.verdict), verdict_word(finding.verdict), finding.message);
  }
  if (!any) page.status(Status::good, tr("Nothing found"), tr("No recall, defect or end of support in the rules matches what is known about it."));
  page.button(tr("Remove this device"), "remove:" + device.id.text, [&page, id = device.id] { page.apply(removed(page.plan(), id)); }, tr("Remove {record}", {{"record", title}}));
}

void import_inventory(StepPage& page) {
  wxFileDialog dialog(&page, wx(tr("Import an inventory")), wxString(), wxString(), wxFileSelectorDefaultWildcardStr, wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  if (dialog.ShowModal() != wxID_OK) return;
  const ImportPreview preview = import_file(page.plan(), utf8(dialog.GetPath()));
  page.document().take(preview);
  page.say(tr("Imported: {added} new, {updated} changed, {unchanged} as before, {trouble} lines could not be read.",
              {{"added", preview.added}, {"updated", preview.updated}, {"unchanged", preview.unchanged}, {"trouble", preview.findings.size()}}),
           !preview.findings.empty());
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
  page.button(tr("Import an inventory file…"), "import_inventory", [&page] { import_inventory(page); });
  if (plan.devices.empty()) page.sentence(tr("No device yet. Start with the phones and the plugs of older chargers: those are what the recalls are about."));
  const auto questions = inventory_questions(plan);
  std::size_t number = 0;
  for (const auto& device : plan.devices) {
    if (++number > most_devices) break;
    put_device(page, device, questions);
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
            for (const auto& question : inventory_questions(page.plan())) shape += question.subject_id.text + question.attribute + ' ';
            for (const auto& finding : page.document().findings())
              if (finding.subject_kind == "device") shape += finding.subject_id.text + finding.message + std::string(verdict_name(finding.verdict));
            return shape;
          }};
}

}  // namespace mainstay
