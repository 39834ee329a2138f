// SPDX-License-Identifier: MIT
#include "core/base/embedded.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "core/base/error.h"
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

std::vector<std::string> read_templates(std::string_view folder, const std::function<void(std::string_view, const std::string&, const std::string&)>& read) {
  std::vector<std::string> troubles;
  for (const auto& path : template_paths(folder)) {
    const auto name = path.substr(folder.size() + 1);
    if (!path.ends_with(".xml") || name.find('/') != std::string::npos) continue;
    const auto own = (fs::path(override_folder()) / path).string();
    std::error_code error;
    if (fs::is_regular_file(own, error)) {
      try {
        read(read_file(own, 16 << 20), own, name);
        continue;
      } catch (const Error& refused) {
        troubles.emplace_back(refused.what());
      }
    }
    for (const auto& file : embedded_files())
      if (file.path.starts_with(root) && file.path.substr(root.size()) == path) read(file.bytes, path, name);
  }
  return troubles;
}

bool has_own_templates() {
  std::error_code error;
  return fs::is_directory(override_folder(), error);
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
