// SPDX-License-Identifier: MIT
// Backup evidence over a period: how old the copies were, which runs were made, and what could not be read.
#include <algorithm>

#include "core/base/text.h"
#include "core/model/probe_settings.h"
#include "core/report/evidence_table.h"
#include "core/report/figure_history.h"
#include "core/report/printed_reason.h"
#include "core/report/section.h"

namespace mainstay {
namespace {

constexpr std::size_t most_listed = 8;

Period period_of(const ReportInput& in) { return in.period ? *in.period : month_of(in.now.date()); }

/// The readings that the histories point into, and the histories in the plan's order.
struct Histories {
  std::unordered_map<std::string, ReadingList> readings;
  std::vector<BackupHistory> all;
};
Histories histories_of(const Section& s) {
  Histories result;
  result.readings = readings_by_backup(s.in.observations);
  const auto period = period_of(s.in);
  const ProbesAsSet probes(s.plan);
  for (const auto& backup : s.plan.backups) {
    const auto [from, to] = instants_of(period, calendar_of(s.plan, backup).zone);
    result.all.push_back(backup_history(s.plan, s.in.graph, backup, result.readings[backup.id.text], from, to, s.in.now, &probes));
  }
  return result;
}

enum class Met : std::uint8_t { met, partly_told, past, untold, no_limit, distrusted };
Met met(const BackupHistory& h) {
  if (h.alarms > 0) return Met::distrusted;  // a copy that cannot be trusted is inside no limit, however new it is
  if (!h.rpo.rpo_minutes) return Met::no_limit;
  if (h.outside_minutes > 0) return Met::past;
  if (h.inside_permille() < 0) return Met::untold;
  return h.told_permille() >= 950 ? Met::met : Met::partly_told;
}

Text verdict_cell(const BackupHistory& h) {
  const auto told = h.told_permille() >= 0 && h.told_permille() < 1000 ? "\n" + tr("known for {share}", {{"share", spoken_share(h.told_permille())}}) : std::string();
  const auto share = [&](Tone tone) { return Text{Span{spoken_share(h.inside_permille()), tone}, Span{told, Tone::muted}}; };
  switch (met(h)) {
    case Met::met: return share(Tone::good);
    case Met::partly_told: return share(Tone::warning);
    case Met::past: return share(Tone::bad);
    case Met::distrusted: return {Span{tr("not to be trusted"), Tone::bad}, Span{"\n" + (h.inside_permille() < 0 ? tr("its source said so") : tr("its source said so; by age {share}", {{"share", spoken_share(h.inside_permille())}})), Tone::muted}};
    case Met::untold: return {Span{tr("not known"), Tone::unknown}};
    case Met::no_limit: break;
  }
  return {Span{tr("no limit set"), Tone::unknown}};
}

Text runs_cell(const BackupHistory& h) {
  const auto& runs = h.runs;
  if (runs.planned < 0) return {Span{tr("no schedule"), Tone::unknown}};
  if (runs.planned == 0) return {Span{h.known_since && h.known_since < h.to ? tr("none was due") : tr("not counted: nothing read by then"), Tone::muted}};
  Text text = plain(tr("{made} of {planned}", {{"made", runs.made}, {"planned", runs.planned}}));
  if (runs.missed > 0) text.push_back(Span{"\n" + tr_count(runs.missed, "{count} missed", "{count} missed"), Tone::strong});
  if (runs.unknown > 0) text.push_back(Span{"\n" + tr_count(runs.unknown, "{count} not known", "{count} not known"), Tone::muted});
  if (runs.beside > 0) text.push_back(Span{"\n" + tr_count(runs.beside, "{count} more in closed time", "{count} more in closed time"), Tone::muted});
  return text;
}

Text worst_cell(const BackupHistory& h) {
  if (h.worst_minutes < 0) return h.ever_without_point ? Text{Span{tr("nothing to restore from"), Tone::bad}} : cell("");
  Text text = {Span{spoken_minutes(h.worst_minutes), Tone::strong}, Span{"\n" + spoken(h.worst_at), Tone::muted}};
  if (h.worst_whole_minutes != h.worst_minutes) text.push_back(Span{"\n" + tr("{age} with closed days", {{"age", spoken_minutes(h.worst_whole_minutes)}}), Tone::muted});
  return text;
}

/// Things in a cell, one a line, the first few by name.
Text lines_cell(const std::vector<std::string>& lines) {
  if (lines.empty()) return {Span{tr("none"), Tone::muted}};
  std::vector<std::string> shown(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), most_listed)));
  if (lines.size() > most_listed) shown.push_back(tr("and {count} more", {{"count", lines.size() - most_listed}}));
  return plain(join(shown, "\n"));
}

/// Times of one kind that follow one another, with how many they were: "3 Nov 2026, 08:00 to 5 Nov 2026, 08:00 (9 readings): reason".
std::vector<std::string> unanswered_lines(const BackupHistory& h) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < h.unreadable.size();) {
    auto last = i;
    const auto reason = printed_reason(h.unreadable[i]->detail);
    while (last + 1 < h.unreadable.size() && printed_reason(h.unreadable[last + 1]->detail) == reason &&
           minutes_between(h.unreadable[last]->read_at, h.unreadable[last + 1]->read_at) <= 2 * minutes_per_day)
      ++last;
    const auto& one = *h.unreadable[i];
    const Args args{{"from", spoken(one.read_at)}, {"to", spoken(h.unreadable[last]->read_at)}, {"count", last - i + 1}, {"reason", reason}};
    if (reason.empty()) lines.push_back(last > i ? tr("{from} to {to} ({count} readings)", args) : tr("{from}", args));
    else lines.push_back(last > i ? tr("{from} to {to} ({count} readings): {reason}", args) : tr("{from}: {reason}", args));
    i = last + 1;
  }
  return lines;
}

/// The times past the limit, one a line, with the time of them that counts. One that reaches the end of a period that is over may have gone on: that is for the next one's report to tell.
std::vector<std::string> past_lines(const BackupHistory& h, const Calendar& calendar, const Period& period, Instant now) {
  std::vector<std::string> lines;
  for (const auto& side : h.sides) {
    const auto minutes = side.side == RpoSide::outside ? open_minutes_between(calendar, side.from, side.to) : 0;
    if (minutes <= 0) continue;
    const bool all_counts = minutes == minutes_between(side.from, side.to);
    const Args args{{"from", spoken(side.from)}, {"to", spoken(side.to)}, {"time", all_counts ? spoken_minutes(minutes) : spoken_open_minutes(calendar, minutes)}, {"period", spoken(period)}};
    lines.push_back(side.to != h.to ? tr("{from} to {to}, {time}", args) : h.to < now ? tr("{from} until the end of {period}, {time}", args) : tr("{from} until now, {time}", args));
  }
  return lines;
}

/// How many readings there were in all, and how many of them got no answer.
std::string readings_words(long long readings, long long unanswered) {
  if (readings == 0) return tr("No reading was made.");
  if (readings == 1) return unanswered > 0 ? tr("One reading was made, and it got no answer.") : tr("One reading was made, and it got an answer.");
  if (unanswered == 0) return tr("{readings} readings were made, and each got an answer.", {{"readings", readings}});
  return tr_count(unanswered, "{readings} readings were made, and one of them got no answer.", "{readings} readings were made, and {count} of them got no answer.", {{"readings", readings}});
}

/// What the readings told of failed runs and of copies that are not to be trusted.
std::string alarm_words(const BackupHistory& h) {
  std::vector<std::string> told;
  if (h.failed > 0) told.push_back(tr_count(h.failed, "One reading told of a failed run.", "{count} readings told of a failed run."));
  if (h.alarms > 0) told.push_back(tr_count(h.alarms, "One reading told of a copy that is not to be trusted.", "{count} readings told of a copy that is not to be trusted."));
  if (h.warned > 0) told.push_back(tr_count(h.warned, "One reading came with a warning.", "{count} readings came with a warning."));
  return join(told, " ");
}

std::vector<std::string> measured_by(const Section& s, const BackupHistory& h) {
  std::vector<std::string> lines;
  for (const auto& id : h.probes) {
    const auto* probe = find_in(s.plan.probes, id);
    if (!probe) {
      lines.push_back(tr("a probe that the plan no longer has"));
      continue;
    }
    const auto how = label_of(*probe, "type");
    lines.push_back(how.empty() ? probe->name : tr("“{probe}” ({how})", {{"probe", probe->name}, {"how", how}}));
  }
  return lines;
}

std::vector<std::string> tests_in(const Section& s, const BackupHistory& h, const Period& period) {
  std::vector<std::string> lines;
  for (const auto& test : s.plan.restore_tests) {
    if (test.backup_id != h.backup_id || !test.on || test.on.days < period.first.days || test.on.days > period.last.days) continue;
    const auto result = label_of(test, "result");
    const Args args{{"day", spoken(test.on)}, {"result", result.empty() ? tr("result not known") : lower_case(result)}, {"took", test.took_minutes ? spoken_minutes(test.took_minutes.count) : tr("a time not known")}};
    lines.push_back(tr("{day}: {result}, took {took}", args));
  }
  return lines;
}

void say_verdict(Section& s, const Histories& histories) {
  std::size_t counts[6] = {};
  for (const auto& h : histories.all) ++counts[static_cast<std::size_t>(met(h))];
  const auto count = [&](Met what) { return static_cast<long long>(counts[static_cast<std::size_t>(what)]); };
  const auto untold = count(Met::untold) + count(Met::no_limit);
  const auto rest = untold > 0 ? " " + tr_count(untold, "Of one it cannot be told: it was not read, or no limit is set.", "Of {count} it cannot be told: they were not read, or no limit is set.") : std::string();
  const Args args{{"all", histories.all.size()}};
  std::vector<std::string> distrusted;
  for (const auto& h : histories.all)
    if (met(h) == Met::distrusted) distrusted.push_back("“" + title_of(s.plan, h.backup_id) + "”");
  if (!distrusted.empty())
    s.callout(Tone::bad, tr_count(count(Met::distrusted), "The copy of one backup was not to be trusted", "The copies of {count} backups were not to be trusted"),
              tr_count(count(Met::distrusted), "Its own source said so of {backups}: whatever its age, a restore from it may fail.", "Their own sources said so of {backups}: whatever their age, a restore from them may fail.", {{"backups", join(distrusted, ", ")}}));
  const auto held = count(Met::met) + count(Met::partly_told);
  if (count(Met::past) > 0)
    s.callout(Tone::bad, tr_count(count(Met::past), "One backup went past its limit", "{count} backups went past their limits"),
              histories.all.size() == 1 ? tr("It is the only backup that is recorded.") : tr_count(held, "Of {all} backups one stayed inside its limit whenever it was read.", "Of {all} backups {count} stayed inside their limits whenever they were read.", args) + rest);
  else if (!distrusted.empty() && untold == 0)
    return;
  else if (untold > 0)
    s.callout(Tone::unknown, tr_count(untold, "Of one backup nothing is proven", "Of {count} backups nothing is proven"),
              tr("They were not read, or no activity sets a limit for them. Unknown is not in order: measure them, and say how much may be lost."));
  else if (count(Met::partly_told) > 0)
    s.callout(Tone::warning, tr("No backup was seen past its limit, but not all of the time was measured"), tr_count(count(Met::partly_told), "One backup was not read for more than a twentieth of the time.", "{count} backups were not read for more than a twentieth of the time."));
  else
    s.callout(Tone::good, tr("Every backup stayed inside its limit throughout"), tr("That says how old the newest copy was at any time. Whether it can be restored in time only a restore test shows."));
}

/// Where nothing had been read by the end of the period, that is all there is to say of it.
bool say_before(Section& s, const Histories& histories, const std::string& words) {
  Instant first;
  for (const auto& h : histories.all) {
    if (h.readings > 0 || !h.stretches.empty()) return false;
    const auto own = histories.readings.find(h.backup_id.text);
    for (const auto* o : own == histories.readings.end() ? ReadingList() : own->second)
      if (o->read_at && (!first || o->read_at < first)) first = o->read_at;
  }
  if (first && first < histories.all.front().to) return false;  // read before, and not in this time
  if (first) s.callout(Tone::unknown, tr("Nothing is known of {period}", {{"period", words}}), tr("The first reading of a backup was made on {first}, later than that. Nothing is proven for this time, and no run of it is counted.", {{"first", spoken(first)}}));
  else s.callout(Tone::unknown, tr("Nothing is known of {period}", {{"period", words}}), tr("No backup has been read yet. Nothing is proven for this time, and no run of it is counted."));
  return true;
}

}  // namespace

void section_backup_month(Section& s) {
  const auto period = period_of(s.in);
  const auto words = spoken(period);
  if (s.plan.backups.empty()) {
    s.out.emplace_back(evidence_table(s, period, {}));
    s.callout(Tone::unknown, tr("No backup has been recorded"), tr("Whether the business could get its data back is not known. Record each backup, what it covers and where it is kept, then let Mainstay read its age."));
    return;
  }
  const auto histories = histories_of(s);
  if (histories.all.front().from >= s.in.now) {
    s.out.emplace_back(evidence_table(s, period, {}));
    s.callout(Tone::unknown, tr("{period} is still to come", {{"period", words}}), tr("There is nothing to tell of it yet."));
    return;
  }
  const bool running = histories.all.front().to == s.in.now;
  s.heading(2, running ? tr("{period}, up to {now}", {{"period", words}, {"now", spoken(s.in.now)}}) : words);
  if (!say_before(s, histories, words)) say_verdict(s, histories);
  constexpr std::size_t first_rows = 24, more_rows = 38;  // what a page holds below the verdict, and what a whole page holds
  for (std::size_t i = 0; i < histories.all.size();) {
    const auto rows = std::min(i == 0 ? first_rows : more_rows, histories.all.size() - i);
    const auto from = histories.all.begin() + static_cast<std::ptrdiff_t>(i);
    s.out.emplace_back(days_figure(s.plan, {from, from + static_cast<std::ptrdiff_t>(rows)}));
    i += rows;
  }
  s.say(Text{Span{tr("A day: ✓ inside the limit, ✕ past it, ! its source told of a failed run or of a copy that is not to be trusted, ? not known, – closed."), Tone::muted}});
  long long readings = 0, unanswered = 0;
  for (const auto& h : histories.all) readings += h.readings, unanswered += static_cast<long long>(h.unreadable.size());
  TableBlock table;
  table.caption = tr("Summary");
  table.columns = {{tr("Backup"), 5}, {tr("Limit (RPO)"), 4}, {tr("Inside it"), 4}, {tr("Greatest age"), 5}, {tr("Runs made"), 3}, {tr("Restore tests"), 3}};
  for (const auto& h : histories.all) {
    const auto* backup = find_in(s.plan.backups, h.backup_id);
    std::vector<std::string> how;
    for (const auto& part : {label_of(*backup, "method"), label_of(*backup, "place")})
      if (!part.empty()) how.push_back(part);
    const auto& rpo = h.rpo.rpo_minutes;
    const auto tests = tests_in(s, h, period);
    table.rows.push_back({stacked(backup->name, join(how, " · ")), rpo ? stacked(spoken_minutes(rpo.count), title_of(s.plan, h.rpo.activity_id)) : cell(rpo), verdict_cell(h), worst_cell(h), runs_cell(h),
                          tests.empty() ? Text{Span{tr("none"), Tone::muted}} : plain(std::to_string(tests.size()))});
  }
  s.out.emplace_back(std::move(table));
  s.say(Text{Span{tr("The limit is what the activity named below it says it can lose at most; it is asserted by the business. All else is observed. Shares are of the time in which data can change.") + " " + readings_words(readings, unanswered), Tone::muted}});
  s.out.emplace_back(evidence_table(s, period, histories.all));
}

void section_backup_histories(Section& s) {
  const auto period = period_of(s.in);
  const auto histories = histories_of(s);
  if (histories.all.empty()) return s.say(tr("There is no backup whose history could be shown."));
  if (histories.all.front().from >= s.in.now) return s.say(tr("{period} is still to come.", {{"period", spoken(period)}}));
  for (const auto& h : histories.all) {
    const auto* backup = find_in(s.plan.backups, h.backup_id);
    const auto whole_calendar = calendar_of(s.plan, *backup), calendar = whole_calendar.for_spans_of(h.rpo.rpo_minutes.value_or(minutes_per_day));
    s.heading(2, backup->name);
    s.say(history_words(s.plan, h), true);
    if (h.readings > 0 || !h.stretches.empty()) s.out.emplace_back(age_figure(s.plan, h));
    std::vector<std::string> missed;
    for (const auto at : h.runs.missed_at) missed.push_back(spoken(at));
    TableBlock facts;
    facts.columns = {{tr("What"), 3}, {tr("In this period"), 9}};
    if (h.rpo.rpo_minutes) facts.rows.push_back({cell(tr("Past the limit"), Tone::strong), h.stretches.empty() ? Text{Span{tr("not known"), Tone::unknown}} : lines_cell(past_lines(h, calendar, period, s.in.now))});
    if (h.runs.planned > 0)
      facts.rows.push_back({cell(tr("Runs missed"), Tone::strong), missed.empty() && h.runs.missed > 0 ? plain(tr("{count}, told by the time that passed without a new copy", {{"count", h.runs.missed}})) : lines_cell(missed)});
    facts.rows.push_back({cell(tr("Could not be read"), Tone::strong), h.readings == 0 ? Text{Span{tr("nobody tried"), Tone::unknown}} : lines_cell(unanswered_lines(h))});
    if (h.failed + h.alarms + h.warned > 0)
      facts.rows.push_back({cell(tr("The source’s own alarms"), Tone::strong), {Span{alarm_words(h), h.failed + h.alarms > 0 ? Tone::bad : Tone::warning}}});
    auto by = measured_by(s, h);
    if (!by.empty())
      by.back() = tr("{by}; {readings}, {points}", {{"by", by.back()}, {"readings", tr_count(h.readings, "one reading", "{count} readings")},
                                                    {"points", tr_count(h.points, "one restorable point seen", "{count} different restorable points seen")}});
    facts.rows.push_back({cell(tr("Measured by"), Tone::strong), by.empty() ? Text{Span{tr("nothing measured it"), Tone::unknown}} : lines_cell(by)});
    if (const auto* site = site_of(s.plan, *backup); site && whole_calendar.has_hours())
      facts.rows.push_back({cell(tr("Open hours"), Tone::strong), plain(tr("{place}: {hours}", {{"place", site->name}, {"hours", site->open_hours}}))});
    facts.rows.push_back({cell(tr("Restore tests"), Tone::strong), lines_cell(tests_in(s, h, period))});
    s.out.emplace_back(std::move(facts));
  }
}

void section_backup_method(Section& s) {
  s.list(List::Style::bullet,
         {plain(tr("Mainstay read each backup from outside, where it lies, and kept every reading with its time. It did not take the backup program’s word for a run; it looked for the restorable point.")),
          plain(tr("The age at a time is the time since the newest copy that was complete by then. Days on which the place is closed do not count, since no data changes on them; nor, where less than a day may be lost, do the hours in which it is closed.")),
          plain(tr("Between two readings the copy seen first stands for the age as long as it stays inside the limit. A time past the limit is counted only where a reading showed it. The rest is not known, and counted neither way.")),
          plain(tr("A planned run is made where a copy from it was seen, missed where a later reading shows none, and not known otherwise. A run that is planned every so often is planned for the open hours of open days, and around the clock where no hours are told; a copy made in closed time counts as the planned run before it, or as the one shortly after, where that has no copy of its own. Runs are counted from the first reading on, with the copy that it found. A reading that got no answer is never counted as a failed backup.")),
          plain(tr("Readings older than 30 days are thinned to one a day and every change, so that this report can be made again later."))});
  TableBlock sign;
  sign.caption = tr("Seen and accepted");
  sign.columns = {{tr("Name"), 3}, {tr("Role"), 3}, {tr("Signature"), 4}, {tr("Day"), 2}};
  for (int i = 0; i < 2; ++i) sign.rows.push_back({plain("\n\n"), {}, {}, {}});
  s.out.emplace_back(std::move(sign));
}

}  // namespace mainstay
