// SPDX-License-Identifier: MIT
#include "core/model/sources.h"

#include <algorithm>
#include <span>

#include "core/base/text.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

using Heard = std::span<const Observation* const>;  ///< all readings up to a time, in order

/// The last answer of each source, the newest first.
ReadingList last_answers(Heard readings) {
  ReadingList answers;
  for (auto at = readings.rbegin(); at != readings.rend(); ++at) {
    const auto is_known = [&](const Observation* o) { return o->probe_id == (*at)->probe_id; };
    if (is_answer((*at)->outcome) && std::none_of(answers.begin(), answers.end(), is_known)) answers.push_back(*at);
  }
  return answers;
}

/// True for a good reading that says whether there is a point: one of a NAS's health alone does not.
bool tells_of_points(const Observation& o) { return o.outcome == Outcome::never_backed_up || (o.outcome == Outcome::read && o.last_point); }

/// True where the answer was got at a time at which it should have shown that point.
bool should_show(const Observation& answer, Instant point) { return answer.read_at.seconds >= point.seconds + clock_grace_seconds; }

/// The one whose point is newest; of equals one that looked itself, then the later.
const Observation* newest_point(const ReadingList& answers, const ProbesAsSet& probes) {
  const Observation* best = nullptr;
  for (const auto* o : answers) {  // the newest reading comes first
    if (!best || o->last_point > best->last_point || (o->last_point == best->last_point && looked_itself(*o, probes) && !looked_itself(*best, probes))) best = o;
  }
  return best;
}

/// The newest failure that nothing newer has made good.
const Observation* standing_failure(const ReadingList& answers, Instant newest_point) {
  for (const auto* o : answers)
    if (o->outcome == Outcome::failed && newest_point <= (o->last_attempt ? o->last_attempt : o->read_at)) return o;
  return nullptr;
}

/// True for a service that only hears from jobs: that it has heard nothing says nothing of the copy.
bool only_hears(const Observation& o, const ProbesAsSet& probes) {
  const auto* probe = probes.find(o.probe_id);
  return probe && probe->type == Probe::Type::healthchecks;
}

/// The newest point that a source named, now or before, and that was made in time for this answer of another source to show it.
Instant claim_before(Heard heard, const Id& source, const Observation& answer) {
  for (auto at = heard.rbegin(); at != heard.rend(); ++at) {
    const auto& o = **at;
    if (o.probe_id == source && tells_of_points(o) && o.last_point && !names_a_future_point(o) && should_show(answer, o.last_point)) return o.last_point;
  }
  return {};
}

/// The point that the source of `other` named and that `answer` lacks, by more than `limit`; unset where it lacks none.
Instant missed(const Observation& answer, const Observation& other, Heard heard, const ProbesAsSet& probes, const Calendar& calendar, std::int64_t limit) {
  const auto claimed = claim_before(heard, other.probe_id, answer);
  if (!claimed || claimed <= answer.last_point) return {};
  if (!answer.last_point) return only_hears(answer, probes) ? Instant() : claimed;
  return open_minutes_between(calendar, answer.last_point, claimed) > limit ? claimed : Instant();
}

}  // namespace

bool is_fresh(Instant read_at, const Minutes& rpo, Instant now) {
  return minutes_between(read_at, now) <= std::min<std::int64_t>(minutes_per_day, rpo ? rpo.count : minutes_per_day);
}

bool looked_itself(const Observation& answer, const ProbesAsSet& probes) {
  const auto* probe = probes.find(answer.probe_id);
  if (!probe) return false;
  using Type = Probe::Type;
  return probe->type == Type::time_machine || probe->type == Type::restic || probe->type == Type::borg || probe->type == Type::url;
}

namespace {

/// What the last answers of the sources, the newest first, say together.
WeighedSources weigh(ReadingList answers, Heard heard, const ProbesAsSet& probes, const Calendar& calendar, const Minutes& rpo, Instant now) {
  if (answers.empty()) return {};
  const auto* last = answers.front();
  std::erase_if(answers, [&](const Observation* o) { return !is_fresh(o->read_at, rpo, now) || names_a_future_point(*o); });
  const auto is_former = [&](const Observation* o) { return !o->probe_id.empty() && !probes.find(o->probe_id); };  // of a probe that was taken away
  if (!std::all_of(answers.begin(), answers.end(), is_former)) std::erase_if(answers, is_former);
  if (answers.empty()) return {last, nullptr, {}};
  if (const auto alarm = std::find_if(answers.begin(), answers.end(), [](const Observation* o) { return o->alarm; }); alarm != answers.end()) return {*alarm, nullptr, {}};
  ReadingList telling, looked;
  for (const auto* o : answers)
    if (tells_of_points(*o)) telling.push_back(o);
  WeighedSources weighed{newest_point(telling, probes), nullptr, {}};
  if (const auto* failure = standing_failure(answers, weighed.leading ? weighed.leading->last_point : Instant())) return {failure, nullptr, {}};
  if (!weighed.leading) return {answers.front(), nullptr, {}};
  const auto limit = rpo ? rpo.count : minutes_per_day;
  const auto lacks = [&](const Observation* answer, const Observation* other) { return missed(*answer, *other, heard, probes, calendar, limit); };
  if (!looked_itself(*weighed.leading, probes)) {
    for (const auto* o : telling)
      if (looked_itself(*o, probes) && (should_show(*o, weighed.leading->last_point) || lacks(o, weighed.leading))) looked.push_back(o);
    if (const auto* seen = newest_point(looked, probes)) weighed.leading = seen;
  }
  for (const auto* o : telling) {
    if (o == weighed.leading || weighed.against) continue;
    weighed.claimed = o->last_point > weighed.leading->last_point ? lacks(weighed.leading, o) : lacks(o, weighed.leading);
    if (weighed.claimed) weighed.against = o;
  }
  return weighed;
}

}  // namespace

WeighedSources weigh_sources(const ReadingList& readings, const ProbesAsSet& probes, const Calendar& calendar, const Minutes& rpo, Instant now) {
  return weigh(last_answers(readings), readings, probes, calendar, rpo, now);
}

ReadingList leading_readings(const ReadingList& readings, const ProbesAsSet& probes, const Calendar& calendar, const Minutes& rpo) {
  ReadingList kept, last;  // the last answer of each source, the newest first
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto* o = readings[i];
    if (!is_answer(o->outcome)) {
      kept.push_back(o);
      continue;
    }
    std::erase_if(last, [&](const Observation* known) { return known->probe_id == o->probe_id; });
    last.insert(last.begin(), o);
    if (last.size() > 1) {
      const auto* leading = weigh(last, Heard(readings).first(i + 1), probes, calendar, rpo, o->read_at).leading;
      if (leading != o && tells_of_points(*leading) && !leading->alarm) continue;
    }
    kept.push_back(o);
  }
  return kept;
}

std::string source_name(const Observation& answer, const ProbesAsSet& probes) {
  const auto* probe = probes.find(answer.probe_id);
  if (!probe && answer.probe_id.empty()) return tr("what was brought in from elsewhere");
  return "“" + (probe && !probe->name.empty() ? probe->name : answer.probe_id.text) + "”";
}

std::string disagreement_words(const WeighedSources& weighed, const ProbesAsSet& probes) {
  if (!weighed.leading || !weighed.against) return {};
  const auto& newer = weighed.leading->last_point > weighed.against->last_point ? *weighed.leading : *weighed.against;
  const auto& older = &newer == weighed.leading ? *weighed.against : *weighed.leading;
  const Args args{{"newer", source_name(newer, probes)}, {"older", source_name(older, probes)}, {"leading", source_name(*weighed.leading, probes)},
                  {"point", spoken(weighed.claimed)}, {"old_point", spoken(older.last_point)}, {"time", spoken(older.read_at)}};
  const auto facts = older.last_point ? tr("Its sources cannot both be right: {newer} named a restorable point of {point}, and {older}, asked at {time}, none after {old_point}.", args)
                                      : tr("Its sources cannot both be right: {newer} named a restorable point of {point}, and {older}, asked at {time}, none at all.", args);
  const bool saw = looked_itself(*weighed.leading, probes) && !looked_itself(*weighed.against, probes);
  return facts + " " + (saw ? tr("The verdict rests on {leading}, which looked at the copy itself.", args) : tr("The verdict rests on {leading}, which names the newest: look at the copy to see which is right.", args));
}

}  // namespace mainstay
