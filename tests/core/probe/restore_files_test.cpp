// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/probe/restore_compare.h"
#include "tests/support/plans.h"

using namespace mainstay;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t day = 86'400;

void write(const fs::path& path, std::size_t bytes, char letter = 'x', int days_old = 0) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << std::string(bytes, letter);
  if (days_old > 0) {
    const struct timespec times[2] = {{time(nullptr) - days_old * day, 0}, {time(nullptr) - days_old * day, 0}};
    ::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW);
  }
}

SampleLimits limits(std::size_t files, std::int64_t bytes = 100'000'000, std::uint64_t seed = 7) {
  SampleLimits wanted;
  wanted.files = files;
  wanted.bytes = bytes;
  wanted.seed = seed;
  wanted.now = system_now();
  return wanted;
}

std::vector<std::string> paths(const FileSample& sample) {
  std::vector<std::string> all;
  for (const auto& file : sample.files) all.push_back(file.path);
  return all;
}

/// A folder of files with a copy beside it, as a restore would leave it.
struct Restored {
  fs::path home = testing::fresh_folder(), original = home / "Ledger", back = home / "back";
  FileSample sample;
  Instant started;
  Restored() {
    for (int i = 0; i < 12; ++i) write(original / ("year " + std::to_string(i % 3)) / ("f" + std::to_string(i)), std::size_t(i) * 1000, char('a' + i));
    sample = choose_sample(original, limits(50));
    started = system_now();
    fs::copy(original, back, fs::copy_options::recursive);
  }
  RestoreClaim claim() const { return {back, original, sample.folder, sample.files, started}; }
  RestoreComparison compare() const { return compare_restored(claim()); }
};

ErrorCode refusal(const RestoreClaim& claim) {
  try {
    compare_restored(claim);
  } catch (const Error& error) {
    return error.code();
  }
  FAIL("not refused");
  return ErrorCode::io;
}

}  // namespace

TEST_CASE("a sample has files of every size and age that the folder has, within its limits") {
  const fs::path folder = testing::fresh_folder();
  for (int i = 0; i < 300; ++i) write(folder / "many" / std::to_string(i), 500);
  write(folder / "empty", 0);
  write(folder / "large", 3'000'000);
  write(folder / "old", 500, 'o', 700);
  write(folder / "quarter", 500, 'q', 60);
  const auto sample = choose_sample(folder, limits(20));
  const auto all = paths(sample);
  CHECK(all.size() == 20);
  for (const auto* one : {"empty", "large", "old", "quarter"}) {
    INFO(one);
    CHECK(std::find(all.begin(), all.end(), one) != all.end());
  }
  CHECK(sample.set.files == 304);
  CHECK(sample.set.bytes == 300 * 500 + 3'000'000 + 1000);
  CHECK(choose_sample(folder, limits(20, 1'000'000)).bytes <= 1'000'000);
  CHECK(choose_sample(folder, limits(20, 1'000'000)).too_large == 1);
}

TEST_CASE("the same seed chooses the same files, another one others") {
  const fs::path folder = testing::fresh_folder();
  for (int i = 0; i < 300; ++i) write(folder / std::to_string(i), std::size_t(i));
  CHECK(paths(choose_sample(folder, limits(20))) == paths(choose_sample(folder, limits(20))));
  CHECK(paths(choose_sample(folder, limits(20))) != paths(choose_sample(folder, limits(20, 100'000'000, 8))));
}

TEST_CASE("a sample holds true hashes, of files without content too") {
  const fs::path folder = testing::fresh_folder();
  write(folder / "a", 1'000'000, 'k');
  write(folder / "b", 0);
  const auto sample = choose_sample(folder, limits(5));
  REQUIRE(sample.files.size() == 2);
  CHECK(sample.files[0].sha256 == sha256_hex(std::string(1'000'000, 'k')));
  CHECK(sample.files[1].sha256 == sha256_hex(""));
}

TEST_CASE("links, pipes and sockets are left out and never followed") {
  const fs::path home = testing::fresh_folder(), folder = home / "data";
  write(home / "outside" / "secret", 10);
  write(folder / "a", 10);
  fs::create_symlink(home / "outside", folder / "way out");
  fs::create_symlink(home / "outside" / "secret", folder / "secret");
  fs::create_directory_symlink(folder, folder / "round");
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const auto sample = choose_sample(folder, limits(50));
  CHECK(paths(sample) == std::vector<std::string>{"a"});
  CHECK(sample.set.links == 3);
  CHECK(sample.set.special == 1);
}

TEST_CASE("names with line breaks, broken letters and leading dashes are files like others") {
  const fs::path folder = testing::fresh_folder();
  const std::set<std::string> names{"-rf", "two\nlines", "bad\xff", " ", "100%41", "…"};
  for (const auto& name : names) write(folder / name, 5);
  const auto all = paths(choose_sample(folder, limits(50)));
  CHECK(std::set<std::string>(all.begin(), all.end()) == names);
}

TEST_CASE("files that changed after the newest point are taken only where there are no others") {
  const fs::path folder = testing::fresh_folder();
  write(folder / "fresh", 10);
  auto wanted = limits(50);
  wanted.settled_before = Instant(system_now().seconds - 3600);
  const auto only_fresh = choose_sample(folder, wanted);
  CHECK_FALSE(only_fresh.any_settled);
  CHECK_FALSE(only_fresh.files.at(0).settled);
  wanted.settled_before = Instant(system_now().seconds + 60);
  CHECK(choose_sample(folder, wanted).any_settled);

  // A copied or newly owned file keeps the date of its contents: a difference in it does mean something.
  write(folder / "copied", 10);
  fs::last_write_time(folder / "copied", fs::file_time_type::clock::now() - std::chrono::hours(48));
  wanted.settled_before = Instant(system_now().seconds - 3600);
  const auto copied = choose_sample(folder, wanted);
  REQUIRE(copied.files.size() == 1);
  CHECK(copied.files[0].path == "copied");
  CHECK(copied.files[0].settled);
}

TEST_CASE("a folder that is empty, missing, a file, or shut is refused in a sentence that names it") {
  const fs::path folder = testing::fresh_folder();
  const auto says = [&](const fs::path& path, const SampleLimits& wanted) {
    try {
      choose_sample(path, wanted);
    } catch (const Error& error) {
      CHECK(std::string(error.what()).find(path.filename()) != std::string::npos);
      return true;
    }
    return false;
  };
  fs::create_directory(folder / "empty");
  write(folder / "file", 10);
  write(folder / "big" / "one", 5000);
  CHECK(says(folder / "empty", limits(5)));
  CHECK(says(folder / "nowhere", limits(5)));
  CHECK(says(folder / "file", limits(5)));
  CHECK(says(folder / "big", limits(5, 1000)));
  if (::geteuid() != 0) {
    write(folder / "shut" / "a", 10);
    fs::permissions(folder / "shut", fs::perms::none);
    CHECK(says(folder / "shut", limits(5)));
    fs::permissions(folder / "shut", fs::perms::owner_all);
  }
}

TEST_CASE("choosing and comparing end at once when asked to") {
  const Restored it;
  std::stop_source stop;
  stop.request_stop();
  CHECK(choose_sample(it.original, limits(5), stop.get_token()).stopped);
  CHECK(compare_restored(it.claim(), stop.get_token()).stopped);
}

TEST_CASE("a restore that brought every byte back is the same, wherever the tool put it") {
  const Restored it;
  const auto seen = it.compare();
  CHECK(seen.same == 12);
  CHECK(seen.different + seen.missing + seen.old + seen.extra == 0);
  CHECK(seen.came_bytes == 66'000);
  CHECK(seen.last_written >= it.started);
  // Many tools put the whole old path below the target.
  const auto deep = it.home / "target";
  fs::create_directories((deep / it.original.relative_path()).parent_path());
  fs::rename(it.back, deep / it.original.relative_path());
  auto claim = it.claim();
  claim.at = deep;
  CHECK(compare_restored(claim).same == 12);
  claim.at = deep / it.original.relative_path().parent_path();
  CHECK(compare_restored(claim).root == deep / it.original.relative_path());
}

TEST_CASE("a folder inside the restored one, and a host and a date before it, are seen through") {
  const Restored it;
  auto claim = it.claim();
  claim.at = it.back / "year 1";
  auto seen = compare_restored(claim);
  CHECK(seen.same == 12);
  CHECK(seen.root == it.back);
  const auto dated = it.home / "target" / "till-mac" / "2026-11-24-020000";
  fs::create_directories(dated.parent_path());
  fs::rename(it.back, dated);
  claim.at = it.home / "target";
  seen = compare_restored(claim);
  CHECK(seen.same == 12);
  CHECK(seen.root == dated);
  CHECK(seen.dropped.empty());
}

TEST_CASE("a program that leaves leading folders away is followed, and the rest of the sample is missing") {
  const Restored it;
  const auto bare = it.home / "bare";
  fs::rename(it.back / "year 1", bare);
  auto claim = it.claim();
  claim.at = bare;
  const auto seen = compare_restored(claim);
  CHECK(seen.dropped == "year 1");
  CHECK(seen.root == bare);
  CHECK(seen.same == 4);
  CHECK(seen.missing == 8);
  CHECK(seen.extra == 0);
}

TEST_CASE("where the sample fits two places, both are named and none is taken") {
  const Restored it;
  const auto both = it.home / "both";
  fs::create_directory(both);
  fs::copy(it.back, both / "2026-11-23", fs::copy_options::recursive);
  fs::copy(it.back, both / "2026-11-24", fs::copy_options::recursive);
  auto claim = it.claim();
  claim.at = both;
  try {
    compare_restored(claim);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::refused);
    CHECK(std::string(error.what()).find("2026-11-23") != std::string::npos);
    CHECK(std::string(error.what()).find("2026-11-24") != std::string::npos);
  }
  claim.at = both / "2026-11-24";
  CHECK(compare_restored(claim).same == 12);
}

TEST_CASE("files of several folders that came back side by side are not taken for one of them") {
  const Restored it;
  const auto flat = it.home / "flat";
  fs::create_directory(flat);
  for (const auto& file : it.sample.files) fs::copy(it.back / file.path, flat / fs::path(file.path).filename());
  auto claim = it.claim();
  claim.at = flat;
  CHECK(refusal(claim) == ErrorCode::refused);
}

TEST_CASE("a folder inside the original proves as little as the original") {
  const Restored it;
  auto claim = it.claim();
  claim.at = it.original / "year 1";
  CHECK(refusal(claim) == ErrorCode::refused);
}

TEST_CASE("a sample that fits the folder's size stops at enough bytes, and a small folder is taken whole") {
  const fs::path folder = testing::fresh_folder();
  for (int i = 0; i < 60; ++i) write(folder / std::to_string(i), 10'000);
  auto wanted = limits(1000);
  wanted.enough = 300'000;
  CHECK(choose_sample(folder, wanted).files.size() == 30);
  wanted.enough = 100'000;
  CHECK(choose_sample(folder, wanted).files.size() == 25);
  wanted.enough = 0;
  CHECK(choose_sample(folder, wanted).files.size() == 60);
  CHECK(recommended_bytes(1000) == 1000);
  CHECK(recommended_bytes(2'000'000'000) == 500'000'000);
  CHECK(recommended_bytes(40'000'000'000) == 2'000'000'000);
  CHECK(recommended_bytes(1'000'000'000'000) == 5'000'000'000);
}

TEST_CASE("what differs, is missing or came as well is counted and the first of it named") {
  Restored it;
  write(it.back / "year 0" / "f3", 3000, '?');
  fs::remove(it.back / "year 1" / "f4");
  fs::remove(it.back / "year 2" / "f5");
  write(it.back / "year 2" / "more", 10);
  auto seen = it.compare();
  CHECK(seen.same == 9);
  CHECK(seen.different == 1);
  CHECK(seen.first_different == "year 0/f3");
  CHECK(seen.missing == 2);
  CHECK(seen.first_missing == "year 1/f4");
  CHECK(seen.extra == 1);
  CHECK(seen.first_extra == "year 2/more");
  for (auto& file : it.sample.files) file.settled = false;
  seen = it.compare();
  CHECK(seen.unsettled == 3);
  CHECK(seen.different + seen.missing == 0);
}

TEST_CASE("a link to the original, or the original by another name, is no restored file") {
  const Restored it;
  fs::remove(it.back / "year 0" / "f3");
  fs::create_symlink(it.original / "year 0" / "f3", it.back / "year 0" / "f3");
  fs::remove(it.back / "year 1" / "f4");
  fs::create_hard_link(it.original / "year 1" / "f4", it.back / "year 1" / "f4");
  fs::remove(it.back / "year 2" / "f5");
  REQUIRE(::mkfifo((it.back / "year 2" / "f5").c_str(), 0600) == 0);
  const auto seen = it.compare();
  CHECK(seen.different == 3);
  CHECK(seen.same == 9);
  CHECK_FALSE(seen.why_different.empty());
  fs::remove_all(it.back / "year 0");
  fs::create_directory_symlink(it.original / "year 0", it.back / "year 0");
  CHECK(it.compare().same < 9);
}

TEST_CASE("the original folder, under whichever name, proves nothing") {
  const Restored it;
  auto claim = it.claim();
  claim.at = it.original;
  CHECK(refusal(claim) == ErrorCode::refused);
  claim.at = it.original / "year 0" / "..";
  CHECK(refusal(claim) == ErrorCode::refused);
  fs::create_directory_symlink(it.original, it.home / "another name");
  claim.at = it.home / "another name";
  CHECK(refusal(claim) == ErrorCode::refused);
  fs::remove_all(it.back);
  claim.at = it.home;  // only the original lies there
  CHECK(refusal(claim) == ErrorCode::refused);
}

TEST_CASE("a folder without the sample, or that was there before, is refused and the clock goes on") {
  const Restored it;
  auto claim = it.claim();
  claim.at = it.home / "nowhere";
  CHECK(refusal(claim) == ErrorCode::missing_file);
  fs::create_directory(it.home / "other");
  claim.at = it.home / "other";
  CHECK(refusal(claim) == ErrorCode::refused);
  claim = it.claim();
  claim.started = Instant(it.started.seconds + 3600);  // the copy was made an hour before
  CHECK(refusal(claim) == ErrorCode::refused);
}

TEST_CASE("a path that leads out of the folder is no path") {
  for (const auto* bad : {"", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", ".", "a/./b"}) {
    INFO(bad);
    CHECK_FALSE(is_plain_path(bad));
  }
  CHECK_FALSE(is_plain_path(std::string("a\0b", 3)));
  CHECK_FALSE(is_plain_path(std::string(5000, 'a')));
  CHECK(is_plain_path("a/..b/c..."));
}
