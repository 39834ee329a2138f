// SPDX-License-Identifier: MIT
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace mainstay {

/// Like write_file, for this user's eyes alone: the file is made so, and one that others may read is closed to them before anything is written into it. Its folder is made where
/// it is missing. Throws Error{io, refused}.
void write_private_file(const std::string& path, std::string_view bytes);

/// Keeps other programs of this user from changing a file for as long as it lives. Several in one program keep each other out as well.
class FileLock {
 public:
  /// Locks a file beside `path`, which stays there empty; waits for at most `patience`.
  explicit FileLock(const std::string& path, std::chrono::milliseconds patience = std::chrono::seconds(5));
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool held() const { return descriptor_ >= 0; }
  bool busy() const { return busy_; }  ///< another holds it; where it is neither, there was no place for the lock

 private:
  int descriptor_ = -1;
  bool busy_ = false;
};

}  // namespace mainstay
