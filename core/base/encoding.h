// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// Text from another program as UTF-8: a byte order mark decides between UTF-8 and UTF-16 and is taken off; bytes that are no UTF-8 are read as Windows-1252.
std::string utf8_text(std::string_view bytes);
/// True where the bytes begin with the mark of UTF-16 or UTF-32.
bool has_wide_mark(std::string_view bytes);
/// Text out of an HTML fragment: tags and comments go, a paragraph's or line's end becomes one space, entities become characters, white space is folded. Also for plain text
/// that carries entities. Escaped twice (`&amp;nbsp;`) is read twice.
std::string plain_text(std::string_view html);
/// One Unicode character as UTF-8; the replacement character for what is none.
std::string utf8_character(char32_t character);

}  // namespace mainstay
