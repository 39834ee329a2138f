// SPDX-License-Identifier: MIT
#include "core/probe/crashplan_account.h"

#include <algorithm>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

using Outcome = Observation::Outcome;

CrashPlanEnd unreadable(const std::string& sentence) { return crashplan_unreadable(sentence); }

std::string service_message(const std::string& body) {
  const auto reply = parse_json(body);
  return reply ? message_in(*reply) : std::string();
}

bool says_plan_has_no_api(const std::string& message) {
  return contains_folded(message, "product plan") ||
         (contains_folded(message, "plan") && (contains_folded(message, "permit") || contains_folded(message, "not include") || contains_folded(message, "not support")));
}

CrashPlanEnd no_api(const std::string& message) {
  return {observed(Outcome::no_api, tr("This CrashPlan subscription has no API: the service answered “{message}”. The backup cannot be measured this way; the agent's log files can be read instead.", {{"message", message}}))};
}

}  // namespace

CrashPlanEnd crashplan_unreadable(const std::string& sentence) { return {observed(Outcome::unreadable, sentence)}; }

CrashPlanEnd crashplan_refusal(const Json& reply, const std::string& host, const std::string& otherwise) {
  const auto message = message_in(reply);
  if (says_plan_has_no_api(message)) return no_api(message);
  if (!message.empty()) return unreadable(tr("“{host}” answered with an error: “{message}”.", {{"host", host}, {"message", message}}));
  return unreadable(otherwise);
}

CrashPlanAccount::CrashPlanAccount(const Probe& probe, ProbeContext& context) : context_(context), address_(parse_address(probe.url)), account_(probe.account) {
  base_ = trimmed(probe.url);
  base_ = base_.substr(0, base_.find_first_of("?#"));
  while (base_.ends_with('/')) base_.pop_back();
  secret_ = needed_secret(probe, context);
  context_.fetch.hide(account_ + ":" + secret_);
}

std::variant<Json, CrashPlanEnd> CrashPlanAccount::get(const std::string& path) {
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

CrashPlanEnd CrashPlanAccount::not_json(const std::string& body) const {
  if (trimmed(body).starts_with("<")) return unreadable(tr("“{host}” answered with a web page instead of data: check that the address is that of the CrashPlan console.", {{"host", host()}}));
  return unreadable(tr("The answer of “{host}” is cut short or damaged.", {{"host", host()}}));
}

std::optional<CrashPlanEnd> CrashPlanAccount::refusal(const WebReply& reply, bool at_login) const {
  if (!reply.problem.empty()) return unreadable(reply.problem);
  if (reply.status == 200) return {};
  const auto message = service_message(reply.body);
  const Args args{{"host", host()}, {"account", shown(account_)}, {"message", message}, {"status", reply.status}, {"count", static_cast<long long>(reply.retry_after_seconds)}};
  if (says_plan_has_no_api(message)) return no_api(message);
  if (reply.status == 401 && at_login) return unreadable(is_client() ? tr("CrashPlan refuses the API client “{account}”: check its ID and its secret.", args) : tr("CrashPlan refuses the user “{account}”: check the name and the password.", args));
  if (reply.status == 401)
    return Ended{observed(Outcome::no_api, tr("CrashPlan accepts “{account}” and then refuses to show the computers: this subscription has no API.", args))};
  if (reply.status == 403) return unreadable(tr("“{account}” may not see the computers: give it the permission “Computer Read” in the CrashPlan console.", args));
  if (reply.status == 404) return unreadable(tr("“{host}” does not answer as CrashPlan does: check that the address is that of the CrashPlan console.", args));
  if (reply.status == 429)
    return unreadable(reply.retry_after_seconds > 0 ? tr("CrashPlan asks us to wait {count} seconds before the next question.", args)
                                                    : tr("CrashPlan says that it was asked too often; try again later."));
  if (message.empty()) return unreadable(tr("“{host}” answered with HTTP status {status}.", args));
  return unreadable(tr("“{host}” answered with HTTP status {status}: “{message}”.", args));
}

/// API clients have ids that begin so; any other account is a user of the console.
bool CrashPlanAccount::is_client() const { return account_.starts_with("key-"); }

/// Why a user's own login cannot work, where the service says how that user signs in.
std::optional<CrashPlanEnd> CrashPlanAccount::login_kind() {
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

std::optional<CrashPlanEnd> CrashPlanAccount::log_in() {
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
  if (message.empty()) return unreadable(tr("“{host}” accepted the login and gave no key to go on with.", {{"host", host()}}));
  return unreadable(tr("“{host}” gave no key to go on with: “{message}”.", {{"host", host()}, {"message", message}}));
}

}  // namespace mainstay
