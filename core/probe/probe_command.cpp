// SPDX-License-Identifier: MIT
#include "core/probe/probe_command.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/allowed_commands.h"
#include "core/probe/json_reply.h"
#include "core/probe/tool.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

Instant told_time(const Json& reply, const char* key) {
  const auto when = time_of(reply, key);
  if (!when && member(reply, key)) cannot_read(tr("The command gives “{key}” in a form that is no ISO 8601 time with a zone.", {{"key", key}}));
  return when;
}

/// True, false, or not said.
bool told_flag(const Json& reply, const char* key) {
  const auto flag = flag_of(reply, key);
  if (!flag && member(reply, key)) cannot_read(tr("The command gives “{key}” as something else than true or false.", {{"key", key}}));
  return flag.value_or(false);
}

Observation from_json(const Json& reply, const std::string& item, Instant now) {
  Observation seen;
  seen.item = text_of(reply, "item").empty() ? item : shown(text_of(reply, "item"));
  seen.detail = shown(text_of(reply, "detail"));
  if (is_no_text(reply, "outcome")) cannot_read(tr("The command gives an outcome that is no text; it may be read, failed or never_backed_up."));
  const auto outcome = text_of(reply, "outcome");
  if (!outcome.empty() && outcome != "read" && outcome != "failed" && outcome != "never_backed_up")
    cannot_read(tr("The command gives the outcome “{outcome}”; it may be read, failed or never_backed_up.", {{"outcome", shown(outcome)}}));
  seen.alarm = told_flag(reply, "alarm");
  seen.warned = told_flag(reply, "warned");
  seen.oldest_point = told_time(reply, "oldest_point");
  seen.next_run = told_time(reply, "next_run");
  const auto attempt = told_time(reply, "last_attempt"), point = told_time(reply, "last_point");
  for (const auto& [key, figure] : {std::pair{"history_count", &seen.history_count}, std::pair{"bytes_used", &seen.bytes_used}, std::pair{"bytes_free", &seen.bytes_free}, std::pair{"bytes_total", &seen.bytes_total}})
    if (const auto count = count_of(reply, key)) *figure = *count;
  if (point) take_point(seen, point, now);
  if (is_plausible(attempt, now)) seen.last_attempt = attempt;
  seen.outcome = outcome == "failed" ? Outcome::failed : outcome == "never_backed_up" ? Outcome::never_backed_up : Outcome::read;
  if (seen.detail.empty()) seen.detail = point ? tr("The command reports a restorable point from {when}.", {{"when", spoken(point)}}) : tr("The command names no restorable point.");
  return seen;
}

}  // namespace

Observation probe_command(const Probe& probe, ProbeContext& context) {
  const std::string line(trimmed(probe.command));
  if (line.empty()) cannot_read(tr("This probe has no command."));
  if (!is_allowed_command(line))
    cannot_read(tr("The command “{command}” was not allowed on this computer. A plan can come from anybody: if you trust the command, add it as a line to “{file}”.", {{"command", shown(line)}, {"file", allowed_commands_file()}}));
  const auto words = command_words(line);
  CommandRequest request;
  request.program = words.front();
  request.arguments.assign(words.begin() + 1, words.end());
  if (!probe.secret_name.empty()) request.environment.emplace_back("MAINSTAY_PROBE_SECRET", needed_secret(probe, context));
  const auto result = run_tool(request, context);
  if (trimmed(result.out).starts_with("{")) {
    const auto reply = parse_json(result.out);
    if (!reply) cannot_read(tr("What the command printed is cut short or damaged."));
    if (result.exit_code > 2) cannot_read(tr("The command could not tell (it ended with code {code}): “{text}”", {{"code", result.exit_code}, {"text", shown(text_of(*reply, "detail"))}}));
    auto seen = from_json(*reply, std::string(trimmed(probe.item)), context.now);
    seen.detail = context.fetch.scrubbed(seen.detail);  // a sentence of the command's own, in no quotes
    if (result.exit_code == 1) seen.warned = true;
    if (seen.warned) seen.detail += " " + tr("Its last run ended with warnings: something may be missing in it.");
    if (result.exit_code == 2 && seen.outcome == Outcome::read) seen.outcome = Outcome::failed;
    return seen;
  }
  const auto lines = split(result.out, '\n');
  const Args args{{"text", lines.empty() ? complaint_of(result) : shown(lines.front())}, {"code", result.exit_code}};
  if (trimmed(result.out).empty() && result.exit_code == 0) return observed(Outcome::read, tr("The command ended well and printed nothing: when the last backup was completed is not known."));
  if (result.exit_code == 2) return observed(Outcome::failed, tr("The command reports a failure: “{text}”", args));
  if (result.exit_code > 2) cannot_read(tr("The command could not tell (it ended with code {code}): “{text}”", args));
  auto seen = observed(Outcome::read, result.exit_code == 0 ? tr("The command says that all is well, and not when the last backup was completed: “{text}”", args)
                                                            : tr("The command warns, and does not say when the last backup was completed: “{text}”", args));
  seen.warned = result.exit_code == 1;
  return seen;
}

}  // namespace mainstay
