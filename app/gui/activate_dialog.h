// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>

#include "app/gui/session.h"
#include "core/response.h"

class wxWindow;

namespace mainstay {

/// What the person who activates the plan says, and whether pages go to the printer.
struct ActivationAnswer {
  Activation activation;
  bool print = true;
};
/// One small page: what happened, who declares it. Nothing where it was cancelled.
std::optional<ActivationAnswer> ask_activation(wxWindow* parent, Session& session);

}  // namespace mainstay
