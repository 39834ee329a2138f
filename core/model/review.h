// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// Somebody read, approved or audited the plan (ISO 22301, 7.5.2, 9.2, 9.3).
struct Review {
  enum class Kind : std::uint8_t { unknown, approval, read_through, management_review, internal_audit, post_incident };
  Id id;
  Kind kind = Kind::unknown;
  Date on;
  Id person_id;
  std::string by, content_hash, note;
  static const RecordInfo& info();
};

/// Who holds which copy of the plan (ISO 22301, 7.5.3).
struct PlanCopy {
  enum class Form : std::uint8_t { unknown, paper, usb_stick, cloud, computer };
  Id id;
  std::string name;
  Id person_id;
  Form form = Form::unknown;
  Id site_id;
  std::string kept_at, content_hash;
  Date given_on, withdrawn_on;
  static const RecordInfo& info();
};

}  // namespace mainstay
