// SPDX-License-Identifier: MIT
#pragma once
#include <array>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/exchange/inventory.h"

namespace mainstay {

/// By what a device is known again, the strongest first. A weaker key decides only where no stronger one speaks against it, and the name only where nothing does.
enum class DeviceKey : std::uint8_t { serial, identifier, asset_tag, imei, mac, name };
/// All of them, the strongest first.
inline constexpr std::array device_keys{DeviceKey::serial, DeviceKey::identifier, DeviceKey::asset_tag, DeviceKey::imei, DeviceKey::mac, DeviceKey::name};
/// "serial number", "asset tag" …, within a sentence.
std::string words(DeviceKey key);

/// What tells one device from another, folded for comparing; "" = not known.
struct DeviceTraits {
  std::array<std::string, device_keys.size()> keys;
  std::string brand, model, model_identifier, model_number, kind, person, site, purchased_on;
  bool several = false;  ///< an entry that stands for several alike is not one of them

  const std::string& key(DeviceKey k) const { return keys[static_cast<std::size_t>(k)]; }
  /// True where only the name can tell which device it is.
  bool only_named() const;
};
/// The traits of an entry of a list.
DeviceTraits traits_of(const SeenDevice& seen);
/// The traits of each device of the plan, in its order.
std::vector<DeviceTraits> traits_of_devices(const Plan& plan);
/// Identifiers without the hyphens that tools put in or leave out; letter case aside.
std::string key_of(std::string_view identifier);

/// In what two entries that share the key `by` differ so that they cannot be one device: "manufacturer", "asset tag" …; "" where nothing speaks against it. Not strict, where the key
/// is borne by one device of the plan and one entry of the list only: then a new asset tag, or a model that another program spells otherwise, is no other device.
std::string difference(const DeviceTraits& a, const DeviceTraits& b, DeviceKey by, bool strict);
/// How much of two entries agrees, to choose among several that fit.
int likeness(const DeviceTraits& a, const DeviceTraits& b);

/// Entries by their keys.
class KeyIndex {
 public:
  /// Takes the entry of that index in under each of its keys.
  void add(const DeviceTraits& traits, std::size_t index);
  /// Those that bear this key, in the order in which they were added.
  const std::vector<std::size_t>& with(DeviceKey key, const std::string& value) const;
  /// Those of them that may be one device with the entry: all between which difference(), strict, finds nothing are among them, and of many that share a key only those that also share,
  /// or say nothing of, what tells this entry best from the others. In the order in which they were added.
  std::vector<std::size_t> candidates(DeviceKey key, const DeviceTraits& traits) const;

 private:
  /// The many that share a key, by each further trait.
  struct Group {
    std::vector<std::size_t> all;
    std::vector<std::unordered_map<std::string, std::vector<std::size_t>>> by_trait;  ///< empty as long as they are few
    std::vector<DeviceTraits> waiting;                                                ///< of those few
  };
  static void add_traits(Group& group, const DeviceTraits& traits, std::size_t index);
  std::array<std::unordered_map<std::string, Group>, device_keys.size()> places_;
};

/// An entry of a list, and those that were taken for the same device.
struct ListedDevice {
  SeenDevice seen;
  DeviceTraits traits;
  std::vector<std::string> places;  ///< where it stands, the first first
  std::vector<std::string> left;    ///< what the later ones say otherwise, in words
  DeviceKey by = DeviceKey::name;   ///< what they share
  bool repeats = true;              ///< the later ones say nothing else and nothing more

  /// Takes a later entry in: what it adds is filled in, what the device reports of itself follows the newer one, the rest is noted in `left`.
  void absorb(const ListedDevice& later, DeviceKey key);
};
/// The devices of a list, each once. Entries that share a key and contradict one another stay apart; that, and each joining of two, is a finding that names the places.
std::vector<ListedDevice> listed_devices(const std::vector<SeenDevice>& seen, std::vector<Finding>& findings);
/// The finding that the entries of one device were joined.
Finding joined_finding(const ListedDevice& device);

/// True for what a device reports of itself: it follows the inventory, while the other fields belong to people and are filled only where empty.
bool is_reported(std::string_view field);

}  // namespace mainstay
