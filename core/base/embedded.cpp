// SPDX-License-Identifier: MIT
#include "core/base/embedded.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/base/file.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

std::string override_folder() {
  if (const char* set = std::getenv("MAINSTAY_TEMPLATES"); set && *set) return set;
  return user_data_directory() + "/templates";
}

constexpr std::string_view root = "templates/";

}  // namespace

std::optional<std::string> template_text(std::string_view path) {
  const auto own = fs::path(override_folder()) / path;
  std::error_code error;
  if (path.find("..") == std::string_view::npos && fs::is_regular_file(own, error)) return read_file(own.string(), 16 << 20);
  for (const auto& file : embedded_files())
    if (file.path.starts_with(root) && file.path.substr(root.size()) == path) return std::string(file.bytes);
  return {};
}

std::vector<std::string> template_paths(std::string_view folder) {
  std::set<std::string> paths;
  const auto prefix = std::string(folder) + "/";
  for (const auto& file : embedded_files())
    if (file.path.starts_with(root) && file.path.substr(root.size()).starts_with(prefix)) paths.emplace(file.path.substr(root.size()));
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(fs::path(override_folder()) / folder, error))
    if (entry.is_regular_file(error)) paths.insert(prefix + entry.path().filename().string());
  return {paths.begin(), paths.end()};
}

}  // namespace mainstay
