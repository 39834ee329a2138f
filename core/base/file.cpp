// SPDX-License-Identifier: MIT
#include "core/base/file.h"

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

void write_file(const std::string& path, std::string_view bytes) {
  const auto aside = path + "." + new_uuid().substr(0, 8) + ".part";
  const auto fail = [&](const char*) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    throw Error(ErrorCode::io, tr("“{path}” could not be written: check the folder, your rights and the free space.", {{"path", path}}));
  };
  if (fs::is_directory(path)) throw Error(ErrorCode::io, tr("“{path}” is a folder: give the name of a file.", {{"path", path}}));
  {
    std::ofstream out(aside, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) fail("write");
  }
  std::error_code error;
  fs::rename(aside, path, error);
  if (error) fail("rename");
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
