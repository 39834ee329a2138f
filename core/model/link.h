// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A directed tie between two records.
struct Link {
  /// `needs`: from stops without to. `alternate_for`: from stands in for to. `located_at`: from is gone when the place to is.
  /// `protects`: the backup from holds a copy of the data to. `calls`: the person from calls the person to.
  /// `threatens`: the risk from would hit to.
  enum class Kind : std::uint8_t { unknown, needs, alternate_for, located_at, protects, calls, threatens };
  Id id;
  Id from_id, to_id;
  Kind kind = Kind::unknown;
  Percent share_percent;
  std::string note;
  static const RecordInfo& info();
};
inline constexpr Choice link_kind_choices[] = {{"", "Not known"}, {"needs", "needs"}, {"alternate_for", "stands in for"}, {"located_at", "is at"},
                            {"protects", "protects"}, {"calls", "calls"}, {"threatens", "threatens"}};

}  // namespace mainstay
