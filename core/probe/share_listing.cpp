// SPDX-License-Identifier: MIT
// The lists of files that servers send, in whichever form.
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "core/probe/mlsd.h"
#include "core/probe/share.h"

namespace mainstay {
namespace {

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
    if (row.contains("size") && row["size"].is_number_integer()) entry.bytes = std::max<std::int64_t>(row["size"].get<std::int64_t>(), -1);
    if (entry.name.find('/') == std::string::npos && entries.size() < most_share_entries) entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<ShareEntry> entries_from_xml(const pugi::xml_node& list) {
  std::vector<ShareEntry> entries;
  for (const auto& child : list.children()) {
    if (child.type() != pugi::node_element || entries.size() >= most_share_entries) continue;
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
    entry.name = last_name_of(path);
    entry.folder = path.ends_with('/');
    if (!entry.name.empty() && entries.size() < most_share_entries) entries.push_back(std::move(entry));
  }
  return entries;
}

/// One line after the other, line ends taken off.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    visit(line);
  }
}

/// `Tue Nov 24 08:00:00 2026`, UTC, as the C library's asctime writes it.
Instant asctime_instant(std::string_view text) {
  const auto words = split(text, ' ');
  if (words.size() != 5) return {};
  const auto day = words[2].size() == 1 ? "0" + words[2] : words[2];
  return parse_http_date(words[0] + ", " + day + " " + words[1] + " " + words[4] + " " + words[3] + " GMT").value_or(Instant());
}

bool leads_elsewhere(std::string_view name) { return name.empty() || name == "." || name == ".." || name.find('/') != std::string_view::npos || name.find('\0') != std::string_view::npos; }

}  // namespace

std::string last_name_of(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const auto slash = path.rfind('/');
  auto name = url_decoded(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (name == "." || name == ".." || name.find('/') != std::string::npos || name.find('\0') != std::string::npos) return {};
  return name;
}

Listing parse_multistatus(std::string_view body, std::string_view path) {
  const auto document = parse_xml(body, tr("the server's WebDAV reply"));
  const auto root = document.document_element();
  if (local_name(root) != "multistatus") throw Error(ErrorCode::bad_value, tr("The server's WebDAV reply has no list of files in it."));
  const auto plain = [](std::string_view text) {
    auto decoded = url_decoded(text);
    while (decoded.size() > 1 && decoded.ends_with('/')) decoded.pop_back();
    return decoded;
  };
  Listing listing;
  for (const auto& response : root.children()) {
    if (local_name(response) != "response" || listing.entries.size() >= most_share_entries) continue;
    ShareEntry entry;
    std::string href;
    std::int64_t free = -1, used = -1;
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
          if (local_name(property) == "quota-available-bytes") free = server_number(property.text().get());
          if (local_name(property) == "quota-used-bytes") used = server_number(property.text().get());
          if (local_name(property) == "resourcetype")
            for (const auto& type : property.children())
              if (local_name(type) == "collection") entry.folder = true;
        }
      }
    }
    const auto local = without_query(without_origin(href));
    if (plain(local) == plain(path)) {  // the folder itself; RFC 4331 gives its space
      listing.bytes_free = free;
      if (free >= 0 && used >= 0 && used < std::numeric_limits<std::int64_t>::max() - free) listing.bytes_total = free + used;
    }
    if (local.empty() || plain(local) == plain(path)) continue;
    entry.name = last_name_of(local);
    if (!entry.name.empty()) listing.entries.push_back(std::move(entry));
  }
  return listing;
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

std::vector<ShareEntry> parse_names(std::string_view text) {
  std::vector<ShareEntry> entries;
  for_each_line(text, [&](std::string_view line) {
    if (line.starts_with("./")) line.remove_prefix(2);
    if (!leads_elsewhere(line) && entries.size() < most_share_entries) entries.push_back({std::string(line), false, {}, -1});
  });
  return entries;
}

std::vector<ShareEntry> parse_mlsd(std::string_view text) {
  std::vector<ShareEntry> entries;
  for_each_line(text, [&](std::string_view line) {
    const auto facts = mlsd_facts(line);
    if (entries.size() < most_share_entries && facts.type != "cdir" && facts.type != "pdir" && !leads_elsewhere(facts.name)) entries.push_back({facts.name, facts.type == "dir", facts.modified, facts.bytes});
  });
  return entries;
}

Listing parse_smb_listing(std::string_view text) {
  constexpr std::size_t time_width = 24, attribute_width = 7;
  Listing listing;
  for_each_line(text, [&](std::string_view line) {
    if (const auto words = split(line, ' '); words.size() == 8 && words[1] == "blocks" && words[7] == "available") {
      const auto blocks = server_number(words[0]), size = server_number(words[4].substr(0, words[4].find('.'))), free = server_number(words[5]);
      constexpr auto most = std::numeric_limits<std::int64_t>::max();
      if (blocks >= 0 && size > 0 && free >= 0 && blocks < most / size && free < most / size) {
        listing.bytes_total = blocks * size;
        listing.bytes_free = free * size;
      }
      return;
    }
    if (line.size() < time_width + attribute_width + 6 || !line.starts_with("  ") || listing.entries.size() >= most_share_entries) return;
    ShareEntry entry;
    entry.modified = asctime_instant(line.substr(line.size() - time_width));
    auto rest = line.substr(0, line.size() - time_width - 2);
    const auto size_at = rest.find_last_not_of("0123456789") + 1;
    entry.bytes = server_number(rest.substr(size_at));
    rest = rest.substr(0, size_at);
    if (!entry.modified || rest.size() < attribute_width + 4 || rest.back() != ' ') return;
    while (rest.size() > 2 + 30 + attribute_width && rest.back() == ' ') rest.remove_suffix(1);  // between size and attributes
    if (rest.size() < attribute_width + 3) return;
    const auto attributes = rest.substr(rest.size() - attribute_width);
    entry.folder = attributes.find('D') != std::string_view::npos;
    entry.name = trimmed(rest.substr(2, rest.size() - 2 - attribute_width));
    if (!leads_elsewhere(entry.name)) listing.entries.push_back(std::move(entry));
  });
  return listing;
}

}  // namespace mainstay
