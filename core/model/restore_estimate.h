// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/graph.h"

namespace mainstay {

/// How long a restore would take, worked out from restores that somebody tried; -1 = cannot be told.
struct RestoreEstimate {
  std::int64_t likely_minutes = -1, low_minutes = -1, high_minutes = -1;
  std::int64_t full_mb = -1;  ///< for how much
  int tests = 0;              ///< that it rests on
  explicit operator bool() const { return likely_minutes >= 0; }
};

/// Scales restores to `full_mb`. A restore of s MB is taken to last t = a + b·s minutes with a, b >= 0: a for finding the backup,
/// signing in and the first byte, b for each MB. Tests that passed, with time and sizes, count: the newest one and those of the year
/// before it.
/// One size only: a and b cannot be told apart. If all of the time grew with size, the whole set takes t·F/s; if none did, t. The first
/// is the likely time, since it is the longest that the model allows; the second is the low end. The high end is twice the likely
/// time: how much slower other files are was not measured, and a factor of two for it is our choice.
/// Two sizes (the larger at least 1.5 times the smaller): the line through both. The high end is the greater of one and a half times
/// that (our choice, since two points show no scatter) and the larger test scaled in proportion, the longest that the model allows.
/// Three or more tests: ordinary least squares, and the two-sided 95 % prediction interval of simple linear regression at F.
/// Each time is known to whole minutes, rounded up: the low end leaves room for that. A line that begins below zero goes through zero; one
/// that does not rise is no line, and the slowest test per MB is scaled as one size.
RestoreEstimate estimate_restore(const std::vector<const RestoreTest*>& tests, std::int64_t full_mb);
/// The same for a backup's own tests; without `full_mb` for the set that its newest one names.
RestoreEstimate estimate_restore(const Plan& plan, const Id& backup, std::optional<std::int64_t> full_mb = {});

/// Whether the whole set would be back in time: never `in_time` on guesswork.
enum class RestoreTime : std::uint8_t { untested, no_rto, in_time, unsure, too_slow };

/// A backup's restore time held against the RTO of the tightest activity that needs what it protects.
struct RestoreVerdict {
  RestoreTime time = RestoreTime::untested;
  RestoreEstimate estimate;
  Id activity_id;       ///< the tightest; empty where none has an RTO
  Minutes rto_minutes;
  std::string sentence; ///< whole: time, band, activity, RTO
};
RestoreVerdict restore_verdict(const Plan& plan, const Graph& graph, const Id& backup);

}  // namespace mainstay
