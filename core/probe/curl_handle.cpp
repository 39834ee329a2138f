// SPDX-License-Identifier: MIT
#include "core/probe/curl_handle.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <cstring>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/shown_key.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_reply = std::size_t(8) << 20;
constexpr std::size_t largest_download = std::size_t(1) << 30;
constexpr std::size_t largest_headers = 256 << 10;
constexpr std::int64_t longest_cached_seconds = 366 * 86400;
constexpr std::size_t kept_reply = 16 << 10;  // more than is shown, so that a secret at its end is masked whole
constexpr long connect_limit_ms = 10'000;
constexpr std::chrono::milliseconds watchdog_patience{500}, watchdog_step{200};
constexpr std::chrono::milliseconds deadline_slack{200};  // curl counts in whole milliseconds of its own
constexpr long low_speed_bytes = 20, low_speed_seconds = 20;

/// Addresses where no backup lives and where cloud machines answer their own credentials: link-local ones (RFC 3927, RFC 4291
/// 2.5.6) and the fixed ones of large providers, also as IPv4 inside IPv6.
bool is_never_asked(const sockaddr* address) {
  std::uint32_t four = 0;
  if (address->sa_family == AF_INET) {
    four = ntohl(reinterpret_cast<const sockaddr_in*>(address)->sin_addr.s_addr);
  } else if (address->sa_family == AF_INET6) {
    const auto& six = reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
    static constexpr unsigned char aws[16] = {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54};
    if (IN6_IS_ADDR_LINKLOCAL(&six) || std::memcmp(six.s6_addr, aws, 16) == 0) return true;
    const bool inside = IN6_IS_ADDR_V4MAPPED(&six) || std::memcmp(six.s6_addr, "\0\x64\xff\x9b\0\0\0\0\0\0\0\0", 12) == 0;  // RFC 6052
    if (!inside) return false;
    for (int i = 12; i < 16; ++i) four = four << 8 | six.s6_addr[i];
  }
  return four >> 16 == 0xA9FE || four == 0x646464C8;
}

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) {
  auto& handle = *static_cast<Fetch::Handle*>(data);
  if (is_never_asked(&address->addr)) {
    handle.blocked = true;
    return CURL_SOCKET_BAD;
  }
  const int made = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (made >= 0) handle.sockets.add(made);
  return made;
}

int close_socket(void* data, curl_socket_t socket) { return static_cast<Fetch::Handle*>(data)->sockets.close(socket); }

std::size_t take_body(char* data, std::size_t, std::size_t count, void* to) {
  auto& in = *static_cast<Incoming*>(to);
  if (in.into && in.success) {
    if ((in.taken += count) > largest_download) {
      in.too_large = true;
      return 0;
    }
    in.into({data, count});
    return count;
  }
  if (in.body.size() + count > largest_reply) {
    in.too_large = true;
    return 0;
  }
  in.body.append(data, count);
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
  if (line.starts_with("HTTP/")) {
    in.success = line.find(" 2") == line.find(' ');
    in.cached_seconds = 0;
  }
  if (in.line) {
    in.line(line);
    return count;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  const auto name = lower_case(line.substr(0, colon));
  if (name == "etag") in.etag = trimmed(line.substr(colon + 1));
  if (name == "age") in.cached_seconds = std::clamp<std::int64_t>(std::strtoll(std::string(trimmed(line.substr(colon + 1))).c_str(), nullptr, 10), 0, longest_cached_seconds);
  if (name != "last-modified" && name != "date") return count;
  if (const auto date = parse_http_date(trimmed(line.substr(colon + 1)))) (name == "date" ? in.server_date : in.modified) = *date;
  if (name == "date" && in.server_date) in.clock_ahead = in.server_date.seconds - system_now().seconds;  // at once: a long body comes after it
  return count;
}

/// `seconds`: how long it was waited; `whole`: that was all the time that there was.
std::string sentence_for(CURLcode code, const std::string& host, const std::string& scheme, std::int64_t seconds, bool whole) {
  const Args args{{"host", host}, {"count", static_cast<long long>(seconds)}, {"protocol", upper_case(scheme)}};
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return tr("The name “{host}” is not known on this network: check the address and the connection.", args);
    case CURLE_COULDNT_RESOLVE_PROXY: return tr("The proxy that this computer is set to use is not known on this network.");
    case CURLE_COULDNT_CONNECT: return tr("Nothing answers at “{host}”: check that it is switched on, reachable, and that the port is right.", args);
    case CURLE_OPERATION_TIMEDOUT: return whole ? tr("“{host}” gave no complete answer in the time allowed ({count} s).", args) : tr_count(seconds, "“{host}” gave no complete answer for a second.", "“{host}” gave no complete answer for {count} s.", {{"host", host}});
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED: return tr("No encrypted connection to “{host}” could be made: it may not speak {protocol} at this port.", args);
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return tr("“{host}” broke off in the middle of its answer.", args);
    case CURLE_GOT_NOTHING: return tr("“{host}” closed the connection without an answer.", args);
    case CURLE_UNSUPPORTED_PROTOCOL: return tr("This kind of address cannot be asked.");
    case CURLE_LOGIN_DENIED: return tr("“{host}” refuses the account and password or key.", args);
    case CURLE_REMOTE_ACCESS_DENIED: return tr("“{host}” does not let us look there.", args);
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_FTP_WEIRD_PASV_REPLY:
    case CURLE_FTP_WEIRD_PASS_REPLY: return tr("What answers at “{host}” does not speak {protocol} as it should.", args);
    default: return tr("Asking “{host}” went wrong: {reason}.", {{"host", host}, {"reason", curl_easy_strerror(code)}});
  }
}

}  // namespace

void Sockets::add(int socket) {
  const std::lock_guard lock(guard_);
  open_.push_back(socket);
}

int Sockets::close(int socket) {
  {
    const std::lock_guard lock(guard_);
    std::erase(open_, socket);
  }
  return ::close(socket);
}

void Sockets::shut_down() {
  const std::lock_guard lock(guard_);
  for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
}

Watchdog::Watchdog(Fetch::Handle& handle)
    : thread_([&handle](std::stop_token done) {
        std::mutex guard;
        std::condition_variable_any wake;
        std::unique_lock lock(guard);
        const auto until = handle.deadline + watchdog_patience;
        while (!done.stop_requested() && !handle.stop.stop_requested() && Fetch::Handle::Time::now() < until) wake.wait_for(lock, done, watchdog_step, [] { return false; });
        if (!done.stop_requested()) handle.sockets.shut_down();
      }) {}

void Fetch::Handle::refuse_library() {
  throw Error(ErrorCode::io, tr("The network library of this computer lacks something that Mainstay needs to connect safely."));
}

bool Fetch::Handle::prepare(const WebAddress& address, const std::string& url, const char* protocols, Incoming& incoming, std::string& problem) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Time::now()).count();
  if (left <= 0) {
    problem = sentence_for(CURLE_OPERATION_TIMEDOUT, address.host, address.scheme, total_seconds, true);
    return false;
  }
  curl_easy_reset(easy);
  blocked = false;
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, protocols);
  set(CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(left));
  set(CURLOPT_CONNECTTIMEOUT_MS, std::min(connect_limit_ms, static_cast<long>(left)));
  set(CURLOPT_LOW_SPEED_LIMIT, low_speed_bytes);
  set(CURLOPT_LOW_SPEED_TIME, low_speed_seconds);
  set(CURLOPT_WRITEFUNCTION, take_body);
  set(CURLOPT_WRITEDATA, &incoming);
  set(CURLOPT_HEADERFUNCTION, take_header);
  set(CURLOPT_HEADERDATA, &incoming);
  set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  set(CURLOPT_CLOSESOCKETDATA, this);
  set(CURLOPT_USERAGENT, "Mainstay");
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a name that never resolves must not hold up a stop
  if (is_local_host(address.host)) set(CURLOPT_PROXY, "");
  host_key = {address.host, address.port, std::string(trimmed(pin)), {}, false, {}};
  tls = {};
  tls.pin = tls_pins(pin);
  set(CURLOPT_CAINFO, nullptr);
  set(CURLOPT_CAPATH, nullptr);
  set(CURLOPT_SSL_CTX_FUNCTION, prepare_tls);
  set(CURLOPT_SSL_CTX_DATA, &tls);
  if (!tls.pin.empty()) {
    set(CURLOPT_SSL_VERIFYHOST, 0L);  // the one key is trusted, whatever name its certificate bears
    set(CURLOPT_PINNEDPUBLICKEY, tls.pin.c_str());  // once more by curl, and so that no connection made under another pin is used again
  }
  return true;
}

CURLcode Fetch::Handle::perform(const WebAddress& address, const Incoming& incoming, int poll_ms, std::string& problem) {
  const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi); });
  const auto started = Time::now();
  CURLcode result = CURLE_OK;
  curl_multi_add_handle(multi, easy);
  for (bool done = false; !done;) {
    if (stop.stop_requested()) {
      problem = tr("Stopped before “{host}” had answered.", {{"host", address.host}});
      break;
    }
    int running = 0, waiting = 0;
    curl_multi_perform(multi, &running);
    while (const CURLMsg* message = curl_multi_info_read(multi, &waiting))
      if (message->msg == CURLMSG_DONE) {
        result = message->data.result;
        done = true;
      }
    if (!done) curl_multi_poll(multi, nullptr, 0, poll_ms, nullptr);
  }
  curl_multi_remove_handle(multi, easy);
  if (!problem.empty()) return CURLE_ABORTED_BY_CALLBACK;
  if (incoming.server_date) clock_ahead = incoming.clock_ahead + incoming.cached_seconds;
  if (incoming.too_large) problem = tr("“{host}” sent more than {count} MB, which no honest answer needs; the rest was not read.", {{"host", address.host}, {"count", (incoming.into ? largest_download : largest_reply) >> 20}});
  else if (result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_PINNEDPUBKEYNOTMATCH) problem = trust_problem(address);
  else if (result != CURLE_OK && blocked)
    problem = tr("“{host}” leads to an address that belongs to no backup (link-local or a cloud machine's own), so it was not asked.", {{"host", address.host}});
  else if (result != CURLE_OK) {
    const bool whole = Time::now() + deadline_slack >= deadline;
    const auto waited = std::chrono::round<std::chrono::seconds>(Time::now() - started).count();
    problem = sentence_for(result, address.host, address.scheme, whole ? total_seconds : std::max<std::int64_t>(1, waited), whole);
  }
  if (!incoming.body.empty()) note(incoming.body);
  return result;
}

/// Why the server was not believed; notes what it showed, so that a person can compare and trust it.
std::string Fetch::Handle::trust_problem(const WebAddress& address) {
  if (!host_key.presented.empty()) {
    presented_pin = shown_key(host_key.presented, {}, host_key.replaced);
    const Args args{{"host", address.host}, {"fingerprint", host_key.presented}};
    if (host_key.changed)
      return tr("The host key of “{host}” is not the one that is trusted (it now shows {fingerprint}). Either it was set up anew, or something else answers in its place: nothing was sent. "
                "Find out which before you trust the new key.", args);
    return tr("The host key of “{host}” is not known here yet, so nothing was sent. Compare its fingerprint {fingerprint} with the one that the device shows, then trust it.", args);
  }
  presented_pin = shown_key(tls.presented, tls.fingerprint, tls.changed ? tls.pin : std::string());
  const Args args{{"host", address.host}, {"fingerprint", tls.fingerprint}, {"name", tls.subject}};
  if (tls.changed)
    return tr("The certificate of “{host}” does not have the key that is trusted (its fingerprint is now {fingerprint}). Either it was renewed with a new key, or something else answers in its "
              "place: nothing was sent. Find out which before you trust the new one.", args);
  if (tls.expired) return tr("The certificate of “{host}” is out of date, so nothing was sent to it. Its fingerprint is {fingerprint}.", args);
  if (tls.unvouched)
    return tr("The certificate of “{host}” is vouched for by nobody that this computer trusts, so nothing was sent to it. If it is your own device, compare the fingerprint {fingerprint} with "
              "the one that the device shows, then trust it.", args);
  return tr("The certificate at “{host}” was made for another name (“{name}”), so nothing was sent to it. Its fingerprint is {fingerprint}.", args);
}

void Fetch::Handle::note(std::string_view body) { reply.assign(body.substr(0, kept_reply)); }

}  // namespace mainstay
