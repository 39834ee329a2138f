// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

/// What a column of a list of devices holds, by its header as other programs, Mainstay itself or people write it: a field of Device, `fact:NAME` for an Attribute, "" = known, and nothing
/// that a plan keeps; nothing where the header is not known.
std::optional<std::string_view> device_column(std::string_view header);
/// Letters and digits in lower case, accents aside: "Last check-in" and "last_checkin" are one.
std::string folded_header(std::string_view header);
/// The device kind that words such as "Laptops", "Mobile Phones" or "UPS" mean, "" where they mean none.
std::string_view kind_word(std::string_view text);
/// The region of sale that a region or country means, "" where none.
std::string_view region_word(std::string_view text);

}  // namespace mainstay
