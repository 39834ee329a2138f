// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace mainstay {

/// How the characters of a text are laid out in bytes.
enum class ByteOrder : std::uint8_t { narrow, little, big };
/// UTF-16 by its mark, or, without one, by two plain characters at the beginning (`[`, `{`, `<`, a letter …) of which every other byte is empty; else narrow.
ByteOrder byte_order(std::string_view bytes);
/// Text from another program as UTF-8: a byte order mark is taken off, UTF-16 is told with or without one; bytes that are no UTF-8 are read as Windows-1252.
std::string utf8_text(std::string_view bytes);
/// Text out of an HTML fragment: tags and comments go, a paragraph's or line's end becomes one space, entities become characters, white space is folded. Also for plain text
/// that carries entities. Escaped twice (`&amp;nbsp;`) is read twice.
std::string plain_text(std::string_view html);
/// One Unicode character as UTF-8; the replacement character for what is none.
std::string utf8_character(char32_t character);

}  // namespace mainstay
