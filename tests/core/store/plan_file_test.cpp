// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
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
    auto columns = stored_columns(path, std::string(table.info->kind));
    std::sort(columns.begin(), columns.end());  // later versions add theirs at the end
    std::sort(keys.begin(), keys.end());
    CHECK(columns == keys);
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

namespace {

/// A copy of a plan file that version 1 of the program wrote.
std::string golden(const char* name) {
  const auto path = testing::fresh_folder() + "/old.mainstay";
  std::filesystem::copy_file(testing::data_file(std::string("golden/").append(name)), path);
  std::filesystem::permissions(path, std::filesystem::perms::owner_write, std::filesystem::perm_options::add);
  return path;
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("looking at a plan of an older version changes neither the file nor its folder") {
  const auto path = golden("version-1.mainstay");
  const auto before = bytes_of(path);
  const auto file = PlanFile::open(path);
  const auto contents = file->read();
  CHECK(contents.plan.organisation().name == "Golden Clinic");
  CHECK(contents.plan.backups.size() == 1);
  CHECK(contents.observations.size() == 1);
  CHECK(contents.observations.front().bytes_total == -1);
  CHECK(content_hash(contents.plan) == contents.revisions.back().content_hash);
  CHECK_FALSE(file->first_broken_revision());
  CHECK(bytes_of(path) == before);
  CHECK(std::distance(std::filesystem::directory_iterator(std::filesystem::path(path).parent_path()), {}) == 1);
}

TEST_CASE("the first write upgrades an older file, after a copy beside it") {
  const auto path = golden("version-1.mainstay");
  auto file = PlanFile::open(path);
  const auto old = file->read();
  const auto change = add_record("recall", Id{"r"}, {{"title", "Plugs"}});
  Revision revision;
  revision.uuid = "next";
  revision.edits = change.edits;
  REQUIRE(file->commit(old.revisions.back().uuid, revision, applied(old.plan, change)));
  CHECK(file->load().recalls.size() == 1);
  file = PlanFile::open(path);
  CHECK(file->load().recalls.front().title == "Plugs");
  CHECK_FALSE(file->first_broken_revision());
  const auto kept = std::filesystem::path(path).parent_path() / "old (version 1).mainstay";
  REQUIRE(std::filesystem::exists(kept));
  CHECK(plan_to_xml(PlanFile::open(kept)->load()) == plan_to_xml(old.plan));
}

TEST_CASE("db/schema.sql says what the scripts make") {
  const auto path = new_file({});
  const auto schema = stored_schema(path);
  const auto file = testing::data_file("../../db/schema.sql");
  if (std::getenv("MAINSTAY_WRITE_SCHEMA")) std::ofstream(file, std::ios::binary) << schema;
  CHECK(bytes_of(file) == schema);  // after a new script: MAINSTAY_WRITE_SCHEMA=1 build/tests/store_tests
}
