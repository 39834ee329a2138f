// SPDX-License-Identifier: MIT
#pragma once
#include <string>

class wxWindow;

namespace mainstay {

/// Marks a box whose words were refused and says why below it; an empty sentence takes both away. What was typed stays in the box.
void show_trouble(wxWindow* box, const std::string& sentence);

}  // namespace mainstay
