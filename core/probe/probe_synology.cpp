// SPDX-License-Identifier: MIT
#include "core/probe/probe_synology.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/folded_name.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;
using Form = std::vector<std::pair<std::string, std::string>>;
constexpr std::size_t most_tasks = 500;

/// DSM's own numbers (web API guides of Synology): what a person can do about each.
std::string login_trouble(std::int64_t code, const std::string& host) {
  const Args args{{"host", host}, {"code", static_cast<long long>(code)}};
  switch (code) {
    case 400: return tr("“{host}” refuses the account or its password, and locks out after several attempts.", args);
    case 401: return tr("The account is disabled on “{host}”.", args);
    case 402: return tr("“{host}” denies this account the right to log in.", args);
    case 403: case 404: case 406: return tr("“{host}” asks this account for a code from a second device. Make an account for measuring without it, with the rights to read.", args);
    case 407: return tr("“{host}” has blocked this computer after failed logins: take it off the block list in DSM first.", args);
    case 408: case 409: case 410: return tr("The password of the account on “{host}” has run out and must be changed.", args);
    case 411: return tr("The account on “{host}” is locked.", args);
    default: return tr("“{host}” refuses the login with DSM’s code {code}.", args);
  }
}

/// A session on the NAS; ends with the object.
class Dsm {
 public:
  Dsm(const Probe& probe, ProbeContext& context) : context_(context), address_(service_address(probe)), account_(probe.account) {
    if (account_.empty()) cannot_read(tr("This probe has no account: enter a DSM user that may read storage and backup tasks."));
    secret_ = needed_secret(probe, context);
    const auto known = ask_at("query.cgi", {{"api", "SYNO.API.Info"}, {"version", "1"}, {"method", "query"}, {"query", "all"}});
    const auto* apis = member(known, "data");
    if (!apis || !apis->is_object()) cannot_read(tr("“{host}” does not answer as DSM does: check the address and the port (5000 or 5001).", {{"host", address_.host}}));
    for (const auto& [name, info] : apis->items())
      if (auto path = text_of(info, "path"); !path.empty() && path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") == std::string::npos && path.find("..") == std::string::npos)
        paths_[name] = {path, count_of(info, "maxVersion").value_or(1)};
    log_in();
  }
  /// Logs out; what the NAS says to that matters to nobody.
  ~Dsm() {
    if (!sid_.empty()) context_.fetch.send(request_to(paths_["SYNO.API.Auth"].path, {{"api", "SYNO.API.Auth"}, {"version", "1"}, {"method", "logout"}, {"_sid", sid_}}));
  }
  Dsm(const Dsm&) = delete;
  Dsm& operator=(const Dsm&) = delete;

  const std::string& host() const { return address_.host; }
  bool has(const std::string& api) const { return paths_.contains(api); }
  /// The `data` of an answer. Throws Error where the NAS says no.
  Json ask(const std::string& api, std::int64_t version, const std::string& method, Form more = {}) {
    if (!has(api)) cannot_read(tr("“{host}” has no {api}: it is an older DSM, or the package is not installed.", {{"host", host()}, {"api", api}}));
    const auto ask_once = [&] {
      Form form{{"api", api}, {"version", std::to_string(std::min(version, paths_[api].newest))}, {"method", method}, {"_sid", sid_}};
      form.insert(form.end(), more.begin(), more.end());
      return ask_at(paths_[api].path, form);
    };
    auto reply = ask_once();
    if (const auto code = error_of(reply); (code == 106 || code == 107 || code == 119) && !renewed_) {  // the session is gone
      renewed_ = true;
      log_in();
      reply = ask_once();
    }
    if (flag_of(reply, "success") != true) {
      const auto code = error_of(reply);
      if (code == 105) cannot_read(tr("The account on “{host}” may not see this: DSM shows storage and backup tasks to administrators only.", {{"host", host()}}));
      cannot_read(tr("“{host}” answered {api} with DSM’s error {code}.", {{"host", host()}, {"api", api}, {"code", static_cast<long long>(code)}}));
    }
    const auto* data = member(reply, "data");
    return data ? *data : Json();
  }

 private:
  struct Path { std::string path; std::int64_t newest = 1; };

  static std::int64_t error_of(const Json& reply) {
    const auto* error = member(reply, "error");
    return error ? count_of(*error, "code").value_or(0) : 0;
  }

  WebRequest request_to(const std::string& path, const Form& form) const {
    WebRequest request;
    request.method = "POST";  // keeps session and password out of the NAS's access log
    request.url = address_.base + "/webapi/" + path;
    request.headers = {"Content-Type: application/x-www-form-urlencoded"};
    if (!token_.empty()) request.headers.push_back("X-SYNO-TOKEN: " + token_);
    request.body = form_of(form);
    request.carries_secret = true;
    return request;
  }
  Json ask_at(const std::string& path, const Form& form) { return json_from(context_.fetch.send(request_to(path, form)), address_.host, "Synology DSM"); }

  void log_in() {
    if (!has("SYNO.API.Auth")) cannot_read(tr("“{host}” does not answer as DSM does: check the address and the port (5000 or 5001).", {{"host", host()}}));
    const auto& auth = paths_["SYNO.API.Auth"];
    const auto reply = ask_at(auth.path, {{"api", "SYNO.API.Auth"}, {"version", std::to_string(std::min<std::int64_t>(6, auth.newest))}, {"method", "login"}, {"account", account_},
                                          {"passwd", secret_}, {"enable_syno_token", "yes"}, {"format", "sid"}});
    const auto* data = member(reply, "data");
    constexpr std::int64_t address_blocked = 407, account_locked = 411;  // states of the NAS that pass by themselves, which the waits between two tries cover
    if (const auto code = error_of(reply); code >= 400 && code <= 411 && code != address_blocked && code != account_locked) context_.fetch.note_login(Fetch::Login::refused);
    if (flag_of(reply, "success") != true || !data) cannot_read(login_trouble(error_of(reply), host()));
    sid_ = text_of(*data, "sid");
    token_ = text_of(*data, "synotoken");
    for (const auto* key : {&sid_, &token_}) {
      if (std::any_of(key->begin(), key->end(), [](unsigned char c) { return c <= 0x20 || c >= 0x7f; })) cannot_read(tr("The answer of “{host}” is cut short or damaged.", {{"host", host()}}));
      context_.fetch.hide(*key);
    }
    if (sid_.empty()) cannot_read(tr("“{host}” accepted the login and gave no session to go on with.", {{"host", host()}}));
    context_.fetch.note_login(Fetch::Login::accepted);
  }

  ProbeContext& context_;
  ServiceAddress address_;
  std::map<std::string, Path> paths_;
  std::string account_, secret_, sid_, token_;
  bool renewed_ = false;
};

/// What is wrong with volumes, pools and disks; space goes into the observation. A state that is missing, or no word, is said to be
/// unknown. False where nothing says how it is.
bool read_storage(const Json& data, Observation& seen, std::vector<std::string>& notes) {
  std::vector<std::string> silent;
  bool told = false;
  const auto each = [&](const char* list, const char* name_key, const std::string& sentence) {
    const auto* items = member(data, list);
    if (!items || !items->is_array()) return;
    for (const auto& item : *items) {
      const auto status = text_of(item, "status");
      auto name = text_of(item, name_key);
      if (name.empty()) name = text_of(item, "id");
      if (!is_state_word(status)) silent.push_back("“" + shown(name) + "”");
      told = told || is_state_word(status);
      if (status == "normal" || !is_state_word(status)) continue;
      notes.push_back(tr(sentence, {{"name", shown(name)}, {"status", status}}));
      const bool busy = status == "background" || status == "initialized" || status == "not_use";
      seen.alarm = seen.alarm || !busy;
    }
  };
  each("volumes", "vol_path", "DSM reports volume “{name}” as “{status}”.");
  each("storagePools", "id", "DSM reports storage pool “{name}” as “{status}”.");
  each("disks", "name", "DSM reports disk “{name}” as “{status}”.");
  seen.warned = seen.warned || !silent.empty();
  if (!silent.empty()) notes.push_back(tr("DSM does not say how these are: {names}.", {{"names", shortened(join(silent, ", "), 200)}}));
  if (const auto* disks = member(data, "disks"); disks && disks->is_array())
    for (const auto& disk : *disks) {
      if (const auto smart = text_of(disk, "smart_status"); is_state_word(smart) && smart != "normal" && smart != "safe" && smart != "not_support") {
        seen.alarm = seen.alarm || smart != "warning";
        seen.warned = true;
        notes.push_back(tr("The self-test of disk “{name}” says “{status}”.", {{"name", shown(text_of(disk, "name"))}, {"status", shown(smart)}}));
      }
      if (flag_of(disk, "exceed_bad_sector_thr") == true || flag_of(disk, "below_remain_life_thr") == true) {
        seen.alarm = true;
        notes.push_back(tr("Disk “{name}” is near its end: replace it before it fails.", {{"name", shown(text_of(disk, "name"))}}));
      }
    }
  std::int64_t total = 0, used = 0;
  const auto* volumes = member(data, "volumes");
  if (!volumes || !volumes->is_array()) return told;
  for (const auto& volume : *volumes) {
    const auto* size = member(volume, "size");
    if (!size) continue;
    const auto whole = count_of(*size, "total"), taken = count_of(*size, "used");
    if (!whole || !taken || *whole > INT64_MAX / 2 - total || *taken > *whole) continue;
    total += *whole;
    used += *taken;
  }
  if (total == 0) return told;
  seen.bytes_total = total;
  seen.bytes_free = total - used;
  seen.bytes_used = used;
  return told;
}

/// The task that is meant: by name or number, or the only one.
Json chosen_task(const Json& list, const std::string& item, const std::string& host) {
  const auto* tasks = member(list, "task_list");
  std::vector<std::string> names, shown_names;
  std::vector<const Json*> all, fitting;
  if (tasks && tasks->is_array())
    for (const auto& task : *tasks) {
      if (names.size() >= most_tasks) break;
      names.push_back(text_of(task, "name"));
      shown_names.push_back("“" + shown(names.back()) + "”");
      all.push_back(&task);
      if (item.empty() || std::to_string(count_of(task, "task_id").value_or(-1)) == item) fitting.push_back(&task);
    }
  if (fitting.empty())
    for (const auto place : names_meant(names, item)) fitting.push_back(all[place]);
  if (fitting.size() == 1) return *fitting.front();
  const Args args{{"host", host}, {"item", item}, {"names", shortened(join(shown_names, ", "), 400)}};
  if (names.empty()) cannot_read(tr("Hyper Backup on “{host}” has no task, so when it last copied anything is not known.", args));
  if (fitting.empty()) cannot_read(tr("Hyper Backup on “{host}” has no task “{item}”. It has: {names}.", args));
  cannot_read(tr("Hyper Backup on “{host}” has several tasks: {names}. Enter the one that is meant in this probe.", args));
}

/// The first time of a task that is told and cannot be read; empty where each can. Another one in its place would be a guess.
std::string unreadable_time(const Json& status, const Probe& probe) {
  for (const auto* key : {"last_bkp_success_time", "last_bkp_end_time", "last_bkp_time"})
    if (const auto text = text_of(status, key); !trimmed(text).empty() && !device_time(text, probe)) return shown(text);
  return {};
}

void read_task(const Json& status, const Probe& probe, Instant now, Observation& seen, std::vector<std::string>& notes) {
  const auto result = text_of(status, "last_bkp_result");
  const auto success = device_time(text_of(status, "last_bkp_success_time"), probe);
  auto ended = device_time(text_of(status, "last_bkp_end_time"), probe);
  if (!ended) ended = device_time(text_of(status, "last_bkp_time"), probe);
  seen.next_run = device_time(text_of(status, "next_bkp_time"), probe);
  if (is_plausible(ended, now)) seen.last_attempt = ended;
  const auto point = success ? success : result == "done" ? ended : Instant();
  if (point) take_point(seen, point, now);
  for (const auto* key : {"last_bkp_result", "last_bkp_success_time", "last_bkp_end_time", "last_bkp_time"})
    if (is_no_text(status, key)) cannot_read(tr("What Hyper Backup says about “{item}” cannot be read, so its age is not known.", {{"item", seen.item}}));
  const bool ended_badly = result == "failed" || result == "error" || result == "partial" || result == "dest_missing" || result == "cancel" || result == "suspend";
  if (const auto text = unreadable_time(status, probe); !text.empty() && !ended_badly)
    cannot_read(tr("Hyper Backup gives “{text}” as a time of “{item}”, which cannot be read, so its age is not known.", {{"item", seen.item}, {"text", text}}));
  if (result == "done") {
    if (!point) cannot_read(tr("The time of the last completed backup of “{item}” cannot be read, so its age is not known.", {{"item", seen.item}}));
    notes.push_back(tr("Hyper Backup completed “{item}” {when}.", {{"item", seen.item}, {"when", spoken(point)}}));
  } else if (result == "backingup" || result == "resuming") {
    notes.push_back(tr("Hyper Backup is working on “{item}” now.", {{"item", seen.item}}));
    if (!point) cannot_read(tr("Hyper Backup is working on “{item}” now, and when it last completed is not known.", {{"item", seen.item}}));
  } else if (result == "none") {
    if (!point) seen.outcome = Outcome::never_backed_up;
    notes.push_back(point ? tr("Hyper Backup names no result of the last run of “{item}”, and a completed one {when}.", {{"item", seen.item}, {"when", spoken(point)}})
                          : tr("Hyper Backup has never run “{item}”.", {{"item", seen.item}}));
  } else if (ended_badly) {
    seen.outcome = Outcome::failed;
    notes.push_back(tr("Hyper Backup ended the last run of “{item}” with “{result}”.", {{"item", seen.item}, {"result", result}}));
  } else {
    cannot_read(tr("Hyper Backup says “{result}” about “{item}”, which Mainstay does not know: look into DSM.", {{"item", seen.item}, {"result", shown(result)}}));
  }
}

}  // namespace

Observation probe_synology(const Probe& probe, ProbeContext& context) {
  Dsm dsm(probe, context);
  Observation seen;
  std::vector<std::string> notes;
  bool told = false;
  if (dsm.has("SYNO.Storage.CGI.Storage")) told = read_storage(dsm.ask("SYNO.Storage.CGI.Storage", 1, "load_info"), seen, notes);
  else notes.push_back(tr("This DSM does not tell the health of its disks."));
  seen.detail = join(notes, " ");
  context.so_far = seen;
  const std::string item(trimmed(probe.item));
  if (item.empty() && !dsm.has("SYNO.Backup.Task")) {  // a NAS that is only backed up to
    seen.item = dsm.host();
    seen.outcome = seen.alarm ? Outcome::failed : told ? Outcome::read : Outcome::unreadable;
    if (!told) notes.push_back(tr("How its volumes and disks are cannot be read."));
    notes.push_back(tr("Hyper Backup is not installed on “{host}”, so this tells its health and its space alone.", {{"host", dsm.host()}}));
    seen.detail = join(notes, " ");
    return seen;
  }
  const auto list = dsm.ask("SYNO.Backup.Task", 1, "list");
  const auto task = chosen_task(list, item, dsm.host());
  seen.item = shown(text_of(task, "name"));
  if (!count_of(task, "task_id")) cannot_read(tr("What Hyper Backup says about “{item}” cannot be read, so its age is not known.", {{"item", seen.item}}));
  const auto status = dsm.ask("SYNO.Backup.Task", 1, "status", {{"task_id", std::to_string(*count_of(task, "task_id"))}, {"blOnline", "false"},
                              {"additional", "[\"last_bkp_time\",\"next_bkp_time\",\"last_bkp_result\",\"is_modified\",\"last_bkp_progress\"]"}});
  read_task(status, probe, context.server_now(), seen, notes);
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace mainstay
