// SPDX-License-Identifier: MIT
#pragma once
#include <functional>

#include "core/model/revision.h"

namespace mainstay {

/// Tells by the history, edits included, whether a field holds what a person typed: the present value came neither from an import nor from a program. What is taken back or brought back keeps
/// its origin. What came with a merge or a restored or copied plan counts as typed, since its history stayed behind.
std::function<bool(const Id& record, std::string_view field)> typed_fields(const std::vector<Revision>& history);

}  // namespace mainstay
