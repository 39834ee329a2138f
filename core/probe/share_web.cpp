// SPDX-License-Identifier: MIT
#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

constexpr const char* propfind_body =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop><resourcetype/><getlastmodified/><quota-available-bytes/><quota-used-bytes/></prop></propfind>";

std::string status_sentence(int status, const std::string& host) {
  const Args args{{"host", host}, {"status", status}};
  if (status == 401) return tr("“{host}” asks for a user and password, or refuses the ones given.", args);
  if (status == 403) return tr("“{host}” does not let us look into this folder.", args);
  if (status == 404) return tr("There is no such folder at “{host}”: check the path in the address.", args);
  if (status == 429 || status == 503) return tr("“{host}” is too busy to answer now.", args);
  return tr("“{host}” answered with HTTP status {status} instead of the folder.", args);
}

}  // namespace

Share web_share(Fetch& fetch, const ShareLogin& login) {
  const auto& url = login.address;
  const auto& user = login.user;
  const auto& password = login.password;
  const auto address = parse_address(url);
  if (!address.problem.empty()) throw Error(ErrorCode::bad_value, address.problem);
  if (!password.empty()) fetch.hide(user + ":" + password);
  auto root = std::string(trimmed(url).substr(0, trimmed(url).find_first_of("?#")));
  if (!root.ends_with('/')) root += '/';
  const auto request = [user, password](const std::string& method, const std::string& at) {
    WebRequest made;
    made.method = method;
    made.url = at;
    made.user = user;
    made.password = password;
    made.digest_too = true;
    return made;
  };
  const auto url_of = [root](const Share::Path& below) {
    std::string at = root;
    for (std::size_t i = 0; i < below.size(); ++i) at += (i ? "/" : "") + url_encoded(below[i]);
    return at;
  };
  Share share;
  share.name = last_name_of(address.path);
  share.list = [&fetch, request, url_of, host = address.host](const Share::Path& below) {
    Listing listing;
    const auto at = url_of(below) + (below.empty() ? "" : "/");
    auto question = request("PROPFIND", at);
    question.headers = {"Depth: 1", "Content-Type: application/xml; charset=utf-8"};
    question.body = propfind_body;
    auto reply = fetch.send(question);
    if (!reply.problem.empty()) {
      listing.problem = reply.problem;
      return listing;
    }
    try {
      if (reply.status == 207) {
        return parse_multistatus(reply.body, parse_address(reply.url).path);
      }
      if (reply.status != 401) {
        auto page = request("GET", at);
        page.headers = {"Accept: application/json, text/xml;q=0.9, text/html;q=0.8"};
        reply = fetch.send(page);
        if (reply.answered() && reply.status == 200) {
          listing.entries = parse_index_page(reply.body);
          return listing;
        }
      }
      listing.problem = reply.problem.empty() ? status_sentence(reply.status, host) : reply.problem;
    } catch (const Error& problem) {
      listing.problem = tr("What “{host}” answered is not a list of files: {reason}", {{"host", host}, {"reason", problem.what()}});
    }
    return listing;
  };
  share.read = [&fetch, request, url_of, host = address.host](const Share::Path& below) {
    ShareFile file;
    auto reply = fetch.send(request("GET", url_of(below)));
    if (!reply.problem.empty()) file.problem = reply.problem;
    else if (reply.status == 200) file = {true, std::move(reply.body), {}, reply.modified};
    else if (reply.status != 404 && reply.status != 410) file.problem = status_sentence(reply.status, host);
    return file;
  };
  share.look = [&fetch, request, url_of, host = address.host](const Share::Path& below, bool folder) {
    ShareLook seen;
    const auto reply = fetch.send(request("HEAD", url_of(below) + (folder && !below.empty() ? "/" : "")));
    if (!reply.problem.empty()) seen.problem = reply.problem;
    else if (reply.status == 200) seen = {true, {}, reply.modified, reply.length, folder};
    else if (reply.status != 404 && reply.status != 410) seen.problem = status_sentence(reply.status, host);
    return seen;
  };
  return share;
}

}  // namespace mainstay
