// SPDX-License-Identifier: MIT
#include "core/base/company_name.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

/// Dots, commas and brackets aside, in small letters.
std::string bare_word(std::string_view word) {
  std::string out;
  for (const char c : lower_case(word))
    if (c != '.' && c != ',' && c != '(' && c != ')') out += c;
  return out;
}

constexpr std::string_view forms[] = {"inc", "incorporated", "corp", "corporation", "co", "ltd", "limited", "llc", "llp", "lp", "plc", "pty", "proprietary", "pte", "pvt", "private", "gmbh", "mbh", "ag", "kg",
                                      "kgaa", "ohg", "ug", "bv", "nv", "sa", "sas", "sarl", "srl", "oy", "oyj", "ab", "aps", "kk", "sdn", "bhd"};
/// Part of a legal form only before another one: "Company Limited", "GmbH & Co. KG".
constexpr std::string_view joints[] = {"company", "&", "and", "de", "holdings"};

template <std::size_t N>
bool is_one_of(const std::string_view (&words)[N], std::string_view word) { return std::find(std::begin(words), std::end(words), word) != std::end(words); }

constexpr std::pair<std::string_view, std::string_view> known_brands[] = {
    {"hewlett-packard", "HP"}, {"hewlett packard", "HP"}, {"american power conversion", "APC"}, {"lenovo", "Lenovo"}, {"asustek computer", "ASUS"}, {"samsung electronics", "Samsung"},
    {"western digital", "Western Digital"}, {"western digital technologies", "Western Digital"}, {"brother industries", "Brother"}, {"seiko epson", "Epson"}, {"lg electronics", "LG"},
    {"apple computer", "Apple"}, {"dell computer", "Dell"}, {"micro-star international", "MSI"}, {"tp-link technologies", "TP-Link"}, {"toshiba tec", "Toshiba"}, {"anker innovations", "Anker"}};

constexpr ProductLine lines[] = {
    {"iphone", "Apple", "phone"}, {"ipad", "Apple", "tablet"}, {"macbook", "Apple", "laptop"}, {"imac", "Apple", "desktop"},
    {"probook", "HP", "laptop"}, {"elitebook", "HP", "laptop"}, {"zbook", "HP", "laptop"}, {"elitedesk", "HP", "desktop"}, {"prodesk", "HP", "desktop"}, {"laserjet", "HP", "printer"}, {"officejet", "HP", "printer"},
    {"proliant", "", "server"}, {"thinkpad", "Lenovo", "laptop"}, {"ideapad", "Lenovo", "laptop"}, {"thinkcentre", "Lenovo", "desktop"}, {"thinkstation", "Lenovo", "desktop"}, {"thinksystem", "Lenovo", "server"},
    {"latitude", "Dell", "laptop"}, {"optiplex", "Dell", "desktop"}, {"poweredge", "Dell", "server"}, {"chromebook", "", "laptop"}, {"toughbook", "Panasonic", "laptop"}, {"lifebook", "Fujitsu", "laptop"},
    {"travelmate", "Acer", "laptop"}, {"vivobook", "ASUS", "laptop"}, {"zenbook", "ASUS", "laptop"}, {"expertbook", "ASUS", "laptop"}, {"diskstation", "Synology", "nas"}, {"rackstation", "Synology", "nas"},
    {"powercore", "Anker", "power_bank"}, {"back-ups", "APC", "ups"}, {"smart-ups", "APC", "ups"},
    {"surface laptop", "Microsoft", "laptop"}, {"surface book", "Microsoft", "laptop"}, {"surface pro", "Microsoft", "tablet"}, {"surface go", "Microsoft", "tablet"}, {"surface studio", "Microsoft", "desktop"}, {"surface", "Microsoft", ""}};

/// What hangs on a thing of a line bears its name too: "ThinkPad USB-C Dock".
constexpr std::string_view accessories[] = {"dock", "charger", "adapter", "adaptor", "case", "cable", "keyboard", "battery", "mouse", "pen", "cover", "toner", "stand", "monitor", "magsafe", "hub"};

}  // namespace

std::string without_company_forms(std::string_view name) {
  const auto ends = [](std::string_view text) {
    while (!text.empty() && (text.back() == ',' || text.back() == ' ')) text.remove_suffix(1);
    return text;
  };
  auto left = ends(trimmed(name));
  for (bool dropped = false;; dropped = true) {
    const auto gap = left.find_last_of(" ,");
    if (gap == std::string_view::npos) break;
    const auto word = bare_word(left.substr(gap + 1));
    const auto before = ends(left.substr(0, gap));
    if (before.empty() || (!is_one_of(forms, word) && !(dropped && is_one_of(joints, word)))) break;
    left = before;
  }
  return std::string(left);
}

std::string brand_of_company(std::string_view name) {
  auto brand = without_company_forms(name);
  const auto folded = lower_case(brand);
  for (const auto& [known, better] : known_brands)
    if (folded == known) return std::string(better);
  return brand;
}

const ProductLine* product_line_of(std::string_view model) {
  const auto folded = lower_case(trimmed(model));
  std::string word;
  for (const char c : folded + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    if (is_one_of(accessories, word)) return nullptr;
    word.clear();
  }
  // At the beginning, or behind the maker's name.
  const auto gap = folded.find(' ');
  const auto second = gap == std::string::npos ? std::string_view() : std::string_view(folded).substr(gap + 1);
  const auto begins = [](std::string_view text, std::string_view name) { return text.starts_with(name) && (text.size() == name.size() || text[name.size()] < 'a' || text[name.size()] > 'z'); };
  for (const auto& line : lines)
    if (begins(folded, line.word) || begins(second, line.word)) return &line;
  return nullptr;
}

}  // namespace mainstay
