// SPDX-License-Identifier: MIT
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/exchange/inventory.h"

namespace mainstay {

/// What an inventory tells of one thing on a USB port, as it stands there.
struct UsbThing {
  std::string name, maker, serial, vendor_id, product_id, firmware;
  std::string usb_class;  ///< the class of the device by its number: "9" is a hub
  std::string port;       ///< where it is plugged in, so that two alike are told apart; "" where the inventory does not say
  bool built_in = false;  ///< the inventory says that it cannot be unplugged
};

/// What an agent tells of one printer that a computer can print on.
struct ListedPrinter {
  std::string name, driver, maker, serial, port, server, share;
};

/// What hangs on the computers of an inventory: each becomes a device of its own, known again by its serial number, else by what it is and by its computer or network address. What is no
/// device of its own is passed over, and told once, by why.
class AttachedThings {
 public:
  /// `host`: what its computer is known by, "" where the inventory names none.
  void add(const UsbThing& thing, const std::string& host, Date seen_on);
  void add(const ListedPrinter& printer, const std::string& host, Date seen_on);
  /// A screen; one without a serial number may be the computer's own.
  void add_screen(std::string_view name, std::string_view maker, std::string_view serial, Date seen_on);
  /// Puts the devices behind those of the inventory, and a finding for each sort of what was passed over.
  void move_into(Inventory& inventory);

 private:
  enum class Why : std::uint8_t { no_paper, hub, part, no_name, no_computer, screen };
  static std::string sentence(Why why, std::size_t count, const std::string& names);
  void pass(Why why, std::string_view name);
  bool is_new(const SeenDevice& device);
  std::vector<SeenDevice> devices_;
  std::unordered_set<std::string> taken_;     ///< identifiers
  std::unordered_set<std::string> ports_;           ///< identifiers and ports
  std::unordered_map<std::string, int> alike_;      ///< how many have this identifier but for their numbers
  std::vector<std::size_t> printers_;               ///< those without a serial number, among the devices
  std::map<Why, std::vector<std::string>> passed_;
};

}  // namespace mainstay
