// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "core/model/graph.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

std::vector<std::string> names(const Graph& g, const std::vector<int>& nodes) {
  std::vector<std::string> out;
  for (const int n : nodes) out.push_back(g.id(n).text);
  return out;
}
std::vector<std::string> stopped(const Graph& g, std::initializer_list<const char*> lost) {
  std::set<int> nodes;
  for (const auto* id : lost) nodes.insert(g.node(Id{id}));
  const auto result = g.stopped_by(nodes);
  auto out = names(g, {result.begin(), result.end()});
  std::sort(out.begin(), out.end());
  return out;
}
std::string needs(const char* id, const char* from, const char* to, const char* more = "") {
  return std::string("<link id='") + id + "' from_id='" + from + "' to_id='" + to + "' kind='needs' " + more + "/>";
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Losing a place stops what is there, and what needs it") {
  const auto p = plan("<site id='shop'/><activity id='sell'/><activity id='advise'/><resource id='till' site_id='shop'/><device id='nas' site_id='shop'/>"
                      "<backup id='tm' site_id='shop'/><person id='jo' site_id='shop'/>" + needs("l", "sell", "till") + needs("m", "advise", "jo"));
  const Graph g(p);
  CHECK(stopped(g, {"shop"}) == Names{"nas", "sell", "shop", "till", "tm"});
  CHECK(stopped(g, {"jo"}) == Names{"advise", "jo"});
  CHECK(stopped(g, {}).empty());
}

TEST_CASE("A resource that works from elsewhere outlives its place") {
  const auto p = plan("<site id='shop'/><activity id='sell'/><resource id='mail' site_id='shop' works_off_site='yes'/>" + needs("l", "sell", "mail") +
                      "<link id='k' from_id='mail' to_id='shop' kind='located_at'/>");
  CHECK(stopped(Graph(p), {"shop"}) == Names{"shop"});
  CHECK(stopped(Graph(p), {"mail"}) == Names{"mail", "sell"});
}

TEST_CASE("A supplier and a holder carry their resource") {
  const auto p = plan("<supplier id='power'/><person id='jo'/><activity id='sell'/><resource id='light' supplier_id='power'/><resource id='key' held_by_id='jo'/>" +
                      needs("l", "sell", "light") + needs("m", "sell", "key"));
  CHECK(stopped(Graph(p), {"power"}) == Names{"light", "power", "sell"});
  CHECK(stopped(Graph(p), {"jo"}) == Names{"jo", "key", "sell"});
}

TEST_CASE("A stand-in keeps the users standing until it is lost as well") {
  const auto p = plan("<activity id='sell'/><resource id='till'/><resource id='spare'/>" + needs("l", "sell", "till") + "<link id='k' from_id='spare' to_id='till' kind='alternate_for'/>");
  const Graph g(p);
  CHECK(stopped(g, {"till"}) == Names{"till"});
  CHECK(stopped(g, {"till", "spare"}) == Names{"sell", "spare", "till"});
  CHECK(stopped(g, {"spare"}) == Names{"spare"});
  CHECK(names(g, g.alternates(g.node(Id{"till"}))) == Names{"spare"});
}

TEST_CASE("A stand-in in the same place burns with the original") {
  const auto p = plan("<site id='shop'/><activity id='sell'/><resource id='till' site_id='shop'/><resource id='spare' site_id='shop'/>" + needs("l", "sell", "till") +
                      "<link id='k' from_id='spare' to_id='till' kind='alternate_for'/>");
  CHECK(stopped(Graph(p), {"shop"}) == Names{"sell", "shop", "spare", "till"});
}

TEST_CASE("Two things that stand in for each other do not stand when both are lost") {
  const auto p = plan("<activity id='sell'/><resource id='a'/><resource id='b'/>" + needs("l", "sell", "a") +
                      "<link id='k' from_id='a' to_id='b' kind='alternate_for'/><link id='m' from_id='b' to_id='a' kind='alternate_for'/>");
  CHECK(stopped(Graph(p), {"a", "b"}) == Names{"a", "b", "sell"});
  CHECK(stopped(Graph(p), {"a"}) == Names{"a"});
}

TEST_CASE("A role stands as long as its holder or its alternate does") {
  const auto p = plan("<person id='jo'/><person id='al'/><role id='signer' holder_id='jo' alternate_id='al'/><activity id='pay'/>" + needs("l", "pay", "signer"));
  CHECK(stopped(Graph(p), {"jo"}) == Names{"jo"});
  CHECK(stopped(Graph(p), {"jo", "al"}) == Names{"al", "jo", "pay", "signer"});
  const auto alone = plan("<person id='jo'/><role id='signer' holder_id='jo' alternate_id='jo'/><activity id='pay'/>" + needs("l", "pay", "signer"));
  CHECK(stopped(Graph(alone), {"jo"}) == Names{"jo", "pay", "signer"});
}

TEST_CASE("An alternate place saves the work, not the things in the lost place") {
  const auto p = plan("<site id='shop' kind='main'/><site id='barn' kind='alternate'/><activity id='sell'/><activity id='repair'/><resource id='bench' site_id='shop'/>" +
                      needs("l", "sell", "shop") + needs("m", "repair", "bench"));
  CHECK(stopped(Graph(p), {"shop"}) == Names{"bench", "repair", "shop"});
}

TEST_CASE("A part of the service lost is not all of it") {
  const auto p = plan("<activity id='sell'/><activity id='ship'/><resource id='desk'/>" + needs("l", "sell", "desk", "share_percent='30'") + needs("m", "ship", "sell", "share_percent='50'"));
  const Graph g(p);
  CHECK(stopped(g, {"desk"}) == Names{"desk"});
  const auto levels = g.levels({g.node(Id{"desk"})});
  CHECK(levels.at(g.node(Id{"sell"})) == 70);
  CHECK(levels.at(g.node(Id{"ship"})) == 85);
}

TEST_CASE("Links to records that are not there, of no kind, or to themselves do no harm") {
  const auto p = plan("<activity id='a'/><resource id='r'/>" + needs("l", "a", "ghost") + needs("m", "ghost", "r") + "<link id='k' from_id='a' to_id='r'/>" + needs("n", "a", "a"));
  const Graph g(p);
  CHECK(g.node(Id{"ghost"}) == -1);
  CHECK(stopped(g, {"r"}) == Names{"r"});
  REQUIRE(g.cycles().size() == 1);
  CHECK(names(g, g.cycles()[0]) == Names{"a"});
}

TEST_CASE("What something needs is told near ones first") {
  const auto p = plan("<site id='shop'/><activity id='a'/><resource id='app'/><resource id='disk' site_id='shop'/><supplier id='s'/>" + needs("l", "a", "app") + needs("m", "app", "disk") +
                      needs("n", "a", "s"));
  const Graph g(p);
  CHECK(names(g, g.needed_by(g.node(Id{"a"}))) == Names{"app", "s", "disk", "shop"});
}

TEST_CASE("Each knot of records that need one another is told once, by its shortest way round") {
  const auto p = plan("<activity id='a'/><activity id='b'/><activity id='c'/><activity id='d'/><activity id='e'/>" + needs("1", "a", "b") + needs("2", "b", "c") + needs("3", "c", "a") +
                      needs("4", "b", "a") + needs("5", "d", "e") + needs("6", "e", "d") + needs("7", "c", "d"));
  const Graph g(p);
  const auto cycles = g.cycles();
  REQUIRE(cycles.size() == 2);
  CHECK(names(g, cycles[0]) == Names{"a", "b"});
  CHECK(names(g, cycles[1]) == Names{"d", "e"});
  CHECK(stopped(g, {"e"}) == Names{"a", "b", "c", "d", "e"});
}

TEST_CASE("A chain of a hundred thousand records and a dense knot are walked without trouble") {
  Plan p;
  constexpr int count = 100000;
  for (int i = 0; i < count; ++i) {
    Resource r;
    r.id = Id{"r" + std::to_string(i)};
    p.resources.push_back(r);
    Link l;
    l.id = Id{"l" + std::to_string(i)};
    l.kind = Link::Kind::needs;
    l.from_id = r.id;
    l.to_id = Id{"r" + std::to_string((i + 1) % count)};
    p.links.push_back(l);
  }
  const Graph ring(p);
  CHECK(ring.cycles().size() == 1);
  CHECK(ring.cycles()[0].size() == count);
  CHECK(ring.stopped_by({0}).size() == count);
  CHECK(ring.needed_by(0).size() == count - 1);

  Plan dense;
  for (int i = 0; i < 200; ++i) {
    Resource r;
    r.id = Id{"r" + std::to_string(i)};
    dense.resources.push_back(r);
    for (int k = 0; k < 200; ++k) {
      Link l;
      l.id = Id{"l" + std::to_string(i) + "-" + std::to_string(k)};
      l.kind = Link::Kind::needs;
      l.from_id = r.id;
      l.to_id = Id{"r" + std::to_string(k)};
      dense.links.push_back(l);
    }
  }
  CHECK(Graph(dense).cycles().size() == 1);
}

TEST_CASE("The least RPO that reaches a backup comes down every chain, with its user") {
  const auto p = plan("<activity id='books' name='Books' rpo_minutes='1440'/><activity id='sell' name='Sell' rpo_minutes='240'/><activity id='web' rpo_minutes='(none)'/><activity id='other' rpo_minutes='5'/>"
                      "<resource id='data' kind='data'/><resource id='app' kind='system'/><backup id='tm'/>"
                      "<link id='p' from_id='tm' to_id='data' kind='protects'/>" + needs("1", "books", "data") + needs("2", "app", "data") + needs("3", "sell", "app") + needs("4", "web", "app"));
  const Graph g(p);
  const auto rpo = inherited_rpo(p, g, Id{"tm"});
  CHECK(rpo.rpo_minutes.count == 240);
  CHECK(rpo.activity_id.text == "sell");
  CHECK(rpo.data_id.text == "data");
  CHECK(rpo.users.size() == 3);
}

TEST_CASE("Where no user has set an RPO it is not known, and where all use no data it is none") {
  const auto unset = plan("<activity id='a'/><activity id='b' rpo_minutes='(none)'/><resource id='d'/><backup id='tm'/><link id='p' from_id='tm' to_id='d' kind='protects'/>" + needs("1", "a", "d") + needs("2", "b", "d"));
  CHECK(inherited_rpo(unset, Graph(unset), Id{"tm"}).rpo_minutes.is_unknown());
  const auto none = plan("<activity id='b' rpo_minutes='(none)'/><resource id='d'/><backup id='tm'/><link id='p' from_id='tm' to_id='d' kind='protects'/>" + needs("2", "b", "d"));
  CHECK(inherited_rpo(none, Graph(none), Id{"tm"}).rpo_minutes.is_none());
  CHECK(inherited_rpo(none, Graph(none), Id{"ghost"}).users.empty());
}

TEST_CASE("A ring of data that need one another still gives its RPO") {
  const auto p = plan("<activity id='a' rpo_minutes='60'/><resource id='x'/><resource id='y'/><backup id='tm'/><link id='p' from_id='tm' to_id='x' kind='protects'/>" + needs("1", "x", "y") + needs("2", "y", "x") +
                      needs("3", "a", "y"));
  CHECK(inherited_rpo(p, Graph(p), Id{"tm"}).rpo_minutes.count == 60);
}

TEST_CASE("A single point is what stops an activity past its MTPD with nothing to stand in") {
  const std::string base = "<activity id='sell' mtpd_minutes='1440' ACT/><resource id='till' RES/>" + needs("l", "sell", "till");
  const auto with = [&](std::string activity, std::string resource, const std::string& more = "") {
    auto text = base + more;
    text.replace(text.find("ACT"), 3, activity);
    text.replace(text.find("RES"), 3, resource);
    const auto p = plan(text);
    const auto points = single_points(p, Graph(p));
    return points.size();
  };
  CHECK(with("", "") == 1);
  CHECK(with("", "recovery_minutes='1441'") == 1);
  CHECK(with("", "recovery_minutes='1440'") == 0);
  CHECK(with("", "", "<resource id='spare'/><link id='k' from_id='spare' to_id='till' kind='alternate_for'/>") == 0);
  CHECK(with("workaround='By hand' workaround_percent='50' workaround_start_minutes='60'", "") == 0);
  CHECK(with("workaround='By hand' workaround_percent='50' workaround_start_minutes='60' mbco_percent='60'", "") == 1);
  CHECK(with("workaround='By hand'", "") == 1);
  const auto unset = plan("<activity id='sell'/><resource id='till'/>" + needs("l", "sell", "till"));
  CHECK(single_points(unset, Graph(unset)).empty());
}

TEST_CASE("Whatever is tied how, what stops is what a plain reading of the rules says") {
  // Reference: start with everything standing and apply the rules to all records until nothing changes any more.
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    Plan p;
    constexpr int count = 8;
    for (int i = 0; i < count; ++i) {
      Resource r;
      r.id = Id{"r" + std::to_string(i)};
      p.resources.push_back(r);
    }
    for (int i = 0; i < 14; ++i) {
      Link l;
      l.id = Id{"l" + std::to_string(i)};
      l.from_id = Id{"r" + std::to_string(pick(count))};
      l.to_id = Id{"r" + std::to_string(pick(count))};
      l.kind = pick(4) == 0 ? Link::Kind::alternate_for : pick(3) == 0 ? Link::Kind::located_at : Link::Kind::needs;
      if (pick(3) == 0) l.share_percent = Percent(pick(101));
      p.links.push_back(l);
    }
    std::set<int> lost{pick(count), pick(count)};
    std::vector<int> own(count, 100);
    const auto number = [](const Id& id) { return std::stoi(id.text.substr(1)); };
    const auto served = [&](int n) {
      int best = own[n];
      for (const auto& l : p.links)
        if (l.kind == Link::Kind::alternate_for && number(l.to_id) == n) best = std::max(best, own[number(l.from_id)]);
      return best;
    };
    for (bool changed = true; changed;) {
      changed = false;
      for (int n = 0; n < count; ++n) {
        int level = lost.contains(n) ? 0 : own[n];
        for (const auto& l : p.links) {
          if (number(l.from_id) != n || (l.kind != Link::Kind::needs && l.kind != Link::Kind::located_at)) continue;
          const int left = l.kind == Link::Kind::needs ? served(number(l.to_id)) : own[number(l.to_id)];
          level = std::min(level, 100 - static_cast<int>(l.share_percent.value_or(100)) * (100 - left) / 100);
        }
        if (level != own[n]) { own[n] = level; changed = true; }
      }
    }
    const Graph g(p);
    std::set<int> expected;
    for (int n = 0; n < count; ++n)
      if ((lost.contains(n) ? 0 : served(n)) == 0) expected.insert(g.node(Id{"r" + std::to_string(n)}));
    std::set<int> nodes;
    for (const int n : lost) nodes.insert(g.node(Id{"r" + std::to_string(n)}));
    INFO("seed " << seed);
    CHECK(g.stopped_by(nodes) == expected);
  }
}
