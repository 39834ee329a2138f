// SPDX-License-Identifier: MIT
#pragma once
#include "core/model/change.h"

namespace mainstay {

/// The starter plans' contact for police, fire brigade and ambulance.
inline constexpr const char* emergency_contact_id = "contact-emergency";

/// Adds to a change that says the region, or that brings the contact, what the region's emergency number makes of that contact: it gets the number where it has
/// none, or still has another region's that nobody verified. What a person wrote or verified stays.
Change with_emergency_number(const Plan& plan, Change change);

}  // namespace mainstay
