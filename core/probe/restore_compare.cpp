// SPDX-License-Identifier: MIT
#include "core/probe/restore_compare.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/restore_root.h"

namespace mainstay {
namespace {

using State = HashedFile::State;
constexpr std::int64_t most_entries = 5'000'000;
constexpr std::int64_t slack_seconds = 10;  // clocks of servers, and file systems that keep times to two seconds

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
  const auto place = restored_root(claim, stop);
  seen.root = place.root;
  seen.dropped = place.dropped;
  if (stop.stop_requested()) {
    seen.stopped = true;
    return seen;
  }
  const OpenFolder folder(seen.root);
  FileProgress now;
  for (const auto& file : claim.files) now.bytes_total += file.bytes;
  std::set<std::string> named;
  for (const auto& file : claim.files) {
    // What the restore left away from the front of the path is left away here; a file outside of it did not come to this place.
    const bool there = place.dropped.empty() || file.path.starts_with(place.dropped + "/");
    const auto path = place.dropped.empty() || !there ? file.path : file.path.substr(place.dropped.size() + 1);
    if (there) named.insert(path);
    const auto came = !there ? HashedFile() : folder.hash(path, stop, [&](std::int64_t bytes) {
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
    seen.files.push_back({born_ns(seen.root + "/" + file.path), file.written_ns, file.bytes});
    if (!named.contains(file.path) && seen.extra++ == 0) seen.first_extra = file.path;
  });
  seen.stopped = totals.stopped;
  if (!seen.stopped && seen.came_files == 0 && seen.old > 0)
    throw Error(ErrorCode::refused, tr("Everything in “{path}” was there before the clock was started, so it is not what this restore brought back. The clock goes on.", {{"path", clean_utf8(seen.root)}}));
  return seen;
}

}  // namespace mainstay
