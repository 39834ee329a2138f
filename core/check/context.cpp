// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>

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

/// How many plugs of a device record one recall still concerns, and how many nobody has looked at.
struct PlugCounts {
  Number total, inspected, affected, exchanged;
};

Number counted(const std::string& text) {
  if (text == none_text) return Number(0);
  if (text.empty() || text.size() > 9 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
  return Number(std::stoll(text));
}

PlugCounts plug_counts(const CheckContext& c, const RecordRef& ref) {
  const auto at = [&](std::string_view name) { return counted(c.value(ref, name)); };
  return {at("count"), at("inspected_count"), at("affected_count"), at("exchanged_count")};
}

/// What somebody saw on the plug; empty where nobody has looked.
std::string mark_seen(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  return c.value(ref, recall == "two_prong" ? "marking" : recall == "three_prong" ? "inner_part" : "a1300_mark");
}

MarkingClass recall_class(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  const auto look = mark_seen(c, ref, recall);
  if (recall == "two_prong") return marking_class(look);
  if (look == "white_no_letters" || look == "solid_ce") return MarkingClass::affected;
  if (look == "grey" || look == "outlined_ce" || look == "other_model") return MarkingClass::safe;
  return MarkingClass::unknown;
}

std::string left_in_use(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  const auto n = plug_counts(c, ref);
  const auto exchanged = n.exchanged.value_or(0);
  if (n.affected) return std::to_string(std::max<std::int64_t>(0, n.affected.count - exchanged));
  const auto look = recall_class(c, ref, recall);
  if (look == MarkingClass::safe) return "0";
  if (look == MarkingClass::affected) return std::to_string(std::max<std::int64_t>(0, n.total.value_or(1) - exchanged));
  return {};
}

/// "(none)" inspected still leaves every plug to look at; "" where even their number is not known.
std::string not_inspected(const CheckContext& c, const RecordRef& ref, std::string_view recall) {
  const auto n = plug_counts(c, ref);
  const bool looked = !mark_seen(c, ref, recall).empty();  // an unclear mark was seen too
  if (looked && !n.inspected) return "0";
  const auto seen = n.inspected ? n.inspected.count : n.affected.value_or(0);
  if (!n.total) return {};
  return std::to_string(std::max<std::int64_t>(0, n.total.count - seen));
}

std::string counts_conflict(const CheckContext& c, const RecordRef& ref) {
  const auto n = plug_counts(c, ref);
  const auto above = [](Number a, Number b) { return a && b && a.count > b.count; };
  for (const auto* name : {"inspected_count", "affected_count", "exchanged_count"})
    if (const auto text = c.value(ref, name); !text.empty() && !counted(text)) return "yes";
  return above(n.inspected, n.total) || above(n.affected, n.inspected) || above(n.exchanged, n.affected) || above(n.affected, n.total) ? "yes" : "no";
}

/// The plugs of a place, counted as one: what people know who have walked through it once.
PlugCounts site_counts(const CheckContext& c, const RecordRef& ref) {
  const auto at = [&](std::string_view name) { return counted(c.attribute(ref.id, name)); };
  return {at("site_plugs_count"), at("site_plugs_inspected_count"), at("site_plugs_affected_count"), at("site_plugs_exchanged_count")};
}

std::string site_plugs(const CheckContext& c, const RecordRef& ref, std::string_view what) {
  const auto n = site_counts(c, ref);
  const auto above = [](Number a, Number b) { return a && b && a.count > b.count; };
  if (what == "conflict") return above(n.inspected, n.total) || above(n.affected, n.inspected) || above(n.exchanged, n.affected) || above(n.affected, n.total) ? "yes" : "no";
  const auto left = [](Number from, std::int64_t less) { return from ? std::to_string(std::max<std::int64_t>(0, from.count - less)) : std::string(); };
  return what == "left" ? left(n.affected, n.exchanged.value_or(0)) : left(n.total, n.inspected ? n.inspected.count : n.affected.value_or(0));
}

/// Apple's plugs are rarely listed one by one: a place is asked about as a whole where Apple's devices are used and no plug is listed. Nothing listed at all says nothing.
Truth may_hold_apple_plugs(const CheckContext& c, const RecordRef& ref) {
  if (c.plan.devices.empty()) return Truth::unknown;
  bool apple = false;
  const bool only_site = c.plan.sites.size() == 1;
  for (const auto& device : c.plan.devices) {
    if (device.site_id != ref.id && !(only_site && device.site_id.empty())) continue;
    if (device.kind == Device::Kind::wall_plug) return Truth::no;  // asked about one by one
    const bool old = !device.purchased_on || device.purchased_on.days <= parse_date("2015-12-31")->days;
    apple = apple || (old && contains_folded(device.brand, "apple"));
  }
  return truth_of(apple);
}

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
  return nullptr;
}

bool is_computed_value(std::string_view name) {
  if (name == "today" || name == "home_region" || name == "counts_conflict" || name == "site_plugs_left" || name == "site_plugs_unseen" || name == "site_plugs_conflict") return true;
  for (const std::string_view recall : {"two_prong", "three_prong", "a1300"})
    if (name.starts_with(recall) && (name.substr(recall.size()) == "_left" || name.substr(recall.size()) == "_unseen")) return true;
  return false;
}

std::optional<std::string> computed_value(const CheckContext& c, const RecordRef& ref, std::string_view name) {
  if (name == "home_region") return home_region(c, ref);
  if (ref.kind() == "site" && (name == "site_plugs_left" || name == "site_plugs_unseen" || name == "site_plugs_conflict")) return site_plugs(c, ref, name.substr(11));
  if (ref.kind() != "device") return {};
  if (name == "counts_conflict") return counts_conflict(c, ref);
  for (const std::string_view recall : {"two_prong", "three_prong", "a1300"}) {
    if (!name.starts_with(recall)) continue;
    if (name.substr(recall.size()) == "_left") return left_in_use(c, ref, recall);
    if (name.substr(recall.size()) == "_unseen") return not_inspected(c, ref, recall);
  }
  return {};
}

}  // namespace mainstay
