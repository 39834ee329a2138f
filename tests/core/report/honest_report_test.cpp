// SPDX-License-Identifier: MIT
// What reports say where little is known, where figures are guesses, and where a checklist is older than the readings.
#include <catch2/catch.hpp>

#include "core/base/embedded.h"
#include "core/check/check.h"
#include "core/exchange/plan_xml.h"
#include "core/report/paginate.h"
#include "core/report/report.h"
#include "tests/support/plans.h"

using namespace mainstay;
using mainstay::testing::plan;

namespace {
const Instant now(1795507200);  // 24 November 2026

std::string words(const Plan& plan, std::string_view id, const std::vector<Finding>& findings = {}) {
  const Graph graph(plan);
  return write_html(build_report({plan, graph, {}, findings, now, "ab12", 7, ""}, id));
}
std::string csv(const Plan& plan, std::string_view id, const std::vector<Finding>& findings = {}) {
  const Graph graph(plan);
  return write_csv(build_report({plan, graph, {}, findings, now, "ab12", 7, ""}, id));
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Plan starter(const std::string& id) { return plan_from_xml(*template_text("plans/" + id + ".xml"), id); }
}  // namespace

TEST_CASE("A starter plan that nobody filled in gives no comfort about single points of failure", "[report]") {
  for (const auto* id : {"shop", "clinic", "office"}) {
    INFO(id);
    const auto text = words(starter(id), "plan");
    CHECK_FALSE(has(text, "Nothing recorded here is a single point of failure"));
    CHECK(has(text, "too little is known to rule one out"));
  }
  const auto known = plan("<person id='jo' name='Jo'/><person id='al' name='Al'/><role id='lead' name='Lead' holder_id='jo' alternate_id='al'/><activity id='a' name='Sell' mtpd_minutes='60'/><link id='l' from_id='a' to_id='lead' kind='needs'/>");
  CHECK(has(words(known, "plan"), "Nothing recorded here is a single point of failure"));
}

TEST_CASE("The two weeks of a starter plan are amber, with the plan's own answers beside those of the business", "[report]") {
  auto p = starter("shop");
  p.organisations.front().cash_cents = Money(4500000);
  p.organisations.front().fixed_cost_per_month_cents = Money(1800000);
  const auto text = words(p, "two-week");
  CHECK(has(text, "Yes, if the starter plan"));
  CHECK_FALSE(has(text, "Yes: the business"));
  CHECK(has(text, "What the answer rests on"));
  CHECK(has(text, "What the plan says"));
  CHECK(has(text, "1 of 3 kinds of data can be reached"));
}

TEST_CASE("An answer to a loss does not repeat its heading, and one with a name of its own keeps it", "[report]") {
  const auto text = words(plan("<strategy id='a' name='Loss of the premises' area='premises'/><strategy id='b' name='Work from homes' area='people'/>"), "plan");
  CHECK(has(text, "Loss of premises"));
  CHECK_FALSE(has(text, "Loss of the premises"));
  CHECK(has(text, "Work from homes"));
}

TEST_CASE("What others run on comes before them, whatever the promised times are", "[report]") {
  const auto p = plan("<activity id='a' name='Keep cold' rto_minutes='120'/><activity id='b' name='Write' rto_minutes='60'/>"
                      "<resource id='fridge' name='Fridge' kind='equipment'/><resource id='power' name='Power' kind='utility' recovery_minutes='60'/><resource id='pc' name='Computer' kind='system' recovery_minutes='30'/>"
                      "<link id='1' from_id='a' to_id='fridge' kind='needs'/><link id='2' from_id='fridge' to_id='power' kind='needs'/><link id='3' from_id='b' to_id='pc' kind='needs'/><link id='4' from_id='pc' to_id='power' kind='needs'/>");
  const auto text = csv(p, "plan");
  const auto power = text.find("1,\"Power"), computer = text.find("2,\"Computer"), fridge = text.find("3,\"Fridge");
  CHECK(power != std::string::npos);
  CHECK(computer != std::string::npos);
  CHECK(fridge != std::string::npos);
  // One after the other they take longer than promised, and a part that nobody knows leaves the sum open.
  CHECK(has(text, "Write,1 h,90 min,Power → Computer,Too slow"));
  CHECK(has(text, "Time not known: Fridge"));
}

TEST_CASE("A circle of needs does not keep the order from ending", "[report]") {
  const auto text = csv(plan("<activity id='a' name='A' rto_minutes='60'/><resource id='x' name='Xray' kind='system'/><resource id='y' name='Yard' kind='system'/>"
                             "<link id='1' from_id='a' to_id='x' kind='needs'/><link id='2' from_id='x' to_id='y' kind='needs'/><link id='3' from_id='y' to_id='x' kind='needs'/>"), "plan");
  CHECK(has(text, "1,\"Xray"));
  CHECK(has(text, "2,\"Yard"));
}

TEST_CASE("A finding counts at each clause that it touches, clauses in the order of their numbers", "[report]") {
  Finding finding;
  finding.rule_id = "r";
  finding.title = "Mend it";
  finding.message = "It is broken.";
  finding.severity = Severity::critical;
  finding.clause = "ISO 22301 8.3.2, 8.2.2; ISO 22301 10.1; APRA CPS 230 38; NIST SP 800-53 CP-4, CP-10";
  const auto text = csv(Plan{}, "audit", {finding});
  std::size_t before = 0;
  for (const auto* clause : {"APRA CPS 230 38,1", "ISO 22301 8.2.2,1", "ISO 22301 8.3.2,1", "ISO 22301 10.1,1", "NIST SP 800-53 CP-4,1", "NIST SP 800-53 CP-10,1"}) {
    INFO(clause);
    const auto at = text.find(clause);
    REQUIRE(at != std::string::npos);
    CHECK(at > before);
    before = at;
  }
}

TEST_CASE("The printed checklist leaves out what the check no longer finds, and says how many", "[report]") {
  Finding gone, here;
  gone.rule_id = "apc-surgearrest";  // of a rule that is there: of others nothing is left out
  gone.title = "Read the NAS";
  here.rule_id = "here";
  here.title = "Name an alternate";
  const auto p = applied(Plan{}, sync_tasks(Plan{}, {gone, here}, now.date()));
  REQUIRE(p.tasks.size() == 2);
  const auto both = words(p, "checklist", {gone, here});
  CHECK(has(both, "Read the NAS"));
  CHECK_FALSE(has(both, "left out"));
  const auto after = words(p, "checklist", {here});
  CHECK_FALSE(has(after, "Read the NAS"));
  CHECK(has(after, "Name an alternate"));
  CHECK(has(after, "1 task is left out"));
  // What was found since is counted, not slipped in: only the checklist itself gives it an owner and a day.
  Finding fresh = here;
  fresh.rule_id = "fresh";
  fresh.title = "Try a restore";
  const auto more = words(p, "checklist", {gone, here, fresh});
  CHECK_FALSE(has(more, "Try a restore"));
  CHECK(has(more, "1 newer finding"));
}

TEST_CASE("The first-hour sheet has lines to write on where a number is not known, and no words of a program", "[report]") {
  const auto text = words(starter("shop"), "first-hour");
  CHECK(has(text, "____"));
  CHECK_FALSE(has(text, "not known"));
  CHECK_FALSE(has(text, "under Roles"));
}

TEST_CASE("The sample and the starter plans leave no page with a couple of rows", "[report]") {
  for (const auto* id : {"sample", "shop", "clinic", "office"}) {
    INFO(id);
    const auto p = starter(id);
    const Graph graph(p);
    const auto findings = check_plan({p, graph, {}, now, "ab12", ""});
    const auto pages = paginate(build_report({p, graph, {}, findings, now, "ab12", 7, ""}, "plan"));
    for (std::size_t i = 0; i + 1 < pages.pages.size(); ++i) {
      double used = 0;
      for (const auto& placed : pages.pages[i]) used = std::max(used, placed.y + placed.piece->height);
      INFO("page " << i + 1);
      CHECK(used >= 0.2 * pages.shape.text_height());
    }
  }
}
