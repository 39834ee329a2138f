// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/date.h"

namespace mainstay {

/// A value of an Apple property list, whichever way it was written.
struct Plist {
  enum class Type : std::uint8_t { none, boolean, integer, real, text, date, data, array, dict };
  Type type = Type::none;
  bool flag = false;         ///< of a boolean
  std::int64_t integer = 0;  ///< of an integer
  double real = 0;
  std::string text;          ///< of a text, and the bytes of data (base64 where the list is XML)
  Instant date;
  std::vector<Plist> items;                             ///< of an array
  std::vector<std::pair<std::string, Plist>> members;   ///< of a dict, in the order of the file

  /// The member of that name, or nullptr; also nullptr where this is no dict.
  const Plist* find(std::string_view key) const;
  /// The member's whole number, or `other` where there is none or it is of another type.
  std::int64_t integer_or(std::string_view key, std::int64_t other) const;
};

/// Reads a property list, XML or binary (`bplist00`): at most 8 MB, 64 levels and 200,000 values, also where parts are used
/// more than once. Throws Error{bad_value} that names `source`.
Plist parse_plist(std::string_view bytes, std::string_view source);

}  // namespace mainstay
