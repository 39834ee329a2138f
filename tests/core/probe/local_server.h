// SPDX-License-Identifier: MIT
#pragma once
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Pipe.h>
#include <Poco/Process.h>

#include <csignal>
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
