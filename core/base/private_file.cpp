// SPDX-License-Identifier: MIT
#include "core/base/private_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::milliseconds between_tries{10};
constexpr mode_t mine_alone = 0600;

void make_folder_of(const std::string& path) {
  std::error_code error;
  if (const auto folder = fs::path(path).parent_path(); !folder.empty()) fs::create_directories(folder, error);  // where it fails, opening the file does too
}

}  // namespace

void write_private_file(const std::string& path, std::string_view bytes) {
  make_folder_of(path);
  if (const int made = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mine_alone); made >= 0) ::close(made);  // write_file keeps a file's rights
  struct stat status {};
  const bool open_to_others = ::stat(path.c_str(), &status) == 0 && (status.st_mode & 0777) != mine_alone;
  if (open_to_others && ::chmod(path.c_str(), mine_alone) != 0) throw Error(ErrorCode::io, tr("“{path}” could not be made yours alone, so nothing was written into it.", {{"path", path}}));
  write_file(path, bytes);
}

FileLock::FileLock(const std::string& path, std::chrono::milliseconds patience) {
  make_folder_of(path);
  descriptor_ = ::open((path + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, mine_alone);
  if (descriptor_ < 0) return;
  const auto until = std::chrono::steady_clock::now() + patience;
  while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= until) {
      busy_ = errno == EWOULDBLOCK;
      ::close(descriptor_);
      descriptor_ = -1;
      return;
    }
    std::this_thread::sleep_for(between_tries);
  }
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);  // which lets go of the lock
}

}  // namespace mainstay
