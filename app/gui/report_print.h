// SPDX-License-Identifier: MIT
#pragma once
#include <wx/bitmap.h>

#include <optional>
#include <string>
#include <vector>

#include "app/gui/session.h"

class wxWindow;

namespace mainstay {

/// A page of a report as a bitmap; `scale` 1 = 72 dpi.
wxBitmap page_bitmap(const LaidOutReport& report, int page, double scale);
/// A picture with what it leaves open kept clear; `pixels` are those of the screen for one of the window's.
wxBitmap bitmap_of(const PageImage& picture, double pixels);
/// Opens the print dialog for one or more reports and prints them as one job. False where it was cancelled; an Error is shown
/// in the window's bar.
bool print_reports(wxWindow* parent, Session& session, const std::vector<std::string>& reports, std::optional<Period> period = {});
/// Writes a report as PDF beside the plan and returns its path. Throws Error.
std::string export_beside_plan(Session& session, std::string_view report);

}  // namespace mainstay
