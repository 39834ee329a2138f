// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/analysis/recovery_schedule.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

std::string needs(const char* from, const char* to) {
  return std::string("<link id='") + from + "-" + to + "' from_id='" + from + "' to_id='" + to + "' kind='needs'/>";
}
Achievable of(const std::string& records) {
  const auto p = plan(records);
  return achievable_minutes(p, Graph(p), Id{"a"});
}
using Ids = std::vector<Id>;

}  // namespace

TEST_CASE("Recovery takes the sum along the longest chain of needs, not the largest single time") {
  const auto r = of("<activity id='a'/><resource id='app' recovery_minutes='60'/><resource id='server' recovery_minutes='240'/><resource id='mail' recovery_minutes='270'/>" + needs("a", "app") +
                    needs("app", "server") + needs("a", "mail"));
  CHECK(r.minutes.count == 300);
  CHECK(r.path == Ids{Id{"server"}, Id{"app"}, Id{"a"}});
  CHECK(r.unknown.empty());
}

TEST_CASE("One time that nobody knows leaves the whole not known, and is named") {
  const auto r = of("<activity id='a'/><resource id='app' recovery_minutes='60'/><resource id='server'/><supplier id='s' recovery_minutes='(none)'/>" + needs("a", "app") + needs("app", "server") + needs("a", "s"));
  CHECK(r.minutes.is_unknown());
  CHECK(r.unknown == Ids{Id{"server"}, Id{"s"}});
  CHECK(r.path == Ids{Id{"server"}, Id{"app"}, Id{"a"}});
}

TEST_CASE("A shared root is waited for once on each chain") {
  const auto r = of("<activity id='a'/><resource id='x' recovery_minutes='10'/><resource id='y' recovery_minutes='20'/><resource id='power' recovery_minutes='5'/>" + needs("a", "x") + needs("a", "y") +
                    needs("x", "power") + needs("y", "power") + needs("y", "x"));
  CHECK(r.minutes.count == 35);
  CHECK(r.path.size() == 4);
}

TEST_CASE("Things that need one another have no order of recovery") {
  const auto r = of("<activity id='a'/><resource id='x' recovery_minutes='10'/><resource id='y' recovery_minutes='20'/>" + needs("a", "x") + needs("x", "y") + needs("y", "x"));
  CHECK(r.minutes.is_unknown());
  CHECK(r.unknown == Ids{Id{"x"}});
}

TEST_CASE("The usual supplier and the holder of a resource are no steps of its restore") {
  const auto r = of("<supplier id='s'/><person id='p'/><activity id='a'/><resource id='x' recovery_minutes='10' supplier_id='s' held_by_id='p'/>" + needs("a", "x"));
  CHECK(r.minutes.count == 10);
}

TEST_CASE("An activity that needs nothing is back at once, and one that is not there is not known") {
  CHECK(of("<activity id='a'/>").minutes.count == 0);
  CHECK(of("<activity id='b'/>").minutes.is_unknown());
}

TEST_CASE("A long chain is added up without trouble") {
  Plan p;
  Activity a;
  a.id = Id{"a"};
  p.activities.push_back(a);
  for (int i = 0; i < 100000; ++i) {
    Resource r;
    r.id = Id{"r" + std::to_string(i)};
    r.recovery_minutes = Minutes(1);
    p.resources.push_back(r);
    Link l;
    l.id = Id{"l" + std::to_string(i)};
    l.kind = Link::Kind::needs;
    l.from_id = i ? Id{"r" + std::to_string(i - 1)} : a.id;
    l.to_id = r.id;
    p.links.push_back(l);
  }
  CHECK(achievable_minutes(p, Graph(p), a.id).minutes.count == 100000);
}
