// SPDX-License-Identifier: MIT
#include "core/probe/refused_logins.h"

#include <sys/stat.h>

#include <filesystem>
#include <mutex>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_file = std::size_t(1) << 20, most_lines = 2000, where_digits = 32;
constexpr std::size_t secret_digits = 4;  // enough to notice that it is another one, too little to find it by
constexpr std::string_view key_mark = "key:";

std::string refused_file() { return user_data_directory() + "/refused-logins"; }

/// One line: a salt, a hash of address and account, the start of a hash of the secret.
std::string where_hash(const std::string& salt, const Probe& probe) {
  return sha256_hex(salt + "\n" + std::string(trimmed(probe.url)) + "\n" + std::string(trimmed(probe.account))).substr(0, where_digits);
}

/// What the secret is made of: also the time of the key file that it names, and that key's passphrase.
std::string secret_hash(const std::string& salt, const Probe& probe, const Secrets& secrets) {
  const auto ask = [&](const std::string& name) { return name.empty() || !secrets ? std::string() : secrets(name).value_or(""); };
  auto secret = ask(probe.secret_name);
  if (secret.starts_with(key_mark)) {
    struct stat status {};
    const std::string path(trimmed(std::string_view(secret).substr(key_mark.size())));
    if (::stat(path.c_str(), &status) == 0) secret += "\n" + std::to_string(status.st_mtime) + "\n" + std::to_string(status.st_size);
    secret += "\n" + ask(probe.secret_name + "-passphrase");
  }
  return sha256_hex(salt + "\n" + secret).substr(0, secret_digits);
}

std::vector<std::string> lines_now() {
  std::error_code error;
  if (!fs::is_regular_file(refused_file(), error)) return {};
  return split(read_file(refused_file(), largest_file), '\n');
}

/// True where a line is about this probe's address and account.
bool is_about(const std::string& line, const Probe& probe) {
  const auto parts = split(line, ' ');
  return parts.size() == 3 && parts[1] == where_hash(parts[0], probe);
}

}  // namespace

bool is_refused_login(const Probe& probe, const Secrets& secrets) {
  try {
    for (const auto& line : lines_now())
      if (is_about(line, probe)) {
        const auto parts = split(line, ' ');
        return parts[2] == secret_hash(parts[0], probe, secrets);
      }
  } catch (const Error&) {  // what cannot be looked up holds nobody back: the probe itself says what is wrong
  }
  return false;
}

bool remember_login(const Probe& probe, const Secrets& secrets, bool refused) {
  static std::mutex guard;
  const std::lock_guard lock(guard);
  if (refused && is_refused_login(probe, secrets)) return true;
  try {
    auto lines = lines_now();
    const auto before = lines.size();
    std::erase_if(lines, [&](const std::string& line) { return is_about(line, probe); });
    if (!refused && lines.size() == before) return true;
    if (refused) {
      const auto salt = new_uuid();
      lines.push_back(salt + " " + where_hash(salt, probe) + " " + secret_hash(salt, probe, secrets));
    }
    if (lines.size() > most_lines) lines.erase(lines.begin());
    std::error_code error;
    fs::create_directories(user_data_directory(), error);
    write_file(refused_file(), lines.empty() ? std::string() : join(lines, "\n") + "\n");
    fs::permissions(refused_file(), fs::perms::owner_read | fs::perms::owner_write, error);
    return true;
  } catch (const Error&) {  // then waiting longer after each failure has to do
    return false;
  }
}

}  // namespace mainstay
