// SPDX-License-Identifier: MIT
#include "core/probe/restore_compare.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

using State = HashedFile::State;
constexpr std::int64_t most_entries = 5'000'000, most_looked_at = 20'000;
constexpr std::int64_t slack_seconds = 10;  // clocks of servers, and file systems that keep times to two seconds
constexpr int deepest_root = 16;
constexpr std::size_t enough_files = 200;  // to tell one folder from another

std::size_t found_below(const std::string& root, const RestoreClaim& claim) {
  try {
    const OpenFolder folder(root);
    std::size_t found = 0;
    for (std::size_t i = 0; i < std::min(enough_files, claim.files.size()); ++i) found += folder.has(claim.files[i].path);
    return found;
  } catch (const Error&) {
    return 0;  // not a folder, or not ours to read: not the one
  }
}

/// The numbers of deleted files are given away again: one that was born since the clock started is a new one.
bool is_new(Instant born, Instant started) { return born && born > started; }

bool is_original(const OpenFolder& folder, const RestoreClaim& claim) { return folder.identity() == claim.identity && !is_new(folder.born(), claim.started); }

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(fs::symlink_status(path, error));
}

/// Folders that may be the sample's own, restored: the one named; below it the old path or its ends; then any folder of the same name.
std::vector<std::string> likely_roots(const RestoreClaim& claim) {
  std::vector<std::string> roots{claim.at};
  std::vector<fs::path> parts;
  for (const auto& part : fs::path(claim.folder).relative_path()) parts.push_back(part);
  for (std::size_t from = 0; from < parts.size(); ++from) {
    fs::path below(claim.at);
    for (std::size_t i = from; i < parts.size(); ++i) below /= parts[i];
    if (is_folder(below)) roots.push_back(below.string());
  }
  if (parts.empty()) return roots;
  const auto name = fs::path(claim.folder).filename();
  std::int64_t looked = 0;
  std::error_code error;
  auto each = fs::recursive_directory_iterator(claim.at, fs::directory_options::skip_permission_denied, error);
  for (; !error && each != fs::recursive_directory_iterator() && looked < most_looked_at; each.increment(error), ++looked) {
    if (each.depth() >= deepest_root) each.disable_recursion_pending();
    if (each->path().filename() == name && is_folder(each->path())) roots.push_back(each->path().string());
  }
  return roots;
}

std::string root_of(const RestoreClaim& claim) {
  if (is_original(OpenFolder(claim.at), claim))
    throw Error(ErrorCode::refused, tr("“{path}” is the folder that the sample was taken from, so it proves nothing: restore into another folder and name that one.", {{"path", clean_utf8(claim.at)}}));
  std::string best;
  std::size_t most = 0;
  bool original = false;
  for (const auto& root : likely_roots(claim)) {
    const auto found = found_below(root, claim);
    if (found <= most) continue;
    if (is_original(OpenFolder(root), claim)) {
      original = true;
      continue;
    }
    most = found;
    best = root;
  }
  if (!best.empty()) return best;
  const Args args{{"path", clean_utf8(claim.at)}, {"file", clean_utf8(claim.files.empty() ? std::string() : claim.files.front().path)}};
  if (original) throw Error(ErrorCode::refused, tr("In “{path}” lies only the folder that the sample was taken from, so it proves nothing: restore into another folder and name that one.", args));
  throw Error(ErrorCode::refused, tr("Nothing of the sample is in “{path}”: name the folder that holds “{file}” or one above it. The clock goes on.", args));
}

std::string reason_of(State state) {
  switch (state) {
    case State::link: return tr("a link came back in its place");
    case State::not_a_file: return tr("something else than a file came back in its place");
    case State::unreadable: return tr("it may not be read");
    case State::changing: return tr("it is still being written");
    default: return {};
  }
}

void count_different(RestoreComparison& seen, const SampledFile& file, const std::string& why) {
  if (!file.settled && why.empty()) {
    ++seen.unsettled;
    return;
  }
  if (seen.different++ > 0) return;
  seen.first_different = file.path;
  seen.why_different = why;
}

void count(RestoreComparison& seen, const RestoreClaim& claim, const SampledFile& file, const HashedFile& came) {
  if (came.state == State::missing) {
    if (!file.settled) ++seen.unsettled;
    else if (seen.missing++ == 0) seen.first_missing = file.path;
    return;
  }
  if (came.state != State::read) {
    seen.unreadable += came.state == State::unreadable;
    count_different(seen, file, reason_of(came.state));
    return;
  }
  if (came.identity == file.identity && !is_new(came.born, claim.started)) {
    count_different(seen, file, tr("it is the original itself under another path"));
    return;
  }
  if (came.written.seconds + slack_seconds < claim.started.seconds) ++seen.old;
  if (came.sha256 != file.sha256) count_different(seen, file, {});
  else if (seen.same++ == 0) seen.first_same = file.path;
}

}  // namespace

RestoreComparison compare_restored(const RestoreClaim& claim, const std::stop_token& stop, const OnFileProgress& progress) {
  RestoreComparison seen;
  seen.root = root_of(claim);
  const OpenFolder folder(seen.root);
  FileProgress now;
  for (const auto& file : claim.files) now.bytes_total += file.bytes;
  std::set<std::string> named;
  for (const auto& file : claim.files) {
    named.insert(file.path);
    const auto came = folder.hash(file.path, stop, [&](std::int64_t bytes) {
      now.bytes += bytes;
      if (progress) progress(now);
    });
    if (came.state == State::stopped) {
      seen.stopped = true;
      return seen;
    }
    count(seen, claim, file, came);
    ++now.files;
    if (progress) progress(now);
  }
  const auto totals = walk_files(seen.root, most_entries, stop, [&](const FolderEntry& file) {
    if (file.written.seconds + slack_seconds < claim.started.seconds) return;
    ++seen.came_files;
    seen.came_bytes += file.bytes;
    seen.last_written = std::max(seen.last_written, file.written);
    if (!named.contains(file.path) && seen.extra++ == 0) seen.first_extra = file.path;
  });
  seen.stopped = totals.stopped;
  if (!seen.stopped && seen.came_files == 0 && seen.old > 0)
    throw Error(ErrorCode::refused, tr("Everything in “{path}” was there before the clock was started, so it is not what this restore brought back. The clock goes on.", {{"path", clean_utf8(seen.root)}}));
  return seen;
}

}  // namespace mainstay
