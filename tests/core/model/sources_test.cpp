// SPDX-License-Identifier: MIT
// Several probes that feed one backup: which of them is believed, and what is said where they contradict one another.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/model/backup_history.h"
#include "core/model/sources.h"
#include "core/model/timeline.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

using O = Observation::Outcome;
const Instant now = *parse_instant("2026-11-26T12:00:00Z");  // a Thursday

const Plan& business() {
  static const auto plan = testing::plan(
      "<activity id='a' name='Take orders' rpo_minutes='1440'/><resource id='d' name='Orders' kind='data'/><backup id='tm' name='Office' method='time_machine' interval_minutes='60'/>"
      "<probe id='nas' name='The share' type='time_machine' backup_id='tm' url='sftp://nas/tm/'/><probe id='mac' name='The Mac' type='command' backup_id='tm' command='tell'/>"
      "<probe id='hears' name='The pings' type='healthchecks' backup_id='tm' url='https://hc/'/><link id='l' from_id='a' to_id='d' kind='needs'/><link id='m' from_id='tm' to_id='d' kind='protects'/>");
  return plan;
}

/// A reading `read` minutes ago of a point `point` minutes ago; no probe: brought in from elsewhere.
Observation seen(const std::string& probe, int point, int read, O outcome = O::read) {
  Observation o;
  o.uuid = probe + std::to_string(point) + "-" + std::to_string(read);
  o.backup_id = Id{"tm"};
  o.probe_id = Id{probe};
  o.outcome = outcome;
  o.read_at = now.plus_minutes(-read);
  if (point >= 0) o.last_point = o.last_attempt = now.plus_minutes(-point);
  return o;
}
BackupStatus status(std::vector<Observation> all) {
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.read_at < b.read_at; });
  return backup_status(business(), Graph(business()), all, Id{"tm"}, now);
}
bool says(const BackupStatus& s, std::string_view words) { return s.detail.find(words) != std::string::npos; }
constexpr int hour = 60, day = 24 * hour;

}  // namespace

TEST_CASE("of two probes of one backup the newer point counts, whichever was read last") {
  for (const int late : {5, 15}) {
    const auto s = status({seen("nas", 20, 10), seen("mac", 40, late)});
    CHECK(s.state == BackupState::ok);
    CHECK(s.age_minutes == 20);
    CHECK(s.disagreement.empty());
  }
}

TEST_CASE("what looked at the copy itself is believed before what was told of it, and the contradiction is said") {
  for (const int late : {5, 15}) {
    const auto stale = status({seen("nas", 5 * day, 10), seen("mac", 2 * hour, late)});  // the Mac believes that it backs up
    CHECK(stale.state == BackupState::breached);
    CHECK(stale.age_minutes == 5 * day);
    INFO(stale.detail);
    CHECK(says(stale, "Its sources cannot both be right: “The Mac” named a restorable point of 26 Nov 2026, 10:00, and “The share”, asked at 26 Nov 2026, 11:50, none after 21 Nov 2026, 12:00. The verdict rests on “The share”, which looked at the copy itself."));
    const auto fresh = status({seen("nas", 20, 10), seen("mac", 5 * day, late)});
    CHECK(fresh.state == BackupState::at_risk);
    CHECK(fresh.risk == BackupRisk::sources_disagree);
    CHECK(fresh.age_minutes == 20);
    CHECK(says(fresh, "another does not know of it"));
    CHECK(says(fresh, "“The share”, which looked at the copy itself"));
  }
}

TEST_CASE("a source that was asked before the newer point was made contradicts nothing") {
  const auto s = status({seen("nas", 5 * day, 3 * hour), seen("mac", 20, 10)});
  CHECK(s.state == BackupState::ok);
  CHECK(s.age_minutes == 20);
  CHECK(s.disagreement.empty());
  const auto stale = status({seen("nas", 5 * day, 25 * hour), seen("mac", 20, 10)});  // and one that is not fresh vouches for nothing
  CHECK(stale.state == BackupState::ok);
}

TEST_CASE("two sources disagree only by more than the RPO") {
  CHECK(status({seen("nas", 20, 10), seen("mac", 20 + day, 5)}).disagreement.empty());
  CHECK_FALSE(status({seen("nas", 20, 10), seen("mac", 21 + day, 5)}).disagreement.empty());
}

TEST_CASE("of two sources of the same weight the newest point leads, and the contradiction is said") {
  const auto s = status({seen("", 5 * day, 10), seen("mac", 30, 5)});
  CHECK(s.state == BackupState::at_risk);
  CHECK(s.age_minutes == 30);
  CHECK(says(s, "“The Mac” named a restorable point of 26 Nov 2026, 11:30, and what was brought in from elsewhere, asked at"));
  CHECK(says(s, "which names the newest"));
}

TEST_CASE("no good word of another source hides that a copy is not to be trusted, or that a run failed") {
  for (const int late : {5, 15}) {
    auto alarm = seen("nas", 20, 10, O::failed);
    alarm.alarm = true;
    CHECK(status({alarm, seen("mac", 30, late)}).state == BackupState::failed);
    auto health = seen("mac", -1, 10, O::failed);  // a disk fails, and the age comes from elsewhere
    health.alarm = true;
    const auto dying = status({health, seen("nas", 30, late)});
    CHECK(dying.state == BackupState::failed);
    CHECK(dying.age_minutes == 30);
    auto failed = seen("mac", 20, 10, O::failed);
    failed.last_point = {};
    const auto s = status({failed, seen("nas", 40, late)});
    CHECK(s.state == BackupState::failed);
    CHECK(s.age_minutes == 40);
    CHECK(status({failed, seen("nas", 12, late)}).state == BackupState::ok);  // completed after that
  }
}

TEST_CASE("none at all against a point is a contradiction, but for a service that only hears") {
  const auto s = status({seen("nas", -1, 10, O::never_backed_up), seen("mac", 30, 5)});
  CHECK(s.state == BackupState::breached);
  CHECK(says(s, "none at all"));
  const auto heard = status({seen("hears", -1, 5, O::never_backed_up), seen("nas", 30, 10)});
  CHECK(heard.state == BackupState::ok);
  CHECK(heard.disagreement.empty());
}

TEST_CASE("what a probe said that was taken away competes with none that is there") {
  const auto s = status({seen("gone", 20, 5), seen("nas", 5 * day, 10)});
  CHECK(s.state == BackupState::breached);
  CHECK(s.disagreement.empty());
  CHECK(status({seen("gone", 20, 5)}).state == BackupState::ok);  // until another answers
}

TEST_CASE("a history of two sources is told from what the verdicts rested on, and does not leap to and fro") {
  std::vector<Observation> all;
  for (int i = 0; i < 24; ++i) {
    const int ago = (24 - i) * hour;
    auto nas = seen("nas", 0, ago), mac = seen("mac", 0, ago - 30);
    nas.last_point = now.plus_minutes(-5 * day);
    mac.last_point = mac.read_at.plus_minutes(-20);
    all.push_back(nas), all.push_back(mac);
  }
  ReadingList list;
  for (const auto& o : all) list.push_back(&o);
  const auto kept = leading_readings(list, ProbesAsSet(business()), calendar_of(business(), business().backups.front()), Minutes(1440));
  CHECK(kept.size() == 25);  // the Mac's first word came before the share was looked at again
  const auto h = backup_history(business(), Graph(business()), business().backups.front(), list, now.plus_minutes(-20 * hour), now, now);
  CHECK(h.inside_minutes == 0);
  CHECK(h.outside_minutes >= 19 * hour);
}

TEST_CASE("the health of a NAS hides no age, and a clock that is off hides no honest source") {
  auto health = seen("mac", -1, 5);
  CHECK(status({health, seen("nas", 30, 10)}).state == BackupState::ok);
  auto future = seen("mac", -1, 5);
  future.last_point = now.plus_minutes(600);
  CHECK(status({future, seen("nas", 30, 10)}).age_minutes == 30);
  CHECK(status({future}).state == BackupState::unknown);
}

TEST_CASE("a run that ended with warnings stands in the verdict, and is no failure") {
  auto warned = seen("mac", 30, 5);
  warned.warned = true;
  const auto s = status({warned});
  CHECK(s.state == BackupState::ok);
  CHECK(s.warned);
  CHECK(backup_status_label(s) == "OK, with warnings");
  CHECK(says(s, "Its last run ended with warnings: something may be missing in it."));
  CHECK_FALSE(status({warned, seen("mac", 10, 2)}).warned);  // the next run had none
}

TEST_CASE("what a source warns of stands in the verdict, whichever source leads") {
  auto paused = seen("watch", 60, 5);
  paused.warned = true;
  paused.detail = "“Nightly” is paused at the service: it watches no more.";
  const auto alone = status({paused});
  CHECK(alone.warned);
  CHECK(says(alone, paused.detail));
  const auto beside = status({paused, seen("nas", 30, 2)});
  CHECK(beside.state == BackupState::ok);
  CHECK(beside.warned);
  CHECK(says(beside, paused.detail));
  auto better = seen("watch", 40, 1);
  CHECK_FALSE(status({paused, seen("nas", 30, 2), better}).warned);
}
