// SPDX-License-Identifier: MIT
// Internal: what the check says of devices, as the sections about them share it.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/report/section.h"

namespace mainstay {

Text verdict_cell(Verdict verdict);

/// Findings about devices of one sort, the most serious first, as the check orders them.
std::vector<const Finding*> findings_where(const Section& s, bool (*fits)(const Finding&));
inline bool calls_for_action(const Finding& f) { return f.verdict == Verdict::affected || f.verdict == Verdict::possible; }
inline bool is_open(const Finding& f) { return f.verdict == Verdict::unknown; }
inline bool is_over(const Finding& f) { return f.verdict == Verdict::ended; }
inline bool is_any(const Finding&) { return true; }

/// What was found of each device, by its id.
std::map<std::string, std::vector<const Finding*>> by_device(const Section& s);

}  // namespace mainstay
