// SPDX-License-Identifier: MIT
// A server on 127.0.0.1 for the probing benchmark: many ports, one fixed delay, and the ways in which endpoints misbehave.
//   bench_server http PORTS DELAY_MS            answers each request after the delay; /404 /slow /never /reset do as they say
//   bench_server https PORTS DELAY_MS CERT KEY  the same under TLS 1.3
//   bench_server proxy PORTS DELAY_MS TARGET    passes bytes on to a port, each direction late by half the delay
// Prints the ports in one line, then serves until its input ends.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>

namespace {

using Time = std::chrono::steady_clock;
std::chrono::milliseconds delay;
SSL_CTX* tls = nullptr;
std::uint16_t target = 0;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

constexpr const char* not_found = "HTTP/1.1 404 Not Found";
constexpr const char* found = "HTTP/1.1 200 OK";

bool asks(const std::string& request, const char* path) { return request.substr(0, request.find('\r')).find(path) != std::string::npos; }

std::string reply_to(const std::string& request) {
  return std::string(asks(request, " /404") ? not_found : found) + "\r\nLast-Modified: Tue, 24 Nov 2026 02:55:18 GMT\r\nContent-Length: 5\r\n\r\n" + (request.starts_with("HEAD") ? "" : "hello");
}

/// One TLS connection, on a thread of its own.
void answer(int socket) {
  SSL* ssl = SSL_new(tls);
  SSL_set_fd(ssl, socket);
  std::string request;
  char block[4096];
  for (bool open = SSL_accept(ssl) == 1; open;) {
    const auto end = request.find("\r\n\r\n");
    if (end == std::string::npos) {
      const auto got = SSL_read(ssl, block, sizeof block);
      open = got > 0;
      if (open) request.append(block, static_cast<std::size_t>(got));
      continue;
    }
    std::this_thread::sleep_for(delay);
    const auto text = reply_to(request);
    SSL_write(ssl, text.data(), static_cast<int>(text.size()));
    request.erase(0, end + 4);
  }
  SSL_free(ssl);
  ::close(socket);
}

/// All plain connections, on one thread: what was asked waits in a queue by the time at which its answer is due.
class Plain {
 public:
  explicit Plain(int poller) : poller_(poller) {}
  void add(int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    ::epoll_ctl(poller_, EPOLL_CTL_ADD, socket, &event);
    asked_[socket];
  }
  bool has(int socket) const { return asked_.contains(socket); }
  void read(int socket) {
    char block[4096];
    const auto got = ::read(socket, block, sizeof block);
    if (got <= 0) return close(socket);
    auto& request = asked_[socket];
    request.append(block, static_cast<std::size_t>(got));
    if (request.find("\r\n\r\n") == std::string::npos) return;
    if (asks(request, " /never")) return;
    if (asks(request, " /reset")) {
      const linger hard{1, 0};
      ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
      return close(socket);
    }
    due_.emplace(Time::now() + (asks(request, " /slow") ? std::chrono::milliseconds(1000) : delay), socket);
  }
  /// Sends what is due; milliseconds until the next is.
  int send() {
    while (!due_.empty() && due_.begin()->first <= Time::now()) {
      const int socket = due_.begin()->second;
      due_.erase(due_.begin());
      const auto at = asked_.find(socket);
      if (at == asked_.end()) continue;
      const auto text = reply_to(at->second);
      at->second.clear();
      if (::send(socket, text.data(), text.size(), MSG_NOSIGNAL) < 0) close(socket);
    }
    if (due_.empty()) return -1;
    return static_cast<int>(std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(due_.begin()->first - Time::now()).count() + 1));
  }

 private:
  void close(int socket) {
    asked_.erase(socket);
    ::close(socket);
  }
  int poller_;
  std::unordered_map<int, std::string> asked_;
  std::multimap<Time::time_point, int> due_;
};

/// Passes bytes from one socket to another, late.
void pump(int from, int to) {
  struct Parcel { Time::time_point due; std::string bytes; };
  std::mutex guard;
  std::condition_variable more;
  std::deque<Parcel> way;
  std::thread sender([&] {
    for (;;) {
      Parcel parcel;
      {
        std::unique_lock lock(guard);
        more.wait(lock, [&] { return !way.empty(); });
        parcel = std::move(way.front());
        way.pop_front();
      }
      std::this_thread::sleep_until(parcel.due);
      if (parcel.bytes.empty()) { ::shutdown(to, SHUT_WR); return; }
      [[maybe_unused]] const auto sent = ::send(to, parcel.bytes.data(), parcel.bytes.size(), MSG_NOSIGNAL);
    }
  });
  for (;;) {
    char block[65536];
    const auto got = ::read(from, block, sizeof block);
    {
      const std::lock_guard lock(guard);
      way.push_back({Time::now() + delay / 2, got > 0 ? std::string(block, static_cast<std::size_t>(got)) : std::string()});
    }
    more.notify_one();
    if (got <= 0) break;
  }
  sender.join();
}

void pass_on(int client) {
  const int server = ::socket(AF_INET, SOCK_STREAM, 0);
  const auto address = loopback(target);
  const int on = 1;
  ::setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    std::thread back([&] { pump(server, client); });
    pump(client, server);
    back.join();
  }
  ::close(server);
  ::close(client);
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) return 2;
  const std::string mode = words[1];
  const int ports = std::atoi(words[2]);
  delay = std::chrono::milliseconds(std::atoi(words[3]));
  std::signal(SIGPIPE, SIG_IGN);
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  if (mode == "https") {
    tls = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
    if (count < 6 || SSL_CTX_use_certificate_chain_file(tls, words[4]) != 1 || SSL_CTX_use_PrivateKey_file(tls, words[5], SSL_FILETYPE_PEM) != 1) return 2;
  }
  if (mode == "proxy") target = static_cast<std::uint16_t>(std::atoi(words[4]));
  const int poller = ::epoll_create1(0);
  std::string line;
  for (int i = 0; i < ports; ++i) {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 512) != 0) return 3;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = listener;
    ::epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    line += std::to_string(ntohs(address.sin_port)) + " ";
  }
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
  std::thread([] { while (std::getchar() != EOF) {} std::_Exit(0); }).detach();
  Plain plain(poller);
  for (epoll_event events[256];;) {
    const int ready = ::epoll_wait(poller, events, 256, plain.send());
    for (int i = 0; i < ready; ++i) {
      const int socket = events[i].data.fd;
      if (plain.has(socket)) {
        plain.read(socket);
        continue;
      }
      const int client = ::accept(socket, nullptr, nullptr);
      if (client < 0) continue;
      const int on = 1;
      ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      if (mode == "http") plain.add(client);
      else std::thread(mode == "proxy" ? pass_on : answer, client).detach();
    }
  }
}
