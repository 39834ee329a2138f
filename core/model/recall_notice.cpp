// SPDX-License-Identifier: MIT
#include "core/model/recall_notice.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string recall_number(std::string_view authority, std::string_view number) {
  std::string text;
  for (const char c : trimmed(number))
    if (c != ' ' && c != '\t' && c != '\n') text += c;
  if (authority != "US CPSC") return text;
  // Two digits of the year and three of the count, and in some years a letter; with or without the hyphen.
  std::string bare;
  for (const char c : text)
    if (c != '-') bare += c;
  const bool lettered = bare.size() == 6 && is_letter(bare.back());
  if ((bare.size() == 5 || lettered) && std::all_of(bare.begin(), bare.begin() + 5, is_digit)) return bare.substr(0, 2) + "-" + lower_case(bare.substr(2));
  return text;
}

std::string recall_slug(std::string_view authority, std::string_view number) {
  std::string slug;
  for (const char c : lower_case(std::string(authority) + "-" + std::string(number))) {
    if (is_digit(c) || is_letter(c)) slug += c;
    else if (!slug.empty() && slug.back() != '-') slug += '-';
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug.substr(0, 70);
}

std::string page_key(std::string_view url) {
  auto key = lower_case(trimmed(url));
  if (const auto scheme = key.find("://"); scheme != std::string::npos) key.erase(0, scheme + 3);
  if (key.starts_with("www.")) key.erase(0, 4);
  key.erase(std::min(key.find_first_of("?#"), key.size()));
  if (const auto language = key.find("/en/"); language != std::string::npos) key.erase(language, 3);
  while (!key.empty() && key.back() == '/') key.pop_back();
  return key;
}

}  // namespace mainstay
