// SPDX-License-Identifier: MIT
#include "core/author.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

std::string settings_file() { return user_config_directory() + "/author"; }

std::string given_author() {
  if (const char* set = std::getenv("MAINSTAY_AUTHOR"); set && *set) return clean_utf8(trimmed(set));
  std::error_code error;
  if (!fs::is_regular_file(settings_file(), error)) return {};
  return clean_utf8(trimmed(read_file(settings_file(), 4096)));
}

}  // namespace

bool author_was_given() { return !given_author().empty(); }

std::string known_author() {
  if (auto author = given_author(); !author.empty()) return author;
  if (const auto* account = getpwuid(getuid())) return clean_utf8(account->pw_name);
  return tr("unknown");
}

void keep_author(const std::string& name) {
  fs::create_directories(user_config_directory());
  write_file(settings_file(), std::string(trimmed(name)) + "\n");
}

}  // namespace mainstay
