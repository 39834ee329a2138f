// SPDX-License-Identifier: MIT
#pragma once
#include <wx/string.h>

#include <string>
#include <string_view>

#include "core/base/text.h"

namespace mainstay {

/// UTF-8 text as wx takes it; broken bytes become U+FFFD instead of emptying the text.
inline wxString wx(std::string_view text) {
  auto converted = wxString::FromUTF8(text.data(), text.size());
  if (converted.empty() && !text.empty()) {
    const auto clean = clean_utf8(text);
    converted = wxString::FromUTF8(clean.data(), clean.size());
  }
  return converted;
}

/// What wx gives, as UTF-8.
inline std::string utf8(const wxString& text) {
  const auto bytes = text.utf8_str();
  return std::string(bytes.data(), bytes.length());
}

}  // namespace mainstay
