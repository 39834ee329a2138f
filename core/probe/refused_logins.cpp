// SPDX-License-Identifier: MIT
#include "core/probe/refused_logins.h"

#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>
#include <vector>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/private_file.h"
#include "core/base/text.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_file = std::size_t(1) << 20, most_lines = 2000, where_digits = 32;
constexpr std::size_t secret_digits = 4;  // enough to notice that it is another one, too little to find it by
constexpr std::string_view key_mark = "key:";

std::string refused_file() { return user_data_directory() + "/refused-logins"; }

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

/// A login that was refused: a hash of its address and account, the start of a hash of its secret. Those of one salt are found at a stroke.
struct Refused {
  std::string salt, where, secret;
};
struct Memory {
  std::vector<Refused> all;  ///< in the order in which they came
  std::map<std::string, std::map<std::string, std::string>> by_salt;
  void add(Refused one) {
    by_salt[one.salt][one.where] = one.secret;
    all.push_back(std::move(one));
  }
  /// The entry about this probe's address and account.
  std::optional<Refused> about(const Probe& probe) const {
    for (const auto& [salt, logins] : by_salt) {
      const auto where = where_hash(salt, probe);
      if (const auto at = logins.find(where); at != logins.end()) return Refused{salt, where, at->second};
    }
    return {};
  }
};

Memory read_memory() {
  Memory memory;
  std::error_code error;
  if (!fs::is_regular_file(refused_file(), error)) return memory;
  for (const auto& line : split(read_file(refused_file(), largest_file), '\n')) {
    const auto parts = split(line, ' ');
    if (parts.size() == 3) memory.add({parts[0], parts[1], parts[2]});
  }
  return memory;
}

/// The memory as last read, and which file that was: it is read again only where another one has taken its place, since many probes ask.
class Kept {
 public:
  /// Throws Error where the file cannot be read.
  const Memory& now() {
    struct stat status {};
    const bool there = ::stat(refused_file().c_str(), &status) == 0;
    const auto which = there ? Which(refused_file(), status.st_dev, status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size) : Which(refused_file(), 0, 0, 0, 0, -1);
    if (which != which_) {
      which_ = {};
      memory_ = there ? read_memory() : Memory();
      which_ = which;
    }
    return memory_;
  }
  std::mutex guard;  ///< of all of it

 private:
  using Which = std::tuple<std::string, dev_t, ino_t, time_t, long, off_t>;
  Which which_;
  Memory memory_;
};

Kept& kept() {
  static Kept one;
  return one;
}

bool is_refused(const Memory& memory, const Probe& probe, const Secrets& secrets) {
  const auto entry = memory.about(probe);
  return entry && entry->secret == secret_hash(entry->salt, probe, secrets);
}

void write_memory(const std::vector<Refused>& all) {
  std::string text;
  for (const auto& one : all) text += one.salt + " " + one.where + " " + one.secret + "\n";
  write_private_file(refused_file(), text);
}

}  // namespace

bool is_refused_login(const Probe& probe, const Secrets& secrets) {
  try {
    const std::lock_guard lock(kept().guard);
    return is_refused(kept().now(), probe, secrets);
  } catch (const Error&) {  // what cannot be looked up holds nobody back: the probe itself says what is wrong
    return false;
  }
}

bool remember_login(const Probe& probe, const Secrets& secrets, bool refused) {
  try {
    const std::lock_guard lock(kept().guard);
    if (refused ? is_refused(kept().now(), probe, secrets) : !kept().now().about(probe)) return true;
    const FileLock others(refused_file());  // between reading and writing no other program writes; one that never ends is not waited for
    auto all = read_memory().all;
    std::erase_if(all, [&](const Refused& one) { return one.where == where_hash(one.salt, probe); });
    if (refused) {
      const auto salt = all.empty() || all.back().salt.size() < new_uuid().size() ? new_uuid() : all.back().salt;  // one for all: each probe is then looked up by one hash
      all.push_back({salt, where_hash(salt, probe), secret_hash(salt, probe, secrets)});
    }
    if (all.size() > most_lines) all.erase(all.begin());
    write_memory(all);
    return true;
  } catch (const Error&) {  // then waiting longer after each failure has to do
    return false;
  }
}

}  // namespace mainstay
