// SPDX-License-Identifier: MIT
// Internal: names pugixml, so it is included by .cpp files only.
#pragma once
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace mainstay {

/// Parses untrusted XML: at most 64 MB and 64 levels deep; a document that declares entities of its own is refused. Throws Error{bad_value} that names `source` with line
/// and column.
pugi::xml_document parse_xml(std::string_view bytes, std::string_view source);
/// Refuses a file whose document type declares entities: none is ever expanded, and what they stand for would be lost. Throws Error{bad_value}.
[[noreturn]] void refuse_entities(std::string_view source);
/// Where a byte stands in a text, both counted from 1.
struct Place {
  std::size_t line = 1, column = 1;
};
Place place_in(std::string_view bytes, std::ptrdiff_t offset);
/// The line and column of a byte offset as "line 3, column 14".
std::string position_in(std::string_view bytes, std::ptrdiff_t offset);
/// The element's name without its namespace prefix.
std::string_view local_name(const pugi::xml_node& node);

}  // namespace mainstay
