// SPDX-License-Identifier: MIT
#include "core/probe/probe_healthchecks.h"

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

bool is_meant(const Json& check, const std::string& item) {
  for (const char* key : {"slug", "unique_key"})
    if (const auto text = text_of(check, key); !text.empty() && lower_case(text) == lower_case(item)) return true;
  const auto ping = text_of(check, "ping_url");
  return !ping.empty() && ping.ends_with("/" + item);
}

Observation judged(const Json& check, Instant now) {
  Observation seen;
  seen.item = shown(text_of(check, "name"));
  const auto status = text_of(check, "status");
  const Args args{{"item", seen.item}, {"status", shown(status)}};
  seen.next_run = time_of(check, "next_ping");
  if (status == "new" || (is_null(check, "last_ping") && count_of(check, "n_pings").value_or(1) == 0)) {
    seen.outcome = Outcome::never_backed_up;
    seen.detail = tr("“{item}” was never pinged: no run has reported its success yet.", args);
    return seen;
  }
  const auto ping = time_of(check, "last_ping");
  if (status == "down") {  // the last ping may have been the one that said that the run failed
    if (is_plausible(ping, now)) seen.last_attempt = ping;
    seen.outcome = Outcome::failed;
    seen.detail = tr("“{item}” is down: the job has not reported success in time, or reported a failure.", args);
    return seen;
  }
  if (status != "up" && status != "grace" && status != "paused") cannot_read(tr("The service says “{status}” about “{item}”, which Mainstay does not know.", args));
  take_point(seen, ping, now);
  seen.warned = status != "up";
  if (status == "paused") seen.detail = tr("“{item}” is paused at the service: it watches no more. ", args);
  else if (status == "grace") seen.detail = tr("“{item}” is late and in its time of grace. ", args);
  seen.detail += tr("It last reported {when}.", {{"when", spoken(ping)}});
  return seen;
}

}  // namespace

Observation probe_healthchecks(const Probe& probe, ProbeContext& context) {
  const auto address = service_address(probe);
  const auto key = needed_secret(probe, context);
  const std::string item(trimmed(probe.item));
  WebRequest request;
  request.url = address.base + (address.base.find("/api/v") == std::string::npos ? "/api/v3/checks/" : "/checks/");
  request.headers = {"Accept: application/json", "X-Api-Key: " + key};
  request.carries_secret = true;
  const auto reply = json_from(context.fetch.send(request), address.host, "healthchecks");
  context.fetch.note_login(Fetch::Login::accepted);
  const auto* checks = member(reply, "checks");
  if (!checks || !checks->is_array()) cannot_read(tr("The answer of “{host}” has no list of checks in it.", {{"host", address.host}}));
  std::vector<const Json*> fitting;
  std::vector<std::string> names, shown_names;
  for (const auto& check : *checks) {
    names.push_back(text_of(check, "name"));
    shown_names.push_back("“" + shown(names.back()) + "”");
    if (item.empty() || is_meant(check, item)) fitting.push_back(&check);
  }
  if (const auto named = names_meant(names, item); !named.empty()) {  // a name goes before a slug
    fitting.clear();
    for (const auto place : named) fitting.push_back(&(*checks)[place]);
  }
  const Args args{{"host", address.host}, {"item", item}, {"names", shortened(join(shown_names, ", "), 400)}};
  if (names.empty()) cannot_read(tr("The account at “{host}” has no check.", args));
  if (fitting.empty()) cannot_read(tr("“{host}” has no check “{item}”. It has: {names}.", args));
  if (fitting.size() > 1) cannot_read(tr("Several checks may be meant: {names}. Enter the right one in this probe.", args));
  return judged(*fitting.front(), context.server_now());
}

}  // namespace mainstay
