// SPDX-License-Identifier: MIT
// Internal to probe: the CrashPlan console's API, with its logins and its ways of saying no.
#pragma once
#include <optional>
#include <string>
#include <variant>

#include "core/probe/address.h"
#include "core/probe/json_reply.h"

namespace mainstay {

/// Ends a CrashPlan probe early with what it then says.
struct CrashPlanEnd {
  Observation observation;
};
/// An end with the outcome unreadable.
CrashPlanEnd crashplan_unreadable(const std::string& sentence);
/// The end that an error inside a reply with status 200 calls for: no API, the service's own words, or `otherwise`.
CrashPlanEnd crashplan_refusal(const Json& reply, const std::string& host, const std::string& otherwise);

/// The account's API: logs in as an API client or a user of the console, and once more when the token has run out.
class CrashPlanAccount {
 public:
  /// Throws Error where the secret is missing.
  CrashPlanAccount(const Probe& probe, ProbeContext& context);
  const std::string& host() const { return address_.host; }
  /// The reply's JSON, or an end that says why there is none.
  std::variant<Json, CrashPlanEnd> get(const std::string& path);

 private:
  using Ended = CrashPlanEnd;
  bool is_client() const;
  Ended not_json(const std::string& body) const;
  std::optional<Ended> refusal(const WebReply& reply, bool at_login) const;
  std::optional<Ended> login_kind();
  std::optional<Ended> log_in();

  ProbeContext& context_;
  WebAddress address_;
  std::string base_, account_, secret_, token_;
};

}  // namespace mainstay
