// SPDX-License-Identifier: MIT
#include "core/probe/known_hosts.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdlib>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_file = std::size_t(4) << 20;

std::string decoded_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  bytes.resize(static_cast<std::size_t>(size) - (text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0));
  return bytes;
}

/// `|1|salt|hash`: HMAC-SHA1 of the name under the salt, both base64.
bool matches_hash(std::string_view pattern, const std::string& name) {
  const auto parts = split(pattern, '|');
  if (parts.size() != 3 || parts[0] != "1") return false;
  const auto salt = decoded_base64(parts[1]), wanted = decoded_base64(parts[2]);
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (salt.empty() || !HMAC(EVP_sha1(), salt.data(), static_cast<int>(salt.size()), reinterpret_cast<const unsigned char*>(name.data()), name.size(), sum, &length)) return false;
  return wanted == std::string_view(reinterpret_cast<const char*>(sum), length);
}

bool matches(std::string_view patterns, const std::string& name) {
  if (patterns.starts_with('|')) return matches_hash(patterns, name);
  bool found = false;
  for (const auto& pattern : split(lower_case(patterns), ',')) {
    if (pattern.starts_with('!')) {
      if (matches_wildcard(std::string_view(pattern).substr(1), name)) return false;
    } else {
      found = found || matches_wildcard(pattern, name);
    }
  }
  return found;
}

/// The kind of a key, which its bytes begin with: four bytes of length, then the name.
std::string_view kind_of(std::string_view key) {
  if (key.size() < 4) return {};
  std::size_t length = 0;
  for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(key[static_cast<std::size_t>(i)]);
  return length <= key.size() - 4 ? key.substr(4, length) : std::string_view();
}

}  // namespace

KnownHost look_up_host(std::string_view text, const std::string& host, const std::string& port, std::string_view key, std::string* other) {
  auto name = lower_case(host);
  if (name.size() > 2 && name.front() == '[') name = name.substr(1, name.size() - 2);
  if (port != "22" && !port.empty()) name = "[" + name + "]:" + port;
  const auto kind = kind_of(key);
  auto result = KnownHost::unknown;
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = std::string(trimmed(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;
    for (char& c : line)
      if (c == '\t') c = ' ';
    auto words = split(line, ' ');
    const auto marker = words.front().starts_with('@') ? words.front() : std::string();
    if (!marker.empty()) words.erase(words.begin());
    if (words.size() < 3 || (!marker.empty() && marker != "@revoked") || !matches(words[0], name)) continue;
    const auto listed = decoded_base64(words[2]);
    const bool same = listed == key;
    if (!marker.empty()) {
      if (same) return KnownHost::revoked;
    } else if (same) {
      result = KnownHost::known;
    } else if (words[1] == kind && result == KnownHost::unknown) {
      result = KnownHost::changed;
      if (other) *other = ssh_fingerprint(listed);
    }
  }
  return result;
}

KnownHost look_up_host(const std::string& host, const std::string& port, std::string_view key, std::string* other) {
  std::string text;
  const char* home = std::getenv("HOME");
  for (const auto& path : {home && *home ? std::string(home) + "/.ssh/known_hosts" : std::string(), std::string("/etc/ssh/ssh_known_hosts")}) {
    if (path.empty()) continue;
    try {
      text += read_file(path, largest_file) + "\n";
    } catch (const Error& problem) {
      if (problem.code() != ErrorCode::missing_file) return KnownHost::unknown;  // what cannot be read vouches for nobody
    }
  }
  return look_up_host(text, host, port, key, other);
}

std::string ssh_fingerprint(std::string_view key) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (EVP_Digest(key.data(), key.size(), sum, &length, EVP_sha256(), nullptr) != 1) return {};
  auto text = base64({reinterpret_cast<const char*>(sum), length});
  while (text.ends_with('=')) text.pop_back();
  return "SHA256:" + text;
}

}  // namespace mainstay
