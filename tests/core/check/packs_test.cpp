// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/check/rule.h"
#include "core/check/check.h"
#include "core/rule_samples.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

std::vector<RuleSample> samples() {
  std::vector<RuleSample> all;
  for (const auto& entry : std::filesystem::directory_iterator(testing::data_file("rules"))) {
    const auto some = rule_samples(read_file(entry.path().string(), 1 << 20), entry.path().filename().string());
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

Instant noon(std::string_view day) { return Instant(std::int64_t(parse_date(day)->days) * 86400 + 43200); }

std::vector<Finding> findings_of(const Plan& plan, std::string_view day = "2026-11-24") {
  const Graph graph(plan);
  const std::vector<Observation> nothing;
  return check_plan({plan, graph, nothing, noon(day), "hash", ""});
}

const Finding* of_rule(const std::vector<Finding>& all, std::string_view rule) {
  for (const auto& f : all)
    if (f.rule_id == rule) return &f;
  return nullptr;
}

}  // namespace

TEST_CASE("every sample of every rule gets the verdict it states") {
  const auto packs = load_packs();
  for (const auto& s : samples()) {
    INFO(s.file << ", line " << s.line << ", " << s.rule << ": " << s.records);
    CHECK(sample_fault(packs, s) == "");
  }
}

TEST_CASE("a rule without samples that trip it and that just miss it fails here") {
  const auto all = samples();
  std::set<std::string> rules;
  for (const auto& pack : load_packs()) {
    CHECK(join(missing_samples(pack, all), "\n") == "");
    for (const auto& rule : pack.rules) rules.insert(rule.id);
  }
  for (const auto& s : all) {
    INFO(s.file << ", line " << s.line);
    CHECK(rules.contains(s.rule));
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
