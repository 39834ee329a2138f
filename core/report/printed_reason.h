// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// Why a reading got no answer, as a whole short sentence for paper: the first sentence of what the reading says, without what to do about it. What names secrets or
/// how they are kept stays in the product, and so does an answer too long to print; nothing is cut in the middle.
std::string printed_reason(std::string_view detail);

}  // namespace mainstay
