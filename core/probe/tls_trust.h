// SPDX-License-Identifier: MIT
// Internal: names curl, so it is included by .cpp files only.
#pragma once
#include <curl/curl.h>

#include <string>

namespace mainstay {

/// What a handshake showed, and what was made of it before anything was sent: no credential travels to a stranger.
struct TlsTrial {
  std::string pin;          ///< keys to trust instead of the authorities, `sha256//…`, several with `;` between; may be empty
  std::string presented;    ///< the key that the server showed, as a pin
  std::string fingerprint;  ///< SHA-256 of its certificate, as devices and browsers show it: `AB:CD:…`
  std::string subject;      ///< whom the certificate names
  bool changed = false;     ///< there is a pin, and this key is another
  bool expired = false;     ///< vouched for once, and out of date
  bool unvouched = false;   ///< no authority that this computer trusts stands behind it
};

/// For CURLOPT_SSL_CTX_FUNCTION, with a TlsTrial as its data: gives the connection the certificates that this computer trusts,
/// read once for the whole process (curl would read them for each connection), and judges pins during the handshake.
CURLcode prepare_tls(CURL* easy, void* context, void* trial);

/// The parts of a probe's pin that speak of TLS keys, as CURLOPT_PINNEDPUBLICKEY takes them; empty where there is none.
std::string tls_pins(const std::string& pin);

}  // namespace mainstay
