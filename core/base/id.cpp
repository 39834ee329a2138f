// SPDX-License-Identifier: MIT
#include "core/base/id.h"

#include <algorithm>
#include <random>

#include <Poco/UUIDGenerator.h>

namespace mainstay {

Id new_id(std::string_view kind) {
  // No i, l, o, u: they are misread on paper and on the phone.
  static constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  static std::random_device device;
  std::string text(kind);
  text += '-';
  for (int i = 0; i < 10; ++i) text += alphabet[device() % alphabet.size()];
  return Id{text};
}

std::string new_uuid() { return Poco::UUIDGenerator::defaultGenerator().createRandom().toString(); }

bool is_valid_id(std::string_view text) {
  return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace mainstay
