// SPDX-License-Identifier: MIT
#include "core/probe/probe_truenas.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

/// Asks the REST interface (TrueNAS CORE, and SCALE before 25.04) for a list. Throws Error with a sentence.
Json list_of(ProbeContext& context, const ServiceAddress& address, const std::string& key, const std::string& path) {
  WebRequest request;
  request.url = address.base + "/api/v2.0/" + path;
  request.headers = {"Accept: application/json"};
  request.bearer = key;
  const auto reply = context.fetch.send(request);
  if (reply.problem.empty() && reply.status == 404)
    cannot_read(tr("“{host}” has no REST interface at this address. TrueNAS 25.10 and later speak another protocol, which Mainstay does not know yet.", {{"host", address.host}}));
  auto list = json_from(reply, address.host, "TrueNAS");
  if (!list.is_array()) cannot_read(tr("“{host}” answered with something else than a list: check that the address is that of TrueNAS.", {{"host", address.host}}));
  return list;
}

/// How the pools are and how much is in them. False where one does not say how it is: that is neither good news nor bad.
bool read_pools(const Json& pools, const std::string& host, Observation& seen, std::vector<std::string>& notes) {
  std::int64_t total = 0, used = 0;
  bool all_told = true;
  for (const auto& pool : pools) {
    const auto status = text_of(pool, "status"), name = shown(text_of(pool, "name"));
    if (name.empty()) cannot_read(tr("“{host}” answered with something else than a list of pools: check that the address is that of TrueNAS.", {{"host", host}}));
    const auto healthy = flag_of(pool, "healthy");
    const bool told = is_state_word(status), bad = told && status != "ONLINE";
    seen.alarm = seen.alarm || bad || healthy == false;
    if (bad) notes.push_back(tr("Pool “{name}” is {status}.", {{"name", name}, {"status", status}}));
    else if (healthy == false) notes.push_back(tr("Pool “{name}” is not healthy.", {{"name", name}}));
    else if (!told) notes.push_back(tr("Pool “{name}” does not say how it is.", {{"name", name}}));
    all_told = all_told && (told || healthy.has_value());
    seen.warned = seen.warned || !told;
    if (const auto* scan = member(pool, "scan"); scan && count_of(*scan, "errors").value_or(0) > 0) {
      seen.warned = true;
      notes.push_back(tr_count(*count_of(*scan, "errors"), "The last check of pool “{name}” found one error.", "The last check of pool “{name}” found {count} errors.", {{"name", name}}));
    }
    const auto whole = count_of(pool, "size"), taken = count_of(pool, "allocated");
    if (!whole || !taken || *taken > *whole || *whole > INT64_MAX / 2 - total) continue;
    total += *whole;
    used += *taken;
  }
  if (pools.empty()) notes.push_back(tr("It has no pool besides the one it starts from."));
  if (total == 0) return all_told;
  seen.bytes_total = total;
  seen.bytes_used = used;
  seen.bytes_free = total - used;
  return all_told;
}

void read_alerts(const Json& alerts, Observation& seen, std::vector<std::string>& notes) {
  constexpr std::string_view grave[] = {"ERROR", "CRITICAL", "ALERT", "EMERGENCY"};
  constexpr std::size_t most_told = 3;
  std::size_t told = 0;
  for (const auto& alert : alerts) {
    const auto level = text_of(alert, "level");
    if (flag_of(alert, "dismissed") == true || std::find(std::begin(grave), std::end(grave), level) == std::end(grave)) continue;
    seen.alarm = seen.alarm || level != "ERROR";
    seen.warned = true;
    if (told++ < most_told) notes.push_back(tr("TrueNAS reports ({level}): “{text}”", {{"level", level}, {"text", shown(text_of(alert, "formatted"))}}));
  }
}

std::string name_of(const Json& task) {
  const auto name = text_of(task, "name");
  return name.empty() ? text_of(task, "description") : name;
}

/// When a task last finished well.
void read_task(const Json& task, Instant now, Observation& seen, std::vector<std::string>& notes) {
  seen.item = shown(name_of(task));
  const auto* job = member(task, "job");
  const auto* state = member(task, "state");
  const auto word = job && !text_of(*job, "state").empty() ? text_of(*job, "state") : state ? text_of(*state, "state") : std::string();
  auto when = job ? time_of(*job, "time_finished") : Instant();
  const bool garbled = job && member(*job, "time_finished") && !when;  // another time in its place would be a guess
  if (!when && state) when = time_of(*state, "datetime");
  if (flag_of(task, "enabled") == false) {
    seen.warned = true;
    notes.push_back(tr("“{item}” is switched off: it runs no more.", {{"item", seen.item}}));
  }
  if (word == "SUCCESS" || word == "FINISHED") {
    take_point(seen, garbled ? Instant() : when, now);
    notes.push_back(tr("“{item}” finished {when}.", {{"item", seen.item}, {"when", spoken(seen.last_point)}}));
  } else if (word == "FAILED" || word == "ERROR" || word == "ABORTED") {
    seen.outcome = Outcome::failed;
    if (is_plausible(when, now)) seen.last_attempt = when;
    notes.push_back(tr("The last run of “{item}” failed.", {{"item", seen.item}}));
  } else if (word == "PENDING" && !when && !garbled) {
    seen.outcome = Outcome::never_backed_up;
    notes.push_back(tr("“{item}” has never run.", {{"item", seen.item}}));
  } else {
    cannot_read(tr("TrueNAS says “{state}” about “{item}”, so when it last finished is not known.", {{"item", seen.item}, {"state", shown(word)}}));
  }
}

/// The one task of that name. Throws Error with those there are.
Json chosen_task(ProbeContext& context, const ServiceAddress& address, const std::string& key, const std::string& item) {
  std::vector<std::string> names, shown_names;
  std::vector<Json> tasks;
  for (const auto* kind : {"replication", "cloudsync"})
    for (const auto& task : list_of(context, address, key, kind)) {
      names.push_back(name_of(task));
      shown_names.push_back("“" + shown(names.back()) + "”");
      tasks.push_back(task);
    }
  const auto meant = names_meant(names, item);
  if (meant.size() == 1) return tasks[meant.front()];
  const Args args{{"host", address.host}, {"item", item}, {"names", shortened(join(shown_names, ", "), 400)}};
  if (names.empty()) cannot_read(tr("“{host}” has no replication or cloud task.", args));
  if (meant.empty()) cannot_read(tr("“{host}” has no task “{item}”. It has: {names}.", args));
  cannot_read(tr("Several tasks on “{host}” may be meant by “{item}”: {names}. Give them names that differ.", args));
}

}  // namespace

Observation probe_truenas(const Probe& probe, ProbeContext& context) {
  const auto address = service_address(probe);
  const auto key = needed_secret(probe, context);
  if (parse_address(probe.url).scheme != "https" && !is_local_host(address.host))
    cannot_read(tr("The key of “{host}” would cross the network in the open: give an https address.", {{"host", address.host}}));
  Observation seen;
  std::vector<std::string> notes;
  const bool all_told = read_pools(list_of(context, address, key, "pool"), address.host, seen, notes);
  read_alerts(list_of(context, address, key, "alert/list"), seen, notes);
  seen.detail = join(notes, " ");
  context.so_far = seen;
  const std::string item(trimmed(probe.item));
  if (item.empty()) {
    seen.outcome = seen.alarm ? Outcome::failed : all_told ? Outcome::read : Outcome::unreadable;
    seen.item = address.host;
    if (notes.empty()) notes.push_back(tr("All pools of “{host}” are online.", {{"host", address.host}}));
    notes.push_back(tr("Enter the name of a replication or cloud task in this probe to see when it last finished."));
  } else {
    const auto task = chosen_task(context, address, key, item);
    read_task(task, context.server_now(), seen, notes);
  }
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace mainstay
