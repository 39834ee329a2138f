// SPDX-License-Identifier: MIT
#pragma once
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Pipe.h>
#include <Poco/Process.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/core/probe/time_machine_folder.h"

namespace mainstay::testing {

inline std::uint16_t free_port() {
  Poco::Net::ServerSocket socket;
  socket.bind(Poco::Net::SocketAddress("127.0.0.1", 0), true);
  return socket.address().port();
}

/// A server program, ended with the test by its process id.
class Server {
 public:
  Server(const std::string& program, const std::vector<std::string>& arguments, std::uint16_t port) {
    Poco::Pipe out;
    process_ = std::make_unique<Poco::ProcessHandle>(Poco::Process::launch(program, arguments, nullptr, &out, &out));
    for (int i = 0; i < 100 && !ready_; ++i) {
      try {
        Poco::Net::StreamSocket probe(Poco::Net::SocketAddress("127.0.0.1", port));
        ready_ = true;
      } catch (const Poco::Exception&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    }
  }
  ~Server() {
    ::kill(process_->id(), SIGTERM);
    process_->wait();
  }
  bool ready() const { return ready_; }

 private:
  std::unique_ptr<Poco::ProcessHandle> process_;
  bool ready_ = false;
};

/// Takes each connection and does one thing with it, on a thread.
class RawServer {
 public:
  using Act = std::function<void(Poco::Net::StreamSocket&, const std::atomic<bool>& stopping)>;
  explicit RawServer(Act act) : act_(std::move(act)) {
    socket_.bind(Poco::Net::SocketAddress("127.0.0.1", 0), true);
    socket_.listen(16);
    thread_ = std::thread([this] {
      while (!stopping_) {
        if (!socket_.poll(Poco::Timespan(0, 50'000), Poco::Net::Socket::SELECT_READ)) continue;
        auto client = socket_.acceptConnection();
        client.setSendTimeout(Poco::Timespan(1, 0));  // a peer that has gone may leave its side half closed
        threads_.emplace_back([this, client]() mutable {
          try {
            act_(client, stopping_);
            client.shutdown();
          } catch (const Poco::Exception&) {
            client.close();  // the other side went first
          }
        });
      }
    });
  }
  ~RawServer() {
    stopping_ = true;
    thread_.join();
    for (auto& thread : threads_) thread.join();
  }
  std::string at(const std::string& scheme, const std::string& path = "/tm/") const { return scheme + "://127.0.0.1:" + std::to_string(socket_.address().port()) + path; }

 private:
  Act act_;
  Poco::Net::ServerSocket socket_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
  std::vector<std::thread> threads_;
};

inline std::string in_folder(const std::string& folder, const std::string& file, const std::string& text) {
  put(std::filesystem::path(folder) / file, text);
  return folder + "/" + file;
}

/// Runs a program to its end; its exit code.
inline int run_tool(const std::string& program, const std::vector<std::string>& arguments) {
  return Poco::Process::launch(program, arguments, nullptr, nullptr, nullptr).wait();
}

/// A key and a certificate for 127.0.0.1 that nobody vouches for, as `key` and `cert` in the folder.
inline bool make_certificate(const std::string& folder, const std::string& name = "127.0.0.1") {
  return run_tool("/usr/bin/openssl", {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", folder + "/key", "-out", folder + "/cert", "-days", "2",
                                       "-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1"}) == 0;
}

}  // namespace mainstay::testing
