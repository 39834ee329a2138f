// SPDX-License-Identifier: MIT
#include "core/probe/allowed_commands.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {

std::string allowed_commands_file() { return user_config_directory() + "/allowed-commands"; }

bool is_allowed_command(const std::string& line) {
  struct stat status {};
  const auto path = allowed_commands_file();
  if (stat(path.c_str(), &status) != 0 || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0) return false;
  const auto allowed = split(read_file(path, 1 << 20), '\n');
  return std::find(allowed.begin(), allowed.end(), std::string(trimmed(line))) != allowed.end();
}

void allow_command(const std::string& line) {
  const std::string wanted(trimmed(line));
  if (wanted.empty() || wanted.find('\n') != std::string::npos) throw Error(ErrorCode::bad_value, tr("A command is one line."));
  if (is_allowed_command(wanted)) return;
  const auto path = allowed_commands_file();
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  auto lines = std::filesystem::exists(path, error) ? read_file(path, 1 << 20) : std::string();
  if (!lines.empty() && !lines.ends_with('\n')) lines += '\n';
  write_file(path, lines + wanted + "\n");
  chmod(path.c_str(), S_IRUSR | S_IWUSR);
}

}  // namespace mainstay
