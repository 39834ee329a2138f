// SPDX-License-Identifier: MIT
#pragma once
#include <functional>

namespace mainstay {

/// Runs a function on the main thread soon; the only way from a worker to the Document. Injected by the front end.
using Post = std::function<void(std::function<void()>)>;

}  // namespace mainstay
