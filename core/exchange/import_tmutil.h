// SPDX-License-Identifier: MIT
#pragma once
#include "core/exchange/importer.h"

namespace mainstay {

/// True for what `tmutil` prints as plain text on a Mac: `listbackups` and `latestbackup` (paths that end in a time, or with `-t` the times alone), `destinationinfo`, `status`, and
/// its complaints.
bool looks_like_tmutil(std::string_view bytes, std::string_view name);
/// `listbackups` and `latestbackup` give one reading of the backup that fits: by the volume or the computer in the paths, by the name of the file, or as the only Time Machine backup of
/// the plan; where the plan has none, it is added. Their times are the Mac's wall clock: read in the zone of the backup's probe, else of its place, else of this computer. A single path gives no count,
/// since it may be `latestbackup`. `destinationinfo` adds what it names, `status` only tells. A second import adds nothing. Throws Error{bad_value}.
ImportPreview read_tmutil(const Plan& plan, std::string_view bytes, std::string_view name, const ImportOptions& options = {});

}  // namespace mainstay
