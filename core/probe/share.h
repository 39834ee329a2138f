// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date.h"
#include "core/probe/fetch.h"

namespace mainstay {

/// A name in a folder, and when it changed where the server says so.
struct ShareEntry {
  std::string name;
  bool folder = false;
  Instant modified;
};
/// A folder's names, or a sentence on why there are none.
struct Listing {
  std::vector<ShareEntry> entries;
  std::string problem;
};
/// A file's bytes; `problem` is empty where the server plainly says that there is no such file.
struct ShareFile {
  bool found = false;
  std::string bytes, problem;
  Instant modified;
};
/// A folder somewhere; `below` is the path inside it, one name each.
struct Share {
  using Path = std::vector<std::string>;
  std::string name;  ///< of the last part of its own address
  std::function<Listing(const Path& below)> list;
  std::function<ShareFile(const Path& below)> read;
};

/// A folder of this computer or of a mounted disk.
Share folder_share(const std::string& path);
/// A folder of a web server: WebDAV where it answers PROPFIND, else its index page (nginx JSON or XML, or HTML).
Share web_share(Fetch& fetch, const std::string& url, const std::string& user, const std::string& password);

/// The folder that a `file:` address or a plain path names; empty where it is neither or names another computer.
std::string folder_from(const std::string& address);

/// The names in a WebDAV reply (RFC 4918 multistatus) to a question about `path`; throws Error{bad_value}.
std::vector<ShareEntry> parse_multistatus(std::string_view body, std::string_view path);
/// The names in an index page, whichever form it has; throws Error{bad_value} where it is none.
std::vector<ShareEntry> parse_index_page(std::string_view body);

}  // namespace mainstay
