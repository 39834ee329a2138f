// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>

class wxWindow;

namespace mainstay {

/// Gives a control the name that a screen reader speaks (its label) and the id that tests and tools find it by (its field key).
void set_accessible(wxWindow* window, std::string_view name, std::string_view key);

}  // namespace mainstay
