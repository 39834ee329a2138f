// SPDX-License-Identifier: MIT
#include "core/exchange/feed.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <tuple>

#include "core/base/csv.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/exchange/feed_notices.h"

namespace mainstay {
namespace {

using Format = Feed::Format;
using Sink = std::function<void(RecallNotice&&)>;
constexpr std::size_t looked_at = 64 << 10;
constexpr std::size_t most_records = 2'000'000;

constexpr KnownFeed feeds[] = {
    {"cpsc", "US CPSC", Format::cpsc, "https://www.saferproducts.gov/RestWebServices/Recall?format=json"},
    {"accc", "ACCC Product Safety Australia", Format::accc, "https://www.productsafety.gov.au/rss/feed.xml/psa_recall"},
    {"safety-gate", "EU Safety Gate", Format::safety_gate, "https://ec.europa.eu/safety-gate-alerts/api/download/weeklyReport/list/xml/en"},
    {"health-canada", "Health Canada", Format::health_canada, "https://recalls-rappels.canada.ca/sites/default/files/opendata-donneesouvertes/HCRSAMOpenData.json"},
    {"eol-iphone", "endoflife.date: iPhone", Format::endoflife, "https://endoflife.date/api/v1/products/iphone"},
    {"eol-ipad", "endoflife.date: iPad", Format::endoflife, "https://endoflife.date/api/v1/products/ipad"},
    {"eol-macos", "endoflife.date: macOS", Format::endoflife, "https://endoflife.date/api/v1/products/macos"},
    {"eol-windows", "endoflife.date: Windows", Format::endoflife, "https://endoflife.date/api/v1/products/windows"},
    {"eol-windows-server", "endoflife.date: Windows Server", Format::endoflife, "https://endoflife.date/api/v1/products/windows-server"},
};

/// A source whose first bytes have been looked at and are given out again.
struct Peeked {
  std::string head;
  ByteSource source;
};

Peeked peek(const ByteSource& source) {
  auto head = std::make_shared<std::string>(looked_at, '\0');
  std::size_t size = 0;
  while (size < looked_at) {
    const auto more = source(head->data() + size, looked_at - size);
    if (more == 0) break;
    size += more;
  }
  head->resize(size);
  auto given = std::make_shared<std::size_t>(0);
  return {*head, [source, head, given](char* to, std::size_t most) -> std::size_t {
            if (*given == head->size()) return source(to, most);
            const auto size_now = std::min(most, head->size() - *given);
            std::memcpy(to, head->data() + *given, size_now);
            *given += size_now;
            return size_now;
          }};
}

/// UTF-16 as UTF-8, piece by piece; a character that a piece cuts in two waits for the next one.
ByteSource narrowed(const ByteSource& source, ByteOrder order) {
  struct Waiting {
    std::string bytes, text;
    std::size_t given = 0;
    bool begun = false, ended = false;
  };
  return [source, order, state = std::make_shared<Waiting>()](char* to, std::size_t most) -> std::size_t {
    auto& [bytes, text, given, begun, ended] = *state;
    while (given == text.size() && !ended) {
      const auto kept = bytes.size();
      bytes.resize(kept + looked_at);
      const auto more = source(bytes.data() + kept, looked_at);
      bytes.resize(kept + more);
      ended = more == 0;
      if (!begun && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))) bytes.erase(0, 2);
      begun = true;
      auto whole = bytes.size() / 2 * 2;
      const auto high_byte = [&](std::size_t end) { return static_cast<unsigned char>(bytes[order == ByteOrder::big ? end - 2 : end - 1]); };
      if (!ended && whole >= 2 && (high_byte(whole) & 0xFC) == 0xD8) whole -= 2;
      text = utf8_text((order == ByteOrder::big ? "\xFE\xFF" : "\xFF\xFE") + bytes.substr(0, whole));
      bytes.erase(0, whole);
      given = 0;
    }
    const auto size = std::min(most, text.size() - given);
    std::memcpy(to, text.data() + given, size);
    given += size;
    return size;
  };
}

/// What a feed is, by its first bytes; unknown where it is none.
Format format_of(std::string_view head, std::string_view name) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const auto text = byte_order(head) == ByteOrder::narrow ? std::string(head) : utf8_text(head);
  const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) throw Error(ErrorCode::bad_value, tr("“{file}” is empty.", {{"file", name}}));
  if (text[first] == '<') {
    const auto folded = lower_case(text.substr(first, 2000));
    if (folded.starts_with("<!doctype html") || folded.starts_with("<html") || folded.find("<html") != std::string::npos)
      throw Error(ErrorCode::bad_value, tr("“{file}” is a web page and no feed: the address leads elsewhere, or the server answered with an error.", {{"file", name}}));
    if (has("Safety-Gate")) return Format::safety_gate;
    if (has("<rss")) return Format::accc;
    return has("<Recall") || has("ArrayOfRecall") ? Format::cpsc : Format::unknown;
  }
  if (text[first] == '[' || text[first] == '{') {
    if (has("\"RecallID\"") || has("\"RecallNumber\"")) return Format::cpsc;
    if (has("\"NID\"") && has("\"Organization\"")) return Format::health_canada;
    if (has("\"releases\"") || has("\"schema_version\"") || has("\"cycle\"")) return Format::endoflife;
    // An empty list is a search without hits.
    const auto rest = trimmed(std::string_view(text).substr(first));
    return rest == "[]" ? Format::cpsc : Format::unknown;
  }
  const auto line = text.substr(first, text.find('\n', first) - first);
  return line.find("Recall Number") != std::string::npos && line.find("Recall Heading") != std::string::npos ? Format::cpsc_csv : Format::unknown;
}

void read_csv_feed(const ByteSource& source, std::string_view name, const NodeSink& sink) {
  std::vector<std::string> headers;
  std::size_t cells = 0, line = 0;
  CsvReader reader([&](CsvRow&& row) {
    if (headers.empty()) {
      for (const auto& cell : row.cells) headers.emplace_back(trimmed(cell));
      return;
    }
    FeedNode node;
    for (std::size_t i = 0; i < row.cells.size() && i < headers.size(); ++i) node.children.push_back({headers[i], utf8_text(csv_unguarded(row.cells[i])), {}});
    cells = row.cells.size();
    line = row.line;
    sink(std::move(node));
  }, std::size_t(4) << 20);
  std::vector<char> buffer(64 << 10);
  try {
    for (std::size_t size; (size = source(buffer.data(), buffer.size())) > 0;) reader.read({buffer.data(), size});
    reader.finish();
  } catch (const Error& error) {
    throw Error(error.code(), tr("“{file}” is cut short or damaged: {reason}", {{"file", name}, {"reason", error.what()}}));
  }
  if (line > 0 && cells < headers.size()) throw Error(ErrorCode::bad_value, tr("“{file}” is cut short: its last row, on line {line}, has {cells} of {count} columns.", {{"file", name}, {"line", line}, {"cells", cells}, {"count", headers.size()}}));
}

/// An index entry's address as the service means it: it may end in a comma, and some lack the week they are about.
void add_report(const FeedNode& report, std::vector<std::pair<std::int32_t, std::string>>& further) {
  auto url = plain_text(report.at("URL"));
  while (!url.empty() && (url.back() == ',' || url.back() == ' ')) url.pop_back();
  if (!url.starts_with("https://") || url.ends_with("search=") || further.size() >= 3000) return;
  const auto published = feed_date(report.at("publicationDate"));
  further.emplace_back(published ? published.days : 0, url);
}

}  // namespace

ByteSource bytes_of_file(const std::string& path) {
  auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
  if (!*file) throw Error(ErrorCode::missing_file, tr("There is no file “{path}”, or it may not be read.", {{"path", path}}));
  return [file, path](char* to, std::size_t most) -> std::size_t {
    file->read(to, static_cast<std::streamsize>(most));
    if (file->bad()) throw Error(ErrorCode::io, tr("“{path}” could not be read to its end.", {{"path", path}}));
    return static_cast<std::size_t>(file->gcount());
  };
}

ByteSource bytes_of_text(std::string text) {
  return [held = std::make_shared<std::string>(std::move(text)), at = std::size_t(0)](char* to, std::size_t most) mutable -> std::size_t {
    const auto size = std::min(most, held->size() - at);
    std::memcpy(to, held->data() + at, size);
    at += size;
    return size;
  };
}

FeedSummary read_feed(const ByteSource& given, std::string_view name, const Sink& sink) {
  auto [head, source] = peek(given);
  // Readers of XML tell wide text themselves, by its declaration too; JSON and CSV are narrowed for theirs.
  if (const auto order = byte_order(head); order != ByteOrder::narrow && trimmed(utf8_text(std::string_view(head).substr(0, 200))).substr(0, 1) != "<") std::tie(head, source) = [&] {
    auto again = peek(narrowed(source, order));
    return std::pair(again.head, again.source);
  }();
  FeedSummary summary;
  summary.format = format_of(head, name);
  const auto pass = [&](std::optional<RecallNotice>&& notice) {
    if (++summary.records > most_records) throw Error(ErrorCode::bad_value, tr("“{file}” lists more than {count} recalls and was not read further.", {{"file", name}, {"count", most_records}}));
    if (notice) sink(std::move(*notice));
  };
  const bool xml = trimmed(utf8_text(std::string_view(head).substr(0, 200))).starts_with('<');
  switch (summary.format) {
    case Format::unknown:
      throw Error(ErrorCode::bad_value, tr("“{file}” is no recall feed that Mainstay knows: it reads US CPSC (JSON, XML, CSV), ACCC (RSS), EU Safety Gate (XML), Health Canada (JSON) and endoflife.date (JSON).", {{"file", name}}));
    case Format::cpsc: {
      const NodeSink take = [&](FeedNode&& node) { pass(cpsc_notice(node, name)); };
      if (xml) read_xml_records(source, name, {"Recall", "RecallInfo"}, take);
      else read_json_records(source, name, take);
      break;
    }
    case Format::cpsc_csv: read_csv_feed(source, name, [&](FeedNode&& row) { pass(cpsc_csv_notice(row)); }); break;
    case Format::accc: read_xml_records(source, name, {"item"}, [&](FeedNode&& item) { pass(accc_notice(item)); }); break;
    case Format::safety_gate: {
      std::vector<std::pair<std::int32_t, std::string>> reports;
      Date published;  // stands once, before the week's alerts
      read_xml_records(source, name, {"notifications", "notification", "weeklyReport", "report_date"}, [&](FeedNode&& node) {
        if (node.name == "report_date") published = feed_date(node.text);
        else if (node.name == "weeklyReport") add_report(node, reports);
        else {
          auto notice = safety_gate_notice(node);
          if (notice) notice->announced = published;
          pass(std::move(notice));
        }
      });
      std::stable_sort(reports.begin(), reports.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
      for (auto& [day, url] : reports) summary.further.push_back(std::move(url));
      break;
    }
    case Format::health_canada: read_json_records(source, name, [&](FeedNode&& node) { pass(health_canada_notice(node)); }); break;
    case Format::endoflife:
      read_json_records(source, name, [&](FeedNode&& node) {
        for (auto& notice : endoflife_notices(node, name)) pass(std::move(notice));
      });
      break;
  }
  return summary;
}

std::span<const KnownFeed> known_feeds() { return feeds; }

}  // namespace mainstay
