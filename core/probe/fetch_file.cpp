// SPDX-License-Identifier: MIT
// Files by SSH and FTP: the part of Fetch that is not the web.
#include <algorithm>

#include "core/base/codec.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/probe/curl_handle.h"
#include "core/probe/known_hosts.h"
#include "core/probe/mlsd.h"
#include "core/probe/shown_key.h"

namespace mainstay {
namespace {

constexpr std::size_t longest_farewell = 160;
constexpr int poll_ms = 1000, ssh_poll_ms = 50;  // libssh2 at times waits for the wrong direction: look again soon

bool is_unknown_command(long status) { return status == 500 || status == 502 || status == 504; }

/// Who signs in, and whether that is encrypted.
void set_login(Fetch::Handle& handle, const FileRequest& request, const WebAddress& address) {
  if (!request.user.empty()) handle.set(CURLOPT_USERNAME, request.user.c_str());
  if (address.scheme != "sftp") {
    handle.set(CURLOPT_PASSWORD, request.password.c_str());
    if (address.scheme == "ftpes") handle.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
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

/// The path that follows the login directory, decoded; empty where it could not stand in a line of FTP.
std::string ftp_path(const WebAddress& address) {
  auto path = url_decoded(address.path.substr(0, address.path.find(';')));
  if (path.starts_with('/')) path.erase(0, 1);
  const bool plain = std::none_of(path.begin(), path.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; });
  return plain && !path.ends_with('/') ? path : std::string();
}

/// Follows what an FTP server says: that it will have encryption, why it hangs up, and while MLST is asked the facts between "250-" and "250 ".
class FtpTalk {
 public:
  void take(std::string_view line) {
    for (const auto* code : {"421", "503", "521", "522", "530", "533", "534", "550"})  // which of them, and in which words, differs from server to server
      if (line.starts_with(code)) hear_refusal(line, line.starts_with("550"));
    if (line.starts_with("226"))  // a list that ends well and is empty, since the server itself may not look
      for (const auto* word : {"failed to open", "unable to read", "unable to open", "permission denied"}) closed_ = closed_ || contains_folded(line, word);
    if (line.starts_with("250-")) inside_ = true;
    else if (line.starts_with("250 ")) inside_ = false;
    else if (inside_ && line.find('=') != std::string_view::npos) facts_ = mlsd_facts(line);
  }
  const MlsdFacts& facts() const { return facts_; }
  bool wants_encryption() const { return wants_encryption_; }
  /// True where it ended a list well and said beside it that it may not look into the folder.
  bool closed() const { return closed_; }
  /// Its words where it hung up; empty where it did not.
  const std::string& farewell() const { return farewell_; }

 private:
  void hear_refusal(std::string_view line, bool may_name_a_file) {
    if (may_name_a_file) wants_encryption_ = wants_encryption_ || contains_folded(line, "SSL/TLS required");
    else
      for (const auto* word : {"tls", "ssl", "encrypt", "cleartext", "AUTH first"}) wants_encryption_ = wants_encryption_ || contains_folded(line, word);
    if (line.starts_with("421")) farewell_ += (farewell_.empty() ? "" : " ") + one_line(line.substr(std::min<std::size_t>(4, line.size())));
  }
  bool inside_ = false, wants_encryption_ = false, closed_ = false;
  std::string farewell_;
  MlsdFacts facts_;
};

/// What an FTP server's own words make of a transfer that went wrong; nothing where they say no more than curl does. True where it was no refusal of the login.
bool explain(const FtpTalk& talk, const WebAddress& address, std::string& problem) {
  const Args args{{"host", address.host}, {"text", shortened(talk.farewell(), longest_farewell)}};
  if (address.scheme == "ftp" && talk.wants_encryption()) problem = tr("“{host}” lets nobody in without encryption: begin the address with ftpes:// in place of ftp://.", args);
  else if (!talk.farewell().empty()) problem = tr("“{host}” hung up: “{text}”", args);
  else return false;
  return true;
}

}  // namespace

int judge_host_key(void* data, int, const char* key, std::size_t length) {
  auto& trial = *static_cast<HostKeyTrial*>(data);
  const std::string_view shown(key, length);
  const auto fingerprint = ssh_fingerprint(shown);
  bool good = false;
  if (trial.pin.empty()) {
    const auto known = look_up_host(trial.host, trial.port, shown, &trial.replaced);
    good = known == KnownHost::known;
    trial.changed = known == KnownHost::changed || known == KnownHost::revoked;
    if (known == KnownHost::revoked) trial.replaced = revoked_key;
  } else {
    for (const auto& pin : split(trial.pin, ';')) good = good || pin == fingerprint;
    trial.changed = !good;
    trial.replaced = trial.pin;
  }
  if (good) return CURLKHMATCH_OK;
  trial.presented = fingerprint;
  return CURLKHMATCH_MISMATCH;
}

/// Time and size of a file by FTP's MLST (RFC 3659) in one exchange, where curl's own way takes three. False where the server does not know it, or
/// says too little; then nothing is told about the file.
bool Fetch::ask_by_mlst(const FileRequest& request, const WebAddress& address, FileReply& reply) {
  auto& handle = *handle_;
  const auto path = ftp_path(address);
  if (path.empty() || request.url.find_first_of("?#") != std::string::npos || handle.without_mlst == address.origin()) return false;
  Incoming incoming;
  FtpTalk talk;
  incoming.line = [&](std::string_view line) {
    if (line.starts_with("230")) note_login(Login::accepted);  // at once: others wait for it
    talk.take(line);
  };
  const auto top = std::string(address.scheme == "ftps" ? "ftps" : "ftp") + "://" + address.host + ":" + address.port + "/";
  if (!handle.prepare(address, top, "ftp,ftps", incoming, reply.problem)) return true;
  set_login(handle, request, address);
  handle.set(CURLOPT_NOBODY, 1L);
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> commands(curl_slist_append(nullptr, ("*MLST " + path).c_str()), curl_slist_free_all);
  handle.set(CURLOPT_QUOTE, commands.get());
  const auto code = handle.perform(address, incoming, poll_ms, reply.problem);
  const bool explained = code != CURLE_OK && explain(talk, address, reply.problem);
  if (code == CURLE_LOGIN_DENIED && !explained) note_login(Login::refused);
  if (code != CURLE_OK) return true;
  long status = 0;
  curl_easy_getinfo(handle.easy, CURLINFO_RESPONSE_CODE, &status);
  if (status == 550 || status == 450) return true;  // plainly no such file
  if (is_unknown_command(status)) handle.without_mlst = address.origin();
  const auto& facts = talk.facts();
  reply.found = facts.type == "file" && facts.modified;
  reply.modified = facts.modified;
  reply.length = facts.bytes;
  return reply.found;
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
  if (!ssh && request.want == FileRequest::Want::time && ask_by_mlst(request, address, reply)) return reply;
  reply = {};
  const auto text = std::string(trimmed(request.url));
  const auto url = address.scheme == "ftpes" ? "ftp" + text.substr(5) : text;
  Incoming incoming;
  if (!handle.prepare(address, url, ssh ? "sftp" : "ftp,ftps", incoming, reply.problem)) return reply;
  set_login(handle, request, address);
  set_want(handle, request.want);
  FtpTalk talk;
  if (!ssh) incoming.line = [&](std::string_view line) { talk.take(line); };
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
  const bool explained = code != CURLE_OK && !reply.problem.empty() && explain(talk, address, reply.problem);
  if (code == CURLE_LOGIN_DENIED && !explained) note_login(Login::refused);
  else if (code == CURLE_OK || is_absent(code, status, ssh)) note_login(Login::accepted);
  if (code != CURLE_OK) return reply;
  if (talk.closed() && !file) {
    reply.problem = tr("“{host}” does not let us look there.", {{"host", address.host}});
    return reply;
  }
  curl_easy_getinfo(handle.easy, CURLINFO_FILETIME_T, &time);
  curl_easy_getinfo(handle.easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  reply.found = true;
  reply.body = std::move(incoming.body);
  reply.length = length;
  if (time > 0) reply.modified = Instant(time);
  return reply;
}

}  // namespace mainstay
