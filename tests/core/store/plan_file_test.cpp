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
  o.clock_ahead_seconds = -7200;
  CHECK(file->add_observations({o}) == 1);
  CHECK(file->add_observations({o}) == 0);
  REQUIRE(file->observations().size() == 1);
  CHECK(file->observations().front().read_at == o.read_at);
  CHECK(file->observations().front().clock_ahead_seconds == -7200);
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

TEST_CASE("a name beside which lies the page log of a plan that went is refused, since it would damage the new plan") {
  for (const std::string ending : {"-journal", "-wal", "-shm"}) {
    const auto path = testing::fresh_folder() + "/p.mainstay", log = path + ending;
    std::ofstream(log) << "left behind";
    std::string said;
    try {
      PlanFile::create(path, {}, {});
    } catch (const Error& error) {
      said = error.what();
    }
    CHECK(said.find("“" + log + "”") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(bytes_of(log) == "left behind");
    std::filesystem::remove(log);
    PlanFile::create(path, {}, {});
    CHECK(PlanFile::open(path)->revisions(false).size() == 1);
  }
}

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

TEST_CASE("each reference in the tables that lists and rules fill has an index, so that taking thousands of records back does not read whole tables for each") {
  const auto schema = stored_schema(new_file({}));
  for (const auto* kind : {"device", "attribute", "link", "task", "recall"})
    for (const auto& field : table_of(kind)->info->fields) {
      INFO(kind << " " << field.key);
      if (field.type == FieldType::id) CHECK(schema.find(" on " + std::string(kind) + "(" + std::string(field.key) + ")") != std::string::npos);
    }
}

TEST_CASE("db/schema.sql says what the scripts make") {
  const auto path = new_file({});
  const auto schema = stored_schema(path);
  const auto file = testing::data_file("../../db/schema.sql");
  if (std::getenv("MAINSTAY_WRITE_SCHEMA")) std::ofstream(file, std::ios::binary) << schema;
  CHECK(bytes_of(file) == schema);  // after a new script: MAINSTAY_WRITE_SCHEMA=1 build/tests/store_tests
}

namespace {

Observation hourly_reading(int hour) {
  Observation o;
  o.uuid = "hour-" + std::to_string(hour);
  o.backup_id = Id{"b"};
  o.probe_id = Id{"p"};
  o.outcome = Observation::Outcome::read;
  o.read_at = parse_instant("2026-09-01T00:10:00Z")->plus_minutes(hour * 60);
  o.last_point = *parse_instant("2026-08-31T22:00:00Z");
  o.reply = "{}";
  return o;
}

}  // namespace

TEST_CASE("readings that grew old are thinned with the first reading of a day, and all young ones stay") {
  const auto path = new_file({});
  const auto file = PlanFile::open(path);
  for (int day = 0; day < 60; ++day) {
    file->add_observations({hourly_reading(day * 24)}, hourly_reading(day * 24).read_at);
    std::vector<Observation> rest;
    for (int hour = 1; hour < 24; ++hour) rest.push_back(hourly_reading(day * 24 + hour));
    file->add_observations(rest, rest.back().read_at);
  }
  const auto all = file->observations();
  const auto newest = hourly_reading(24 * 60 - 1).read_at, edge = newest.plus_minutes(-30 * minutes_per_day);
  const auto young = std::count_if(all.begin(), all.end(), [&](const Observation& o) { return o.read_at >= edge; });
  CHECK(young == 30 * 24 + 1);
  CHECK(all.front().uuid == "hour-0");
  const auto old = static_cast<std::ptrdiff_t>(all.size()) - young;
  CHECK(old >= 30);
  CHECK(old <= 30 + 25);  // one a day, and those that grew old since the day's first reading
  for (const auto& o : all)
    if (o.read_at < edge.plus_minutes(-minutes_per_day)) CHECK(o.reply.empty());
  CHECK(all.back().reply == "{}");
}

TEST_CASE("without a time nothing is thinned, and a wrong clock thins no more than the readings' own age allows") {
  const auto path = new_file({});
  const auto file = PlanFile::open(path);
  std::vector<Observation> all;
  for (int hour = 0; hour < 24 * 40; ++hour) all.push_back(hourly_reading(hour));
  file->add_observations(all);
  CHECK(file->observations().size() == all.size());
  file->add_observations({hourly_reading(24 * 40 + 1)}, *parse_instant("2099-01-01"));
  const auto left = file->observations();
  const auto edge = hourly_reading(24 * 40 + 1).read_at.plus_minutes(-30 * minutes_per_day);
  CHECK(std::count_if(left.begin(), left.end(), [&](const Observation& o) { return o.read_at >= edge; }) == 30 * 24);
  CHECK(left.size() < all.size());
}

TEST_CASE("old readings from elsewhere are thinned when they come in, and a last word is never dropped") {
  const auto path = new_file({});
  const auto file = PlanFile::open(path);
  file->add_observations({hourly_reading(24 * 90)}, hourly_reading(24 * 90).read_at);
  std::vector<Observation> carried;
  for (int hour = 0; hour < 24 * 5; ++hour) carried.push_back(hourly_reading(hour));
  carried[50].outcome = Observation::Outcome::failed;
  carried[70].alarm = true;
  CHECK(file->add_observations(carried, hourly_reading(24 * 90).read_at.plus_minutes(5)) == 24 * 5);
  const auto left = file->observations();
  CHECK(left.size() < 20);
  CHECK(std::count_if(left.begin(), left.end(), [](const Observation& o) { return o.outcome == Observation::Outcome::failed; }) == 1);
  CHECK(std::count_if(left.begin(), left.end(), [](const Observation& o) { return o.alarm; }) == 1);
}
