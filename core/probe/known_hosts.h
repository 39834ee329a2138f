// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// What the known_hosts files of this user and this computer say about a host's key.
enum class KnownHost : std::uint8_t { unknown, known, changed, revoked };

/// Looks a key up in known_hosts text (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT): plain, wildcard and hashed names, `[host]:port`,
/// `@revoked`. `key` is the key as SSH sends it. `changed`: that host has another key of the same kind there,
/// whose fingerprint goes into `other`.
KnownHost look_up_host(std::string_view text, const std::string& host, const std::string& port, std::string_view key, std::string* other = nullptr);
/// The same in `~/.ssh/known_hosts` and `/etc/ssh/ssh_known_hosts`.
KnownHost look_up_host(const std::string& host, const std::string& port, std::string_view key, std::string* other = nullptr);
/// `SHA256:…` of a key, as `ssh-keygen -l` prints it.
std::string ssh_fingerprint(std::string_view key);

}  // namespace mainstay
