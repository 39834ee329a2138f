// SPDX-License-Identifier: MIT
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/graph.h"

namespace mainstay {

/// How long a restore would take, worked out from restores that somebody tried; -1 = cannot be told.
struct RestoreEstimate {
  std::int64_t likely_minutes = -1;                    ///< -1 also where the tests are too small
  std::int64_t low_minutes = -1, high_minutes = -1;    ///< told for tests that are too small as well, where only the low end is to be believed
  std::int64_t full_mb = -1;   ///< for how much
  int tests = 0;               ///< that it rests on
  bool too_small = false;      ///< the bounds lie more than four times apart: no likely time is told
  std::int64_t wanted_mb = -1; ///< where it is too small: a sample that would tell; never more than the whole set
  explicit operator bool() const { return likely_minutes >= 0; }
};

/// Scales restores to `full_mb`. A restore is taken to last t = a + Σ(α + β·x) over its files of x MB, with a, α, β >= 0: a for finding the backup, signing in
/// and the first byte. Tests that passed, with time and sizes, count: the newest one and those of the year before it.
///
/// With measured costs (restore_cost): W seconds of the t went by while files were written, so a is at most t − W. The whole set's files then take G = N·α + F·β, give or
/// take the share e. If all the rest is fixed, everything takes (t − W) + G·(1 − e): the low end. If it grows as well, as it does for a program that fetches first and
/// writes afterwards, t/W·G: the likely time, since it is the longest that the model allows, and with (1 + e) the high end. The newest test's time is the likely one; older ones
/// widen the band. The clock is known to a second, a time that was typed to a minute: both ends leave room for that.
///
/// Without costs (a time that was typed, or too few files), one size only: a and the rest cannot be told apart. If all of the time grew with size, everything takes
/// t·F/s; if none did, t. The first is the likely time, the second the low end, and the high end twice the likely time: how much slower other files
/// are was not measured, and a factor of two for it is our choice.
/// Two sizes (the larger at least 1.5 times the smaller): the line through both. The high end is the greater of one and a half times
/// that (our choice, since two points show no scatter) and the larger test scaled in proportion, the longest that the model allows.
/// Three or more tests: ordinary least squares, and the two-sided 95 % prediction interval of simple linear regression at F.
/// A line that begins below zero goes through zero; one that does not rise is no line, and the slowest test per MB is scaled as one size.
///
/// Where the high end is more than four times the low one, and ten minutes above it (our choice: twice as long, or half, as the middle), the tests are too small. So are they where files were being written for
/// less than a minute and everything is more than ten times as much (our choice): caches on the way take in faster at first than they can go on. Then no likely time is told, and only the low end is
/// believed, since the whole takes no less than a part of it did. A sample that would tell is as many
/// times larger as makes the flow as long as the rest and a minute, and e a quarter (it falls with the root of the number of files); without costs, four times larger, so that two sizes tell.
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
