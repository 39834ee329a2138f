// SPDX-License-Identifier: MIT
// Internal to probe: reading files below a folder without ever leaving it through a link.
#pragma once
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/date.h"

namespace mainstay {

/// Which folder or file it is, whatever it is called.
struct FileIdentity {
  std::uint64_t device = 0, number = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// A file below a folder, read to its end.
struct HashedFile {
  enum class State : std::uint8_t { read, missing, link, not_a_file, unreadable, changing, stopped };
  State state = State::missing;
  std::string sha256;
  std::int64_t bytes = 0;
  Instant modified, written;  ///< contents; and contents or attributes, which no restore can set back
  Instant born;               ///< unset where the file system does not say; tells a new file from an old one that had the same number
  FileIdentity identity;
};

/// An open folder.
class OpenFolder {
 public:
  /// Throws Error{missing_file, io} that names it.
  explicit OpenFolder(const std::string& path);
  ~OpenFolder();
  OpenFolder(const OpenFolder&) = delete;
  OpenFolder& operator=(const OpenFolder&) = delete;

  FileIdentity identity() const { return identity_; }
  Instant born() const { return born_; }
  /// SHA-256 of the file at a relative path, in blocks; no link in the path is followed, and nothing but a plain file is opened. `read` is told
  /// the bytes of each block.
  HashedFile hash(const std::string& path, const std::stop_token& stop, const std::function<void(std::int64_t)>& read) const;
  /// True where something of that path is there, links not followed.
  bool has(const std::string& path) const;

 private:
  int open_below(const std::string& path, int flags, HashedFile::State& trouble) const;
  int handle_ = -1;
  FileIdentity identity_;
  Instant born_;
};

/// True for a relative path of plain names: no empty part, no `.` or `..`, no NUL, at most 4,000 bytes.
bool is_plain_path(const std::string& path);

/// One thing in a folder.
struct FolderEntry {
  std::string path;  ///< relative to where the walk began
  std::int64_t bytes = 0;
  Instant modified, written;
  std::int64_t written_ns = 0;  ///< `written`, as fine as the file system keeps it, since 1970
};
/// What a walk met beside plain files.
struct FolderTotals {
  std::int64_t files = 0, bytes = 0;
  std::int64_t links = 0, special = 0, unreadable = 0, other_disks = 0;
  std::string first_unreadable;
  bool cut_short = false;  ///< there was more than the limit
  bool stopped = false;
};
/// When a file was born, in nanoseconds since 1970; 0 where the file system does not say. Links are not followed.
std::int64_t born_ns(const std::string& path);
/// Calls `visit` for each plain file below, folder by folder in the order of their names; links are counted and not followed, other disks not entered. Ends
/// at `most` entries. Throws Error where the folder itself cannot be read.
FolderTotals walk_files(const std::string& folder, std::int64_t most, const std::stop_token& stop, const std::function<void(FolderEntry)>& visit);

}  // namespace mainstay
