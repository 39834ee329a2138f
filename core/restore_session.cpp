// SPDX-License-Identifier: MIT
#include "core/restore_session.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "core/base/error.h"
#include "core/base/id.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

using Result = RestoreTest::Result;
constexpr std::int64_t bytes_per_mb = 1'000'000, longest_minutes = 366 * minutes_per_day, noticed_idle_minutes = 10;

/// The data that a backup protects.
std::vector<const Resource*> protected_data(const Plan& plan, const Id& backup) {
  std::vector<const Resource*> found;
  for (const auto& link : plan.links)
    if (link.kind == Link::Kind::protects && link.from_id == backup)
      if (const auto* resource = find_in(plan.resources, link.to_id)) found.push_back(resource);
  return found;
}

bool only_keeper(const Plan& plan, const Id& backup, const Id& data) {
  return std::none_of(plan.links.begin(), plan.links.end(), [&](const Link& link) { return link.kind == Link::Kind::protects && link.to_id == data && link.from_id != backup; });
}

/// The folder's size, or what the plan says of the data where that is more: the folder may be a part of it.
std::int64_t whole_set_mb(const Plan& plan, const RestoreSession& session) {
  std::int64_t said = 0;
  for (const auto* data : protected_data(plan, session.backup_id)) said += std::clamp<std::int64_t>(data->size_mb.value_or(0), 0, std::int64_t(1) << 40);
  return std::max(said, (session.set_bytes + bytes_per_mb - 1) / bytes_per_mb);
}

Result result_of(const RestoreComparison& c) {
  if (c.same == 0) return c.different + c.missing > 0 ? Result::fail : Result::unknown;
  if (c.different + c.missing + c.old > 0) return Result::partial;
  return c.unsettled > 0 ? Result::unknown : Result::pass;  // what cannot be told is no proof
}

void say_files(const RestoreComparison& c, std::size_t all, std::vector<std::string>& sentences) {
  const Args args{{"all", all}, {"same", c.same}, {"different", shown_path(c.first_different)}, {"missing", shown_path(c.first_missing)}, {"extra", shown_path(c.first_extra)}, {"why", c.why_different}};
  if (c.same == static_cast<std::int64_t>(all)) sentences.push_back(tr_count(c.same, "The one file of the sample came back the same, byte for byte.", "All {count} files of the sample came back the same, byte for byte."));
  else sentences.push_back(tr("{same} of the sample's {all} files came back the same, byte for byte.", args));
  if (c.different > 0 && c.why_different.empty()) sentences.push_back(tr_count(c.different, "One came back different: “{different}”.", "{count} came back different; the first is “{different}”.", args));
  if (c.different > 0 && !c.why_different.empty()) sentences.push_back(tr_count(c.different, "One came back different: “{different}” ({why}).", "{count} came back different; the first is “{different}” ({why}).", args));
  if (c.missing > 0) sentences.push_back(tr_count(c.missing, "One did not come back: “{missing}”.", "{count} did not come back; the first is “{missing}”.", args));
  if (c.unsettled > 0)
    sentences.push_back(tr_count(c.unsettled, "One file that differs or is missing had changed after the backup's newest point: whether the backup holds it right cannot be told. Let it run once more, then test again.",
                                 "{count} files that differ or are missing had changed after the backup's newest point: whether the backup holds them right cannot be told. Let it run once more, then test again."));
  if (c.old > 0) sentences.push_back(tr_count(c.old, "One of them was there before the clock was started, so this restore did not bring it.", "{count} of them were there before the clock was started, so this restore did not bring them."));
  if (c.extra > 0) sentences.push_back(tr_count(c.extra, "One more file came back than the sample names: “{extra}”.", "{count} more files came back than the sample names; the first is “{extra}”.", args));
}

/// By the clock of the test, at least one; a time that somebody says is one in minutes.
std::int64_t seconds_taken(const RestoreSession& session, const RestoreComparison& comparison, const RestoreEnding& ending) {
  if (ending.took_minutes) return std::clamp<std::int64_t>(*ending.took_minutes, 1, longest_minutes) * 60;
  const auto stopped = ending.until_last_file && comparison.last_written >= session.started ? comparison.last_written : ending.stopped;
  const auto seconds = stopped.seconds - session.started.seconds;
  if (seconds < 0) throw Error(ErrorCode::refused, tr("By this computer's clock the test ended before it began ({started}): the clock was changed. Say how long the restore took.", {{"started", spoken(session.started)}}));
  return std::clamp<std::int64_t>(seconds, 1, longest_minutes * 60);
}

/// What files cost, where it can be told, as fields of the test.
void note_costs(const RestoreComparison& comparison, RestoreOutcome& outcome, std::vector<std::pair<std::string, std::string>>& values) {
  const auto cost = restore_cost(comparison.files, double(outcome.full_files), double(outcome.full_mb));
  if (!cost) return;
  constexpr double us_per_second = 1e6;
  const auto whole = [](double number) { return std::to_string(static_cast<std::int64_t>(std::llround(std::clamp(number, 0.0, 1e15)))); };
  const auto flow = std::min<double>(cost.flow_seconds, double(outcome.took_seconds));
  if (flow < 1) return;
  values.insert(values.end(), {{"flow_seconds", whole(flow)}, {"per_file_us", whole(cost.per_file * us_per_second)}, {"per_mb_us", whole(cost.per_mb * us_per_second)},
                               {"cost_error_percent", whole(std::ceil(cost.error * 100))}});
  outcome.sentences.push_back(tr("Files were being written for {flow} of that: each cost {file} milliseconds, and each MB {mb} more. The other {rest} may be the same however much is restored.",
                                 {{"flow", spoken_seconds(std::llround(flow))}, {"file", whole(std::ceil(cost.per_file * 1000))}, {"mb", whole(std::ceil(cost.per_mb * 1000))}, {"rest", spoken_seconds(outcome.took_seconds - std::llround(flow))}}));
}

/// Sets the recovery time of the data that this backup alone protects, as tested.
void record_times(const Plan& before, const Plan& after, const RestoreSession& session, Date today, RestoreOutcome& outcome) {
  const auto all = protected_data(before, session.backup_id);
  for (const auto* data : all) {
    if (!only_keeper(before, session.backup_id, data->id)) continue;
    // The one thing that is protected is the whole set, whatever size was written down for it before.
    const auto size = all.size() > 1 && data->size_mb && data->size_mb.count > 0 ? data->size_mb.count : outcome.full_mb;
    const auto estimate = estimate_restore(after, session.backup_id, size);
    if (!estimate) continue;
    const auto ref = find_record(before, data->id);
    append(outcome.change, set_fields(before, ref, {{"recovery_minutes", std::to_string(estimate.likely_minutes)}, {"recovery_basis", "tested"}, {"recovery_on", to_text(today)}}));
    outcome.timed.push_back(data->id);
    outcome.sentences.push_back(tr("The time for “{data}” becomes {time}, as tested.", {{"data", data->name}, {"time", spoken_minutes(estimate.likely_minutes)}}));
  }
}

}  // namespace

std::string spoken_seconds(std::int64_t seconds) {
  return seconds < 120 ? tr_count(seconds, "{count} second", "{count} seconds") : spoken_minutes((seconds + 59) / 60);
}

std::string shown_path(const std::string& path) {
  auto words = clean_utf8(path);
  std::replace_if(words.begin(), words.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return shortened(words, 200);
}

SampleLimits limits_for(const Document& document, const Id& backup, std::optional<std::size_t> files, std::optional<std::int64_t> bytes, std::optional<std::uint64_t> seed) {
  SampleLimits limits;
  if (files) limits.files = *files;
  if (bytes) limits.bytes = *bytes;
  if (!files && !bytes) {
    limits.files = most_recommended_files;
    const auto wanted = estimate_restore(document.plan(), backup).wanted_mb;
    limits.enough = wanted > 0 ? std::min(wanted, most_recommended_bytes / bytes_per_mb) * bytes_per_mb : 0;
    limits.bytes = most_recommended_bytes;
  }
  limits.now = document.now();
  limits.seed = seed ? *seed : (std::uint64_t(std::random_device{}()) << 32 | std::random_device{}());
  for (const auto& status : document.backups())
    if (status.backup_id == backup && status.last_point && status.last_point <= document.now().plus_minutes(minutes_per_day)) limits.settled_before = status.last_point;
  return limits;
}

RestoreSession started_restore(const Document& document, const Id& backup, const std::string& folder, const SampleLimits& limits, const FileSample& sample) {
  RestoreSession session;
  session.plan = plan_identity(document);
  session.backup_id = backup;
  session.backup_name = title_of(document.plan(), backup);
  session.folder = folder;
  session.identity = sample.folder;
  session.seed = limits.seed;
  session.newest_point = limits.settled_before;
  session.started = document.now();
  session.set_files = sample.set.files;
  session.set_bytes = sample.set.bytes;
  session.files = sample.files;
  return session;
}

std::string restore_instruction(const RestoreSession& session) {
  const Args args{{"backup", session.backup_name}, {"folder", shown_path(session.folder)}, {"mb", (session.sample_bytes() + bytes_per_mb - 1) / bytes_per_mb}};
  return tr_count(static_cast<long long>(session.files.size()), "With your own program, restore this file ({mb} MB) of “{folder}” from {backup}, or the whole folder, into another, empty folder.",
                  "With your own program, restore these {count} files ({mb} MB) of “{folder}” from {backup}, or the whole folder, into another, empty folder.", args);
}

std::string sample_advice(const RestoreSession& session) {
  const auto wanted = recommended_bytes(session.set_bytes), got = session.sample_bytes();
  if (got >= wanted || wanted < bytes_per_mb) return {};
  return tr("These files hold {mb} MB of {all} MB, likely too little to tell how long everything takes. Restore about {wanted} MB, such as a whole folder with some of them in it: all that comes back counts.",
            {{"mb", got / bytes_per_mb}, {"all", (session.set_bytes + bytes_per_mb - 1) / bytes_per_mb}, {"wanted", (wanted + bytes_per_mb - 1) / bytes_per_mb}});
}

RestoreClaim claim_of(const RestoreSession& session, const std::string& at) { return {at, session.folder, session.identity, session.files, session.started}; }

RestoreOutcome finished_restore(const Document& document, const RestoreSession& session, const RestoreComparison& comparison, const RestoreEnding& ending) {
  const auto& plan = document.plan();
  if (!find_in(plan.backups, session.backup_id)) throw Error(ErrorCode::refused, tr("The backup “{name}” that was tested is not in this plan any more.", {{"name", session.backup_name}}));
  RestoreOutcome outcome;
  outcome.result = result_of(comparison);
  outcome.took_seconds = seconds_taken(session, comparison, ending);
  outcome.took_minutes = (outcome.took_seconds + 59) / 60;  // begun ones counted: a restore is never told shorter than it was
  outcome.sample_mb = comparison.came_bytes / bytes_per_mb;  // rounded down: a rate is never told faster than it was
  outcome.full_mb = std::max(ending.full_mb ? *ending.full_mb : whole_set_mb(plan, session), outcome.sample_mb);
  const auto set_mb = std::max<std::int64_t>(1, (session.set_bytes + bytes_per_mb - 1) / bytes_per_mb);
  outcome.full_files = static_cast<std::int64_t>(std::ceil(double(session.set_files) * std::max(1.0, double(outcome.full_mb) / double(set_mb))));
  const bool counted_to_end = !ending.took_minutes && !ending.until_last_file && comparison.last_written >= session.started;
  if (counted_to_end) outcome.idle_minutes = std::max<std::int64_t>(0, minutes_between(comparison.last_written, ending.stopped));

  auto& sentences = outcome.sentences;
  say_files(comparison, session.files.size(), sentences);
  const Args args{{"mb", outcome.sample_mb}, {"time", spoken_seconds(outcome.took_seconds)}, {"full", outcome.full_mb}, {"wanted", std::min(outcome.full_mb, recommended_bytes(session.set_bytes) / bytes_per_mb)},
                  {"place", shown_path(comparison.root)}, {"dropped", shown_path(comparison.dropped)}};
  if (!comparison.dropped.empty()) sentences.push_back(tr("It was compared in “{place}”, where the restore left away the folder “{dropped}” from the paths.", args));
  else sentences.push_back(tr("It was compared in “{place}”.", args));
  if (outcome.sample_mb > 0) sentences.push_back(tr("{mb} MB came back in {time}; the whole set is {full} MB.", args));
  else if (outcome.full_mb > 1) sentences.push_back(tr("It took {time}; less than 1 MB came back, too little to tell how long the whole set of {full} MB takes. Restore about {wanted} MB next time.", args));
  else sentences.push_back(tr("It took {time}; less than 1 MB came back, too little to tell how long more takes.", args));
  if (outcome.idle_minutes >= noticed_idle_minutes)
    sentences.push_back(tr("The last file was written {idle} before the clock was stopped.", {{"idle", spoken_minutes(outcome.idle_minutes)}}));

  std::vector<std::pair<std::string, std::string>> values{{"backup_id", session.backup_id.text}, {"on", to_text(document.today())},
                                                          {"result", std::string(RestoreTest::info().field("result")->choices[static_cast<std::size_t>(outcome.result)].key)},
                                                          {"files_same", std::to_string(comparison.same)}, {"files_different", std::to_string(comparison.different)},
                                                          {"files_missing", std::to_string(comparison.missing)}, {"took_minutes", std::to_string(outcome.took_minutes)},
                                                          {"person_id", ending.person_id.text}};
  if (!ending.took_minutes) values.emplace_back("took_seconds", std::to_string(outcome.took_seconds));
  if (outcome.sample_mb > 0) {
    values.emplace_back("sample_mb", std::to_string(outcome.sample_mb));
    values.emplace_back("full_mb", std::to_string(outcome.full_mb));
    values.emplace_back("full_files", std::to_string(outcome.full_files));
    note_costs(comparison, outcome, values);
  }
  values.emplace_back("note", join(sentences, " "));
  outcome.test_id = new_id("restore_test");
  outcome.change = add_record("restore_test", outcome.test_id, values);
  outcome.change.note = tr("Restore test of {backup}", {{"backup", title_of(plan, session.backup_id)}});
  if (outcome.result == Result::pass && outcome.sample_mb > 0) {  // else this test says nothing about the time, and an older one is not its result
    const auto after = applied(plan, outcome.change);
    outcome.verdict = restore_verdict(after, Graph(after), session.backup_id);
    sentences.push_back(outcome.verdict.sentence);
    if (outcome.verdict.estimate.tests > 1) sentences.push_back(tr_count(outcome.verdict.estimate.tests - 1, "This rests on the new test and an earlier one together.", "This rests on the new test and {count} earlier ones together."));
    if (ending.record_times) record_times(plan, after, session, document.today(), outcome);
  }
  return outcome;
}

}  // namespace mainstay
