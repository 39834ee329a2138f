// SPDX-License-Identifier: MIT
#pragma once
#include <string>

namespace mainstay {

/// Shows a notice on the user's desktop (org.freedesktop.Notifications), by `notify-send` or `gdbus`, whichever is installed. False where nobody is signed in at a
/// desktop, no program is there, or the desktop takes none: a notice is never worth failing for. `urgent` ones stay until they are seen.
bool show_desktop_notice(const std::string& title, const std::string& text, bool urgent);

}  // namespace mainstay
