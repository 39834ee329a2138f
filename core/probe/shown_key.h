// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// Stands for the key before where known_hosts itself calls the one that was shown revoked.
constexpr std::string_view revoked_key = "@revoked";

/// What an observation keeps of a key that nobody vouches for: the pin to keep and, where people compare something else, `;` and that: for
/// certificates their SHA-256 as devices and browsers show it. Where another key was trusted, both are there and `;` and that one.
std::string shown_key(const std::string& pin, const std::string& fingerprint, const std::string& replaced = {});
/// The pin to keep once a person trusts it: `sha256//…` or `SHA256:…`.
std::string pin_in(std::string_view shown);
/// The fingerprint that a person compares, the same that the sentence about it names.
std::string fingerprint_in(std::string_view shown);
/// The key that was trusted before, as it was kept, where another is shown now; empty where none was, or the shown one is new.
std::string replaced_in(std::string_view shown);

}  // namespace mainstay
