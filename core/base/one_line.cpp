// SPDX-License-Identifier: MIT
#include "core/base/one_line.h"

#include <cstdint>

#include "core/base/text.h"

namespace mainstay {
namespace {

/// The character at the start of well-formed UTF-8, and how many bytes it takes.
struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t code = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return {code, bytes};
}

bool breaks_line(std::uint32_t c) { return c == '\t' || c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029; }
bool is_control(std::uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
bool turns_direction(std::uint32_t c) { return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  bool gap = false;
  const auto clean = clean_utf8(text);  // carriage returns go with it
  for (std::string_view rest = clean; !rest.empty();) {
    const auto [code, bytes] = first_of(rest);
    if (breaks_line(code)) {
      gap = true;
    } else if (!is_control(code) && !turns_direction(code)) {
      if (gap && !line.empty() && line.back() != ' ' && code != ' ') line += ' ';
      gap = false;
      line += rest.substr(0, bytes);
    }
    rest.remove_prefix(bytes);
  }
  return line;
}

}  // namespace mainstay
