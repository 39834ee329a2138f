// SPDX-License-Identifier: MIT
#include "core/exchange/device_finder.h"

#include <algorithm>

namespace mainstay {
namespace {

/// In all, so many entries are held against devices one by one; beyond that, only where few devices come into question.
constexpr std::size_t most_comparisons = 2'000'000, few = 50;

std::string shown_place(const ListedDevice& listed) { return listed.places.front(); }

}  // namespace

DeviceFinder::DeviceFinder(const Plan& plan, std::vector<ListedDevice>& listed, std::vector<Finding>& findings) : plan_(plan), listed_(listed), findings_(findings), traits_(traits_of_devices(plan)), places_(listed.size()) {
  for (std::size_t i = 0; i < traits_.size(); ++i) known_.add(traits_[i], i);
  for (std::size_t i = 0; i < listed.size(); ++i) entries_.add(listed[i].traits, i);
  for (const bool by_name : {false, true})
    for (std::size_t i = 0; i < listed.size(); ++i)
      if (!places_[i].found && !places_[i].left_out && !places_[i].joined) find(i, by_name);
  for (std::size_t i = 0; i < listed.size(); ++i) tell(i);
}

std::string DeviceFinder::difference_from(std::size_t index, const DeviceTraits& traits, DeviceKey key, bool strict) {
  ++comparisons_;
  return difference(traits_[index], traits, key, strict);
}

void DeviceFinder::leave_out(std::size_t i, DeviceKey key) {
  places_[i].left_out = true;
  findings_.push_back(inventory_finding("import.row", tr("A device was not imported"),
                                        tr("“{name}” ({place}) was left out: the plan has several devices with its {key} “{value}”, and nothing tells which. Mend those first.",
                                           {{"name", listed_[i].seen.get("name")}, {"place", shown_place(listed_[i])}, {"key", words(key)}, {"value", listed_[i].traits.key(key)}})));
}

void DeviceFinder::find(std::size_t i, bool by_name) {
  const auto& traits = listed_[i].traits;
  for (const auto key : device_keys) {
    if ((key == DeviceKey::name) != by_name) continue;
    const auto& same = known_.with(key, traits.key(key));
    if (same.empty()) continue;
    const bool strict = same.size() > 1 || entries_.with(key, traits.key(key)).size() > 1;
    // The first that shares the key is what is told of where nothing fits; of all others only those that may fit are looked at.
    if (const auto what = difference_from(same.front(), traits, key, strict); !what.empty()) note_apart(i, key, same.front(), what);
    const auto candidates = strict ? known_.candidates(key, traits) : same;
    if (candidates.size() > few && comparisons_ + candidates.size() > most_comparisons) return leave_out(i, key);
    std::vector<std::size_t> fit;
    for (const auto index : candidates) {
      const auto what = difference_from(index, traits, key, strict);
      if (!what.empty()) note_apart(i, key, index, what);
      else if (!taken_.contains(index)) fit.push_back(index);
      else if (!by_name && join(i, index, key)) return;
    }
    if (fit.empty()) continue;
    const auto best = nearest(fit, traits);
    if (!best) return leave_out(i, key);
    places_[i].found = *best;
    places_[i].apart.clear();
    taken_.emplace(*best, i);
    return;
  }
}

/// The one that is most alike; nothing where two are so equally.
std::optional<std::size_t> DeviceFinder::nearest(const std::vector<std::size_t>& fit, const DeviceTraits& traits) const {
  std::optional<std::size_t> best;
  int most = 0;
  bool tie = false;
  for (const auto index : fit) {
    const int alike = likeness(traits_[index], traits);
    tie = best && alike == most ? true : best && alike < most ? tie : false;
    if (!best || alike > most) best = index, most = alike;
  }
  return tie ? std::nullopt : best;
}

/// Two entries that the plan knows as one device by different keys.
bool DeviceFinder::join(std::size_t i, std::size_t index, DeviceKey key) {
  auto& first = listed_[taken_.at(index)];
  if (!difference(first.traits, listed_[i].traits, key, true).empty()) return false;
  first.absorb(listed_[i], key);
  findings_.push_back(joined_finding(first));
  places_[i].joined = true;
  return true;
}

void DeviceFinder::note_apart(std::size_t i, DeviceKey key, std::size_t index, const std::string& what) {
  if (!places_[i].apart.empty() || key == DeviceKey::name || key == DeviceKey::mac) return;
  places_[i].apart = tr("“{name}” ({place}) has the {key} “{value}” of “{other}” in the plan, but they differ in: {what}. It was added as a device of its own; mend the one that is wrong.",
                        {{"name", listed_[i].seen.get("name")}, {"place", shown_place(listed_[i])}, {"key", words(key)}, {"value", shortened(listed_[i].traits.key(key), 60)}, {"other", plan_.devices[index].name}, {"what", what}});
}

void DeviceFinder::tell(std::size_t i) {
  const auto& place = places_[i];
  if (place.left_out || place.joined) return;
  const auto& seen = listed_[i].seen;
  if (!place.found) {
    if (!place.apart.empty()) findings_.push_back(inventory_finding("import.apart", tr("Two devices share a key"), place.apart));
    return;
  }
  const auto& device = plan_.devices[*place.found];
  const auto& known = traits_[*place.found];
  const auto key = std::find_if(device_keys.begin(), device_keys.end(), [&](DeviceKey k) { return !known.key(k).empty() && known.key(k) == listed_[i].traits.key(k); });
  if (key == device_keys.end()) return;
  if (*key == DeviceKey::name) {
    if (known.only_named() && !listed_[i].traits.only_named())
      findings_.push_back(inventory_finding("import.by_name", tr("Check that two devices are one"),
                                            tr("“{name}” was taken for the device of that name in the plan, which has no serial number to tell. If they are two, rename the one in the plan and import again.", {{"name", seen.get("name")}})));
    return;
  }
  const auto what = difference(known, listed_[i].traits, *key, true);
  const bool spelled = known.model.find(listed_[i].traits.model) != std::string::npos || listed_[i].traits.model.find(known.model) != std::string::npos;
  // A name, kind or model number is told where it changes, and a model may be spelled otherwise.
  if (what.empty() || what == words(DeviceKey::name) || what == tr("kind") || what == tr("model number") || (what == tr("model") && spelled)) return;
  findings_.push_back(inventory_finding("import.differs", tr("Check that two devices are one"),
                                        tr("“{name}” ({place}) was taken for “{other}” of the plan by its {key} “{value}”, although they differ in: {what}.",
                                           {{"name", seen.get("name")}, {"place", shown_place(listed_[i])}, {"other", device.name}, {"key", words(*key)}, {"value", shortened(known.key(*key), 60)}, {"what", what}})));
}

}  // namespace mainstay
