// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <set>

#include <pugixml.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/rule.h"
#include "core/check/check.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

struct Sample {
  std::string rule, expect, severity, question, says, as_of, records, file, plan_path;
  int point_age = -1;  ///< minutes: a reading of the backup “b” as of now
  bool alarm = false;
  int history_before = -1, history_now = -1;  ///< restore points at the reading before, and at this one
};

std::vector<Sample> samples() {
  std::vector<Sample> all;
  for (const auto& entry : std::filesystem::directory_iterator(testing::data_file("rules"))) {
    pugi::xml_document document;
    REQUIRE(document.load_file(entry.path().c_str()));
    for (const auto& node : document.child("samples").children("sample")) {
      Sample s{node.attribute("rule").value(), node.attribute("expect").value(), node.attribute("severity").value(), node.attribute("question").value(),
               node.attribute("says").value(), node.attribute("as_of").as_string("2026-11-24"), "", entry.path().filename().string(), node.attribute("plan_path").value(),
               node.attribute("point_age").as_int(-1), node.attribute("alarm").as_bool(), node.attribute("history_before").as_int(-1), node.attribute("history_now").as_int(-1)};
      struct Writer : pugi::xml_writer {
        std::string text;
        void write(const void* data, std::size_t size) override { text.append(static_cast<const char*>(data), size); }
      } writer;
      for (const auto& child : node.children()) child.print(writer, "", pugi::format_raw);
      s.records = writer.text;
      all.push_back(std::move(s));
    }
  }
  return all;
}

Instant noon(std::string_view day) { return Instant(std::int64_t(parse_date(day)->days) * 86400 + 43200); }

std::vector<Finding> findings_of(const Plan& plan, std::string_view day = "2026-11-24", const std::string& path = "", int point_age = -1, bool alarm = false, int history_before = -1, int history_now = -1) {
  const Graph graph(plan);
  std::vector<Observation> observations;
  if (point_age >= 0) {
    Observation o;
    o.uuid = "u";
    o.backup_id = Id{"b"};
    o.outcome = Observation::Outcome::read;
    o.read_at = noon(day);
    o.last_point = o.last_attempt = noon(day).plus_minutes(-point_age);
    o.alarm = alarm;
    o.history_count = history_now;
    observations.push_back(o);
    if (history_before >= 0) {
      o.uuid = "before";
      o.read_at = o.read_at.plus_minutes(-60);
      o.history_count = history_before;
      observations.push_back(o);
    }
  }
  return check_plan({plan, graph, observations, noon(day), "hash", path});
}

const Finding* of_rule(const std::vector<Finding>& all, std::string_view rule) {
  for (const auto& f : all)
    if (f.rule_id == rule) return &f;
  return nullptr;
}

}  // namespace

TEST_CASE("every sample of every rule gets the verdict it states") {
  for (const auto& s : samples()) {
    INFO(s.file << " " << s.rule << " expects " << s.expect << ": " << s.records);
    const auto plan = testing::plan(s.records);
    const auto found = findings_of(plan, s.as_of, s.plan_path, s.point_age, s.alarm, s.history_before, s.history_now);
    const auto* finding = of_rule(found, s.rule);
    if (s.expect == "none") {
      INFO((finding ? finding->message : ""));
      CHECK(finding == nullptr);
      continue;
    }
    CHECK(finding != nullptr);
    if (!finding) continue;
    INFO(finding->message);
    CHECK(verdict_name(finding->verdict) == s.expect);
    if (!s.severity.empty()) CHECK(severity_name(finding->severity) == s.severity);
    if (!s.question.empty()) CHECK(finding->question == s.question);
    if (!s.says.empty()) CHECK(finding->message.find(s.says) != std::string::npos);
    CHECK(finding->message.find('{') == std::string::npos);
    CHECK(finding->title.find('{') == std::string::npos);
    CHECK(!finding->steps.empty());
    if (!finding->question.empty()) CHECK(!finding->question_text.empty());
  }
}

TEST_CASE("a rule without samples that trip it and that just miss it fails here") {
  std::map<std::string, std::set<std::string>> expected;
  for (const auto& s : samples()) expected[s.rule].insert(s.expect == "possible" ? "affected" : s.expect);
  for (const auto& pack : load_packs())
    for (const auto& rule : pack.rules) {
      INFO(rule.id);
      std::set<std::string> wanted{"none"};
      for (const auto& c : rule.cases)
        if (c.verdict == Verdict::affected || c.verdict == Verdict::possible) wanted.insert("affected");
        else if (c.verdict != Verdict::not_affected) wanted.insert(std::string(verdict_name(c.verdict)));
      if (rule.has_fallback) wanted.insert("unknown");
      for (const auto& verdict : wanted) {
        INFO("no sample expects " << verdict);
        CHECK(expected[rule.id].contains(verdict));
      }
    }
}

TEST_CASE("a broken pack is refused with its file and place") {
  const auto reason = [](std::string_view xml) {
    try {
      pack_from_xml(xml, "mine.xml");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::bad_value);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  CHECK(reason("<pack id='p' title='P'>\n <rule id='r' title='R' applies_to='device'><case><when><isnt/></when><message>m</message></case></rule></pack>").find("line 2, column") != std::string::npos);
  CHECK(reason("<pack id='p' title='P'><rule id='r' title='R' applies_to='gadget'/></pack>").find("gadget") != std::string::npos);
  CHECK(reason("<pack id='p' title='P'><rule id='r' title='R' applies_to='device' severity='bad'/></pack>").find("mine.xml") != std::string::npos);
  CHECK(reason("<pack id='p' title='P'><rule id='r' title='R' applies_to='device'><case><when><build_before field='os_build' value='nine'/></when><message>m</message></case></rule></pack>").find("13D20") != std::string::npos);
  CHECK(reason("<nothing/>").find("mine.xml") != std::string::npos);
  CHECK(reason("<pack").find("mine.xml") != std::string::npos);
}

TEST_CASE("a pack is found by its id and by its file, and an unknown one is refused") {
  const auto plan = testing::plan("<device id='d' name='Phone' kind='phone'/>");
  const Graph graph(plan);
  const std::vector<Observation> nothing;
  const CheckInput input{plan, graph, nothing, Instant(1'790'000'000), "", ""};
  CHECK(check_plan(input, "error53").size() == 1);
  CHECK(check_plan(input, "error53.xml").size() == 1);
  CHECK_THROWS_AS(check_plan(input, "error54"), Error);
}

TEST_CASE("a waived finding stays away until its day") {
  const std::string device = "<device id='d' name='Phone' kind='phone'/><waiver id='w' rule_id='error53' subject_id='d' reason='Sold next week' until='2026-12-01'/>";
  const auto plan = testing::plan(device);
  CHECK(of_rule(findings_of(plan, "2026-11-30"), "error53") == nullptr);
  CHECK(of_rule(findings_of(plan, "2026-12-01"), "error53") != nullptr);
}

TEST_CASE("questions about a device are asked, and an answer changes the verdict") {
  auto plan = testing::plan("<device id='d' name='Plugs' kind='wall_plug' brand='Apple' sale_region='australia' count='9'/><device id='x' name='Router' kind='router'/>");
  const auto questions = inventory_questions(plan);
  std::set<std::string> asked;
  for (const auto& q : questions) {
    CHECK(q.subject_id == Id{"d"});
    CHECK(q.text.find('{') == std::string::npos);
    asked.insert(q.attribute);
  }
  CHECK(asked == std::set<std::string>{"inspected_count", "affected_count", "exchanged_count"});
  const Date today = *parse_date("2026-11-24");
  for (const auto& [name, value] : std::map<std::string, std::string>{{"inspected_count", "9"}, {"affected_count", "(none)"}})
    plan = applied(plan, answer_question(plan, Id{"d"}, name, value, today));
  CHECK(of_rule(findings_of(plan), "apple-plug-two-prong") == nullptr);
  CHECK(of_rule(findings_of(plan), "apple-plug-two-prong-inspect") == nullptr);
  CHECK(answer_question(plan, Id{"d"}, "inspected_count", "9", today).empty());
  plan = applied(plan, answer_question(plan, Id{"d"}, "inspected_count", "", today));
  CHECK(of_rule(findings_of(plan), "apple-plug-two-prong-inspect") != nullptr);
  plan = applied(plan, answer_question(plan, Id{"d"}, "count", "3", today));
  CHECK(plan.devices[0].count == Number(3));
  CHECK_THROWS_AS(answer_question(plan, Id{"d"}, "inspected_count", "a few", today), Error);
}
