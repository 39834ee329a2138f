// SPDX-License-Identifier: MIT
#include "core/check/context.h"

namespace mainstay {

std::span<const NamedAudit> activity_audits() { return {}; }

}  // namespace mainstay
