// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/change.h"

namespace mainstay {

/// What is known when somebody activates the plan.
struct Activation {
  std::string what;          ///< what happened, in a few words; may be empty
  Id declared_by;            ///< may be empty
  bool exercise = false;
  std::string author;
  Instant now;
  std::string content_hash;  ///< of the plan in force
};

/// The incident that is running, newest first; nothing on a calm day.
std::optional<Incident> running_incident(const Plan& plan);
/// Starts an incident and its log; the first edit's id is the incident's.
Change activation_change(const Plan& plan, const Activation& activation);
/// One line in an incident's log, with when it happened and when it was written down.
Change log_change(const Id& incident, LogEntry::Kind kind, const std::string& text, const std::string& author, Instant happened, Instant written,
                  const Id& subject = {});
/// Marks a step done in the log.
Change step_done_change(const Plan& plan, const Id& incident, const Id& step, const std::string& author, Instant now);
/// Decides, in the log, that a step does not apply this time: it is not asked for again.
Change step_set_aside_change(const Plan& plan, const Id& incident, const Id& step, const std::string& author, Instant now);
/// Ends an incident and says so in its log.
Change stand_down_change(const Plan& plan, const Id& incident, const std::string& author, Instant now);

/// What the person in charge must see: next steps, and a clock against each activity's RTO.
struct Briefing {
  struct NextStep {
    Id step_id;
    std::string action;
    std::string who;         ///< role, holder with number, whom to call, by when; may be empty
  };
  /// The procedure to which the first open step belongs.
  struct Progress {
    std::string procedure, starts_when;  ///< its name; its criteria, may be empty
    std::size_t done = 0, all = 0;       ///< its steps, without those that do not apply
  };
  struct RtoClock {
    Id activity_id;
    std::int64_t rto_minutes = 0, minutes_left = 0;  ///< left is negative once it is over
    Instant due_at;
  };
  Incident incident;
  std::vector<NextStep> next_steps;  ///< open ones: activation, first hour, recovery, stand-down
  std::size_t all_steps = 0;         ///< done ones included
  std::optional<Progress> progress;  ///< nothing where every step is done
  std::vector<RtoClock> clocks;      ///< soonest first
};
Briefing incident_briefing(const Plan& plan, const Id& incident, Instant now);

}  // namespace mainstay
