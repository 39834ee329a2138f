// SPDX-License-Identifier: MIT
#include "core/probe/shown_key.h"

namespace mainstay {

std::string shown_key(const std::string& pin, const std::string& fingerprint) { return pin.empty() || fingerprint.empty() ? pin : pin + ";" + fingerprint; }

std::string pin_in(std::string_view shown) { return std::string(shown.substr(0, shown.find(';'))); }

std::string fingerprint_in(std::string_view shown) {
  const auto mark = shown.find(';');
  return std::string(mark == std::string_view::npos ? shown : shown.substr(mark + 1));
}

}  // namespace mainstay
