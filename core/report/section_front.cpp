// SPDX-License-Identifier: MIT
// Front and back matter: cover, contents, scope, copies, versions, glossary, log form.
#include <algorithm>

#include "core/base/text.h"
#include "core/report/section.h"

namespace mainstay {

void section_cover(Section& s) {
  const auto& organisation = s.plan.organisation();
  Cover cover;
  cover.title = tr("Business continuity plan");
  cover.organisation = trimmed(organisation.name).empty() ? tr("Your business") : organisation.name;
  cover.subtitle = trimmed(organisation.business_kind).empty() || organisation.business_kind == none_text
                       ? tr("How we keep going, and who does what, when something stops us")
                       : tr("{kind} · how we keep going, and who does what, when something stops us", {{"kind", organisation.business_kind}});
  const auto fact = [&](std::string label, std::string value) { cover.facts.emplace_back(std::move(label), std::move(value)); };
  fact(tr("Version"), std::to_string(s.in.version));
  fact(tr("Code"), tr("{code} (the same on every sheet of this version)", {{"code", short_code(s.in.content_hash)}}));
  fact(tr("Printed"), spoken(s.in.now.date()));
  fact(tr("Valid until"), !organisation.next_review_on ? tr("no review date has been set yet")
                            : organisation.next_review_on.days < s.in.now.date().days ? tr("{date}. That day has passed: the plan is due for review.", {{"date", spoken(organisation.next_review_on)}})
                                                                                      : spoken(organisation.next_review_on));
  const auto owner = title_of(s.plan, organisation.plan_owner_id);
  fact(tr("Plan owner"), owner.empty() ? tr("not named yet") : owner);
  const auto sponsor = title_of(s.plan, organisation.sponsor_id);
  if (!sponsor.empty() && sponsor != owner) fact(tr("Stands behind it"), sponsor);
  const Review* approval = nullptr;
  for (const auto& review : s.plan.reviews)
    if (review.kind == Review::Kind::approval && review.on && (!approval || approval->on.days <= review.on.days)) approval = &review;
  if (!approval) fact(tr("Approved"), tr("not approved yet"));
  else {
    const auto who = !approval->person_id.empty() ? title_of(s.plan, approval->person_id) : approval->by;
    const bool same = !approval->content_hash.empty() && s.in.content_hash.starts_with(approval->content_hash.substr(0, 64));
    if (approval->content_hash.empty()) fact(tr("Approved"), tr("{date} by {who}; which state of the plan it was for is not recorded", {{"date", spoken(approval->on)}, {"who", who.empty() ? tr("a name not recorded") : who}}));
    else fact(tr("Approved"), same ? tr("{date} by {who}", {{"date", spoken(approval->on)}, {"who", who.empty() ? tr("a name not recorded") : who}})
                              : tr("{date} by {who}, for an earlier state of the plan", {{"date", spoken(approval->on)}, {"who", who.empty() ? tr("a name not recorded") : who}}));
  }
  fact(tr("This copy is held by"), "\n");
  s.out.emplace_back(std::move(cover));
}

void section_contents(Section& s) { s.out.emplace_back(Contents{}); }

void section_about(Section& s) {
  const auto& o = s.plan.organisation();
  TableBlock table;
  table.columns = {{tr("Point"), 2}, {tr("What we have settled"), 6}};
  const auto row = [&](std::string title, const std::string& text) {
    if (!trimmed(text).empty()) table.rows.push_back({cell(title, Tone::strong), cell(text)});
  };
  row(tr("Scope"), o.scope);
  row(tr("Left out, and why"), o.exclusions);
  row(tr("Policy"), o.policy);
  row(tr("Objective"), o.objective);
  row(tr("Duties"), o.duties_note);
  row(tr("Official warnings"), o.warning_source);
  s.table(std::move(table), tr("Nobody has written down yet what this plan covers. Until then it covers the whole business."));
  TableBlock duties;
  duties.caption = tr("Duties from law and contracts that an interruption touches");
  duties.columns = {{tr("Duty"), 3}, {tr("Law or contract"), 2}, {tr("Activity"), 2}, {tr("Tell whom"), 2}, {tr("Within"), 1}};
  for (const auto& duty : s.plan.obligations)
    duties.rows.push_back({stacked(duty.name, duty.requirement), cell(duty.source), title_cell(s.plan, duty.activity_id), title_cell(s.plan, duty.contact_id), cell(duty.notice_minutes)});
  if (!duties.rows.empty()) s.out.emplace_back(std::move(duties));
}

void section_copies(Section& s) {
  TableBlock table;
  table.columns = {{tr("Copy"), 3}, {tr("Holder"), 3}, {tr("Form"), 2}, {tr("Kept in"), 3}, {tr("Given"), 2}, {tr("State"), 3}};
  for (const auto& copy : s.plan.plan_copies) {
    if (copy.withdrawn_on) continue;
    Text state = {Span{tr("code not recorded"), Tone::unknown}};
    if (!copy.content_hash.empty()) {
      const bool same = s.in.content_hash.starts_with(copy.content_hash.substr(0, 64));
      state = same ? Text{Span{tr("Current"), Tone::good}} : Text{Span{tr("Out of date"), Tone::warning}};
    }
    table.rows.push_back({cell(copy.name, Tone::strong), title_cell(s.plan, copy.person_id), cell(label_of(copy, "form")), stacked(title_of(s.plan, copy.site_id), copy.kept_at), cell(copy.given_on), state});
  }
  s.table(std::move(table), tr("No copy has been recorded. Give one on paper to each person who may declare an emergency, keep one away from the premises, and note here who has which."));
}

void section_changes(Section& s) {
  s.say(tr("This is version {version} with the code {code}. The code is worked out from the plan's content: two sheets with the same code belong together, and a sheet with another code is of another version.",
           {{"version", s.in.version}, {"code", short_code(s.in.content_hash)}}));
  TableBlock table;
  table.caption = tr("Reviews and approvals");
  table.columns = {{tr("Day"), 2}, {tr("Kind"), 3}, {tr("Who"), 3}, {tr("Code"), 2}, {tr("Note"), 4}};
  std::vector<const Review*> reviews;
  for (const auto& review : s.plan.reviews) reviews.push_back(&review);
  std::stable_sort(reviews.begin(), reviews.end(), [](const Review* a, const Review* b) { return (a->on ? a->on.days : 0) > (b->on ? b->on.days : 0); });
  for (const auto* review : reviews)
    table.rows.push_back({cell(review->on), cell(label_of(*review, "kind")), review->person_id.empty() ? cell(review->by) : title_cell(s.plan, review->person_id),
                          review->content_hash.empty() ? cell("") : cell(short_code(review->content_hash)), trimmed(review->note).empty() ? Text{} : cell(review->note)});
  s.table(std::move(table), tr("Nobody has reviewed or approved the plan yet. Read it through with the people named in it, then have the owner approve it."));
  TableBlock sign;
  sign.caption = tr("Sign-off");
  sign.columns = {{tr("Name"), 3}, {tr("Role"), 3}, {tr("Signature"), 4}, {tr("Day"), 2}};
  for (int i = 0; i < 2; ++i) sign.rows.push_back({plain("\n\n"), {}, {}, {}});
  s.out.emplace_back(std::move(sign));
}

void section_glossary(Section& s) {
  const std::pair<std::string, std::string> words[] = {
      {tr("Activity"), tr("Something the business does that must go on, such as selling over the counter or paying wages.")},
      {tr("MTPD"), tr("Maximum tolerable period of disruption: how long an activity may stand still before the harm can no longer be accepted.")},
      {tr("RTO"), tr("Recovery time objective: when the activity is to run again, at its minimum level at least. Always shorter than the MTPD.")},
      {tr("RPO"), tr("Recovery point objective: how much work may be lost, counted back in time from the moment things stopped. It sets how old the newest backup may be.")},
      {tr("MBCO"), tr("Minimum business continuity objective: the share of normal service that is enough for a while.")},
      {tr("Asserted"), tr("Somebody said so. Nobody has measured it.")},
      {tr("Observed"), tr("A program read it from the thing itself, on the day that is given.")},
      {tr("Tested"), tr("Somebody tried it with a watch in hand.")},
      {tr("Restore point"), tr("A state of the data that a backup can bring back.")},
      {tr("Single point of failure"), tr("Something whose loss alone stops an activity for too long, and that nothing stands in for.")},
      {tr("Workaround"), tr("How an activity goes on by hand or elsewhere while its usual means are missing.")},
      {tr("Declare"), tr("To say that the plan is in force now. Only the people named for it do so.")},
      {tr("Stand down"), tr("To end the emergency and go back to normal work, in order.")},
      {tr("Code"), tr("Eight characters worked out from the plan's content. They change when the content does.")},
  };
  TableBlock table;
  table.columns = {{tr("Word"), 2}, {tr("Meaning here"), 7}};
  for (const auto& [word, meaning] : words) table.rows.push_back({cell(word, Tone::strong), plain(meaning)});
  s.out.emplace_back(std::move(table));
}

void section_log_form(Section& s) {
  TableBlock table;
  table.columns = {{tr("Time"), 2}, {tr("What happened, what was decided, who was told"), 9}, {tr("By"), 2}};
  for (int i = 0; i < 16; ++i) table.rows.push_back({plain("\n"), {}, {}});
  s.out.emplace_back(std::move(table));
}

}  // namespace mainstay
