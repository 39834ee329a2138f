// SPDX-License-Identifier: MIT
#include "core/base/apple_models.h"

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

using Names = std::unordered_map<std::string, std::vector<std::string>>;

Names read_names() {
  constexpr std::string_view path = "tables/apple_models.xml";
  Names names;
  const auto text = template_text(path);
  if (!text) throw Error(ErrorCode::not_found, tr("The table of Apple's models is missing."));
  const auto document = parse_xml(*text, path);
  for (const auto& model : document.document_element().children("model")) names[model.attribute("id").value()].emplace_back(model.attribute("name").value());
  return names;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

const std::vector<std::string>& apple_model_names(std::string_view identifier) {
  static const Names names = read_names();
  static const std::vector<std::string> nothing;
  const auto found = names.find(std::string(identifier));
  return found == names.end() ? nothing : found->second;
}

std::string apple_model_name(std::string_view identifier) { return join(apple_model_names(identifier), tr(" or ")); }

bool is_apple_identifier(std::string_view text) {
  std::size_t i = 0;
  const auto run = [&](auto test) {
    const auto start = i;
    while (i < text.size() && test(text[i])) ++i;
    return i > start;
  };
  return run(is_letter) && run(is_digit) && i < text.size() && text[i++] == ',' && run(is_digit) && i == text.size();
}

}  // namespace mainstay
