// SPDX-License-Identifier: MIT
#pragma once
#include "core/exchange/device_identity.h"

namespace mainstay {

/// Finds the devices of a list in the plan. An entry that is known by a key goes before one that only bears a name, and each device of the plan is found once. Work grows with the list and
/// not with its square: entries that share a key are compared only where no other trait tells them apart, and where that still leaves too much to compare, nothing tells which device an
/// entry is.
class DeviceFinder {
 public:
  /// May join entries of `listed` that the plan knows as one device; what it decides is told in `findings`. All three must outlive it.
  DeviceFinder(const Plan& plan, std::vector<ListedDevice>& listed, std::vector<Finding>& findings);

  struct Place {
    std::optional<std::size_t> found;       ///< the device's index in the plan; nothing: new
    bool left_out = false, joined = false;  ///< joined: an earlier entry took it in
    std::string apart;                      ///< why it is not the device that shares a key with it
  };
  /// Where the entry of that index in the list belongs.
  const Place& operator[](std::size_t i) const { return places_[i]; }
  /// How often an entry was held against a device.
  std::size_t comparisons() const { return comparisons_; }

 private:
  void find(std::size_t i, bool by_name);
  void leave_out(std::size_t i, DeviceKey key);
  std::string difference_from(std::size_t index, const DeviceTraits& traits, DeviceKey key, bool strict);
  std::optional<std::size_t> nearest(const std::vector<std::size_t>& fit, const DeviceTraits& traits) const;
  bool join(std::size_t i, std::size_t index, DeviceKey key);
  void note_apart(std::size_t i, DeviceKey key, std::size_t index, const std::string& what);
  void tell(std::size_t i);

  const Plan& plan_;
  std::vector<ListedDevice>& listed_;
  std::vector<Finding>& findings_;
  std::vector<DeviceTraits> traits_;
  KeyIndex known_, entries_;
  std::unordered_map<std::size_t, std::size_t> taken_;  ///< device of the plan -> entry
  std::vector<Place> places_;
  std::size_t comparisons_ = 0;
};

}  // namespace mainstay
