// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/analysis/starter_guesses.h"
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
  CHECK(s.outlook == Outlook::yes_if);
}

TEST_CASE("A supplier that is back after two days, and a person who is not") {
  const auto p = plan("<organisation id='organisation' cash_cents='0' fixed_cost_per_month_cents='0'/><supplier id='sup' name='Baker' recovery_minutes='2880'/><person id='jo' name='Jo'/>"
                      "<activity id='a' name='A' not_needed='people' income_per_day_cents='100' mtpd_minutes='(none)'/><activity id='b' name='B' income_per_day_cents='100' mtpd_minutes='(none)'/>"
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

namespace {
/// A shop of one activity that is hit; `rest` adds to it.
Survival shop(const std::string& activity, const std::string& rest, std::vector<std::string> lost = {"premises"}, int days = 14) {
  return play(plan("<organisation id='organisation' cash_cents='500000' fixed_cost_per_month_cents='0'/><site id='main' name='Shop' kind='main'/>"
                   "<activity id='sell' name='Sell' income_per_day_cents='0' mtpd_minutes='(none)' extra_cost_per_day_cents='0' " + activity + "/>" + rest), std::move(lost), days);
}
bool says(const std::vector<std::string>& sentences, const std::string& words) {
  return std::any_of(sentences.begin(), sentences.end(), [&](const std::string& sentence) { return sentence.find(words) != std::string::npos; });
}
int on_day(const Survival& s, std::size_t day) { return s.days.at(day - 1).activities.at(0).service_percent; }
}  // namespace

TEST_CASE("A yes on the starter plan's guesses is never a plain yes, and names them") {
  const std::string till = "<resource id='till' name='Till' site_id='main' recovery_minutes='60' RB/><link id='l' from_id='sell' to_id='till' kind='needs'/>";
  const auto with = [&](const char* activity, const char* basis) {
    auto rest = till;
    return shop(activity, rest.replace(rest.find("RB"), 2, basis));
  };
  const auto sure = with("times_basis='asserted'", "recovery_basis='tested'");
  CHECK(sure.outlook == Outlook::yes);
  CHECK(sure.word == "Yes");
  CHECK(sure.guesses.empty());
  const auto times = with("times_basis='template_value'", "recovery_basis='tested'");
  CHECK(times.outlook == Outlook::yes_if);
  CHECK(times.word == "Yes, if the starter plan's guesses hold");
  CHECK(times.verdict.starts_with("Yes, if the starter plan's guesses hold: the business survives"));
  CHECK(says(times.guesses, "How long 1 activity may stop"));
  CHECK(says(times.guesses, "Sell"));
  const auto time_back = with("times_basis='asserted'", "recovery_basis='template_value'");
  CHECK(time_back.outlook == Outlook::yes_if);
  CHECK(says(time_back.guesses, "How soon 1 thing is back is the starter plan's guess: Till."));
  // A guess about what is not hit decides nothing.
  const auto spared = shop("times_basis='asserted'", "<resource id='van' name='Van' works_off_site='yes' recovery_minutes='60' recovery_basis='template_value'/><link id='l' from_id='sell' to_id='van' kind='needs'/>");
  CHECK(spared.outlook == Outlook::yes);
}

TEST_CASE("An income that is just the starter plan's stays a guess until somebody writes another") {
  const auto with = [](const char* income) {
    return play(plan(std::string("<organisation id='organisation' template_id='shop' cash_cents='500000' fixed_cost_per_month_cents='0'/><site id='main' name='Shop' kind='main'/>"
                                 "<activity id='serve-customers' name='Serve' mtpd_minutes='(none)' times_basis='asserted' income_per_day_cents='") + income + "'/>"), {"premises"}, 3);
  };
  CHECK(with("90000").outlook == Outlook::yes_if);
  CHECK(says(with("90000").guesses, "Serve"));
  CHECK(with("90001").outlook == Outlook::yes);
  CHECK(with("0").outlook == Outlook::yes);
}

TEST_CASE("An income that somebody typed is no guess any more, also where it equals the starter plan's") {
  const auto guessed = plan("<organisation id='organisation' template_id='shop'/><activity id='serve-customers' name='Serve' times_basis='template_value' income_per_day_cents='90000'/>");
  REQUIRE(starter_incomes(guessed).size() == 1);
  const Id serve{"serve-customers"};
  const auto today = Date::of(2026, 11, 24);
  const auto said = with_income_confirmed(guessed, set_fields(guessed, find_record(guessed, serve), {{"income_per_day_cents", "900.00"}}), serve, "Mia", today);
  CHECK(!said.note.empty());
  const auto sure = applied(guessed, said);
  CHECK(starter_incomes(sure).empty());
  CHECK(with_income_confirmed(sure, {}, serve, "Mia", today).empty());
  CHECK(!starter_incomes(applied(sure, inverse(said))).empty());
  const auto other = applied(sure, set_fields(sure, find_record(sure, serve), {{"income_per_day_cents", "800.00"}}));
  CHECK(starter_incomes(other).empty());
  const auto back = set_fields(guessed, find_record(guessed, serve), {{"income_per_day_cents", "800.00"}});
  CHECK(with_income_confirmed(guessed, back, serve, "Mia", today).edits.size() == back.edits.size());
}

TEST_CASE("A role that nobody holds counts as held, is named, and takes the plain yes away") {
  const std::string tie = "<link id='l' from_id='sell' to_id='lead' kind='needs'/><link id='m' from_id='sell' to_id='till' kind='needs'/><resource id='till' site_id='main' recovery_minutes='60'/>";
  const auto open = shop("", "<role id='lead' name='Shop lead'/>" + tie);
  CHECK(open.outlook == Outlook::yes_if);
  CHECK(open.word == "Yes, if what the test assumes holds");
  CHECK(says(open.assumed, "Shop lead"));
  CHECK(shop("", "<person id='jo' name='Jo'/><role id='lead' name='Shop lead' holder_id='jo'/>" + tie).outlook == Outlook::yes);
  CHECK(shop("", "<person id='jo' name='Jo' left_on='2026-01-31'/><role id='lead' name='Shop lead' holder_id='jo'/>" + tie).outlook == Outlook::yes_if);
}

TEST_CASE("What burnt is back when it is replaced, what only stopped when it is restored") {
  const std::string tie = "<link id='l' from_id='sell' to_id='till' kind='needs'/>";
  const auto burnt = shop("", "<resource id='till' name='Till' kind='system' site_id='main' recovery_minutes='720' replacement_minutes='4320'/>" + tie);
  CHECK(on_day(burnt, 3) == 0);
  CHECK(on_day(burnt, 4) == 100);
  CHECK(burnt.back_minutes.at("till") == 4320);
  // Restoring that takes longer than the delivery still has to be done.
  CHECK(shop("", "<resource id='till' site_id='main' recovery_minutes='7200' replacement_minutes='4320'/>" + tie).back_minutes.at("till") == 7200);
  CHECK(shop("", "<resource id='till' site_id='main' replacement_minutes='4320'/>" + tie).back_minutes.at("till") == 4320);
  const auto beyond = shop("", "<resource id='till' name='Till' site_id='main' recovery_minutes='720' replacement_minutes='86400'/>" + tie);
  CHECK(on_day(beyond, 14) == 0);
  // Without power it only stops.
  const std::string power = "<resource id='power' kind='utility' recovery_minutes='60'/><link id='p' from_id='till' to_id='power' kind='needs'/>";
  CHECK(shop("", "<resource id='till' site_id='main' recovery_minutes='720' replacement_minutes='4320'/>" + power + tie, {"power"}).back_minutes.at("till") == 720);
  // On a device that is lost it is gone as well, and named it is lost itself.
  CHECK(shop("", "<device id='mac' name='iMac' kind='desktop'/><resource id='till' recovery_minutes='720' replacement_minutes='4320'/><link id='d' from_id='till' to_id='mac' kind='needs'/>" + tie, {"iMac"}).back_minutes.at("till") == 4320);
  CHECK(shop("", "<resource id='till' recovery_minutes='720' replacement_minutes='4320'/>" + tie, {"till"}).back_minutes.at("till") == 4320);
}

TEST_CASE("Data that nothing protects does not come back, wherever it lies, unless it lives elsewhere too") {
  const std::string tie = "<link id='l' from_id='sell' to_id='stock' kind='needs'/>", stock = "<resource id='stock' name='Stock list' kind='data' recovery_minutes='60' ";
  const auto nowhere = shop("", stock + "/>" + tie);
  CHECK(on_day(nowhere, 14) == 0);
  CHECK(says(nowhere.unknown, "Stock list: where it lies is not known and no backup protects it"));
  CHECK(nowhere.back_minutes.at("stock") == -1);
  const auto here = shop("", stock + "site_id='main'/>" + tie);
  CHECK(on_day(here, 14) == 0);
  CHECK(says(here.unknown, "Stock list: no backup protects it"));
  CHECK(on_day(shop("", stock + "works_off_site='yes'/>" + tie), 1) == 100);
  // One copy elsewhere brings it back, and that its place is not known is still said.
  const auto copied = shop("", stock + "/>" + tie + "<backup id='cloud' place='cloud'/><link id='p' from_id='cloud' to_id='stock' kind='protects'/>");
  CHECK(on_day(copied, 1) < 100);
  CHECK(on_day(copied, 2) == 100);
  CHECK(says(copied.unknown, "comes back from its copy"));
  // Nobody said where that backup is kept.
  const auto vague = shop("", stock + "/>" + tie + "<backup id='b'/><link id='p' from_id='b' to_id='stock' kind='protects'/>");
  CHECK(on_day(vague, 14) == 0);
  CHECK(says(vague.unknown, "where its backup is kept is not known"));
  // At another place it is safe.
  CHECK(shop("", "<site id='home' name='Home' kind='home'/>" + stock + "site_id='home'/>" + tie).unknown.empty());
}

TEST_CASE("Data goes with the machine it lies on, and a new machine brings none of it back") {
  const std::string tie = "<link id='l' from_id='sell' to_id='stock' kind='needs'/>", till = "<resource id='till' name='Till' kind='system' recovery_minutes='60' replacement_minutes='1440'/>";
  const std::string on_till = "<resource id='stock' name='Stock list' kind='data' recovery_minutes='60'/><link id='h' from_id='stock' to_id='till' kind='located_at'/>";
  CHECK(on_day(shop("", till + on_till + tie, {"Till"}), 14) == 0);
  const auto copied = shop("", till + on_till + tie + "<backup id='b' place='off_site'/><link id='p' from_id='b' to_id='stock' kind='protects'/>", {"Till"});
  CHECK(on_day(copied, 1) == 95);  // restored after an hour, onto whatever machine there is
  CHECK(on_day(copied, 2) == 100);
  // Where it lies nobody said, and the till that uses it is lost.
  const auto used = shop("", till + "<resource id='stock' name='Stock list' kind='data' recovery_minutes='60'/><link id='u' from_id='till' to_id='stock' kind='needs'/>" + tie, {"Till"});
  CHECK(on_day(used, 14) == 0);
  CHECK(says(used.unknown, "Stock list: where it lies is not known"));
  // A backup in the same building is safe from a till that fails.
  CHECK(on_day(shop("", till + on_till + tie + "<backup id='b' place='on_site'/><link id='p' from_id='b' to_id='stock' kind='protects'/>", {"Till"}), 2) == 100);
}

TEST_CASE("A spare place carries no more, and no sooner, than the strategy for the premises says") {
  const std::string spare = "<site id='hall' name='Hall' kind='alternate'/><link id='l' from_id='sell' to_id='main' kind='needs'/>";
  const auto with = [&](const std::string& strategy, const std::string& share = "") {
    auto rest = spare + strategy;
    if (!share.empty()) rest.replace(rest.find("kind='needs'"), 12, "kind='needs' share_percent='" + share + "'");
    return shop("", rest);
  };
  const std::string premises = "<strategy id='s' area='premises' state='have' capacity_percent='35' expected_minutes='2880'/>";
  const auto capped = with(premises);
  CHECK(on_day(capped, 2) == 0);
  CHECK(on_day(capped, 3) == 35);
  CHECK(on_day(capped, 14) == 35);
  CHECK(capped.outlook == Outlook::yes);
  // Half of the work needs the place: 100 − 50 × (100 − 35) / 100, whole percent.
  CHECK(on_day(with(premises, "50"), 14) == 68);
  CHECK(on_day(with(premises + "<strategy id='t' area='premises' state='have' capacity_percent='80' expected_minutes='0'/>"), 14) == 80);
  CHECK(on_day(with(premises + "<strategy id='t' area='premises' state='no' capacity_percent='80' expected_minutes='0'/>"), 14) == 35);
  CHECK(on_day(with(premises + "<strategy id='t' area='people' state='have' capacity_percent='80'/>"), 14) == 35);
  // Nobody said how much it carries: that is assumed, and said.
  const auto assumed = with("");
  CHECK(on_day(assumed, 14) == 100);
  CHECK(assumed.outlook == Outlook::yes_if);
  CHECK(says(assumed.assumed, "Hall"));
  const auto sometime = with("<strategy id='s' area='premises' state='have' capacity_percent='35'/>");
  CHECK(on_day(sometime, 1) == 35);
  CHECK(says(sometime.assumed, "How soon"));
  // Without a spare place the figure brings nothing.
  CHECK(on_day(shop("", premises + "<link id='l' from_id='sell' to_id='main' kind='needs'/>"), 14) == 0);
}

TEST_CASE("With everybody lost nothing runs but what needs nobody, and a workaround needs one of those who do it") {
  const std::string people = "<person id='jo' name='Jo'/><person id='al' name='Al'/><role id='lead' name='Lead' holder_id='jo'/>";
  const std::string around = "workaround='By hand' workaround_percent='60' workaround_start_minutes='0' ";
  const std::string tie = "<link id='l' from_id='sell' to_id='lead' kind='needs'/>";
  const auto all = shop(around, people + tie, {"people"});
  CHECK(on_day(all, 1) == 0);
  CHECK(on_day(all, 14) == 0);
  CHECK(says(all.unknown, "Nobody is left: 1 activity does not run"));
  CHECK(on_day(shop(around, people, {"people"}), 1) == 0);
  CHECK(on_day(shop("not_needed='site, people'", people, {"people"}), 1) == 100);
  // The one who does it is lost and nobody else is named.
  const auto alone = shop(around, people + tie, {"jo"});
  CHECK(on_day(alone, 1) == 0);
  CHECK(says(alone.unknown, "Sell: everybody whom the plan names for it is lost"));
  // A written workaround may name another.
  CHECK(on_day(shop(around, people + tie + "<role id='aide' name='Aide' holder_id='al'/><procedure id='p' phase='workaround' activity_id='sell' owner_role_id='aide'/>", {"jo"}), 1) == 60);
  CHECK(on_day(shop(around + "owner_role_id='boss' ", people + tie + "<role id='boss' name='Boss' holder_id='al'/>", {"jo"}), 1) == 60);
  // With an alternate the work goes on as it was.
  CHECK(on_day(shop(around, "<person id='jo'/><person id='al'/><role id='lead' holder_id='jo' alternate_id='al'/>" + tie, {"jo"}), 1) == 100);
  // Somebody who has left is nobody to lose or to keep.
  CHECK(on_day(shop(around, people + "<person id='ex' left_on='2025-01-01'/>" + tie, {"people"}), 1) == 0);
}

TEST_CASE("Without a place of work the two weeks cannot be said, in whole words") {
  const auto p = plan("<organisation id='organisation' cash_cents='1' fixed_cost_per_month_cents='0'/><activity id='a' name='A' income_per_day_cents='0' mtpd_minutes='60'/>");
  const auto s = survive(p, Graph(p), premises_loss(p, 14), monday);
  CHECK(s.outlook == Outlook::unknown);
  CHECK(s.verdict == "Whether the business survives 14 days without its workplace cannot be said: The plan has no place of work yet.");
}
