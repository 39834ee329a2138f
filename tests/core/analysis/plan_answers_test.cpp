// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/analysis/plan_answers.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

/// The plan's answer to one question, with the premises gone for two weeks.
PlanAnswer answer(const std::string& text, const std::string& key, const std::vector<BackupStatus>& backups = {}) {
  const auto p = plan("<organisation id='organisation' cash_cents='100' fixed_cost_per_month_cents='0'/><site id='main' name='Shop' kind='main'/>" + text);
  const Graph graph(p);
  for (auto& found : plan_answers(p, backups, survive(p, graph, premises_loss(p, 14), Date::of(2026, 3, 2))))
    if (found.key == key) return found;
  FAIL("no answer to " << key);
  return {};
}

}  // namespace

TEST_CASE("Whether data can be reached agrees with whether the test gets it back") {
  const std::string hosted = "<resource id='mail' kind='data' works_off_site='yes'/>", here = "<resource id='stock' kind='data' site_id='main' recovery_minutes='60'/>";
  CHECK(answer(hosted, "reach_data").outlook == Outlook::yes);
  CHECK(answer(here, "reach_data").outlook == Outlook::no);
  CHECK(answer(hosted + here, "reach_data").word == "Partly");
  CHECK(answer(hosted + here, "reach_data").text.starts_with("1 of 2 kinds of data"));
  const std::string copied = here + "<backup id='b' place='cloud'/><link id='p' from_id='b' to_id='stock' kind='protects'/>";
  CHECK(answer(copied, "reach_data").outlook == Outlook::yes_if);
  BackupStatus fresh;
  fresh.backup_id = Id{"b"};
  fresh.state = BackupState::ok;
  CHECK(answer(copied, "reach_data", {fresh}).outlook == Outlook::yes);
  CHECK(answer("", "reach_data").outlook == Outlook::unknown);
}

TEST_CASE("Phones are answered where a line works elsewhere or its diversion was tried, and not on a guess") {
  const auto with = [](const std::string& line) { return answer("<resource id='t' name='Phone' kind='telephony' " + line + "/>", "answer_phones"); };
  CHECK(with("works_off_site='yes'").outlook == Outlook::yes);
  CHECK(with("site_id='main' works_off_site='no' recovery_minutes='120' recovery_basis='tested'").outlook == Outlook::yes);
  CHECK(with("site_id='main' works_off_site='no' recovery_minutes='120' recovery_basis='tested'").text.find("2 h") != std::string::npos);
  CHECK(with("site_id='main' works_off_site='no' recovery_minutes='120' recovery_basis='asserted'").outlook == Outlook::yes_if);
  CHECK(with("site_id='main' works_off_site='no' recovery_minutes='120' recovery_basis='template_value'").word == "Yes, if the starter plan's guesses hold");
  CHECK(with("site_id='main' works_off_site='no' recovery_minutes='2880' recovery_basis='tested'").outlook == Outlook::no);
  CHECK(with("site_id='main'").outlook == Outlook::unknown);
  CHECK(answer("", "answer_phones").outlook == Outlook::unknown);
}

TEST_CASE("Delivery counts what runs at its minimum level, and a starter plan's word is no plain yes") {
  const std::string tie = "<resource id='till' site_id='main' recovery_minutes='60'/><link id='l' from_id='a' to_id='till' kind='needs' share_percent='30'/>";
  const auto with = [&](const std::string& activity, const std::string& rest) { return answer("<activity id='a' income_per_day_cents='0' mtpd_minutes='(none)' " + activity + "/>" + rest, "deliver_work"); };
  CHECK(with("mbco_percent='50'", tie).outlook == Outlook::yes);
  CHECK(with("mbco_percent='50' times_basis='template_value'", tie).outlook == Outlook::yes_if);
  const std::string gone = "<resource id='till' site_id='main'/><link id='l' from_id='a' to_id='till' kind='needs' share_percent='60'/>";
  CHECK(with("mbco_percent='50'", gone).outlook == Outlook::no);
  CHECK(with("mbco_percent='40'", gone).outlook == Outlook::yes);
  CHECK(answer("", "deliver_work").outlook == Outlook::unknown);
}
