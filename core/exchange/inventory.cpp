// SPDX-License-Identifier: MIT
#include "core/exchange/inventory.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/apple_models.h"
#include "core/base/company_name.h"
#include "core/base/error.h"
#include "core/base/id.h"
#include "core/exchange/device_finder.h"
#include "core/exchange/kept_values.h"

namespace mainstay {
namespace {

constexpr InventoryFormat all_formats[] = {
    {"ideviceinfo", "iPhone or iPad by ideviceinfo (text)", is_ideviceinfo_text, read_ideviceinfo_text},
    {"mobile_plist", "iPhone or iPad by ideviceinfo -x, or a backup's Info.plist", is_mobile_plist, read_mobile_plist},
    {"system_profiler", "Mac by system_profiler -xml", is_system_profiler, read_system_profiler},
    {"agent_xml", "GLPI, FusionInventory or OCS agent (XML)", is_agent_xml, read_agent_xml},
    {"osquery", "osquery rows (JSON)", is_osquery, read_osquery},
    {"devices", "Device list (CSV) of Jamf, Intune, Snipe-IT or another program", is_device_csv, read_device_csv},
};

/// What makers and tools write where they have nothing to say.
bool says_nothing(std::string_view text) {
  static constexpr std::string_view words[] = {"", "-", "n/a", "na", "none", "null", "unknown", "(null)", "0", "not available", "not specified", "not set", "default string", "no asset information", "no asset tag", "asset tag",
                                               "system serial number", "to be filled by o.e.m.", "to be filled by o.e.m", "o.e.m.", "oem", "system product name",
                                               "system manufacturer", "system version", "chassis serial number", "base board serial number", "123456789", "0123456789",
                                               "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "03000200-0400-0500-0006-000700080009"};
  const auto folded = lower_case(trimmed(text));
  if (std::find(std::begin(words), std::end(words), folded) != std::end(words)) return true;
  return folded.size() > 3 && (folded.find_first_not_of('0') == std::string::npos || folded.find_first_not_of('x') == std::string::npos);
}

bool is_older(const SeenDevice& seen, const Device& known) { return seen.seen_on && known.seen_on && seen.seen_on.days < known.seen_on.days; }

/// The text as the field stores it.
std::string stored(const FieldInfo& field, const std::string& text) {
  Device scratch;
  field.set_text(&scratch, text);
  return field.text(&scratch);
}

/// As people see it in a sentence: records by their titles, choices by their words.
std::string shown(const Plan& plan, const FieldInfo& field, const std::string& text) {
  if (field.type == FieldType::id) return title_of(plan, Id{text});
  Device scratch;
  field.set_text(&scratch, text);
  return field.spoken(&scratch);
}

/// True where one program only leaves out a part of what another has said: “HP ProBook” is no news beside “HP ProBook 640 G2”.
bool only_says_less(const std::string& known, const std::string& listed) { return listed.size() < known.size() && contains_folded(known, listed); }

void fill_device(const Plan& plan, Device& device, const SeenDevice& seen, bool is_new, const std::string& source, Date today, KeptValues& kept) {
  const bool older = !is_new && is_older(seen, device);
  const auto called = device.name;
  for (const auto& [key, text] : seen.fields) {
    const auto& field = *Device::info().field(key);
    if (is_new || field.is_unknown(&device)) {
      field.set_text(&device, text);
      continue;
    }
    if (older || (key == "name" && seen.name_made_up)) continue;
    const auto before = field.text(&device), after = stored(field, text);
    if (before == after || (is_reported(key) && key_of(before) == key_of(after))) continue;  // spelled otherwise, the same
    const auto label = std::string(tr(field.label));
    const auto was = shown(plan, field, before), is = shown(plan, field, after);
    if (kept.keeps(device.id, key, called, label, was, is)) continue;
    if (key == "model" && device.source != source && only_says_less(before, after)) {
      kept.says_less(called, label, was, is);
      continue;
    }
    if (!is_reported(key) && !kept.is_typed(device.id, key)) kept.follows(called, label, was, is);
    field.set_text(&device, text);
  }
  if (older) return;
  device.source = source;
  device.seen_on = seen.seen_on ? seen.seen_on : today;
}

/// An id that a second import, or another copy of the plan, makes again.
Id fact_id(const std::unordered_set<std::string>& taken, const Id& device, const std::string& name) {
  std::string tail = name;
  std::replace(tail.begin(), tail.end(), '_', '-');
  const Id plain{device.text + "-" + tail};
  return is_valid_id(plain.text) && !taken.contains(plain.text) ? plain : new_id("attribute");
}

/// The facts of a plan by device and name, each written once.
class Facts {
 public:
  explicit Facts(Plan& plan) : plan_(plan) {
    for (const auto& table : Plan::tables())
      for (std::size_t i = 0; i < table.size(plan); ++i) taken_.insert(table.id_at(plan, i).text);
    for (std::size_t i = 0; i < plan.attributes.size(); ++i) places_.emplace(plan.attributes[i].subject_id.text + "\n" + plan.attributes[i].name, i);
  }
  void set(const Device& subject, const std::pair<std::string, std::string>& fact, const std::string& source, Date seen_on, KeptValues& kept) {
    const auto& device = subject.id;
    const auto [place, fresh] = places_.emplace(device.text + "\n" + fact.first, plan_.attributes.size());
    if (fresh) {
      Attribute attribute;
      attribute.id = fact_id(taken_, device, fact.first);
      attribute.subject_id = device;
      attribute.name = fact.first;
      taken_.insert(attribute.id.text);
      plan_.attributes.push_back(attribute);
    }
    auto& attribute = plan_.attributes[place->second];
    if (!fresh && attribute.value == fact.second) return;
    if (!fresh && attribute.seen_on && seen_on && seen_on.days < attribute.seen_on.days) return;
    if (!fresh && kept.keeps(attribute.id, "value", subject.name, fact.first, attribute.value, fact.second)) return;
    attribute.value = fact.second;
    attribute.seen_on = seen_on;
    attribute.seen_by = source;
  }

 private:
  Plan& plan_;
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, std::size_t> places_;
};

/// What a line of products tells of a device: "HP ProBook 450 G8" is a laptop of HP's.
void describe_line(SeenDevice& device) {
  const auto* line = product_line_of(device.get("model"));
  if (!line) return;
  device.set("kind", line->kind);
  device.set("brand", line->brand);
}

/// What to call a device that has no name of its own.
std::string fallback_name(const SeenDevice& seen) {
  for (const auto* key : {"model", "model_identifier", "model_number", "brand", "serial"})
    if (const auto& text = seen.get(key); !text.empty()) return seen.get("serial").empty() || text == seen.get("serial") ? text : tr("{model} ({serial})", {{"model", text}, {"serial", seen.get("serial")}});
  return {};
}

}  // namespace

void SeenDevice::set(std::string_view field, std::string_view text) {
  const auto clean = clean_utf8(trimmed(text));
  if (says_nothing(clean) || !get(field).empty()) return;
  fields.emplace_back(field, field == "brand" ? brand_of_company(clean) : clean);
}

void SeenDevice::fact(std::string_view name, std::string_view text) {
  const auto clean = shortened(clean_utf8(trimmed(text)), 500);
  if (says_nothing(clean)) return;
  for (const auto& known : facts)
    if (known.first == name) return;
  facts.emplace_back(name, clean);
}

const std::string& SeenDevice::get(std::string_view field) const {
  static const std::string nothing;
  for (const auto& [key, text] : fields)
    if (key == field) return text;
  return nothing;
}

std::span<const InventoryFormat> inventory_formats() { return all_formats; }

Finding inventory_finding(std::string_view rule, const std::string& title, const std::string& message) {
  Finding f;
  f.rule_id = rule;
  f.severity = Severity::warning;
  f.title = title;
  f.message = message;
  return f;
}

void describe_apple_device(SeenDevice& device) {
  const auto identifier = device.get("model_identifier");
  if (!is_apple_identifier(identifier)) return;
  const auto name = apple_model_name(identifier);
  device.set("model", name);
  const auto shown = name.empty() ? identifier : name;
  const auto is = [&](std::string_view word) { return shown.starts_with(word) || identifier.starts_with(word); };
  if (is("iPhone") || is("iPod")) device.set("kind", "phone");
  else if (is("iPad")) device.set("kind", "tablet");
  else if (is("MacBook")) device.set("kind", "laptop");
  else if (is("iMac") || is("Mac mini") || is("Macmini") || is("Mac Pro") || is("MacPro") || is("Mac Studio")) device.set("kind", "desktop");
  if (!device.get("kind").empty() || is("Mac") || is("Watch") || is("AppleTV")) device.set("brand", "Apple");
}

ImportPreview preview_inventory(const Plan& plan, const Inventory& inventory, const ImportOptions& options) {
  ImportPreview preview;
  preview.findings = inventory.findings;
  preview.is_inventory = true;
  std::vector<SeenDevice> named;
  for (auto seen : inventory.devices) {
    describe_line(seen);
    if (seen.get("name").empty()) {
      seen.set("name", fallback_name(seen));
      seen.name_made_up = true;
    }
    if (!seen.get("name").empty()) named.push_back(std::move(seen));
    else preview.findings.push_back(inventory_finding("import.row", tr("A device was not imported"), tr("An entry was left out, because it has neither name nor model{place}.", {{"place", seen.place.empty() ? "" : " (" + seen.place + ")"}})));
  }
  auto listed = listed_devices(named, preview.findings);
  const DeviceFinder finder(plan, listed, preview.findings);
  Plan next = plan;
  Facts facts(next);
  KeptValues kept(options, inventory.source);
  std::unordered_map<std::size_t, bool> touched;  // index -> is new
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (finder[i].left_out || finder[i].joined) continue;
    const auto place = finder[i].found;
    const auto& seen = listed[i].seen;
    try {
      Device device = place ? next.devices[*place] : Device();
      if (!place) device.id = new_id("device");
      fill_device(plan, device, seen, !place, inventory.source, options.today, kept);
      const auto index = place.value_or(next.devices.size());
      if (place) next.devices[index] = device; else next.devices.push_back(device);
      touched.emplace(index, !place);
      for (const auto& fact : seen.facts) facts.set(device, fact, inventory.source, seen.seen_on ? seen.seen_on : options.today, kept);
    } catch (const Error& error) {
      preview.findings.push_back(inventory_finding("import.row", tr("A device was not imported"), error.what()));
    }
  }
  kept.tell(preview);
  check_references(next);
  preview.change = diff(plan, next);
  std::unordered_map<std::string, bool> changed;
  for (const auto& edit : preview.change.edits) changed[edit.id.text] = true;
  for (const auto& attribute : next.attributes)
    if (changed.contains(attribute.id.text)) changed[attribute.subject_id.text] = true;
  for (const auto& [index, is_new] : touched) {
    if (is_new) ++preview.added;
    else if (changed.contains(next.devices[index].id.text)) ++preview.updated;
    else ++preview.unchanged;
  }
  append(preview.change, inventory.extra);
  return preview;
}

}  // namespace mainstay
