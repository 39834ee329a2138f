// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// SHA-256 of the bytes in 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
/// Base64 without line breaks.
std::string base64(std::string_view bytes);
/// Text safe inside XML or HTML, in content and in quoted attributes; line breaks become `&#10;` when `in_attribute`.
std::string xml_escaped(std::string_view text, bool in_attribute = false);
/// Percent-decoded; malformed escapes stay as they are.
std::string url_decoded(std::string_view text);
/// Percent-encoded as one path segment.
std::string url_encoded(std::string_view text);

}  // namespace mainstay
