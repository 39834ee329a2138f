// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// A checklist item of the plan: made by a person, or kept up to date by `sync_tasks` under rule id + subject id.
struct Task {
  enum class State : std::uint8_t { unknown, open, done, cleared };
  enum class Severity : std::uint8_t { unknown, info, warning, error, critical };
  Id id;
  std::string name;
  State state = State::unknown;
  Severity severity = Severity::unknown;
  std::string why, steps;
  Id owner_role_id, person_id;
  Date due_on, done_on, cleared_on;
  std::string note;
  std::string rule_id;
  Id subject_id;
  Number rule_revision;
  std::string match_hash;
  Date created_on;
  static const RecordInfo& info();
};

}  // namespace mainstay
