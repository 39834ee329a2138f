// SPDX-License-Identifier: MIT
#pragma once
#include "core/base/fields.h"

namespace mainstay {

/// The plan in use on a bad day, or in an exercise.
struct Incident {
  enum class State : std::uint8_t { unknown, active, stood_down, closed };
  Id id;
  std::string name;
  State state = State::unknown;
  Id scenario_id, declared_by_id;
  Instant started_at, activated_at, ended_at;
  Answer is_exercise = Answer::unknown;
  std::string plan_hash, summary;
  static const RecordInfo& info();
};

/// One line of an incident's log: append-only, outside undo.
struct LogEntry {
  enum class Kind : std::uint8_t { unknown, note, decision, action, call, step_done };
  Id id;
  Id incident_id;
  Instant happened_at, written_at;
  Kind kind = Kind::unknown;
  std::string text, author;
  Id subject_id;
  static const RecordInfo& info();
};

}  // namespace mainstay
