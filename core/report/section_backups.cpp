// SPDX-License-Identifier: MIT
// Backup evidence and restore tests: what was read, when, and against which need.
#include <algorithm>
#include <unordered_map>

#include "core/base/text.h"
#include "core/model/restore_estimate.h"
#include "core/model/timeline.h"
#include "core/report/printed_reason.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
Tone state_tone(BackupState state) {
  switch (state) {
    case BackupState::ok: return Tone::good;
    case BackupState::at_risk: return Tone::warning;
    case BackupState::breached:
    case BackupState::failed: return Tone::bad;
    case BackupState::unknown: break;
  }
  return Tone::unknown;
}

/// The latest reading of each backup by its id.
std::unordered_map<std::string_view, const Observation*> newest_readings(const ReportInput& in) {
  std::unordered_map<std::string_view, const Observation*> newest;
  for (const auto& o : in.observations) {
    if (is_from_the_future(o, in.now)) continue;
    auto& known = newest[o.backup_id.text];
    if (!known || o.read_at >= known->read_at) known = &o;
  }
  return newest;
}

const RestoreTest* latest_test(const Plan& plan, const Id& backup, bool passed) {
  const RestoreTest* found = nullptr;
  for (const auto& test : plan.restore_tests)
    if (test.backup_id == backup && test.on && (!passed || test.result == RestoreTest::Result::pass) && (!found || found->on.days <= test.on.days)) found = &test;
  return found;
}
}  // namespace

void section_backups(Section& s) {
  const auto statuses = backup_statuses(s.plan, s.in.graph, s.in.observations, s.in.now, printed_reason);  // what to do about it stays in the product
  if (statuses.empty()) {
    s.callout(Tone::unknown, tr("No backup has been recorded"), tr("Whether the business could get its data back is not known. Record each backup, what it covers and where it is kept, then let Mainstay read its age."));
    return;
  }
  std::size_t counts[5] = {};
  for (const auto& status : statuses) ++counts[static_cast<std::size_t>(status.state)];
  const auto bad = counts[2] + counts[3];
  const auto all = static_cast<long long>(statuses.size());
  if (bad > 0)
    s.callout(Tone::bad, tr_count(static_cast<long long>(bad), "{count} backup does not meet its need", "{count} backups do not meet their need"), tr_count(all, "It is the only backup that is recorded.", "Of {count} backups, in order: {ok}, at risk: {risk}, breached or failed: {bad}, unknown: {unknown}.", {{"ok", counts[0]}, {"risk", counts[1]}, {"bad", bad}, {"unknown", counts[4]}}));
  else if (counts[4] > 0)
    s.callout(Tone::unknown, tr_count(static_cast<long long>(counts[4]), "Where {count} backup stands is not known", "Where {count} backups stand is not known"), tr_count(all, "It is the only backup that is recorded. Unknown is not in order: read it, or look by hand.", "Of {count} backups, in order: {ok}, at risk: {risk}, unknown: {unknown}. Unknown is not in order: read them, or look by hand.", {{"ok", counts[0]}, {"risk", counts[1]}, {"unknown", counts[4]}}));
  else if (counts[1] > 0)
    s.callout(Tone::warning, tr_count(static_cast<long long>(counts[1]), "{count} backup is at risk", "{count} backups are at risk"), counts[0] > 0 ? tr_count(static_cast<long long>(counts[0]), "The other is inside its RPO on a fresh reading.", "The {count} others are inside their RPO on a fresh reading.") : tr("None is past its RPO yet, on a fresh reading."));
  else
    s.callout(Tone::good, tr("Every backup is inside its RPO on a fresh reading"), tr("That says how old the newest restore point is. Whether it can be restored in time only a restore test shows."));
  TableBlock table;
  table.columns = {{tr("Backup"), 5}, {tr("State"), 3}, {tr("Age of newest point"), 4}, {tr("Allowed (RPO)"), 4}, {tr("Read"), 4}, {tr("Last proven restore"), 4}};
  std::vector<Text> details;
  const auto readings = newest_readings(s.in);
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    const auto& status = statuses[i];
    const auto* backup = &s.plan.backups[i];
    const auto at = readings.find(backup->id.text);
    const auto* newest = at == readings.end() ? nullptr : at->second;
    std::vector<std::string> how;
    for (const auto& part : {label_of(*backup, "method"), label_of(*backup, "place")})
      if (!part.empty()) how.push_back(part);
    Text age = status.age_minutes >= 0 ? Text{Span{spoken_minutes(status.age_minutes), Tone::strong}} : cell("");
    if (status.last_point) age.push_back(Span{"\n" + spoken(status.last_point), Tone::muted});
    Text read = status.read_at ? plain(spoken(status.read_at)) : Text{Span{tr("never read"), Tone::unknown}};
    if (newest && newest->outcome == Observation::Outcome::unreadable)
      read = status.last_point ? Text{Span{tr("could not read"), Tone::unknown}, Span{"\n" + tr("{tried}; last known point {point}", {{"tried", spoken(newest->read_at)}, {"point", spoken(status.last_point)}}), Tone::muted}}
                               : Text{Span{tr("could not read"), Tone::unknown}, Span{"\n" + spoken(newest->read_at), Tone::muted}};
    const auto& rpo = status.rpo.rpo_minutes;
    table.rows.push_back({stacked(backup->name, join(how, " · ")), {Span{backup_status_label(status), status.warned && status.state == BackupState::ok ? Tone::warning : state_tone(status.state)}}, std::move(age),
                          rpo ? stacked(spoken_minutes(rpo.count), title_of(s.plan, status.rpo.activity_id)) : cell(rpo), std::move(read),
                          status.last_proven ? plain(spoken(status.last_proven)) : Text{Span{tr("never"), Tone::unknown}}});
    if (!status.detail.empty()) details.push_back(plain(status.detail));
  }
  s.out.emplace_back(std::move(table));
  s.say(Text{Span{tr("Ages and times are observed: Mainstay read them from the backup itself. The RPO is asserted by the owner of the activity named below it, the one that can bear the least loss."), Tone::muted}});
  if (!details.empty()) {
    s.heading(3, tr("In words"));
    s.list(List::Style::bullet, std::move(details));
  }
}

void section_restores(Section& s) {
  TableBlock table;
  table.columns = {{tr("Backup"), 5}, {tr("Last test"), 4}, {tr("Whole set would take"), 4}, {tr("Needed within (RTO)"), 5}, {tr("Verdict"), 4}};
  for (const auto& backup : s.plan.backups) {
    const auto time = restore_verdict(s.plan, s.in.graph, backup.id);
    const auto* test = latest_test(s.plan, backup.id, false);
    Text result = {Span{tr("never tested"), Tone::unknown}};
    if (test) {
      const auto tone = test->result == RestoreTest::Result::pass ? Tone::good : test->result == RestoreTest::Result::fail ? Tone::bad : test->result == RestoreTest::Result::partial ? Tone::warning : Tone::unknown;
      const auto label = label_of(*test, "result");
      result = {Span{label.empty() ? tr("Result not known") : label, tone}, Span{"\n" + spoken(test->on), Tone::muted}};
    }
    Text verdict = {Span{tr("Not measured"), Tone::unknown}};
    if (test && test->result == RestoreTest::Result::fail) verdict = {Span{tr("Failed"), Tone::bad}};
    else if (time.time == RestoreTime::too_slow) verdict = {Span{tr("Too slow"), Tone::bad}};
    else if (time.time == RestoreTime::unsure) verdict = {Span{tr("Not sure"), Tone::warning}, Span{"\n" + (time.estimate.wanted_mb > 0 ? tr("test with about {mb} MB", {{"mb", time.estimate.wanted_mb}}) : tr("test with a larger sample")), Tone::muted}};
    else if (time.time == RestoreTime::in_time) verdict = test && test->result == RestoreTest::Result::pass ? Text{Span{tr("In time"), Tone::good}} : Text{Span{tr("Unproven"), Tone::unknown}};
    else if (!time.rto_minutes) verdict = {Span{tr("No RTO set"), Tone::unknown}};
    const auto& e = time.estimate;
    table.rows.push_back({cell(backup.name, Tone::strong), std::move(result),
                          e ? stacked(spoken_minutes(e.likely_minutes), tr("worked out: {low} to {high}", {{"low", spoken_minutes(e.low_minutes)}, {"high", spoken_minutes(e.high_minutes)}})) : e.too_small ? Text{Span{tr("sample too small to tell"), Tone::unknown}} : cell(""),
                          time.rto_minutes ? stacked(spoken_minutes(time.rto_minutes.count), title_of(s.plan, time.activity_id)) : cell(""), std::move(verdict)});
  }
  s.table(std::move(table), tr("There is no backup whose restore could be tested."));
}

}  // namespace mainstay
