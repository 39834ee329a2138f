// SPDX-License-Identifier: MIT
#include "core/probe/probe_duplicati.h"

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

/// Duplicati writes its times as `20261124T020000Z`, or as ISO 8601.
Instant duplicati_time(const std::string& text) {
  if (const auto iso = zoned_time(text)) return *iso;
  if (text.size() != 16 || text[8] != 'T' || text.back() != 'Z') return {};
  return parse_instant(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2) + "T" + text.substr(9, 2) + ":" + text.substr(11, 2) + ":" + text.substr(13, 3)).value_or(Instant());
}

std::string log_in(const ServiceAddress& address, const std::string& secret, ProbeContext& context) {
  WebRequest request;
  request.method = "POST";
  request.url = address.base + "/api/v1/auth/login";
  request.headers = {"Content-Type: application/json", "Accept: application/json"};
  request.body = Json{{"Password", secret}, {"RememberMe", false}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  request.carries_secret = true;
  const auto reply = json_from(context.fetch.send(request), address.host, "Duplicati");
  auto token = text_of(reply, "AccessToken");
  if (token.empty()) token = text_of(reply, "accessToken");
  context.fetch.hide(token);
  if (token.empty() || token.find_first_of(" \r\n") != std::string::npos) cannot_read(tr("“{host}” accepted the password and gave no key to go on with.", {{"host", address.host}}));
  context.fetch.note_login(Fetch::Login::accepted);
  return token;
}

/// A failure that came after the last completed run.
void note_failure(const std::string& message, Observation& seen) {
  seen.outcome = Outcome::failed;
  const Args args{{"item", seen.item}, {"message", message}};
  seen.detail = message.empty() ? tr("The last run of “{item}” failed.", args) : tr("The last run of “{item}” failed: “{message}”", args);
}

Observation judged(const Json& backup, Instant now) {
  Observation seen;
  seen.item = shown(text_of(backup, "Name"));
  const auto* facts = member(backup, "Metadata");
  if (!facts || !facts->is_object()) cannot_read(tr("Duplicati does not say when “{item}” last ran, so its age is not known.", {{"item", seen.item}}));
  const auto& meta = *facts;
  for (const auto* key : {"LastBackupFinished", "LastBackupDate", "LastErrorDate"})
    if (is_no_text(meta, key)) cannot_read(tr("The time of the last completed backup of “{item}” cannot be read, so its age is not known.", {{"item", seen.item}}));
  const auto finished = duplicati_time(text_of(meta, "LastBackupFinished")), last = duplicati_time(text_of(meta, "LastBackupDate"));
  const auto failed = duplicati_time(text_of(meta, "LastErrorDate")), started = duplicati_time(text_of(meta, "LastBackupStarted"));
  if (const auto size = count_of(meta, "TargetFilesSize")) seen.bytes_used = *size;
  if (const auto count = count_of(meta, "BackupListCount")) seen.history_count = *count;
  for (const auto& [key, time] : {std::pair{"LastBackupFinished", finished}, std::pair{"LastBackupDate", last}})  // another time in its place would be a guess
    if (const auto text = text_of(meta, key); !text.empty() && !time) cannot_read(tr("Duplicati gives “{text}” as the time of the last completed backup of “{item}”, which cannot be read, so its age is not known.", {{"item", seen.item}, {"text", shown(text)}}));
  constexpr std::string_view never = "0001";  // its smallest time
  if (const auto text = text_of(meta, "LastErrorDate"); !text.empty() && !text.starts_with(never) && (!failed || failed.seconds > now.seconds + clock_grace_seconds))
    cannot_read(tr("Duplicati gives “{text}” as the time of the last failed run of “{item}”, so it cannot be told whether its newest run completed.", {{"item", seen.item}, {"text", shown(text)}}));
  const auto point = finished ? finished : last;
  const bool named = !text_of(meta, "LastBackupFinished").empty() || !text_of(meta, "LastBackupDate").empty();
  const bool ran = !text_of(meta, "LastErrorDate").empty() || seen.history_count > 0;
  if (!point && !named && !ran) {
    seen.outcome = Outcome::never_backed_up;
    seen.detail = tr("Duplicati has never completed “{item}”.", {{"item", seen.item}});
    return seen;
  }
  if (point || named || !is_plausible(failed, now)) {  // no time at all where versions are said to be there: take_point says so
    take_point(seen, point, now);
    seen.detail = tr("Duplicati completed “{item}” {when}.", {{"item", seen.item}, {"when", spoken(point)}});
  }
  for (const auto at : {started, failed})
    if (is_plausible(at, now) && (!seen.last_attempt || at > seen.last_attempt)) seen.last_attempt = at;
  if (is_plausible(failed, now) && (!point || failed > point)) note_failure(shown(text_of(meta, "LastErrorMessage")), seen);
  return seen;
}

/// A report as Duplicati sends it after each run (`--send-http-json-urls`), kept in a file by whoever received it.
Observation from_report(const Json& report, const std::string& file, Instant now) {
  const auto* data = member(report, "Data");
  const auto* extra = member(report, "Extra");
  if (!data || !data->is_object()) cannot_read(tr("“{file}” is no report of Duplicati in JSON.", {{"file", file}}));
  Observation seen;
  seen.item = extra ? shown(text_of(*extra, "backup-name")) : std::string();
  if (seen.item.empty()) seen.item = file;
  const auto operation = text_of(*data, "MainOperation"), result = text_of(*data, "ParsedResult");
  const Args args{{"item", seen.item}, {"operation", shown(operation)}, {"result", shown(result)}, {"file", file}};
  if (operation != "Backup") cannot_read(tr("“{file}” reports on “{operation}”, not on a backup.", args));
  const auto ended = duplicati_time(text_of(*data, "EndTime"));
  if (result == "Success" || result == "Warning") {
    take_point(seen, ended, now);
    seen.warned = result == "Warning";
    seen.detail = result == "Success" ? tr("Duplicati completed “{item}” {when}.", {{"item", seen.item}, {"when", spoken(ended)}})
                                      : tr("Duplicati completed “{item}” {when}, with warnings: some files may be missing in it.", {{"item", seen.item}, {"when", spoken(ended)}});
    return seen;
  }
  if (result != "Error" && result != "Fatal") cannot_read(tr("“{file}” gives the result “{result}”, which says neither success nor failure.", args));
  if (is_plausible(ended, now)) seen.last_attempt = ended;
  note_failure({}, seen);
  return seen;
}

Observation report_in_file(const Probe& probe, ProbeContext& context) {
  const std::string address(trimmed(probe.url));
  const auto slash = address.rfind('/');
  const auto name = slash == std::string::npos ? std::string() : scheme_of(address).empty() ? address.substr(slash + 1) : last_name_of(address);
  if (name.empty()) cannot_read(tr("This probe has no address that can be used: enter that of Duplicati’s pages, or a file with the newest report."));
  auto folder = probe;
  folder.url = address.substr(0, slash + 1);
  const auto read = open_share(folder, context).read({name});
  if (!read.problem.empty()) cannot_read(read.problem);
  if (!read.found) cannot_read(tr("There is no such file “{file}”: check the address.", {{"file", shown(name)}}));
  const auto report = parse_json(read.bytes);
  if (!report) cannot_read(tr("“{file}” is no report of Duplicati in JSON.", {{"file", shown(name)}}));
  return from_report(*report, shown(name), context.now);
}

}  // namespace

Observation probe_duplicati(const Probe& probe, ProbeContext& context) {
  if (const auto scheme = scheme_of(trimmed(probe.url)); scheme != "http" && scheme != "https") return report_in_file(probe, context);
  const auto address = service_address(probe);
  const auto token = log_in(address, needed_secret(probe, context), context);
  WebRequest request;
  request.url = address.base + "/api/v1/backups";
  request.headers = {"Accept: application/json"};
  request.bearer = token;
  const auto reply = json_from(context.fetch.send(request), address.host, "Duplicati");
  if (!reply.is_array()) cannot_read(tr("The answer of “{host}” has no list of backups in it.", {{"host", address.host}}));
  const std::string item(trimmed(probe.item));
  std::vector<const Json*> all, fitting;
  std::vector<std::string> names, shown_names;
  for (const auto& entry : reply) {
    const auto* backup = member(entry, "Backup");
    if (!backup) continue;
    names.push_back(text_of(*backup, "Name"));
    shown_names.push_back("“" + shown(names.back()) + "”");
    all.push_back(backup);
    if (item.empty() || text_of(*backup, "ID") == item) fitting.push_back(backup);
  }
  if (fitting.empty())
    for (const auto place : names_meant(names, item)) fitting.push_back(all[place]);
  const Args args{{"host", address.host}, {"item", item}, {"names", shortened(join(shown_names, ", "), 400)}};
  if (names.empty()) cannot_read(tr("Duplicati on “{host}” has no backup set up.", args));
  if (fitting.empty()) cannot_read(tr("Duplicati on “{host}” has no backup “{item}”. It has: {names}.", args));
  if (fitting.size() > 1) cannot_read(tr("Several backups may be meant: {names}. Enter the right one in this probe.", args));
  return judged(*fitting.front(), context.server_now());
}

}  // namespace mainstay
