// SPDX-License-Identifier: MIT
#pragma once
#include <string_view>

#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// Adds a record: at once where nothing must be known first; else a small dialog asks for the records it cannot be without.
/// Returns the new id, or an empty one where it was given up or refused.
Id add_record_of_kind(wxWindow* parent, Session& session, std::string_view kind);

}  // namespace mainstay
