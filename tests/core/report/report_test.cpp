// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/exchange/plan_xml.h"
#include "core/report/outline.h"
#include "core/report/paginate.h"
#include "core/report/report.h"
#include "core/report/section.h"
#include "core/report/write_pdf.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {
const std::string hash = "ab12cd34ef567890ab12cd34ef567890ab12cd34ef567890ab12cd34ef567890";
const Instant now(1795507200);  // 24 November 2026

struct Made {
  Plan plan;
  Graph graph;
  std::vector<Observation> observations;
  std::vector<Finding> findings;
  explicit Made(Plan p) : plan(std::move(p)), graph(plan) {}
  ReportInput input() const { return {plan, graph, observations, findings, now, hash, 7, ""}; }
  ReportDocument report(std::string_view id) const { return build_report(input(), id); }
};

Plan starter(const std::string& id) {
  const auto text = template_text("plans/" + id + ".xml");
  REQUIRE(text);
  return plan_from_xml(*text, id);
}

std::string words_of(const ReportDocument& document) { return write_html(document); }

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++count;
  return count;
}
}  // namespace

TEST_CASE("Every outline names sections that exist, and every report of an empty plan prints", "[report]") {
  const auto outlines = load_outlines();
  REQUIRE(outlines.size() >= 6);
  CHECK(outlines.front().id == "plan");
  const Made made{Plan{}};
  for (const auto& info : report_list()) {
    INFO(info.id);
    CHECK_FALSE(info.title.empty());
    CHECK_FALSE(info.purpose.empty());
    const auto document = made.report(info.id);
    CHECK(LaidOutReport(document).pages() >= 1);
    for (const auto& block : document.blocks)
      if (const auto* table = std::get_if<TableBlock>(&block)) CHECK((table->flat || !table->rows.empty()));
  }
}

TEST_CASE("An unknown report or format is refused with the names of those there are", "[report]") {
  const Made made{Plan{}};
  try {
    made.report("nonsense");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(std::string(error.what()).find("first-hour") != std::string::npos);
  }
  const auto path = mainstay::testing::fresh_folder() + "/plan.docx";
  CHECK_THROWS_AS(export_report(made.input(), "plan", path), Error);
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("An outline with an unknown section or a bad colour says which file is wrong", "[report]") {
  CHECK_THROWS_WITH(parse_outline("<report title='A'><section id='nowhere'/></report>", "reports/mine.xml"), Catch::Contains("reports/mine.xml") && Catch::Contains("nowhere") && Catch::Contains("cover"));
  CHECK_THROWS_WITH(parse_outline("<report title='A' accent='teal'/>", "reports/mine.xml"), Catch::Contains("teal"));
  CHECK(parse_outline("<report title='A' accent='#112233'><section id='cover'/></report>", "reports/mine.xml").id == "mine");
}

TEST_CASE("The first hour of every starter plan fits on two pages, the call list with it", "[report]") {
  for (const auto* id : {"blank", "shop", "office", "clinic", "sample"}) {
    INFO(id);
    const Made made{starter(id)};
    CHECK(LaidOutReport(made.report("first-hour")).pages() <= 2);
  }
}

TEST_CASE("The first-hour page names who decides, whom to call and where to meet", "[report]") {
  const Made made{mainstay::testing::plan(
      "<organisation id='organisation' name='Harbour Books'/>"
      "<site id='hall' name='Church hall' kind='alternate' address='2 Church Lane'/>"
      "<person id='ana' name='Ana Silva' phone='+61 400 111 222'/><person id='ben' name='Ben Cole' phone='+61 400 333 444'/>"
      "<role id='lead' name='Incident lead' holder_id='ana' alternate_id='ben' may_declare='yes' call_order='1'/>"
      "<procedure id='act' name='Starting' phase='activation' criteria='Any one of these: somebody is hurt; the shop is closed for 4 hours; data is lost.'/>"
      "<procedure id='hour' name='First hour' phase='first_hour'/>"
      "<step id='s1' procedure_id='hour' position='1' action='Count everybody' role_id='lead' within_minutes='10'/>")};
  const auto html = words_of(made.report("first-hour"));
  for (const auto* part : {"Ana Silva, +61 400 111 222", "Ben Cole", "the shop is closed for 4 hours", "Count everybody", "within 10 min", "Church hall", "2 Church Lane", "code AB12-CD34", "no review date set"}) {
    INFO(part);
    CHECK(html.find(part) != std::string::npos);
  }
}

TEST_CASE("Starter plans print without brackets, filler or empty tables", "[report]") {
  for (const auto* id : {"shop", "office", "clinic", "sample"}) {
    INFO(id);
    const Made made{starter(id)};
    const auto document = made.report("plan");
    for (const auto& block : document.blocks)
      if (const auto* table = std::get_if<TableBlock>(&block)) CHECK_FALSE(table->rows.empty());
    const auto html = words_of(document);
    for (const auto* part : {"TODO", "(none)", "{", "lorem"}) {
      const auto body = html.substr(html.find("</style>"));
      INFO(part);
      CHECK(body.find(part) == std::string::npos);
    }
  }
}

TEST_CASE("Priorities stand in the order of their recovery time, then their rank", "[report]") {
  const auto plan = mainstay::testing::plan(
      "<activity id='c' name='Third' rto_minutes='600' rank='2'/><activity id='d' name='Unknown'/>"
      "<activity id='b' name='Second' rto_minutes='600' rank='1'/><activity id='a' name='First' rto_minutes='60'/>");
  std::vector<std::string> names;
  for (const auto* activity : activities_in_order(plan)) names.push_back(activity->name);
  CHECK(names == std::vector<std::string>{"First", "Second", "Third", "Unknown"});
}

TEST_CASE("A recovery time that nobody measured is never shown as good", "[report]") {
  const auto verdict = [](const std::string& basis) {
    const Made made{mainstay::testing::plan("<activity id='a' name='Sell' rto_minutes='240'/><resource id='r' name='Till' kind='system' recovery_minutes='60'" + basis + "/>"
                                            "<link id='l' from_id='a' to_id='r' kind='needs'/>")};
    const auto document = made.report("plan");
    for (const auto& block : document.blocks)
      if (const auto* table = std::get_if<TableBlock>(&block); table && table->columns.back().title == "Verdict" && table->columns.front().title == "No.") return table->rows.at(0).back().at(0).tone;
    return Tone::plain;
  };
  CHECK(verdict("") == Tone::unknown);
  CHECK(verdict(" recovery_basis='asserted'") == Tone::unknown);
  CHECK(verdict(" recovery_basis='tested'") == Tone::good);
}

TEST_CASE("A restore time is good only where even the slow end of its band is in time", "[report]") {
  const auto verdict = [](const std::string& rto, const std::string& result = "pass") {
    const Made made{mainstay::testing::plan("<activity id='a' name='Sell' rto_minutes='" + rto + "'/><resource id='r' name='Ledger' kind='data'/><link id='l' from_id='a' to_id='r' kind='needs'/><backup id='b' name='NAS'/>"
                                            "<link id='p' from_id='b' to_id='r' kind='protects'/><restore_test id='t' backup_id='b' on='2026-06-01' result='" + result + "' took_minutes='60' sample_mb='600' full_mb='1000'/>")};
    const auto document = made.report("backup-evidence");
    for (const auto& block : document.blocks)
      if (const auto* table = std::get_if<TableBlock>(&block); table && table->columns.size() > 2 && table->columns[2].title == "Whole set would take") return table->rows.at(0).back().at(0).tone;
    return Tone::plain;
  };
  CHECK(verdict("200") == Tone::good);
  CHECK(verdict("199") == Tone::warning);
  CHECK(verdict("99") == Tone::bad);
  CHECK(verdict("200", "partial") == Tone::unknown);
}

TEST_CASE("A backup that could not be read shows its last known point and is not called failed", "[report]") {
  Made made{mainstay::testing::plan("<activity id='a' name='Sell' rpo_minutes='1440'/><resource id='d' name='Stock' kind='data'/><backup id='b' name='NAS copy'/>"
                                    "<link id='l' from_id='a' to_id='d' kind='needs'/><link id='p' from_id='b' to_id='d' kind='protects'/>")};
  Observation good, silent;
  good.uuid = "1", silent.uuid = "2";
  good.backup_id = silent.backup_id = Id{"b"};
  good.outcome = Observation::Outcome::read;
  good.read_at = now.plus_minutes(-3000);
  good.last_point = good.last_attempt = now.plus_minutes(-3060);
  silent.outcome = Observation::Outcome::unreadable;
  silent.read_at = now.plus_minutes(-60);
  made.observations = {good, silent};
  const auto html = words_of(made.report("backup-evidence"));
  CHECK(html.find("could not read") != std::string::npos);
  CHECK(html.find("last known point") != std::string::npos);
  CHECK(html.find("Failed") == std::string::npos);
}

TEST_CASE("The same plan gives the same bytes, as PDF and as HTML", "[report]") {
  const Made made{starter("shop")};
  const auto document = made.report("plan");
  const auto pdf = write_pdf(document, now);
  CHECK(pdf == write_pdf(made.report("plan"), now));
  CHECK(pdf.starts_with("%PDF-"));
  CHECK(pdf_page_count(pdf) == LaidOutReport(document).pages());
  CHECK(write_html(document) == write_html(made.report("plan")));
  CHECK(pdf_page_count("no pdf") == -1);
}

TEST_CASE("An export is read back, in each format", "[report]") {
  const Made made{starter("shop")};
  const auto folder = mainstay::testing::fresh_folder();
  for (const auto* name : {"plan.pdf", "plan.html", "plan.csv"}) {
    INFO(name);
    export_report(made.input(), "plan", folder + "/" + name);
    CHECK(std::filesystem::file_size(folder + "/" + name) > 1000);
  }
  export_report(made.input(), "first-hour", folder + "/sheet", "pdf");
  CHECK(pdf_page_count(read_file(folder + "/sheet")) <= 2);
  CHECK_THROWS_AS(export_report(made.input(), "plan", folder + "/missing/plan.pdf"), Error);
}

TEST_CASE("HTML is one file that loads nothing, with everything escaped", "[report]") {
  const Made made{mainstay::testing::plan("<organisation id='organisation' name='A &lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons'/><activity id='a' name='&quot;Sell&quot; &lt;b&gt;' rto_minutes='60'/>")};
  const auto html = words_of(made.report("plan"));
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;") != std::string::npos);
  CHECK(html.find("<b>") == std::string::npos);
  for (const auto* part : {"src=", "url(", "@import", "<link"}) CHECK(html.find(part) == std::string::npos);
  CHECK(html.ends_with("</html>\n"));
  CHECK(html.find("scope=\"col\"") != std::string::npos);
  CHECK(count_of(html, "<table") == count_of(html, "</table>"));
}

TEST_CASE("Table rows stay whole, headers come again on each page, and headings keep what follows", "[report]") {
  ReportDocument document;
  document.stamp = "Stamp";
  TableBlock table;
  table.columns = {{"No.", 1}, {"Text", 5}};
  for (int i = 0; i < 200; ++i) table.rows.push_back({plain(std::to_string(i)), plain("Some words that fill a line or two of this cell, so that rows differ in height.")});
  document.blocks = {Heading{1, "Long table", "long"}, table, Heading{2, "After", "after"}, Paragraph{plain("Last words."), false}};
  const auto report = paginate(document);
  REQUIRE(report.pages.size() > 3);
  for (std::size_t p = 0; p < report.pages.size(); ++p) {
    REQUIRE_FALSE(report.pages[p].empty());
    if (p > 0 && p + 1 < report.pages.size()) CHECK(report.pages[p].front().repeated);
    CHECK(report.pages[p].back().y + report.pages[p].back().piece->height <= report.shape.text_height() + 0.5);
    CHECK(report.pages[p].back().piece->level == 0);
  }
  CHECK(report.page_of.at("after") == static_cast<int>(report.pages.size()));
}

TEST_CASE("A word or a row longer than the page is wrapped rather than lost", "[report]") {
  ReportDocument document;
  TableBlock table;
  table.columns = {{"A", 1}, {"B", 1}};
  std::string endless;
  for (int i = 0; i < 4000; ++i) endless += "word ";
  table.rows = {{plain(std::string(3000, 'x')), plain(endless)}};
  document.blocks = {table, Paragraph{plain(std::string(9000, 'y')), false}, Callout{Tone::bad, "Tall", plain(endless)}};
  const auto report = paginate(document);
  for (const auto& page : report.pages)
    for (const auto& placed : page) CHECK(placed.y + placed.piece->height <= report.shape.text_height() + 0.5);
  CHECK(pdf_page_count(write_pdf(document, now)) == static_cast<int>(report.pages.size()));
}

TEST_CASE("A page can be drawn for a preview, and a page that does not exist is refused", "[report]") {
  const Made made{starter("shop")};
  const auto document = made.report("first-hour");
  const auto image = LaidOutReport(document).image(0, 0.5);
  CHECK(image.width == 298);
  CHECK(image.height == 421);
  CHECK(image.pixels.size() == static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
  CHECK(std::count(image.pixels.begin(), image.pixels.end(), 255) < static_cast<std::ptrdiff_t>(image.pixels.size()));
  CHECK_THROWS_AS(LaidOutReport(document).image(99, 1), Error);
}

TEST_CASE("A report that begins with its contents prints", "[report]") {
  ReportDocument document;
  document.blocks = {Contents{}, Heading{1, "Only chapter", "only"}, Paragraph{plain("Words"), false}};
  CHECK(LaidOutReport(std::move(document)).pages() >= 1);
}
