// SPDX-License-Identifier: MIT
#pragma once
#include "core/exchange/importer.h"

namespace mainstay {

/// True for what a Mac says about its own Time Machine: its settings (`/Library/Preferences/com.apple.TimeMachine.plist`, binary or
/// XML) and what `tmutil destinationinfo -X` and `tmutil status -X` print.
bool looks_like_time_machine(std::string_view bytes, std::string_view name);
/// One reading for each destination with dates, dated by the newest date in the file (a copy of the file is no fresher than that),
/// tied to the backup that fits; where none fits, the backup is added, with a probe where the destination is on the network. A
/// second import adds nothing. Throws Error{bad_value}.
ImportPreview read_time_machine(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options = {});
/// What a running backup is doing, as a sentence; `phase` is Time Machine's own word for it and may be empty.
std::string time_machine_running(std::string_view phase);
/// What one of Time Machine's result numbers means, as a sentence.
std::string time_machine_result(std::int64_t number);

}  // namespace mainstay
