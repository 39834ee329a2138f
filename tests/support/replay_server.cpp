// SPDX-License-Identifier: MIT
#include "tests/support/replay_server.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>

#include <atomic>
#include <chrono>
#include <iterator>
#include <mutex>
#include <thread>

#include "core/base/codec.h"
#include "core/base/text.h"

namespace mainstay::testing {
namespace net = Poco::Net;

struct ReplayServer::State {
  ReplayOptions options;
  std::atomic<bool> stopping = false;
  mutable std::mutex guard;  // of all below
  std::vector<std::string> seen;
  std::map<std::string, std::size_t> given;
  int tokens = 0;
  std::unique_ptr<Poco::ThreadPool> pool;
  std::unique_ptr<net::HTTPServer> server;
};

namespace {

std::string list_of(const std::vector<std::string>& items) {
  std::string text = "[";
  for (const auto& item : items) text += (text.size() > 1 ? "," : "") + item;
  return text + "]";
}

template <class State>
class Handler : public net::HTTPRequestHandler {
 public:
  explicit Handler(State& state) : state_(state) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const Poco::URI uri(request.getURI());
    const std::string sent(std::istreambuf_iterator<char>(request.stream()), {});  // a body left unread would be taken for the next request
    const auto auth = request.get("Authorization", "");
    const auto raw_path = request.getURI().substr(0, request.getURI().find('?'));
    const auto key = request.getMethod() + " " + raw_path;
    int tokens = 0;
    {
      const std::lock_guard lock(state_.guard);
      state_.seen.push_back(request.getMethod() + " " + request.getURI() + (auth.empty() ? "" : " auth=" + auth));
      tokens = state_.tokens;
    }
    const auto& options = state_.options;
    if (options.answer)
      if (const auto told = options.answer(request.getMethod(), request.getURI(), sent)) return send(response, *told);
    if (options.service) {
      ReplayRequest asked{request.getMethod(), uri.getPath(), uri.getRawQuery(), sent, {}};
      for (const auto& [name, value] : request) asked.headers[lower_case(name)] = value;
      if (const auto told = options.service(asked)) return send(response, *told);
    }
    if (const auto at = options.canned.find(key); at != options.canned.end() && !at->second.empty()) {
      std::size_t turn = 0;
      {
        const std::lock_guard lock(state_.guard);
        turn = std::min(state_.given[key]++, at->second.size() - 1);
      }
      return send(response, at->second[turn]);
    }
    if (key == "POST /api/v3/oauth/token") {
      if (auth != "Basic " + base64(options.account + ":" + options.secret))
        return send(response, {401, R"([{"name":"SYSTEM","description":"Could not authenticate user"}])", "text/html;charset=ISO-8859-1", {}});
      {
        const std::lock_guard lock(state_.guard);
        tokens = ++state_.tokens;
      }
      return send(response, {200, R"({"access_token":"token-)" + std::to_string(tokens) + R"(-of-replay","token_type":"bearer","expires_in":900})", "application/json", {}});
    }
    if (key == "GET /api/v1/Computer") return computers(uri, auth, tokens, response);
    send(response, {404, R"({"problem":"NOT_FOUND","description":null})", "application/json", {}});
  }

 private:
  static void send(net::HTTPServerResponse& response, const CannedReply& reply) {
    response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(reply.status));
    response.setReason(net::HTTPResponse::getReasonForStatus(response.getStatus()));
    response.setContentType(reply.content_type);
    for (const auto& [name, value] : reply.headers) response.set(name, value);
    response.sendBuffer(reply.body.data(), reply.body.size());
  }

  void computers(const Poco::URI& uri, const std::string& auth, int tokens, net::HTTPServerResponse& response) {
    const auto& options = state_.options;
    bool known = false;
    for (int token = options.fault == Fault::refused_once ? 2 : 1; token <= tokens; ++token) known = known || auth == "Bearer token-" + std::to_string(token) + "-of-replay";
    const bool refused = options.fault == Fault::always_refused || !known;
    if (refused) return send(response, {401, R"([{"name":"SYSTEM","description":"Unauthorized"}])", "text/html;charset=ISO-8859-1", {}});
    std::size_t page = 1, size = 100;
    bool usage = false;
    for (const auto& [name, value] : uri.getQueryParameters()) {
      if (name == "pgNum") page = std::stoul(value);
      if (name == "pgSize") size = std::stoul(value);
      if (name == "incBackupUsage") usage = value == "true";
    }
    const auto all = options.computers && usage ? options.computers() : std::vector<std::string>();
    const auto from = std::min(all.size(), (page - 1) * size), to = std::min(all.size(), from + size);
    const std::vector<std::string> shown(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
    const auto body = R"({"metadata":{"timestamp":"2026-11-24T12:00:00.410Z","params":{"incBackupUsage":"true"}},"data":{"totalCount":)" +
                      std::to_string(shown.size()) + R"(,"computers":)" + list_of(shown) + "}}";
    if (options.fault == Fault::none || options.fault == Fault::refused_once) return send(response, {200, body, "application/json", {}});
    response.setContentType("application/json");
    response.setKeepAlive(false);
    if (options.fault == Fault::truncated) {
      response.setContentLength(static_cast<std::streamsize>(body.size() + 400));
      response.send() << body;
      return;
    }
    response.setChunkedTransferEncoding(true);
    auto& out = response.send();
    const std::string block(options.fault == Fault::endless ? 65536 : 1, ' ');
    while (!state_.stopping && out) {
      out << block << std::flush;
      if (options.fault == Fault::slow) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }

  State& state_;
};

template <class State>
class Factory : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(State& state) : state_(state) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override { return new Handler<State>(state_); }

 private:
  State& state_;
};

}  // namespace

std::string ReplayRequest::field(const std::string& name) const {
  for (const auto& fields : {query, body})
    for (const auto& [key, value] : Poco::URI("/?" + fields).getQueryParameters())
      if (key == name) return value;
  return {};
}

ReplayServer::ReplayServer(ReplayOptions options) : state_(std::make_shared<State>()) {
  state_->options = std::move(options);
  state_->pool = std::make_unique<Poco::ThreadPool>(2, 64);
  net::ServerSocket socket;
  socket.bind(net::SocketAddress("127.0.0.1", state_->options.port), true);
  socket.listen(64);
  net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
  params->setMaxThreads(64);
  params->setKeepAlive(true);
  params->setKeepAliveTimeout(Poco::Timespan(2, 0));
  state_->server = std::make_unique<net::HTTPServer>(new Factory<State>(*state_), *state_->pool, socket, params);
  state_->server->start();
}

ReplayServer::~ReplayServer() {
  state_->stopping = true;
  state_->server->stopAll(true);
  state_->pool->joinAll();
  state_->server.reset();
}

std::string ReplayServer::url() const { return "http://127.0.0.1:" + std::to_string(state_->server->port()); }

std::vector<std::string> ReplayServer::seen() const {
  const std::lock_guard lock(state_->guard);
  return state_->seen;
}

std::string crashplan_time(Instant when) {
  auto text = to_text(Instant(when.seconds - 6 * 3600));
  text.pop_back();
  return text + ".364-06:00";
}

std::string crashplan_computer(const std::string& name, const std::string& guid, const std::string& completed) {
  return R"({"computerId":1767,"name":")" + name + R"(","osHostname":")" + name + R"(.local","guid":")" + guid +
         R"(","type":"COMPUTER","status":"Active","active":true,"blocked":false,"alertState":0,"alertStates":["OK"],"lastConnected":"2026-11-24T09:57:12.496Z",)"
         R"("osName":"win","osVersion":"11","timeZone":"Australia/Brisbane","version":1525200006822,"backupUsage":[)"
         R"({"targetComputerGuid":"632540230984925185","targetComputerName":"CrashPlan Central","targetComputerType":"SERVER","selectedFiles":1599,)"
         R"("selectedBytes":1529420143,"todoFiles":0,"todoBytes":0,"archiveBytes":56848550,"lastBackup":)" + completed + R"(,"lastCompletedBackup":)" + completed +
         R"(,"using":true,"alertStates":["OK"],"percentComplete":100.0,"archiveFormat":"ARCHIVE_V1"},)"
         R"({"targetComputerGuid":"43","targetComputerName":"Former destination","archiveBytes":7,"lastBackup":"2019-12-02T09:34:28.364Z",)"
         R"("lastCompletedBackup":"2019-12-02T09:34:28.364Z","using":false,"alertStates":["CriticalBackupAlert"],"percentComplete":100.0}]})";
}

}  // namespace mainstay::testing
