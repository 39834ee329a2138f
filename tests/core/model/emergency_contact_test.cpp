// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/base/emergency_numbers.h"
#include "core/model/emergency_contact.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

Plan with_contact(const std::string& contact, const std::string& region = "") {
  return plan("<organisation id='organisation' name='Shop' region='" + region + "'/>" + contact);
}
const std::string open_contact = "<contact id='contact-emergency' name='Police, fire, ambulance' kind='emergency'/>";

Plan in_region(const Plan& p, const std::string& region) {
  return applied(p, with_emergency_number(p, set_fields(p, find_record(p, Id{"organisation"}), {{"region", region}})));
}
std::string phone(const Plan& p) { return find_record(p, Id{"contact-emergency"}).text("phone"); }

}  // namespace

TEST_CASE("the region brings its emergency number where none is known") {
  const auto p = in_region(with_contact(open_contact), "australia");
  CHECK(phone(p) == "000");
  CHECK(find_record(p, Id{"contact-emergency"}).text("second_phone") == "112 from a mobile");
}

TEST_CASE("another region takes the number of the one before it along") {
  const auto p = in_region(in_region(with_contact(open_contact), "australia"), "new_zealand");
  CHECK(phone(p) == "111");
  CHECK(find_record(p, Id{"contact-emergency"}).text("second_phone").empty());
}

TEST_CASE("a region without a verified number leaves the number not known") {
  CHECK(phone(in_region(in_region(with_contact(open_contact), "australia"), "brazil")).empty());
  CHECK(phone(in_region(with_contact(open_contact), "other")).empty());
}

TEST_CASE("a number that a person wrote or verified stays, whatever the region") {
  CHECK(phone(in_region(with_contact("<contact id='contact-emergency' name='E' kind='emergency' phone='0 then 000'/>"), "new_zealand")) == "0 then 000");
  CHECK(phone(in_region(with_contact("<contact id='contact-emergency' name='E' kind='emergency' phone='000' second_phone='112 from a mobile' verified_on='2026-10-01'/>", "australia"), "new_zealand")) == "000");
}

TEST_CASE("other contacts of the emergency kind get no number") {
  const auto p = in_region(with_contact("<contact id='contact-flood-help' name='Storm and flood help' kind='emergency'/>"), "australia");
  CHECK(find_record(p, Id{"contact-flood-help"}).text("phone").empty());
}

TEST_CASE("a contact that arrives after the region gets the number too") {
  const auto p = with_contact("", "ireland");
  const auto change = with_emergency_number(p, add_record("contact", Id{"contact-emergency"}, {{"name", "Police, fire, ambulance"}, {"kind", "emergency"}}));
  CHECK(phone(applied(p, change)) == "112");
}

TEST_CASE("a change that says nothing of the region changes no number") {
  const auto p = with_contact(open_contact, "australia");
  CHECK(phone(applied(p, with_emergency_number(p, set_fields(p, find_record(p, Id{"organisation"}), {{"name", "Kiosk"}})))).empty());
}

TEST_CASE("every number in the table belongs to a region of the plan and names its source") {
  int known = 0;
  for (const auto& region : region_choices) {
    const auto* number = emergency_number(region.key);
    if (!number) continue;
    ++known;
    CHECK(!number->source.empty());
  }
  CHECK(known == 9);
}
