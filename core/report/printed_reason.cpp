// SPDX-License-Identifier: MIT
#include "core/report/printed_reason.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t longest = 200;
constexpr std::array<std::string_view, 16> orders{"allow", "ask", "check", "choose", "enter", "fetch", "give", "install", "keep", "make", "mount", "name", "put", "say", "set", "take"};

/// Up to the end of the first sentence: a full stop with a space or nothing after it, outside of quotation marks.
std::string_view first_sentence(std::string_view text) {
  int quoted = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("“")) ++quoted;
    if (text.substr(i).starts_with("”")) quoted = std::max(0, quoted - 1);
    const bool ends = text[i] == '.' || text[i] == '!' || text[i] == '?';
    if (ends && quoted == 0 && (i + 1 == text.size() || text[i + 1] == ' ')) return text.substr(0, i + 1);
  }
  return text;
}

/// Without a clause after a colon that says what to do.
std::string_view without_order(std::string_view sentence) {
  for (auto colon = sentence.find(": "); colon != std::string_view::npos; colon = sentence.find(": ", colon + 1)) {
    const auto rest = sentence.substr(colon + 2);
    const auto word = rest.substr(0, rest.find_first_of(" .,"));
    if (std::find(orders.begin(), orders.end(), word) != orders.end()) return sentence.substr(0, colon);
  }
  return sentence;
}

}  // namespace

std::string printed_reason(std::string_view detail) {
  auto text = clean_utf8(std::string(trimmed(detail)));
  for (auto& c : text)
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  const auto sentence = trimmed(without_order(first_sentence(text)));
  if (sentence.empty()) return {};
  const auto lower = lower_case(sentence);
  if (lower.find("secret") != std::string::npos || lower.find("mainstay_") != std::string::npos) return tr("The password or key for it was not at hand where it was measured.");
  if (sentence.size() > longest) return tr("The answer it got is too long to print; Mainstay keeps it with the reading.");
  return std::string(sentence) + (sentence.find_last_of(".!?") == sentence.size() - 1 ? "" : ".");
}

}  // namespace mainstay
