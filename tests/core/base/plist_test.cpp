// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/plist.h"
#include "tests/support/plans.h"

using namespace mainstay;
using namespace mainstay::testing;

namespace {

/// A binary list made of these objects, the first of which is the top.
std::string binary(const std::vector<std::string>& objects) {
  std::string bytes = "bplist00", table;
  for (const auto& object : objects) {
    table += static_cast<char>(bytes.size() >> 8);
    table += static_cast<char>(bytes.size() & 255);
    bytes += object;
  }
  const auto start = bytes.size();
  const auto number = [](std::uint64_t n) {
    std::string text;
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(n >> shift & 255);
    return text;
  };
  bytes += table;
  bytes.append(6, '\0');
  bytes.append("\x02\x01");
  for (const std::uint64_t n : {std::uint64_t(objects.size()), std::uint64_t(0), std::uint64_t(start)}) bytes += number(n);
  return bytes;
}

}  // namespace

TEST_CASE("Small binary property lists are read") {
  const auto list = parse_plist(binary({std::string("\xD2\x01\x03\x02\x04", 5), "\x51K", "\x11\x01\x02", std::string("\x51L"), std::string("\x33\x41\xB8\x00\x00\x00\x00\x00\x00", 9)}), "test");
  CHECK(list.type == Plist::Type::dict);
  CHECK(list.integer_or("K", -1) == 0x102);
  REQUIRE(list.find("L"));
  CHECK(list.find("L")->date.seconds == 978307200 + 0x18000000);
}

TEST_CASE("Binary property lists that loop, nest without an end or multiply are refused, not followed") {
  CHECK_THROWS_AS(parse_plist(binary({std::string("\xA1\x00", 2)}), "loop"), Error);
  CHECK_THROWS_AS(parse_plist(binary({"\xA1\x01", std::string("\xA1\x00", 2)}), "loop of two"), Error);
  std::vector<std::string> deep, wide;
  for (int i = 0; i < 200; ++i) deep.push_back(std::string("\xA1") + static_cast<char>(i + 1));
  deep.push_back("\x09");
  CHECK_THROWS_AS(parse_plist(binary(deep), "deep"), Error);
  for (int i = 0; i < 40; ++i) wide.push_back(std::string("\xA4") + std::string(4, static_cast<char>(i + 1)));
  wide.push_back("\x09");
  CHECK_THROWS_AS(parse_plist(binary(wide), "a small file that unfolds to 4^40 values"), Error);
}

TEST_CASE("A real Mac's Time Machine settings are read, and no cut or altered byte of them crashes") {
  const auto path = shared_data("backup/tm_preferences_bplist.plist");
  if (path.empty()) { WARN("the real settings are not here: skipped"); return; }
  const auto bytes = read_file(path);
  const auto list = parse_plist(bytes, "settings");
  const auto* destinations = list.find("Destinations");
  REQUIRE(destinations);
  REQUIRE_FALSE(destinations->items.empty());
  const auto* dates = destinations->items.front().find("SnapshotDates");
  REQUIRE(dates);
  REQUIRE_FALSE(dates->items.empty());
  CHECK(dates->items.front().type == Plist::Type::date);
  int refused = 0;
  const auto attempt = [&](const std::string& altered) {
    try {
      parse_plist(altered, "altered");
    } catch (const Error&) {
      ++refused;
    }
  };
  for (std::size_t length = 0; length < bytes.size(); ++length) attempt(bytes.substr(0, length));
  CHECK(refused > 0);
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const char mask : {'\x01', '\x80', '\xff'}) {
      auto altered = bytes;
      altered[at] = static_cast<char>(altered[at] ^ mask);
      attempt(altered);
    }
}

TEST_CASE("XML property lists that are no list are refused with the name of the file") {
  for (const char* bytes : {"", "<plist/>", "<plist><dict><key>a</key></dict></plist>", "<plist><dict><string>a</string></dict></plist>", "<html/>",
                            "<plist><integer>x</integer></plist>", "<plist><date>0000-00-00T00:00:00Z</date></plist>", "<plist><dict>"}) {
    INFO(bytes);
    CHECK_THROWS_WITH(parse_plist(bytes, "Some.plist"), Catch::Contains("Some.plist"));
  }
}
