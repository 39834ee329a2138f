// SPDX-License-Identifier: MIT
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/date.h"

namespace mainstay::testing {

/// A reply given word for word.
struct CannedReply {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
};

/// What goes wrong with CrashPlan's list of computers.
enum class Fault {
  none,
  truncated,       ///< the connection ends before the promised length
  endless,         ///< chunks without an end, as fast as they are taken
  slow,            ///< one byte now and then, without an end
  always_refused,  ///< 401, however fresh the token
  refused_once,    ///< 401 for the first token, as when it ran out
};

/// A request as a service sees it; names of headers in lower case.
struct ReplayRequest {
  std::string method, path, query, body;
  std::map<std::string, std::string> headers;
  /// A field of the query or of a form in the body, decoded; empty where there is none.
  std::string field(const std::string& name) const;
};

struct ReplayOptions {
  std::string account = "key-harbour";
  std::string secret = "sample-secret";
  /// The JSON objects of the account's computers; paged by `pgNum` and `pgSize`.
  std::function<std::vector<std::string>()> computers;
  Fault fault = Fault::none;
  /// Replies by "METHOD /path" (as sent, without the query), before anything else: given in order, the last one again and again.
  std::map<std::string, std::vector<CannedReply>> canned;
  /// Asked first with method, path with query, and body; what it gives is sent.
  std::function<std::optional<CannedReply>(const std::string& method, const std::string& uri, const std::string& body)> answer;
  /// Asked after that: a service with logins and sessions of its own (replay_services.h).
  std::function<std::optional<CannedReply>(const ReplayRequest&)> service;
  std::uint16_t port = 0;  ///< 0 = any free one
};

/// A HTTP server on 127.0.0.1 that answers as CrashPlan documents it, or as told.
class ReplayServer {
 public:
  explicit ReplayServer(ReplayOptions options);
  ~ReplayServer();
  /// `http://127.0.0.1:PORT`
  std::string url() const;
  /// Every request so far: method, path with query, and its `Authorization` after ` auth=`.
  std::vector<std::string> seen() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// One computer with two destinations, the first last completed at `completed` (text of a JSON value, `null` for never).
std::string crashplan_computer(const std::string& name, const std::string& guid, const std::string& completed);
/// A time as CrashPlan writes it: milliseconds and an offset of six hours.
std::string crashplan_time(Instant when);

}  // namespace mainstay::testing
