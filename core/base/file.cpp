// SPDX-License-Identifier: MIT
#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;

std::string file_name(const std::string& path) { return fs::path(path).filename().string(); }

std::string read_file(const std::string& path, std::size_t limit) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw Error(ErrorCode::missing_file, tr("There is no file “{path}”.", {{"path", path}}));
  if (fs::is_directory(status)) throw Error(ErrorCode::missing_file, tr("“{path}” is a folder, not a file.", {{"path", path}}));
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::io, tr("The file “{path}” cannot be read.", {{"path", path}}));
  std::string bytes;
  char block[65536];
  while (in.read(block, sizeof block) || in.gcount() > 0) {
    bytes.append(block, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > limit)
      throw Error(ErrorCode::refused, tr("The file “{path}” is larger than {limit} MB and was not read.", {{"path", path}, {"limit", limit >> 20}}));
  }
  return bytes;
}

namespace {

/// Writes every byte and makes it durable; false where the disk or device will not.
bool write_all(const std::string& path, std::string_view bytes, int flags, mode_t mode) {
  const int file = open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, mode);
  if (file < 0) return false;
  bool fine = true;
  while (fine && !bytes.empty()) {
    const auto count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    fine = count > 0;
    if (fine) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (fine && fsync(file) != 0) fine = errno == EINVAL || errno == EROFS;  // devices and pipes have nothing to make durable
  return close(file) == 0 && fine;
}

}  // namespace

bool is_database(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  char start[16] = {};
  in.read(start, sizeof start);
  return std::string_view(start, sizeof start) == std::string_view("SQLite format 3\0", 16);
}

void write_file(const std::string& path, std::string_view bytes) {
  const auto fail = [&] { throw Error(ErrorCode::io, tr("“{path}” could not be written: check the folder, your rights and the free space.", {{"path", path}})); };
  std::error_code error;
  const auto status = fs::status(path, error);
  if (fs::is_directory(status)) throw Error(ErrorCode::io, tr("“{path}” is a folder: give the name of a file.", {{"path", path}}));
  if (fs::exists(status) && !fs::is_regular_file(status)) {  // a device or pipe is written to, never replaced
    if (!write_all(path, bytes, 0, 0)) fail();
    return;
  }
  if (fs::exists(status) && is_database(path)) throw Error(ErrorCode::refused, tr("“{path}” is a plan or another database and was not written over: choose another name.", {{"path", path}}));
  std::error_code ignored;
  auto target = path;
  if (fs::exists(status) && fs::is_symlink(fs::symlink_status(path, ignored))) {
    error.clear();
    target = fs::canonical(path, error).string();
    if (error) fail();
  }
  const auto aside = target + "." + new_uuid().substr(0, 8) + ".part";
  const auto mode = fs::exists(status) ? static_cast<mode_t>(status.permissions()) & 0777 : 0666;
  if (!write_all(aside, bytes, O_CREAT | O_EXCL, mode)) {
    fs::remove(aside, ignored);
    fail();
  }
  fs::rename(aside, target, error);
  if (error) {
    fs::remove(aside, ignored);
    fail();
  }
}

namespace {
std::string directory_from(const char* variable, const char* below_home) {
  if (const char* set = std::getenv(variable); set && *set) return std::string(set) + "/mainstay";
  const char* home = std::getenv("HOME");
  return std::string(home && *home ? home : ".") + below_home + "/mainstay";
}
}  // namespace

std::string user_data_directory() { return directory_from("XDG_DATA_HOME", "/.local/share"); }
std::string user_config_directory() { return directory_from("XDG_CONFIG_HOME", "/.config"); }

}  // namespace mainstay
