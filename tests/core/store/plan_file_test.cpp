// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <fstream>

#include <sqlite3.h>

#include "core/base/error.h"
#include "core/exchange/plan_xml.h"
#include "core/store/plan_file.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

std::string new_file(const Plan& plan) {
  const auto path = testing::fresh_folder() + "/p.mainstay";
  Revision first;
  first.uuid = "first";
  first.note = "begin";
  PlanFile::create(path, plan, first);
  return path;
}

void run_sql(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

}  // namespace

TEST_CASE("every field of every record kind has its column, and no column is without a field") {
  const auto path = new_file({});
  for (const auto& table : Plan::tables()) {
    std::vector<std::string> keys{"id"};
    for (const auto& field : table.info->fields) keys.emplace_back(field.key);
    INFO(table.info->kind);
    CHECK(stored_columns(path, std::string(table.info->kind)) == keys);
  }
}

TEST_CASE("a plan reads back as it was stored, unknown and none kept apart") {
  const auto plan = testing::plan(
      "<activity id='a' name='Sell &amp; wrap' rto_minutes='240' rpo_minutes='(none)'/><activity id='b' name='(none)'/>"
      "<resource id='r' name='Till' kind='system'/><link id='l' from_id='a' to_id='r' kind='needs'/>");
  const auto path = new_file(plan);
  CHECK(plan_to_xml(PlanFile::open(path)->load()) == plan_to_xml(plan));
}

TEST_CASE("a commit on a plan that has moved writes nothing") {
  const auto path = new_file({});
  auto file = PlanFile::open(path);
  const auto change = add_record("site", Id{"s"}, {{"name", "Shop"}});
  Revision revision;
  revision.uuid = "second";
  revision.edits = change.edits;
  CHECK_FALSE(file->commit("somebody else's head", revision, applied({}, change)));
  CHECK(file->head().uuid == "first");
  CHECK(file->commit("first", revision, applied({}, change)));
  CHECK(file->head().parent == "first");
}

TEST_CASE("history that was rewritten is noticed") {
  const auto path = new_file({});
  {
    auto file = PlanFile::open(path);
    const auto change = add_record("site", Id{"s"}, {{"name", "Shop"}});
    Revision revision;
    revision.uuid = "second";
    revision.edits = change.edits;
    REQUIRE(file->commit("first", revision, applied({}, change)));
    CHECK_FALSE(file->first_broken_revision());
  }
  run_sql(path, "update edit set after = 'Bank' where after = 'Shop'");
  CHECK(PlanFile::open(path)->first_broken_revision() == 2);
}

TEST_CASE("readings unite by their UUID") {
  const auto path = new_file({});
  auto file = PlanFile::open(path);
  Observation o;
  o.uuid = "reading";
  o.backup_id = Id{"b"};
  o.read_at = Instant(1'700'000'000);
  o.outcome = Observation::Outcome::read;
  CHECK(file->add_observations({o}) == 1);
  CHECK(file->add_observations({o}) == 0);
  REQUIRE(file->observations().size() == 1);
  CHECK(file->observations().front().read_at == o.read_at);
}

TEST_CASE("where nothing can be written a new plan is refused with a sentence") {
  CHECK_THROWS_AS(PlanFile::create("/dev/full/p.mainstay", {}, {}), Error);
  const auto path = new_file({});
  CHECK_THROWS_AS(PlanFile::create(path, {}, {}), Error);
  CHECK(PlanFile::open(path)->head().uuid == "first");
}
