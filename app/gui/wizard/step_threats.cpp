// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t most_risks = 60;

Options likelihood_options() {
  return {{"", tr("I don't know")}, {"1", tr("1 Hardly ever")}, {"2", tr("2 In a lifetime")}, {"3", tr("3 In ten years")}, {"4", tr("4 In a few years")}, {"5", tr("5 Every year")}};
}
Options consequence_options() {
  return {{"", tr("I don't know")}, {"1", tr("1 A nuisance")}, {"2", tr("2 A bad day")}, {"3", tr("3 A bad month")}, {"4", tr("4 A bad year")}, {"5", tr("5 The end of it")}};
}

void put_risks(StepPage& page, Risk::Kind kind, const std::string& title, const std::string& line) {
  const Plan& plan = page.plan();
  page.section(title);
  page.sentence(line, true);
  std::size_t number = 0;
  for (const auto& risk : plan.risks) {
    if (risk.kind != kind || ++number > most_risks) continue;
    const std::string what = risk.name.empty() ? tr("threat {number}", {{"number", number}}) : risk.name;
    page.sentence(what);
    page.begin_cells(3);
    auto likely = record_field(plan, "risk", risk.id, "likelihood", what), bad = record_field(plan, "risk", risk.id, "consequence", what);
    likely.label = tr("How likely");
    bad.label = tr("How bad");
    page.choice(likely, likelihood_options());
    page.choice(bad, consequence_options());
    page.button(tr("Remove"), "remove:" + risk.id.text, [&page, id = risk.id] { page.apply(removed(page.plan(), id)); }, tr("Remove {record}", {{"record", what}}));
    page.end_cells();
  }
  if (number == 0) page.sentence(tr("None yet."));
  if (number > most_risks) page.sentence(tr("The first {count} are shown; the Risks page holds the others.", {{"count", most_risks}}), true);
}

void build(StepPage& page) {
  put_risks(page, Risk::Kind::everyday, tr("Everyday catastrophes"), tr("Somebody falls ill, moves away or has a baby; a disk dies; the office moves."));
  put_risks(page, Risk::Kind::dramatic, tr("Dramatic disasters"), tr("Fire, flood, storm, a siege in the street, ransomware."));
  bool other = false;
  for (const auto& risk : page.plan().risks) other = other || risk.kind == Risk::Kind::unknown;
  if (other) put_risks(page, Risk::Kind::unknown, tr("Others"), tr("Threats that nobody has sorted yet."));
  page.section(tr("Add a threat"));
  page.add_form({{tr("What could happen"), "new_risk_name", {}}, {tr("Kind"), "new_risk_kind", field_options("risk", "kind")}}, tr("Add this threat"), "add_risk",
                [](const Plan&, const std::vector<std::string>& values) {
                  return trimmed(values[0]).empty() ? Change{} : added("risk", {{"name", values[0]}, {"kind", values[1]}});
                });
}

}  // namespace

StepInfo threats_step() {
  return {"threats", tr("Threats"), tr("What could stop you, from the everyday to the dramatic?"), tr("“Our bookkeeper leaves: likely, and a bad month, because only she knows how wages are paid.”"),
          tr("everyday trouble stops more businesses than disasters, and both need an answer."), build, [](StepPage& page) {
            std::string shape;
            for (const auto& risk : page.plan().risks) shape += risk.id.text + risk.name + std::to_string(static_cast<int>(risk.kind)) + ' ';
            return shape;
          }};
}

}  // namespace mainstay
