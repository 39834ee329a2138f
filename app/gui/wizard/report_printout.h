// SPDX-License-Identifier: MIT
#pragma once
#include "core/report/report.h"

class wxWindow;

namespace mainstay {

/// Shows the system's print dialog and prints a report page by page.
void print_report(wxWindow* parent, const ReportDocument& document);

}  // namespace mainstay
