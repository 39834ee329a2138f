// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/probe/folder_files.h"

namespace mainstay {

/// A file that a restore is to bring back, and how it is known again.
struct SampledFile {
  std::string path;  ///< relative to the folder, `/` between names, bytes as the system has them
  std::int64_t bytes = 0;
  Instant modified;
  std::string sha256;
  FileIdentity identity;
  bool settled = true;  ///< unchanged since the backup's newest point, so that a difference means something
};

/// How many bytes to restore so that the time of so many can likely be told: a twentieth, at least 500 MB and at most 5 GB, and never more than all. Our choice: at the
/// 10 to 100 MB/s of a disk or NAS, half a minute to some minutes go by while files are written, as long as finding the backup and signing in take.
std::int64_t recommended_bytes(std::int64_t whole);
inline constexpr std::size_t most_recommended_files = 1000;
inline constexpr std::int64_t most_recommended_bytes = 5'000'000'000;

/// How much to sample. The same seed on the same folder gives the same files.
struct SampleLimits {
  std::size_t files = 25;
  std::int64_t bytes = 500'000'000;
  std::int64_t enough = INT64_MAX;  ///< bytes; once there are 25 files with so many, no more are taken. 0 = as recommended_bytes says of the whole folder
  std::uint64_t seed = 1;
  Instant settled_before;  ///< the backup's newest point; unset = not known
  Instant now;             ///< ages are counted back from it
};

/// What was chosen, and of what.
struct FileSample {
  std::vector<SampledFile> files;  ///< in the order of their paths
  std::int64_t bytes = 0;
  FolderTotals set;          ///< the whole folder
  FileIdentity folder;
  std::int64_t too_large = 0, changing = 0;  ///< left out
  bool any_settled = false;  ///< false: everything changed since the newest point, so only what comes back the same says something
  bool stopped = false;
};

/// How far a long reading is; `bytes_total` is 0 while it is not known yet.
struct FileProgress {
  std::int64_t files = 0, bytes = 0, bytes_total = 0;
};
using OnFileProgress = std::function<void(const FileProgress&)>;

/// Chooses files from a folder and hashes them. First one of each class of size (powers of 16 from 4 kB) and age (a week, a quarter, a year, older) that
/// the folder has, so that none is left out; then by lot from all, so that the sample's mix is the folder's. Files that changed after `settled_before` are taken only where there are no others, before them those of which only owner, rights or place changed. Links
/// are not followed, other disks not entered, files that change while they are read left out. Throws Error{missing_file, io, refused} with a sentence where there is nothing to choose from.
FileSample choose_sample(const std::string& folder, const SampleLimits& limits, const std::stop_token& stop = {}, const OnFileProgress& progress = {});

}  // namespace mainstay
