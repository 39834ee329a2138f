// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// What an observation keeps of a key that nobody vouches for: the pin to keep and, where people compare something else, `;` and that: for
/// certificates their SHA-256 as devices and browsers show it.
std::string shown_key(const std::string& pin, const std::string& fingerprint);
/// The pin to keep once a person trusts it: `sha256//…` or `SHA256:…`.
std::string pin_in(std::string_view shown);
/// The fingerprint that a person compares, the same that the sentence about it names.
std::string fingerprint_in(std::string_view shown);

}  // namespace mainstay
