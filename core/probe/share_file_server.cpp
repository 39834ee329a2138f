// SPDX-License-Identifier: MIT
#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

/// What the functions of one share have in common.
struct FileServer {
  Fetch& fetch;
  ShareLogin login;
  std::string root, host;
  bool ftp = false;
  bool names_only = false;  ///< it knows no MLSD; noted at the first refusal

  FileReply ask(FileRequest::Want want, const Share::Path& below, bool folder) {
    FileRequest request;
    request.want = want;
    request.url = root;
    for (std::size_t i = 0; i < below.size(); ++i) request.url += (i ? "/" : "") + url_encoded(below[i]);
    if (folder && !below.empty()) request.url += '/';
    request.user = login.user;
    request.password = login.password;
    request.key_file = login.key_file;
    return fetch.ask(request);
  }

  Listing list(const Share::Path& below) {
    Listing listing;
    FileReply reply;
    if (ftp && !names_only) {
      reply = ask(FileRequest::Want::facts, below, true);
      names_only = reply.not_offered;
    }
    if (!ftp || names_only) reply = ask(FileRequest::Want::names, below, true);
    listing.problem = reply.problem;
    if (reply.found) listing.entries = ftp && !names_only ? parse_mlsd(reply.body) : parse_names(reply.body);
    else if (listing.problem.empty()) listing.problem = tr("There is no such folder at “{host}”, or this account may not see it: check the path in the address.", {{"host", host}});
    return listing;
  }

  ShareFile read(const Share::Path& below) {
    auto reply = ask(FileRequest::Want::bytes, below, false);
    return {reply.found, std::move(reply.body), std::move(reply.problem), reply.modified};
  }
};

}  // namespace

Share file_server_share(Fetch& fetch, const ShareLogin& login) {
  const auto address = parse_address(login.address, {"sftp", "ftp", "ftps", "ftpes"});
  if (!address.problem.empty()) throw Error(ErrorCode::bad_value, address.problem);
  if (!login.key_file.empty() && address.scheme != "sftp") throw Error(ErrorCode::bad_value, tr("Only sftp:// can sign in with a key file; this address needs a password."));
  if (address.scheme == "sftp" && login.user.empty()) throw Error(ErrorCode::bad_value, tr("This probe has no account: SFTP needs the name of a user on the server."));
  auto root = std::string(trimmed(login.address));
  if (!root.ends_with('/')) root += '/';
  const auto server = std::make_shared<FileServer>(FileServer{fetch, login, root, address.host, address.scheme != "sftp"});
  Share share;
  share.name = last_name_of(address.path);
  share.list = [server](const Share::Path& below) { return server->list(below); };
  share.read = [server](const Share::Path& below) { return server->read(below); };
  share.look = [server](const Share::Path& below, bool folder) {
    if (folder && server->ftp) return ShareLook{};  // MDTM knows files only
    auto reply = server->ask(FileRequest::Want::time, below, folder);
    return ShareLook{reply.found, std::move(reply.problem), reply.modified, reply.length, folder};
  };
  return share;
}

}  // namespace mainstay
