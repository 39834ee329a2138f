// SPDX-License-Identifier: MIT
#include "core/discover.h"

#include <algorithm>
#include <map>

#include "core/base/apple_models.h"
#include "core/base/codec.h"
#include "core/base/folded_name.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/probe/probe_time_machine.h"

namespace mainstay {
namespace {

bool is_hex(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789abcdef-") == std::string_view::npos; }

/// The computer's name in a bundle's: without the ending, and without the identifier that macOS may add.
std::string computer_in(std::string_view bundle) {
  auto stem = bundle.substr(0, bundle.rfind('.'));
  if (const auto gap = stem.find_last_of(" _"); gap != std::string_view::npos && gap > 0 && stem.size() - gap > 6 && is_hex(lower_case(stem.substr(gap + 1)))) stem = stem.substr(0, gap);
  return one_line(stem);
}

/// A name as two people would still call the same: without case, apostrophes, and kinds of gap.
std::string plain_name(std::string_view name) {
  auto text = folded_name(name);
  std::erase(text, '\'');
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '-' || c == '_' || c == '.'; }, ' ');
  return join(split(text, ' '), " ");
}

/// The digits of a network address; empty for one that stands for nothing.
std::string address_digits(std::string_view text) {
  auto digits = lower_case(text);
  std::erase_if(digits, [](char c) { return c == ':' || c == '-' || c == '.' || c == ' '; });
  return digits.size() == 12 && is_hex(digits) && digits.find_first_not_of('0') != std::string::npos ? digits : std::string();
}

std::string folder_address(std::string url) {
  while (url.size() > 1 && url.ends_with('/')) url.pop_back();
  return url;
}

/// One way to tell a bundle's device, surest first.
struct Way {
  bool (*fits)(const Plan&, const Device&, const FoundBundle&, const std::string& computer);
  const char* why;      ///< where one device fits
  const char* several;  ///< where more do
};
constexpr Way ways[] = {
    {[](const Plan&, const Device& d, const FoundBundle& b, const std::string&) { return !b.host_uuid.empty() && lower_case(d.unique_id) == lower_case(b.host_uuid); },
     "The bundle's hardware UUID is that of “{device}”.", "The hardware UUID is that of several devices: {devices}."},
    {[](const Plan& plan, const Device& d, const FoundBundle& b, const std::string&) {
       const auto wanted = address_digits(b.network_address);
       return !wanted.empty() && std::any_of(plan.attributes.begin(), plan.attributes.end(), [&](const Attribute& fact) {
                return fact.subject_id == d.id && contains_folded(fact.name, "mac") && address_digits(fact.value) == wanted;
              });
     },
     "The bundle's network address is that of “{device}”.", "The network address is that of several devices: {devices}."},
    {[](const Plan&, const Device& d, const FoundBundle& b, const std::string& computer) {
       const bool other_id = !b.host_uuid.empty() && !d.unique_id.empty() && d.unique_id != none_text && d.unique_id.size() == b.host_uuid.size();
       const bool other_model = !b.model.empty() && !d.model_identifier.empty() && d.model_identifier != none_text && lower_case(d.model_identifier) != lower_case(b.model);
       return !other_id && !other_model && !d.name.empty() && (plain_name(d.name) == plain_name(computer) || is_bundle_of(b.name, d.name));
     },
     "The bundle has the name of “{device}”.", "The name is that of several devices: {devices}."},
    {[](const Plan&, const Device& d, const FoundBundle& b, const std::string&) {
       return !b.model.empty() && lower_case(d.model_identifier) == lower_case(b.model) && d.count.value_or(1) <= 1 && (d.unique_id.empty() || d.unique_id == none_text);
     },
     "“{device}” is the only device of the bundle's model {model} whose hardware UUID is not known: likely, not certain.", "Several devices are of the bundle's model {model}: {devices}."},
};

void match_device(const Plan& plan, MatchedBundle& match) {
  for (const auto& way : ways) {
    std::vector<const Device*> fitting;
    for (const auto& device : plan.devices)
      if (way.fits(plan, device, match.bundle, match.computer)) fitting.push_back(&device);
    if (fitting.empty()) continue;
    std::vector<std::string> names;
    for (const auto* device : fitting) names.push_back("“" + device->name + "”");
    if (fitting.size() == 1) match.device_id = fitting.front()->id;
    match.why = tr(fitting.size() == 1 ? way.why : way.several, {{"device", fitting.front()->name}, {"devices", join(names, ", ")}, {"model", match.bundle.model}});
    return;
  }
  match.is_new_device = true;
  match.why = tr("No device of the plan has its name, hardware UUID or network address: new.");
}

/// The probe that measures this bundle already; nullptr where none does.
const Probe* measured_by(const Plan& plan, const Probe& via, const FoundBundle& bundle, bool only_one) {
  for (const auto& probe : plan.probes) {
    if (probe.type != Probe::Type::time_machine) continue;
    const auto url = folder_address(probe.url);
    if (url == folder_address(via.url) + "/" + bundle.name || url == folder_address(via.url) + "/" + url_encoded(bundle.name)) return &probe;
    if (url != folder_address(via.url)) continue;
    const auto item = std::string(trimmed(probe.item));
    if (item.empty() ? only_one : is_bundle_of(bundle.name, item) || (!bundle.host_uuid.empty() && lower_case(item) == lower_case(bundle.host_uuid))) return &probe;
  }
  return nullptr;
}

/// Of several sets of one computer only the one with the newest point is measured: macOS made it when somebody started over.
void leave_out_older(std::vector<MatchedBundle>& bundles) {
  const auto same = [](const MatchedBundle& a, const MatchedBundle& b) {
    return (!a.bundle.host_uuid.empty() && lower_case(a.bundle.host_uuid) == lower_case(b.bundle.host_uuid)) || (!a.device_id.empty() && a.device_id == b.device_id);
  };
  for (auto& one : bundles) {
    if (one.known) continue;
    for (const auto& other : bundles) {
      if (&one == &other || other.left_out || !same(one, other)) continue;
      if (!other.known && other.bundle.reading.last_point <= one.bundle.reading.last_point) continue;
      one.left_out = true;
      one.why = tr("“{other}” is a newer set of the same computer, or measured already.", {{"other", one_line(other.bundle.name)}});
    }
  }
}

/// The data on a device: resources of kind data that need it or lie on it; the device itself where the plan knows none.
std::vector<Id> on_device(const Plan& plan, const Id& device) {
  std::vector<Id> data;
  for (const auto& link : plan.links)
    if (link.to_id == device && (link.kind == Link::Kind::needs || link.kind == Link::Kind::located_at))
      if (const auto* resource = find_in(plan.resources, link.from_id); resource && resource->kind == Resource::Kind::data) data.push_back(resource->id);
  return data.empty() ? std::vector<Id>{device} : data;
}

using Values = std::vector<std::pair<std::string, std::string>>;

void add(Change& change, const Plan& plan, std::string_view kind, const Id& id, const Values& values) {
  if (!find_record(plan, id)) append(change, add_record(kind, id, values));
}

void add_measuring(const Plan& plan, const Probe& via, MatchedBundle& match, Change& change) {
  const auto hash = sha256_hex(folder_address(via.url) + "\n" + match.bundle.name).substr(0, 12);
  const auto* like = find_in(plan.backups, via.backup_id);
  if (match.is_new_device) {
    const auto by = match.bundle.host_uuid.empty() ? hash : sha256_hex(lower_case(match.bundle.host_uuid)).substr(0, 12);
    match.device_id = Id{"device-tm-" + by};
    const bool laptop = lower_case(match.bundle.model).starts_with("macbook");
    const bool desktop = lower_case(match.bundle.model).starts_with("imac") || lower_case(match.bundle.model).starts_with("macmini") || lower_case(match.bundle.model).starts_with("macpro");
    add(change, plan, "device", match.device_id,
        {{"name", match.computer}, {"kind", laptop ? "laptop" : desktop ? "desktop" : ""}, {"brand", "Apple"}, {"model", apple_model_name(match.bundle.model)},
         {"model_identifier", is_apple_identifier(match.bundle.model) ? match.bundle.model : ""}, {"unique_id", match.bundle.host_uuid}, {"site_id", like ? like->site_id.text : ""}, {"source", tr("Its Time Machine bundle")}});
  }
  const auto* device = find_in(plan.devices, match.device_id);
  const auto name = device ? device->name : match.computer;
  match.backup_id = Id{"backup-tm-" + hash};
  match.probe_id = Id{"probe-tm-" + hash};
  Values backup{{"name", tr("Time Machine of {computer}", {{"computer", name}})}, {"method", "time_machine"}, {"medium", "nas"}};
  if (like)
    for (const auto* key : {"place", "destination", "site_id", "medium", "immutable", "offsite_lag_minutes"}) {
      const auto text = Backup::info().field(key)->text(like);
      if (!text.empty()) std::erase_if(backup, [&](const auto& value) { return value.first == key; }), backup.emplace_back(key, text);
    }
  add(change, plan, "backup", match.backup_id, backup);
  Values probe{{"name", tr("{computer} on the share", {{"computer", name}})}, {"backup_id", match.backup_id.text}, {"type", "time_machine"}, {"url", via.url}, {"item", one_line(match.bundle.name)}};
  for (const auto* key : {"account", "secret_name", "every_minutes", "timeout_seconds", "time_zone", "pin"})
    if (const auto text = Probe::info().field(key)->text(&via); !text.empty()) probe.emplace_back(key, text);
  add(change, plan, "probe", match.probe_id, probe);
  if (match.device_id.empty()) return;
  int number = 0;
  for (const auto& data : on_device(plan, match.device_id)) {
    const bool tied = std::any_of(plan.links.begin(), plan.links.end(), [&](const Link& link) { return link.kind == Link::Kind::protects && link.from_id == match.backup_id && link.to_id == data; });
    if (!tied) add(change, plan, "link", Id{"link-tm-" + hash + "-" + std::to_string(++number)}, {{"from_id", match.backup_id.text}, {"to_id", data.text}, {"kind", "protects"}});
  }
}

}  // namespace

Discovery match_bundles(const Plan& plan, const Probe& via, const std::vector<FoundBundle>& bundles) {
  Discovery result;
  for (const auto& bundle : bundles) {
    MatchedBundle match;
    match.bundle = bundle;
    match.computer = computer_in(bundle.name);
    match_device(plan, match);
    if (const auto* probe = measured_by(plan, via, bundle, bundles.size() == 1)) {
      match.known = true;
      match.is_new_device = false;
      match.probe_id = probe->id;
      match.backup_id = probe->backup_id;
    }
    result.bundles.push_back(std::move(match));
  }
  leave_out_older(result.bundles);
  result.change.note = tr("Time Machine bundles found on {share}", {{"share", via.url}});
  for (auto& match : result.bundles) {
    result.known += match.known;
    if (match.known || match.left_out) continue;
    if (one_line(match.bundle.name) != match.bundle.name) {
      match.left_out = true;
      match.why = tr("Its name holds broken letters or control characters, which a plan cannot keep: rename it on the share.");
      continue;
    }
    Change own;
    add_measuring(plan, via, match, own);
    if (own.empty()) continue;
    append(result.change, own);
    ++result.added;
  }
  if (trimmed(via.item).empty() && bundles.size() > 1)
    result.remarks.push_back(tr("“{probe}” names no computer, so it cannot tell which of the bundles it measures: enter one, or remove it once the others measure theirs.", {{"probe", via.name}}));
  return result;
}

}  // namespace mainstay
