// SPDX-License-Identifier: MIT
#pragma once
#include <vector>

#include "core/model/finding.h"

namespace mainstay {

/// The finding that somebody changed the history outside Mainstay, beginning with that revision.
Finding history_altered(int revision);
/// Report outlines and starter plans of the user's own that cannot be read: they are passed over, and that must not go unseen.
void add_template_troubles(std::vector<Finding>& found);

}  // namespace mainstay
