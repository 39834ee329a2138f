// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

#include "core/base/quantity.h"

namespace mainstay {

/// A fresh id for a record: its kind and ten random characters that are easy to read aloud (50 bits).
Id new_id(std::string_view kind);
/// A fresh random UUID, for revisions and observations that must stay apart across copies of a file.
std::string new_uuid();
/// True for 1 to 80 characters of a-z, A-Z, 0-9, `-`, `_` and `.`: what may stand as an id in files.
bool is_valid_id(std::string_view text);

}  // namespace mainstay
