// SPDX-License-Identifier: MIT
#include <algorithm>

#include "core/analysis/survive.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr int longest_days = 366;

template <class T, class Accept>
std::vector<Id> ids_of(const std::vector<T>& records, Accept accept) {
  std::vector<Id> ids;
  for (const auto& record : records)
    if (accept(record)) ids.push_back(record.id);
  return ids;
}

/// The places of work: main and branch; where the plan does not say which those are, every place whose kind is not known.
std::vector<Id> premises(const Plan& plan) {
  auto found = ids_of(plan.sites, [](const Site& s) { return s.kind == Site::Kind::main || s.kind == Site::Kind::branch; });
  return found.empty() ? ids_of(plan.sites, [](const Site& s) { return s.kind == Site::Kind::unknown; }) : found;
}

/// A kind of loss, with the words for it and the sentence where the plan holds nothing of the sort.
struct Family {
  std::vector<std::string_view> words;
  std::vector<Id> (*members)(const Plan&);
  std::string_view nothing;
};

const std::vector<Family>& families() {
  using K = Resource::Kind;
  static const std::vector<Family> all = {
      {{"site", "sites", "premises", "workplace"}, premises, "The plan has no place of work yet: add the premises first."},
      {{"person", "people", "staff"}, [](const Plan& p) { return ids_of(p.people, [](const Person& x) { return !x.left_on; }); }, "The plan has no people yet: add them first."},
      {{"supplier", "suppliers"}, [](const Plan& p) { return ids_of(p.suppliers, [](const Supplier&) { return true; }); }, "The plan has no suppliers yet: add them first."},
      {{"it_data", "it"}, [](const Plan& p) { return ids_of(p.resources, [](const Resource& r) { return r.kind == K::system || r.kind == K::data; }); },
       "The plan has no systems or data yet: add them first."},
      {{"power_telecom", "power"}, [](const Plan& p) { return ids_of(p.resources, [](const Resource& r) { return r.kind == K::utility || r.kind == K::telephony; }); },
       "The plan has no utilities or telephony yet: add them first."},
  };
  return all;
}

/// Only what can be lost, so that a task or risk of the same name makes nothing ambiguous.
Plan losable(const Plan& plan) {
  Plan part;
  part.sites = plan.sites;
  part.people = plan.people;
  part.roles = plan.roles;
  part.suppliers = plan.suppliers;
  part.activities = plan.activities;
  part.resources = plan.resources;
  part.devices = plan.devices;
  part.contacts = plan.contacts;
  return part;
}

Id resolve_loss(const Plan& plan, const Plan& candidates, const std::string& word) {
  try {
    return resolve_record(candidates, "", word).id;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
  }
  const auto other = resolve_record(plan, "", word);
  throw Error(ErrorCode::usage, tr("“{title}” is a {kind}: a place, person, role, supplier, activity, resource, device or contact can be lost.",
                                   {{"title", title_of(plan, other)}, {"kind", other.kind()}}));
}

}  // namespace

Loss premises_loss(const Plan& plan, int days) { return {premises(plan), days}; }

Loss parse_loss(const Plan& plan, const std::vector<std::string>& words, int days) {
  if (days < 1 || days > longest_days) throw Error(ErrorCode::usage, tr("The loss lasts 1 to {longest} days, not {days}.", {{"longest", longest_days}, {"days", days}}));
  Loss loss;
  loss.days = days;
  const auto candidates = losable(plan);
  const auto add = [&](const Id& id) {
    if (std::find(loss.ids.begin(), loss.ids.end(), id) == loss.ids.end()) loss.ids.push_back(id);
  };
  const auto take = [&](const std::string& word) {
    const auto folded = lower_case(word);
    for (const auto& family : families())
      if (std::find(family.words.begin(), family.words.end(), folded) != family.words.end()) {
        const auto ids = family.members(plan);
        if (ids.empty()) throw Error(ErrorCode::not_found, tr(family.nothing));
        for (const auto& id : ids) add(id);
        return;
      }
    add(resolve_loss(plan, candidates, word));
  };
  bool any = false;
  for (const auto& given : words) {
    const std::string whole(trimmed(given));
    if (whole.empty()) continue;
    any = true;
    // A name may hold a comma: the whole is tried first where it is a name.
    const bool is_name = std::any_of(Plan::tables().begin(), Plan::tables().end(), [&](const Table& table) {
      for (std::size_t i = 0; i < table.size(candidates); ++i)
        if (title_of(plan, table.id_at(candidates, i)) == whole) return true;
      return false;
    });
    if (whole.find(',') == std::string::npos || is_name) take(whole);
    else
      for (const auto& part : split(whole, ',')) take(part);
  }
  if (!any) throw Error(ErrorCode::usage, tr("Say what is lost: premises, people, supplier, it_data, power_telecom, or the name or id of a record."));
  return loss;
}

}  // namespace mainstay
