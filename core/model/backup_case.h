// SPDX-License-Identifier: MIT
// Internal to the timeline: what the parts of one backup's verdict share.
#pragma once
#include "core/base/text.h"
#include "core/model/probe_settings.h"
#include "core/model/sources.h"
#include "core/model/timeline.h"

namespace mainstay {

/// Everything that the sentences and verdicts are made of.
struct BackupCase {
  const Plan& plan;
  const ReadingList& readings;               ///< of this backup, taken with its probes' present settings, up to now
  const Observation* newest = nullptr;       ///< the latest reading, whatever came of it
  const Observation* newest_read = nullptr;  ///< the latest that read something
  Instant now;
  BackupStatus& status;
  const Calendar& calendar;  ///< of the place the backup works at
  const Backup& backup;
  const Observation* outdated;               ///< the latest that read something with settings that its probe has no more; or nullptr
  bool changed_since;                        ///< there are readings that were taken, or tried, with other settings
  const ProbesAsSet& probes;
  const ReasonWords& words;                  ///< how a reading's own sentence is worded; as it is where unset
  /// Ages and gaps are held against the RPO: opening hours count where it is shorter than a day.
  Calendar rpo_calendar() const { return calendar.for_spans_of(status.rpo.rpo_minutes.value_or(minutes_per_day)); }

  std::string name() const { return backup.name.empty() ? backup.id.text : backup.name; }
  /// The tightest user's name, or its id where it has none; looked up among the activities only, since a plan may hold thousands of records.
  std::string user() const {
    const auto* activity = find_in(plan.activities, status.rpo.activity_id);
    return activity && !activity->name.empty() ? activity->name : status.rpo.activity_id.text;
  }
  std::string rpo() const { return spoken_minutes(status.rpo.rpo_minutes.count); }
  std::string age() const { return spoken_minutes(status.age_minutes); }
  std::string reason(const Observation& o) const { return words ? words(o.detail) : o.detail; }
  Args args(Args more = {}) const {
    more.emplace_back("backup", name());
    more.emplace_back("user", user());
    more.emplace_back("rpo", rpo());
    more.emplace_back("age", age());
    more.emplace_back("point", spoken(status.last_point));
    more.emplace_back("read", spoken(status.read_at));
    return more;
  }
  /// The state, and the sentence that tells it, with what counts of its age where opening days or hours make it another one.
  void say(BackupState state, std::string_view sentence, Args more = {}) const;
};

/// Notes where all restore points, most of them, or most of the time they reach back, went at a stroke within the last fortnight or since the reading
/// before: thinning removes some, a wiped history nearly all. It is told for a fortnight, not only until the next reading; that nothing is left, as long as it is so.
void look_for_lost_history(const BackupCase& c);

/// Gives the backup its state and the sentence that tells it.
void judge_backup(const BackupCase& c);

}  // namespace mainstay
