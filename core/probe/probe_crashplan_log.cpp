// SPDX-License-Identifier: MIT
#include "core/probe/probe_crashplan_log.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

/// `MM/DD/YY HH:MMAM`, the agent's local time in the US form, wherever it begins in a line.
std::optional<std::string> us_time_in(std::string_view line) {
  const auto digit = [&](std::size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  for (std::size_t i = 0; i + 16 <= line.size(); ++i) {
    if (!(digit(i) && digit(i + 1) && line[i + 2] == '/' && digit(i + 3) && digit(i + 4) && line[i + 5] == '/' && digit(i + 6) && digit(i + 7) && line[i + 8] == ' ' && digit(i + 9) &&
          digit(i + 10) && line[i + 11] == ':' && digit(i + 12) && digit(i + 13) && (line[i + 14] == 'A' || line[i + 14] == 'P') && line[i + 15] == 'M'))
      continue;
    int hour = (line[i + 9] - '0') * 10 + (line[i + 10] - '0');
    if (hour < 1 || hour > 12) return {};
    hour = hour % 12 + (line[i + 14] == 'P' ? 12 : 0);
    return "20" + std::string(line.substr(i + 6, 2)) + "-" + std::string(line.substr(i, 2)) + "-" + std::string(line.substr(i + 3, 2)) + " " + (hour < 10 ? "0" : "") + std::to_string(hour) + ":" + std::string(line.substr(i + 12, 2));
  }
  return {};
}

/// The first of these files that is there, or nothing.
std::optional<std::string> log_text(const Share& folder, std::initializer_list<const char*> names) {
  for (const auto* name : names) {
    auto file = folder.read({name});
    if (!file.problem.empty()) cannot_read(file.problem);
    if (file.found) return std::move(file.bytes);
  }
  return {};
}

/// The agent's number, from its `.identity`.
std::string agent_number(const std::string& identity) {
  for (const auto& line : split(identity, '\n'))
    if (const auto text = trimmed(line); text.starts_with("guid=")) return shown(text.substr(5));
  return {};
}

/// The last time in a log of files: proof of work, not of a completed run.
Instant last_time_in(const std::string& text, const Probe& probe) {
  const auto lines = split(text, '\n');
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    if (const auto time = us_time_in(*line)) return device_time(*time, probe);
  return {};
}

/// Runs as history.log tells them: begun, completed, or stopped with a reason on the next line.
struct History { Instant attempt, success; bool last_failed = false, last_undated = false; std::string reason; };
History read_history(const std::string& text, const Probe& probe) {
  History history;
  Instant stopped;
  for (const auto& line : split(text, '\n')) {
    const auto time = us_time_in(line);
    const auto when = time ? device_time(*time, probe) : Instant();
    if (when && contains_folded(line, "starting backup")) history.attempt = std::max(history.attempt, when);
    if (contains_folded(line, "completed backup")) {
      history.success = std::max(history.success, when);
      history.last_failed = false;
      history.last_undated = !when;
    }
    if (contains_folded(line, "stopped backup")) {
      stopped = when;
      history.last_failed = true;
      history.reason.clear();
    }
    if (const auto at = lower_case(line).find("reason for stopping backup:"); at != std::string::npos) {
      history.reason = shown(trimmed(std::string_view(line).substr(at + 27)));
      if (contains_folded(history.reason, "nothing to do") && history.last_failed) {  // everything was there already
        history.success = std::max(history.success, stopped);
        history.last_failed = false;
        history.last_undated = !stopped;
      }
    }
  }
  return history;
}

}  // namespace

Observation probe_crashplan_log(const Probe& probe, ProbeContext& context) {
  if (trimmed(probe.url).empty()) cannot_read(tr("This probe needs the folder of the CrashPlan logs, such as /usr/local/crashplan/log or /Library/Logs/CrashPlan."));
  const auto folder = open_share(probe, context);
  Observation seen;
  seen.item = agent_number(log_text(folder, {".identity"}).value_or(""));
  if (seen.item.empty()) seen.item = shown(probe.url);
  std::vector<std::string> notes;
  if (const auto app = log_text(folder, {"app.log"}); app && contains_folded(*app, "servicemodel.authorized") && contains_folded(*app, "authorized=false"))
    notes.push_back(tr("The agent is signed out of CrashPlan: it backs up no more until somebody signs in."));
  const auto worked = last_time_in(log_text(folder, {"backup_files.log.0", "backup_files.log"}).value_or(""), probe);
  const auto text = log_text(folder, {"history.log.0", "history.log"});
  if (!text) cannot_read(tr("The folder “{path}” has no history.log of CrashPlan.", {{"path", shown(probe.url)}}));
  const auto history = read_history(*text, probe);
  for (const auto at : {history.attempt, worked})
    if (is_plausible(at, context.now)) seen.last_attempt = std::max(seen.last_attempt, at);
  if (history.last_undated) cannot_read(tr("The time of the last completed backup in “history.log” cannot be read, so its age is not known."));
  if (history.success) {
    take_point(seen, history.success, context.now);
    notes.push_back(tr("The agent’s log shows a completed backup {when}.", {{"when", spoken(history.success)}}));
  } else if (history.attempt) {
    notes.push_back(tr("The agent’s log shows runs that began, and none that was completed; how old the newest backup is, is not known, since older logs are gone."));
  } else {
    cannot_read(tr("The log “history.log” in “{path}” shows no run of a backup.", {{"path", shown(probe.url)}}));
  }
  if (history.last_failed) {
    seen.outcome = Outcome::failed;
    notes.push_back(history.reason.empty() ? tr("The last run was stopped before its end.") : tr("The last run was stopped before its end: “{reason}”.", {{"reason", history.reason}}));
  }
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace mainstay
