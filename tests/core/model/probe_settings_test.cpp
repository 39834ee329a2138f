// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "core/model/backup_history.h"
#include "core/model/probe_settings.h"
#include "core/model/timeline.h"
#include "tests/support/plans.h"

using namespace mainstay;
using testing::plan;

namespace {

const Instant now = *parse_instant("2026-11-26T12:00:00Z");

Plan with_probe(const std::string& url, const std::string& more = "") {
  return plan("<organisation id='organisation'/><activity id='a' name='Sell' rpo_minutes='1440'/><resource id='d' name='Till' kind='data'/><backup id='b' name='Till copy'/><probe id='p' name='Look' backup_id='b' type='url' url='" + url + "' " +
              more + "/><link id='l' from_id='a' to_id='d' kind='needs'/><link id='m' from_id='b' to_id='d' kind='protects'/>");
}

Observation read(const std::string& settings, std::int64_t minutes_ago, std::int64_t age, std::int64_t count = -1) {
  Observation o;
  o.uuid = "u" + std::to_string(minutes_ago);
  o.probe_id = Id{"p"};
  o.backup_id = Id{"b"};
  o.outcome = Observation::Outcome::read;
  o.read_at = now.plus_minutes(-minutes_ago);
  o.last_point = now.plus_minutes(-age);
  o.history_count = count;
  o.settings = settings;
  return o;
}

BackupStatus status(const Plan& p, const std::vector<Observation>& all) { return backup_status(p, Graph(p), all, Id{"b"}, now); }
const std::string old_settings = probe_settings(with_probe("file:///old").probes.front()), new_settings = probe_settings(with_probe("file:///new").probes.front());

}  // namespace

TEST_CASE("A reading of another address does not count, and the state says so") {
  const auto p = with_probe("file:///new");
  CHECK(status(with_probe("file:///old"), {read(old_settings, 5, 60)}).state == BackupState::ok);
  const auto changed = status(p, {read(old_settings, 5, 60)});
  CHECK(changed.state == BackupState::unknown);
  CHECK_FALSE(changed.last_point);
  CHECK(changed.detail.find("has not been measured since its probe's settings were changed") != std::string::npos);
  CHECK(changed.detail.find("The reading of 26 Nov 2026, 11:55 does not count any more") != std::string::npos);
  const auto again = status(p, {read(old_settings, 5, 60), read(new_settings, 2, 3000)});
  CHECK(again.state == BackupState::breached);
  CHECK(again.detail.find("does not count") == std::string::npos);
}

TEST_CASE("A reading that does not say its settings counts, and so does one of a probe that is not here") {
  const auto p = with_probe("file:///new");
  CHECK(status(p, {read("", 5, 60)}).state == BackupState::ok);
  auto carried = read("0123456789abcdef", 5, 60);
  carried.probe_id = Id{"elsewhere"};
  CHECK(status(p, {carried}).state == BackupState::ok);
}

TEST_CASE("What changes nothing of where a probe looks leaves its readings alone") {
  const auto plain = probe_settings(with_probe("https://nas/share").probes.front());
  CHECK(probe_settings(with_probe(" https://nas/share/ ", "every_minutes='60' timeout_seconds='5' pin='SHA256:x' secret_name='nas' paused='yes' time_zone='UTC'").probes.front()) == plain);
  for (const auto* more : {"item='Till'", "account='watcher'", "command='x'"}) CHECK(probe_settings(with_probe("https://nas/share", more).probes.front()) != plain);
  CHECK(probe_settings(with_probe("https://nas/other").probes.front()) != plain);
}

TEST_CASE("Fewer restore points at a new address are no lost history") {
  const auto p = with_probe("file:///new");
  CHECK(status(p, {read(new_settings, 50, 90, 100), read(new_settings, 5, 60, 2)}).lost_history());
  CHECK_FALSE(status(p, {read(old_settings, 50, 90, 100), read(new_settings, 5, 60, 2)}).lost_history());
}

TEST_CASE("A history ends with the last reading where its probe looks elsewhere since") {
  const auto p = with_probe("file:///new");
  const std::vector<Observation> before{read(old_settings, 600, 660)}, same{read(new_settings, 600, 660)};
  const auto told = [&](const std::vector<Observation>& all) { return backup_history(p, Graph(p), p.backups.front(), readings_of(all, Id{"b"}), now.plus_minutes(-1000), now, now).stretches.back().to; };
  CHECK(told(same) == now);
  CHECK(told(before) == now.plus_minutes(-600));
}

TEST_CASE("A failure with settings that the probe has no more is not quoted, an answer with another secret stays one") {
  const auto with_secret = with_probe("https://nas/share", "secret_name='old-key'"), changed = with_probe("https://nas/share", "secret_name='new-key'"), moved = with_probe("https://nas/other", "secret_name='old-key'");
  Observation refused = read(settings_told(with_secret.probes.front()), 5, 60);
  refused.outcome = Observation::Outcome::unreadable;
  refused.last_point = {};
  refused.detail = "The secret “old-key” is not on this computer.";
  CHECK(status(with_secret, {refused}).detail.find("old-key") != std::string::npos);
  for (const auto* p : {&changed, &moved}) {
    const auto s = status(*p, {refused});
    CHECK(s.state == BackupState::unknown);
    CHECK(s.detail.find("old-key") == std::string::npos);
    CHECK(s.detail.find("has not been measured since its probe's settings were changed") != std::string::npos);
  }
  const auto good = read(settings_told(with_secret.probes.front()), 20, 60);
  CHECK(status(changed, {good, refused}).state == BackupState::ok);
  CHECK(status(changed, {good, refused}).detail.find("old-key") == std::string::npos);
  CHECK(latest_as_set({good, refused}, with_secret.probes.front(), now)->outcome == Observation::Outcome::unreadable);
  CHECK(latest_as_set({good, refused}, changed.probes.front(), now)->outcome == Observation::Outcome::read);
  CHECK_FALSE(latest_as_set({good, refused}, moved.probes.front(), now));
}

TEST_CASE("A stranger's key is told until it is trusted, whatever the password") {
  const auto plain = with_probe("https://nas/share"), other_secret = with_probe("https://nas/share", "secret_name='new-key'"), trusted = with_probe("https://nas/share", "pin='SHA256:x'");
  Observation stranger = read(settings_told(plain.probes.front()), 5, 60);
  stranger.outcome = Observation::Outcome::unreadable;
  stranger.presented_pin = "SHA256:x";
  CHECK(latest_as_set({stranger}, plain.probes.front(), now));
  CHECK(latest_as_set({stranger}, other_secret.probes.front(), now));
  CHECK_FALSE(latest_as_set({stranger}, trusted.probes.front(), now));
}

TEST_CASE("Readings of earlier versions, which do not say how they were tried, count as before") {
  const auto p = with_probe("https://nas/share", "secret_name='new-key'");
  Observation refused = read(probe_settings(p.probes.front()), 5, 60);
  refused.outcome = Observation::Outcome::unreadable;
  CHECK(is_as_set(refused, settings_told(p.probes.front())));
  refused.settings.clear();
  CHECK(is_as_set(refused, settings_told(p.probes.front())));
}
