// SPDX-License-Identifier: MIT
#include "core/probe/probe_crashplan.h"

#include <algorithm>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/crashplan_account.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;
using Rows = std::vector<Json>;
constexpr std::size_t page_size = 100;  // the service times out on larger pages with backup usage in them
constexpr int most_pages = 200;
constexpr std::size_t most_named = 8;

/// The rows of a list, page after page until one is not full: what the service says about totals cannot be relied on.
/// `list` is the member of `data` that holds them; empty where `data` itself is the list.
std::variant<Rows, CrashPlanEnd> all_rows(CrashPlanAccount& account, const std::string& path, std::string_view list) {
  Rows all;
  std::string first_of_last_page;
  for (int page = 1; page <= most_pages; ++page) {
    auto got = account.get(path + "&pgNum=" + std::to_string(page) + "&pgSize=" + std::to_string(page_size));
    if (auto* ended = std::get_if<CrashPlanEnd>(&got)) return *ended;
    const auto& reply = std::get<Json>(got);
    const auto* data = member(reply, "data");
    const auto* rows = data && !list.empty() ? member(*data, list) : data;
    const bool is_error = rows && rows->is_array() && list.empty() && !rows->empty() && !message_in(reply).empty();
    if (!rows || !rows->is_array() || is_error) return crashplan_refusal(reply, account.host(), tr("The answer of “{host}” has no list of computers in it.", {{"host", account.host()}}));
    const auto first = rows->empty() ? std::string() : rows->front().dump(-1, ' ', false, Json::error_handler_t::replace);
    if (!rows->empty() && first == first_of_last_page) return crashplan_unreadable(tr("“{host}” gives the same page of computers again and again.", {{"host", account.host()}}));
    first_of_last_page = first;
    all.insert(all.end(), rows->begin(), rows->end());
    if (rows->size() < page_size) return all;
  }
  return crashplan_unreadable(tr("“{host}” gives page after page of computers without an end.", {{"host", account.host()}}));
}

std::variant<Rows, CrashPlanEnd> computers_of(CrashPlanAccount& account, bool active) {
  return all_rows(account, std::string("/api/v1/Computer?active=") + (active ? "true" : "false") + "&incBackupUsage=true", "computers");
}

std::string name_of(const Json& computer) {
  const auto name = text_of(computer, "name");
  return name.empty() ? text_of(computer, "guid") : name;
}

/// The computers that an item may mean: by number, else by name, else by host name; all where it is empty.
std::vector<const Json*> meant(const Rows& computers, const std::string& item) {
  std::vector<const Json*> fitting;
  for (const char* key : {"guid", "name", "osHostname"}) {
    std::vector<std::string> values;
    for (const auto& computer : computers) {
      values.push_back(text_of(computer, key));
      if (item.empty()) fitting.push_back(&computer);
    }
    if (!item.empty())
      for (const auto place : names_meant(values, item)) fitting.push_back(&computers[place]);
    if (!fitting.empty()) break;
  }
  return fitting;
}

/// Why not exactly one computer is meant.
std::string question(const Rows& computers, const std::vector<const Json*>& fitting, const std::string& item) {
  std::vector<std::string> names;
  const auto name_one = [&](const std::string& words) {
    if (names.size() <= most_named) names.push_back(names.size() == most_named ? "…" : words);
  };
  for (const auto* computer : fitting) name_one(tr("“{name}” ({guid})", {{"name", shown(name_of(*computer))}, {"guid", shown(text_of(*computer, "guid"))}}));
  if (!fitting.empty()) return tr("Several computers may be meant: {names}. Enter the number of the right one in this probe.", {{"names", join(names, ", ")}});
  if (computers.empty()) return tr("The CrashPlan account answers, and has no active computer in it.");
  for (const auto& computer : computers) name_one("“" + shown(name_of(computer)) + "”");
  return tr("The CrashPlan account has no active computer “{item}”. It has: {names}.", {{"item", item}, {"names", join(names, ", ")}});
}

/// The computer that is meant; one that was deactivated only where it is named and no active one has that name.
std::variant<Json, CrashPlanEnd> chosen_computer(CrashPlanAccount& account, const std::string& item) {
  auto active = computers_of(account, true);
  if (auto* ended = std::get_if<CrashPlanEnd>(&active)) return *ended;
  const auto& computers = std::get<Rows>(active);
  const auto fitting = meant(computers, item);
  if (fitting.size() == 1) return *fitting.front();
  if (fitting.empty() && !item.empty()) {
    auto former = computers_of(account, false);
    if (const auto* rows = std::get_if<Rows>(&former))
      if (const auto gone = meant(*rows, item); gone.size() == 1) return *gone.front();
  }
  return crashplan_unreadable(question(computers, fitting, item));
}

/// A date: not there, null, readable, or neither.
struct DateReading {
  bool missing = false, null = false;
  std::optional<Instant> date;
};
DateReading date_in(const Json& object, const char* key) {
  DateReading reading;
  const auto* value = member(object, key);
  reading.null = is_null(object, key);
  reading.missing = !value && !reading.null;
  if (value && value->is_string()) reading.date = zoned_time(value->get<std::string>());
  return reading;
}

/// Alerts stand in a list for a computer, and in one text in the report.
void note_alerts(const Json& object, std::vector<std::string>& alerts) {
  const auto note = [&](const std::string& text) {
    const std::string alert = shown(trimmed(text));
    if (!alert.empty() && alert != "OK" && std::find(alerts.begin(), alerts.end(), alert) == alerts.end()) alerts.push_back(alert);
  };
  const auto* states = member(object, "alertStates");
  if (states && states->is_string())
    for (const auto& each : split(states->get_ref<const std::string&>(), ',')) note(each);
  if (states && states->is_array())
    for (const auto& each : *states)
      if (each.is_string()) note(each.get_ref<const std::string&>());
}

std::string spoken_alerts(const std::vector<std::string>& alerts) {
  std::vector<std::string> said;
  for (const auto& alert : alerts) {
    if (alert == "CriticalBackupAlert") said.push_back(tr("CrashPlan raises a critical alert: no backup was completed for long."));
    else if (alert == "WarningBackupAlert") said.push_back(tr("CrashPlan warns: no backup was completed for some time."));
    else if (alert == "CriticalConnectionAlert") said.push_back(tr("CrashPlan raises a critical alert: the computer has not connected for long."));
    else if (alert == "WarningConnectionAlert") said.push_back(tr("CrashPlan warns: the computer has not connected for some time."));
    else said.push_back(tr("CrashPlan shows the alert “{alert}”.", {{"alert", alert}}));
  }
  return join(said, " ");
}

/// One place that a computer backs up to, from either shape.
struct Destination {
  std::string name;
  DateReading completed, active;
  std::int64_t bytes = 0;
};

/// Those in use, as the computer itself tells them.
std::vector<Destination> from_usage(const Json& computer, std::vector<std::string>& alerts) {
  std::vector<Destination> found;
  const auto* usage = member(computer, "backupUsage");
  if (!usage || !usage->is_array()) return found;
  for (const auto& target : *usage) {
    if (flag_of(target, "using") == false) continue;
    note_alerts(target, alerts);
    found.push_back({shown(text_of(target, "targetComputerName")), date_in(target, "lastCompletedBackup"), date_in(target, "lastBackup"), count_of(target, "archiveBytes").value_or(0)});
  }
  return found;
}

/// The computer's rows of the device backup report, which words everything differently: other names, figures as text.
std::vector<Destination> from_report(const Rows& rows, const std::string& guid, std::vector<std::string>& alerts) {
  std::vector<Destination> found;
  for (const auto& row : rows) {
    if (text_of(row, "deviceUid") != guid) continue;
    note_alerts(row, alerts);
    found.push_back({shown(text_of(row, "destinationName")), date_in(row, "lastCompletedBackupDate"), date_in(row, "lastActivity"), count_of(row, "archiveBytes").value_or(0)});
  }
  return found;
}

/// What the destinations say together about the newest restorable point.
void judge_destinations(const std::vector<Destination>& destinations, Instant now, Observation& seen, std::vector<std::string>& notes) {
  int never = 0, unread = 0;
  std::string future, newest;
  seen.bytes_used = 0;
  for (const auto& to : destinations) {
    seen.bytes_used += std::min(to.bytes, INT64_MAX / 2 - seen.bytes_used);
    if (to.active.date && is_plausible(*to.active.date, now)) seen.last_attempt = std::max(seen.last_attempt, *to.active.date);
    if (to.completed.null) ++never;
    else if (!to.completed.date) ++unread;
    else if (*to.completed.date > now && !is_plausible(*to.completed.date, now)) future = to_text(*to.completed.date);
    else if (!is_plausible(*to.completed.date, now)) ++unread;
    else if (*to.completed.date > seen.last_point) {
      seen.last_point = *to.completed.date;
      newest = to.name;
    }
  }
  const Args args{{"name", seen.item}, {"when", seen.last_point ? spoken(seen.last_point) : std::string()}, {"future", future}, {"destination", newest}};
  if (!future.empty()) {
    seen.last_point = {};
    notes.push_back(tr("CrashPlan gives a completed backup in the future ({future}): a clock is wrong, so the age is not known.", args));
  } else if (seen.last_point) {
    seen.outcome = Outcome::read;
    seen.last_attempt = std::max(seen.last_attempt, seen.last_point);
    notes.push_back(newest.empty() ? tr("Last completed backup {when}.", args) : tr("Last completed backup {when}, to “{destination}”.", args));
    if (unread > 0) notes.push_back(tr_count(unread, "When a backup to one other destination was last completed cannot be read.", "When a backup to {count} other destinations was last completed cannot be read."));
    if (never > 0) notes.push_back(tr_count(never, "To one other destination no backup was ever completed.", "To {count} other destinations no backup was ever completed."));
  } else if (unread > 0) {
    notes.push_back(tr("The date of the last completed backup of “{name}” cannot be read, so its age is not known.", args));
  } else {
    seen.outcome = Outcome::never_backed_up;
    notes.push_back(tr("“{name}” is set up, and no backup of it was ever completed.", args));
  }
}

/// What the computer's own state adds to that.
void judge_computer(const Json& computer, Observation& seen, std::vector<std::string>& notes) {
  const auto status = text_of(computer, "status");
  const Args args{{"name", seen.item}};
  if (contains_folded(status, "deactivated")) {
    seen.outcome = Outcome::failed;
    notes.insert(notes.begin(), tr("“{name}” is deactivated in CrashPlan: it backs up no more, and its archive will be deleted.", args));
  } else if (contains_folded(status, "deauthorized")) {
    seen.warned = true;
    notes.push_back(tr("The computer is signed out of CrashPlan: it backs up no more until somebody signs in on it."));
  }
  seen.warned = seen.warned || flag_of(computer, "blocked") == true;
  if (flag_of(computer, "blocked") == true) notes.push_back(tr("The computer is blocked in CrashPlan."));
}

}  // namespace

Observation probe_crashplan(const Probe& probe, ProbeContext& context) {
  const auto address = parse_address(probe.url);
  if (!address.problem.empty()) return observed(Outcome::unreadable, address.problem);
  if (probe.account.empty()) return observed(Outcome::unreadable, tr("This probe has no account: enter the ID of the API client (key-…) that was made in the CrashPlan console, or a user's name."));
  CrashPlanAccount account(probe, context);
  const auto chosen = chosen_computer(account, std::string(trimmed(probe.item)));
  if (const auto* ended = std::get_if<CrashPlanEnd>(&chosen)) return ended->observation;
  const auto& computer = std::get<Json>(chosen);
  Observation seen;
  seen.item = shown(name_of(computer));
  std::vector<std::string> notes, alerts;
  note_alerts(computer, alerts);
  auto destinations = from_usage(computer, alerts);
  const auto* usage = member(computer, "backupUsage");
  const bool silent = !usage || !usage->is_array() || usage->empty();  // not the same as “never”: some answers leave it out
  const auto guid = text_of(computer, "guid");
  if (silent && !guid.empty()) {
    const auto report = all_rows(account, "/api/v1/DeviceBackupReport?active=true&deviceUid=" + url_encoded(guid), "");
    if (const auto* rows = std::get_if<Rows>(&report)) destinations = from_report(*rows, guid, alerts);
  }
  if (!destinations.empty()) judge_destinations(destinations, context.server_now(), seen, notes);
  else if (silent) notes.push_back(tr("CrashPlan says nothing about where “{name}” backs up to, so the age of its backup is not known.", {{"name", seen.item}}));
  else notes.push_back(tr("“{name}” has no backup destination in use, so the age of its backup is not known.", {{"name", seen.item}}));
  judge_computer(computer, seen, notes);
  seen.warned = seen.warned || !alerts.empty();
  if (!alerts.empty()) notes.push_back(spoken_alerts(alerts));
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace mainstay
