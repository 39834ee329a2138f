// SPDX-License-Identifier: MIT
#include "core/base/id.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

#include <Poco/UUID.h>

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

std::string new_uuid() {
  // Not Poco's own generator: that opens the system's device anew for each one, and every reading has one.
  static thread_local std::random_device device;
  std::array<char, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); i += sizeof(std::random_device::result_type)) {
    const auto drawn = device();
    std::memcpy(bytes.data() + i, &drawn, sizeof drawn);
  }
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);  // version 4 and its variant, RFC 9562 section 5.4
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  Poco::UUID uuid;
  uuid.copyFrom(bytes.data());
  return uuid.toString();
}

bool is_valid_id(std::string_view text) {
  return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace mainstay
