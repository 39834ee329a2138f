// SPDX-License-Identifier: MIT
#include "core/probe/probe_crashplan_log.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;
namespace fs = std::filesystem;
constexpr std::size_t longest_log = 64 << 20;

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
std::optional<std::string> log_text(const fs::path& folder, std::initializer_list<const char*> names) {
  for (const auto* name : names) {
    std::error_code error;
    if (fs::is_regular_file(folder / name, error)) return read_file((folder / name).string(), longest_log);
  }
  return {};
}

/// Runs as history.log tells them: begun, completed, or stopped with a reason on the next line.
struct History { Instant attempt, success; bool last_failed = false; std::string reason; };
History read_history(const std::string& text, const Probe& probe) {
  History history;
  Instant stopped;
  for (const auto& line : split(text, '\n')) {
    const auto time = us_time_in(line);
    const auto when = time ? device_time(*time, probe) : Instant();
    if (when && contains_folded(line, "starting backup")) history.attempt = std::max(history.attempt, when);
    if (when && contains_folded(line, "completed backup")) {
      history.success = std::max(history.success, when);
      history.last_failed = false;
    }
    if (when && contains_folded(line, "stopped backup")) {
      stopped = when;
      history.last_failed = true;
      history.reason.clear();
    }
    if (const auto at = lower_case(line).find("reason for stopping backup:"); at != std::string::npos) {
      history.reason = shown(trimmed(std::string_view(line).substr(at + 27)));
      if (contains_folded(history.reason, "nothing to do") && stopped) {  // everything was there already
        history.success = std::max(history.success, stopped);
        history.last_failed = false;
      }
    }
  }
  return history;
}

}  // namespace

Observation probe_crashplan_log(const Probe& probe, ProbeContext& context) {
  const auto folder = folder_from(std::string(trimmed(probe.url)));
  if (folder.empty()) cannot_read(tr("This probe needs the folder of the CrashPlan logs on this computer, such as /usr/local/crashplan/log or /Library/Logs/CrashPlan."));
  std::error_code error;
  if (!fs::is_directory(folder, error)) cannot_read(tr("There is no folder “{path}” on this computer.", {{"path", folder}}));
  Observation seen;
  seen.item = shown(folder);
  std::vector<std::string> notes;
  if (const auto app = log_text(folder, {"app.log"}); app && contains_folded(*app, "servicemodel.authorized") && contains_folded(*app, "authorized=false"))
    notes.push_back(tr("The agent is signed out of CrashPlan: it backs up no more until somebody signs in."));
  const auto text = log_text(folder, {"history.log.0", "history.log"});
  if (!text) cannot_read(tr("The folder “{path}” has no history.log of CrashPlan.", {{"path", folder}}));
  const auto history = read_history(*text, probe);
  if (is_plausible(history.attempt, context.now)) seen.last_attempt = history.attempt;
  if (history.success) {
    take_point(seen, history.success, context.now);
    notes.push_back(tr("The agent’s log shows a completed backup {when}.", {{"when", spoken(history.success)}}));
  } else if (history.attempt) {
    notes.push_back(tr("The agent’s log shows runs that began, and none that was completed."));
  } else {
    cannot_read(tr("The log “history.log” in “{path}” shows no run of a backup.", {{"path", folder}}));
  }
  if (history.last_failed) {
    seen.outcome = Outcome::failed;
    notes.push_back(history.reason.empty() ? tr("The last run was stopped before its end.") : tr("The last run was stopped before its end: {reason}.", {{"reason", history.reason}}));
  } else if (!history.success) {
    seen.outcome = Outcome::never_backed_up;
  }
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace mainstay
