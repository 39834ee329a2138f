// SPDX-License-Identifier: MIT
#include "core/probe/probe_borg.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"
#include "core/probe/tool.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

/// Borg's log as JSON names its messages; those that a person can do something about have a sentence.
std::string trouble(const CommandResult& result, const std::string& repository) {
  std::string id, text;
  for (const auto& line : split(result.err, '\n'))
    if (const auto entry = parse_json(line); entry && !text_of(*entry, "message").empty()) {
      if (!text_of(*entry, "msgid").empty()) id = text_of(*entry, "msgid");
      text = shown(text_of(*entry, "message"));
    }
  const Args args{{"repository", shown(repository)}, {"complaint", text.empty() ? complaint_of(result) : text}, {"code", result.exit_code}};
  if (id == "Repository.DoesNotExist" || id == "Repository.InvalidRepository") return tr("There is no Borg repository at “{repository}”.", args);
  if (id == "PassphraseWrong" || id == "PasscommandFailure") return tr("The passphrase does not open the Borg repository “{repository}”.", args);
  if (id.starts_with("LockTimeout")) return tr("The Borg repository “{repository}” is locked by another run; try again later.", args);
  if (!args[1].value.empty()) return tr("Borg could not list “{repository}”: “{complaint}”", args);
  return tr("Borg could not list “{repository}”; it ended with code {code}.", args);
}

/// `2026-11-24T02:00:00.000000`, of a Borg that was told to run in UTC.
Instant utc_time(const std::string& text) { return parse_instant(text.substr(0, 19) + "Z").value_or(Instant()); }

}  // namespace

Observation probe_borg(const Probe& probe, ProbeContext& context) {
  const auto repository = repository_of(probe);
  CommandRequest request;
  request.program = "borg";
  request.arguments = {"--log-json", "--bypass-lock", "list", "--json", repository};
  request.environment = {{"BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK", "yes"}, {"BORG_RELOCATED_REPO_ACCESS_IS_OK", "no"}, {"BORG_DISPLAY_PASSPHRASE", "no"},
                         {"TZ", "UTC"}};  // Borg stores UTC and prints the time of the zone it runs in, without saying which
  request.environment.emplace_back("BORG_PASSPHRASE", probe.secret_name.empty() ? std::string() : needed_secret(probe, context));
  const auto result = run_tool(request, context);
  if (result.exit_code != 0 && result.exit_code != 1) cannot_read(trouble(result, repository));  // 1 = warnings, the list is whole
  const auto reply = parse_json(result.out);
  const auto* archives = reply ? member(*reply, "archives") : nullptr;
  if (!archives || !archives->is_array()) cannot_read(tr("What Borg printed about “{repository}” is cut short or damaged.", {{"repository", shown(repository)}}));
  Observation seen;
  const std::string item(trimmed(probe.item));
  seen.item = shown(item.empty() ? repository : item);
  seen.history_count = 0;
  Instant newest;
  const auto begins_exactly = [&](const Json& archive) { return text_of(archive, "name").starts_with(item); };
  const bool exact = std::any_of(archives->begin(), archives->end(), begins_exactly);
  const auto folded = folded_name(item);
  for (const auto& archive : *archives) {
    if (!(exact ? begins_exactly(archive) : folded_name(text_of(archive, "name")).starts_with(folded))) continue;
    ++seen.history_count;
    const auto when = utc_time(text_of(archive, "start"));
    if (!when) cannot_read(tr("An archive in “{repository}” has a time that cannot be read, so the age is not known.", {{"repository", shown(repository)}}));
    newest = std::max(newest, when);
    if (!seen.oldest_point || when < seen.oldest_point) seen.oldest_point = when;
  }
  if (seen.history_count == 0) {
    if (!item.empty() && !archives->empty()) cannot_read(tr("The repository has no archive whose name begins with “{item}”.", {{"item", item}}));
    seen.outcome = Outcome::never_backed_up;
    seen.detail = tr("The Borg repository is there, and has no archive yet.");
    return seen;
  }
  take_point(seen, newest, context.now);
  seen.detail = tr_count(seen.history_count, "It holds one archive, from {when}.", "It holds {count} archives, the newest from {when}.", {{"when", spoken(newest)}});
  return seen;
}

}  // namespace mainstay
