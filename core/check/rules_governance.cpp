// SPDX-License-Identifier: MIT
#include "core/check/context.h"

#include <algorithm>
#include <map>
#include <set>


#include "core/base/embedded.h"
#include "core/base/text.h"
#include "core/base/xml.h"

namespace mainstay {
namespace {

void declarer(const CheckContext& c, Hits& hits) {
  const Role* declaring = nullptr;
  for (const auto& role : c.plan.roles)
    if (role.may_declare == Answer::yes && !role.holder_id.empty()) declaring = declaring ? declaring : &role;
  if (!declaring) return hits.push_back({"nobody", c.organisation(), {}});
  const bool spare = std::any_of(c.plan.roles.begin(), c.plan.roles.end(), [&](const Role& r) {
    return r.may_declare == Answer::yes && ((!r.alternate_id.empty() && r.alternate_id != r.holder_id) || (!r.holder_id.empty() && r.holder_id != declaring->holder_id));
  });
  if (!spare) hits.push_back({"alone", c.organisation(), {{"person", c.title(declaring->holder_id)}}});
}

void owner_and_sponsor(const CheckContext& c, Hits& hits) {
  const auto& o = c.plan.organisation();
  const bool alone = c.plan.people.size() < 2;  // a business of one has nobody else to name
  if (o.plan_owner_id.empty() || o.sponsor_id.empty()) hits.push_back({"missing", c.organisation(), {}});
  else if (o.plan_owner_id == o.sponsor_id && !alone) hits.push_back({"same", c.organisation(), {{"person", c.title(o.sponsor_id)}}});
}

bool is_current_hash(const CheckContext& c, const std::string& hash) {
  return !hash.empty() && !c.content_hash.empty() && lower_case(c.content_hash).starts_with(lower_case(hash));
}

void approval(const CheckContext& c, Hits& hits) {
  const Review* latest = nullptr;
  for (const auto& r : c.plan.reviews)
    if (r.kind == Review::Kind::approval && (!latest || (r.on && (!latest->on || r.on.days >= latest->on.days)))) latest = &r;
  if (!latest) return hits.push_back({"none", c.organisation(), {}});
  const Args args{{"day", latest->on ? spoken(latest->on) : tr("a day not known")}};
  if (latest->content_hash.empty()) hits.push_back({"unknown", c.organisation(), args});
  else if (!c.content_hash.empty() && !is_current_hash(c, latest->content_hash)) hits.push_back({"changed", c.organisation(), args});
}

void duties(const CheckContext& c, Hits& hits) {
  if (c.plan.obligations.empty() && c.plan.organisation().duties_note.empty()) hits.push_back({"", c.organisation(), {}});
}

/// Records that the starter plan brought and that nobody has touched since.
void starter_wording(const CheckContext& c, Hits& hits) {
  const auto& o = c.plan.organisation();
  if (o.template_id.empty() || o.template_id == "blank" || o.template_id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string::npos) return;
  const auto bytes = template_text("plans/" + o.template_id + ".xml");
  if (!bytes) return;
  const auto document = parse_xml(*bytes, o.template_id);
  std::vector<Id> untouched;
  for (const auto& node : document.document_element().children()) {
    const auto kind = local_name(node);
    const bool worded = kind == "site" || kind == "supplier" || kind == "procedure" || kind == "message_draft" || kind == "risk" || kind == "strategy" || kind == "activity";
    if (!worded) continue;
    const Id id{node.attribute("id").value()};
    const auto ref = c.record(id);
    if (!ref || ref.kind() != kind) continue;
    bool same = true;
    for (const auto& attribute : node.attributes()) {
      const std::string_view key = attribute.name();
      if (key != "id" && ref.table->info->field(key) && ref.text(key) != attribute.value()) same = false;
    }
    for (const auto& field : ref.table->info->fields)
      if (!node.attribute(std::string(field.key).c_str()) && !field.text(ref.record).empty()) same = false;
    if (same) untouched.push_back(id);
  }
  if (!untouched.empty()) hits.push_back({"", c.organisation(), {{"count", untouched.size()}, {"records", c.titles(untouched, 6)}, {"template", o.template_id}}});
}

bool is_outside(const CheckContext& c, const PlanCopy& copy) {
  if (copy.form == PlanCopy::Form::cloud) return true;
  const auto* site = c.get<Site>("site", copy.site_id);
  return site && site->kind != Site::Kind::main && site->kind != Site::Kind::unknown;
}

bool is_given(const CheckContext& c, const PlanCopy& copy) { return !copy.withdrawn_on || copy.withdrawn_on.days > c.today.days; }

void copies_outside(const CheckContext& c, Hits& hits) {
  int given = 0, outside = 0, current = 0;
  for (const auto& copy : c.plan.plan_copies) {
    if (!is_given(c, copy)) continue;
    ++given;
    if (!is_outside(c, copy)) continue;
    ++outside;
    if (c.content_hash.empty() || is_current_hash(c, copy.content_hash)) ++current;
  }
  if (given == 0) hits.push_back({"none", c.organisation(), {}});
  else if (outside == 0) hits.push_back({"inside", c.organisation(), {{"count", given}}});
  else if (current == 0) hits.push_back({"old", c.organisation(), {{"count", outside}}});
}

void paper_copy(const CheckContext& c, Hits& hits) {
  const bool paper = std::any_of(c.plan.plan_copies.begin(), c.plan.plan_copies.end(), [&](const PlanCopy& copy) { return is_given(c, copy) && copy.form == PlanCopy::Form::paper; });
  if (!paper) hits.push_back({"", c.organisation(), {}});
}

void copy_is_old(const CheckContext& c, Hits& hits) {
  for (const auto& copy : c.plan.plan_copies) {
    if (!is_given(c, copy) || c.content_hash.empty()) continue;
    if (copy.content_hash.empty()) hits.push_back({"unknown", ref_to(copy), {}});
    else if (!is_current_hash(c, copy.content_hash)) hits.push_back({"old", ref_to(copy), {}});
  }
}

void copy_of_leaver(const CheckContext& c, Hits& hits) {
  for (const auto& copy : c.plan.plan_copies)
    if (const auto* person = c.get<Person>("person", copy.person_id); person && is_given(c, copy) && !c.is_current(*person)) hits.push_back({"", ref_to(copy), {{"person", person->name}}});
}

void places(const CheckContext& c, Hits& hits) {
  const bool main = std::any_of(c.plan.sites.begin(), c.plan.sites.end(), [](const Site& s) { return s.kind == Site::Kind::main; });
  if (!main) hits.push_back({"", c.organisation(), {}});
}

constexpr NamedAudit audits[] = {
    {"declarer", declarer},
    {"owner_and_sponsor", owner_and_sponsor},
    {"approval", approval},
    {"duties", duties},
    {"starter_wording", starter_wording},
    {"copies_outside", copies_outside},
    {"paper_copy", paper_copy},
    {"copy_is_old", copy_is_old},
    {"copy_of_leaver", copy_of_leaver},
    {"places", places},
};

}  // namespace

std::span<const NamedAudit> governance_audits() { return audits; }

}  // namespace mainstay
