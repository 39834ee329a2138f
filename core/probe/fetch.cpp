// SPDX-License-Identifier: MIT
#include "core/probe/fetch.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <thread>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/secrets.h"

namespace mainstay {
namespace {

using Time = std::chrono::steady_clock;
constexpr std::size_t largest_reply = std::size_t(8) << 20;
constexpr std::size_t largest_headers = 256 << 10;
constexpr int most_redirects = 5;
constexpr long connect_limit_ms = 10'000;
constexpr long low_speed_bytes = 20, low_speed_seconds = 20;
constexpr int poll_ms = 100;

/// The certificates this computer trusts, read once and shared by every handle: curl would read them for each connection.
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

CURLcode use_trusted_certificates(CURL*, void* context, void*) {
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(context), trusted_certificates());
  return CURLE_OK;
}

/// The address that cloud machines answer their own credentials at; no backup lives there.
bool is_cloud_metadata(const sockaddr* address) {
  if (address->sa_family == AF_INET) return reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr == htonl(0xA9FEA9FE);
  if (address->sa_family != AF_INET6) return false;
  const auto* bytes = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr.s6_addr;
  static constexpr unsigned char mapped[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 169, 254, 169, 254};
  static constexpr unsigned char own[16] = {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54};
  return std::memcmp(bytes, mapped, 16) == 0 || std::memcmp(bytes, own, 16) == 0;
}

curl_socket_t open_socket(void*, curlsocktype, curl_sockaddr* address) {
  if (is_cloud_metadata(&address->addr)) return CURL_SOCKET_BAD;
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct Incoming {
  WebReply* reply = nullptr;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t, std::size_t count, void* to) {
  auto& in = *static_cast<Incoming*>(to);
  if (in.reply->body.size() + count > largest_reply) {
    in.too_large = true;
    return 0;
  }
  in.reply->body.append(data, count);
  return count;
}

std::size_t take_header(char* data, std::size_t, std::size_t count, void* to) {
  auto& in = *static_cast<Incoming*>(to);
  in.header_bytes += count;
  if (in.header_bytes > largest_headers) {
    in.too_large = true;
    return 0;
  }
  const std::string_view line = trimmed(std::string_view(data, count));
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && lower_case(line.substr(0, colon)) == "last-modified")
    if (const auto date = parse_http_date(trimmed(line.substr(colon + 1)))) in.reply->modified = *date;
  return count;
}

std::string sentence_for(CURLcode code, const std::string& host, std::int64_t seconds) {
  const Args args{{"host", host}, {"count", static_cast<long long>(seconds)}};
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return tr("The name “{host}” is not known on this network: check the address and the connection.", args);
    case CURLE_COULDNT_CONNECT: return tr("Nothing answers at “{host}”: check that it is switched on, reachable, and that the port is right.", args);
    case CURLE_OPERATION_TIMEDOUT: return tr("“{host}” gave no complete answer in the time allowed ({count} s).", args);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return tr("The certificate of “{host}” is not one that this computer trusts, so nothing was sent to it.", args);
    case CURLE_SSL_CONNECT_ERROR: return tr("No encrypted connection to “{host}” could be made: it may not speak HTTPS at this port.", args);
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return tr("“{host}” broke off in the middle of its answer.", args);
    case CURLE_GOT_NOTHING: return tr("“{host}” closed the connection without an answer.", args);
    case CURLE_UNSUPPORTED_PROTOCOL: return tr("Only addresses that begin with http:// or https:// can be asked.");
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return tr("What answers at “{host}” does not speak HTTP as it should.", args);
    default: return tr("Asking “{host}” went wrong: {reason}.", {{"host", host}, {"reason", curl_easy_strerror(code)}});
  }
}

std::string url_part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK || !text) return {};
  std::string result = text;
  curl_free(text);
  return result;
}

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

}  // namespace

WebAddress parse_address(const std::string& text) {
  WebAddress address;
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  const auto parsed = curl_url_set(url.get(), CURLUPART_URL, std::string(trimmed(text)).c_str(), CURLU_NON_SUPPORT_SCHEME);
  const auto scheme = parsed == CURLUE_OK ? lower_case(url_part(url.get(), CURLUPART_SCHEME)) : std::string();
  if (scheme != "http" && scheme != "https") {
    address.problem = tr("The address is not one that can be asked: it must begin with http:// or https:// and name a computer.");
    return address;
  }
  if (!url_part(url.get(), CURLUPART_USER).empty() || !url_part(url.get(), CURLUPART_PASSWORD).empty()) {
    address.problem = tr("The address has a user or password inside. Take it out: the user goes into “account”, the password into a secret.");
    return address;
  }
  address.scheme = scheme;
  address.host = lower_case(url_part(url.get(), CURLUPART_HOST));
  address.port = url_part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
  address.path = url_part(url.get(), CURLUPART_PATH);
  if (address.path.empty()) address.path = "/";
  return address;
}

bool is_local_host(std::string_view host) {
  std::string name = lower_case(host);
  if (name.size() > 2 && name.front() == '[') name = name.substr(1, name.size() - 2);
  in_addr four{};
  if (inet_aton(name.c_str(), &four)) {  // also reads forms such as 0x7f.1, as curl does
    const auto n = ntohl(four.s_addr);
    return n >> 24 == 127 || n >> 24 == 10 || n >> 20 == 0xAC1 || n >> 16 == 0xC0A8 || n >> 16 == 0xA9FE;
  }
  in6_addr six{};
  if (inet_pton(AF_INET6, name.c_str(), &six) == 1)
    return IN6_IS_ADDR_LOOPBACK(&six) || IN6_IS_ADDR_LINKLOCAL(&six) || (six.s6_addr[0] & 0xfe) == 0xfc;
  if (name.find('.') == std::string::npos) return true;
  for (const char* ending : {".local", ".lan", ".home", ".internal", ".localhost", ".home.arpa"})
    if (name.ends_with(ending)) return true;
  return false;
}

struct Fetch::Handle {
  CURL* easy = nullptr;
  CURLM* multi = nullptr;
  Time::time_point deadline = Time::time_point::max();
  std::int64_t total_seconds = 0;
  std::stop_token stop;
  std::vector<std::string> hidden;
};

Fetch::Fetch() : handle_(std::make_unique<Handle>()) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  handle_->easy = curl_easy_init();
  handle_->multi = curl_multi_init();
  if (ready != CURLE_OK || !handle_->easy || !handle_->multi) throw Error(ErrorCode::io, tr("This computer gave no means to open network connections."));
  begin(std::chrono::seconds(60), {});
}

Fetch::~Fetch() {
  curl_multi_cleanup(handle_->multi);
  curl_easy_cleanup(handle_->easy);
}

void Fetch::begin(std::chrono::seconds total, std::stop_token stop) {
  handle_->total_seconds = total.count();
  handle_->deadline = Time::now() + total;
  handle_->stop = std::move(stop);
  handle_->hidden.clear();
}

void Fetch::hide(const std::string& secret) {
  if (secret.empty()) return;
  handle_->hidden.push_back(secret);
  if (const auto encoded = url_encoded(secret); encoded != secret) handle_->hidden.push_back(encoded);
  handle_->hidden.push_back(base64(secret));
}

std::string Fetch::scrubbed(std::string text) const {
  for (const auto& secret : handle_->hidden) text = without_secret(std::move(text), secret);
  return text;
}

bool Fetch::stopped() const { return handle_->stop.stop_requested(); }

bool Fetch::pause(std::chrono::milliseconds length) {
  const auto until = std::min(Time::now() + length, handle_->deadline);
  while (!stopped() && Time::now() < until) std::this_thread::sleep_for(std::min<Time::duration>(until - Time::now(), std::chrono::milliseconds(50)));
  return !stopped() && Time::now() < handle_->deadline;
}

WebReply Fetch::send(const WebRequest& request) {
  WebRequest now = request;
  auto address = parse_address(now.url);
  WebReply reply;
  if (!address.problem.empty()) {
    reply.problem = address.problem;
    return reply;
  }
  if (address.scheme == "http" && !(request.password.empty() && request.bearer.empty()) && !is_local_host(address.host)) {
    reply.problem = tr("The secret was not sent to “{host}”, because http:// would carry it across the internet for anyone to read. Use an https:// address.",
                       {{"host", address.host}});
    return reply;
  }
  for (int hops = 0;; ++hops) {
    reply = send_once(now, address);
    if (!reply.answered() || !is_redirect(reply.status)) return reply;
    char* target = nullptr;
    curl_easy_getinfo(handle_->easy, CURLINFO_REDIRECT_URL, &target);
    if (!target) return reply;
    const std::string next = target;
    const auto next_address = parse_address(next);
    if (!next_address.problem.empty() || next_address.origin() != address.origin()) {
      reply.problem = next_address.problem.empty()
                          ? tr("“{host}” wants to send us on to another place ({place}). Mainstay does not follow: if that is the right place, enter its address.",
                               {{"host", address.host}, {"place", scrubbed(shortened(clean_utf8(next_address.origin()), 200))}})
                          : tr("“{host}” wants to send us on to something that is not a web address. Mainstay does not follow.", {{"host", address.host}});
      return reply;
    }
    if (hops == most_redirects) {
      reply.problem = tr("“{host}” sends us from one address to the next without an end.", {{"host", address.host}});
      return reply;
    }
    if (reply.status == 303) now.method = "GET";
    now.url = next;
    address = next_address;
  }
}

WebReply Fetch::send_once(const WebRequest& request, const WebAddress& address) {
  WebReply reply;
  reply.url = request.url;
  CURL* easy = handle_->easy;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(handle_->deadline - Time::now()).count();
  if (left <= 0) {
    reply.problem = sentence_for(CURLE_OPERATION_TIMEDOUT, address.host, handle_->total_seconds);
    return reply;
  }
  Incoming incoming{&reply, 0, false};
  curl_easy_reset(easy);
  const auto must = [](CURLcode code) {
    if (code != CURLE_OK) throw Error(ErrorCode::io, tr("The network library of this computer lacks something that Mainstay needs to connect safely."));
  };
  must(curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str()));
  must(curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https"));
  must(curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https"));
  must(curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L));
  must(curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L));
  must(curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(left)));
  must(curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, std::min(connect_limit_ms, static_cast<long>(left))));
  must(curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, low_speed_bytes));
  must(curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, low_speed_seconds));
  must(curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body));
  must(curl_easy_setopt(easy, CURLOPT_WRITEDATA, &incoming));
  must(curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header));
  must(curl_easy_setopt(easy, CURLOPT_HEADERDATA, &incoming));
  must(curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket));
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a name that never resolves must not hold up a stop
  must(curl_easy_setopt(easy, CURLOPT_USERAGENT, "Mainstay"));
  if (is_local_host(address.host)) must(curl_easy_setopt(easy, CURLOPT_PROXY, ""));
  if (address.scheme == "https") {
    must(curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr));
    must(curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr));
    must(curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, use_trusted_certificates));
  }
  if (!request.user.empty() || !request.password.empty()) {
    must(curl_easy_setopt(easy, CURLOPT_HTTPAUTH, request.digest_too ? CURLAUTH_BASIC | CURLAUTH_DIGEST : CURLAUTH_BASIC));
    must(curl_easy_setopt(easy, CURLOPT_USERNAME, request.user.c_str()));
    must(curl_easy_setopt(easy, CURLOPT_PASSWORD, request.password.c_str()));
  }
  if (request.method == "POST" || !request.body.empty()) {
    must(curl_easy_setopt(easy, CURLOPT_POST, 1L));
    must(curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size())));
    must(curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str()));
  }
  if (request.method != "GET" && request.method != "POST") must(curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str()));
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(nullptr, curl_slist_free_all);
  const auto add = [&](const std::string& line) { headers.reset(curl_slist_append(headers.release(), line.c_str())); };
  add("Expect:");
  for (const auto& line : request.headers) add(line);
  if (!request.bearer.empty()) add("Authorization: Bearer " + request.bearer);
  must(curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers.get()));

  CURLcode result = CURLE_OK;
  curl_multi_add_handle(handle_->multi, easy);
  for (bool done = false; !done;) {
    if (stopped()) {
      reply.problem = tr("Stopped before “{host}” had answered.", {{"host", address.host}});
      break;
    }
    int running = 0, waiting = 0;
    curl_multi_perform(handle_->multi, &running);
    while (const CURLMsg* message = curl_multi_info_read(handle_->multi, &waiting))
      if (message->msg == CURLMSG_DONE) {
        result = message->data.result;
        done = true;
      }
    if (!done) curl_multi_poll(handle_->multi, nullptr, 0, poll_ms, nullptr);
  }
  curl_multi_remove_handle(handle_->multi, easy);
  if (!reply.problem.empty()) return reply;
  if (incoming.too_large) {
    reply.problem = tr("“{host}” sent more than 8 MB, which no honest answer needs; the rest was not read.", {{"host", address.host}});
  } else if (result != CURLE_OK) {
    reply.problem = sentence_for(result, address.host, handle_->total_seconds);
  } else {
    long status = 0;
    curl_off_t retry = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &retry) == CURLE_OK && retry > 0) reply.retry_after_seconds = retry;
    reply.status = static_cast<int>(status);
  }
  if (!reply.problem.empty()) reply.body.clear();
  return reply;
}

}  // namespace mainstay
