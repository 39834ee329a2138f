// SPDX-License-Identifier: MIT
#include "core/probe/secrets.h"

#include <sys/stat.h>

#include <cstdlib>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_secrets_file = 1 << 20;

/// The value of `name` in the file, where there is such a file and line.
std::optional<std::string> secret_in_file(const std::string& path, const std::string& name) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  if (status.st_mode & (S_IRWXG | S_IRWXO))
    throw Error(ErrorCode::refused, tr("The file “{path}” holds secrets and others on this computer may open it, so it was not read. Make it yours alone: chmod 600 “{path}”.",
                                       {{"path", path}}));
  const auto text = read_file(path, largest_secrets_file);
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || trimmed(line).starts_with("#")) continue;
    if (trimmed(line.substr(0, equals)) == name) return std::string(line.substr(equals + 1));
  }
  return {};
}

}  // namespace

std::string secret_variable(const std::string& name) {
  std::string variable = "MAINSTAY_SECRET_" + upper_case(name);
  for (char& c : variable)
    if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9')) c = '_';
  return variable;
}

std::string secrets_file() {
  if (const char* set = std::getenv("MAINSTAY_SECRETS_FILE"); set && *set) return set;
  return user_config_directory() + "/secrets";
}

Secrets system_secrets() {
  return [](const std::string& name) -> std::optional<std::string> {
    if (name.empty()) return {};
    if (const char* set = std::getenv(secret_variable(name).c_str()); set && *set) return std::string(set);
    return secret_in_file(secrets_file(), name);
  };
}

std::string without_secret(std::string text, const std::string& secret) {
  static const std::string mask = "•••";
  if (secret.empty()) return text;
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + mask.size())) text.replace(at, secret.size(), mask);
  return text;
}

}  // namespace mainstay
