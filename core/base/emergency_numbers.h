// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

namespace mainstay {

/// The number that brings police, fire brigade and ambulance in a region, and the page of an authority that states it.
struct EmergencyNumber {
  std::string phone, second_phone, source;
};

/// The number of a region by its key ("australia"); nullptr where none was verified. Read once from `templates/tables/emergency_numbers.xml`.
const EmergencyNumber* emergency_number(std::string_view region);

}  // namespace mainstay
