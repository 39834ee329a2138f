// SPDX-License-Identifier: MIT
// Internal: names curl, so it is included by .cpp files only.
#pragma once
#include <curl/curl.h>

#include <mutex>
#include <thread>

#include "core/probe/fetch.h"
#include "core/probe/tls_trust.h"

namespace mainstay {

/// What one transfer brings in, counted as it arrives.
struct Incoming {
  std::string body, etag;
  std::function<void(std::string_view)> into;  ///< takes the body of a success in place of `body`
  std::function<void(std::string_view)> line;  ///< takes each line of a server's talk that is no header; must not throw
  std::size_t taken = 0;
  bool success = false;  ///< the status line said 2xx
  std::size_t header_bytes = 0;
  bool too_large = false;
  Instant modified, server_date;
  std::int64_t clock_ahead = 0;   ///< of the server's date, in seconds, when it came in
  std::int64_t cached_seconds = 0;  ///< `Age`: so long ago the answer, and its date with it, was made
};

/// The sockets of one handle, so that another thread can end a transfer that no longer returns to curl.
class Sockets {
 public:
  void add(int socket);
  /// Closes it, and forgets it first: its number may be another thread's a moment later.
  int close(int socket);
  /// Ends what is under way on all of them.
  void shut_down();

 private:
  std::mutex guard_;
  std::vector<int> open_;
};

/// What a connection to an SSH server showed.
struct HostKeyTrial {
  std::string host, port, pin;
  std::string presented;  ///< `SHA256:…`, as `ssh-keygen -l` prints it
  bool changed = false;   ///< another key of that kind is known or pinned
  std::string replaced;   ///< the one that is, or `revoked_key`
};

/// The state behind a Fetch and what all its transfers share.
struct Fetch::Handle {
  using Time = std::chrono::steady_clock;
  CURL* easy = nullptr;
  CURLM* multi = nullptr;
  Time::time_point deadline = Time::time_point::max();
  std::int64_t total_seconds = 0;
  std::stop_token stop;
  std::vector<std::string> hidden;
  std::string pin, presented_pin, reply;
  std::int64_t clock_ahead = 0;
  Login login = Login::unknown;
  std::function<void(Login)> login_told;
  Sockets sockets;
  std::string without_mlst;  ///< origin of the FTP server that was found not to know MLST
  bool blocked = false;  ///< the name led to an address that is never asked
  TlsTrial tls;
  HostKeyTrial host_key;

  /// Sets an option or throws: an option this build of curl lacks must not quietly leave a door open.
  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy, option, value) != CURLE_OK) refuse_library();
  }
  /// What every transfer gets: limits, sockets, proxy, trust. False with a sentence where no time is left.
  bool prepare(const WebAddress& address, const std::string& url, const char* protocols, Incoming& incoming, std::string& problem);
  /// Runs the transfer to its end; the sentence is empty where curl was content.
  CURLcode perform(const WebAddress& address, const Incoming& incoming, int poll_ms, std::string& problem);
  /// Keeps the start of an answer for support.
  void note(std::string_view body);

 private:
  [[noreturn]] static void refuse_library();
  std::string trust_problem(const WebAddress& address);
};

/// Ends a handle's transfer from outside when its time is up or its stop comes: libssh2 may stay in one call for as long as a
/// hostile server keeps talking.
class Watchdog {
 public:
  explicit Watchdog(Fetch::Handle& handle);

 private:
  std::jthread thread_;
};

/// For CURLOPT_SSH_HOSTKEYFUNCTION, with a HostKeyTrial as its data.
int judge_host_key(void* trial, int type, const char* key, std::size_t length);

}  // namespace mainstay
