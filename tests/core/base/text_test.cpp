// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>

#include "core/base/codec.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/id.h"
#include "core/base/signal.h"
#include "core/base/one_line.h"
#include "core/base/text.h"
#include "core/base/xml.h"
#include "tests/support/plans.h"

using namespace mainstay;

TEST_CASE("A sentence gets its values, each once and never inside another value") {
  CHECK(tr("{a} needs {b}", {{"a", "{b}"}, {"b", "x"}}) == "{b} needs x");
  CHECK(tr("{unknown} {", {{"a", 1}}) == "{unknown} {");
  CHECK(tr_count(1, "{count} day", "{count} days") == "1 day");
  CHECK(tr_count(3, "{count} day", "{count} days") == "3 days");
}

TEST_CASE("Text is trimmed, split, joined and folded") {
  CHECK(trimmed(" \t x y\r\n") == "x y");
  CHECK(trimmed("  ").empty());
  CHECK(split(" a, ,b ,", ',') == std::vector<std::string>{"a", "b"});
  CHECK(join({"a", "b"}, "; ") == "a; b");
  CHECK(join({}, "; ").empty());
  CHECK(contains_folded("The Office", "oFF"));
  CHECK_FALSE(contains_folded("a", "ab"));
  CHECK(lower_case("ÄBC") == "Äbc");
}

TEST_CASE("Bytes that are no UTF-8 are found and replaced, and cutting keeps characters whole") {
  CHECK(is_clean_utf8("Zoë, naïve – 日本"));
  for (const auto* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x80", "a\x01", "\xE2\x82"}) CHECK_FALSE(is_clean_utf8(bad));
  CHECK(clean_utf8("a\xFF\x01z") == "a\xEF\xBF\xBDz");
  CHECK(shortened("ééééé", 8) == "éé…");
  CHECK(shortened("short", 8) == "short");
  CHECK(is_clean_utf8(shortened("日本日本日本", 7)));
}

TEST_CASE("Hashes and encodings agree with published vectors") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("").empty());
  CHECK(xml_escaped("<a b=\"1\">&\n", true) == "&lt;a b=&quot;1&quot;&gt;&amp;&#10;");
  CHECK(url_decoded("a%20b%2Fc%zz%") == "a b/c%zz%");
  CHECK(url_encoded("ä /~") == "%C3%A4%20%2F~");
}

TEST_CASE("Ids are short, plain and never the same") {
  const auto a = new_id("site"), b = new_id("site");
  CHECK(a.text.size() == 15);
  CHECK(a.text.starts_with("site-"));
  CHECK(a != b);
  CHECK(is_valid_id(a.text));
  CHECK_FALSE(is_valid_id(""));
  CHECK_FALSE(is_valid_id("a b"));
  CHECK_FALSE(is_valid_id("../x"));
  CHECK_FALSE(is_valid_id(std::string(81, 'a')));
  const auto uuid = new_uuid();
  REQUIRE(uuid.size() == 36);
  CHECK(uuid[14] == '4');
  CHECK(std::string_view("89ab").find(uuid[19]) != std::string_view::npos);
  CHECK(uuid != new_uuid());
}

TEST_CASE("A file is written whole or not at all, and a missing one has its own sentence") {
  const auto folder = testing::fresh_folder();
  write_file(folder + "/a.txt", "one");
  write_file(folder + "/a.txt", "two");
  CHECK(read_file(folder + "/a.txt") == "two");
  CHECK(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()) == 1);
  const auto code = [](auto action) {
    try { action(); } catch (const Error& e) { return e.code(); }
    return ErrorCode::usage;
  };
  CHECK(code([&] { read_file(folder + "/none"); }) == ErrorCode::missing_file);
  CHECK(code([&] { read_file(folder); }) == ErrorCode::missing_file);
  CHECK(code([&] { read_file(folder + "/a.txt", 2); }) == ErrorCode::refused);
  CHECK(code([&] { write_file(folder + "/no/such/x", "y"); }) == ErrorCode::io);
  CHECK(code([&] { write_file(folder, "y"); }) == ErrorCode::io);
}

TEST_CASE("XML that is broken, deep or full of entities is refused, with its place") {
  const auto refused = [](const std::string& bytes) {
    try { parse_xml(bytes, "x.xml"); } catch (const Error& e) { return std::string(e.what()); }
    return std::string();
  };
  CHECK(refused("<a>\n<b></a>").find("line 2") != std::string::npos);
  CHECK_FALSE(refused("").empty());
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  CHECK(refused(deep).find("deeper") != std::string::npos);
  CHECK(refused("<!DOCTYPE a [<!ENTITY b \"boom\">]><a t=\"&b;\"/>").find("declares entities of its own") != std::string::npos);
  CHECK(refused("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>").find("declares entities of its own") != std::string::npos);
  CHECK(refused("<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><plist/>").empty());
}

TEST_CASE("A listener that left hears nothing more") {
  Signal signal;
  int heard = 0;
  {
    const auto subscription = signal.subscribe([&] { ++heard; });
    signal.emit();
  }
  signal.emit();
  CHECK(heard == 1);
}

TEST_CASE("Somebody else's text becomes one line that reads as it was written") {
  CHECK(one_line("a.sparsebundle\nOK  Server  1 h old") == "a.sparsebundle OK  Server  1 h old");
  CHECK(one_line("\r\n\tkept\r\n\n") == "kept");
  CHECK(one_line("a\u2028b\u2029c\u0085d") == "a b c d");
  CHECK(one_line("\x1b[2Jred\x07\u009b31m\x7f") == "[2Jred31m");
  CHECK(one_line("\u202egnp.exe\u2066x\u2069\u200f\u061c") == "gnp.exex");
  CHECK(one_line("Zoë’s “日本” 🖥\xff") == "Zoë’s “日本” 🖥\xEF\xBF\xBD");
  CHECK(one_line("").empty());
}
