// SPDX-License-Identifier: MIT
#include "core/exchange/attached_things.h"

#include <algorithm>
#include <iterator>

#include "core/base/company_name.h"

namespace mainstay {
namespace {

constexpr std::size_t most_named = 8;

template <std::size_t N>
bool has_one(std::string_view text, const std::string_view (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return contains_folded(text, word); });
}

/// Printers that write a file, send a fax or open another program.
constexpr std::string_view paperless[] = {"print to pdf", "pdf printer", "pdfcreator", "cutepdf", "bullzip", "dopdf", "pdf24", "adobe pdf", "xps document", "onenote", "microsoft shared fax", "snagit", "webex document", "image writer",
                                          "cups-pdf", "anydesk printer", "teamviewer printer", "remote desktop easy print"};
constexpr std::string_view paperless_ports[] = {"portprompt:", "file:", "nul:", "shrfax:", "xpsport:", "cups-pdf:", "ad_port", "microsoft.office.onenote"};
constexpr std::string_view makers_of_printers[] = {"HP", "Brother", "Canon", "Epson", "Samsung", "Xerox", "Kyocera", "Ricoh", "Lexmark", "OKI", "Konica Minolta", "Sharp", "Zebra", "DYMO", "Toshiba", "Dell", "Star", "Citizen", "Bixolon"};
/// Drivers that serve many printers, and so name none.
constexpr std::string_view common_drivers[] = {"universal", "class driver", "generic", "point and print", "microsoft", "postscript driver", "global"};
constexpr std::string_view parts[] = {"internal", "built-in", "integrated", "bluetooth", "brcm", "fingerprint", "card reader", "cardreader", "facetime", "ir receiver", "smc"};
/// What systems call a thing of which they know the driver alone.
constexpr std::string_view driver_names[] = {"usb composite device", "usb input device", "usb mass storage device", "usb printing support", "generic usb device", "usb device", "unknown usb device", "hid-compliant", "usb attached scsi",
                                             "usb serial device", "unknown device"};

/// "05dc" and "0x05dc (Lexar Media, Inc.)" in one spelling.
std::string usb_number(std::string_view text) {
  auto number = lower_case(trimmed(text.substr(0, text.find(' '))));
  if (number == "05ac" || number == "0x05ac") return "apple_vendor_id";  // as macOS itself writes it
  if (number.size() == 4 && number.find_first_not_of("0123456789abcdef") == std::string::npos) number.insert(0, "0x");
  return number;
}

bool is_apple_device_id(const std::string& serial) {
  return (serial.size() == 24 || serial.size() == 40) && serial.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

std::string kind_of(const std::string& name, const std::string& usb_class) {
  const auto has = [&](std::string_view word) { return contains_folded(name, word); };
  if (has("iphone") || has("ipod")) return "phone";
  if (has("ipad")) return "tablet";
  if (has("ups") && (name.starts_with("UPS") || has("back-ups") || has("smart-ups") || has(" ups"))) return "ups";
  if (usb_class == "7" || has("printer") || has("laserjet") || has("officejet") || has("pixma") || has("ecotank")) return "printer";
  return "other";
}

/// "192.168.1.20" out of "IP_192.168.1.20_1", "" where there is no address.
std::string network_address(std::string_view port) {
  for (std::size_t begin = 0; begin < port.size(); ++begin) {
    if (port[begin] < '0' || port[begin] > '9' || (begin > 0 && (port[begin - 1] == '.' || (port[begin - 1] >= '0' && port[begin - 1] <= '9')))) continue;
    const auto end = std::min(port.find_first_not_of("0123456789.", begin), port.size());
    const auto address = port.substr(begin, end - begin);
    const auto numbers = split(address, '.');
    if (numbers.size() == 4 && std::count(address.begin(), address.end(), '.') == 3 && std::all_of(numbers.begin(), numbers.end(), [](const std::string& n) { return n.size() <= 3; })) return std::string(address);
  }
  return {};
}

/// The host in "socket://printer.office.lan:9100/", "" for what is plugged in and for files.
std::string network_host(std::string_view port) {
  const auto at = port.find("://");
  if (at == std::string_view::npos) return {};
  const auto scheme = lower_case(port.substr(0, at));
  if (scheme == "usb" || scheme == "file" || scheme == "parallel" || scheme == "serial" || scheme == "hp") return {};
  auto host = port.substr(at + 3);
  host = host.substr(0, host.find_first_of("/?"));
  if (const auto user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  if (const auto colon = host.rfind(':'); colon != std::string_view::npos && host.find(']') == std::string_view::npos) host = host.substr(0, colon);
  return lower_case(host);
}

/// By what a printer without a serial number is known again: its address, which all computers share, its server's share, or its name on its computer.
std::string identity_of(const ListedPrinter& p, const std::string& host) {
  if (const auto address = network_address(p.port); !address.empty() && address != "127.0.0.1") return "printer@" + address;
  if (const auto name = network_host(p.port); !name.empty() && name != "localhost" && name != "127.0.0.1") return "printer@" + name;
  if (p.name.starts_with("\\\\")) return "printer@" + lower_case(p.name);
  if (!p.server.empty()) return "printer@" + lower_case((p.server.starts_with("\\\\") ? "" : "\\\\") + p.server + "\\" + (p.share.empty() ? p.name : p.share));
  return host.empty() ? std::string() : "printer-" + p.name + "@" + host;
}

/// The model that a driver is for: "HP LaserJet Pro M402 PCL 6" is of an HP LaserJet Pro M402.
std::string model_of(const ListedPrinter& p) {
  if (p.driver.empty() || has_one(p.driver, common_drivers)) return p.name;
  std::string model = p.driver.substr(0, p.driver.find(" - "));
  for (const std::string_view tail : {" PCL", " PS", " UFR", " KX", " v4", ", driverless", " series", " XPS", " Class"})
    if (const auto at = lower_case(model).find(lower_case(tail)); at != std::string::npos && at > 0) model.resize(at);
  return std::string(trimmed(model));
}

}  // namespace

void AttachedThings::pass(Why why, std::string_view name) { passed_[why].push_back(shortened(clean_utf8(trimmed(name)), 60)); }

bool AttachedThings::is_new(const SeenDevice& device) {
  const auto& id = device.get("unique_id");
  return id.empty() || taken_.insert(id).second;
}

void AttachedThings::add(const UsbThing& thing, const std::string& host, Date seen_on) {
  const auto vendor = usb_number(thing.vendor_id), product = usb_number(thing.product_id);
  const auto shown = thing.name.empty() ? thing.maker + " " + vendor + ":" + product : thing.name;
  if (vendor == "0x1d6b" || contains_folded(thing.name, "root hub")) return pass(Why::part, shown);
  if (thing.usb_class == "9" || contains_folded(thing.name, "hub")) return pass(Why::hub, shown);
  const bool wireless = thing.usb_class == "224" || lower_case(thing.usb_class) == "e0";  // Bluetooth and its like
  if (thing.built_in || wireless || has_one(thing.name, parts)) return pass(Why::part, shown);
  SeenDevice device;
  device.seen_on = seen_on;
  device.set("name", thing.name);
  if (device.get("name").empty() || has_one(thing.name, driver_names)) return pass(Why::no_name, shown);
  const bool apple = vendor == "apple_vendor_id" || contains_folded(thing.maker, "apple");
  device.set("model", thing.name);
  device.set("kind", kind_of(thing.name, thing.usb_class));
  device.set("brand", apple ? "Apple" : thing.maker);
  if (apple && is_apple_device_id(thing.serial)) device.set("unique_id", thing.serial);
  else device.set("serial", thing.serial);
  if (device.get("serial").empty() && device.get("unique_id").empty()) {
    // Without a serial number it is known again by what it is and where it is plugged in; the second of two alike gets a number.
    if (host.empty()) return pass(Why::no_computer, shown);
    const auto alike = "usb-" + vendor + "-" + product + "@" + host;
    if (!ports_.insert(alike + "\n" + thing.port).second) return;
    const int number = thing.port.empty() ? 1 : ++alike_[alike];
    device.set("unique_id", number < 2 ? alike : alike + "#" + std::to_string(number));
  }
  device.fact("usb_id", vendor + ":" + product);
  device.fact("firmware", thing.firmware);
  // A printer on a USB port may be listed among the printers already, where its serial number is not told.
  if (const auto& serial = device.get("serial"); !serial.empty())
    for (const auto place : printers_)
      if (auto& known = devices_[place]; known.get("serial").empty() && known.get("unique_id").ends_with("@" + host) && (contains_folded(known.get("model"), thing.name) || contains_folded(thing.name, known.get("model")))) {
        known.set("serial", serial);
        return;
      }
  if (is_new(device)) devices_.push_back(std::move(device));
}

void AttachedThings::add(const ListedPrinter& printer, const std::string& host, Date seen_on) {
  if (has_one(printer.name, paperless) || has_one(printer.driver, paperless) || has_one(printer.port, paperless_ports) || lower_case(printer.name) == "fax") return pass(Why::no_paper, printer.name);
  SeenDevice device;
  device.seen_on = seen_on;
  device.set("serial", printer.serial);
  if (const auto at = printer.port.find("serial="); printer.port.starts_with("usb://") && at != std::string::npos) device.set("serial", printer.port.substr(at + 7, printer.port.find('&', at) - at - 7));
  device.set("name", printer.name);
  if (device.get("name").empty() && device.get("serial").empty()) return pass(Why::no_name, tr("a printer"));
  device.set("model", model_of(printer));
  device.set("brand", printer.maker);
  for (const auto maker : makers_of_printers)
    if (const auto model = lower_case(device.get("model")); model.starts_with(lower_case(maker) + " ")) device.set("brand", maker);
  device.set("kind", "printer");
  if (device.get("serial").empty()) device.set("unique_id", identity_of(printer, host));
  if (device.get("serial").empty() && device.get("unique_id").empty()) return pass(Why::no_computer, printer.name);
  if (!is_new(device)) return;
  if (device.get("serial").empty()) printers_.push_back(devices_.size());
  devices_.push_back(std::move(device));
}

void AttachedThings::add_screen(std::string_view name, std::string_view maker, std::string_view serial, Date seen_on) {
  SeenDevice device;
  device.seen_on = seen_on;
  device.set("serial", serial);
  if (device.get("serial").empty()) return pass(Why::screen, trimmed(name).empty() ? std::string_view(maker) : name);
  device.set("name", name);
  device.set("model", name);
  device.set("brand", maker);
  device.set("kind", "other");
  devices_.push_back(std::move(device));
}

std::string AttachedThings::sentence(Why why, std::size_t count, const std::string& names) {
  const auto n = static_cast<long long>(count);
  const Args args{{"names", names}};
  switch (why) {
    case Why::no_paper: return tr_count(n, "One printer was passed over, because it makes a file or a fax and is no device: {names}.", "{count} printers were passed over, because they make files or faxes and are no devices: {names}.", args);
    case Why::hub: return tr_count(n, "One USB hub was passed over: {names}. Add it by hand if it has a power supply of its own.", "{count} USB hubs were passed over: {names}. Add those by hand that have a power supply of their own.", args);
    case Why::part: return tr_count(n, "One entry was passed over, because it is part of its computer: {names}.", "{count} entries were passed over, because they are parts of their computer: {names}.", args);
    case Why::no_name: return tr_count(n, "One entry was passed over, because the inventory does not say what it is: {names}.", "{count} entries were passed over, because the inventory does not say what they are: {names}.", args);
    case Why::no_computer:
      return tr_count(n, "One entry was passed over, because it has no serial number and the inventory names no computer to know it by: {names}.",
                      "{count} entries were passed over, because they have no serial number and the inventory names no computer to know them by: {names}.", args);
    case Why::screen: break;
  }
  return tr_count(n, "One screen was passed over, because it has no serial number and may be the computer's own: {names}. Add it by hand if it stands on its own.",
                  "{count} screens were passed over, because they have no serial number and may be the computer's own: {names}. Add those by hand that stand on their own.", args);
}

void AttachedThings::move_into(Inventory& inventory) {
  std::move(devices_.begin(), devices_.end(), std::back_inserter(inventory.devices));
  devices_.clear();
  printers_.clear();
  for (auto& [why, names] : passed_) {
    const auto count = names.size();
    std::vector<std::string> each;
    for (const auto& name : names)
      if (std::find(each.begin(), each.end(), name) == each.end()) each.push_back(name);
    const auto more = each.size() > most_named ? each.size() - most_named : 0;
    each.resize(each.size() - more);
    const auto shown = more > 0 ? tr("{words} and {count} more", {{"words", join(each, ", ")}, {"count", more}}) : join(each, ", ");
    auto finding = inventory_finding("import.passed_over", tr("Entries were passed over"), sentence(why, count, shown));
    finding.severity = Severity::info;
    inventory.findings.push_back(std::move(finding));
  }
  passed_.clear();
}

}  // namespace mainstay
