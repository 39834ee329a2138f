// SPDX-License-Identifier: MIT
#include "core/probe/tls_trust.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdlib>
#include <string_view>
#include <vector>

#include "core/base/codec.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

X509_STORE* trusted_certificates() {
  static X509_STORE* const store = [] {
    X509_STORE* made = X509_STORE_new();
    const char* set = std::getenv("SSL_CERT_FILE");
    const char* built_in = curl_version_info(CURLVERSION_NOW)->cainfo;
    const char* file = set && *set ? set : built_in;
    if (!file || X509_STORE_load_locations(made, file, nullptr) != 1) X509_STORE_set_default_paths(made);
    return made;
  }();
  return store;
}

std::string digest(const unsigned char* bytes, std::size_t size) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (EVP_Digest(bytes, size, sum, &length, EVP_sha256(), nullptr) != 1) return {};
  return {reinterpret_cast<const char*>(sum), length};
}

std::string pin_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
  if (size <= 0) return {};
  const auto sum = digest(bytes, static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return "sha256//" + base64(sum);
}

std::string fingerprint_of(X509* certificate) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  if (X509_digest(certificate, EVP_sha256(), sum, &length) != 1) return {};
  constexpr const char* hex = "0123456789ABCDEF";
  std::string text;
  for (unsigned i = 0; i < length; ++i) {
    if (i) text += ':';
    text += hex[sum[i] >> 4];
    text += hex[sum[i] & 15];
  }
  return text;
}

std::string subject_of(X509* certificate) {
  char name[256] = {};
  if (X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name) < 0) return {};
  return shortened(clean_utf8(name), 100);
}

/// OpenSSL asks this in place of its own check of the chain, in the middle of the handshake.
int judge(X509_STORE_CTX* chain, void* data) {
  auto& trial = *static_cast<TlsTrial*>(data);
  X509* leaf = X509_STORE_CTX_get0_cert(chain);
  if (!leaf) return 0;
  trial.presented = pin_of(leaf);
  trial.fingerprint = fingerprint_of(leaf);
  trial.subject = subject_of(leaf);
  if (!trial.pin.empty()) {
    trial.changed = true;
    for (const auto& pin : split(trial.pin, ';')) trial.changed = trial.changed && pin != trial.presented;
    X509_STORE_CTX_set_error(chain, trial.changed ? X509_V_ERR_CERT_UNTRUSTED : X509_V_OK);
    return trial.changed ? 0 : 1;
  }
  const bool good = X509_verify_cert(chain) == 1;
  trial.expired = !good && X509_STORE_CTX_get_error(chain) == X509_V_ERR_CERT_HAS_EXPIRED;
  trial.unvouched = !good && !trial.expired;
  return good ? 1 : 0;
}

}  // namespace

CURLcode prepare_tls(CURL*, void* context, void* trial) {
  auto* tls = static_cast<SSL_CTX*>(context);
  SSL_CTX_set1_cert_store(tls, trusted_certificates());
  SSL_CTX_set_cert_verify_callback(tls, judge, trial);
  return CURLE_OK;
}

std::string tls_pins(const std::string& pin) {
  std::vector<std::string> keys;
  for (const auto& part : split(pin, ';'))
    if (part.starts_with("sha256//")) keys.push_back(part);
  return join(keys, ";");
}

}  // namespace mainstay
