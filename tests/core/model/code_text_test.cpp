// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/code_text.h"

using namespace mainstay;

TEST_CASE("a number is the same with blanks, dashes, small letters and the label that people type before it") {
  for (const auto* typed : {"AB0251123456", "AB 0251 123456", "S/N: AB0251123456", "sn:ab0251-123456", "Serial No. AB0251 123456", "Serial number AB0251123456", "S/N AB0251123456"}) {
    INFO(typed);
    CHECK(bare_code(typed) == "AB0251123456");
    CHECK(serial_between("AB0048", "AB0251", typed) == Truth::yes);
  }
  CHECK(bare_code("CT: 6BZLU") == "6BZLU");
  CHECK(bare_code("FRU P/N 42T-4695") == "42T4695");
  CHECK(bare_code("S/N:").empty());
}

TEST_CASE("a serial number just outside is outside, and one of another shape is not known") {
  const auto in = [](const char* typed) { return serial_between("AB0048", "AB0251", typed); };
  CHECK(in("AB0252123456") == Truth::no);
  CHECK(in("S/N: AB 0252 123456") == Truth::no);
  CHECK(in("AB0047") == Truth::no);
  CHECK(in("AB025") == Truth::unknown);
  CHECK(in("ABO251123456") == Truth::unknown);
  CHECK(in("0251123456") == Truth::unknown);
  CHECK(in("see the label") == Truth::unknown);
  const auto begins = [](const char* typed) { return serial_begins_with({"57V", "35S"}, typed); };
  CHECK(begins("57-V12345678901") == Truth::yes);
  CHECK(begins("57X1234") == Truth::no);
  CHECK(begins("57") == Truth::unknown);
  CHECK(begins("not readable") == Truth::unknown);
  const auto year = [](const char* typed) { return serial_year_in({"93", "99", "00", "02"}, typed); };
  CHECK(year("S/N NA0012345") == Truth::yes);
  CHECK(year("NA 03 12345") == Truth::no);
  CHECK(year("NAO312345") == Truth::unknown);
  CHECK(year("0312345") == Truth::unknown);
  CHECK(year("(none)") == Truth::unknown);
}

TEST_CASE("a listed code is found however it is typed, and what could be it is never a no") {
  const auto holds = [](std::vector<std::string> listed, const char* typed, bool prose = false) { return holds_code(listed, typed, prose); };
  for (const auto* typed : {"A1263", "a1263", "A-1263", "A 1263", "Model: A1263", "A1263 (black)"}) {
    INFO(typed);
    CHECK(holds({"A1263"}, typed) == Truth::yes);
  }
  for (const auto* typed : {"A1263H11", "A1263011", "AI263", "A126", "PowerCore 10000", "1263", "see the back"}) {
    INFO(typed);
    CHECK(holds({"A1263"}, typed) == Truth::unknown);
  }
  CHECK(holds({"A1263"}, "A1264") == Truth::no);
  CHECK(holds({"A1263"}, "SMT1500I") == Truth::no);
  CHECK(holds({"LS-15", "LS15"}, "LS 15") == Truth::yes);
  CHECK(holds({"LS-15", "LS15"}, "LS-15A") == Truth::unknown);
  CHECK(holds({"LS-15", "LS15"}, "LS-18") == Truth::no);
  CHECK(holds({"G71C0009S*"}, "G71C 0009 S310") == Truth::yes);
  CHECK(holds({"G71C0009S*"}, "G71C0009") == Truth::unknown);
  CHECK(holds({"G71C0009S*"}, "PA3714U-1ACA") == Truth::no);
  CHECK(holds({"G71C0009S*"}, "19V 3.42A") == Truth::unknown);
  CHECK(holds({"42T4695"}, "42T-4695") == Truth::yes);
  CHECK(holds({"42T4695"}, "LNV-42T4695") == Truth::unknown);
  // In a product's name a code may stand or not; one typed in pieces could be part of the name.
  CHECK(holds({"A1263"}, "Anker PowerCore 10000", true) == Truth::no);
  CHECK(holds({"A1263"}, "Anker PowerCore A-1263", true) == Truth::yes);
  CHECK(holds({"PRO8"}, "Surface Pro 8", true) == Truth::unknown);
}

TEST_CASE("a pattern is a code where it has letters and digits and no blank") {
  for (const auto* code : {"A1263", "BI-B41", "G71C0009S*", "*G71C*", "42T4695"}) CHECK(names_code(code));
  for (const auto* text : {"ProBook 640 G2", "A????", "*anker*", "2019", "T4?", "*R"}) CHECK_FALSE(names_code(text));
}
