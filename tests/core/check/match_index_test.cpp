// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>

#include "core/check/explain.h"
#include "core/check/match_index.h"
#include "core/model/graph.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

const std::vector<Observation> no_readings;

/// One of the values, or nothing at all: what inventories leave out is what three-valued logic is for.
template <class Random>
std::string some(Random& random, const std::vector<std::string>& values) {
  const auto i = random() % (values.size() + 2);
  return i < values.size() ? values[i] : std::string();
}

Plan mixed_inventory(int devices) {
  std::mt19937 random(53);
  Plan plan;
  for (int i = 0; i < devices; ++i) {
    Device d;
    d.id = Id{"d" + std::to_string(i)};
    d.name = some(random, {"Phone", "World travel kit", "USB adapter", "Plug"});
    d.kind = static_cast<Device::Kind>(random() % 15);
    d.brand = some(random, {"Apple", "Anker", "BELKIN", "APC by Schneider", "HP", "Lenovo", "Toshiba", "WD", "Synology", "Dell Inc.", "Nobody", "(none)"});
    d.model = some(random, {"iPhone 6", "iPhone", "iPad Pro", "MacBook Pro (Retina, 15-inch, Mid 2015)", "HP ProBook 640 G2", "ThinkPad T410", "20HQS0LV00", "My Book Live", "My Cloud EX2", "PowerCore A1263", "Surface Pro 3", "Odd thing"});
    d.model_identifier = some(random, {"iPhone7,2", "iPhone6,1", "iPad6,3", "MacBookPro11,4", "MacBookPro18,1"});
    d.model_number = some(random, {"A1586", "A1263", "A1300", "MMA008", "PRO8T2", "BK500", "BI-B41", "20KH"});
    d.serial = some(random, {"57X123", "58X123", "AB0251X", "AB0252X", "NA00123", "NA03123", "000H21"});
    d.os_name = some(random, {"iOS", "macOS", "Windows 10 Pro", "Windows", "DSM", "Kerio Control"});
    d.os_version = some(random, {"9.2.1", "9.3", "15.8", "13.7", "10.0.19045", "10.0.17763", "6.2.4-25556", "5.26.201", "odd"});
    d.os_build = some(random, {"13D15", "13D20", "22H2"});
    d.purchased_on = random() % 2 ? Date() : Date::of(2009 + int(random() % 12), 6, 1);
    d.sale_region = static_cast<Region>(random() % 14);
    plan.devices.push_back(d);
  }
  return plan;
}

ConditionSubject subject_of(const std::map<std::string, std::string, std::less<>>& values) {
  return {[&values](std::string_view name) {
            const auto found = values.find(name);
            return found == values.end() ? std::string() : found->second;
          },
          nullptr};
}

Condition leaf(std::mt19937& random) {
  static const std::vector<std::string> fields{"a", "b", "c"};
  const auto& field = fields[random() % 3];
  switch (random() % 4) {
    case 0: return {Condition::Op::is, field, {"x"}, {}};
    case 1: return {Condition::Op::in, field, {"x", "y"}, {}};
    case 2: return {Condition::Op::known, field, {}, {}};
    default: return {Condition::Op::glob, field, {"*x*"}, {}};
  }
}

Condition tree(std::mt19937& random, int depth) {
  using Op = Condition::Op;
  if (depth == 0 || random() % 5 == 0) return leaf(random);
  static constexpr Op ops[] = {Op::all, Op::any, Op::first, Op::negate, Op::where, Op::unsure, Op::yes, Op::no};
  Condition c;
  c.op = ops[random() % 8];
  const auto parts = c.op == Op::negate || c.op == Op::unsure ? 1u : c.op == Op::where ? 2u : c.op == Op::yes || c.op == Op::no ? 0u : 1u + random() % 3;
  for (unsigned i = 0; i < parts; ++i) c.parts.push_back(tree(random, depth - 1));
  return c;
}

}  // namespace

TEST_CASE("what a condition comes to is always among what was possible with some fields open") {
  std::mt19937 random(17);
  const std::vector<std::string> values{"", "x", "y", "z", "(none)", "axb"};
  for (int i = 0; i < 4000; ++i) {
    const auto condition = tree(random, 4);
    const auto fixed = random() % 8;
    const auto is_fixed = [&](std::string_view name) { return ((fixed >> (name[0] - 'a')) & 1) != 0; };
    std::map<std::string, std::string, std::less<>> known;
    for (const char* name : {"a", "b", "c"}) known[name] = values[random() % values.size()];
    const auto possible = possible_truths(condition, subject_of(known), is_fixed);
    for (int k = 0; k < 20; ++k) {
      auto actual = known;
      for (auto& [name, value] : actual)
        if (!is_fixed(name)) value = values[random() % values.size()];
      INFO(canonical_text(condition));
      REQUIRE((possible & possible_of(evaluate(condition, subject_of(actual)))) != 0);
    }
  }
}

TEST_CASE("with every field known only what the condition comes to is possible") {
  std::mt19937 random(18);
  for (int i = 0; i < 1000; ++i) {
    const auto condition = tree(random, 4);
    const std::map<std::string, std::string, std::less<>> known{{"a", "x"}, {"b", ""}, {"c", "z"}};
    CHECK(possible_truths(condition, subject_of(known), [](std::string_view) { return true; }) == possible_of(evaluate(condition, subject_of(known))));
  }
}

TEST_CASE("the index leaves out no rule that has anything to say") {
  const auto plan = mixed_inventory(3000);
  const Graph graph(plan);
  const CheckContext context(plan, graph, no_readings, Instant(1'795'500'000), "", "");
  const auto packs = load_packs();
  std::vector<const Rule*> rules;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules)
      if (rule.function.empty() && std::find(rule.applies_to.begin(), rule.applies_to.end(), "device") != rule.applies_to.end()) rules.push_back(&rule);
  const auto& table = *table_of("device");
  MatchIndex index(rules, table, context);
  std::size_t tried = 0, concerned = 0;
  for (std::size_t i = 0; i < plan.devices.size(); ++i) {
    const RecordRef ref{&table, table.at(plan, i), table.id_at(plan, i)};
    const auto& candidates = index.candidates(ref);
    const auto subject = context.subject(ref);
    tried += candidates.size();
    for (const auto* rule : rules) {
      const bool is_candidate = std::find(candidates.begin(), candidates.end(), rule) != candidates.end();
      if (evaluate(rule->match, subject) == Truth::no) continue;
      ++concerned;
      INFO(rule->id << " " << ref.id.text);
      REQUIRE(is_candidate);
    }
    CHECK(std::is_sorted(candidates.begin(), candidates.end(), [&](const Rule* a, const Rule* b) { return std::find(rules.begin(), rules.end(), a) < std::find(rules.begin(), rules.end(), b); }));
  }
  INFO(tried << " tried, " << concerned << " concerned, of " << rules.size() * plan.devices.size());
  CHECK(tried < rules.size() * plan.devices.size() / 4);
  CHECK(concerned > 1000);
}

TEST_CASE("a check finds the same as trying every rule on every record") {
  const auto plan = mixed_inventory(1500);
  const Graph graph(plan);
  const Instant now(1'795'500'000);
  const CheckContext context(plan, graph, no_readings, now, "", "");
  const auto packs = load_packs();
  std::map<std::string, std::string> expected, found;
  const auto& table = *table_of("device");
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules) {
      if (!rule.function.empty() || std::find(rule.applies_to.begin(), rule.applies_to.end(), "device") == rule.applies_to.end()) continue;
      for (std::size_t i = 0; i < plan.devices.size(); ++i)
        if (const auto f = finding_of(rule, context, {&table, table.at(plan, i), table.id_at(plan, i)})) expected[f->rule_id + " " + f->subject_id.text] = f->message;
    }
  for (const auto& f : check_plan({plan, graph, no_readings, now, "", ""}, packs, {}))
    if (f.subject_kind == "device") found[f.rule_id + " " + f.subject_id.text] = f.message;
  for (const auto& [key, message] : expected) {
    INFO(key);
    CHECK(found[key] == message);
  }
  CHECK(expected.size() > 500);
  CHECK(found.size() == expected.size());
}

TEST_CASE("an explanation shows what each line saw, and chooses the case that the finding words") {
  const auto plan = testing::plan("<device id='d' name='Phone' kind='phone' brand='Apple' model_identifier='iPhone7,2' os_build='13D15'/><attribute id='a' subject_id='d' name='repaired_by_third_party' value='yes'/>");
  const Graph graph(plan);
  const CheckContext context(plan, graph, no_readings, Instant(1'795'500'000), "", "");
  const auto packs = load_packs();
  const auto all = explain(packs, context, context.record(Id{"d"}), "error53");
  REQUIRE(all.size() == 1);
  const auto& why = all.front();
  CHECK(why.match_truth == Truth::yes);
  CHECK(why.cases.back().name == "affected");
  CHECK(why.cases.back().chosen);
  CHECK(std::count_if(why.cases.begin(), why.cases.end(), [](const auto& c) { return c.chosen; }) == 1);
  CHECK(std::any_of(why.cases.back().when.begin(), why.cases.back().when.end(), [](const ExplainedLine& l) { return l.label == "before-fix" && l.truth == Truth::yes; }));
  CHECK(std::any_of(why.cases.back().when.begin(), why.cases.back().when.end(), [](const ExplainedLine& l) { return l.field == "os_build" && l.value == "13D15"; }));
  CHECK(std::any_of(why.match.begin(), why.match.end(), [](const ExplainedLine& l) { return l.label == "is-listed" && l.truth == Truth::yes; }));
  for (const auto& one : explain(packs, context, context.record(Id{"d"})))
    for (const auto& line : one.match) CHECK(!line.text.empty());
}
