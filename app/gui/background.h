// SPDX-License-Identifier: MIT
#pragma once
#include <wx/app.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/base/error.h"

namespace mainstay {

/// Calls on the main thread, as long as there is an application.
inline void post_to_main(std::function<void()> call) {
  if (wxTheApp) wxTheApp->CallAfter(std::move(call));
}

/// Runs `work` away from the windows; `then` gets what it found, or `failed` the sentence of its Error, on the main thread, unless what `alive` guards is gone by then. `work` holds copies
/// only. A thread that hangs, such as in a dead mount, is left behind.
template <class T>
void run_in_background(std::weak_ptr<int> alive, std::function<T()> work, std::function<void(T)> then, std::function<void(const std::string&)> failed) {
  std::thread([alive = std::move(alive), work = std::move(work), then = std::move(then), failed = std::move(failed)] {
    auto found = std::make_shared<std::optional<T>>();
    std::string problem;
    try {
      *found = work();
    } catch (const Error& error) {
      problem = error.what();
    }
    post_to_main([alive, found, problem, then, failed] {
      if (alive.expired()) return;
      if (*found) then(std::move(**found));
      else failed(problem);
    });
  }).detach();
}

}  // namespace mainstay
