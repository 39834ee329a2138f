// SPDX-License-Identifier: MIT
// A backup that was deleted from a place that answers, told from a place that does not answer and from a probe that looks in the wrong place.
#include <catch2/catch.hpp>

#include "core/model/timeline.h"
#include "core/model/what_is_gone.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

using O = Observation::Outcome;
const Instant now = *parse_instant("2026-11-26T12:00:00Z");

const Plan& business() {
  static const auto plan = testing::plan("<activity id='a' name='Take orders' rpo_minutes='1440'/><resource id='d' name='Orders' kind='data'/><backup id='tm' name='Office' method='time_machine'/>"
                                         "<probe id='p' type='time_machine' backup_id='tm' url='sftp://nas/tm/' item='Office'/><link id='l' from_id='a' to_id='d' kind='needs'/><link id='m' from_id='tm' to_id='d' kind='protects'/>");
  return plan;
}

Observation seen(O outcome, int minutes_ago, int count = -1) {
  Observation o;
  o.uuid = std::to_string(minutes_ago);
  o.backup_id = Id{"tm"};
  o.probe_id = Id{"p"};
  o.settings = "as set";
  o.outcome = outcome;
  o.read_at = now.plus_minutes(-minutes_ago);
  o.history_count = count;
  if (outcome == O::read) o.last_point = o.read_at.plus_minutes(-30), o.item = "Office.sparsebundle";
  return o;
}
/// What a probe says where the share answers and the bundle is not on it.
Observation nothing_there(int minutes_ago) {
  auto o = seen(O::unreadable, minutes_ago, 0);
  o.detail = "No Time Machine bundle of “Office” is there. There are: “Till.sparsebundle”.";
  return o;
}
std::vector<Observation> told(std::vector<Observation> fresh, const std::vector<Observation>& known) {
  tell_what_is_gone(fresh, known);
  return fresh;
}
BackupStatus status(std::vector<Observation> all) {
  for (auto& o : all) o.settings.clear();
  return backup_status(business(), Graph(business()), all, Id{"tm"}, now);
}

}  // namespace

TEST_CASE("A backup that was on a share and is not there any more is gone: the strongest alarm, not the last known age") {
  const auto before = seen(O::read, 120, 40);
  const auto fresh = told({nothing_there(5)}, {before});
  REQUIRE(fresh.front().outcome == O::never_backed_up);
  const auto s = status({before, fresh.front()});
  CHECK(s.state == BackupState::breached);
  CHECK(s.lost_everything());
  CHECK(s.detail == "Office is breached: all of its history is gone (40 restore points before, none now), and Take orders has an RPO of 1 d. Do not let macOS start over: a new backup deletes what may be left of the old one. "
                    "No Time Machine bundle of “Office” is there. There are: “Till.sparsebundle”.");
  // It stays so, looked at again and again.
  const auto again = told({nothing_there(2)}, {before, fresh.front()});
  CHECK(again.front().outcome == O::never_backed_up);
  CHECK(status({before, fresh.front(), again.front()}).lost_everything());
  // Both may come in one file of readings.
  CHECK(told({nothing_there(5), before}, {}).front().outcome == O::never_backed_up);
}

TEST_CASE("A share that does not answer leaves the last known, also after the backup was gone") {
  const auto before = seen(O::read, 120, 40);
  const auto silent = told({seen(O::unreadable, 5)}, {before});
  CHECK(silent.front().outcome == O::unreadable);
  const auto s = status({before, silent.front()});
  CHECK_FALSE(s.lost_history());
  CHECK(s.detail.find("That is the last known") != std::string::npos);
  const auto gone = told({nothing_there(60)}, {before}).front();
  CHECK(status({before, gone, silent.front()}).lost_everything());
}

TEST_CASE("Where nothing was ever found, nothing is gone: the probe may look in the wrong place") {
  CHECK(told({nothing_there(5)}, {}).front().outcome == O::unreadable);
  CHECK(told({nothing_there(5)}, {seen(O::never_backed_up, 60, 0), seen(O::unreadable, 90), nothing_there(100)}).front().outcome == O::unreadable);
  auto elsewhere = seen(O::read, 60, 40);
  elsewhere.settings = "another address";
  CHECK(told({nothing_there(5)}, {elsewhere}).front().outcome == O::unreadable);
  auto other = seen(O::read, 60, 40);
  other.probe_id = Id{"q"};
  CHECK(told({nothing_there(5)}, {other}).front().outcome == O::unreadable);
  CHECK(told({nothing_there(60)}, {seen(O::read, 5, 40)}).front().outcome == O::unreadable);  // found later, so there is nothing to tell
  CHECK(status({nothing_there(5)}).state == BackupState::unknown);
}
