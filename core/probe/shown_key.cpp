// SPDX-License-Identifier: MIT
#include "core/probe/shown_key.h"

namespace mainstay {

namespace {

/// The part of that number, of those between semicolons; empty where there is none. The last keeps what follows: several pins may be trusted.
std::string part(std::string_view shown, int number) {
  for (; number > 0; --number) {
    const auto mark = shown.find(';');
    if (mark == std::string_view::npos) return {};
    shown.remove_prefix(mark + 1);
  }
  return std::string(shown);
}

std::string up_to_mark(const std::string& text) { return text.substr(0, text.find(';')); }

}  // namespace

std::string shown_key(const std::string& pin, const std::string& fingerprint, const std::string& replaced) {
  if (pin.empty()) return {};
  if (!replaced.empty()) return pin + ";" + (fingerprint.empty() ? pin : fingerprint) + ";" + replaced;
  return fingerprint.empty() ? pin : pin + ";" + fingerprint;
}

std::string pin_in(std::string_view shown) { return up_to_mark(std::string(shown)); }

std::string fingerprint_in(std::string_view shown) {
  const auto second = up_to_mark(part(shown, 1));
  return second.empty() ? pin_in(shown) : second;
}

std::string replaced_in(std::string_view shown) { return part(shown, 2); }

}  // namespace mainstay
