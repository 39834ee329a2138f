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

/// Names whose values open something: sessions of DSM and QNAP, tokens of CrashPlan, Duplicati, Backblaze and others.
constexpr std::string_view telling_names[] = {"access_token", "refresh_token", "v3_user_token", "authorizationtoken", "accesstoken", "token", "authsid", "_sid", "sid", "synotoken",
                                              "x-api-key", "api_key", "apikey", "password", "passwd", "pwd", "secret", "bearer", "authorization", "set-cookie", "did", "device_id"};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; }

/// The length of a telling name that begins at `at` and stands alone; 0 where there is none.
std::size_t telling_name_at(std::string_view folded, std::size_t at) {
  if (at > 0 && is_word(folded[at - 1])) return 0;
  std::size_t longest = 0;
  for (const auto name : telling_names) {
    const bool whole = folded.substr(at, name.size()) == name && (at + name.size() >= folded.size() || !is_word(folded[at + name.size()]));
    if (whole) longest = std::max(longest, name.size());
  }
  return longest;
}

/// Where the value after a name begins: past `": "`, `=`, `><![CDATA[` and the like; npos where no value follows.
std::size_t value_after(std::string_view text, std::size_t at) {
  constexpr std::string_view cdata = "<![CDATA[";
  bool joined = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == ':' || c == '=' || c == '>') joined = true;
    else if (text.substr(at, cdata.size()) == cdata) at += cdata.size() - 1;
    else if (c != '"' && c != '\'' && c != ' ' && c != '\t') break;
  }
  return joined && at < text.size() ? at : std::string_view::npos;
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

std::string without_tokens(std::string_view text) {
  const auto folded = lower_case(text);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto name = telling_name_at(folded, at);
    const auto value = name ? value_after(text, at + name) : std::string_view::npos;
    if (value == std::string_view::npos) {
      result += text[at++];
      continue;
    }
    auto end = value;
    const bool header = folded.substr(value, 7) == "bearer " || folded.substr(value, 6) == "basic ";
    while (end < text.size() && std::string_view("\"'<>&;,}]\r\n").find(text[end]) == std::string_view::npos && (header || text[end] != ' ')) ++end;
    result += text.substr(at, value - at);
    if (end > value) result += "•••";
    at = end;
  }
  return result;
}

}  // namespace mainstay
