// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/time_zone.h"
#include "core/model/restore_estimate.h"

namespace mainstay {
namespace {

void in_state(const CheckContext& c, Hits& hits, BackupState state) {
  for (const auto& status : c.backups()) {
    if (status.state != state || status.lost_everything()) continue;
    if (status.risk == BackupRisk::history_lost || status.risk == BackupRisk::space || status.risk == BackupRisk::sources_disagree) continue;  // have rules of their own
    const auto ref = c.record(status.backup_id);
    if (ref) hits.push_back({"", ref, {{"detail", status.detail}, {"user", c.title(status.rpo.activity_id)}}, true});
  }
}
void backup_breached(const CheckContext& c, Hits& hits) { in_state(c, hits, BackupState::breached); }
void backup_at_risk(const CheckContext& c, Hits& hits) { in_state(c, hits, BackupState::at_risk); }
void backup_failed(const CheckContext& c, Hits& hits) { in_state(c, hits, BackupState::failed); }
void backup_unknown(const CheckContext& c, Hits& hits) { in_state(c, hits, BackupState::unknown); }

void history_lost(const CheckContext& c, Hits& hits) {
  for (const auto& status : c.backups()) {
    const auto* backup = c.get<Backup>("backup", status.backup_id);
    if (!backup || !status.lost_history()) continue;
    const bool time_machine = backup->method == Backup::Method::time_machine;
    if (status.lost_everything()) {
      const Args args{{"before", status.history_before}, {"was", status.point_before ? spoken(status.point_before) : std::string()}};
      const bool counted = status.history_before > 1 || !status.point_before;
      hits.push_back({time_machine ? counted ? "time_machine_all" : "time_machine_only" : counted ? "all" : "only", ref_to(*backup), args});
      continue;
    }
    if (status.history_before >= 0) hits.push_back({time_machine ? "time_machine" : "lost", ref_to(*backup), {{"before", status.history_before}, {"left", status.history_now}}});
    else hits.push_back({time_machine ? "time_machine_reach" : "reach", ref_to(*backup), {{"before", spoken(status.reach_before.date())}, {"left", spoken(status.reach_now.date())}}});
  }
}

void space_ends(const CheckContext& c, Hits& hits) {
  for (const auto& status : c.backups()) {
    const auto ref = c.record(status.backup_id);
    if (!ref || !status.space.ends_within(shortest_space_days)) continue;
    const auto& space = status.space;
    hits.push_back({space.least_days == space.most_days ? "even" : "about", ref, {{"days", space.lasts_days}, {"least", space.least_days}, {"most", space.most_days}, {"free", spoken_bytes(space.free_bytes)}, {"a_day", spoken_bytes(space.bytes_a_day)}, {"count", space.days}}, true});
  }
}

/// It was read, and its source warns of something.
void ended_with_warnings(const CheckContext& c, Hits& hits) {
  for (const auto& status : c.backups())
    if (const auto ref = c.record(status.backup_id); ref && status.warned) hits.push_back({"", ref, {{"warning", status.warning}}, true});
}

/// Two sources of one backup that cannot both be right.
void sources_disagree(const CheckContext& c, Hits& hits) {
  for (const auto& status : c.backups())
    if (const auto ref = c.record(status.backup_id); ref && !status.disagreement.empty()) hits.push_back({"", ref, {{"disagreement", status.disagreement}}, true});
}

std::map<Id, const Backup*> backups_by_id(const Plan& plan) {
  std::map<Id, const Backup*> found;
  for (const auto& b : plan.backups) found.emplace(b.id, &b);
  return found;
}

/// The backups that protect a data set.
std::vector<const Backup*> keepers(const CheckContext& c, const std::map<Id, const Backup*>& all, const Id& data) {
  std::vector<const Backup*> found;
  const int node = c.graph.node(data);
  if (node < 0) return found;
  for (const auto& edge : c.graph.in(node))
    if (edge.kind == Link::Kind::protects)
      if (const auto b = all.find(c.graph.id(edge.to)); b != all.end()) found.push_back(b->second);
  return found;
}

bool is_off_site(const CheckContext& c, const Backup& b) {
  if (b.place == Backup::Place::off_site || b.place == Backup::Place::cloud) return true;
  if (b.place == Backup::Place::on_site) return false;
  const auto* site = c.get<Site>("site", b.site_id);
  return site && site->kind != Site::Kind::main && site->kind != Site::Kind::unknown;
}

bool matters(const CheckContext& c, const Resource& r) { return r.kind == Resource::Kind::data && (r.critical == Answer::yes || !c.users(r.id).empty()); }

void data_without_backup(const CheckContext& c, Hits& hits) {
  const auto all = backups_by_id(c.plan);
  for (const auto& r : c.plan.resources)
    if (matters(c, r) && keepers(c, all, r.id).empty()) hits.push_back({"", ref_to(r), {{"users", c.titles(c.users(r.id), 3)}}});
}

void data_only_on_site(const CheckContext& c, Hits& hits) {
  const auto all = backups_by_id(c.plan);
  for (const auto& r : c.plan.resources) {
    if (!matters(c, r)) continue;
    const auto kept = keepers(c, all, r.id);
    if (kept.empty() || std::any_of(kept.begin(), kept.end(), [&](const Backup* b) { return is_off_site(c, *b); })) continue;
    const bool known = std::all_of(kept.begin(), kept.end(), [](const Backup* b) { return b->place == Backup::Place::on_site || !b->site_id.empty(); });
    std::vector<Id> ids;
    for (const auto* b : kept) ids.push_back(b->id);
    hits.push_back({known ? "on_site" : "unknown", ref_to(r), {{"backups", c.titles(ids)}}});
  }
}

void data_deletable(const CheckContext& c, Hits& hits) {
  const auto all = backups_by_id(c.plan);
  for (const auto& r : c.plan.resources) {
    if (!matters(c, r)) continue;
    const auto kept = keepers(c, all, r.id);
    if (kept.empty() || std::any_of(kept.begin(), kept.end(), [](const Backup* b) { return b->immutable == Answer::yes; })) continue;
    const bool unknown = std::any_of(kept.begin(), kept.end(), [](const Backup* b) { return b->immutable == Answer::unknown; });
    hits.push_back({unknown ? "unknown" : "no", ref_to(r), {}});
  }
}

/// The kind of medium, also where only the way of backing up tells it.
Backup::Medium medium_of(const Backup& b) {
  if (b.medium != Backup::Medium::unknown) return b.medium;
  if (b.method == Backup::Method::nas_copy) return Backup::Medium::nas;
  if (b.method == Backup::Method::disk_rotation) return Backup::Medium::disk;
  const bool cloud = b.method == Backup::Method::cloud_backup || b.method == Backup::Method::crashplan || b.place == Backup::Place::cloud;
  return cloud ? Backup::Medium::cloud : Backup::Medium::unknown;
}

/// The 3-2-1 rule: the original and two copies, on two kinds of medium. A synced folder repeats a mistake at once and is no
/// copy; that one lies off-site is a rule of its own.
void three_two_one(const CheckContext& c, Hits& hits) {
  const auto all = backups_by_id(c.plan);
  for (const auto& r : c.plan.resources) {
    if (!matters(c, r)) continue;
    auto kept = keepers(c, all, r.id);
    std::erase_if(kept, [](const Backup* b) { return b->method == Backup::Method::cloud_sync; });
    if (kept.empty()) continue;
    std::vector<Id> ids;
    std::set<Backup::Medium> media;
    for (const auto* b : kept) {
      ids.push_back(b->id);
      media.insert(medium_of(*b));
    }
    const Args args{{"backups", c.titles(ids, 4)}};
    const bool unknown = media.erase(Backup::Medium::unknown) > 0;
    if (kept.size() < 2) hits.push_back({"one_copy", ref_to(r), args});
    else if (media.size() < 2) hits.push_back({unknown ? "unknown" : "one_medium", ref_to(r), args});
  }
}

void backup_times_unreadable(const CheckContext& c, Hits& hits) {
  for (const auto& b : c.plan.backups) {
    if (!Backup::info().field("run_at")->is_readable(&b)) hits.push_back({"time", ref_to(b), {{"text", b.run_at}}});
    else if (!Backup::info().field("run_days")->is_readable(&b)) hits.push_back({"days", ref_to(b), {{"text", b.run_days}}});
  }
}

void site_times_unreadable(const CheckContext& c, Hits& hits) {
  for (const auto& s : c.plan.sites) {
    constexpr std::pair<std::string_view, std::string_view> cases[] = {{"open_days", "days"}, {"open_hours", "hours"}, {"closed_on", "closed"}, {"time_zone", "zone"}};
    const auto wrong = std::find_if(std::begin(cases), std::end(cases), [&](const auto& each) { return !Site::info().field(each.first)->is_readable(&s); });
    if (wrong != std::end(cases)) hits.push_back({std::string(wrong->second), ref_to(s), {{"text", Site::info().field(wrong->first)->text(&s)}}});
  }
}

bool says_its_days(const Site& site) {
  std::optional<std::array<bool, 7>> named;
  return !site.open_days.empty() || (parse_open_hours(site.open_hours, &named) && named);  // days that cannot be read are asked for by a rule of their own
}

/// Once for each place where a backup works. Until somebody answers, weekends count as open days.
void weekend_unknown(const CheckContext& c, Hits& hits) {
  const auto& business = c.plan.organisation();
  if (business.open_saturday != Answer::unknown && business.open_sunday != Answer::unknown) return;
  std::set<std::string> asked;
  for (const auto& b : c.plan.backups) {
    const auto* site = site_of(c.plan, b);
    if (site && says_its_days(*site)) continue;
    if (asked.insert(site ? site->id.text : std::string()).second) hits.push_back({site ? "site" : "business", site ? ref_to(*site) : c.organisation(), {}});
  }
}

void schedule_too_slow(const CheckContext& c, Hits& hits) {
  for (const auto& b : c.plan.backups) {
    const auto rpo = inherited_rpo(c.plan, c.graph, b.id);
    if (!rpo.rpo_minutes) continue;
    const Args base{{"rpo", spoken_minutes(rpo.rpo_minutes.count)}, {"user", c.title(rpo.activity_id)}};
    const auto calendar = calendar_of(c.plan, b).for_spans_of(rpo.rpo_minutes.count);
    const auto gap = planned_gap_minutes(b, calendar);
    if (!gap) { if (b.interval_minutes.is_unknown()) hits.push_back({"unknown", ref_to(b), base}); continue; }
    const auto needed = *gap + b.run_minutes.value_or(0) + b.offsite_lag_minutes.value_or(0);
    auto args = base;
    args.emplace_back("time", parse_time_of_day(b.run_at) ? spoken_open_minutes(calendar, needed) : spoken_minutes(needed));
    if (needed > rpo.rpo_minutes.count) hits.push_back({"slow", ref_to(b), args});
  }
}

void restore_untested(const CheckContext& c, Hits& hits) {
  for (const auto& status : c.backups()) {
    const auto ref = c.record(status.backup_id);
    if (!ref) continue;
    if (!status.last_proven) hits.push_back({"never", ref, {}});
    else if (c.days_since(status.last_proven) > 365) hits.push_back({"old", ref, {{"day", spoken(status.last_proven)}}});
  }
}

/// Files whose every byte came back open as well as the originals do.
bool came_back_the_same(const RestoreTest& t) { return t.files_same.value_or(0) > 0 && t.files_different.value_or(0) == 0 && t.files_missing.value_or(0) == 0; }

void restore_failed(const CheckContext& c, Hits& hits) {
  std::map<Id, const RestoreTest*> latest;
  for (const auto& t : c.plan.restore_tests) {
    auto& known = latest[t.backup_id];
    if (!known || (t.on && (!known->on || t.on.days >= known->on.days))) known = &t;
  }
  for (const auto& [id, t] : latest) {
    const auto ref = c.record(id);
    if (!ref) continue;
    const Args args{{"day", t->on ? spoken(t->on) : tr("a day not known")}};
    if (t->result == RestoreTest::Result::fail || t->result == RestoreTest::Result::partial) hits.push_back({"failed", ref, args});
    else if (t->result == RestoreTest::Result::unknown) hits.push_back({"unknown", ref, args});
    else if (t->files_opened != Answer::yes && !came_back_the_same(*t)) hits.push_back({"unopened", ref, args});
  }
}

void restore_too_slow(const CheckContext& c, Hits& hits) {
  for (const auto& b : c.plan.backups) {
    const auto verdict = restore_verdict(c.plan, c.graph, b.id);
    if (verdict.time != RestoreTime::too_slow && verdict.time != RestoreTime::unsure) continue;
    const auto& e = verdict.estimate;
    const bool slow = verdict.time == RestoreTime::too_slow;
    hits.push_back({e.too_small ? slow ? "slow_at_least" : "small" : slow ? "slow" : "unsure", ref_to(b),
                    {{"time", spoken_minutes(e.likely_minutes)}, {"low", spoken_minutes(e.low_minutes)}, {"high", spoken_minutes(e.high_minutes)},
                     {"rto", spoken_minutes(verdict.rto_minutes.count)}, {"activity", c.title(verdict.activity_id)}, {"wanted", e.wanted_mb}, {"full", e.full_mb}}});
  }
}

void not_measured(const CheckContext& c, Hits& hits) {
  std::set<Id> measured;
  for (const auto& p : c.plan.probes)
    if (p.paused != Answer::yes) measured.insert(p.backup_id);
  for (const auto& b : c.plan.backups)
    if (!measured.contains(b.id)) hits.push_back({"", ref_to(b), {}});
}

constexpr NamedAudit audits[] = {
    {"backup_breached", backup_breached},
    {"backup_at_risk", backup_at_risk},
    {"backup_failed", backup_failed},
    {"backup_unknown", backup_unknown},
    {"history_lost", history_lost},
    {"space_ends", space_ends},
    {"ended_with_warnings", ended_with_warnings},
    {"sources_disagree", sources_disagree},
    {"three_two_one", three_two_one},
    {"backup_times_unreadable", backup_times_unreadable},
    {"site_times_unreadable", site_times_unreadable},
    {"weekend_unknown", weekend_unknown},
    {"data_without_backup", data_without_backup},
    {"data_only_on_site", data_only_on_site},
    {"data_deletable", data_deletable},
    {"schedule_too_slow", schedule_too_slow},
    {"restore_untested", restore_untested},
    {"restore_failed", restore_failed},
    {"restore_too_slow", restore_too_slow},
    {"not_measured", not_measured},
};

}  // namespace

std::span<const NamedAudit> backup_audits() { return audits; }

}  // namespace mainstay
