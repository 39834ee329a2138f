// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/analysis/survive.h"
#include "core/base/error.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

const Date monday = Date::of(2026, 3, 2);

Survival play(const Plan& p, std::vector<std::string> lost, int days, Date first = monday) { return survive(p, Graph(p), parse_loss(p, lost, days), first); }

/// The case that docs/two-week-test.md works by hand.
const char* worked = R"x(
  <organisation id="organisation" name="Corner shop" currency="AUD" cash_cents="500000" fixed_cost_per_month_cents="4000000"/>
  <site id="shop" name="Shop" kind="main"/>
  <activity id="sell" name="Sell" mtpd_minutes="4320" mbco_percent="30" income_per_day_cents="100000" extra_cost_per_day_cents="5555"
            workaround="Market stall" workaround_percent="40" workaround_start_minutes="2160"/>
  <activity id="repair" name="Repair" mtpd_minutes="14400" mbco_percent="50" income_per_day_cents="33333" workaround="(none)"/>
  <activity id="web" name="Web orders" mtpd_minutes="2880" income_per_day_cents="21010"/>
  <activity id="advise" name="Advice" mtpd_minutes="7200" income_per_day_cents="9999"/>
  <resource id="till" name="Till" site_id="shop" recovery_minutes="7200"/>
  <resource id="bench" name="Workbench" site_id="shop"/>
  <resource id="website" name="Website" works_off_site="yes" site_id="shop"/>
  <resource id="desk" name="Desk" site_id="shop" recovery_minutes="720"/>
  <link id="l1" from_id="sell" to_id="till" kind="needs"/>
  <link id="l2" from_id="repair" to_id="bench" kind="needs"/>
  <link id="l3" from_id="web" to_id="website" kind="needs"/>
  <link id="l4" from_id="advise" to_id="desk" kind="needs" share_percent="25"/>
  <insurance_policy id="bi" name="Business interruption" benefit_per_day_cents="15000" waiting_days="3" longest_days="7" limit_cents="100000" excess_cents="5000"/>)x";

struct Row { bool open; int sell, repair, web, advise; std::int64_t lost, earned, extra, fixed, insurance, cash; };

}  // namespace

TEST_CASE("Fourteen days without the shop come out to the cent as worked by hand") {
  const Row rows[] = {
      {true, 0, 0, 100, 87, 134633, 29709, 0, 131506, 0, 398203},
      {true, 20, 0, 100, 100, 113333, 51009, 5555, 131507, 0, 312150},
      {true, 40, 0, 100, 100, 93333, 71009, 5555, 131507, 0, 246097},
      {true, 40, 0, 100, 100, 93333, 71009, 5555, 131507, 10000, 190044},
      {true, 40, 0, 100, 100, 93333, 71009, 5555, 131507, 15000, 138991},
      {false, 100, 0, 100, 100, 0, 0, 0, 131507, 15000, 22484},
      {false, 100, 0, 100, 100, 0, 0, 0, 131506, 15000, -94022},
      {true, 100, 0, 100, 100, 33333, 131009, 0, 131507, 15000, -79520},
      {true, 100, 0, 100, 100, 33333, 131009, 0, 131507, 15000, -65018},
      {true, 100, 0, 100, 100, 33333, 131009, 0, 131507, 15000, -50516},
      {true, 100, 0, 100, 100, 33333, 131009, 0, 131507, 0, -51014},
      {true, 100, 0, 100, 100, 33333, 131009, 0, 131507, 0, -51512},
      {false, 100, 0, 100, 100, 0, 0, 0, 131507, 0, -183019},
      {false, 100, 0, 100, 100, 0, 0, 0, 131506, 0, -314525},
  };
  const auto s = play(plan(worked), {"premises"}, 14);
  REQUIRE(s.days.size() == 14);
  REQUIRE(s.activities.size() == 4);
  for (std::size_t i = 0; i < 14; ++i) {
    INFO("day " << i + 1);
    const auto& day = s.days[i];
    const auto& row = rows[i];
    CHECK(day.day == int(i) + 1);
    CHECK(day.open == row.open);
    CHECK(day.activities[0].service_percent == row.sell);
    CHECK(day.activities[1].service_percent == row.repair);
    CHECK(day.activities[2].service_percent == row.web);
    CHECK(day.activities[3].service_percent == row.advise);
    CHECK(day.lost_income_cents == row.lost);
    CHECK(day.earned_cents == row.earned);
    CHECK(day.extra_cost_cents == row.extra);
    CHECK(day.fixed_cost_cents == row.fixed);
    CHECK(day.insurance_cents == row.insurance);
    CHECK(day.cash_cents == row.cash);
  }
  CHECK(s.lost_income_cents == 694630);
  CHECK(s.extra_cost_cents == 22220);
  CHECK(s.fixed_cost_cents == 1841095);
  CHECK(s.insurance_cents == 100000);
  CHECK(s.cash_start_cents == 500000);
  CHECK(s.cash_end_cents == -314525);
  CHECK(s.cash_known);
  CHECK(s.cash_ends_day == 7);
  CHECK(s.first_breach_activity.text == "repair");
  CHECK(s.first_breach_minutes == 14400);
  CHECK(s.breached == std::vector<Id>{Id{"repair"}});
  CHECK(s.decided);
  CHECK_FALSE(s.survives);
  REQUIRE(s.unknown.size() == 1);
  CHECK(s.unknown[0].find("Workbench") != std::string::npos);
  CHECK(s.verdict == "No: without Shop, Repair passes its MTPD of 10 d after 10 d, and the cash ends on day 7 of 14 days.");
}

TEST_CASE("The same shop with more cash and a bench that comes back survives") {
  std::string text = worked;
  text.replace(text.find("cash_cents=\"500000\""), 19, "cash_cents=\"2000000\"");
  text.replace(text.find("name=\"Workbench\""), 16, "name=\"Workbench\" recovery_minutes=\"2880\"");
  const auto s = play(plan(text), {"shop"}, 14);
  CHECK(s.decided);
  CHECK(s.survives);
  CHECK(s.unknown.empty());
  CHECK(s.cash_ends_day == -1);
  CHECK(s.verdict.starts_with("Yes:"));
}

TEST_CASE("A stop as long as the MTPD is borne, a minute more is a breach") {
  const auto with = [](const char* mtpd) {
    return play(plan(std::string("<organisation id='organisation' cash_cents='100' fixed_cost_per_month_cents='0'/><site id='s' kind='main'/><activity id='a' name='A' income_per_day_cents='0' mtpd_minutes='") + mtpd +
                     "'/><resource id='r' site_id='s' recovery_minutes='1440'/><link id='l' from_id='a' to_id='r' kind='needs'/>"),
                {"s"}, 5);
  };
  CHECK(with("1440").first_breach_activity.empty());
  CHECK(with("1440").survives);
  CHECK(with("1439").first_breach_minutes == 1439);
  CHECK_FALSE(with("1439").survives);
}

TEST_CASE("Below the minimum level counts as down, at it does not") {
  const auto with = [](const char* mbco) {
    return play(plan(std::string("<organisation id='organisation' cash_cents='100' fixed_cost_per_month_cents='0'/><site id='s' kind='main'/><activity id='a' name='A' income_per_day_cents='0' mtpd_minutes='60' "
                                 "workaround='By hand' workaround_percent='40' workaround_start_minutes='0' extra_cost_per_day_cents='0' mbco_percent='") + mbco + "'/><link id='l' from_id='a' to_id='s' kind='needs'/>"),
                {"s"}, 3);
  };
  CHECK(with("40").survives);
  CHECK(with("").survives);
  CHECK(with("41").first_breach_minutes == 60);
}

TEST_CASE("What is not known is named, and nothing is decided over it") {
  const auto s = play(plan("<site id='s' name='Shop' kind='main'/><activity id='a' name='Sell' mtpd_minutes='60'/><link id='l' from_id='a' to_id='s' kind='needs'/>"), {"s"}, 3);
  CHECK_FALSE(s.decided);
  CHECK_FALSE(s.survives);
  CHECK_FALSE(s.cash_known);
  CHECK(s.cash_ends_day == -1);
  CHECK(s.unknown.size() == 3);
  CHECK(s.verdict.find("cannot be said") != std::string::npos);
  CHECK(s.verdict.find("Cash at hand is not known") != std::string::npos);
  CHECK(s.verdict.find("Sell passes its MTPD") != std::string::npos);
  const auto empty = play(plan("<site id='s' kind='main'/>"), {"s"}, 3);
  CHECK_FALSE(empty.decided);
}

TEST_CASE("The verdict names what decides, not what is merely counted at its worst") {
  const auto s = play(plan("<organisation id='organisation' fixed_cost_per_month_cents='0'/><supplier id='sup' name='Baker'/><activity id='a' name='Sell' income_per_day_cents='1' mtpd_minutes='(none)'/>"
                           "<link id='l' from_id='a' to_id='sup' kind='needs'/>"), {"Baker"}, 3);
  REQUIRE(s.unknown.size() == 2);
  CHECK(s.unknown[1].starts_with("Baker:"));
  CHECK(s.verdict == "Whether the business survives 3 days without Baker cannot be said: Cash at hand is not known.");
}

TEST_CASE("Insurance that is expired, or whose waiting period nobody knows, pays nothing and is named") {
  const auto with = [](const char* policy) {
    return play(plan(std::string("<organisation id='organisation' cash_cents='0' fixed_cost_per_month_cents='0'/><site id='s' kind='main'/><activity id='a' income_per_day_cents='0' mtpd_minutes='(none)'/>"
                                 "<link id='l' from_id='a' to_id='s' kind='needs'/><insurance_policy id='i' name='Cover' benefit_per_day_cents='100' ") + policy + "/>"), {"s"}, 10);
  };
  CHECK(with("waiting_days='2'").insurance_cents == 800);
  CHECK(with("waiting_days='(none)'").insurance_cents == 1000);
  CHECK(with("waiting_days='2' longest_days='3'").insurance_cents == 300);
  CHECK(with("waiting_days='2' limit_cents='250'").insurance_cents == 250);
  CHECK(with("waiting_days='2' excess_cents='150'").insurance_cents == 650);
  CHECK(with("waiting_days='2' expires_on='2026-03-01'").insurance_cents == 0);
  CHECK(with("waiting_days='2' expires_on='2026-03-02'").insurance_cents == 800);
  CHECK(with("").insurance_cents == 0);
  CHECK(with("").unknown.size() == 1);
  CHECK(with("waiting_days='2'").unknown.size() == 2);
}

TEST_CASE("An MTPD that nobody set leaves an interrupted activity undecided") {
  const auto s = play(plan("<organisation id='organisation' cash_cents='100' fixed_cost_per_month_cents='0'/><site id='s' kind='main'/><activity id='a' name='Sell' income_per_day_cents='0'/>"
                           "<link id='l' from_id='a' to_id='s' kind='needs'/>"), {"s"}, 3);
  CHECK_FALSE(s.decided);
  CHECK(s.verdict.find("MTPD") != std::string::npos);
}

TEST_CASE("A workaround without its level does not count, and one that is none asks nothing") {
  const std::string head = "<organisation id='organisation' cash_cents='100' fixed_cost_per_month_cents='0'/><site id='s' kind='main'/><link id='l' from_id='a' to_id='s' kind='needs'/>";
  const auto vague = play(plan(head + "<activity id='a' name='Sell' income_per_day_cents='100' mtpd_minutes='(none)' workaround='Somehow'/>"), {"s"}, 1);
  CHECK(vague.days[0].activities[0].service_percent == 0);
  CHECK(vague.unknown.size() == 1);
  CHECK(vague.decided);
  const auto none = play(plan(head + "<activity id='a' name='Sell' income_per_day_cents='100' mtpd_minutes='(none)' workaround='(none)'/>"), {"s"}, 1);
  CHECK(none.unknown.empty());
}

TEST_CASE("An alternate place keeps the work going, and a stand-in its users") {
  const auto p = plan("<organisation id='organisation' cash_cents='0' fixed_cost_per_month_cents='0'/><site id='s' kind='main'/><site id='b' kind='alternate'/><activity id='a' name='A' income_per_day_cents='100' mtpd_minutes='60'/>"
                      "<link id='l' from_id='a' to_id='s' kind='needs'/>");
  const auto s = play(p, {"premises"}, 3);
  CHECK(s.survives);
  CHECK(s.lost_income_cents == 0);
  CHECK(s.insurance_cents == 0);
}

TEST_CASE("A supplier that is back after two days, and a person who is not") {
  const auto p = plan("<organisation id='organisation' cash_cents='0' fixed_cost_per_month_cents='0'/><supplier id='sup' name='Baker' recovery_minutes='2880'/><person id='jo' name='Jo'/>"
                      "<activity id='a' name='A' income_per_day_cents='100' mtpd_minutes='(none)'/><activity id='b' name='B' income_per_day_cents='100' mtpd_minutes='(none)'/>"
                      "<link id='l' from_id='a' to_id='sup' kind='needs'/><link id='m' from_id='b' to_id='jo' kind='needs'/>");
  const auto s = play(p, {"Baker", "people"}, 5);
  CHECK(s.days[1].activities[0].service_percent == 0);
  CHECK(s.days[2].activities[0].service_percent == 100);
  CHECK(s.days[4].activities[1].service_percent == 0);
  CHECK(s.lost_income_cents == 700);
}

TEST_CASE("A year of figures as large as a field takes neither wraps nor stops") {
  std::string text = "<organisation id='organisation' cash_cents='1000000000000000' fixed_cost_per_month_cents='1000000000000000'/><site id='s' kind='main'/>";
  for (int i = 0; i < 60; ++i) {
    const auto id = std::to_string(i);
    text += "<activity id='a" + id + "' income_per_day_cents='1000000000000000' mtpd_minutes='1000000000000000'/><link id='l" + id + "' from_id='a" + id + "' to_id='s' kind='needs'/>";
  }
  const auto s = play(plan(text), {"s"}, 366);
  CHECK(s.days.size() == 366);
  CHECK(s.lost_income_cents > 0);
}

TEST_CASE("A loss is typed as a kind, a name, an id or several with commas") {
  const auto p = plan("<site id='s1' name='Office' kind='main'/><site id='s2' name='Depot' kind='branch'/><site id='s3' name='Barn' kind='alternate'/><person id='jo' name='Jo'/>"
                      "<supplier id='sup' name='Smith, Jones'/><task id='t' name='Office'/><resource id='pc' name='PC' kind='system'/>");
  CHECK(parse_loss(p, {"premises"}, 14).ids == std::vector<Id>{Id{"s1"}, Id{"s2"}});
  CHECK(parse_loss(p, {"site"}, 14).ids.size() == 2);
  CHECK(parse_loss(p, {"Office"}, 14).ids == std::vector<Id>{Id{"s1"}});
  CHECK(parse_loss(p, {"s3, jo", "person"}, 14).ids == std::vector<Id>{Id{"s3"}, Id{"jo"}});
  CHECK(parse_loss(p, {"Smith, Jones"}, 1).ids == std::vector<Id>{Id{"sup"}});
  CHECK(parse_loss(p, {"it_data"}, 366).ids == std::vector<Id>{Id{"pc"}});
  const auto code = [&](std::vector<std::string> words, int days) {
    try { (void)parse_loss(p, words, days); } catch (const Error& e) { return e.code(); }
    FAIL("it was taken");
    return ErrorCode::io;
  };
  CHECK(code({"Office"}, 0) == ErrorCode::usage);
  CHECK(code({"Office"}, 367) == ErrorCode::usage);
  CHECK(code({}, 14) == ErrorCode::usage);
  CHECK(code({" "}, 14) == ErrorCode::usage);
  CHECK(code({"ghost"}, 14) == ErrorCode::not_found);
  CHECK(code({"power_telecom"}, 14) == ErrorCode::not_found);
  CHECK(code({"s"}, 14) == ErrorCode::ambiguous);
  CHECK(code({"t"}, 14) == ErrorCode::usage);
}

TEST_CASE("Data whose only copy burns with it does not come back, and one copy elsewhere is enough") {
  const std::string business = R"x(
    <organisation id="organisation" name="Shop" cash_cents="500000" fixed_cost_per_month_cents="0"/>
    <site id="shop" name="Shop" kind="main"/>
    <activity id="sell" name="Sell" mtpd_minutes="4320" income_per_day_cents="0" workaround="(none)"/>
    <resource id="stock" name="Stock list" kind="data" site_id="shop" recovery_minutes="60"/>
    <backup id="nas" name="NAS" site_id="shop" place="on_site"/>
    <link id="l1" from_id="sell" to_id="stock" kind="needs"/>
    <link id="l2" from_id="nas" to_id="stock" kind="protects"/>)x";
  const auto burnt = play(plan(business), {"premises"}, 5);
  CHECK(burnt.days.back().activities.at(0).service_percent == 0);
  CHECK(burnt.first_breach_activity == Id{"sell"});
  const auto kept = play(plan(business + R"x(<backup id="cloud" name="Cloud" place="cloud"/><link id="l3" from_id="cloud" to_id="stock" kind="protects"/>)x"), {"premises"}, 5);
  CHECK(kept.days.back().activities.at(0).service_percent == 100);
  CHECK(kept.first_breach_activity.empty());
}
