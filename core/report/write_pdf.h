// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>

namespace mainstay {

/// Opens a finished PDF and counts its pages; -1 where it cannot be read.
int pdf_page_count(std::string_view bytes);

}  // namespace mainstay
