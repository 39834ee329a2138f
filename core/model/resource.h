// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"
#include "core/model/activity.h"

namespace mainstay {

/// Something activities need: a system, data, equipment, a utility, a document, an authority, money.
struct Resource {
  enum class Kind : std::uint8_t { unknown, system, data, equipment, utility, service, document, authority, money, telephony };
  Id id;
  std::string name;
  Kind kind = Kind::unknown;
  std::string description;
  Id site_id, supplier_id, held_by_id;
  Minutes recovery_minutes;
  Basis recovery_basis = Basis::unknown;
  Date recovery_on;
  Number size_mb;
  Answer works_off_site = Answer::unknown, critical = Answer::unknown;
  std::string folder, keys_kept_at;
  Minutes replacement_minutes;
  static const RecordInfo& info();
};

/// A business that delivers goods or services this one depends on.
struct Supplier {
  Id id;
  std::string name, provides, phone, email, account_reference, fallback;
  Answer critical = Answer::unknown;
  Date contract_until, continuity_evidence_on, verified_on;
  Minutes recovery_minutes;
  static const RecordInfo& info();
};

}  // namespace mainstay
