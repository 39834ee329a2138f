// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <set>

#include "core/base/error.h"
#include "core/model/plan.h"

using namespace mainstay;

namespace {

template <class T>
std::string after_setting(std::string_view key, std::string_view text) {
  T record;
  const auto* field = T::info().field(key);
  REQUIRE(field);
  field->set_text(&record, text);
  return field->text(&record);
}

template <class T>
std::string refusal(std::string_view key, std::string_view text) {
  T record;
  try {
    T::info().field(key)->set_text(&record, text);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_value);
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("A time may be typed as people say it and is kept in minutes") {
  for (const auto& [typed, kept] : std::vector<std::pair<std::string, std::string>>{
           {"4 h", "240"}, {"2 d", "2880"}, {"90", "90"}, {"1 d 6 h", "1800"}, {"1 week", "10080"}, {"30min", "30"}, {"0", "0"}, {"", ""}, {"(none)", "(none)"}, {" 2 Days ", "2880"}})
    CHECK(after_setting<Activity>("rto_minutes", typed) == kept);
  for (const auto* bad : {"soon", "-5", "4 x", "h", "4.5 h", "99999999999999999999", "9999999999 h", "2 d soon"}) CHECK_FALSE(refusal<Activity>("rto_minutes", bad).empty());
  CHECK(refusal<Activity>("rto_minutes", "soon").find("Back within (RTO)") != std::string::npos);
}

TEST_CASE("Money may be typed with separators and is kept in cents") {
  for (const auto& [typed, kept] : std::vector<std::pair<std::string, std::string>>{
           {"1,200.50", "120050"}, {"$1200.5", "120050"}, {"120050", "120050"}, {"1,200", "120000"}, {"$ 7", "700"}, {"12.345,67", "1234567"}, {"1.234.567,8", "123456780"}, {"0", "0"}, {"", ""}, {"(none)", "(none)"}})
    CHECK(after_setting<Organisation>("cash_cents", typed) == kept);
  for (const auto* bad : {"1.234.5", "1.005", "abc", "-5", "$", "1.2,3", "12.34,567", "12,5", "5 AUD"}) CHECK_FALSE(refusal<Organisation>("cash_cents", bad).empty());
  CHECK(spoken_money(123456789) == "1,234,567.89");
  CHECK(spoken_money(-5) == "-0.05");
  CHECK(spoken_money(0) == "0.00");
  CHECK(spoken_money(100000) == "1,000.00");
}

TEST_CASE("What is typed as the value for people reads back as the same value") {
  Organisation o;
  const auto& field = *Organisation::info().field("cash_cents");
  for (const std::int64_t cents : {0LL, 5LL, 99LL, 100LL, 123456LL, 100000000LL}) {
    o.cash_cents = Money(cents);
    const auto spoken = field.spoken(&o);
    field.set_text(&o, spoken);
    CHECK(o.cash_cents.count == cents);
  }
  Activity a;
  const auto& time = *Activity::info().field("mtpd_minutes");
  for (const std::int64_t minutes : {0, 1, 59, 60, 61, 119, 120, 150, 1440, 1441, 1500, 1501, 10080, 10081, 14437}) {
    a.mtpd_minutes = Minutes(minutes);
    const auto spoken = time.spoken(&a);
    time.set_text(&a, spoken);
    CHECK(a.mtpd_minutes.count == minutes);
  }
}

TEST_CASE("Choices take their key or their words and list what they take") {
  CHECK(after_setting<Backup>("method", "time_machine") == "time_machine");
  CHECK(after_setting<Backup>("method", "Time Machine") == "time_machine");
  CHECK(after_setting<Backup>("method", "").empty());
  CHECK(after_setting<Backup>("immutable", "Yes") == "yes");
  CHECK(after_setting<Backup>("immutable", "I don't know").empty());
  CHECK(refusal<Backup>("method", "magic").find("time_machine, crashplan") != std::string::npos);
}

TEST_CASE("Percent, dates and text are held to their type") {
  CHECK(after_setting<Activity>("mbco_percent", "40 %") == "40");
  CHECK(after_setting<Activity>("mbco_percent", "0") == "0");
  CHECK_FALSE(refusal<Activity>("mbco_percent", "101").empty());
  CHECK_FALSE(refusal<Activity>("mbco_percent", "-1").empty());
  CHECK_FALSE(refusal<Activity>("mbco_percent", "%").empty());
  CHECK(after_setting<Activity>("times_on", "2026-11-24") == "2026-11-24");
  CHECK(after_setting<Activity>("times_on", "(none)") == "(none)");
  CHECK_FALSE(refusal<Activity>("times_on", "24/11/2026").empty());
  CHECK(after_setting<Activity>("name", "  Sell ") == "Sell");
  CHECK(after_setting<Activity>("description", "line one\nline two\n") == "line one\nline two\n");
  CHECK_FALSE(refusal<Activity>("name", "\xFF").empty());
  CHECK(after_setting<Site>("distance_km", "-3") == "-3");  // as an old file may hold it
}

TEST_CASE("Not known, none and zero stay three values") {
  Activity a;
  const auto& field = *Activity::info().field("rpo_minutes");
  CHECK(field.is_unknown(&a));
  field.set_text(&a, "(none)");
  CHECK_FALSE(field.is_unknown(&a));
  CHECK(a.rpo_minutes.is_none());
  CHECK_FALSE(bool(a.rpo_minutes));
  field.set_text(&a, "0");
  CHECK(bool(a.rpo_minutes));
  CHECK(field.spoken(&a) == "0 min");
}

TEST_CASE("Every record kind describes itself: kinds, keys and labels are there and unique") {
  std::set<std::string_view> kinds;
  for (const auto& table : Plan::tables()) {
    const auto& info = *table.info;
    CHECK(kinds.insert(info.kind).second);
    CHECK_FALSE(info.label.empty());
    CHECK_FALSE(info.plural.empty());
    CHECK_FALSE(info.help.empty());
    std::set<std::string_view> keys{"id"};
    Plan plan;
    void* record = table.append(plan, Id{"x"});
    for (const auto& field : info.fields) {
      INFO(info.kind << "." << field.key);
      CHECK(keys.insert(field.key).second);
      CHECK_FALSE(field.label.empty());
      CHECK(field.is_unknown(record));
      if (field.type == FieldType::id) {
        CHECK((field.refers_to == "*" || table_of(field.refers_to)));
      }
      if (field.type == FieldType::choice) {
        REQUIRE(field.choices.size() > 1);
        CHECK(field.choices[0].key.empty());
        for (const auto& choice : field.choices) {
          field.set_text(record, choice.key);
          CHECK(field.text(record) == choice.key);
        }
      }
    }
  }
  CHECK(kinds.size() == 35);
}

TEST_CASE("What is entered stays in its range, while a file's own value is kept") {
  Risk risk;
  const auto* field = Risk::info().field("likelihood");
  CHECK_THROWS_AS(field->enter(&risk, "9"), Error);
  CHECK_THROWS_AS(field->enter(&risk, "-9"), Error);
  field->enter(&risk, "5");
  CHECK(risk.likelihood == Number(5));
  field->set_text(&risk, "9");
  CHECK(risk.likelihood == Number(9));
  CHECK_THROWS_AS(Organisation::info().field("staff_count")->enter(std::make_unique<Organisation>().get(), "-5"), Error);
}

TEST_CASE("Thousands are grouped in threes from the first comma on") {
  CHECK(parse_money("1,234,567.50") == 123456750);
  CHECK_FALSE(parse_money("12345,678"));
  CHECK_FALSE(parse_money("1,2345"));
}
