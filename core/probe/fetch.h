// SPDX-License-Identifier: MIT
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/probe/address.h"

namespace mainstay {

/// One question to a server.
struct WebRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::string> headers;
  std::string user, password;  ///< sent as HTTP Basic (or Digest when `digest_too`), to this origin only
  bool digest_too = false;
  std::string bearer;  ///< sent as `Authorization: Bearer`
  std::string body;
  std::function<void(std::string_view)> into;  ///< takes a success's body piece by piece, then up to 1 GB, in place of WebReply::body; must not throw
  bool carries_secret = false;  ///< `body` or `headers` hold one: kept off open connections as a password is
};

/// What came back: an HTTP status and body, or a sentence on why there is none.
struct WebReply {
  int status = 0;
  std::string body;
  std::string url;      ///< after redirects within the origin
  std::string problem;  ///< a whole sentence where no complete answer came, secrets removed
  std::string etag;     ///< `ETag`
  Instant modified;     ///< `Last-Modified`
  Instant server_date;  ///< `Date`: what the server's clock says
  std::int64_t length = -1;  ///< `Content-Length`
  std::int64_t retry_after_seconds = -1;
  bool answered() const { return problem.empty() && status > 0; }
};

/// A look at a file server: sftp, ftp, ftps (encrypted from the first byte) or ftpes (encrypted by AUTH TLS).
struct FileRequest {
  enum class Want : std::uint8_t {
    names,  ///< of a folder (its address ends in `/`), one a line
    facts,  ///< of a folder by FTP's MLSD (RFC 3659); not every server has it
    bytes,  ///< of a file
    time,   ///< of the last change, and the size
  };
  Want want = Want::bytes;
  std::string url;
  std::string user, password;
  std::string key_file;  ///< private key for SSH; then `password` is its passphrase
};
/// What came back. `found` false without a problem: the server plainly says that there is no such file or folder.
struct FileReply {
  bool found = false;
  bool not_offered = false;  ///< the server does not know this way of asking
  std::string body, problem;
  Instant modified;
  std::int64_t length = -1;
};

/// One curl handle with Mainstay's rules: only the schemes named here, always timed out, stoppable, at most 8 MB a reply,
/// redirects within the origin only, certificates and host keys verified or pinned, link-local addresses never asked, secrets
/// kept out of sentences. Used by one thread at a time.
class Fetch {
 public:
  Fetch();
  ~Fetch();
  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;

  /// Begins a probe: all its requests together may take `total`, and end when `stop` says so. Forgets earlier secrets and pins.
  void begin(std::chrono::seconds total, std::stop_token stop);
  /// From here on a server is believed when it shows this key, and only then: `sha256//…` of a certificate's key, `SHA256:…` of
  /// an SSH host key. Without one, certificates need an authority and host keys a line in known_hosts.
  void trust(const std::string& pin);
  /// What became of the last login: a server took the account and secret, or did not.
  enum class Login : std::uint8_t { unknown, accepted, refused };
  Login login() const;
  /// Notes it, for services that say so in words of their own; where the web, SSH and FTP say it, it is noted by itself.
  void note_login(Login login);
  /// What to call with each such news, until the next `begin`.
  void when_login_told(std::function<void(Login)> told);
  /// Remembers a value that no sentence may show.
  void hide(const std::string& secret);
  /// What others wrote, with every hidden value masked.
  std::string scrubbed(std::string text) const;
  /// A sentence of ours, with every hidden value masked that others put into it.
  std::string scrubbed_sentence(std::string sentence) const;
  WebReply send(const WebRequest& request);
  FileReply ask(const FileRequest& request);
  bool stopped() const;
  std::stop_token stop_token() const;
  /// What is left of the time that `begin` gave; never negative.
  std::chrono::milliseconds time_left() const;
  /// What `begin` allowed, which sentences name.
  std::chrono::seconds time_allowed() const;
  /// Waits; false when stopped or out of time meanwhile.
  bool pause(std::chrono::milliseconds length);

  /// The key that a server showed in this probe and that nobody vouches for; empty where all was well.
  const std::string& presented_pin() const;
  /// How far the server's clock is ahead of this computer's, in seconds; 0 where it did not say.
  std::int64_t clock_ahead_seconds() const;
  /// Remembers the start of an answer that came some other way (a command, a mounted file), for support.
  void note_reply(std::string_view body);
  /// The start of the last answer, with secrets and session keys masked; at most 4,000 bytes.
  std::string last_reply() const;

  struct Handle;  ///< see curl_handle.h

 private:
  bool ask_by_mlst(const FileRequest& request, const WebAddress& address, FileReply& reply);
  WebReply send_once(const WebRequest& request, const WebAddress& address);
  std::unique_ptr<Handle> handle_;
};

}  // namespace mainstay
