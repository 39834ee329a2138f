// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// A name as two people would type the same: Unicode in one form (NFKC), without letter case, and typographic apostrophes, quotes, dashes
/// and gaps as a keyboard has them. “Mina’s MacBook” and "mina's macbook" fold to one; so does “Büro” however its ü is put together.
std::string folded_name(std::string_view name);

/// The places of those names that a typed one means: those that are the same letter for letter, else those that fold to the same.
std::vector<std::size_t> names_meant(const std::vector<std::string>& names, std::string_view typed);

}  // namespace mainstay
