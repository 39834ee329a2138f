// SPDX-License-Identifier: MIT
#include "core/probe/restore_sample.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::int64_t most_entries = 5'000'000, step = 1000, seconds_per_day = 86'400;
constexpr std::size_t most_files = 10'000, spare = 3;  // candidates kept for each file wanted: some do not fit or cannot be read
constexpr std::array<std::int64_t, 5> size_limits{0, 4 << 10, 64 << 10, 1 << 20, 16 << 20};
constexpr std::array<std::int64_t, 3> age_limits{7, 91, 365};
constexpr std::size_t classes = (size_limits.size() + 1) * (age_limits.size() + 1);

/// Random numbers that are the same everywhere for the same seed (splitmix64).
class Lot {
 public:
  explicit Lot(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t count) { return next() % count; }

 private:
  std::uint64_t next() {
    auto z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

/// Some of a stream of files, each with the same chance (reservoir sampling, algorithm R), so that a folder of any size fits in memory.
class Pool {
 public:
  explicit Pool(std::size_t room) : room_(room) {}
  void offer(const FolderEntry& file, Lot& lot) {
    ++seen_;
    if (kept.size() < room_) kept.push_back(file);
    else if (const auto place = lot.below(seen_); place < room_) kept[place] = file;
  }
  std::vector<FolderEntry> kept;

 private:
  std::size_t room_;
  std::uint64_t seen_ = 0;
};

std::size_t class_of(const FolderEntry& file, Instant now) {
  std::size_t size = 0, age = 0;
  while (size < size_limits.size() && file.bytes > size_limits[size]) ++size;
  while (age < age_limits.size() && now.seconds - file.modified.seconds > age_limits[age] * seconds_per_day) ++age;
  return size * (age_limits.size() + 1) + age;
}

/// The files of a folder that may be chosen, in the order in which to try them.
struct Candidates {
  explicit Candidates(std::size_t wanted) : by_class(classes, Pool(spare)), all(wanted * spare) {}
  void offer(const FolderEntry& file, Instant now, Lot& lot) {
    by_class[class_of(file, now)].offer(file, lot);
    all.offer(file, lot);
  }
  std::vector<FolderEntry> in_order(Lot& lot) const {
    std::vector<FolderEntry> order;
    for (const auto& pool : by_class) order.insert(order.end(), pool.kept.begin(), pool.kept.begin() + (pool.kept.empty() ? 0 : 1));
    shuffle(order, 0, lot);
    const auto first = order.size();
    order.insert(order.end(), all.kept.begin(), all.kept.end());
    shuffle(order, first, lot);
    for (const auto& pool : by_class) order.insert(order.end(), pool.kept.begin(), pool.kept.end());  // where a small limit left no other
    return order;
  }
  static void shuffle(std::vector<FolderEntry>& files, std::size_t from, Lot& lot) {
    for (auto i = files.size(); i > from + 1; --i) std::swap(files[i - 1], files[from + lot.below(i - from)]);
  }
  std::vector<Pool> by_class;
  Pool all;
};

/// Hashes candidates until the limits are reached.
void take(const OpenFolder& folder, const std::vector<FolderEntry>& candidates, const SampleLimits& limits, bool settled, FileSample& sample, const std::stop_token& stop, const OnFileProgress& progress) {
  std::set<std::string> tried;
  FileProgress now{0, 0, 0};
  const auto full = [&](std::size_t files, std::int64_t bytes) { return files >= limits.files || (files >= SampleLimits().files && bytes >= limits.enough); };
  for (const auto& file : candidates)
    if (!full(tried.size(), now.bytes_total) && now.bytes_total + file.bytes <= limits.bytes && tried.insert(file.path).second) now.bytes_total += file.bytes;
  tried.clear();
  for (const auto& file : candidates) {
    if (full(sample.files.size(), sample.bytes)) return;
    if (!tried.insert(file.path).second) continue;
    if (sample.bytes + file.bytes > limits.bytes) continue;
    const auto hashed = folder.hash(file.path, stop, [&](std::int64_t bytes) {
      now.bytes += bytes;
      now.bytes_total = std::max(now.bytes_total, now.bytes);
      if (progress) progress(now);
    });
    if (hashed.state == HashedFile::State::stopped) {
      sample.stopped = true;
      return;
    }
    if (hashed.state != HashedFile::State::read || sample.bytes + hashed.bytes > limits.bytes) {
      if (hashed.state == HashedFile::State::unreadable && sample.set.unreadable++ == 0) sample.set.first_unreadable = clean_utf8(file.path);
      sample.changing += hashed.state == HashedFile::State::changing;
      continue;
    }
    sample.files.push_back({file.path, hashed.bytes, hashed.modified, hashed.sha256, hashed.identity, settled});
    sample.bytes += hashed.bytes;
    now.files = static_cast<std::int64_t>(sample.files.size());
    if (progress) progress(now);
  }
}

[[noreturn]] void refuse(const FileSample& sample, const std::string& folder, const SampleLimits& limits) {
  const Args args{{"path", clean_utf8(folder)}, {"mb", limits.bytes / 1'000'000}, {"file", sample.set.first_unreadable}};
  if (sample.set.files == 0 && sample.set.unreadable == 0) throw Error(ErrorCode::refused, tr("There is no file in “{path}”, so nothing can be restored and compared.", args));
  if (sample.too_large > 0) throw Error(ErrorCode::refused, tr("Every file in “{path}” that can be read is larger than {mb} MB: allow a larger sample.", args));
  if (sample.set.unreadable > 0) throw Error(ErrorCode::io, tr("No file in “{path}” may be read (“{file}” is the first).", args));
  throw Error(ErrorCode::refused, tr("Every file in “{path}” changes while it is read: choose a folder that rests.", args));
}

}  // namespace

std::int64_t recommended_bytes(std::int64_t whole) {
  constexpr std::int64_t share = 20, least = 500'000'000;
  return std::min(whole, std::clamp(whole / share, least, most_recommended_bytes));
}

FileSample choose_sample(const std::string& folder, const SampleLimits& asked, const std::stop_token& stop, const OnFileProgress& progress) {
  auto limits = asked;
  limits.files = std::clamp<std::size_t>(limits.files, 1, most_files);
  const OpenFolder root(folder);
  FileSample sample;
  sample.folder = root.identity();
  Lot lot(limits.seed);
  Candidates settled(limits.files), touched(limits.files), fresh(limits.files);
  FileProgress walked;
  sample.set = walk_files(folder, most_entries, stop, [&](const FolderEntry& file) {
    if (progress && ++walked.files % step == 0) progress(walked);
    if (file.bytes > limits.bytes) {
      ++sample.too_large;
      return;
    }
    const auto rests = [&](Instant at) { return !limits.settled_before || at <= limits.settled_before; };
    (!rests(file.modified) ? fresh : rests(file.written) ? settled : touched).offer(file, limits.now, lot);
  });
  if (limits.enough <= 0) limits.enough = recommended_bytes(sample.set.bytes);
  sample.stopped = sample.set.stopped;
  if (sample.stopped) return sample;
  take(root, settled.in_order(lot), limits, true, sample, stop, progress);
  if (sample.files.empty() && !sample.stopped) take(root, touched.in_order(lot), limits, true, sample, stop, progress);  // a new owner or place leaves the contents as they were
  sample.any_settled = !sample.files.empty();
  if (sample.files.empty() && !sample.stopped) take(root, fresh.in_order(lot), limits, false, sample, stop, progress);
  if (sample.files.empty() && !sample.stopped) refuse(sample, folder, limits);
  std::sort(sample.files.begin(), sample.files.end(), [](const SampledFile& a, const SampledFile& b) { return a.path < b.path; });
  return sample;
}

}  // namespace mainstay
