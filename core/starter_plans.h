// SPDX-License-Identifier: MIT
#pragma once
#include "core/model/plan.h"

namespace mainstay {

/// What a new client's plan takes from another plan: its content, without what was measured, done and ticked there.
Plan fresh_copy(const Plan& source);

}  // namespace mainstay
