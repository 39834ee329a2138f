// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <map>
#include <regex>
#include <set>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/check/rule.h"
#include "core/check/check.h"
#include "core/rule_samples.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

std::vector<RuleSample> samples() {
  std::vector<RuleSample> all;
  const auto refused = read_templates("rules/samples", [&](std::string_view bytes, const std::string& source, const std::string&) {
    const auto some = rule_samples(bytes, source);
    all.insert(all.end(), some.begin(), some.end());
  });
  REQUIRE(refused.empty());
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
  const std::string device = "<device id='d' name='Phone' kind='phone' brand='Apple'/><waiver id='w' rule_id='error53' subject_id='d' reason='Sold next week' until='2026-12-01'/>";
  const auto plan = testing::plan(device);
  CHECK(of_rule(findings_of(plan, "2026-11-30"), "error53") == nullptr);
  CHECK(of_rule(findings_of(plan, "2026-12-01"), "error53") != nullptr);
}

TEST_CASE("a waiver holds for what was accepted, and not for more of it that came since") {
  const auto plan_with = [](const std::string& affected, const std::string& facts) {
    return testing::plan("<organisation id='organisation' region='australia'/><site id='s' name='Shop'/><device id='phone' name='Phone' kind='phone' brand='Apple' site_id='s'/>"
                         "<attribute id='n' subject_id='s' name='site_plugs_count' value='9'/><attribute id='i' subject_id='s' name='site_plugs_inspected_count' value='9'/>"
                         "<attribute id='a' subject_id='s' name='site_plugs_affected_count' value='" + affected + "'/>"
                         "<waiver id='w' rule_id='apple-plugs-at-site' subject_id='s' reason='Nobody is here' until='2026-12-24' facts='" + facts + "'/>");
  };
  const auto accepted = plan_with("2", "");
  CHECK(of_rule(findings_of(accepted), "apple-plugs-at-site") == nullptr);
  const Graph graph(accepted);
  const std::vector<Observation> nothing;
  const auto kept = keep_facts_of_waivers({accepted, graph, nothing, noon("2026-11-24"), "hash", ""});
  REQUIRE(kept.edits.size() == 1);
  const auto facts = applied(accepted, kept).waivers[0].facts;
  CHECK(keep_facts_of_waivers({applied(accepted, kept), graph, nothing, noon("2026-11-24"), "hash", ""}).empty());
  CHECK(of_rule(findings_of(plan_with("2", facts)), "apple-plugs-at-site") == nullptr);
  CHECK(of_rule(findings_of(plan_with("1", facts)), "apple-plugs-at-site") == nullptr);
  CHECK(of_rule(findings_of(plan_with("4", facts)), "apple-plugs-at-site") != nullptr);
}

TEST_CASE("a waiver of all subjects ends for the one that gets worse, and takes in what comes as it was") {
  const auto site = [](const std::string& id, const std::string& affected) {
    return "<site id='" + id + "' name='" + id + "'/><device id='phone-" + id + "' name='Phone " + id + "' kind='phone' brand='Apple' site_id='" + id + "'/><attribute id='n" + id + "' subject_id='" + id + "' name='site_plugs_count' value='9'/>" +
           "<attribute id='i" + id + "' subject_id='" + id + "' name='site_plugs_inspected_count' value='9'/><attribute id='a" + id + "' subject_id='" + id + "' name='site_plugs_affected_count' value='" + affected + "'/>";
  };
  const auto plan_with = [&](const std::string& sites, const std::string& facts) {
    return testing::plan("<organisation id='organisation' region='australia'/>" + sites + "<waiver id='w' rule_id='apple-plugs-at-site' reason='Nobody is here' until='2026-12-24' facts='" + facts + "'/>");
  };
  const auto told = [&](const Plan& plan) {
    std::set<std::string> subjects;
    for (const auto& f : findings_of(plan))
      if (f.rule_id == "apple-plugs-at-site") subjects.insert(f.subject_id.text);
    return subjects;
  };
  const auto keeping = [](const Plan& plan) {
    const Graph graph(plan);
    const std::vector<Observation> nothing;
    return applied(plan, keep_facts_of_waivers({plan, graph, nothing, noon("2026-11-24"), "hash", ""})).waivers.at(0).facts;
  };
  const auto facts = keeping(plan_with(site("one", "2") + site("two", "3"), ""));
  CHECK(told(plan_with(site("one", "2") + site("two", "3"), facts)).empty());
  CHECK(keeping(plan_with(site("one", "2") + site("two", "3"), facts)) == facts);
  CHECK(told(plan_with(site("one", "4") + site("two", "1"), facts)) == std::set<std::string>{"one"});
  // A place that comes later is accepted as it then is, and no worse.
  CHECK(told(plan_with(site("one", "2") + site("three", "1"), facts)).empty());
  const auto with_three = keeping(plan_with(site("one", "2") + site("three", "1"), facts));
  CHECK(told(plan_with(site("one", "2") + site("three", "5"), with_three)) == std::set<std::string>{"three"});
  // Where all that was accepted was a question, something sure is not accepted with it.
  const auto questions = keeping(testing::plan("<organisation id='organisation' region='australia'/><site id='one' name='one'/><device id='p' name='Phone' kind='phone' brand='Apple' site_id='one'/>"
                                               "<waiver id='w' rule_id='apple-plugs-at-site' reason='Nobody is here' until='2026-12-24'/>"));
  CHECK(told(plan_with(site("two", "2"), questions)) == std::set<std::string>{"two"});
}

TEST_CASE("a plug with neither region nor mark is one finding for both kinds, and staff are shown both") {
  for (const std::string device : {"<device id='d' name='Plug' kind='wall_plug' brand='Apple' site_id='s'/>", "<device id='d' name='World Travel Adapter Kit' kind='wall_plug' brand='Apple' sale_region='australia' site_id='s'/>"}) {
    const auto plan = testing::plan("<organisation id='organisation' region='australia'/><site id='s' name='Shop' region='australia'/>" + device);
    std::set<std::string> pictures;
    for (const auto& look : things_to_look_at(plan, noon("2026-11-24"))) pictures.insert(look.picture);
    CHECK(pictures == std::set<std::string>{"apple-two-prong-slot", "apple-three-prong"});
  }
  const auto plan = testing::plan("<organisation id='organisation' region='australia'/><device id='d' name='Plug' kind='wall_plug' brand='Apple'/>");
  std::set<std::string> rules;
  for (const auto& f : findings_of(plan))
    if (f.kind == "recall" && f.subject_id == Id{"d"}) rules.insert(f.rule_id);
  CHECK(rules == std::set<std::string>{"apple-plug-either"});
}

TEST_CASE("a device whose model one recall of its maker names is not asked by another of them which model it is") {
  const auto packs = load_packs();
  std::map<std::string, std::string> pack_of;
  for (const auto& pack : packs)
    for (const auto& rule : pack.rules) pack_of[rule.id] = pack.id;
  const auto asks_what_it_is = [](const Finding& f) { return f.verdict == Verdict::unknown && (f.question.starts_with("model") || f.question == "kind" || f.question == "brand"); };
  std::string contradictions;
  std::size_t tried = 0;
  for (const auto& s : samples()) {
    if (!pack_of.contains(s.rule) || s.records.find("<device") == std::string::npos || s.records.find(" model") == std::string::npos) continue;
    // As in its sample; as a list without kinds brings it; and with its number in the place of its model's name.
    const auto without_kind = std::regex_replace(s.records, std::regex(" kind=\"[^\"]*\""), "");
    for (const auto& records : {s.records, without_kind, std::regex_replace(without_kind, std::regex(" model_number="), " model=")}) {
      if (std::regex_search(records, std::regex(" model=.* model="))) continue;
      const auto found = findings_of(testing::plan(records), s.as_of);
      const auto* own = of_rule(found, s.rule);
      if (!own || own->kind != "recall" || asks_what_it_is(*own)) continue;
      ++tried;
      for (const auto& f : found)
        if (f.rule_id != s.rule && f.kind == "recall" && pack_of[f.rule_id] == pack_of[s.rule] && asks_what_it_is(f))
          contradictions += s.rule + ", line " + std::to_string(s.line) + ": " + f.rule_id + " asks for " + f.question + " of " + records + "\n";
    }
  }
  CHECK(tried > 100);
  CHECK(contradictions == "");
}

TEST_CASE("questions about a device are asked, and an answer changes the verdict") {
  auto plan = testing::plan("<device id='d' name='Plugs' kind='wall_plug' brand='Apple' sale_region='australia' count='9'/><device id='x' name='Router' kind='router'/>");
  const auto questions = inventory_questions(plan, noon("2026-11-24"));
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

TEST_CASE("“I don't know” is asked once and stays open, and an answer ends it") {
  auto plan = testing::plan("<device id='d' name='Plug' kind='wall_plug' brand='Apple' count='1'/>");
  const Date today = *parse_date("2026-11-24");
  const auto question = [&](const std::string& attribute) {
    for (const auto& q : inventory_questions(plan, noon("2026-11-24")))
      if (q.attribute == attribute) return q;
    FAIL("nobody asks for " << attribute);
    throw 0;
  };
  CHECK_FALSE(question("marking").put_off_on);
  CHECK(question("marking").picture == "apple-two-prong-slot");
  CHECK(question("marking").hazard.find("shock") != std::string::npos);
  plan = applied(plan, put_off_question(plan, Id{"d"}, "marking", today, "Mia"));
  CHECK(to_text(question("marking").put_off_on) == "2026-11-24");
  CHECK(question("marking").value.empty());
  CHECK(plan.attributes.at(0).seen_by == "Mia");
  CHECK(put_off_question(plan, Id{"d"}, "marking", today).empty());
  // A question that a field of the device answers is put off in the same way.
  plan = applied(plan, put_off_question(plan, Id{"d"}, "sale_region", today));
  CHECK(question("sale_region").put_off_on);
  plan = applied(plan, answer_question(plan, Id{"d"}, "sale_region", "australia", today));
  CHECK(std::none_of(plan.attributes.begin(), plan.attributes.end(), [](const Attribute& a) { return a.name == "sale_region"; }));
  CHECK(of_rule(findings_of(plan), "apple-plug-two-prong-inspect") != nullptr);  // not inspected is not "nothing there"
  plan = applied(plan, answer_question(plan, Id{"d"}, "marking", "(none)", today));
  CHECK(of_rule(findings_of(plan), "apple-plug-two-prong")->verdict == Verdict::affected);
  CHECK_FALSE(question("marking").put_off_on);
}

TEST_CASE("a place's plugs are told with the day of each recall that may concern them there, and with none where none is named for the region") {
  const std::pair<const char*, const char*> regions[] = {{"australia", "2016-01-28"}, {"europe", "2014-06-13"}, {"united_kingdom", "2019-04-25"}, {"united_states", ""}, {"", ""}};
  for (const auto& [region, day] : regions) {
    CAPTURE(region);
    const auto plan = testing::plan("<site id=\"s\" name=\"Shop\" region=\"" + std::string(region) + R"("/><device id="d" name="Mac" kind="laptop" brand="Apple" model="MacBook Air" site_id="s" purchased_on="2012-05-01"/>)");
    const auto findings = findings_of(plan);
    const auto* finding = of_rule(findings, "apple-plugs-at-site");
    REQUIRE(finding);
    CHECK(to_text(finding->announced) == day);
    const auto told = join(finding->sources, "\n") + "\n" + join(finding->notes, "\n");
    for (const auto* each : {"28 January 2016", "25 April 2019", "13 June 2014"}) CHECK(told.find(each) != std::string::npos);
  }
}

TEST_CASE("a place is asked for its plugs as a whole until one of them is listed, and its answers become a finding") {
  auto plan = testing::plan("<site id='s' name='Shop' region='australia'/><device id='d' name='Mac' kind='laptop' brand='Apple' site_id='s' purchased_on='2012-05-01'/>");
  const Date today = *parse_date("2026-11-24");
  const auto asked = [&] {
    std::vector<std::string> names;
    for (const auto& q : inventory_questions(plan, noon("2026-11-24")))
      if (q.subject_id == Id{"s"}) names.push_back(q.attribute);
    return join(names, " ");
  };
  CHECK(asked() == "site_plugs_count");
  plan = applied(plan, answer_question(plan, Id{"s"}, "site_plugs_count", "6", today));
  CHECK(asked() == "site_plugs_count site_plugs_inspected_count");
  CHECK(of_rule(findings_of(plan), "apple-plugs-at-site")->verdict == Verdict::unknown);
  for (const auto& [name, value] : std::map<std::string, std::string>{{"site_plugs_inspected_count", "6"}, {"site_plugs_affected_count", "2"}}) plan = applied(plan, answer_question(plan, Id{"s"}, name, value, today));
  const auto findings = findings_of(plan);
  const auto* finding = of_rule(findings, "apple-plugs-at-site");
  REQUIRE(finding);
  CHECK(finding->verdict == Verdict::affected);
  CHECK(finding->severity == Severity::critical);
  CHECK(finding->kind == "recall");
  CHECK_THROWS_AS(answer_question(plan, Id{"s"}, "site_plugs_count", "some", today), Error);
  SECTION("what was seen stays until it is exchanged, whatever else becomes known") {
    for (auto change : {add_record("device", Id{"p"}, {{"name", "Plug"}, {"kind", "wall_plug"}, {"brand", "Apple"}, {"site_id", "s"}}), add_record("site", Id{"s2"}, {{"name", "Second shop"}}),
                        remove_record(plan, find_record(plan, Id{"d"})), set_fields(plan, find_record(plan, Id{"s"}), {{"region", ""}}), set_fields(plan, find_record(plan, Id{"s"}), {{"region", "canada"}})}) {
      const auto now = applied(plan, std::move(change));
      const auto found = findings_of(now);
      REQUIRE(of_rule(found, "apple-plugs-at-site"));
      CHECK(of_rule(found, "apple-plugs-at-site")->verdict == Verdict::affected);
    }
  }
  plan = applied(plan, answer_question(plan, Id{"s"}, "site_plugs_exchanged_count", "2", today));
  CHECK(of_rule(findings_of(plan), "apple-plugs-at-site") == nullptr);
}

TEST_CASE("a place where a plug is listed is not asked to count; one outside the recalls' regions is asked for travel kits") {
  const auto asked = [](const std::string& records) {
    std::string text;
    for (const auto& q : inventory_questions(testing::plan(records), noon("2026-11-24")))
      if (q.subject_id == Id{"s"}) text += q.text + "\n";
    return text;
  };
  const std::string mac = "<device id='d' name='Mac' kind='laptop' brand='Apple' site_id='s'/>", plug = "<device id='p' name='Plug' kind='wall_plug' brand='Apple' site_id='s'/>";
  CHECK(asked("<site id='s' name='Shop' region='australia'/>" + mac + plug).empty());
  CHECK(asked("<site id='s' name='Shop' region='australia'/>" + mac).find("USB adapters") != std::string::npos);
  CHECK(asked("<site id='s' name='Shop'/>" + mac).find("USB adapters") != std::string::npos);
  const auto abroad = asked("<site id='s' name='Shop' region='united_states'/>" + mac);
  CHECK(abroad.find("travel kits") != std::string::npos);
  CHECK(abroad.find("USB adapters") == std::string::npos);
}

TEST_CASE("services and backups are asked about where a rule asks") {
  auto plan = testing::plan("<resource id='r' name='Firewall Kerio Control' kind='system'/><backup id='b' name='Accounts' method='crashplan'/>");
  std::vector<std::string> names;
  for (const auto& q : inventory_questions(plan, noon("2026-11-24"))) names.push_back(q.subject_id.text + " " + q.attribute);
  CHECK(std::find(names.begin(), names.end(), "r licence_until") != names.end());
  CHECK(std::find(names.begin(), names.end(), "b crashplan_plan") != names.end());
  plan = applied(plan, answer_question(plan, Id{"b"}, "crashplan_plan", "home", *parse_date("2026-11-24")));
  const auto found = findings_of(plan);
  REQUIRE(of_rule(found, "crashplan-home"));
  CHECK(of_rule(found, "crashplan-home")->verdict == Verdict::affected);
}

TEST_CASE("staff are shown what may be at their places, and nothing else") {
  const auto titles = [](const std::string& records) {
    std::vector<std::string> all;
    for (const auto& look : things_to_look_at(testing::plan(records), noon("2026-11-24"))) all.push_back(look.picture);
    return join(all, " ");
  };
  CHECK(titles("").empty());
  CHECK(titles("<device id='d' name='Plug' kind='wall_plug' brand='Apple' sale_region='australia'/>") == "apple-two-prong-slot");
  CHECK(titles("<device id='d' name='Plug' kind='wall_plug' brand='Apple' sale_region='united_kingdom'/>").find("apple-three-prong") != std::string::npos);
  CHECK(titles("<site id='s' name='Buero' region='europe'/><device id='d' name='Mac' kind='laptop' brand='Apple' site_id='s'/>") == "apple-two-prong-slot apple-three-prong apple-a1300");
  CHECK(titles("<site id='s' name='Office' region='united_states'/><device id='d' name='Mac' kind='laptop' brand='Apple' site_id='s'/>") == "apple-two-prong-slot apple-three-prong");
  CHECK(titles("<site id='s' name='Office' region='united_states'/><device id='d' name='PC' kind='laptop' brand='Dell' site_id='s'/>").empty());
  CHECK(titles("<device id='d' name='Surface' kind='laptop' brand='Microsoft' model='Surface Pro 3'/>").find("cord-sleeve") != std::string::npos);
}

TEST_CASE("a look that does not say what is bad and what is good is refused, and so is a drawing's name that is none") {
  const auto reason = [](const std::string& inside) {
    try {
      pack_from_xml("<pack id='p' title='P'><rule id='r' title='R' applies_to='device'>" + inside + "<case><when><yes/></when><message>m</message></case></rule></pack>", "mine.xml");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(reason("<look title='T'><where>w</where><bad>b</bad><good>g</good></look>").empty());
  CHECK(reason("<look title='T'><where>w</where><bad>b</bad></look>").find("<good>") != std::string::npos);
  CHECK(reason("<look title='T'><where>w</where><bad>b</bad><good>g</good><when><is field='no_such' value='1'/></when></look>").find("no_such") != std::string::npos);
  CHECK(reason("<question attribute='a' picture='not a name'><text>t</text></question>").find("not a name") != std::string::npos);
}

TEST_CASE("a new revision of a rule opens the tasks again whose condition it changed, and leaves the others done") {
  const auto plan_xml = "<device id='d' name='Old one' kind='laptop' brand='Acme' model='A1'/>";
  const auto pack = [](int revision, const std::string& first, const std::string& message) {
    return pack_from_xml("<pack id='p' title='P'><rule id='changed' revision='" + std::to_string(revision) + "' title='Changed' kind='recall' applies_to='device'><when>" + first + "</when><case><when><yes/></when><message>" + message +
                         "</message></case></rule><rule id='same' revision='" + std::to_string(revision) + "' title='Same' kind='recall' applies_to='device'><when><is field='brand' value='Acme'/></when><case><when><yes/></when><message>" + message + "</message></case></rule></pack>", "p.xml");
  };
  auto plan = testing::plan(plan_xml);
  const std::vector<Observation> nothing;
  const Date today = *parse_date("2026-11-24");
  const auto sync = [&](const Pack& p) {
    const Graph graph(plan);
    plan = applied(plan, sync_tasks(plan, check_plan({plan, graph, nothing, noon("2026-11-24"), "hash", ""}, {p}, {}), today));
  };
  const auto state = [&](const std::string& rule) {
    for (const auto& task : plan.tasks)
      if (task.rule_id == rule) return task.state;
    FAIL("no task of " << rule);
    throw 0;
  };
  sync(pack(1, "<is field='brand' value='Acme'/>", "First words."));
  for (const auto& task : std::vector<Task>(plan.tasks))
    plan = applied(plan, set_fields(plan, find_record(plan, task.id), {{"state", "done"}, {"done_on", "2026-11-24"}}));
  sync(pack(1, "<is field='brand' value='Acme'/>", "First words."));
  CHECK(state("changed") == Task::State::done);
  // The second revision words both anew, and asks for another thing in one of them.
  sync(pack(2, "<all><is field='brand' value='Acme'/><known field='model'/></all>", "Second words."));
  CHECK(state("changed") == Task::State::open);
  CHECK(state("same") == Task::State::done);
}

TEST_CASE("a finding about a device names what can happen and which activities need it, and its task says so") {
  auto plan = testing::plan("<activity id='a' name='Serve' rto_minutes='240'/><resource id='r' name='Till' kind='system'/><device id='d' name='Phone' kind='phone' brand='Apple' model_identifier='iPhone7,2' os_build='13D15'/>"
                            "<attribute id='x' subject_id='d' name='repaired_by_third_party' value='yes'/><link id='l' from_id='a' to_id='r' kind='needs'/><link id='m' from_id='r' to_id='d' kind='needs'/>");
  const auto findings = findings_of(plan);
  const auto* finding = of_rule(findings, "error53");
  REQUIRE(finding);
  CHECK(finding->endangers == std::vector<Id>{Id{"a"}});
  CHECK(!finding->hazard.empty());
  plan = applied(plan, sync_tasks(plan, {*finding}, *parse_date("2026-11-24")));
  CHECK(plan.tasks.at(0).why.find("“Serve”") != std::string::npos);
  CHECK(plan.tasks.at(0).why.find("Hazard:") != std::string::npos);
  CHECK(!plan.tasks.at(0).steps.empty());
  CHECK(plan.tasks.at(0).due_on);
}

TEST_CASE("a finding bears the day and the source of the notice that is about its device") {
  const auto announced = [](const std::string& device, const std::string& rule) {
    const auto found = findings_of(testing::plan("<device id='d' name='Thing' kind='power_bank' " + device + "/>"));
    REQUIRE(of_rule(found, rule));
    return to_text(of_rule(found, rule)->announced) + " " + of_rule(found, rule)->sources.at(0);
  };
  CHECK(announced("brand='Anker' model_number='A1263'", "anker-power-banks") == "2025-06-12 US CPSC 25-338, 12 June 2025");
  CHECK(announced("brand='Anker' model_number='A1257'", "anker-power-banks") == "2025-09-18 US CPSC 25-466, 18 September 2025");
  CHECK(announced("brand='Anker' model_number='A1642'", "anker-power-banks").starts_with("2024-10-17"));
  CHECK(announced("brand='Belkin' model_number='PB0003'", "belkin-power-banks").starts_with("2025-11-13 US CPSC 26-090"));
  CHECK(announced("brand='Belkin' model_number='BPD005' serial='57VABCDEFGHIJK'", "belkin-power-banks").starts_with("2024-12-05 US CPSC 25-061"));
  // Where it is not known which, none is named as the one.
  CHECK(announced("brand='Anker' model='PowerCore'", "anker-power-banks").starts_with(" "));
}

TEST_CASE("two findings about one tablet do not contradict one another") {
  for (const auto* model : {"iPad7,6", "iPad7,4", "iPad7,2"}) {
    const auto found = findings_of(testing::plan("<device id='d' name='Tablet' kind='tablet' brand='Apple' model_identifier='" + std::string(model) + "' os_name='iPadOS' os_version='17.7.10'/>"));
    REQUIRE(of_rule(found, "apple-ios-cycle"));
    CHECK(of_rule(found, "apple-ios-cycle")->message.find("takes a later system") == std::string::npos);
    CHECK(of_rule(found, "apple-ios-cycle")->message.find("not verified") != std::string::npos);
  }
}

TEST_CASE("what clears whatever is left does not outvote an answer that cannot be read") {
  const auto pack = pack_from_xml("<pack id='p' title='P'><rule id='r' kind='recall' title='Recalled thing: {name}' applies_to='device' severity='critical'><when><is field='brand' value='Acme'/></when>"
                                  "<question attribute='serial'><text>Which number?</text></question>"
                                  "<case verdict='affected'><when><serial_prefix>12AB</serial_prefix></when><message>m</message></case>"
                                  "<case verdict='unknown' question='serial'><when><unknown field='serial'/></when><message>not known.</message></case>"
                                  "<case verdict='not_affected'><when><yes/></when></case><step>Stop using it.</step></rule></pack>", "mine.xml");
  const auto verdict = [&](const std::string& serial) {
    const auto plan = testing::plan("<device id='d' name='Thing' brand='Acme' serial='" + serial + "'/>");
    const Graph graph(plan);
    const std::vector<Observation> nothing;
    const auto found = check_plan({plan, graph, nothing, noon("2026-11-24"), "hash", ""}, {pack}, {}, "p");
    return found.empty() ? std::string("none") : std::string(verdict_name(found[0].verdict)) + " " + found[0].title + " " + join(found[0].steps, " ");
  };
  CHECK(verdict("12ab-3") == "affected Recalled thing: Thing Stop using it.");
  CHECK(verdict("12AC") == "none");
  CHECK(verdict("S/N unreadable") == "unknown Check whether it concerns “Thing”: Recalled thing Find out what is asked, and enter it.");
}
