// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/date.h"

namespace mainstay {

/// What an FTP server says of one name in a line of MLSD or MLST (RFC 3659, section 7.2): facts, a space, the name.
struct MlsdFacts {
  std::string type;         ///< `file`, `dir`, `cdir`, `pdir`, …, in lower case; empty where it is not told
  Instant modified;         ///< UTC; unset where it is not told or no time
  std::int64_t bytes = -1;  ///< -1 where it is not told
  std::string name;         ///< as the server writes it: a name for MLSD, a path for MLST; empty where the line is none
};
MlsdFacts mlsd_facts(std::string_view line);

/// A whole number of bytes or seconds as servers write it; -1 where the text is none or below nought.
std::int64_t server_number(std::string_view text);

}  // namespace mainstay
