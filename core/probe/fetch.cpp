// SPDX-License-Identifier: MIT
#include "core/probe/fetch.h"

#include <thread>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/curl_handle.h"
#include "core/probe/secrets.h"

namespace mainstay {
namespace {

using Time = std::chrono::steady_clock;
constexpr int most_redirects = 5;
constexpr int poll_ms = 1000;  // a stop wakes the wait at once
constexpr std::size_t longest_reply_shown = 4000;

bool is_redirect(int status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }

}  // namespace

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
  handle_->pin.clear();
  handle_->presented_pin.clear();
  handle_->reply.clear();
  handle_->clock_ahead = 0;
  handle_->login = Login::unknown;
  handle_->login_told = nullptr;
}

Fetch::Login Fetch::login() const { return handle_->login; }

void Fetch::note_login(Login login) {
  handle_->login = login;
  if (handle_->login_told) handle_->login_told(login);
}

void Fetch::when_login_told(std::function<void(Login)> told) { handle_->login_told = std::move(told); }

void Fetch::trust(const std::string& pin) { handle_->pin = std::string(trimmed(pin)); }

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

std::string Fetch::scrubbed_sentence(std::string sentence) const {
  for (const auto& secret : handle_->hidden) sentence = sentence_without_secret(std::move(sentence), secret);
  return sentence;
}

bool Fetch::stopped() const { return handle_->stop.stop_requested(); }

std::stop_token Fetch::stop_token() const { return handle_->stop; }

std::chrono::milliseconds Fetch::time_left() const {
  return std::max(std::chrono::milliseconds(0), std::chrono::duration_cast<std::chrono::milliseconds>(handle_->deadline - Time::now()));
}

std::chrono::seconds Fetch::time_allowed() const { return std::chrono::seconds(handle_->total_seconds); }

bool Fetch::pause(std::chrono::milliseconds length) {
  const auto until = std::min(Time::now() + length, handle_->deadline);
  while (!stopped() && Time::now() < until) std::this_thread::sleep_for(std::min<Time::duration>(until - Time::now(), std::chrono::milliseconds(50)));
  return !stopped() && Time::now() < handle_->deadline;
}

const std::string& Fetch::presented_pin() const { return handle_->presented_pin; }

std::int64_t Fetch::clock_ahead_seconds() const { return handle_->clock_ahead; }

void Fetch::note_reply(std::string_view body) { handle_->note(body); }

std::string Fetch::last_reply() const { return shortened(without_tokens(scrubbed(clean_utf8(handle_->reply))), longest_reply_shown); }

WebReply Fetch::send(const WebRequest& request) {
  WebRequest now = request;
  auto address = parse_address(now.url);
  WebReply reply;
  if (!address.problem.empty()) {
    reply.problem = address.problem;
    return reply;
  }
  if (address.scheme == "http" && !(request.password.empty() && request.bearer.empty() && !request.carries_secret) && !is_local_host(address.host)) {
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
    const auto next = without_login(target);  // curl puts in what we sign in with
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
    if (reply.status == 303) {
      now.method = "GET";
      now.body.clear();
    }
    now.url = next;
    address = next_address;
  }
}

WebReply Fetch::send_once(const WebRequest& request, const WebAddress& address) {
  WebReply reply;
  reply.url = request.url;
  Incoming incoming;
  incoming.into = request.into;
  auto& handle = *handle_;
  if (!handle.prepare(address, request.url, "http,https", incoming, reply.problem)) return reply;
  if (!request.user.empty() || !request.password.empty()) {
    handle.set(CURLOPT_HTTPAUTH, request.digest_too ? CURLAUTH_BASIC | CURLAUTH_DIGEST : CURLAUTH_BASIC);
    handle.set(CURLOPT_USERNAME, request.user.c_str());
    handle.set(CURLOPT_PASSWORD, request.password.c_str());
  }
  if (request.method == "POST" || !request.body.empty()) {
    handle.set(CURLOPT_POST, 1L);
    handle.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    handle.set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (request.method == "HEAD") handle.set(CURLOPT_NOBODY, 1L);
  else if (request.method != "GET" && request.method != "POST") handle.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(nullptr, curl_slist_free_all);
  const auto add = [&](const std::string& line) { headers.reset(curl_slist_append(headers.release(), line.c_str())); };
  add("Expect:");
  for (const auto& line : request.headers) add(line);
  if (!request.bearer.empty()) add("Authorization: Bearer " + request.bearer);
  handle.set(CURLOPT_HTTPHEADER, headers.get());

  handle.perform(address, incoming, poll_ms, reply.problem);
  if (!reply.problem.empty()) return reply;
  long status = 0;
  curl_off_t retry = 0, length = -1;
  curl_easy_getinfo(handle.easy, CURLINFO_RESPONSE_CODE, &status);
  if (curl_easy_getinfo(handle.easy, CURLINFO_RETRY_AFTER, &retry) == CURLE_OK && retry > 0) reply.retry_after_seconds = retry;
  curl_easy_getinfo(handle.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  reply.status = static_cast<int>(status);
  const bool signs_in = !request.user.empty() || !request.password.empty() || !request.bearer.empty();
  if (status == 401 && (signs_in || request.carries_secret)) note_login(Login::refused);
  else if (status / 100 == 2 && signs_in) note_login(Login::accepted);  // services that carry the secret elsewhere refuse it with status 200 as well
  reply.length = length;
  reply.body = std::move(incoming.body);
  reply.etag = std::move(incoming.etag);
  reply.modified = incoming.modified;
  reply.server_date = incoming.server_date;
  return reply;
}

}  // namespace mainstay
