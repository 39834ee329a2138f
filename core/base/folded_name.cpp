// SPDX-License-Identifier: MIT
#include "core/base/folded_name.h"

#include <glib.h>

#include <array>
#include <memory>

#include "core/base/text.h"

namespace mainstay {
namespace {

using Owned = std::unique_ptr<char, void (*)(void*)>;

struct Likeness {
  std::string_view typographic, plain;
};
constexpr Likeness likenesses[] = {
    {"’", "'"}, {"‘", "'"}, {"‛", "'"}, {"ʼ", "'"}, {"ʹ", "'"}, {"′", "'"}, {"`", "'"}, {"´", "'"},                      // apostrophes
    {"“", "\""}, {"”", "\""}, {"„", "\""}, {"‟", "\""}, {"″", "\""}, {"«", "\""}, {"»", "\""},                            // quotes
    {"‐", "-"}, {"‑", "-"}, {"‒", "-"}, {"–", "-"}, {"—", "-"}, {"−", "-"},                                               // dashes
};

/// White space of any width as one space between words, none at the ends.
std::string with_plain_gaps(const std::string& text) {
  std::string result;
  for (const char* at = text.c_str(); *at; at = g_utf8_next_char(at)) {
    if (!g_unichar_isspace(g_utf8_get_char(at))) result.append(at, static_cast<const char*>(g_utf8_next_char(at)));
    else if (!result.empty() && result.back() != ' ') result += ' ';
  }
  while (result.ends_with(' ')) result.pop_back();
  return result;
}

}  // namespace

std::string folded_name(std::string_view name) {
  auto text = clean_utf8(name);
  for (const auto& [typographic, plain] : likenesses)  // before the form is made one: that takes some of them apart
    for (auto at = text.find(typographic); at != std::string::npos; at = text.find(typographic, at + plain.size())) text.replace(at, typographic.size(), plain);
  const Owned whole(g_utf8_normalize(text.c_str(), static_cast<gssize>(text.size()), G_NORMALIZE_ALL_COMPOSE), g_free);
  if (!whole) return lower_case(text);
  const Owned small(g_utf8_casefold(whole.get(), -1), g_free);
  const Owned again(g_utf8_normalize(small.get(), -1, G_NORMALIZE_ALL_COMPOSE), g_free);  // letters that folding took apart
  return with_plain_gaps(again ? again.get() : small.get());
}

std::vector<std::size_t> names_meant(const std::vector<std::string>& names, std::string_view typed) {
  std::vector<std::size_t> exact, folded;
  const auto wanted = folded_name(typed);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == typed) exact.push_back(i);
    if (!wanted.empty() && folded_name(names[i]) == wanted) folded.push_back(i);
  }
  return exact.empty() ? folded : exact;
}

}  // namespace mainstay
