// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// An insurance policy, with what the two-week test needs from it.
struct InsurancePolicy {
  Id id;
  std::string name, policy_number, covers;
  Id insurer_id;
  Number waiting_days, longest_days;
  Money benefit_per_day_cents, limit_cents, excess_cents;
  Date expires_on;
  static const RecordInfo& info();
};

/// A duty from law or contract that an interruption would touch (ISO 22301, 4.2.2).
struct Obligation {
  Id id;
  std::string name, source, requirement;
  Id activity_id, contact_id;
  Minutes notice_minutes;
  static const RecordInfo& info();
};

/// Something that proves a statement of the plan.
struct Evidence {
  Id id;
  std::string name;
  Id subject_id;
  Date on, valid_until;
  std::string location, note;
  static const RecordInfo& info();
};

/// A file that belongs to the plan; its place and hash, not its bytes.
struct Attachment {
  Id id;
  std::string name;
  Id subject_id;
  std::string location, sha256;
  Number size_bytes;
  static const RecordInfo& info();
};

}  // namespace mainstay
