// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <set>

#include "core/base/id.h"
#include "core/check/check.h"
#include "core/check/waivers.h"
#include "core/model/graph.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const Date day = *parse_date("2026-11-24");
Finding late_backup() {
  Finding f;
  f.rule_id = "audit.some-rule";
  f.subject_kind = "backup";
  f.subject_id = Id{"b"};
  f.title = "Mend the backup";
  f.message = "It is 9 days old.";
  f.steps = {"Look", "Mend"};
  f.match_hash = std::string(64, 'a');
  f.due_days = 7;
  return f;
}
Plan start() { return testing::plan("<backup id='b' name='Backup'/><person id='p' name='Ann'/>"); }
Plan synced(const Plan& plan, const std::vector<Finding>& findings, Date today = day) { return applied(plan, sync_tasks(plan, findings, today)); }
Plan typed(const Plan& plan, const std::vector<std::pair<std::string, std::string>>& values) {
  return applied(plan, set_fields(plan, {table_of("task"), &plan.tasks[0], plan.tasks[0].id}, values));
}

}  // namespace

TEST_CASE("a finding becomes one task, and a second sync changes nothing") {
  const auto plan = synced(start(), {late_backup()});
  REQUIRE(plan.tasks.size() == 1);
  const auto& task = plan.tasks[0];
  CHECK(is_valid_id(task.id.text));
  CHECK(task.name == "Mend the backup");
  CHECK(task.steps == "Look\nMend");
  CHECK(task.due_on == day.plus_days(7));
  CHECK(task.state == Task::State::open);
  CHECK(sync_tasks(plan, {late_backup()}, day).empty());
  CHECK(sync_tasks(plan, {late_backup()}, day.plus_days(1)).empty());
  CHECK(sync_tasks(start(), {late_backup()}, day).cause == Cause::machine);
  CHECK(synced(start(), {late_backup()}, day.plus_days(3)).tasks[0].id == task.id);
}

TEST_CASE("what a person typed, ticked or assigned stays") {
  auto plan = typed(synced(start(), {late_backup()}), {{"note", "Called Tom"}, {"person_id", "p"}, {"name", "My words"}, {"due_on", "2027-01-01"}});
  auto worse = late_backup();
  worse.severity = Severity::critical;
  worse.title = "Mend it now";
  worse.message = "It is 30 days old.";
  plan = synced(plan, {worse});
  const auto& task = plan.tasks[0];
  CHECK(task.note == "Called Tom");
  CHECK(task.person_id == Id{"p"});
  CHECK(task.name == "My words");
  CHECK(task.due_on == *parse_date("2027-01-01"));
  CHECK(task.severity == Task::Severity::critical);
  CHECK(task.why.find("30 days") != std::string::npos);
  CHECK(sync_tasks(plan, {worse}, day).empty());
}

TEST_CASE("a finding that has gone clears its task with the day, and opens it again when it comes back") {
  auto plan = synced(start(), {late_backup()});
  plan = synced(plan, {}, day.plus_days(2));
  CHECK(plan.tasks[0].state == Task::State::cleared);
  CHECK(plan.tasks[0].cleared_on == day.plus_days(2));
  CHECK(sync_tasks(plan, {}, day.plus_days(3)).empty());
  plan = synced(plan, {late_backup()}, day.plus_days(5));
  CHECK(plan.tasks[0].state == Task::State::open);
  CHECK(!plan.tasks[0].cleared_on);
  CHECK(plan.tasks[0].due_on == day.plus_days(12));
  CHECK(plan.tasks.size() == 1);
}

TEST_CASE("a done task opens again only where a new revision of its rule changed the condition") {
  auto plan = typed(synced(start(), {late_backup()}), {{"state", "done"}, {"done_on", "2026-11-24"}});
  auto next = late_backup();
  next.rule_revision = 2;
  next.message = "Other words.";
  next.severity = Severity::critical;  // the rule's own opinion, and no other fact
  plan = synced(plan, {next});
  CHECK(plan.tasks[0].state == Task::State::done);
  CHECK(plan.tasks[0].why == "Other words.");
  CHECK(sync_tasks(plan, {next}, day).empty());
  next.rule_revision = 3;
  next.match_hash = std::string(64, 'b');
  plan = synced(plan, {next});
  CHECK(plan.tasks[0].state == Task::State::open);
  CHECK(sync_tasks(plan, {next}, day).empty());
}

TEST_CASE("a task that was ticked off opens again where its gap went and came back") {
  auto plan = typed(synced(start(), {late_backup()}), {{"state", "done"}, {"done_on", "2026-11-24"}});
  plan = synced(plan, {}, day.plus_days(1));
  CHECK(plan.tasks[0].state == Task::State::done);
  CHECK(plan.tasks[0].cleared_on == day.plus_days(1));
  CHECK(sync_tasks(plan, {}, day.plus_days(2)).empty());
  plan = synced(plan, {late_backup()}, day.plus_days(30));
  CHECK(plan.tasks[0].state == Task::State::open);
  CHECK(!plan.tasks[0].done_on);
  CHECK(!plan.tasks[0].cleared_on);
}

TEST_CASE("a ticked task opens again, and says why, where more is found than was ticked off, and stays ticked where less is") {
  auto found = late_backup();
  found.message = "2 plugs are still in use.";
  found.facts = {{"two_prong_left", 2}};
  auto plan = typed(synced(start(), {found}), {{"state", "done"}, {"done_on", "2026-11-24"}});
  CHECK(sync_tasks(plan, {found}, day.plus_days(1)).empty());
  found.message = "1 plug is still in use.";
  found.facts = {{"two_prong_left", 1}};
  CHECK(!opens_again(plan.tasks[0], found));
  plan = synced(plan, {found}, day.plus_days(1));
  CHECK(plan.tasks[0].state == Task::State::done);
  CHECK(plan.tasks[0].why == "1 plug is still in use.");
  found.message = "4 plugs are still in use.";
  found.facts = {{"two_prong_left", 4}};
  CHECK(opens_again(plan.tasks[0], found));
  plan = synced(plan, {found}, day.plus_days(2));
  CHECK(plan.tasks[0].state == Task::State::open);
  CHECK(!plan.tasks[0].done_on);
  CHECK(plan.tasks[0].due_on == day.plus_days(9));
  CHECK(plan.tasks[0].why == "4 plugs are still in use.\nOpen again since 26 November 2026: after it was ticked off, what it rests on got worse. It said then: “1 plug is still in use.”");
  CHECK(sync_tasks(plan, {found}, day.plus_days(3)).empty());
}

TEST_CASE("a ticked task opens again with a higher severity, a surer verdict or other evidence, and not for what is told better or left out") {
  const auto opens = [](const Finding& before, const Finding& now) { return opens_again(typed(synced(start(), {before}), {{"state", "done"}}).tasks[0], now); };
  auto before = late_backup();
  before.verdict = Verdict::unknown;
  before.facts = {{"serial", "AB0100"}, {"people", "Ann, Ben"}};
  CHECK(!opens(before, before));
  auto now = before;
  now.severity = Severity::error;
  CHECK(opens(before, now));
  CHECK(!opens(now, before));
  now = before;
  now.verdict = Verdict::affected;
  CHECK(opens(before, now));
  CHECK(!opens(now, before));
  now = before;
  now.facts = {{"serial", "AB0101"}, {"people", "Ann, Ben"}};
  CHECK(opens(before, now));
  now.facts = {{"serial", "AB0100"}, {"people", "Ben"}};
  CHECK(!opens(before, now));
  now.facts = {{"serial", "AB0100"}, {"people", "Ben, Cleo"}};
  CHECK(opens(before, now));
  now.facts = {{"serial", "AB0100"}, {"people", "Ann, Ben"}, {"site_plugs_left", 1}};
  CHECK(opens(before, now));
  now.facts.clear();
  CHECK(!opens(before, now));
  now = before;
  now.rule_revision = 2;
  now.facts = {{"serial", "AB0100"}, {"people", "Ann, Ben"}, {"asked_by_the_new_revision", "yes"}};
  CHECK(!opens(before, now));
}

TEST_CASE("marks in a task or waiver that cannot be read make nothing worse") {
  auto plan = typed(synced(start(), {late_backup()}), {{"state", "done"}});
  for (const auto* marks : {"", "x", ";facts=", ";facts=|", ";facts=1|no such|none|count:x", ";facts=1||", "=;=;facts=1|error"}) {
    plan = typed(plan, {{"match_hash", marks}});
    CHECK(!opens_again(plan.tasks[0], late_backup()));
  }
}

TEST_CASE("a sentence that only grows older renews no task") {
  auto first = late_backup();
  first.args.emplace_back("moving", "yes");
  const auto plan = synced(start(), {first});
  first.message = "It is 10 days old.";
  CHECK(sync_tasks(plan, {first}, day.plus_days(1)).empty());
}

TEST_CASE("a person's own task is left alone") {
  auto plan = testing::plan("<task id='t' name='Buy batteries' state='open'/>");
  CHECK(sync_tasks(plan, {}, day).empty());
}

TEST_CASE("a plan of 5,000 records is checked, and its checklist settles at once") {
  std::string xml;
  for (int i = 0; i < 300; ++i) xml += "<activity id='a" + std::to_string(i) + "' name='A' rto_minutes='60' mtpd_minutes='600'/>";
  for (int i = 0; i < 1000; ++i) xml += "<resource id='r" + std::to_string(i) + "' name='R' kind='data' recovery_minutes='90'/>";
  for (int i = 0; i < 1000; ++i) xml += "<device id='d" + std::to_string(i) + "' name='D' kind='phone' brand='Apple' model_identifier='iPhone14,5' os_version='18.1'/>";
  for (int i = 0; i < 300; ++i) xml += "<person id='p" + std::to_string(i) + "' name='P' phone='1'/>";
  for (int i = 0; i < 2400; ++i) xml += "<link id='l" + std::to_string(i) + "' from_id='" + (i < 1500 ? "a" + std::to_string(i % 300) : "r" + std::to_string(i % 1000)) + "' to_id='r" + std::to_string((i * 7 + 1) % 1000) + "' kind='needs'/>";
  const auto plan = testing::plan(xml);
  const Graph graph(plan);
  const std::vector<Observation> nothing;
  const auto begun = std::chrono::steady_clock::now();
  const auto findings = check_plan({plan, graph, nothing, Instant(1'795'000'000), "hash", ""});
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
  UNSCOPED_INFO("checked in " << took << " ms, " << findings.size() << " findings");
  std::set<std::pair<std::string, std::string>> identities;
  for (const auto& f : findings) CHECK(identities.emplace(f.rule_id, f.subject_id.text).second);
  const auto after = synced(plan, findings);
  CHECK(after.tasks.size() == findings.size());
  CHECK(sync_tasks(after, findings, day.plus_days(1)).empty());
  if (getenv("MAINSTAY_SHOW_TIMES")) WARN("checked in " << took << " ms, " << findings.size() << " findings");
}

TEST_CASE("a due day that the rule set follows the rule both ways, and one that a person typed stays") {
  auto grave = late_backup();
  grave.severity = Severity::critical;
  grave.due_days = 2;
  auto mild = late_backup();
  mild.severity = Severity::info;
  mild.message = "The patched build is on it.";
  mild.due_days = 90;
  auto plan = synced(start(), {grave});
  CHECK(plan.tasks[0].due_on == day.plus_days(2));
  CHECK(synced(plan, {mild}, day.plus_days(1)).tasks[0].due_on == day.plus_days(91));
  CHECK(synced(synced(plan, {mild}, day.plus_days(1)), {grave}, day.plus_days(2)).tasks[0].due_on == day.plus_days(4));
  auto reworded = grave;
  reworded.message = "It is critical, in other words.";
  CHECK(synced(plan, {reworded}, day.plus_days(1)).tasks[0].due_on == day.plus_days(2));  // a new sentence puts nothing off
  plan = typed(plan, {{"due_on", "2026-12-01"}});
  CHECK(synced(plan, {mild}).tasks[0].due_on == *parse_date("2026-12-01"));
}

TEST_CASE("a task that an older Mainstay wrote gets more time where its severity sank") {
  auto grave = late_backup();
  grave.severity = Severity::critical;
  grave.due_days = 2;
  auto plan = synced(start(), {grave});
  auto written = plan.tasks[0].match_hash;
  const auto at = written.find(";days=");
  REQUIRE(at != std::string::npos);
  written.erase(at, written.find(';', at + 1) - at);
  plan = typed(plan, {{"match_hash", written}});
  auto mild = grave;
  mild.severity = Severity::info;
  mild.due_days = 90;
  CHECK(synced(plan, {mild}).tasks[0].due_on == day.plus_days(90));
  auto reworded = grave;
  reworded.message = "Other words.";
  reworded.due_days = 30;
  CHECK(synced(plan, {reworded}).tasks[0].due_on == day.plus_days(2));
}

TEST_CASE("a sync for one record adds, renews and clears the tasks about that record alone") {
  auto other = late_backup();
  other.subject_kind = "person";
  other.subject_id = Id{"p"};
  const auto plan = applied(start(), sync_tasks(start(), {late_backup(), other}, day, {}, {}, Id{"p"}));
  REQUIRE(plan.tasks.size() == 1);
  CHECK(plan.tasks[0].subject_id == Id{"p"});
  const auto both = synced(plan, {late_backup(), other});
  const auto after = applied(both, sync_tasks(both, {}, day, {}, {}, Id{"b"}));
  for (const auto& task : after.tasks) CHECK((task.state == Task::State::cleared) == (task.subject_id == Id{"b"}));
}

TEST_CASE("a waiver of all subjects keeps what any number of findings rests on within its field, and ends for the one that gets worse") {
  auto plan = testing::plan("<waiver id='w' rule_id='r' reason='Paid for' until='2027-01-31'/>");
  const auto today = Date::of(2026, 11, 25);
  const auto of = [](int n, Severity severity) {
    Finding f;
    f.rule_id = "r";
    f.subject_id = Id{"device-0123456789abcdef" + std::to_string(n)};
    f.severity = severity;
    f.verdict = Verdict::affected;
    f.facts = {{"os_version", "10.0." + std::to_string(n % 7)}};
    return f;
  };
  for (const int count : {40, 50'000}) {
    std::vector<Finding> all;
    for (int n = 0; n < count; ++n) all.push_back(of(n, Severity::warning));
    plan = applied(plan, kept_in_waivers(plan, all, today));
    CHECK(plan.waivers[0].facts.size() <= 20'000);
    CHECK(kept_in_waivers(plan, all, today).empty());
    CHECK(std::all_of(all.begin(), all.end(), [&](const Finding& f) { return is_waived(plan, f, today); }));
    CHECK_FALSE(is_waived(plan, of(3, Severity::error), today));
    auto other = of(3, Severity::warning);
    other.facts = {{"os_version", "10.0.99"}};
    CHECK_FALSE(is_waived(plan, other, today));
    CHECK_FALSE(is_waived(plan, of(count - 1, Severity::error), today));
  }
  plan.waivers[0].facts = "device-a=1|warning|affected;device-b=1|error|affected";  // as it was kept once
  auto a = of(0, Severity::error);
  a.subject_id = Id{"device-a"};
  a.facts.clear();
  a.rule_revision = 1;
  CHECK_FALSE(is_waived(plan, a, today));
  a.subject_id = Id{"device-b"};
  CHECK(is_waived(plan, a, today));
}
