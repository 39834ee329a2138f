// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/model/backup.h"
#include "core/model/observation.h"
#include "core/probe/fetch.h"
#include "core/probe/secrets.h"

namespace mainstay {

/// What a probe function works with: the worker's own handle, the secrets, and the time it runs at.
struct ProbeContext {
  Fetch& fetch;
  const Secrets& secrets;
  Instant now;
  /// What was learnt before the point was looked for, such as the health of the disks: kept where the probe ends with an Error.
  Observation so_far = {};
  bool dated_by_server = false;  ///< the times of the reading are by the server's clock (see server_now)
  /// The time by the clock of the server that answered. Who dates what it finds by it says so with this call: its times are brought to this computer's
  /// clock afterwards, where the two differ by more than the grace.
  Instant server_now();
  /// How far the server's clock is ahead of this computer's, in seconds; 0 within the grace.
  std::int64_t server_ahead() const;
};

/// One way to measure a backup. A new one is a file and a line in the table.
struct ProbeType {
  Probe::Type type;
  std::string_view id, title;
  int default_seconds;  ///< for the whole probe, where its record gives no timeout
  int default_minutes;  ///< between two looks, where its record does not say: seldom enough for disks that sleep, and for services that count
  Observation (*run)(const Probe&, ProbeContext&);
};
/// All probe types.
std::span<const ProbeType> probe_types();
/// What a probe of some type wants to know: a field of its record, what to call it, an example, and where to find it.
struct ProbeField {
  std::string_view key, label, example, where;
};
/// The fields that a type uses, in the order in which to ask; empty for a type that is not chosen.
std::span<const ProbeField> probe_fields(Probe::Type type);
/// What a type measures and what it cannot, in a few sentences; for a command also what it has to print.
std::string_view probe_about(Probe::Type type);
/// The way to measure that goes with how a backup is made; unknown where several could.
Probe::Type usual_probe(Backup::Method method);
/// The one of a type, or nullptr.
const ProbeType* probe_type(Probe::Type type);

/// The secret a probe names; hidden from all sentences from here on. Throws Error{refused} that says where to put it.
std::string needed_secret(const Probe& probe, ProbeContext& context);
/// An observation of that outcome and sentence.
Observation observed(Observation::Outcome outcome, const std::string& detail);
/// True for a time that can be the end of a backup: from the year 2000 to `now`, and a few minutes of grace (clock_grace_seconds).
bool is_plausible(Instant when, Instant now);

}  // namespace mainstay
