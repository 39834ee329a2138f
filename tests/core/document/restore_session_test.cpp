// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/restore_session.h"
#include "tests/support/plans.h"

using namespace mainstay;
namespace fs = std::filesystem;

namespace {

/// A plan with a backup of a ledger, the ledger's folder, and a copy of it that came back.
struct Case {
  fs::path home = testing::fresh_folder(), original = home / "Ledger", back = home / "back";
  Instant now = system_now();
  std::unique_ptr<Document> document;
  explicit Case(const std::string& rto = "600", std::size_t bytes = 2'000'000) {
    ::setenv("XDG_DATA_HOME", (home / "data").c_str(), 1);
    document = Document::create(home / "p.mainstay", "", "Bakery", {[this] { return now; }, "Tess"});
    document->apply(diff(document->plan(), testing::plan("<activity id='x' name='Sell' rto_minutes='" + rto + "'/><resource id='d' name='Ledger' kind='data' size_mb='15' recovery_minutes='5' recovery_basis='asserted'/>"
                                                         "<resource id='e' name='Mail' kind='data'/><link id='l' from_id='x' to_id='d' kind='needs'/><backup id='b' name='NAS copy'/><backup id='c' name='Cloud'/>"
                                                         "<link id='n' from_id='b' to_id='d' kind='protects'/><link id='o' from_id='b' to_id='e' kind='protects'/><link id='p' from_id='c' to_id='e' kind='protects'/>")));
    fs::create_directory(original);
    for (int i = 0; i < 5; ++i) std::ofstream(original / ("f" + std::to_string(i))) << std::string(bytes, char('a' + i));
    std::ofstream(original / "odd\xff%41\nname") << "odd";
  }
  RestoreSession start() {
    const auto limits = limits_for(*document, Id{"b"}, 50, 100'000'000, 3);
    return started_restore(*document, Id{"b"}, original, limits, choose_sample(original, limits));
  }
  RestoreOutcome finish(const RestoreSession& session, RestoreEnding ending = {}, int minutes = 10) {
    if (!fs::exists(back)) fs::copy(original, back, fs::copy_options::recursive);
    now = now.plus_minutes(minutes);
    if (!ending.stopped) ending.stopped = now;
    return finished_restore(*document, session, compare_restored(claim_of(session, back)), ending);
  }
};

}  // namespace

TEST_CASE("a running test outlasts the program, with every name as it is") {
  Case it;
  const auto session = it.start();
  const auto path = usual_manifest(*it.document, Id{"b"});
  write_manifest(path, session);
  const auto read = read_manifest(path);
  CHECK(read.started == session.started);
  CHECK(read.folder == it.original);
  CHECK(read.identity == session.identity);
  REQUIRE(read.files.size() == session.files.size());
  for (std::size_t i = 0; i < read.files.size(); ++i) {
    CHECK(read.files[i].path == session.files[i].path);
    CHECK(read.files[i].sha256 == session.files[i].sha256);
    CHECK(read.files[i].identity == session.files[i].identity);
  }
  REQUIRE(running_restores(*it.document).size() == 1);
  CHECK(read_file(list_beside(path)).find("f1\n") != std::string::npos);
  CHECK((fs::status(fs::path(path).parent_path()).permissions() & fs::perms::others_all) == fs::perms::none);
  remove_manifest(path);
  CHECK(running_restores(*it.document).empty());
  CHECK_FALSE(fs::exists(list_beside(path)));
}

TEST_CASE("a manifest that was altered, cut or made to lead elsewhere is refused") {
  Case it;
  const auto path = (it.home / "m.json").string();
  const auto text = manifest_text(it.start());
  const auto refused = [&](const std::string& bytes) {
    write_file(path, bytes);
    try {
      read_manifest(path);
    } catch (const Error& error) {
      return error.code() == ErrorCode::bad_value;
    }
    return false;
  };
  const auto with = [&](const std::string& from, const std::string& to) {
    auto changed = text;
    const auto at = changed.find(from);
    REQUIRE(at != std::string::npos);
    return changed.replace(at, from.size(), to);
  };
  CHECK_FALSE(refused(text));
  CHECK(refused(text.substr(0, text.size() / 2)));
  CHECK(refused(""));
  CHECK(refused("[]"));
  CHECK(refused("{}"));
  CHECK(refused(with("\"f1\"", "\"../../etc/passwd\"")));
  CHECK(refused(with("\"f1\"", "\"%2e%2e/%2e%2e/x\"")));
  CHECK(refused(with("\"f1\"", "\"/etc/passwd\"")));
  CHECK(refused(with("\"f1\"", "7")));
  CHECK(refused(with("\"bytes\": 2000000", "\"bytes\": -1")));
  CHECK(refused(with("\"bytes\": 2000000", "\"bytes\": 99999999999999999999")));
  CHECK(refused(with("\"version\": 1", "\"version\": 9")));
  CHECK(refused(with("\"seed\": \"3\"", "\"seed\": \"99999999999999999999\"")));
  CHECK(refused(with("\"started\": \"", "\"started\": \"yesterday ")));
  CHECK(refused(std::string(100'000, '[')));
}

TEST_CASE("a test that passed is evidence, and its time is held against the activity and written as tested") {
  Case it;
  const auto outcome = it.finish(it.start());
  CHECK(outcome.result == RestoreTest::Result::pass);
  CHECK(outcome.took_minutes == 10);
  CHECK(outcome.sample_mb == 10);
  CHECK(outcome.full_mb == 15);  // what the plan says of the data, since that is more than the folder
  CHECK(outcome.verdict.estimate.likely_minutes == 15);
  CHECK(outcome.verdict.time == RestoreTime::in_time);
  CHECK(outcome.verdict.activity_id == Id{"x"});
  it.document->apply(outcome.change);
  const auto& plan = it.document->plan();
  REQUIRE(plan.restore_tests.size() == 1);
  const auto& test = plan.restore_tests[0];
  CHECK(test.files_same.count == 6);
  CHECK(test.files_different.count == 0);
  CHECK(test.took_minutes.count == 10);
  CHECK(test.note.find("byte for byte") != std::string::npos);
  CHECK(outcome.timed == std::vector<Id>{Id{"d"}});  // the mail is protected by another backup, too
  const auto* data = find_in(plan.resources, Id{"d"});
  CHECK(data->recovery_minutes.count == 15);
  CHECK(data->recovery_basis == Basis::tested);
  CHECK(data->recovery_on == it.document->today());
  CHECK(it.document->backups()[0].last_proven == it.document->today());
  it.document->undo();
  CHECK(it.document->plan().restore_tests.empty());
  CHECK(find_in(it.document->plan().resources, Id{"d"})->recovery_minutes.count == 5);
}

TEST_CASE("the time of the data can be left alone, the size and the time be said") {
  Case it;
  RestoreEnding ending;
  ending.record_times = false;
  ending.full_mb = 12;
  ending.took_minutes = 30;
  const auto outcome = it.finish(it.start(), ending);
  CHECK(outcome.timed.empty());
  CHECK(outcome.full_mb == 12);
  CHECK(outcome.took_minutes == 30);
  CHECK(outcome.verdict.estimate.likely_minutes == 36);
  CHECK(outcome.verdict.time == RestoreTime::in_time);
}

TEST_CASE("a sample that is too small says so and how large one should be, and sets no time for so much") {
  Case it;
  RestoreEnding ending;
  ending.full_mb = 5000;
  const auto outcome = it.finish(it.start(), ending);
  CHECK(outcome.result == RestoreTest::Result::pass);
  CHECK(outcome.verdict.estimate.too_small);
  CHECK(outcome.verdict.time == RestoreTime::unsure);
  CHECK(outcome.timed == std::vector<Id>{Id{"d"}});  // for the 15 MB of the ledger it is large enough
  it.document->apply(outcome.change);
  CHECK(it.document->plan().restore_tests[0].note.find("too small") == std::string::npos);  // the verdict is worked out anew each time
  const auto wanted = outcome.verdict.estimate.wanted_mb;
  CHECK(wanted == 40);
  CHECK(limits_for(*it.document, Id{"b"}, {}, {}, 3).enough == 40'000'000);
  CHECK(limits_for(*it.document, Id{"c"}, {}, {}, 3).enough == 0);
  CHECK(limits_for(*it.document, Id{"c"}, 7, {}, 3).files == 7);
}

TEST_CASE("a restore that is not whole passes nothing and sets no time") {
  Case it;
  const auto session = it.start();
  fs::copy(it.original, it.back, fs::copy_options::recursive);
  fs::remove(it.back / "f1");
  auto outcome = it.finish(session);
  CHECK(outcome.result == RestoreTest::Result::partial);
  CHECK(outcome.timed.empty());
  CHECK(outcome.verdict.time == RestoreTime::untested);
  for (const auto* name : {"f0", "f2", "f3", "f4", "odd\xff%41\nname"}) std::ofstream(it.back / name) << "wrong";
  outcome = it.finish(session);
  CHECK(outcome.result == RestoreTest::Result::fail);
  it.document->apply(outcome.change);
  CHECK_FALSE(it.document->backups()[0].last_proven);
}

TEST_CASE("files that changed after the newest point excuse nothing: what differs then is no proof and sets no time") {
  Case it;
  auto session = it.start();
  for (auto& file : session.files) file.settled = false;
  fs::copy(it.original, it.back, fs::copy_options::recursive);
  for (const auto* name : {"f1", "f2", "f3"}) fs::remove(it.back / name);
  std::ofstream(it.back / "f0") << "wrong";
  const auto outcome = it.finish(session);
  CHECK(outcome.result == RestoreTest::Result::unknown);
  CHECK(outcome.timed.empty());
  it.document->apply(outcome.change);
  CHECK_FALSE(it.document->backups()[0].last_proven);
}

TEST_CASE("less than a megabyte proves the files and tells no time") {
  Case it("600", 1000);
  const auto outcome = it.finish(it.start());
  CHECK(outcome.result == RestoreTest::Result::pass);
  it.document->apply(outcome.change);
  CHECK(it.document->plan().restore_tests[0].sample_mb.is_unknown());
  CHECK(outcome.verdict.time == RestoreTime::untested);
  CHECK(outcome.timed.empty());
}

TEST_CASE("a clock that was not stopped can be counted to the last file, and one that ran backwards is refused") {
  Case it;
  const auto session = it.start();
  RestoreEnding ending;
  auto outcome = it.finish(session, ending, 600);
  CHECK(outcome.took_minutes == 600);
  CHECK(outcome.idle_minutes >= 598);
  ending.until_last_file = true;
  outcome = it.finish(session, ending, 0);
  CHECK(outcome.took_minutes <= 2);
  ending.until_last_file = false;
  ending.stopped = Instant(session.started.seconds - 60);
  CHECK_THROWS_AS(it.finish(session, ending), Error);
}
