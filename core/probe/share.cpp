// SPDX-License-Identifier: MIT
#include "core/probe/share.h"

#include <sys/stat.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t largest_file = std::size_t(8) << 20;
constexpr std::size_t most_entries = 20'000;
constexpr const char* propfind_body =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop><resourcetype/><getlastmodified/></prop></propfind>";

Instant modified_at(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? Instant(status.st_mtime) : Instant();
}

std::string joined(const std::string& root, const Share::Path& below) {
  fs::path path = root;
  for (const auto& name : below) path /= name;
  return path.string();
}

/// The decoded last part of an address or path; empty for names that lead elsewhere.
std::string last_name(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto slash = path.rfind('/');
  auto name = url_decoded(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (name == "." || name == ".." || name.find('/') != std::string::npos || name.find('\0') != std::string::npos) return {};
  return name;
}

std::string_view without_origin(std::string_view href) {
  const auto scheme = href.find("://");
  if (scheme == std::string_view::npos) return href;
  const auto slash = href.find('/', scheme + 3);
  return slash == std::string_view::npos ? std::string_view("/") : href.substr(slash);
}

std::string_view without_query(std::string_view href) { return href.substr(0, href.find_first_of("?#")); }

std::vector<ShareEntry> entries_from_json(std::string_view body) {
  const auto page = nlohmann::json::parse(body, nullptr, false);
  if (!page.is_array()) throw Error(ErrorCode::bad_value, tr("The server's list of files is cut short or damaged."));
  std::vector<ShareEntry> entries;
  for (const auto& row : page) {
    if (!row.is_object() || !row.contains("name") || !row["name"].is_string()) continue;
    ShareEntry entry;
    entry.name = row["name"].get<std::string>();
    entry.folder = row.contains("type") && row["type"] == "directory";
    if (row.contains("mtime") && row["mtime"].is_string())
      if (const auto date = parse_http_date(row["mtime"].get<std::string>())) entry.modified = *date;
    if (entry.name.find('/') == std::string::npos && entries.size() < most_entries) entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<ShareEntry> entries_from_xml(const pugi::xml_node& list) {
  std::vector<ShareEntry> entries;
  for (const auto& child : list.children()) {
    if (child.type() != pugi::node_element || entries.size() >= most_entries) continue;
    ShareEntry entry;
    entry.name = child.text().get();
    entry.folder = local_name(child) == "directory";
    if (const auto date = parse_instant(child.attribute("mtime").value())) entry.modified = *date;
    if (!entry.name.empty() && entry.name.find('/') == std::string::npos) entries.push_back(std::move(entry));
  }
  return entries;
}

std::string unescaped(std::string_view text) {
  std::string result(text);
  for (const auto& [from, to] : {std::pair<const char*, const char*>{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    const std::string_view what = from;
    for (auto at = result.find(what); at != std::string::npos; at = result.find(what, at + 1)) result.replace(at, what.size(), to);
  }
  return result;
}

std::vector<ShareEntry> entries_from_html(std::string_view body) {
  std::vector<ShareEntry> entries;
  const auto folded = lower_case(body);
  for (auto at = folded.find("href="); at != std::string::npos; at = folded.find("href=", at + 5)) {
    auto start = at + 5;
    if (start >= body.size()) break;
    const char quote = body[start];
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) ++start;
    const auto end = quoted ? body.find(quote, start) : body.find_first_of(" >\r\n\t", start);
    if (end == std::string_view::npos) break;
    const auto href = unescaped(body.substr(start, end - start));
    const auto path = without_query(without_origin(href));
    ShareEntry entry;
    entry.name = last_name(path);
    entry.folder = path.ends_with('/');
    if (!entry.name.empty() && entries.size() < most_entries) entries.push_back(std::move(entry));
  }
  return entries;
}

std::string status_sentence(int status, const std::string& host) {
  const Args args{{"host", host}, {"status", status}};
  if (status == 401) return tr("“{host}” asks for a user and password, or refuses the ones given.", args);
  if (status == 403) return tr("“{host}” does not let us look into this folder.", args);
  if (status == 404) return tr("There is no such folder at “{host}”: check the path in the address.", args);
  if (status == 429 || status == 503) return tr("“{host}” is too busy to answer now.", args);
  return tr("“{host}” answered with HTTP status {status} instead of the folder.", args);
}

}  // namespace

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

Share folder_share(const std::string& root) {
  Share share;
  share.name = fs::path(root).has_filename() ? file_name(root) : fs::path(root).parent_path().filename().string();
  share.list = [root](const Share::Path& below) {
    Listing listing;
    const auto path = joined(root, below);
    std::error_code error;
    if (!fs::exists(path, error)) {
      listing.problem = tr("There is no folder “{path}” on this computer: is the disk or share mounted?", {{"path", path}});
      return listing;
    }
    fs::directory_iterator at(path, error);
    if (error) {
      listing.problem = tr("The folder “{path}” cannot be looked into: check that it is a folder and that you may read it.", {{"path", path}});
      return listing;
    }
    while (at != fs::directory_iterator() && listing.entries.size() < most_entries) {
      std::error_code ignored;
      ShareEntry entry{at->path().filename().string(), at->is_directory(ignored), modified_at(at->path().string())};
      listing.entries.push_back(std::move(entry));
      at.increment(error);
      if (error) {
        listing.problem = tr("The folder “{path}” could be read only in part.", {{"path", path}});
        break;
      }
    }
    return listing;
  };
  share.read = [root](const Share::Path& below) {
    ShareFile file;
    const auto path = joined(root, below);
    std::error_code error;
    if (!fs::exists(path, error)) return file;
    if (!fs::is_regular_file(path, error)) {
      file.problem = tr("“{path}” is not a file.", {{"path", path}});
      return file;
    }
    file.modified = modified_at(path);
    try {
      file.bytes = read_file(path, largest_file);
      file.found = true;
    } catch (const Error& problem) {
      if (problem.code() != ErrorCode::missing_file) file.problem = problem.what();  // it may go between the two looks
    }
    return file;
  };
  return share;
}

Share web_share(Fetch& fetch, const std::string& url, const std::string& user, const std::string& password) {
  const auto address = parse_address(url);
  auto root = std::string(without_query(trimmed(url)));
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
  share.name = last_name(address.path);
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
        listing.entries = parse_multistatus(reply.body, parse_address(reply.url).path);
        return listing;
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
  return share;
}

std::vector<ShareEntry> parse_multistatus(std::string_view body, std::string_view path) {
  const auto document = parse_xml(body, tr("the server's WebDAV reply"));
  const auto root = document.document_element();
  if (local_name(root) != "multistatus") throw Error(ErrorCode::bad_value, tr("The server's WebDAV reply has no list of files in it."));
  const auto plain = [](std::string_view text) {
    auto decoded = url_decoded(text);
    while (decoded.size() > 1 && decoded.ends_with('/')) decoded.pop_back();
    return decoded;
  };
  std::vector<ShareEntry> entries;
  for (const auto& response : root.children()) {
    if (local_name(response) != "response" || entries.size() >= most_entries) continue;
    ShareEntry entry;
    std::string href;
    for (const auto& part : response.children()) {
      if (local_name(part) == "href") href = trimmed(part.text().get());
      if (local_name(part) != "propstat") continue;
      bool good = false;
      for (const auto& inner : part.children())
        if (local_name(inner) == "status") good = std::string_view(inner.text().get()).find(" 200") != std::string_view::npos;
      if (!good) continue;
      for (const auto& inner : part.children()) {
        if (local_name(inner) != "prop") continue;
        for (const auto& property : inner.children()) {
          if (local_name(property) == "getlastmodified")
            if (const auto date = parse_http_date(trimmed(property.text().get()))) entry.modified = *date;
          if (local_name(property) == "resourcetype")
            for (const auto& type : property.children())
              if (local_name(type) == "collection") entry.folder = true;
        }
      }
    }
    const auto local = without_query(without_origin(href));
    if (local.empty() || plain(local) == plain(path)) continue;  // the folder itself
    entry.name = last_name(local);
    if (!entry.name.empty()) entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<ShareEntry> parse_index_page(std::string_view body) {
  const auto text = trimmed(body);
  if (text.starts_with("[")) return entries_from_json(text);
  if (text.starts_with("<?xml") || text.starts_with("<list")) {
    const auto document = parse_xml(text, tr("the server's index"));
    if (local_name(document.document_element()) == "list") return entries_from_xml(document.document_element());
  }
  if (!contains_folded(text.substr(0, 4096), "<html") && !contains_folded(text, "href="))
    throw Error(ErrorCode::bad_value, tr("It is neither a folder index nor a WebDAV reply."));
  return entries_from_html(text);
}

}  // namespace mainstay
