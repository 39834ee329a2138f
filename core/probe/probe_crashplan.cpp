// SPDX-License-Identifier: MIT
#include "core/probe/probe_crashplan.h"

#include <algorithm>
#include <variant>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/json_reply.h"

namespace mainstay {
namespace {

using json = Json;
using Outcome = Observation::Outcome;
constexpr std::size_t page_size = 100;  // the service times out on larger pages with backup usage in them
constexpr int most_pages = 200;
constexpr std::size_t most_named = 8;

/// Ends a probe early with what it then says.
struct Ended {
  Observation observation;
};
Ended unreadable(const std::string& sentence) { return {observed(Outcome::unreadable, sentence)}; }

std::string service_message(const std::string& body) {
  const auto reply = parse_json(body);
  return reply ? message_in(*reply) : std::string();
}

bool says_plan_has_no_api(const std::string& message) {
  return contains_folded(message, "product plan") ||
         (contains_folded(message, "plan") && (contains_folded(message, "permit") || contains_folded(message, "not include") || contains_folded(message, "not support")));
}

bool looks_like_page(const std::string& body) { return trimmed(body).starts_with("<"); }

/// The account's API: logs in, and once more when the token has run out.
class Account {
 public:
  Account(const Probe& probe, ProbeContext& context) : context_(context), address_(parse_address(probe.url)), account_(probe.account) {
    base_ = trimmed(probe.url);
    base_ = base_.substr(0, base_.find_first_of("?#"));
    while (base_.ends_with('/')) base_.pop_back();
    secret_ = needed_secret(probe, context);
    context_.fetch.hide(account_ + ":" + secret_);
  }
  const std::string& host() const { return address_.host; }

  /// The reply's JSON, or an Ended that says why there is none.
  std::variant<json, Ended> get(const std::string& path) {
    for (int tries = 0;; ++tries) {
      if (token_.empty())
        if (auto ended = log_in()) return *ended;
      WebRequest request;
      request.url = base_ + path;
      request.headers = {"Accept: application/json"};
      request.bearer = token_;
      const auto reply = context_.fetch.send(request);
      if (reply.status == 401 && reply.problem.empty() && tries == 0 && !says_plan_has_no_api(service_message(reply.body))) {
        token_.clear();
        continue;
      }
      if (auto ended = refusal(reply, false)) return *ended;
      auto parsed = parse_json(reply.body);
      if (!parsed) return not_json(reply.body);
      return std::move(*parsed);
    }
  }

 private:
  Ended not_json(const std::string& body) const {
    if (looks_like_page(body)) return unreadable(tr("“{host}” answered with a web page instead of data: check that the address is that of the CrashPlan console.", {{"host", host()}}));
    return unreadable(tr("The answer of “{host}” is cut short or damaged.", {{"host", host()}}));
  }

  std::optional<Ended> refusal(const WebReply& reply, bool at_login) const {
    if (!reply.problem.empty()) return unreadable(reply.problem);
    if (reply.status == 200) return {};
    const auto message = service_message(reply.body);
    const Args args{{"host", host()}, {"account", shown(account_)}, {"message", message}, {"status", reply.status}, {"count", static_cast<long long>(reply.retry_after_seconds)}};
    if (says_plan_has_no_api(message))
      return Ended{observed(Outcome::no_api, tr("This CrashPlan subscription has no API: the service answered “{message}”. The backup cannot be measured this way.", args))};
    if (reply.status == 401 && at_login) return unreadable(is_client() ? tr("CrashPlan refuses the API client “{account}”: check its ID and its secret.", args) : tr("CrashPlan refuses the user “{account}”: check the name and the password.", args));
    if (reply.status == 401)
      return Ended{observed(Outcome::no_api, tr("CrashPlan accepts the API client “{account}” and then refuses to show the computers: this subscription has no API.", args))};
    if (reply.status == 403) return unreadable(tr("The API client “{account}” may not see the computers: give it the permission “Computer Read” in the CrashPlan console.", args));
    if (reply.status == 404) return unreadable(tr("“{host}” does not answer as CrashPlan does: check that the address is that of the CrashPlan console.", args));
    if (reply.status == 429)
      return unreadable(reply.retry_after_seconds > 0 ? tr("CrashPlan asks us to wait {count} seconds before the next question.", args)
                                                      : tr("CrashPlan says that it was asked too often; try again later."));
    if (message.empty()) return unreadable(tr("“{host}” answered with HTTP status {status}.", args));
    return unreadable(tr("“{host}” answered with HTTP status {status}: “{message}”.", args));
  }

  /// API clients have ids that begin so; any other account is a user of the console.
  bool is_client() const { return account_.starts_with("key-"); }

  /// Why a user's own login cannot work, where the service says how that user signs in.
  std::optional<Ended> login_kind() {
    WebRequest request;
    request.url = base_ + "/api/v3/LoginConfiguration?username=" + url_encoded(account_);
    request.headers = {"Accept: application/json"};
    const auto reply = context_.fetch.send(request);
    const auto parsed = reply.status == 200 ? parse_json(reply.body) : std::nullopt;
    if (!parsed) return {};
    const auto* data = member(*parsed, "data");
    const auto kind = text_of(data ? *data : *parsed, "loginType");
    const Args args{{"account", shown(account_)}};
    if (kind == "CLOUD_SSO") return unreadable(tr("“{account}” signs in to CrashPlan through single sign-on, which no program can do for it: make an API client in the console.", args));
    if (kind == "LOCAL_2FA") return unreadable(tr("CrashPlan refuses “{account}”: the password is wrong, or it asks for a code from a second device. Make an API client in the console.", args));
    return {};
  }

  std::optional<Ended> log_in() {
    WebRequest request;
    request.method = is_client() ? "POST" : "GET";
    request.url = base_ + (is_client() ? "/api/v3/oauth/token?grant_type=client_credentials" : "/api/v3/auth/jwt?useBody=true");
    request.headers = {"Accept: application/json"};
    request.user = account_;
    request.password = secret_;
    const auto reply = context_.fetch.send(request);
    if (reply.status == 401 && reply.problem.empty() && !is_client() && !says_plan_has_no_api(service_message(reply.body)))
      if (auto ended = login_kind()) return ended;
    if (auto ended = refusal(reply, true)) return ended;
    const auto parsed = parse_json(reply.body);
    if (!parsed) return not_json(reply.body);
    token_ = text_of(*parsed, is_client() ? "access_token" : "v3_user_token");
    if (const auto* data = member(*parsed, "data"); data && token_.empty()) token_ = text_of(*data, "v3_user_token");
    context_.fetch.hide(token_);
    const bool clean = std::all_of(token_.begin(), token_.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (!token_.empty() && clean) return {};
    const auto message = service_message(reply.body);
    if (message.empty()) return unreadable(tr("“{host}” accepted the API client and gave no key to go on with.", {{"host", host()}}));
    return unreadable(tr("“{host}” gave no key to go on with: “{message}”.", {{"host", host()}, {"message", message}}));
  }

  ProbeContext& context_;
  WebAddress address_;
  std::string base_, account_, secret_, token_;
};

/// All computers of the account, page after page.
std::variant<std::vector<json>, Ended> all_computers(Account& account) {
  std::vector<json> all;
  std::string first_of_last_page;
  for (int page = 1; page <= most_pages; ++page) {
    auto got = account.get("/api/v1/Computer?active=true&incBackupUsage=true&pgNum=" + std::to_string(page) + "&pgSize=" + std::to_string(page_size));
    if (auto* ended = std::get_if<Ended>(&got)) return *ended;
    auto& reply = std::get<json>(got);
    const auto* data = member(reply, "data");
    const auto* computers = data ? member(*data, "computers") : nullptr;
    if (!computers || !computers->is_array()) {
      const auto message = service_message(reply.dump(-1, ' ', false, json::error_handler_t::replace));
      if (says_plan_has_no_api(message))
        return Ended{observed(Outcome::no_api, tr("This CrashPlan subscription has no API: the service answered “{message}”. The backup cannot be measured this way.", {{"message", message}}))};
      if (!message.empty()) return unreadable(tr("“{host}” answered with an error: “{message}”.", {{"host", account.host()}, {"message", message}}));
      return unreadable(tr("The answer of “{host}” has no list of computers in it.", {{"host", account.host()}}));
    }
    const auto count = computers->size();
    const auto first = count ? computers->front().dump(-1, ' ', false, json::error_handler_t::replace) : std::string();
    if (count && first == first_of_last_page) return unreadable(tr("“{host}” gives the same page of computers again and again.", {{"host", account.host()}}));
    first_of_last_page = first;
    for (const auto& computer : *computers) all.push_back(computer);
    if (count < page_size) return all;
  }
  return unreadable(tr("“{host}” gives page after page of computers without an end.", {{"host", account.host()}}));
}

std::string name_of(const json& computer) {
  const auto name = text_of(computer, "name");
  return name.empty() ? text_of(computer, "guid") : name;
}

std::variant<json, Ended> choose(const std::vector<json>& computers, const std::string& item) {
  std::vector<const json*> fitting;
  for (const char* key : {"guid", "name", "osHostname"}) {
    for (const auto& computer : computers) {
      const auto value = text_of(computer, key);
      if (!item.empty() && !value.empty() && lower_case(value) == lower_case(item)) fitting.push_back(&computer);
    }
    if (!fitting.empty()) break;
  }
  if (item.empty())
    for (const auto& computer : computers) fitting.push_back(&computer);
  if (fitting.size() == 1) return *fitting.front();
  std::vector<std::string> names;
  for (const auto* computer : fitting)
    if (names.size() <= most_named)
      names.push_back(names.size() == most_named ? "…" : tr("“{name}” ({guid})", {{"name", shown(name_of(*computer))}, {"guid", shown(text_of(*computer, "guid"))}}));
  if (!fitting.empty())
    return unreadable(tr("Several computers may be meant: {names}. Enter the number of the right one in this probe.", {{"names", join(names, ", ")}}));
  if (computers.empty()) return unreadable(tr("The CrashPlan account answers, and has no active computer in it."));
  for (const auto& computer : computers)
    if (names.size() <= most_named) names.push_back(names.size() == most_named ? "…" : "“" + shown(name_of(computer)) + "”");
  return unreadable(tr("The CrashPlan account has no active computer “{item}”. It has: {names}.", {{"item", item}, {"names", join(names, ", ")}}));
}

/// A date member: not there or null, readable, or neither.
struct DateReading {
  bool missing = false, null = false;
  std::optional<Instant> date;
};
DateReading date_in(const json& object, const char* key) {
  DateReading reading;
  const auto* value = member(object, key);
  reading.null = is_null(object, key);
  reading.missing = !value && !reading.null;
  if (value && value->is_string()) reading.date = parse_instant(value->get<std::string>());
  return reading;
}

void note_alerts(const json& object, std::vector<std::string>& alerts) {
  const auto* states = member(object, "alertStates");
  if (!states || !states->is_array()) return;
  for (const auto& state : *states)
    if (state.is_string() && state != "OK" && std::find(alerts.begin(), alerts.end(), state.get<std::string>()) == alerts.end())
      alerts.push_back(shown(state.get<std::string>()));
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

Observation judged(const json& computer, Instant now) {
  Observation seen;
  seen.item = shown(name_of(computer));
  std::vector<std::string> alerts;
  note_alerts(computer, alerts);
  const auto* usage = member(computer, "backupUsage");
  if (!usage || !usage->is_array() || usage->empty()) {
    seen.detail = tr("CrashPlan says nothing about where “{name}” backs up to, so the age of its backup is not known.", {{"name", seen.item}});
    return seen;
  }
  int in_use = 0, never = 0, unread = 0;
  std::int64_t bytes = 0;
  std::string future, destination;
  for (const auto& target : *usage) {
    const auto* used = member(target, "using");
    if (used && used->is_boolean() && !used->get<bool>()) continue;
    ++in_use;
    note_alerts(target, alerts);
    if (const auto* size = member(target, "archiveBytes"); size && size->is_number_integer() && size->get<std::int64_t>() > 0) bytes += size->get<std::int64_t>();
    const auto completed = date_in(target, "lastCompletedBackup");
    const auto tried = date_in(target, "lastBackup");
    if (tried.date && is_plausible(*tried.date, now)) seen.last_attempt = std::max(seen.last_attempt, *tried.date);
    if (completed.null) ++never;
    else if (!completed.date || completed.date->seconds < 0) ++unread;
    else if (!is_plausible(*completed.date, now)) {
      if (completed.date->seconds > now.seconds) future = to_text(*completed.date);
      else ++unread;
    } else if (*completed.date > seen.last_point) {
      seen.last_point = *completed.date;
      destination = shown(text_of(target, "targetComputerName"));
    }
  }
  seen.bytes_used = in_use > 0 ? bytes : -1;
  std::vector<std::string> notes;
  if (in_use == 0) {
    notes.push_back(tr("“{name}” has no backup destination in use, so the age of its backup is not known.", {{"name", seen.item}}));
  } else if (!future.empty()) {
    seen.last_point = {};
    notes.push_back(tr("CrashPlan gives a completed backup in the future ({when}): a clock is wrong, so the age is not known.", {{"when", future}}));
  } else if (seen.last_point) {
    seen.outcome = Outcome::read;
    seen.last_attempt = std::max(seen.last_attempt, seen.last_point);
    notes.push_back(destination.empty() ? tr("Last completed backup {when}.", {{"when", spoken(seen.last_point)}})
                                        : tr("Last completed backup {when}, to “{destination}”.", {{"when", spoken(seen.last_point)}, {"destination", destination}}));
    if (never > 0) notes.push_back(tr_count(never, "To one other destination no backup was ever completed.", "To {count} other destinations no backup was ever completed."));
  } else if (unread > 0) {
    notes.push_back(tr("The date of the last completed backup of “{name}” cannot be read, so its age is not known.", {{"name", seen.item}}));
  } else {
    seen.outcome = Outcome::never_backed_up;
    notes.push_back(tr("“{name}” is set up, and no backup of it was ever completed.", {{"name", seen.item}}));
  }
  const auto status = text_of(computer, "status");
  if (contains_folded(status, "deactivated")) {
    seen.outcome = Outcome::failed;
    notes.insert(notes.begin(), tr("“{name}” is deactivated in CrashPlan: it backs up no more, and its archive will be deleted.", {{"name", seen.item}}));
  } else if (contains_folded(status, "deauthorized")) {
    notes.push_back(tr("The computer is signed out of CrashPlan: it backs up no more until somebody signs in on it."));
  }
  if (const auto* blocked = member(computer, "blocked"); blocked && blocked->is_boolean() && blocked->get<bool>())
    notes.push_back(tr("The computer is blocked in CrashPlan."));
  if (!alerts.empty()) notes.push_back(spoken_alerts(alerts));
  seen.detail = join(notes, " ");
  return seen;
}

}  // namespace

Observation probe_crashplan(const Probe& probe, ProbeContext& context) {
  const auto address = parse_address(probe.url);
  if (!address.problem.empty()) return observed(Outcome::unreadable, address.problem);
  if (probe.account.empty()) return observed(Outcome::unreadable, tr("This probe has no account: enter the ID of the API client (key-…) that was made in the CrashPlan console, or a user's name."));
  Account account(probe, context);
  const auto computers = all_computers(account);
  if (const auto* ended = std::get_if<Ended>(&computers)) return ended->observation;
  const auto chosen = choose(std::get<std::vector<json>>(computers), std::string(trimmed(probe.item)));
  if (const auto* ended = std::get_if<Ended>(&chosen)) return ended->observation;
  return judged(std::get<json>(chosen), context.now);
}

}  // namespace mainstay
