// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <random>
#include <set>

#include "core/base/error.h"
#include "core/exchange/plan_xml.h"
#include "core/model/change.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

template <class Action>
std::pair<ErrorCode, std::string> error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  FAIL("nothing was refused");
  return {};
}

RecordRef ref(const Plan& p, const char* id) { return find_record(p, Id{id}); }

const char* small = R"(
  <site id="shop" name="Shop"/>
  <person id="jo" name="Jo"/>
  <role id="lead" name="Lead" holder_id="jo"/>
  <activity id="sell" name="Sell" rto_minutes="240" owner_role_id="lead"/>
  <impact id="i1" activity_id="sell" category="money" after_minutes="60" level="minor"/>
  <resource id="till" name="Till" site_id="shop"/>
  <link id="l1" from_id="sell" to_id="till" kind="needs"/>
  <backup id="tm" name="Nightly"/>
  <probe id="p1" name="Look" backup_id="tm"/>
  <restore_test id="t1" backup_id="tm" result="pass"/>
  <procedure id="open" name="Open" owner_role_id="lead"/>
  <step id="s1" procedure_id="open" position="1" action="Unlock" role_id="lead"/>)";

}  // namespace

TEST_CASE("A change that is applied and taken back leaves the plan as it was") {
  const auto before = plan(small);
  Change change = add_record("supplier", Id{"acme"}, {{"name", "Acme"}, {"recovery_minutes", "2 d"}});
  auto middle = applied(before, change);
  append(change, set_fields(middle, ref(middle, "sell"), {{"rto_minutes", "1 d"}, {"mbco_percent", "40"}}));
  middle = applied(before, change);
  append(change, remove_record(middle, ref(middle, "open")));
  const auto after = applied(before, change);
  CHECK(after.suppliers.at(0).recovery_minutes.count == 2880);
  CHECK(after.procedures.empty());
  CHECK(after.steps.empty());
  CHECK(plan_to_xml(applied(after, inverse(change))) == plan_to_xml(before));
  CHECK(inverse(inverse(change)).edits == change.edits);
}

TEST_CASE("A change to a field that somebody else changed is a conflict that names the field") {
  const auto p = plan(small);
  const auto change = set_fields(p, ref(p, "sell"), {{"rto_minutes", "60"}});
  const auto elsewhere = applied(p, set_fields(p, ref(p, "sell"), {{"rto_minutes", "120"}}));
  const auto [code, sentence] = error_of([&] { (void)applied(elsewhere, change); });
  CHECK(code == ErrorCode::conflict);
  CHECK(sentence.find("“Back within (RTO)”") != std::string::npos);
  const auto gone = applied(p, remove_record(p, ref(p, "sell")));
  CHECK(error_of([&] { (void)applied(gone, change); }).first == ErrorCode::conflict);
  const auto add = add_record("site", Id{"new"}, {});
  CHECK(error_of([&] { (void)applied(applied(p, add), add); }).first == ErrorCode::conflict);
}

TEST_CASE("A conflict about text that is long and not plain ASCII still makes clean text") {
  const auto p = plan("<site id='s' name='" + std::string(40, 'a') + "äöüäöüäöüäöüäöüäöüäöü'/>");
  const Change change{"", {{"site", Id{"s"}, "name", "other", "x"}}, Cause::edit};
  CHECK(error_of([&] { (void)applied(p, change); }).first == ErrorCode::conflict);
}

TEST_CASE("An id is plain and belongs to one record of one kind") {
  const auto p = plan(small);
  CHECK(error_of([&] { (void)applied(p, add_record("site", Id{"a b"}, {})); }).first == ErrorCode::bad_value);
  CHECK(error_of([&] { (void)applied(p, add_record("site", Id{"till"}, {})); }).first == ErrorCode::bad_value);
  CHECK(error_of([&] { (void)add_record("spaceship", Id{"x"}, {}); }).first == ErrorCode::usage);
  CHECK(error_of([&] { (void)add_record("site", Id{"x"}, {{"colour", "red"}}); }).first == ErrorCode::usage);
  CHECK(error_of([&] { (void)add_record("activity", Id{"x"}, {{"rto_minutes", "soon"}}); }).first == ErrorCode::bad_value);
}

TEST_CASE("Setting a field to the value it has is no edit, and the last value given wins") {
  const auto p = plan(small);
  CHECK(set_fields(p, ref(p, "sell"), {{"rto_minutes", "4 h"}}).empty());
  const auto twice = set_fields(p, ref(p, "sell"), {{"name", "A"}, {"name", "B"}});
  REQUIRE(twice.edits.size() == 1);
  CHECK(twice.edits[0].after == "B");
  const auto cleared = set_fields(p, ref(p, "sell"), {{"rto_minutes", ""}});
  REQUIRE(cleared.edits.size() == 1);
  CHECK(cleared.edits[0].before == "240");
}

TEST_CASE("Removing a record takes its links and parts along and blanks what may be blank") {
  const auto p = plan(small);
  const auto without = applied(p, remove_record(p, ref(p, "sell")));
  CHECK(without.activities.empty());
  CHECK(without.impacts.empty());
  CHECK(without.links.empty());
  CHECK(without.resources.size() == 1);
  check_references(without);

  const auto no_lead = applied(p, remove_record(p, ref(p, "lead")));
  CHECK(no_lead.activities.at(0).owner_role_id.empty());
  CHECK(no_lead.procedures.at(0).owner_role_id.empty());
  CHECK(no_lead.steps.at(0).role_id.empty());
  check_references(no_lead);

  const auto no_shop = applied(p, remove_record(p, ref(p, "shop")));
  CHECK(no_shop.resources.at(0).site_id.empty());
}

TEST_CASE("A record that another cannot be without stays, and the other is named") {
  const auto p = plan(small);
  const auto [code, sentence] = error_of([&] { (void)remove_record(p, ref(p, "tm")); });
  CHECK(code == ErrorCode::refused);
  CHECK(sentence.find("Restore of Nightly") != std::string::npos);
  const auto without_test = applied(p, remove_record(p, ref(p, "t1")));
  const auto without = applied(without_test, remove_record(without_test, ref(without_test, "tm")));
  CHECK(without.backups.empty());
  CHECK(without.probes.empty());
}

TEST_CASE("A record that names a leaving record twice gets both fields blanked") {
  const auto p = plan("<person id='jo' name='Jo'/><role id='r' name='R' holder_id='jo' alternate_id='jo'/>");
  const auto without = applied(p, remove_record(p, ref(p, "jo")));
  CHECK(without.roles.at(0).holder_id.empty());
  CHECK(without.roles.at(0).alternate_id.empty());
  const auto change = remove_record(p, ref(p, "jo"));
  CHECK(plan_to_xml(applied(without, inverse(change))) == plan_to_xml(p));
}

TEST_CASE("The difference of two plans leads from one to the other and back") {
  const auto a = plan(small);
  const auto b = plan(R"x(
    <site id="shop" name="Corner shop"/><site id="home" name="Home" kind="home"/>
    <activity id="sell" name="Sell" rto_minutes="(none)" mbco="half"/>
    <resource id="till" name="Till" site_id="home"/>)x");
  CHECK(plan_to_xml(applied(a, diff(a, b))) == plan_to_xml(b));
  CHECK(plan_to_xml(applied(b, diff(b, a))) == plan_to_xml(a));
  CHECK(plan_to_xml(applied(b, inverse(diff(a, b)))) == plan_to_xml(a));
  CHECK(diff(a, a).empty());
  CHECK(plan_to_xml(applied(Plan(), diff(Plan(), a))) == plan_to_xml(a));
}

TEST_CASE("An id that changes its kind between two plans is taken out before it comes in") {
  const auto a = plan("<resource id='x' name='Was a resource'/>"), b = plan("<site id='x' name='Is a place'/>");
  CHECK(plan_to_xml(applied(a, diff(a, b))) == plan_to_xml(b));
  CHECK(plan_to_xml(applied(b, diff(b, a))) == plan_to_xml(a));
}

TEST_CASE("References must exist and be of the right kind") {
  const auto refusal = [](const char* records) { return error_of([&] { check_references(plan(records)); }).second; };
  CHECK(refusal("<activity id='a' owner_role_id='ghost'/>").find("ghost") != std::string::npos);
  CHECK(refusal("<site id='s'/><activity id='a' owner_role_id='s'/>").find("site") != std::string::npos);
  CHECK(refusal("<link id='l' from_id='' to_id='' kind='needs'/>").find("from_id") != std::string::npos);
  check_references(plan(small));
}

TEST_CASE("A link must be of a known kind") {
  const auto p = plan("<site id='s'/><activity id='a'/><link id='l' from_id='a' to_id='s'/>");
  CHECK(error_of([&] { check_references(p); }).first == ErrorCode::refused);
}

TEST_CASE("The log of an incident is never removed") {
  const auto p = plan("<incident id='i' name='Flood'/><log_entry id='e' incident_id='i' text='Water'/>");
  CHECK(error_of([&] { (void)remove_record(p, ref(p, "e")); }).first == ErrorCode::refused);
  CHECK(error_of([&] { (void)remove_record(p, ref(p, "i")); }).first == ErrorCode::refused);
}

TEST_CASE("Causes keep their names") {
  for (const auto cause : {Cause::edit, Cause::undo, Cause::redo, Cause::import, Cause::merge, Cause::restore, Cause::machine}) CHECK(cause_from(cause_name(cause)) == cause);
}

TEST_CASE("Between any two plans there is a way and a way back") {
  std::mt19937 random(7);
  const auto pick = [&](unsigned n) { return random() % n; };
  const auto any_plan = [&] {
    Plan p;
    std::set<std::string> used;
    for (unsigned i = pick(12); i > 0; --i) {
      const auto tables = Plan::tables();
      const auto& table = tables[pick(static_cast<unsigned>(tables.size()))];
      const auto id = "x" + std::to_string(pick(8));
      if (!used.insert(id).second) continue;
      void* record = table.append(p, Id{id});
      for (const auto& field : table.info->fields) {
        if (pick(2)) continue;
        if (field.type == FieldType::choice || field.type == FieldType::answer) field.set_text(record, field.choices[pick(static_cast<unsigned>(field.choices.size()))].key);
        else if (field.type == FieldType::date) field.set_text(record, pick(2) ? "2026-01-02" : "(none)");
        else if (field.type == FieldType::instant) field.set_text(record, "2026-01-02T03:04:05Z");
        else field.set_text(record, pick(2) ? std::to_string(pick(100)) : field.type == FieldType::text ? "some text" : "7");
      }
    }
    return p;
  };
  for (int round = 0; round < 200; ++round) {
    const auto a = any_plan(), b = any_plan();
    const auto change = diff(a, b);
    CHECK(plan_to_xml(applied(a, change)) == plan_to_xml(b));
    CHECK(plan_to_xml(applied(b, inverse(change))) == plan_to_xml(a));
  }
}

TEST_CASE("records that go in one change go from any place of their list, and the others keep their order") {
  const auto before = plan("<site id='a' name='A'/><site id='b' name='B'/><site id='c' name='C'/><site id='d' name='D'/><device id='x' name='X' site_id='b'/><attribute id='y' subject_id='x' name='n' value='v'/>");
  const auto change = remove_records(before, {ref(before, "a"), ref(before, "x"), ref(before, "c")});
  const auto after = applied(before, change);
  REQUIRE(after.sites.size() == 2);
  CHECK(after.sites[0].id.text == "b");
  CHECK(after.sites[1].id.text == "d");
  CHECK(after.devices.empty());
  CHECK(after.attributes.empty());
  CHECK(plan_to_xml(applied(after, inverse(change))) == plan_to_xml(before));
  CHECK(remove_records(before, {}).empty());
}

TEST_CASE("an id that goes and comes back in one change is there once") {
  const auto before = plan("<site id='a' name='A'/><site id='b' name='B'/>");
  auto change = remove_record(before, ref(before, "a"));
  append(change, add_record("site", Id{"a"}, {{"name", "New"}}));
  const auto after = applied(before, change);
  REQUIRE(after.sites.size() == 2);
  CHECK(after.sites[1].name == "New");
}
