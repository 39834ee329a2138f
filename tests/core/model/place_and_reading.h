// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "core/model/calendar.h"
#include "core/model/observation.h"
#include "tests/support/plans.h"

namespace mainstay::testing {

inline Instant at(const char* text) { return *parse_instant(text); }

/// The calendar of a place with these fields.
inline Calendar place(const std::string& fields) { return calendar_of(plan("<organisation id='organisation'/><site id='s' " + fields + "/>"), Id{"s"}); }

/// A reading of the backup “b”.
inline Observation read(Instant point, Instant when) {
  Observation o;
  o.uuid = "u" + to_text(when);
  o.backup_id = Id{"b"};
  o.outcome = Observation::Outcome::read;
  o.read_at = when;
  o.last_point = point;
  return o;
}

}  // namespace mainstay::testing
