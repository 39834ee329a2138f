// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/run_command.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

constexpr std::size_t largest_file = std::size_t(8) << 20;
constexpr const char* program = "smbclient";

/// One way smbclient puts a failure, and ours; an empty sentence means that there is plainly no such file.
struct Failure {
  std::string_view code, sentence;
  bool refuses = false;  ///< the login
};
constexpr Failure failures[] = {
    {"NT_STATUS_LOGON_FAILURE", "“{host}” refuses the account and password.", true},
    {"NT_STATUS_ACCOUNT_", "“{host}” refuses the account: it is locked, disabled or restricted.", true},
    {"NT_STATUS_PASSWORD_", "“{host}” refuses the password: it has expired or must be changed.", true},
    {"NT_STATUS_ACCESS_DENIED", "“{host}” does not let this account look there."},
    {"NT_STATUS_BAD_NETWORK_NAME", "There is no such share on “{host}”: check the first name after the computer's in the address."},
    {"NT_STATUS_CONNECTION_REFUSED", "Nothing answers at “{host}”: check that it is switched on, reachable, and that the port is right."},
    {"NT_STATUS_HOST_UNREACHABLE", "Nothing answers at “{host}”: check that it is switched on, reachable, and that the port is right."},
    {"NT_STATUS_NETWORK_UNREACHABLE", "Nothing answers at “{host}”: check that it is switched on, reachable, and that the port is right."},
    {"NT_STATUS_IO_TIMEOUT", "“{host}” gave no complete answer in the time allowed."},
    {"NT_STATUS_UNSUCCESSFUL", "The name “{host}” is not known on this network, or nothing answers there."},
    {"NT_STATUS_BAD_NETWORK_PATH", "The name “{host}” is not known on this network, or nothing answers there."},
    {"NT_STATUS_CONNECTION_DISCONNECTED", "What answers at “{host}” does not speak SMB 2 or 3, or broke off."},
    {"NT_STATUS_CONNECTION_RESET", "What answers at “{host}” does not speak SMB 2 or 3, or broke off."},
    {"NT_STATUS_INVALID_NETWORK_RESPONSE", "What answers at “{host}” does not speak SMB 2 or 3, or broke off."},
    {"NT_STATUS_NO_SUCH_FILE", ""},
    {"NT_STATUS_OBJECT_NAME_NOT_FOUND", ""},
    {"NT_STATUS_OBJECT_PATH_NOT_FOUND", ""},
    {"NT_STATUS_OBJECT_NAME_INVALID", ""},
};

/// Names that smbclient's own command language would take for more than a name.
bool is_speakable(const std::string& name) { return name.find_first_of("\"\\;*?<>|\r\n\t") == std::string::npos && name.find('\0') == std::string::npos && !name.starts_with('-'); }

struct SmbServer {
  Fetch& fetch;
  std::string host, port, share, user, password;
  Share::Path folder;  ///< inside the share, where the address begins

  /// The path of a name as smbclient takes it, or an Error.
  std::string path_of(const Share::Path& below) const {
    std::string path;
    for (const auto* part : {&folder, &below})
      for (const auto& name : *part) {
        if (!is_speakable(name)) throw Error(ErrorCode::refused, tr("The name “{name}” has characters that smbclient cannot be asked about.", {{"name", shortened(clean_utf8(name), 100)}}));
        path += (path.empty() ? "" : "\\") + name;
      }
    return path;
  }

  CommandResult run(const std::string& commands, bool takes_file = false) const {
    CommandRequest request;
    request.program = program;
    request.arguments = {"//" + host + "/" + share, "-p", port, "-s", "/dev/null", "-A", secret_path, "-c", commands};
    if (user.empty() && password.empty()) request.arguments.insert(request.arguments.begin() + 1, "-N");
    request.environment = {{"TZ", "UTC"}, {"LC_ALL", "C.UTF-8"}};
    request.secret = sign_in_text();
    request.takes_file = takes_file;
    request.timeout = fetch.time_left();
    request.allowed = fetch.time_allowed();
    request.stop = fetch.stop_token();
    request.largest_file = largest_file;
    return run_command(request);
  }

  /// A sentence where it failed; empty where it did not, or where there is plainly no such file (`absent`).
  std::string trouble(const CommandResult& result, bool& absent) const {
    absent = false;
    if (result.missing) return tr("Windows shares are read with the program smbclient, which is not on this computer. Install it (package smbclient), or mount the share and enter its folder.");
    if (!result.problem.empty()) return result.problem;
    if (result.exit_code == 0 && result.err.find("NT_STATUS_") == std::string::npos && result.out.find("NT_STATUS_") == std::string::npos) {
      fetch.note_login(Fetch::Login::accepted);
      return {};
    }
    for (const auto& failure : failures)
      if (result.out.find(failure.code) != std::string::npos || result.err.find(failure.code) != std::string::npos) {
        absent = failure.sentence.empty();
        if (absent) fetch.note_login(Fetch::Login::accepted);
        if (failure.refuses) fetch.note_login(Fetch::Login::refused);
        return absent ? std::string() : tr(failure.sentence, {{"host", host}});
      }
    return tr("smbclient could not read from “{host}” (exit code {code}).", {{"host", host}, {"code", result.exit_code}});
  }

  std::string sign_in_text() const {
    const auto at = user.find('\\');
    std::string text;
    if (at != std::string::npos) text += "domain = " + user.substr(0, at) + "\n";
    return text + "username = " + (at == std::string::npos ? user : user.substr(at + 1)) + "\npassword = " + password + "\n";
  }

  Listing list(const Share::Path& below) const {
    Listing listing;
    const auto path = path_of(below);
    const auto result = run(path.empty() ? "ls" : "ls \"" + path + "\\*\"");
    bool absent = false;
    listing.problem = trouble(result, absent);
    fetch.note_reply(result.out + result.err);
    if (absent) listing.problem = tr("There is no such folder at “{host}”: check the path in the address.", {{"host", host}});
    if (!listing.problem.empty()) return listing;
    return parse_smb_listing(result.out);
  }

  ShareLook look(const Share::Path& below) const {
    const auto result = run("ls \"" + path_of(below) + "\"");
    bool absent = false;
    ShareLook seen;
    seen.problem = trouble(result, absent);
    if (absent || !seen.problem.empty()) return seen;
    const auto listed = parse_smb_listing(result.out);
    if (listed.entries.empty()) return seen;
    const auto& entry = listed.entries.front();
    return {true, {}, entry.modified, entry.bytes, entry.folder};
  }

  ShareFile read(const Share::Path& below) const {
    ShareFile file;
    const auto path = path_of(below);
    const auto result = run("ls \"" + path + "\"; get \"" + path + "\" " + file_path, true);
    bool absent = false;
    file.problem = trouble(result, absent);
    if (absent || !file.problem.empty()) return file;
    const auto listed = parse_smb_listing(result.out);
    if (!listed.entries.empty()) file.modified = listed.entries.front().modified;
    file.bytes = result.file;
    file.found = true;
    fetch.note_reply(file.bytes);
    return file;
  }
};

}  // namespace

Share smb_share(Fetch& fetch, const ShareLogin& login) {
  const auto address = parse_address(login.address, {"smb"});
  if (!address.problem.empty()) throw Error(ErrorCode::bad_value, address.problem);
  if (!login.key_file.empty()) throw Error(ErrorCode::bad_value, tr("Only sftp:// can sign in with a key file; this address needs a password."));
  if (login.password.find('\n') != std::string::npos || login.user.find('\n') != std::string::npos) throw Error(ErrorCode::bad_value, tr("An account or password with a line break cannot be given to smbclient."));
  Share::Path names;
  for (const auto& part : split(address.path, '/')) names.push_back(url_decoded(part));
  if (names.empty()) throw Error(ErrorCode::bad_value, tr("The address names no share: it must look like smb://computer/share, with a folder after it where the bundles lie deeper."));
  auto host = address.host;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto server = std::make_shared<SmbServer>(SmbServer{fetch, host, address.port, names.front(), login.user, login.password, Share::Path(names.begin() + 1, names.end())});
  const bool safe = is_speakable(server->share) && server->share.find('/') == std::string::npos && !server->host.starts_with('-') && std::count(server->host.begin(), server->host.end(), '/') == 0;
  if (!safe) throw Error(ErrorCode::bad_value, tr("The address has characters in the computer's or share's name that smbclient cannot be given."));
  server->path_of({});
  Share share;
  share.name = names.size() > 1 ? names.back() : names.front();
  share.list = [server](const Share::Path& below) { return server->list(below); };
  share.read = [server](const Share::Path& below) { return server->read(below); };
  share.look = [server](const Share::Path& below, bool) { return server->look(below); };
  return share;
}

}  // namespace mainstay
