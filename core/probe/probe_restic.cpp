// SPDX-License-Identifier: MIT
#include "core/probe/probe_restic.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"
#include "core/probe/tool.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

/// What restic complained of: newer releases wrap it in JSON.
std::string complaint(const CommandResult& result) {
  for (const auto& line : split(result.err, '\n'))
    if (const auto entry = parse_json(line); entry && text_of(*entry, "message_type") == "exit_error") return shown(text_of(*entry, "message"));
  return complaint_of(result);
}

/// What a run that gave no list means; exit codes as of restic 0.17, texts before that.
std::string trouble(const CommandResult& result, const std::string& repository) {
  const Args args{{"repository", shown(repository)}, {"complaint", complaint(result)}, {"code", result.exit_code}};
  if (result.exit_code == 12 || contains_folded(result.err, "wrong password")) return tr("The password does not open the restic repository “{repository}”.", args);
  if (result.exit_code == 10 || contains_folded(result.err, "is there a repository")) return tr("There is no restic repository at “{repository}”.", args);
  if (result.exit_code == 11 || contains_folded(result.err, "already locked")) return tr("The restic repository “{repository}” is locked by another run; try again later.", args);
  if (!args[1].value.empty()) return tr("restic could not list “{repository}”: “{complaint}”", args);
  return tr("restic could not list “{repository}”; it ended with code {code}.", args);
}

/// Two names as they are, or as people would type them.
using Same = bool (*)(const std::string&, const std::string&);
bool is_same(const std::string& a, const std::string& b) { return a == b; }
bool is_alike(const std::string& a, const std::string& b) { return folded_name(a) == folded_name(b); }

bool is_meant(const Json& snapshot, const std::string& item, Same same) {
  const auto holds = [&](const char* key, const std::string& text) {
    const auto* list = member(snapshot, key);
    return list && list->is_array() && std::any_of(list->begin(), list->end(), [&](const Json& each) { return each.is_string() && same(each.get_ref<const std::string&>(), text); });
  };
  if (item.empty()) return true;
  if (item.starts_with("tag:")) return holds("tags", item.substr(4));
  if (item.starts_with("/")) return holds("paths", item);
  return same(text_of(snapshot, "hostname"), item);
}

}  // namespace

Observation probe_restic(const Probe& probe, ProbeContext& context) {
  const auto repository = repository_of(probe);
  CommandRequest request;
  request.program = "restic";
  request.arguments = {"--no-cache", "--no-lock", "--json", "snapshots"};
  request.environment = {{"RESTIC_REPOSITORY", repository}, {"RESTIC_PASSWORD_FILE", secret_path}};
  request.secret = needed_secret(probe, context);
  const auto result = run_tool(request, context);
  if (result.exit_code != 0) cannot_read(trouble(result, repository));
  const auto list = parse_json(result.out);
  if (!list || (!list->is_array() && !list->is_null())) cannot_read(tr("What restic printed about “{repository}” is cut short or damaged.", {{"repository", shown(repository)}}));
  Observation seen;
  const std::string item(trimmed(probe.item));
  seen.item = shown(item.empty() ? repository : item);
  seen.history_count = 0;
  const auto same = std::any_of(list->begin(), list->end(), [&](const Json& snapshot) { return is_meant(snapshot, item, is_same); }) ? is_same : is_alike;
  std::set<std::string> hosts;
  Instant newest;
  for (const auto& snapshot : *list) {
    hosts.insert("“" + shown(text_of(snapshot, "hostname")) + "”");
    if (!is_meant(snapshot, item, same)) continue;
    ++seen.history_count;
    const auto when = time_of(snapshot, "time");
    if (!when) cannot_read(tr("A snapshot in “{repository}” has a time that cannot be read, so the age is not known.", {{"repository", shown(repository)}}));
    newest = std::max(newest, when);
    if (!seen.oldest_point || when < seen.oldest_point) seen.oldest_point = when;
  }
  if (seen.history_count == 0) {
    if (!item.empty() && !hosts.empty())
      cannot_read(tr("The repository has no snapshot of “{item}”. It has snapshots of the computers {hosts}.", {{"item", item}, {"hosts", shortened(join({hosts.begin(), hosts.end()}, ", "), 400)}}));
    seen.outcome = Outcome::never_backed_up;
    seen.detail = tr("The restic repository is there, and has no snapshot yet.");
    return seen;
  }
  take_point(seen, newest, context.now);
  seen.detail = tr_count(seen.history_count, "It holds one snapshot, from {when}.", "It holds {count} snapshots, the newest from {when}.", {{"when", spoken(newest)}});
  return seen;
}

}  // namespace mainstay
