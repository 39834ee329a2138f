// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>

#include "core/check/plug_counts.h"

namespace mainstay {

CheckContext::CheckContext(const Plan& p, const Graph& g, const std::vector<Observation>& o, Instant at, std::string hash, std::string path)
    : plan(p), graph(g), observations(o), now(at), today(at ? at.date() : Date()), content_hash(std::move(hash)), plan_path(std::move(path)) {
  for (const auto& table : Plan::tables())
    for (std::size_t i = 0; i < table.size(plan); ++i) records_.emplace(table.id_at(plan, i).text, RecordRef{&table, table.at(plan, i), table.id_at(plan, i)});
  for (const auto& a : plan.attributes) attributes_[a.subject_id.text].push_back(&a);
}

RecordRef CheckContext::record(const Id& id) const {
  const auto found = records_.find(id.text);
  return found == records_.end() ? RecordRef() : found->second;
}

std::string CheckContext::title(const Id& id) const {
  const auto ref = record(id);
  return ref ? title_of(plan, ref) : id.text;
}

std::string CheckContext::titles(const std::vector<Id>& ids, std::size_t most) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < ids.size() && i < most; ++i) names.push_back(tr("“{name}”", {{"name", title(ids[i])}}));
  const auto shown = join(names, ", ");
  if (ids.size() <= most) return shown;
  return tr("{names} and {count} more", {{"names", shown}, {"count", ids.size() - most}});
}

const std::string& CheckContext::attribute(const Id& subject_id, std::string_view name) const {
  static const std::string nothing;
  const auto found = attributes_.find(subject_id.text);
  if (found == attributes_.end()) return nothing;
  for (const auto* a : found->second)
    if (a->name == name && !a->value.empty()) return a->value;
  return nothing;
}

std::string CheckContext::value(const RecordRef& ref, std::string_view name) const {
  if (name == "today") return to_text(today);
  if (const auto* field = ref.table->info->field(name)) return field->text(ref.record);
  if (auto computed = computed_value(*this, ref, name)) return *computed;
  if (const auto& own = attribute(ref.id, name); !own.empty()) return own;
  const auto* site = ref.table->info->field("site_id");
  return site ? attribute(Id{site->text(ref.record)}, name) : std::string();
}

ConditionSubject CheckContext::subject(const RecordRef& ref) const {
  return {[this, ref](std::string_view name) { return value(ref, name); },
          [this, ref](std::string_view name) {
            const auto predicate = find_predicate(name);
            return predicate ? predicate(*this, ref) : Truth::unknown;
          }};
}

const std::vector<BackupStatus>& CheckContext::backups() const {
  if (!backups_ready_) backups_ = backup_statuses(plan, graph, observations, now);
  backups_ready_ = true;
  return backups_;
}

RecordRef CheckContext::organisation() const {
  static const Organisation nobody;
  const auto* table = table_of("organisation");
  if (plan.organisations.empty()) return {table, &nobody, Id{}};
  return {table, &plan.organisations.front(), plan.organisations.front().id};
}

Id CheckContext::role_like(std::string_view hint) const {
  if (hint.empty()) return {};
  const auto wanted = "role-" + std::string(hint);
  for (const auto& role : plan.roles)
    if (role.id.text == wanted) return role.id;
  for (const auto& role : plan.roles)
    for (const auto& word : split(role.name, ' '))
      if (lower_case(word) == hint) return role.id;
  if (hint == "coordinator")
    for (const auto& role : plan.roles)
      if (role.may_declare == Answer::yes) return role.id;
  return {};
}

const std::vector<int>& CheckContext::needs(const Id& activity) const {
  const auto [place, fresh] = needs_.emplace(activity.text, std::vector<int>());
  if (fresh)
    if (const int node = graph.node(activity); node >= 0) place->second = graph.needed_by(node);
  return place->second;
}

const std::vector<Id>& CheckContext::users(const Id& id) const {
  static const std::vector<Id> nobody;
  if (!users_ready_) {
    for (const auto& a : plan.activities)
      for (const int node : needs(a.id)) users_[graph.id(node).text].push_back(a.id);
    users_ready_ = true;
  }
  const auto found = users_.find(id.text);
  return found == users_.end() ? nobody : found->second;
}

AuditFunction find_audit(std::string_view name) {
  for (const auto& group : {governance_audits(), activity_audits(), dependency_audits(), risk_audits(), backup_audits(), people_audits(), procedure_audits(), exercise_audits()})
    for (const auto& audit : group)
      if (audit.name == name) return audit.run;
  return nullptr;
}

namespace {

std::string home_region(const CheckContext& c, const RecordRef& ref) {
  const auto site = ref.kind() == "site" ? ref : c.record(Id{ref.text("site_id")});
  if (site)
    if (auto region = site.text("region"); !region.empty()) return region;
  return c.organisation().text("region");
}

Truth is_needed(const CheckContext& c, const RecordRef& ref) { return truth_of(!c.users(ref.id).empty()); }
Truth has_needs(const CheckContext& c, const RecordRef& ref) { return truth_of(!c.needs(ref.id).empty()); }
/// True where something measures the backup.
Truth is_measured(const CheckContext& c, const RecordRef& ref) {
  return truth_of(std::any_of(c.plan.probes.begin(), c.plan.probes.end(), [&](const Probe& p) { return p.backup_id == ref.id && !ref.id.empty(); }));
}
Truth is_here(const CheckContext& c, const RecordRef& ref) {
  return ref.kind() == "person" ? truth_of(c.is_current(*static_cast<const Person*>(ref.record))) : Truth::yes;
}

}  // namespace

Predicate find_predicate(std::string_view name) {
  if (name == "is_needed") return is_needed;
  if (name == "has_needs") return has_needs;
  if (name == "is_here") return is_here;
  if (name == "is_measured") return is_measured;
  if (name == "may_hold_apple_plugs") return may_hold_apple_plugs;
  if (name == "is_travel_kit") return is_travel_kit;
  return nullptr;
}

bool is_computed_value(std::string_view name) { return name == "today" || name == "home_region" || is_plug_value(name); }

std::optional<std::string> computed_value(const CheckContext& c, const RecordRef& ref, std::string_view name) {
  if (name == "home_region") return home_region(c, ref);
  return plug_value(c, ref, name);
}

}  // namespace mainstay
