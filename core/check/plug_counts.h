// SPDX-License-Identifier: MIT
// Internal to check: what rules about wall plugs work out of marks and counts.
#pragma once
#include "core/check/context.h"

namespace mainstay {

/// True for the values that plug_value knows: "two_prong_left", "site_plugs_unseen" …
bool is_plug_value(std::string_view name);
/// A worked out value about the plugs of a device record, a place or the business as a whole; nothing where there is no such value of such a record. "" where it is not known.
std::optional<std::string> plug_value(const CheckContext& context, const RecordRef& ref, std::string_view name);
/// Whether Apple's plugs are to be looked for at a place, or for the business as a whole where it is not said where Apple's devices are.
Truth may_hold_apple_plugs(const CheckContext& context, const RecordRef& ref);
/// True for Apple's World Travel Adapter Kit, which holds several plugs of both recalls.
Truth is_travel_kit(const CheckContext& context, const RecordRef& ref);

}  // namespace mainstay
