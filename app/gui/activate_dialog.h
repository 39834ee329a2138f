// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>

#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// What the person who activates the plan says.
struct Activation {
  std::string what;
  Id declared_by;
  bool exercise = false, print = true;
};
/// One small page: what happened, who declares it. Nothing where it was cancelled.
std::optional<Activation> ask_activation(wxWindow* parent, Session& session);
/// The change that begins the incident and writes its first log entry.
Change activation_change(Document& document, const Id& incident, const Activation& activation);
/// The change that writes one line of an incident's log.
Change log_change(Document& document, const Id& incident, std::string_view kind, const std::string& text, const Id& subject = {});

}  // namespace mainstay
