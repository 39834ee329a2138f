// SPDX-License-Identifier: MIT
#include "core/probe/secrets.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/private_file.h"
#include "core/base/text.h"
#include "core/probe/keyring.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_secrets_file = 1 << 20;
constexpr std::chrono::seconds remembered{30};
constexpr std::size_t long_secret = 6;  ///< so long, it is in none of our sentences by chance
constexpr std::string_view mask = "•••";

/// Grows whenever this program keeps or forgets a secret: what the keyring said before does not count then.
std::atomic<int> secrets_changed = 0;

/// What the keyring said lately, so that three hundred probes of one account ask it once.
class Asked {
 public:
  std::optional<std::string> get(const std::string& name) {
    const std::lock_guard lock(guard_);  // held while asking: the others want the same answer
    if (const int changed = secrets_changed; std::exchange(seen_, changed) != changed) answers_.clear();
    auto& known = answers_[name];
    const auto now = std::chrono::steady_clock::now();
    if (known.at == std::chrono::steady_clock::time_point() || now - known.at > remembered) known = {keyring_secret(name), std::chrono::steady_clock::now()};
    return known.secret;
  }

 private:
  struct Answer {
    std::optional<std::string> secret;
    std::chrono::steady_clock::time_point at;
  };
  std::mutex guard_;
  std::map<std::string, Answer> answers_;
  int seen_ = 0;
};

/// The name that a line of the file gives its secret to; empty for comments and other lines.
std::string_view name_in(std::string_view line) {
  const auto equals = line.find('=');
  return equals == std::string_view::npos || trimmed(line).starts_with("#") ? std::string_view() : trimmed(line.substr(0, equals));
}

/// The file's lines without those for `name`.
std::vector<std::string> other_lines(const std::string& path, const std::string& name, bool& had) {
  std::vector<std::string> lines;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return lines;
  const auto text = read_file(path, largest_secrets_file);
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (name_in(line) == name) had = true;
    else lines.emplace_back(line);
  }
  return lines;
}

void write_lines(const std::string& path, const std::vector<std::string>& lines) {
  write_private_file(path, join(lines, "\n") + "\n");
}

bool forget_in_file(const std::string& name) {
  bool had = false;
  const auto lines = other_lines(secrets_file(), name, had);
  if (had) write_lines(secrets_file(), lines);
  return had;
}

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
    if (!name_in(line).empty() && name_in(line) == name) return std::string(line.substr(line.find('=') + 1));
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
  return [asked = std::make_shared<Asked>()](const std::string& name) -> std::optional<std::string> {
    if (name.empty()) return {};
    if (const char* set = std::getenv(secret_variable(name).c_str()); set && *set) return std::string(set);
    if (auto kept = secret_in_file(secrets_file(), name)) return kept;
    return asked->get(name);
  };
}

std::string keep_secret(const std::string& name, const std::string& secret) {
  if (name.empty() || name != trimmed(name) || !is_clean_utf8(name) || name.find_first_of("=#\n\t") != std::string::npos)
    throw Error(ErrorCode::bad_value, tr("“{name}” cannot name a secret: take letters, digits and dashes.", {{"name", shortened(clean_utf8(name), 60)}}));
  if (secret.empty() || secret.find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos) throw Error(ErrorCode::bad_value, tr("A secret is one line that is not empty."));
  bool had = false;
  if (has_keyring()) {
    try {
      keep_in_keyring(name, secret);
      forget_in_file(name);  // an old one there would be found first
      ++secrets_changed;
      return tr("The secret “{name}” is kept in this user's keyring.", {{"name", name}});
    } catch (const Error& problem) {
      if (problem.code() != ErrorCode::io) throw;  // locked, or nobody signed in at a desktop: the file will do
    }
  }
  auto lines = other_lines(secrets_file(), name, had);
  lines.push_back(name + "=" + secret);
  write_lines(secrets_file(), lines);
  return tr("The secret “{name}” is kept in “{file}”, which only you may read.", {{"name", name}, {"file", secrets_file()}});
}

bool forget_secret(const std::string& name) {
  const bool filed = forget_in_file(name);
  ++secrets_changed;
  return forget_in_keyring(name) || filed;
}

std::string where_secret_is(const std::string& name) {
  if (const char* set = std::getenv(secret_variable(name).c_str()); set && *set) return tr("The secret “{name}” is in the environment, as {variable}.", {{"name", name}, {"variable", secret_variable(name)}});
  if (secret_in_file(secrets_file(), name)) return tr("The secret “{name}” is in “{file}”.", {{"name", name}, {"file", secrets_file()}});
  if (keyring_secret(name)) return tr("The secret “{name}” is in this user's keyring.", {{"name", name}});
  return {};
}

std::string without_secret(std::string text, const std::string& secret) {
  if (secret.empty()) return text;
  for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + mask.size())) text.replace(at, secret.size(), mask);
  return text;
}

std::string sentence_without_secret(std::string sentence, const std::string& secret) {
  if (secret.empty()) return sentence;
  if (secret.size() >= long_secret) return without_secret(std::move(sentence), secret);
  const auto is_letter = [&](std::size_t at) { return at < sentence.size() && (is_word(lower_case(sentence.substr(at, 1)).front()) || (sentence[at] & 0x80)); };
  std::string result;
  int depth = 0;
  for (std::size_t at = 0; at < sentence.size();) {
    const auto rest = std::string_view(sentence).substr(at);
    if (rest.starts_with("“")) ++depth;
    if (rest.starts_with("”")) depth = std::max(0, depth - 1);
    const bool alone = (at == 0 || !is_letter(at - 1) || result.ends_with("“")) && (!is_letter(at + secret.size()) || rest.substr(secret.size()).starts_with("”"));
    if (depth > 0 && rest.starts_with(secret) && (secret.size() > 2 || alone)) {
      result += mask;
      at += secret.size();
    } else {
      result += sentence[at++];
    }
  }
  return result;
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
