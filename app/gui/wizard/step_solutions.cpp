// SPDX-License-Identifier: MIT
#include "app/gui/wizard/wizard_steps.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

struct AreaText { std::string title, line; };

AreaText area_text(Strategy::Area area) {
  switch (area) {
    case Strategy::Area::documentation: return {tr("Documentation"), tr("How the work is done is written down and can be read from anywhere, so that a successor knows where to start.")};
    case Strategy::Area::backup: return {tr("Backup"), tr("A daily copy close by for speed and one far away for safety, both measured and both restored from now and then.")};
    case Strategy::Area::mail: return {tr("Mail, contacts and calendar"), tr("They live at a provider, not on one computer, and open on any device.")};
    case Strategy::Area::telephony: return {tr("Telephony"), tr("Your number rings somewhere else within the hour: cloud telephony, or a diversion that somebody has tried.")};
    default: return {tr("Remote access"), tr("Everybody who must can reach files and systems from home, safely.")};
  }
}

const Strategy* strategy_of(const Plan& plan, Strategy::Area area) {
  const auto found = std::find_if(plan.strategies.begin(), plan.strategies.end(), [&](const Strategy& s) { return s.area == area; });
  return found == plan.strategies.end() ? nullptr : &*found;
}

/// A field of the area's strategy; the strategy is made when first written.
StepField area_field(Strategy::Area area, const std::string& key, const std::string& title) {
  const std::string area_key(strategy_area_choices[static_cast<std::size_t>(area)].key);
  const FieldInfo* info = table_of("strategy")->info->field(key);
  StepField field;
  field.label = tr(info->label);
  field.name = tr("{field}, {record}", {{"field", field.label}, {"record", title}});
  field.id = key + ":" + area_key;
  field.help = info->help.empty() ? std::string() : tr(info->help);
  field.get = [area, info](const Plan& plan) {
    const Strategy* strategy = strategy_of(plan, area);
    return strategy ? info->text(strategy) : std::string();
  };
  field.set = [area, area_key, key, title](const Plan& plan, const std::string& value) {
    if (const Strategy* strategy = strategy_of(plan, area)) return set_fields(plan, find_record(plan, strategy->id), {{key, value}});
    return trimmed(value).empty() ? Change{} : added("strategy", {{"name", title}, {"area", area_key}, {key, value}});
  };
  return field;
}

void build(StepPage& page) {
  for (const auto area : solution_areas) {
    const AreaText words = area_text(area);
    page.section(words.title);
    page.sentence(words.line, true);
    page.begin_cells(1);
    page.choice(area_field(area, "state", words.title), field_options("strategy", "state"));
    page.text(area_field(area, "next_action", words.title));
    page.end_cells();
  }
}

}  // namespace

StepInfo solutions_step() {
  return {"solutions", tr("Solutions"), tr("Which of the five solutions do you have already?"), tr("“Mail is hosted: have it. Phones: no; next, ask the provider what cloud telephony costs.”"),
          tr("these five carry most small businesses through most interruptions, and each has a next step."), build, nullptr};
}

}  // namespace mainstay
