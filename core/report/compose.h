// SPDX-License-Identifier: MIT
#pragma once
#include "core/report/paginate.h"

namespace mainstay {

/// Turns the document's blocks into the pieces of `report`, in its scale and for its page; they have no place yet.
void compose(const ReportDocument& document, PagedReport& report);

}  // namespace mainstay
