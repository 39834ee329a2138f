// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/check/check.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const Instant now = *parse_instant("2026-11-24T12:00:00Z");

std::vector<Finding> about(const Plan& plan, std::string_view device) {
  const Graph graph(plan);
  const std::vector<Observation> nothing;
  auto findings = check_plan({plan, graph, nothing, now, "hash", ""});
  std::erase_if(findings, [&](const Finding& f) { return f.subject_id.text != device; });
  return findings;
}

std::vector<std::string> asked(const Plan& plan, std::string_view device) {
  std::vector<std::string> questions;
  for (const auto& question : inventory_questions(plan, now))
    if (question.subject_id.text == device) questions.push_back(question.attribute);
  return questions;
}

}  // namespace

TEST_CASE("a device of which nothing is known is asked what it is, and nothing else") {
  const auto plan = testing::plan(R"(<device id="d" name="Thing"/>)");
  const auto findings = about(plan, "d");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].question == "kind");
  CHECK(findings[0].question_text == "What kind of thing is “Thing”?");
  CHECK(findings[0].verdict == Verdict::unknown);
  CHECK(findings[0].severity >= Severity::warning);
  REQUIRE_FALSE(findings[0].notes.empty());
  CHECK(findings[0].notes.back().find("wait for this") != std::string::npos);
  CHECK(asked(plan, "d") == std::vector<std::string>{"kind"});
  const auto question = inventory_questions(plan, now).front();
  CHECK(question.text == "What kind of thing is “Thing”?");
  CHECK(question.choices.size() == Device::info().field("kind")->choices.size());
  const auto answered = applied(plan, answer_question(plan, Id{"d"}, "kind", "wall_plug", now.date()));
  CHECK(asked(answered, "d").size() > 1);
}

TEST_CASE("a phone of which only the kind is known is asked for its model before repairs") {
  const auto plan = testing::plan(R"(<device id="d" name="Phone" kind="phone"/>)");
  const auto findings = about(plan, "d");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].question == "model");
  CHECK(findings[0].severity >= Severity::warning);
  CHECK(asked(plan, "d") == std::vector<std::string>{"model_identifier"});
  const auto known = testing::plan(R"(<device id="d" name="Phone" kind="phone" brand="Apple" model="iPhone 6" model_identifier="iPhone7,2"/>)");
  const auto questions = asked(known, "d");
  CHECK(std::find(questions.begin(), questions.end(), "repaired_by_third_party") != questions.end());
}

TEST_CASE("what is known to concern a device is said whatever else is missing, and a pack asked for by itself hides nothing") {
  const auto plug = testing::plan(R"(<device id="d" name="Plug" kind="wall_plug"/>)");
  CHECK(about(plug, "d").size() == 1);  // of whatever kind it is
  for (const auto& finding : about(plug, "d")) CHECK(finding.question_text.find("”: ") == std::string::npos);
  const auto plan = testing::plan(R"(<device id="d" name="Phone" kind="phone"/>)");
  const Graph graph(plan);
  const std::vector<Observation> nothing;
  CHECK(check_plan({plan, graph, nothing, now, "hash", ""}, "error53").size() == 1);
  const auto waived = testing::plan(R"(<device id="d" name="Phone" kind="phone"/><waiver id="w" rule_id="audit.device-model" subject_id="d" reason="r" until="2027-12-01"/>)");
  CHECK(about(waived, "d").front().rule_id == "error53");
}
