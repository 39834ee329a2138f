// SPDX-License-Identifier: MIT
#pragma once
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"

namespace mainstay {

/// The parts of a web address that decide where a request goes.
struct WebAddress {
  std::string scheme, host, port;
  std::string path;     ///< as written, begins with `/`
  std::string problem;  ///< a sentence where the address cannot be used; then the rest is empty
  std::string origin() const { return scheme + "://" + host + ":" + port; }
};
/// Reads a http or https address; refuses other schemes and addresses with a password inside.
WebAddress parse_address(const std::string& text);
/// True for this computer and the local network: names without a dot, `.local` and the like, private and loopback numbers.
bool is_local_host(std::string_view host);

/// One question to a server.
struct WebRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;
  std::string user, password;  ///< sent as HTTP Basic (or Digest when `digest_too`), to this origin only
  bool digest_too = false;
  std::string bearer;  ///< sent as `Authorization: Bearer`
  std::string body;
};

/// What came back: an HTTP status and body, or a sentence on why there is none.
struct WebReply {
  int status = 0;
  std::string body;
  std::string url;      ///< after redirects within the origin
  std::string problem;  ///< a whole sentence where no complete answer came, secrets removed
  Instant modified;     ///< `Last-Modified`
  std::int64_t retry_after_seconds = -1;
  bool answered() const { return problem.empty() && status > 0; }
};

/// One curl handle with Mainstay's rules: http and https only, always timed out, stoppable, at most 8 MB a reply, redirects
/// within the origin only, certificates verified, secrets kept out of sentences. Used by one thread at a time.
class Fetch {
 public:
  Fetch();
  ~Fetch();
  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;

  /// Begins a probe: all its requests together may take `total`, and end when `stop` says so. Forgets earlier secrets.
  void begin(std::chrono::seconds total, std::stop_token stop);
  /// Remembers a value that no sentence may show.
  void hide(const std::string& secret);
  /// The text with every hidden value masked.
  std::string scrubbed(std::string text) const;
  WebReply send(const WebRequest& request);
  bool stopped() const;
  /// Waits; false when stopped or out of time meanwhile.
  bool pause(std::chrono::milliseconds length);

 private:
  WebReply send_once(const WebRequest& request, const WebAddress& address);
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace mainstay
