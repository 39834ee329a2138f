// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// Somebody else's text as a part of one line that reads as it was written: well-formed UTF-8 in which a run of line breaks and tabs is one gap, and without
/// control characters and the marks that turn the direction of what follows (Unicode 15, 23.2 and UAX 9).
std::string one_line(std::string_view text);

}  // namespace mainstay
