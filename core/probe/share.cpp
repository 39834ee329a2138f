// SPDX-License-Identifier: MIT
#include "core/probe/share.h"

#include <unistd.h>

#include <filesystem>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr ShareKind kinds[] = {
    {"", "a mounted folder", folder_share},
    {"file", "a mounted folder", folder_share},
    {"http", "a web server or WebDAV", web_share},
    {"https", "a web server or WebDAV", web_share},
    {"sftp", "SFTP", file_server_share},
    {"ftp", "FTP", file_server_share},
    {"ftps", "FTP, encrypted from the first byte", file_server_share},
    {"ftpes", "FTP, encrypted by AUTH TLS", file_server_share},
    {"smb", "a Windows share", smb_share},
};
constexpr std::string_view key_mark = "key:";

/// Why a private key cannot be used; empty where it can be read.
std::string key_file_trouble(const std::string& path) {
  std::error_code error;
  const Args args{{"path", path}};
  if (path.empty()) return tr("The secret of this probe says “key:” and names no file: keep key: and the path of a private SSH key.");
  if (!path.starts_with('/')) return tr("The key file “{path}” needs its whole path, from / on.", args);
  const auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return tr("The key file “{path}”, which the secret of this probe names, is not on this computer.", args);
  if (!std::filesystem::is_regular_file(status) || ::access(path.c_str(), R_OK) != 0) return tr("The key file “{path}”, which the secret of this probe names, cannot be read: it has to be a file that you may open.", args);
  return {};
}

}  // namespace

std::span<const ShareKind> share_kinds() { return kinds; }

Share open_share(const Probe& probe, ProbeContext& context) {
  ShareLogin login;
  login.address = std::string(trimmed(probe.url));
  if (login.address.empty()) throw Error(ErrorCode::bad_value, tr("This probe has no address: enter the mounted folder, or the address of the share (sftp, ftpes, ftp, smb, https or http)."));
  const ShareKind* kind = nullptr;
  for (const auto& known : kinds)
    if (known.scheme == scheme_of(login.address)) kind = &known;
  if (!kind)
    throw Error(ErrorCode::bad_value, tr("This kind of address cannot be read: enter a mounted folder, or an address that begins with sftp://, ftpes://, ftps://, ftp://, smb://, https:// or http://."));
  login.user = std::string(trimmed(probe.account));
  if (!probe.secret_name.empty()) login.password = needed_secret(probe, context);
  if (login.password.starts_with(key_mark)) {
    login.key_file = std::string(trimmed(std::string_view(login.password).substr(key_mark.size())));
    login.password = context.secrets(probe.secret_name + "-passphrase").value_or("");
    context.fetch.hide(login.password);
    if (const auto problem = key_file_trouble(login.key_file); !problem.empty()) throw Error(ErrorCode::refused, problem);
  }
  return kind->open(context.fetch, login);
}

std::string folder_from(const std::string& address) {
  const auto text = std::string(trimmed(address));
  if (lower_case(text).starts_with("file:")) {
    std::string_view rest = std::string_view(text).substr(5);
    if (rest.starts_with("//")) {
      rest.remove_prefix(2);
      if (lower_case(rest.substr(0, 10)) == "localhost/") rest.remove_prefix(9);
      if (!rest.starts_with('/')) return {};
    }
    return url_decoded(rest);
  }
  return text.find("://") == std::string::npos ? text : std::string();
}

}  // namespace mainstay
