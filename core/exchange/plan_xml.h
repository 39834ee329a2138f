// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <string_view>

#include "core/model/change.h"

namespace mainstay {

/// The plan as XML: one element per record in the order of Plan::tables(), then by id; attributes are the non-empty fields by
/// key. The same plan gives the same bytes. With `content_only` what stands outside the hash is left out.
std::string plan_to_xml(const Plan& plan, bool content_only = false);
/// Reads plan XML. Throws Error{bad_value} naming `source`, line and record; unknown elements or attributes are refused.
Plan plan_from_xml(std::string_view bytes, std::string_view source);
/// SHA-256 over the canonical XML of content: what approvals and printed pages refer to.
std::string content_hash(const Plan& plan);

}  // namespace mainstay
