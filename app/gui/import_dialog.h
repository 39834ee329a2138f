// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// Asks for an inventory file, for the meaning of columns that nobody knows, shows what the import would change, and imports it as one change that can be undone.
void import_inventory(wxWindow* parent, Session& session);
/// As above for a file that is chosen already.
void import_inventory(wxWindow* parent, Session& session, const std::string& path);

/// Asks what the columns of a list of devices mean. Returns header and field of those that the person set, or nothing where it was given up.
std::optional<std::vector<std::pair<std::string, std::string>>> ask_for_columns(wxWindow* parent, const std::string& file, const DeviceColumns& columns);

}  // namespace mainstay
