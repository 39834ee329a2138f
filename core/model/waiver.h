// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A finding accepted for a stated reason and a limited time.
struct Waiver {
  Id id;
  std::string rule_id;
  Id subject_id;
  std::string reason;
  Id person_id;
  Date until;
  std::string facts;  ///< what the finding rested on when it was accepted, as facts_text writes it; "" not known
  static const RecordInfo& info();
};

}  // namespace mainstay
