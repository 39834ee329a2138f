// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <fstream>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/exchange/feed.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

struct Read {
  FeedSummary summary;
  std::vector<RecallNotice> notices;
};

Read read_text(std::string text, std::string_view name = "feed") {
  Read read;
  read.summary = read_feed(bytes_of_text(std::move(text)), name, [&](RecallNotice&& n) { read.notices.push_back(std::move(n)); });
  return read;
}

Read sample(const std::string& name) { return read_text(read_file(testing::data_file("recalls/" + name)), name); }

std::string refusal(std::string text) {
  try {
    read_text(std::move(text));
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

long resident_kb() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word)
    if (word == "VmRSS:") {
      long kb = 0;
      status >> kb;
      return kb;
    }
  return 0;
}

}  // namespace

TEST_CASE("the CPSC's JSON, XML and site export tell the same recalls") {
  const auto json = sample("cpsc.json"), xml = sample("cpsc.xml"), csv = sample("cpsc-site.csv");
  REQUIRE(json.notices.size() == 4);
  REQUIRE(xml.notices.size() == 4);
  REQUIRE(csv.notices.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(json.notices[i].number == xml.notices[i].number);
    CHECK(json.notices[i].number == csv.notices[i].number);
    CHECK(json.notices[i].title == xml.notices[i].title);
    CHECK(json.notices[i].title == csv.notices[i].title);
    CHECK(json.notices[i].announced == xml.notices[i].announced);
    CHECK(json.notices[i].announced == csv.notices[i].announced);
  }
  CHECK(json.notices[0].number == "26-338");
  CHECK(json.notices[0].title == "Anker Recalls Power Banks Due to Fire & Burn Hazards");
  CHECK(json.notices[0].description.find("PowerCore 10000") != std::string::npos);
  CHECK(json.notices[0].also.size() == 1);
  CHECK(csv.summary.format == Feed::Format::cpsc_csv);
}

TEST_CASE("the feeds of Australia, the EU and Canada become one shape") {
  const auto accc = sample("accc.xml");
  REQUIRE(accc.notices.size() == 2);
  CHECK(accc.notices[0].hazard == "The battery may overheat. Risk of fire & burns.");
  CHECK(accc.notices[0].brand == "Anker Innovations");
  CHECK(to_text(accc.notices[0].announced) == "2025-06-20");
  const auto eu = sample("safety-gate.xml");
  REQUIRE(eu.notices.size() == 2);
  CHECK(eu.notices[0].models == "A1647, A1263");
  CHECK(eu.notices[0].number == "SR/00362/26");
  CHECK(to_text(eu.notices[0].announced) == "2026-03-20");
  CHECK(eu.notices[1].brand.empty());
  const auto canada = sample("health-canada.json");
  CHECK(canada.summary.records == 2);
  REQUIRE(canada.notices.size() == 1);
  CHECK(canada.notices[0].number == "77001");
}

TEST_CASE("an index of weekly reports gives their addresses, newest first, and leaves out those that lead nowhere") {
  const auto index = sample("safety-gate-index.xml");
  CHECK(index.notices.empty());
  REQUIRE(index.summary.further.size() == 2);
  CHECK(index.summary.further[0].ends_with("search=2"));
}

TEST_CASE("endoflife.date gives the cycles that end, in its new form and its old") {
  const auto phones = sample("endoflife-iphone.json");
  REQUIRE(phones.notices.size() == 3);
  CHECK(phones.notices[0].family == "iphone");
  CHECK(phones.notices[0].cycle_name == "6s");
  CHECK(to_text(phones.notices[0].announced) == "2025-03-31");
  const auto old = read_text(R"([{"cycle":"6","eol":"2023-01-23"},{"cycle":"1","eol":true},{"cycle":"17","eol":false}])", "iphone.json");
  REQUIRE(old.notices.size() == 2);
  CHECK(old.notices[0].number == "iphone-6");
  CHECK(!old.notices[1].announced);
}

TEST_CASE("one recall has one number however it is written") {
  CHECK(recall_number("US CPSC", "26606") == "26-606");
  CHECK(recall_number("US CPSC", "26-606") == "26-606");
  CHECK(recall_number("US CPSC", "99123A") == "99-123a");
  CHECK(recall_number("ACCC", "2016/15123") == "2016/15123");
  CHECK(recall_slug("US CPSC", "26-606") == "us-cpsc-26-606");
  CHECK(page_key("https://www.Recalls.example/en/alert/X/?utm=1") == page_key("http://recalls.example/alert/x"));
}

TEST_CASE("what is no feed is refused in one sentence") {
  CHECK(refusal(read_file(testing::data_file("recalls/cpsc-error.json"))).find("error of the CPSC") != std::string::npos);
  CHECK(refusal("").find("empty") != std::string::npos);
  CHECK(refusal("<!DOCTYPE html><html><body>Not found</body></html>").find("web page") != std::string::npos);
  CHECK(refusal("{\"a\":1}").find("no recall feed") != std::string::npos);
  CHECK(refusal(std::string("\x00\x01\x02", 3)).find("no recall feed") != std::string::npos);
  CHECK(read_text("[]").notices.empty());
}

TEST_CASE("half a feed is refused at any length") {
  for (const std::string name : {"cpsc.json", "cpsc.xml", "accc.xml", "safety-gate.xml", "health-canada.json", "endoflife-iphone.json"}) {
    const auto whole = read_file(testing::data_file("recalls/" + name));
    for (const std::size_t part : {3, 5, 7, 9}) {
      INFO(name << " " << part);
      CHECK(!refusal(whole.substr(0, whole.size() * part / 10)).empty());
    }
  }
  const auto csv = read_file(testing::data_file("recalls/cpsc-site.csv"));
  CHECK(refusal(csv.substr(0, csv.rfind("Repair"))).find("cut short") != std::string::npos);
}

TEST_CASE("feeds that nest, swell or declare entities are refused before they hurt") {
  const std::string record = R"([{"RecallID":1,"RecallNumber":"26606","Title":"x","deep":)";
  CHECK(refusal(record + std::string(100, '[') + std::string(100, ']') + "}]").find("nests") != std::string::npos);
  CHECK(refusal(record + std::string(1'000'000, '[')).find("nests") != std::string::npos);
  CHECK(refusal(record + "\"" + std::string(20 << 20, 'x') + "\"}]").find("larger") != std::string::npos);
  std::string xml = "<ArrayOfRecall><Recall>";
  for (int i = 0; i < 100; ++i) xml += "<a>";
  CHECK(refusal(xml).find("nests") != std::string::npos);
  CHECK(refusal("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><ArrayOfRecall><Recall><Title>&b;</Title></Recall></ArrayOfRecall>").find("entities") != std::string::npos);
  CHECK(refusal("<ArrayOfRecall><Recall><Title>" + std::string(6 << 20, 'x') + "</Title></Recall></ArrayOfRecall>").find("larger") != std::string::npos);
  CHECK(refusal("<ArrayOfRecall><Recall a=\"" + std::string(12 << 20, 'x') + "\"></Recall></ArrayOfRecall>").find("larger") != std::string::npos);
}

TEST_CASE("other encodings are read or refused, never garbled") {
  CHECK(read_text("\xEF\xBB\xBF" R"([{"RecallID":1,"RecallNumber":"26606","Title":"Büro"}])").notices.at(0).title == "Büro");
  CHECK(refusal("[{\"RecallID\":1,\"RecallNumber\":\"26606\",\"Title\":\"B\xFCro\"}]").find("UTF-8") != std::string::npos);
  CHECK(read_text("<?xml version=\"1.0\" encoding=\"windows-1252\"?><ArrayOfRecall><Recall><RecallNumber>26606</RecallNumber><Title>B\xFCro \x80</Title></Recall></ArrayOfRecall>").notices.at(0).title == "Büro €");
  CHECK(!refusal("<?xml version=\"1.0\" encoding=\"klingon\"?><ArrayOfRecall><Recall/></ArrayOfRecall>").empty());
}

namespace {

/// ASCII and the Basic Multilingual Plane as UTF-16, with or without a mark.
std::string widened(const std::string& text, bool big_endian, bool mark) {
  std::string wide = !mark ? "" : big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    const unsigned length = c < 0x80 ? 1 : c < 0xE0 ? 2 : 3;
    unsigned unit = length == 1 ? c : length == 2 ? c & 0x1F : c & 0x0F;
    for (unsigned k = 1; k < length; ++k) unit = unit << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    wide += big_endian ? std::string{high, low} : std::string{low, high};
    i += length;
  }
  return wide;
}

}  // namespace

TEST_CASE("a feed in UTF-16 tells what it tells in UTF-8, with a mark and without, whatever its format") {
  for (const std::string name : {"cpsc.json", "cpsc.xml", "cpsc-site.csv", "health-canada.json", "endoflife-iphone.json", "accc.xml"}) {
    auto text = read_file(testing::data_file("recalls/" + name));
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    const auto narrow = read_text(text, name);
    // An XML declaration would name the wrong encoding.
    if (text.starts_with("<?xml")) text.erase(0, text.find("?>") + 2);
    for (const bool big : {false, true})
      for (const bool mark : {true, false}) {
        INFO(name << (big ? " big" : " little") << (mark ? " marked" : " unmarked"));
        const auto wide = read_text(widened(text, big, mark), name);
        CHECK(wide.summary.records == narrow.summary.records);
        REQUIRE(wide.notices.size() == narrow.notices.size());
        for (std::size_t i = 0; i < wide.notices.size(); ++i) {
          CHECK(wide.notices[i].title == narrow.notices[i].title);
          CHECK(wide.notices[i].description == narrow.notices[i].description);
        }
      }
  }
  // A character outside the basic plane that the end of a piece cuts in two.
  const std::string before = "[{\"RecallID\":1,\"RecallNumber\":\"26606\",\"Filler\":\"" + std::string(32694, 'x');
  for (const std::string fill : {"", "y", "yy", "yyy"}) {
    auto wide = widened(before + fill + "\",\"Title\":\"", false, false) + std::string("\x3D\xD8\x0C\xDD", 4) + widened("\"}]", false, false);
    CHECK(read_text(wide).notices.at(0).title.find("\xF0\x9F\x94\x8C") != std::string::npos);
  }
  CHECK(!refusal(widened("[{\"RecallID\":1,\"RecallNumber\":\"26606\"", false, true)).empty());
}

TEST_CASE("a long feed streams in memory that does not grow with it") {
  const std::string record = R"({"RecallID":7,"RecallNumber":"26606","RecallDate":"2026-07-09T00:00:00","Title":"X Recalls Y","Description":")" + std::string(3000, 'd') + "\"}";
  const auto run = [&](int count) {
    int given = -1;
    std::string now;
    std::size_t at = 0, records = 0;
    const ByteSource source = [&](char* to, std::size_t most) -> std::size_t {
      if (at == now.size()) {
        if (given > count) return 0;
        now = given < 0 ? "[" + record : given == count ? "]" : "," + record;
        at = 0;
        ++given;
      }
      return now.copy(to, most, std::exchange(at, std::min(now.size(), at + most)));
    };
    read_feed(source, "long", [&](RecallNotice&&) { ++records; });
    return records;
  };
  CHECK(run(500) == 501);
  const auto before = resident_kb();
  CHECK(run(20'000) == 20'001);
  CHECK(resident_kb() - before < 20'000);
}

TEST_CASE("rows read in pieces are the rows read at once") {
  const std::string text = "a;b\r\n\"x\r\n\"\"y\"\"\";2\r\n;\r\n\r\nlast;\"z\"";
  const auto whole = parse_csv(text);
  for (std::size_t size = 1; size < text.size(); ++size) {
    std::vector<CsvRow> rows;
    CsvReader reader([&](CsvRow&& row) { rows.push_back(std::move(row)); });
    for (std::size_t at = 0; at < text.size(); at += size) reader.read(std::string_view(text).substr(at, size));
    reader.finish();
    REQUIRE(rows.size() == whole.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CHECK(rows[i].cells == whole[i].cells);
      CHECK(rows[i].line == whole[i].line);
    }
  }
}

TEST_CASE("the title of an end of support is true before its day and after it") {
  const auto title = [](const std::string& eol) {
    const auto read = read_text(R"({"schema_version":"1.2.0","result":{"name":"iphone","label":"Apple iPhone","releases":[{"name":"6","label":"6","isEol":true,"eolFrom":)" + eol + "}]}}");
    return read.notices.at(0).title;
  };
  CHECK(title("\"2023-01-23\"") == "End of support for Apple iPhone 6: 23 January 2023");
  CHECK(title("\"2030-01-23\"") == "End of support for Apple iPhone 6: 23 January 2030");
  CHECK(title("null") == "Support for Apple iPhone 6 has ended");
}
