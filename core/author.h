// SPDX-License-Identifier: MIT
#pragma once
#include <string>

namespace mainstay {

/// Who is at the keyboard, for the history: `MAINSTAY_AUTHOR`, what was asked once and kept in the user's settings, or the
/// account's name.
std::string known_author();
/// True where the author was given by variable or settings, so that nobody has to be asked.
bool author_was_given();
/// Keeps the author in the user's settings. Throws Error{io}.
void keep_author(const std::string& name);

}  // namespace mainstay
