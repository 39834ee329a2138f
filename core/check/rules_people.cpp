// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


namespace mainstay {
namespace {

void role_holders(const CheckContext& c, Hits& hits) {
  const bool alone = c.plan.people.size() == 1;
  for (const auto& r : c.plan.roles) {
    const auto *holder = c.get<Person>("person", r.holder_id), *spare = c.get<Person>("person", r.alternate_id);
    if (!holder) hits.push_back({"nobody", ref_to(r), {}});
    else if (!c.is_current(*holder)) hits.push_back({"left", ref_to(r), {{"person", holder->name}}});
    else if (spare && !c.is_current(*spare)) hits.push_back({"left", ref_to(r), {{"person", spare->name}}});
    else if (!alone && (!spare || spare == holder)) hits.push_back({"alone", ref_to(r), {{"person", holder->name}}});
  }
}

void alternate_shares(const CheckContext& c, Hits& hits) {
  for (const auto& r : c.plan.roles) {
    const auto *holder = c.get<Person>("person", r.holder_id), *spare = c.get<Person>("person", r.alternate_id);
    if (!holder || !spare || holder == spare) continue;
    const Args args{{"person", holder->name}, {"alternate", spare->name}};
    if (!holder->household.empty() && holder->household != none_text && holder->household == spare->household) hits.push_back({"household", ref_to(r), args});
  }
}

void role_briefed(const CheckContext& c, Hits& hits) {
  std::set<Id> holders;
  for (const auto& r : c.plan.roles) {
    holders.insert(r.holder_id);
    holders.insert(r.alternate_id);
  }
  for (const auto& p : c.plan.people) {
    if (!holders.contains(p.id) || !c.is_current(p)) continue;
    if (!p.trained_on || !p.acknowledged_on) hits.push_back({"never", ref_to(p), {}});
    else if (c.days_since(p.trained_on) > 365 || c.days_since(p.acknowledged_on) > 365) hits.push_back({"old", ref_to(p), {}});
  }
}

/// Reached from the start of the call tree, also with any one caller missing; those who may declare are the start.
void call_tree(const CheckContext& c, Hits& hits) {
  std::vector<Id> staff_ids;
  std::set<Id> current;
  for (const auto& p : c.plan.people)
    if (c.is_current(p)) { staff_ids.push_back(p.id); current.insert(p.id); }
  const auto staff = staff_ids.size();
  if (staff < 4) return;  // three people call one another
  bool any = false;
  std::map<Id, std::vector<Id>> calls;
  for (const auto& link : c.plan.links)
    if (link.kind == Link::Kind::calls && current.contains(link.from_id) && current.contains(link.to_id)) {
      any = true;
      calls[link.from_id].push_back(link.to_id);
    }
  std::set<Id> starts;
  for (const auto& r : c.plan.roles)
    if (r.may_declare == Answer::yes)
      for (const auto& id : {r.holder_id, r.alternate_id})
        if (current.contains(id)) starts.insert(id);
  // Everybody must be reached from those who may declare, whoever of the callers is missing.
  const auto reached_without = [&](const Id& missing) {
    std::set<Id> reached;
    std::vector<Id> next;
    for (const auto& id : starts)
      if (id != missing && reached.insert(id).second) next.push_back(id);
    while (!next.empty()) {
      const auto caller = next.back();
      next.pop_back();
      for (const auto& id : calls[caller])
        if (id != missing && reached.insert(id).second) next.push_back(id);
    }
    return reached;
  };
  std::set<Id> lost;
  std::vector<Id> absent{Id{}};
  for (const auto& [caller, ignored] : std::map<Id, std::vector<Id>>(calls)) absent.push_back(caller);
  for (const auto& missing : absent) {
    const auto reached = reached_without(missing);
    for (const auto& id : staff_ids)
      if (id != missing && !reached.contains(id)) lost.insert(id);
  }
  const std::vector<Id> missed(lost.begin(), lost.end());
  if (!any) hits.push_back({"none", c.organisation(), {{"count", staff}}});
  else if (!missed.empty()) hits.push_back({"missed", c.organisation(), {{"people", c.titles(missed, 6)}, {"count", missed.size()}}});
}

void contact_kinds(const CheckContext& c, Hits& hits) {
  using K = Contact::Kind;
  std::set<K> there;
  for (const auto& contact : c.plan.contacts) there.insert(contact.kind);
  std::vector<std::string> missing;
  const auto* field = Contact::info().field("kind");
  for (const auto kind : {K::emergency, K::utility, K::insurer, K::bank, K::landlord, K::key_customer, K::it_support, K::telecom})
    if (!there.contains(kind)) missing.emplace_back(field->choices[static_cast<std::size_t>(kind)].label);
  if (!missing.empty()) hits.push_back({"", c.organisation(), {{"kinds", join(missing, ", ")}}});
}

void people_listed(const CheckContext& c, Hits& hits) {
  if (c.plan.people.empty()) hits.push_back({"", c.organisation(), {}});
}

constexpr NamedAudit audits[] = {
    {"role_holders", role_holders},
    {"alternate_shares", alternate_shares},
    {"role_briefed", role_briefed},
    {"call_tree", call_tree},
    {"contact_kinds", contact_kinds},
    {"people_listed", people_listed},
};

}  // namespace

std::span<const NamedAudit> people_audits() { return audits; }

}  // namespace mainstay
