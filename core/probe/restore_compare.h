// SPDX-License-Identifier: MIT
#pragma once
#include "core/model/restore_cost.h"
#include "core/probe/restore_sample.h"

namespace mainstay {

/// What a restore brought back, held against the sample.
struct RestoreComparison {
  std::string root;  ///< the folder under which the sample's paths were found: tools often put a file's whole old path below the target
  std::string dropped; ///< folders that the restore left away from the front of the sample's paths
  std::int64_t same = 0, different = 0, missing = 0;
  std::int64_t unsettled = 0;  ///< different or missing, but changed after the backup's newest point: says nothing against it
  std::int64_t unreadable = 0; ///< came back and cannot be read; counted as different
  std::string first_same, first_different, first_missing, first_extra;
  std::string why_different;   ///< of the first, where it is a link, the original itself, or cannot be read
  std::int64_t came_files = 0, came_bytes = 0;  ///< everything written below the root since the clock started
  std::int64_t extra = 0;      ///< of those, files that the sample does not name
  std::int64_t old = 0;        ///< of the sample's, files that were there before the clock started
  std::vector<CameFile> files; ///< all that came, for what they cost
  Instant last_written;        ///< of what came; unset where nothing did
  bool stopped = false;
};

/// What is compared with what.
struct RestoreClaim {
  std::string at;          ///< the folder that somebody says it came back in
  std::string folder;      ///< where the sample was taken, as it was then
  FileIdentity identity;   ///< of that folder
  std::vector<SampledFile> files;
  Instant started;
};

/// Finds the sample below `at` and compares every file by SHA-256; sizes and dates prove nothing. A link in the place of a file, and a file that is the very
/// original, is different. Throws Error{refused} where `at` is the folder that the sample was taken from, where none of the sample is found or two places fit it, and where all of it was there before the clock started.
RestoreComparison compare_restored(const RestoreClaim& claim, const std::stop_token& stop = {}, const OnFileProgress& progress = {});

}  // namespace mainstay
