// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace mainstay {

/// Keeps a listener subscribed for as long as it lives.
using Subscription = std::shared_ptr<void>;

/// One event without arguments. Single-threaded: subscribe and emit on the main thread only.
class Signal {
 public:
  /// Calls `listener` at each emit until the subscription is dropped.
  [[nodiscard]] Subscription subscribe(std::function<void()> listener) {
    auto held = std::make_shared<std::function<void()>>(std::move(listener));
    listeners_.push_back(held);
    return held;
  }
  void emit() {
    const auto now = listeners_;  // a listener may subscribe or go while we call
    for (const auto& weak : now)
      if (const auto listener = weak.lock()) (*listener)();
    std::erase_if(listeners_, [](const auto& weak) { return weak.expired(); });
  }

 private:
  std::vector<std::weak_ptr<std::function<void()>>> listeners_;
};

}  // namespace mainstay
