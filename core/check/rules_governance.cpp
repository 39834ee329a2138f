// SPDX-License-Identifier: MIT
#include "core/check/context.h"

namespace mainstay {

std::span<const NamedAudit> governance_audits() { return {}; }

}  // namespace mainstay
