// SPDX-License-Identifier: MIT
#include "core/probe/address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>

#include <algorithm>
#include <memory>

#include "core/base/text.h"

namespace mainstay {
namespace {

std::string url_part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK || !text) return {};
  std::string result = text;
  curl_free(text);
  return result;
}

/// Ports of the schemes that curl's own table does not have.
std::string usual_port(const std::string& scheme) { return scheme == "ftpes" ? "21" : scheme == "smb" ? "445" : std::string(); }

/// Loopback, private and link-local ones (RFC 1122, RFC 1918, RFC 3927).
bool is_local_number(std::uint32_t n) { return n >> 24 == 127 || n >> 24 == 10 || n >> 20 == 0xAC1 || n >> 16 == 0xC0A8 || n >> 16 == 0xA9FE; }

}  // namespace

std::string scheme_of(std::string_view address) {
  const auto text = trimmed(address);
  const auto end = text.find("://");
  return end == std::string_view::npos ? std::string() : lower_case(text.substr(0, end));
}

std::string without_login(const std::string& address) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) return address;
  curl_url_set(url.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
  return url_part(url.get(), CURLUPART_URL);
}

WebAddress parse_address(const std::string& text) { return parse_address(text, {"http", "https"}); }

WebAddress parse_address(const std::string& text, std::initializer_list<std::string_view> schemes) {
  WebAddress address;
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  const auto parsed = curl_url_set(url.get(), CURLUPART_URL, std::string(trimmed(text)).c_str(), CURLU_NON_SUPPORT_SCHEME);
  const auto scheme = parsed == CURLUE_OK ? lower_case(url_part(url.get(), CURLUPART_SCHEME)) : std::string();
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) {
    std::vector<std::string> known;
    for (const auto name : schemes) known.push_back(std::string(name) + "://");
    address.problem = tr("The address is not one that can be asked: it must begin with {schemes} and name a computer.", {{"schemes", join(known, tr(" or "))}});
    return address;
  }
  if (!url_part(url.get(), CURLUPART_USER).empty() || !url_part(url.get(), CURLUPART_PASSWORD).empty()) {
    address.problem = tr("The address has a user or password inside. Take it out: the user goes into “account”, the password into a secret.");
    return address;
  }
  address.scheme = scheme;
  address.host = lower_case(url_part(url.get(), CURLUPART_HOST));
  address.port = url_part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (address.port.empty()) address.port = usual_port(scheme);
  address.path = url_part(url.get(), CURLUPART_PATH);
  if (address.path.empty()) address.path = "/";
  return address;
}

bool is_local_host(std::string_view host) {
  std::string name = lower_case(host);
  if (name.size() > 2 && name.front() == '[') name = name.substr(1, name.size() - 2);
  if (const auto zone = name.find('%'); zone != std::string::npos && name.find(':') != std::string::npos) name.resize(zone);  // fe80::1%eth0
  if (name.size() > 1 && name.back() == '.') name.pop_back();  // `nas.local.` is the same name, written out
  in_addr four{};
  if (inet_aton(name.c_str(), &four)) return is_local_number(ntohl(four.s_addr));  // also reads forms such as 0x7f.1, as curl does
  in6_addr six{};
  if (inet_pton(AF_INET6, name.c_str(), &six) == 1) {
    if (IN6_IS_ADDR_V4MAPPED(&six)) return is_local_number(static_cast<std::uint32_t>(six.s6_addr[12]) << 24 | six.s6_addr[13] << 16 | six.s6_addr[14] << 8 | six.s6_addr[15]);
    return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_LINKLOCAL(&six) || (six.s6_addr[0] & 0xfe) == 0xfc;
  }
  if (name.find('.') == std::string::npos) return true;
  for (const char* ending : {".local", ".lan", ".home", ".internal", ".localhost", ".home.arpa"})
    if (name.ends_with(ending)) return true;
  return false;
}

std::string host_key(const std::string& address) {
  const auto scheme = scheme_of(address);
  if (scheme.empty() || scheme == "file") return {};
  const auto parsed = parse_address(address, {scheme});
  return parsed.host.empty() ? std::string() : parsed.host + ":" + parsed.port;
}

}  // namespace mainstay
