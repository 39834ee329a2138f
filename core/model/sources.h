// SPDX-License-Identifier: MIT
#pragma once
#include <string>

#include "core/model/calendar.h"
#include "core/model/observation.h"
#include "core/model/probe_settings.h"

namespace mainstay {

/// A reading older than a day, or than the RPO, vouches for nothing.
bool is_fresh(Instant read_at, const Minutes& rpo, Instant now);

/// True for an answer by a probe that looks at the copy where it lies: it weighs more than what the software that makes the copy, or the NAS, tells of it.
bool looked_itself(const Observation& answer, const ProbesAsSet& probes);

/// What the sources of one backup say together: its probes, and what was brought in from elsewhere, which counts as one.
struct WeighedSources {
  const Observation* leading = nullptr;  ///< the answer that the verdict rests on; nullptr where nothing answered
  const Observation* against = nullptr;  ///< a fresh answer of another source that cannot be right together with it; nullptr = none …
  Instant claimed;                       ///< … and the point that one of the two named and the other should have shown
};

/// Weighs the last answer of each source, as far as it is fresh. A copy that one of them does not trust is not trusted, and a failure counts until a newer
/// point is seen. Else the newest point leads; what looked at the copy itself when that point, or one that the same source named before, should have been there, and
/// did not find it, leads before one that was only told of it. Two sources disagree where an answer lacks a point that the other names and that was made before the
/// answer was got, by more open time than the RPO (a day where there is none).
/// `calendar` counts spans of the RPO; `readings` are in order.
WeighedSources weigh_sources(const ReadingList& readings, const ProbesAsSet& probes, const Calendar& calendar, const Minutes& rpo, Instant now);

/// Without the answers on which no verdict rested when they came, since another source led: what a history of several sources is told from. With one source, all.
ReadingList leading_readings(const ReadingList& readings, const ProbesAsSet& probes, const Calendar& calendar, const Minutes& rpo);

/// What two sources that disagree say, and whom the verdict rests on: whole sentences. Empty where none disagree.
std::string disagreement_words(const WeighedSources& weighed, const ProbesAsSet& probes);

/// A source's name for a sentence, in its quotes.
std::string source_name(const Observation& answer, const ProbesAsSet& probes);

}  // namespace mainstay
