// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/restore_session.h"

namespace mainstay::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t bytes_per_mb = 1'000'000, most_mb = 10'000'000;

std::optional<std::uint64_t> whole_number(const Invocation& in, const std::string& option, std::uint64_t least, std::uint64_t most) {
  if (!in.has(option)) return {};
  const auto text = in.get(option);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most)
    throw Error(ErrorCode::usage, tr("{option} needs a whole number from {least} to {most}.", {{"option", option}, {"least", std::to_string(least)}, {"most", std::to_string(most)}}));
  return number;
}

/// A line that is written over while files are read, on a terminal only.
class ProgressLine {
 public:
  OnFileProgress show() {
    if (!shown_) return {};
    return [this](const FileProgress& p) {
      const auto words = p.bytes_total > 0 ? tr("{percent} % of {mb} MB", {{"percent", p.bytes * 100 / p.bytes_total}, {"mb", p.bytes_total / bytes_per_mb}}) : tr_count(p.files, "one file seen", "{count} files seen");
      if (words != last_) std::fprintf(stderr, "\r\033[K%s", words.c_str());
      last_ = words;
    };
  }
  ~ProgressLine() { if (!last_.empty()) std::fputs("\r\033[K", stderr); }

 private:
  bool shown_ = isatty(STDERR_FILENO) != 0;
  std::string last_;
};

Id backup_of(const Document& document, const Invocation& in) {
  if (in.has("BACKUP")) return resolve_record(document.plan(), "backup", in.get("BACKUP")).id;
  if (in.has("--manifest") && in.get("ACTION") != "start") return read_manifest(in.get("--manifest")).backup_id;
  if (in.get("ACTION") != "start") {
    const auto begun = begun_restores(document);
    if (begun.empty()) throw Error(ErrorCode::not_found, tr("No restore test of this plan is running: begin one with “mainstay-cli restore FILE start”."));
    if (begun.size() == 1) return begun.front();
  } else if (document.plan().backups.size() == 1) {
    return document.plan().backups.front().id;
  }
  throw Error(ErrorCode::usage, tr("Name the backup whose restore is tested."));
}

std::string manifest_of(const Document& document, const Invocation& in, const Id& backup) { return in.has("--manifest") ? in.get("--manifest") : usual_manifest(document, backup); }

/// The test that runs for this backup. Throws Error where there is none, or the manifest belongs to another plan.
RestoreSession running_test(const Document& document, const std::string& manifest, const Id& backup) {
  std::error_code error;
  if (!fs::exists(manifest, error)) throw Error(ErrorCode::not_found, tr("No restore test of “{backup}” is running: begin one with “mainstay-cli restore FILE start”.", {{"backup", title_of(document.plan(), backup)}}));
  RestoreSession session;
  try {
    session = read_manifest(manifest);
  } catch (const Error& damaged) {
    throw Error(damaged.code(), tr("{reason} End the test with “cancel”, or say “start --again” to begin anew.", {{"reason", damaged.what()}}));
  }
  if (session.plan != plan_identity(document)) throw Error(ErrorCode::refused, tr("“{path}” belongs to a test of another plan.", {{"path", manifest}}));
  if (session.backup_id != backup) throw Error(ErrorCode::refused, tr("“{path}” belongs to a test of another backup, “{backup}”.", {{"path", manifest}, {"backup", session.backup_name}}));
  return session;
}

Json json_of_session(const RestoreSession& session, const std::string& manifest, Instant now) {
  return {{"backup_id", session.backup_id.text}, {"backup", session.backup_name}, {"folder", clean_utf8(session.folder)}, {"started", json_of(session.started)},
          {"minutes", minutes_between(session.started, now)}, {"files", session.files.size()}, {"bytes", session.sample_bytes()}, {"set_files", session.set_files},
          {"set_bytes", session.set_bytes}, {"newest_point", json_of(session.newest_point)}, {"seed", std::to_string(session.seed)}, {"manifest", manifest}, {"list", list_beside(manifest)}};
}

/// The folder to sample: the one named, else where the protected data lies, if that is on this computer.
std::string folder_to_sample(const Document& document, const Invocation& in, const Id& backup) {
  auto folder = in.get("--from");
  if (folder.empty())
    for (const auto& link : document.plan().links)
      if (link.kind == Link::Kind::protects && link.from_id == backup && folder.empty())
        if (const auto* data = find_in(document.plan().resources, link.to_id); data && fs::path(data->folder).is_absolute()) folder = data->folder;
  if (folder.empty()) throw Error(ErrorCode::usage, tr("Say with --from which folder of the original data the sample is to come from."));
  std::error_code error;
  const auto whole = fs::canonical(folder, error);
  if (error || !fs::is_directory(whole, error)) throw Error(ErrorCode::missing_file, tr("There is no folder “{path}” on this computer.", {{"path", clean_utf8(folder)}}));
  return whole.string();
}

int start(Document& document, const Invocation& in) {
  const auto backup = backup_of(document, in);
  const auto manifest = manifest_of(document, in, backup);
  std::error_code error;
  if (fs::exists(manifest, error) && !in.has("--again")) {
    const auto running = running_test(document, manifest, backup);
    throw Error(ErrorCode::refused, tr("A restore test of “{backup}” is running since {when}. End it with “stop” or “cancel”, or say --again to begin anew.", {{"backup", running.backup_name}, {"when", spoken(running.started)}}));
  }
  const auto folder = folder_to_sample(document, in, backup);
  const auto files = whole_number(in, "--sample", 1, 10'000), mb = whole_number(in, "--mb", 1, most_mb);
  const auto limits = limits_for(document, backup, files ? std::optional<std::size_t>(*files) : std::nullopt, mb ? std::optional<std::int64_t>(static_cast<std::int64_t>(*mb) * bytes_per_mb) : std::nullopt,
                                 whole_number(in, "--seed", 0, UINT64_MAX));
  FileSample sample;
  {
    ProgressLine line;
    sample = choose_sample(folder, limits, {}, line.show());
  }
  const auto session = started_restore(document, backup, folder, limits, sample);
  write_manifest(manifest, session);
  if (in.json()) {
    auto json = json_of_session(session, manifest, document.now());
    json["unchanged_since_newest_point"] = limits.settled_before ? Json(sample.any_settled) : Json(nullptr);
    json["left_out"] = {{"links", sample.set.links}, {"unreadable", sample.set.unreadable}, {"too_large", sample.too_large}, {"changing", sample.changing}, {"other_disks", sample.set.other_disks}};
    Json names = Json::array();
    for (const auto& file : session.files) names.push_back(clean_utf8(file.path));
    json["sample"] = names;
    json["recommended_bytes"] = recommended_bytes(session.set_bytes);
    json["advice"] = sample_advice(session);
    print(json);
    return Exit::fine;
  }
  print(tr("The clock runs since {when}.", {{"when", spoken(session.started)}}));
  print(restore_instruction(session));
  constexpr std::size_t most_shown = 30;
  for (std::size_t i = 0; i < std::min(most_shown, session.files.size()); ++i) print("    " + shown_path(session.files[i].path));
  if (session.files.size() > most_shown) print(tr("    … and {count} more", {{"count", session.files.size() - most_shown}}));
  print(tr("The list for programs that take one: {path}", {{"path", list_beside(manifest)}}));
  if (const auto advice = sample_advice(session); !advice.empty()) print(advice);
  if (!limits.settled_before) print(tr("The backup's newest point is not known, so a file that changed since may come back different: measure the backup first to leave such files out."));
  else if (!sample.any_settled) print(tr("Every file there changed after the backup's newest point: only what comes back the same will say something."));
  if (sample.set.unreadable > 0) print(tr_count(sample.set.unreadable, "One thing there may not be read (“{file}”) and was left out.", "{count} things there may not be read (the first is “{file}”) and were left out.", {{"file", sample.set.first_unreadable}}));
  if (sample.too_large > 0) print(tr_count(sample.too_large, "One file is larger than the sample may be and was left out; --mb allows more.", "{count} files are larger than the sample may be and were left out; --mb allows more."));
  print(tr("When it is back: mainstay-cli restore {file} stop --at FOLDER", {{"file", in.get("FILE")}}));
  return Exit::fine;
}

RestoreEnding ending_of(const Document& document, const Invocation& in) {
  RestoreEnding ending;
  ending.stopped = document.now();
  ending.until_last_file = in.has("--until-last-file");
  ending.record_times = !in.has("--record-only");
  if (in.has("--took")) {
    ending.took_minutes = parse_minutes(in.get("--took"));
    if (!ending.took_minutes || *ending.took_minutes < 1) throw Error(ErrorCode::usage, tr("--took takes a length of time such as “45 min” or “2 h”, not “{text}”.", {{"text", in.get("--took")}}));
  }
  if (const auto full = whole_number(in, "--full-mb", 1, INT64_MAX)) ending.full_mb = static_cast<std::int64_t>(*full);
  if (in.has("--by")) ending.person_id = resolve_record(document.plan(), "person", in.get("--by")).id;
  return ending;
}

Json json_of_outcome(const Plan& plan, const RestoreOutcome& outcome, const RestoreComparison& c, bool recorded) {
  constexpr const char* times[] = {"untested", "no_rto", "in_time", "unsure", "too_slow"};
  const auto& v = outcome.verdict;
  const auto path = [](const std::string& name) { return name.empty() ? Json(nullptr) : Json(clean_utf8(name)); };
  const auto minutes = [](std::int64_t count) { return count < 0 ? Json(nullptr) : Json(count); };
  Json timed = Json::array();
  for (const auto& id : outcome.timed) timed.push_back(id.text);
  return {{"recorded", recorded}, {"restore_test_id", recorded ? Json(outcome.test_id.text) : Json(nullptr)}, {"result", std::string(RestoreTest::info().field("result")->choices[static_cast<std::size_t>(outcome.result)].key)},
          {"root", clean_utf8(c.root)}, {"folders_dropped", clean_utf8(c.dropped)}, {"files_same", c.same}, {"files_different", c.different}, {"files_missing", c.missing}, {"files_changed_since_newest_point", c.unsettled}, {"files_there_before", c.old},
          {"files_extra", c.extra}, {"first_same", path(c.first_same)}, {"first_different", path(c.first_different)}, {"first_missing", path(c.first_missing)}, {"first_extra", path(c.first_extra)},
          {"took_minutes", outcome.took_minutes}, {"took_seconds", outcome.took_seconds}, {"idle_minutes", outcome.idle_minutes}, {"sample_mb", outcome.sample_mb}, {"full_mb", outcome.full_mb}, {"likely_minutes", minutes(v.estimate.likely_minutes)},
          {"low_minutes", minutes(v.estimate.low_minutes)}, {"high_minutes", minutes(v.estimate.high_minutes)}, {"tests", v.estimate.tests}, {"too_small", v.estimate.too_small}, {"wanted_mb", minutes(v.estimate.wanted_mb)}, {"time", times[static_cast<std::size_t>(v.time)]},
          {"activity", title_of(plan, v.activity_id)}, {"rto_minutes", v.rto_minutes ? Json(v.rto_minutes.count) : Json(nullptr)}, {"data_timed", timed}, {"sentences", outcome.sentences}};
}

int stop(Document& document, const Invocation& in) {
  const auto backup = backup_of(document, in);
  const auto manifest = manifest_of(document, in, backup);
  const auto session = running_test(document, manifest, backup);
  if (!in.has("--at")) throw Error(ErrorCode::usage, tr("Say with --at in which folder it came back."));
  const auto ending = ending_of(document, in);
  RestoreComparison comparison;
  {
    ProgressLine line;
    comparison = compare_restored(claim_of(session, in.get("--at")), {}, line.show());
  }
  const auto outcome = finished_restore(document, session, comparison, ending);
  const bool recorded = !in.has("--dry-run");
  if (recorded) {
    document.apply(outcome.change);
    remove_manifest(manifest);
  }
  if (in.json()) print(json_of_outcome(document.plan(), outcome, comparison, recorded));
  else {
    for (const auto& sentence : outcome.sentences) print(sentence);
    constexpr std::int64_t noticed = 10;
    if (outcome.idle_minutes >= noticed && !recorded) print(tr("If nobody was at work after that, say --until-last-file."));
    if (!recorded) print(tr("Nothing was written down, and the clock goes on."));
  }
  const bool good = outcome.result == RestoreTest::Result::pass && outcome.verdict.time != RestoreTime::too_slow && outcome.verdict.time != RestoreTime::unsure;
  return good ? Exit::fine : Exit::found;
}

int status(const Document& document, const Invocation& in) {
  std::vector<std::pair<std::string, RestoreSession>> running;
  if (in.has("--manifest") || in.has("BACKUP")) {
    const auto backup = backup_of(document, in);
    const auto manifest = manifest_of(document, in, backup);
    running.emplace_back(manifest, running_test(document, manifest, backup));
  } else {
    running = running_restores(document);
  }
  Json list = Json::array();
  for (const auto& [manifest, session] : running) {
    if (in.json()) {
      list.push_back(json_of_session(session, manifest, document.now()));
      continue;
    }
    print(tr("{backup}: the clock runs since {when}, {time} by now.", {{"backup", session.backup_name}, {"when", spoken(session.started)}, {"time", spoken_minutes(std::max<std::int64_t>(0, minutes_between(session.started, document.now())))}}));
    print("    " + restore_instruction(session));
    print("    " + manifest);
  }
  std::size_t damaged = 0;
  if (!in.has("--manifest") && !in.has("BACKUP"))
    for (const auto& backup : begun_restores(document)) {
      if (std::any_of(running.begin(), running.end(), [&](const auto& test) { return test.second.backup_id == backup; })) continue;
      ++damaged;
      if (!in.json()) print(tr("{backup}: a test was begun, but its manifest is damaged. End it with “cancel”, or say “start --again” to begin anew.", {{"backup", title_of(document.plan(), backup)}}));
    }
  if (in.json()) print(list);
  else if (running.empty() && damaged == 0) print(tr("No restore test of this plan is running."));
  return Exit::fine;
}

int cancel(const Document& document, const Invocation& in) {
  const auto backup = backup_of(document, in);
  const auto manifest = manifest_of(document, in, backup);
  std::error_code error;
  const bool usual = !in.has("--manifest") && fs::is_regular_file(manifest, error);
  if (!usual) (void)running_test(document, manifest, backup);  // a file that was named is only removed where it is a manifest; our own also where it is damaged
  remove_manifest(manifest);
  print(in.json() ? std::string("[]") : tr("The restore test of {backup} was ended without a result; nothing was written into the plan.", {{"backup", title_of(document.plan(), backup)}}));
  return Exit::fine;
}

}  // namespace

int run_restore(const Invocation& in) {
  const auto document = in.open();
  const auto action = in.get("ACTION", "status");
  if (action == "start") return start(*document, in);
  if (action == "stop") return stop(*document, in);
  if (action == "status") return status(*document, in);
  if (action == "cancel") return cancel(*document, in);
  throw Error(ErrorCode::usage, tr("“{action}” is none of start, stop, status and cancel.", {{"action", action}}));
}

}  // namespace mainstay::cli
