// SPDX-License-Identifier: MIT
#include "core/base/xml.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_document = std::size_t(64) << 20;
constexpr int deepest_element = 64;

}  // namespace

Place place_in(std::string_view bytes, std::ptrdiff_t offset) {
  Place place;
  for (std::ptrdiff_t i = 0; i < offset && static_cast<std::size_t>(i) < bytes.size(); ++i) {
    if (bytes[static_cast<std::size_t>(i)] == '\n') { ++place.line; place.column = 1; } else ++place.column;
  }
  return place;
}

std::string position_in(std::string_view bytes, std::ptrdiff_t offset) {
  const auto place = place_in(bytes, offset);
  return tr("line {line}, column {column}", {{"line", place.line}, {"column", place.column}});
}

void refuse_entities(std::string_view source) {
  throw Error(ErrorCode::bad_value, tr("“{file}” declares entities of its own, which can swell without end; it was not read.", {{"file", source}}));
}

pugi::xml_document parse_xml(std::string_view bytes, std::string_view source) {
  const auto name = std::string(source);
  if (bytes.size() > largest_document) throw Error(ErrorCode::bad_value, tr("“{file}” is larger than 64 MB and was not read.", {{"file", name}}));
  pugi::xml_document document;
  const auto result = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata_single | pugi::parse_doctype);
  if (!result)
    throw Error(ErrorCode::bad_value, tr("“{file}” is not well-formed XML at {place}: {reason}.",
                                         {{"file", name}, {"place", position_in(bytes, result.offset)}, {"reason", result.description()}}));
  for (auto node = document.first_child(); node;) {
    const auto next = node.next_sibling();
    if (node.type() == pugi::node_doctype) {
      if (std::string_view(node.value()).find("<!ENTITY") != std::string_view::npos) refuse_entities(source);
      document.remove_child(node);
    }
    node = next;
  }
  // Walked without recursion, so that deep nesting is refused rather than a stack used up.
  int depth = 0;
  for (pugi::xml_node node = document; node;) {
    if (node.first_child()) { node = node.first_child(); ++depth; }
    else {
      while (node && !node.next_sibling()) { node = node.parent(); --depth; }
      if (node) node = node.next_sibling();
    }
    if (depth > deepest_element) throw Error(ErrorCode::bad_value, tr("“{file}” nests deeper than {count} levels and was not read.", {{"file", name}, {"count", deepest_element}}));
  }
  return document;
}

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace mainstay
