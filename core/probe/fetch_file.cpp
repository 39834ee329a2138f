// SPDX-License-Identifier: MIT
// Files by SSH and FTP: the part of Fetch that is not the web.
#include "core/base/text.h"
#include "core/probe/curl_handle.h"
#include "core/probe/known_hosts.h"

namespace mainstay {
namespace {

constexpr int poll_ms = 1000, ssh_poll_ms = 50;  // libssh2 at times waits for the wrong direction: look again soon

bool is_unknown_command(long status) { return status == 500 || status == 502 || status == 504; }

void set_login(Fetch::Handle& handle, const FileRequest& request, bool ssh) {
  if (!request.user.empty()) handle.set(CURLOPT_USERNAME, request.user.c_str());
  if (!ssh) {
    handle.set(CURLOPT_PASSWORD, request.password.c_str());
    return;
  }
  handle.set(CURLOPT_SSH_HOSTKEYFUNCTION, judge_host_key);
  handle.set(CURLOPT_SSH_HOSTKEYDATA, &handle.host_key);
  if (!request.key_file.empty()) {
    handle.set(CURLOPT_SSH_AUTH_TYPES, CURLSSH_AUTH_PUBLICKEY);
    handle.set(CURLOPT_SSH_PRIVATE_KEYFILE, request.key_file.c_str());
    if (!request.password.empty()) handle.set(CURLOPT_KEYPASSWD, request.password.c_str());
  } else if (!request.password.empty()) {
    handle.set(CURLOPT_SSH_AUTH_TYPES, CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD);
    handle.set(CURLOPT_PASSWORD, request.password.c_str());
  } else {
    handle.set(CURLOPT_SSH_AUTH_TYPES, CURLSSH_AUTH_AGENT);
  }
}

void set_want(Fetch::Handle& handle, FileRequest::Want want) {
  switch (want) {
    case FileRequest::Want::names: handle.set(CURLOPT_DIRLISTONLY, 1L); break;
    case FileRequest::Want::facts: handle.set(CURLOPT_CUSTOMREQUEST, "MLSD"); break;
    case FileRequest::Want::time: handle.set(CURLOPT_NOBODY, 1L); [[fallthrough]];
    case FileRequest::Want::bytes: handle.set(CURLOPT_FILETIME, 1L); break;
  }
}

/// True where the server plainly says that there is no such thing, which is an answer and no trouble.
bool is_absent(CURLcode code, long status, bool ssh) {
  if (code == CURLE_REMOTE_FILE_NOT_FOUND) return true;
  return !ssh && (code == CURLE_FTP_COULDNT_RETR_FILE || code == CURLE_REMOTE_ACCESS_DENIED) && (status == 550 || status == 450);
}

}  // namespace

int judge_host_key(void* data, int, const char* key, std::size_t length) {
  auto& trial = *static_cast<HostKeyTrial*>(data);
  const std::string_view shown(key, length);
  const auto fingerprint = ssh_fingerprint(shown);
  bool good = false;
  if (trial.pin.empty()) {
    const auto known = look_up_host(trial.host, trial.port, shown);
    good = known == KnownHost::known;
    trial.changed = known == KnownHost::changed || known == KnownHost::revoked;
  } else {
    for (const auto& pin : split(trial.pin, ';')) good = good || pin == fingerprint;
    trial.changed = !good;
  }
  if (good) return CURLKHMATCH_OK;
  trial.presented = fingerprint;
  return CURLKHMATCH_MISMATCH;
}

FileReply Fetch::ask(const FileRequest& request) {
  FileReply reply;
  auto& handle = *handle_;
  const auto address = parse_address(request.url, {"sftp", "ftp", "ftps", "ftpes"});
  reply.problem = address.problem;
  if (!reply.problem.empty()) return reply;
  const bool ssh = address.scheme == "sftp";
  if (address.scheme == "ftp" && !request.password.empty() && !is_local_host(address.host)) {
    reply.problem = tr("The secret was not sent to “{host}”, because ftp:// would carry it across the internet for anyone to read. Use ftpes://, ftps:// or sftp://.", {{"host", address.host}});
    return reply;
  }
  const auto text = std::string(trimmed(request.url));
  const auto url = address.scheme == "ftpes" ? "ftp" + text.substr(5) : text;
  Incoming incoming;
  if (!handle.prepare(address, url, ssh ? "sftp" : "ftp,ftps", incoming, reply.problem)) return reply;
  set_login(handle, request, ssh);
  set_want(handle, request.want);
  if (address.scheme == "ftpes") handle.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  const bool file = request.want == FileRequest::Want::bytes || request.want == FileRequest::Want::time;
  if (!ssh) handle.set(CURLOPT_FTP_FILEMETHOD, static_cast<long>(file ? CURLFTPMETHOD_NOCWD : CURLFTPMETHOD_SINGLECWD));  // a file needs no step into its folder

  std::optional<Watchdog> watchdog;
  if (ssh) watchdog.emplace(handle);
  const auto code = handle.perform(address, incoming, ssh ? ssh_poll_ms : poll_ms, reply.problem);
  watchdog.reset();
  long status = 0;
  curl_off_t time = -1, length = -1;
  curl_easy_getinfo(handle.easy, CURLINFO_RESPONSE_CODE, &status);
  reply.not_offered = request.want == FileRequest::Want::facts && code == CURLE_FTP_COULDNT_RETR_FILE && is_unknown_command(status);
  if (reply.not_offered || is_absent(code, status, ssh)) reply.problem.clear();
  else if (code == CURLE_SSH)
    reply.problem = tr("“{host}” could not be read by SFTP: its SSH server speaks no dialect that is known here, or ended the conversation.", {{"host", address.host}});
  if (code == CURLE_LOGIN_DENIED) note_login(Login::refused);
  else if (code == CURLE_OK || is_absent(code, status, ssh)) note_login(Login::accepted);
  if (code != CURLE_OK) return reply;
  curl_easy_getinfo(handle.easy, CURLINFO_FILETIME_T, &time);
  curl_easy_getinfo(handle.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  reply.found = true;
  reply.body = std::move(incoming.body);
  reply.length = length;
  if (time > 0) reply.modified = Instant(time);
  return reply;
}

}  // namespace mainstay
