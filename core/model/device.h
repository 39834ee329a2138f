// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"
#include "core/model/organisation.h"

namespace mainstay {

/// A thing with a plug or a battery: what device checks and recalls look at. May stand for several alike (`count`).
struct Device {
  enum class Kind : std::uint8_t { unknown, phone, tablet, laptop, desktop, server, nas, wall_plug, power_bank, charger, ups, surge_protector, printer, router, other };
  Id id;
  std::string name;
  Kind kind = Kind::unknown;
  std::string brand, model, model_identifier, model_number, serial, os_name, os_version, os_build;
  Date purchased_on;
  Region sale_region = Region::unknown;
  Id site_id, person_id;
  Number count;
  std::string source;
  Date seen_on;
  std::string unique_id;  ///< UDID, hardware UUID or the like: what an inventory knows it by
  Date made_on;
  static const RecordInfo& info();
};

/// One fact about a device or a place that a rule asks for: known, inspected and absent `(none)`, or not known (empty).
/// Wall plugs: `marking`, `inspected_count`, `affected_count`, `exchanged_count`. Phones: `repaired_by_third_party`, `touch_id_works`.
struct Attribute {
  Id id;
  Id subject_id;
  std::string name, value;
  Date seen_on;
  std::string seen_by;
  static const RecordInfo& info();
};

}  // namespace mainstay
