// SPDX-License-Identifier: MIT
#pragma once

namespace mainstay {

/// Closes the windows as their user would when the system asks the program to end (log-out, shutdown, `kill`): what was
/// being typed is written first.
void end_politely();

}  // namespace mainstay
