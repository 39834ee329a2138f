// SPDX-License-Identifier: MIT
#include "core/base/encoding.h"

#include "core/base/text.h"

namespace mainstay {
namespace {

/// What Windows-1252 puts where Latin-1 has control characters.
constexpr char32_t windows_1252[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                       0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

struct Entity {
  std::string_view name;
  char32_t character;
};
constexpr Entity entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}, {"reg", 0xAE}, {"copy", 0xA9}, {"trade", 0x2122},
                               {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"hellip", 0x2026},
                               {"bull", 0x2022}, {"middot", 0xB7}, {"deg", 0xB0}, {"euro", 0x20AC}, {"pound", 0xA3}, {"cent", 0xA2}, {"frac12", 0xBD}, {"frac14", 0xBC},
                               {"times", 0xD7}, {"eacute", 0xE9}, {"egrave", 0xE8}, {"agrave", 0xE0}, {"ccedil", 0xE7}, {"ouml", 0xF6}, {"auml", 0xE4}, {"uuml", 0xFC},
                               {"Eacute", 0xC9}, {"Ouml", 0xD6}, {"Auml", 0xC4}, {"Uuml", 0xDC}, {"szlig", 0xDF}, {"ntilde", 0xF1}, {"zwnj", ' '}, {"ensp", ' '}, {"emsp", ' '}};

std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size() / 2);
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<unsigned char>(bytes[i]), b = static_cast<unsigned char>(bytes[i + 1]);
    return static_cast<char32_t>(big_endian ? a << 8 | b : b << 8 | a);
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto high = unit(i);
    if (high >= 0xD800 && high < 0xDC00 && i + 3 < bytes.size()) {
      if (const auto low = unit(i + 2); low >= 0xDC00 && low < 0xE000) {
        out += utf8_character(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        i += 2;
        continue;
      }
    }
    out += utf8_character(high);
  }
  return out;
}

bool is_utf8(std::string_view bytes) { return clean_utf8(bytes).find("\xEF\xBF\xBD") == std::string::npos; }

/// The character that an entity at the start of `text` (which begins with `&`) stands for, and how long it is; 0 where it is none.
std::size_t read_entity(std::string_view text, char32_t& character) {
  const auto end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const auto name = text.substr(1, end - 1);
  if (name.front() != '#') {
    for (const auto& entity : entities)
      if (entity.name == name) {
        character = entity.character;
        return end + 1;
      }
    return 0;
  }
  const bool hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  char32_t value = 0;
  for (const char c : name.substr(hex ? 2 : 1)) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0 || value > 0x110000) return 0;
    value = value * (hex ? 16 : 10) + static_cast<char32_t>(digit);
  }
  if (value >= 0x80 && value < 0xA0) value = windows_1252[value - 0x80];
  character = value == 0xA0 || value < 0x20 ? U' ' : value;
  return end + 1;
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    char32_t character = 0;
    const auto length = text[i] == '&' ? read_entity(text.substr(i), character) : 0;
    if (length == 0) { out += text[i++]; continue; }
    out += utf8_character(character);
    i += length;
  }
  return out;
}

/// Without tags and comments; `<` that opens no tag ("< 5 V") stays.
std::string without_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '<') { out += text[i++]; continue; }
    const auto next = i + 1 < text.size() ? text[i + 1] : ' ';
    const bool tag = next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    const bool comment = text.substr(i).starts_with("<!--");
    const auto end = tag ? text.find(comment ? "-->" : ">", i) : std::string_view::npos;
    if (end == std::string_view::npos) { out += text[i++]; continue; }
    out += ' ';
    i = end + (comment ? 3 : 1);
  }
  return out;
}

}  // namespace

std::string utf8_character(char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = 0xFFFD;
  const auto byte = [](char32_t value) { return static_cast<char>(value); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 63))};
  if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 63)), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
}

ByteOrder byte_order(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return ByteOrder::little;
  if (bytes.starts_with("\xFE\xFF")) return ByteOrder::big;
  if (bytes.size() < 4) return ByteOrder::narrow;
  const auto plain = [&](std::size_t i) { return (bytes[i] >= ' ' && bytes[i] < 0x7F) || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t'; };
  if (plain(0) && bytes[1] == 0 && plain(2) && bytes[3] == 0) return ByteOrder::little;
  return bytes[0] == 0 && plain(1) && bytes[2] == 0 && plain(3) ? ByteOrder::big : ByteOrder::narrow;
}

std::string utf8_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  else if (const auto order = byte_order(bytes); order != ByteOrder::narrow) return from_utf16(bytes.substr(bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ? 2 : 0), order == ByteOrder::big);
  if (is_utf8(bytes)) return std::string(bytes);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += utf8_character(value >= 0x80 && value < 0xA0 ? windows_1252[value - 0x80] : value);
  }
  return out;
}

std::string plain_text(std::string_view html) {
  auto text = unescaped(without_tags(html));
  if (text.find('&') != std::string::npos || text.find('<') != std::string::npos) text = unescaped(without_tags(text));
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hard_space = text.compare(i, 2, "\xC2\xA0") == 0;
    const bool space = hard_space || text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r';
    if (hard_space) ++i;
    if (!space) out += text[i];
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return clean_utf8(trimmed(out));
}

}  // namespace mainstay
