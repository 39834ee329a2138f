// SPDX-License-Identifier: MIT
#pragma once
#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// Asks for a file of any kind that can be imported, under a title such as “Import an inventory”, and imports it as below.
void choose_and_import(wxWindow* parent, Session& session, const std::string& title);
/// Asks for the meaning of columns that nobody knows, shows what the import would change, and imports the file as one change that can be undone.
void import_with_preview(wxWindow* parent, Session& session, const std::string& path);
/// Files dropped on the window are imported, one after the other, as those that were chosen.
void import_what_is_dropped(wxWindow* window, Session& session);

/// Asks what the columns of a list of devices mean. Returns header and field of those that the person set, or nothing where it was given up.
std::optional<std::vector<std::pair<std::string, std::string>>> ask_for_columns(wxWindow* parent, const std::string& file, const DeviceColumns& columns);

}  // namespace mainstay
