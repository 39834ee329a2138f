// SPDX-License-Identifier: MIT
#include "core/probe/probe_url.h"

#include <algorithm>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;
constexpr std::size_t most_looks = 200;  // into a folder whose listing gives no times

/// A file that was found: its time held against the clock, its size against nothing.
Observation judged(const std::string& name, Instant modified, std::int64_t bytes, Instant now) {
  Observation seen;
  seen.item = shortened(one_line(name), 200);
  seen.bytes_used = bytes;
  const Args args{{"file", seen.item}, {"when", modified ? spoken(modified) : std::string()}};
  if (!modified) {
    seen.detail = tr("“{file}” is there, and the server does not say when it was written, so its age is not known.", args);
  } else if (!is_plausible(modified, now)) {
    seen.detail = modified > now ? tr("“{file}” is dated in the future ({when}): a clock is wrong, so its age is not known.", args)
                                 : tr("“{file}” is dated {when}, which cannot be right, so its age is not known.", args);
  } else {
    seen.last_point = seen.last_attempt = modified;
    seen.outcome = bytes == 0 ? Outcome::failed : Outcome::read;
    seen.detail = bytes == 0 ? tr("“{file}” was written {when} and is empty: there is nothing in it to restore.", args) : tr("“{file}” was written {when}.", args);
  }
  if (bytes == 0) seen.last_point = {}, seen.history_count = 0;  // whatever it held before is gone
  return seen;
}

/// True where a file really is empty: some servers answer HEAD with a length of 0 whatever there is.
bool is_empty(WebRequest request, ProbeContext& context) {
  request.method = "GET";
  request.headers = {"Range: bytes=0-0"};
  const auto reply = context.fetch.send(request);
  context.fetch.note_reply({});
  return reply.answered() && (reply.status == 416 || (reply.status == 200 && reply.body.empty()));
}

Observation file_of_web(const Probe& probe, ProbeContext& context) {
  WebRequest request;
  request.url = std::string(trimmed(probe.url));
  request.user = probe.account;
  if (!probe.secret_name.empty()) request.password = needed_secret(probe, context);
  request.digest_too = true;
  if (!request.password.empty()) context.fetch.hide(request.user + ":" + request.password);
  const auto address = parse_address(request.url);
  if (!address.problem.empty()) return observed(Outcome::unreadable, address.problem);
  request.method = "HEAD";
  auto reply = context.fetch.send(request);
  const bool refuses_head = reply.answered() && (reply.status == 405 || reply.status == 501);
  if (refuses_head) {
    request.method = "GET";
    request.headers = {"Range: bytes=0-0"};
    reply = context.fetch.send(request);
    context.fetch.note_reply({});  // what lies in a backup is nobody's business here
  }
  if (reply.answered() && reply.status == 200 && !refuses_head && reply.length == 0 && !is_empty(request, context)) reply.length = -1;
  if (!reply.answered()) return observed(Outcome::unreadable, reply.problem);
  const Args args{{"host", address.host}, {"status", reply.status}};
  if (reply.status == 401 || reply.status == 403) return observed(Outcome::unreadable, tr("“{host}” asks for a user and password, or refuses the ones given (HTTP status {status}).", args));
  if (reply.status == 404 || reply.status == 410) return observed(Outcome::unreadable, tr("There is no such file at “{host}”: check the address.", args));
  if (reply.status != 200 && !(refuses_head && reply.status == 206)) return observed(Outcome::unreadable, tr("“{host}” answered with HTTP status {status} instead of the file.", args));
  const auto name = last_name_of(address.path);
  return judged(name.empty() ? address.host : name, reply.modified, reply.status == 200 ? reply.length : -1, context.server_now());
}

Observation newest_in_folder(const Probe& probe, ProbeContext& context) {
  const auto share = open_share(probe, context);
  const auto listing = share.list({});
  if (!listing.problem.empty()) return observed(Outcome::unreadable, listing.problem);
  const auto pattern = std::string(trimmed(probe.item));
  std::vector<ShareEntry> files;
  for (const auto& entry : listing.entries)
    if (!entry.folder && (pattern.empty() || matches_wildcard(pattern, entry.name))) files.push_back(entry);
  if (files.empty())
    for (const auto& entry : listing.entries)
      if (!entry.folder && matches_wildcard(folded_name(pattern), folded_name(entry.name))) files.push_back(entry);
  if (files.empty())
    return observed(Outcome::unreadable, pattern.empty() ? tr("There is no file in that folder.") : tr("No file in that folder has a name like “{pattern}”.", {{"pattern", pattern}}));
  std::size_t looks = 0;
  for (auto& file : files) {
    if (file.modified || ++looks > most_looks) continue;
    const auto seen = share.look({file.name}, false);
    file.modified = seen.modified;
    file.bytes = seen.bytes;
  }
  const auto newest = std::max_element(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.modified < b.modified; });
  auto seen = judged(newest->name, newest->modified, newest->bytes, context.server_now());
  seen.history_count = static_cast<std::int64_t>(files.size());
  for (const auto& file : files) {
    if (!is_plausible(file.modified, context.server_now())) continue;
    if (!seen.oldest_point || file.modified < seen.oldest_point) seen.oldest_point = file.modified;
    if (seen.outcome == Outcome::failed && file.bytes > 0 && file.modified > seen.last_point) seen.last_point = file.modified;  // the newest that holds something
  }
  seen.bytes_free = listing.bytes_free;
  seen.bytes_total = listing.bytes_total;
  if (looks > most_looks) seen.detail += " " + tr("There are more files than were looked at.");
  return seen;
}

}  // namespace

Observation probe_url(const Probe& probe, ProbeContext& context) {
  const auto address = std::string(trimmed(probe.url));
  if (address.ends_with('/') || !trimmed(probe.item).empty()) return newest_in_folder(probe, context);
  const auto scheme = scheme_of(address);
  if (scheme == "http" || scheme == "https") return file_of_web(probe, context);
  const auto slash = address.rfind('/');
  if (slash == std::string::npos) return observed(Outcome::unreadable, tr("This probe has no address: enter the file, or a folder with “/” at its end."));
  auto folder = probe;
  folder.url = address.substr(0, slash + 1);
  const auto name = scheme.empty() ? address.substr(slash + 1) : last_name_of(address);
  if (name.empty()) return observed(Outcome::unreadable, tr("The address names no file."));
  const auto seen = open_share(folder, context).look({name}, false);
  if (!seen.problem.empty()) return observed(Outcome::unreadable, seen.problem);
  if (!seen.found) return observed(Outcome::unreadable, tr("There is no such file “{file}”: check the address.", {{"file", one_line(name)}}));
  return seen.folder ? newest_in_folder(probe, context) : judged(name, seen.modified, seen.bytes, context.server_now());
}

}  // namespace mainstay
