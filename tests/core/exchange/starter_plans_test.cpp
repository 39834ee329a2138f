// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "core/base/embedded.h"
#include "core/exchange/plan_xml.h"
#include "core/model/graph.h"

using namespace mainstay;

namespace {

Plan starter(const std::string& id) {
  const auto path = "plans/" + id + ".xml";
  const auto text = template_text(path);
  REQUIRE(text);
  return plan_from_xml(*text, path);
}

const char* const written_out[] = {"shop", "office", "clinic", "sample"};

}  // namespace

TEST_CASE("Every starter plan can be read and names only records that it holds") {
  const auto paths = template_paths("plans");
  REQUIRE(paths.size() >= 5);
  for (const auto& path : paths) {
    INFO(path);
    const auto text = template_text(path);
    REQUIRE(text);
    const auto plan = plan_from_xml(*text, path);
    CHECK_NOTHROW(check_references(plan));
    CHECK(plan_to_xml(plan_from_xml(plan_to_xml(plan), path)) == plan_to_xml(plan));
    CHECK(Graph(plan).cycles().empty());
  }
}

TEST_CASE("A starter plan printed untouched shows no bracket and no filler") {
  for (const std::string id : written_out) {
    const auto plan = starter(id);
    for (const auto& table : Plan::tables())
      for (std::size_t i = 0; i < table.size(plan); ++i)
        for (const auto& field : table.info->fields) {
          const auto text = field.text(table.at(plan, i));
          if (field.key == "url") continue;
          INFO(id << ": " << table.info->kind << " " << table.id_at(plan, i).text << " " << field.key << " = " << text);
          CHECK(text.find_first_of("[]{}<>") == std::string::npos);
          for (const auto* filler : {"TODO", "TBD", "orem ipsum", "XX", "??"}) CHECK(text.find(filler) == std::string::npos);
        }
  }
}

TEST_CASE("The tolerances of each starter plan follow from its impact curves") {
  for (const std::string id : written_out) {
    const auto plan = starter(id);
    CHECK(plan.activities.size() >= 6);
    for (const auto& activity : plan.activities) {
      INFO(id << ": " << activity.id.text);
      std::map<Impact::Category, std::map<std::int64_t, Impact::Level>> curves;
      std::set<std::int64_t> points;
      std::int64_t intolerable = -1;
      for (const auto& impact : plan.impacts) {
        if (impact.activity_id != activity.id) continue;
        curves[impact.category][impact.after_minutes.count] = impact.level;
        points.insert(impact.after_minutes.count);
        if (impact.level == Impact::Level::intolerable && (intolerable < 0 || impact.after_minutes.count < intolerable)) intolerable = impact.after_minutes.count;
      }
      CHECK(points.size() >= 3);
      CHECK(curves.size() >= 2);
      for (const auto& [category, curve] : curves) {
        auto before = Impact::Level::unknown;
        for (const auto& [after, level] : curve) {
          CHECK(level >= before);
          before = level;
        }
      }
      CHECK(activity.mtpd_minutes.count == intolerable);
      CHECK(activity.rto_minutes.count + activity.work_recovery_minutes.count <= activity.mtpd_minutes.count);
      CHECK((activity.rpo_minutes || activity.rpo_minutes.is_none()));
    }
  }
}

TEST_CASE("A starter plan leaves people, numbers and states to its owner and says that its times are the template's") {
  for (const std::string id : {"shop", "office", "clinic"}) {
    const auto plan = starter(id);
    CHECK(plan.people.empty());
    CHECK(plan.organisation().name.empty());
    for (const auto& role : plan.roles) CHECK(role.holder_id.empty());
    for (const auto& contact : plan.contacts) CHECK(contact.phone.empty());
    for (const auto& activity : plan.activities) CHECK(activity.times_basis == Basis::template_value);
    for (const auto area : solution_areas)
      CHECK(std::count_if(plan.strategies.begin(), plan.strategies.end(), [&](const Strategy& s) { return s.area == area && s.state == Strategy::State::unknown; }) == 1);
  }
}

TEST_CASE("In the sample each backup inherits its RPO, and the bookkeeper is a single point of failure") {
  const auto plan = starter("sample");
  const Graph graph(plan);
  CHECK(inherited_rpo(plan, graph, Id{"till-to-nas"}).rpo_minutes.count == 1440);
  CHECK(inherited_rpo(plan, graph, Id{"office-to-nas"}).rpo_minutes.count == 1440);
  CHECK(inherited_rpo(plan, graph, Id{"accounts-crashplan"}).rpo_minutes.count == 2880);
  const auto points = single_points(plan, graph);
  CHECK(std::any_of(points.begin(), points.end(), [](const SinglePoint& p) { return p.id.text == "priya"; }));
}
