// SPDX-License-Identifier: MIT
// How long a plan of 5,000 records takes to open, edit, check and search, beside the floor: SQLite reading every row of the same file.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/analysis/survive.h"
#include "core/base/error.h"
#include "core/document.h"
#include "core/model/change.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

/// A business that nobody has, but whose records are tied as in real ones: each activity needs a few resources at one of some places.
Plan generated(int records) {
  std::string xml = "<site id='site-0' name='Head office' kind='main'/>";
  const int activities = records / 10;
  for (int i = 1; i < 20; ++i) xml += fmt::format("<site id='site-{0}' name='Branch {0}' kind='branch' address='{0} Harbour Street'/>", i);
  int made = 20;
  for (int i = 0; i < activities; ++i) {
    xml += fmt::format("<person id='person-{0}' name='Person {0}' phone='+61 2 5550 {0:04}' site_id='site-{1}'/>", i, i % 20);
    xml += fmt::format("<activity id='activity-{0}' name='Activity {0}' mtpd_minutes='{1}' rto_minutes='{2}' rpo_minutes='1440' income_per_day_cents='10000'/>", i, 2880 + i, 1440 + i);
    xml += fmt::format("<impact id='impact-{0}' activity_id='activity-{0}' category='money' after_minutes='1440' level='serious'/>", i);
    xml += fmt::format("<resource id='data-{0}' name='Data of activity {0}' kind='data' site_id='site-{1}' recovery_minutes='240' critical='yes'/>", i, i % 20);
    xml += fmt::format("<resource id='system-{0}' name='System {0}' kind='system' site_id='site-{1}' recovery_minutes='480'/>", i, i % 20);
    xml += fmt::format("<backup id='backup-{0}' name='Backup {0}' method='time_machine' interval_minutes='60'/>", i);
    xml += fmt::format("<link id='needs-{0}' from_id='activity-{0}' to_id='system-{0}' kind='needs'/>", i);
    xml += fmt::format("<link id='reads-{0}' from_id='system-{0}' to_id='data-{0}' kind='needs'/>", i);
    xml += fmt::format("<link id='protects-{0}' from_id='backup-{0}' to_id='data-{0}' kind='protects'/>", i);
    made += 9;
  }
  for (int i = 0; made < records; ++i, ++made)
    xml += fmt::format("<device id='device-{0}' name='Device {0}' kind='phone' brand='Apple' model='iPhone 6' serial='S{0:06}' site_id='site-{1}'/>", i, i % 20);
  return testing::plan(xml);
}

/// Milliseconds of each round.
std::vector<double> measured(int rounds, const std::function<void(int)>& action) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    const auto start = std::chrono::steady_clock::now();
    action(i);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times;
}

void print(const char* what, const std::vector<double>& times) {
  const auto at = [&](double share) { return times[std::min(times.size() - 1, static_cast<std::size_t>(share * double(times.size())))]; };
  fmt::print("{:<34}{:>10.2f}{:>10.2f}{:>8}\n", what, at(0.5), at(0.95), times.size());
}

/// Reads every column of every row of every table; returns the number of rows.
long read_all_rows(const std::string& path) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) throw Error(ErrorCode::io, "the generated plan cannot be read");
  std::vector<std::string> tables;
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(db, "select name from sqlite_master where type = 'table'", -1, &statement, nullptr);
  while (sqlite3_step(statement) == SQLITE_ROW) tables.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
  sqlite3_finalize(statement);
  long rows = 0;
  std::size_t bytes = 0;
  for (const auto& table : tables) {
    sqlite3_prepare_v2(db, ("select * from \"" + table + "\"").c_str(), -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW) {
      ++rows;
      for (int c = 0; c < sqlite3_column_count(statement); ++c) bytes += static_cast<std::size_t>(sqlite3_column_bytes(statement, c));
    }
    sqlite3_finalize(statement);
  }
  sqlite3_close(db);
  return bytes ? rows : 0;
}

int run(int records) {
  const auto path = testing::fresh_folder() + "/bench.mainstay";
  const DocumentContext context{system_now, "bench"};
  {
    const auto document = Document::create(path, "", "Bench", context);
    document->apply(diff(document->plan(), [&] {
      auto plan = generated(records);
      plan.organisations = document->plan().organisations;
      return plan;
    }()));
  }
  long rows = 0;
  const auto floor = measured(50, [&](int) { rows = read_all_rows(path); });
  fmt::print("A plan of {} records ({} rows in the file); milliseconds\n{:<34}{:>10}{:>10}{:>8}\n", records, rows, "", "median", "p95", "rounds");
  print("floor: SQLite reads all rows", floor);
  print("open", measured(20, [&](int) { (void)Document::open(path, context); }));
  const auto document = Document::open(path, context);
  print("edit one field, durable", measured(40, [&](int i) {
          const auto ref = find_record(document->plan(), Id{"activity-7"});
          document->apply(set_fields(document->plan(), ref, {{"description", fmt::format("edit {}", i)}}));
        }));
  print("graph built", measured(20, [&](int) { (void)Graph(document->plan()); }));
  print("cycles", measured(20, [&](int) { (void)document->graph().cycles(); }));
  print("single points", measured(10, [&](int) { (void)single_points(document->plan(), document->graph()); }));
  print("backups held against the RPO", measured(10, [&](int) { (void)document->backups(); }));
  {
    std::vector<Observation> month;  // one reading a day for each backup
    for (const auto& backup : document->plan().backups)
      for (int day = 0; day < 30; ++day) {
        Observation o;
        o.uuid = fmt::format("{}-{}", backup.id.text, day);
        o.backup_id = backup.id;
        o.outcome = Observation::Outcome::read;
        o.read_at = system_now().plus_minutes(-day * minutes_per_day);
        o.last_point = o.last_attempt = o.read_at.plus_minutes(-45);
        o.bytes_free = (100 + day) * 1'000'000'000LL;
        month.push_back(std::move(o));
      }
    print("the same with a month of readings", measured(10, [&](int) { (void)backup_statuses(document->plan(), document->graph(), month, system_now()); }));
  }
  print("two-week test", measured(10, [&](int) { (void)survive(document->plan(), document->graph(), parse_loss(document->plan(), {"premises"}, 14), document->today()); }));
  print("search", measured(20, [&](int i) { (void)search_plan(document->plan(), fmt::format("device {}", i)); }));
  print("check after an edit", measured(5, [&](int i) {
          const auto ref = find_record(document->plan(), Id{"activity-8"});
          document->apply(set_fields(document->plan(), ref, {{"description", fmt::format("check {}", i)}}));
          (void)document->findings();
        }));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    // The last word may be a number of records; other words are passed over.
    const int records = std::atoi(argv[argc - 1]);
    return run(records > 0 ? std::max(100, records) : 5000);
  } catch (const Error& error) {
    fmt::print(stderr, "bench_plan: {}\n", error.what());
    return 3;
  }
}
