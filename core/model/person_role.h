// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// Somebody who works for the business.
struct Person {
  Id id;
  std::string name, job, phone, phone_provider, email, second_channel, household, skills;
  Id site_id;
  Date verified_on, trained_on, acknowledged_on, left_on;
  static const RecordInfo& info();
};

/// A part to play in an incident, with a holder and an alternate (ISO 22301, 8.4.2).
struct Role {
  Id id;
  std::string name, purpose;
  Id holder_id, alternate_id;
  Answer may_declare = Answer::unknown;
  Number call_order;
  static const RecordInfo& info();
};

/// Somebody outside the business to call (ISO 22301, 8.4.3).
struct Contact {
  enum class Kind : std::uint8_t { unknown, emergency, utility, insurer, bank, landlord, regulator, key_customer, it_support, telecom, trade, media, other };
  Id id;
  std::string name;
  Kind kind = Kind::unknown;
  std::string phone, second_phone, email, account_reference, call_when;
  Date verified_on;
  static const RecordInfo& info();
};

}  // namespace mainstay
