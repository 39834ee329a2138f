// SPDX-License-Identifier: MIT
#include "core/report/outline.h"

#include <algorithm>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}
}  // namespace

Outline parse_outline(std::string_view xml, std::string_view path) {
  const auto document = parse_xml(xml, path);
  const auto root = document.document_element();
  if (std::string_view(root.name()) != "report")
    throw Error(ErrorCode::bad_value, tr("{path} is no report outline: its root element must be “report”.", {{"path", path}}));
  Outline outline;
  auto name = file_name(std::string(path));
  outline.id = name.substr(0, name.rfind('.'));
  outline.title = root.attribute("title").as_string();
  outline.purpose = root.attribute("purpose").as_string();
  outline.accent = root.attribute("accent").as_string(outline.accent.c_str());
  outline.footer = root.attribute("footer").as_string();
  outline.order = root.attribute("order").as_int(100);
  outline.max_pages = std::clamp(root.attribute("max_pages").as_int(0), 0, 500);
  outline.has_period = std::string_view(root.attribute("period").as_string()) == "yes";
  outline.numbered = std::string_view(root.attribute("numbered").as_string()) == "yes";
  if (outline.title.empty()) throw Error(ErrorCode::bad_value, tr("{path}: the report needs a title.", {{"path", path}}));
  if (!is_colour(outline.accent))
    throw Error(ErrorCode::bad_value, tr("{path}: the accent “{value}” is no colour; write it like #0F5C6E.", {{"path", path}, {"value", outline.accent}}));
  for (const auto& node : root.children("section")) {
    OutlineSection section;
    section.id = node.attribute("id").as_string();
    section.heading = node.attribute("heading").as_string();
    section.intro = std::string(trimmed(node.attribute("intro").as_string()));
    section.new_page = std::string_view(node.attribute("new_page").as_string()) == "yes";
    section.fit = std::string_view(node.attribute("fit").as_string()) == "page";
    if (!section_function(section.id)) {
      std::vector<std::string> ids;
      for (const auto& known : section_table()) ids.emplace_back(known.id);
      throw Error(ErrorCode::bad_value, tr("{path}: there is no section “{id}”. There are: {ids}.", {{"path", path}, {"id", section.id}, {"ids", join(ids, ", ")}}));
    }
    outline.sections.push_back(std::move(section));
  }
  return outline;
}

std::vector<Outline> load_outlines(std::vector<std::string>* troubles) {
  std::vector<Outline> outlines;
  auto refused = read_templates("reports", [&](std::string_view bytes, const std::string& source, const std::string&) { outlines.push_back(parse_outline(bytes, source)); });
  if (troubles) *troubles = std::move(refused);
  std::stable_sort(outlines.begin(), outlines.end(), [](const Outline& a, const Outline& b) { return a.order < b.order; });
  return outlines;
}

}  // namespace mainstay
