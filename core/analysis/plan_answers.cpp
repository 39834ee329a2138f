// SPDX-License-Identifier: MIT
#include "core/analysis/plan_answers.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"

namespace mainstay {
namespace {

/// Yes where all are good and sure, “partly” where some are.
PlanAnswer graded(std::string key, long long good, long long all, bool sure, const std::string& unsure_word, std::string text) {
  if (good == 0) return {std::move(key), Outlook::no, tr("No"), std::move(text)};
  if (good < all) return {std::move(key), Outlook::yes_if, tr("Partly"), std::move(text)};
  return {std::move(key), sure ? Outlook::yes : Outlook::yes_if, sure ? tr("Yes") : unsure_word, std::move(text)};
}

/// Minutes until a thing can be used without the premises: 0 = all along, -1 = not within the test.
std::int64_t back_after(const Survival& premises, const Id& id) {
  const auto hit = premises.back_minutes.find(id.text);
  return hit == premises.back_minutes.end() ? 0 : hit->second;
}

PlanAnswer data_answer(const Plan& plan, const std::vector<BackupStatus>& backups, const Survival& premises) {
  std::set<Id> fresh;
  for (const auto& status : backups)
    if (status.state == BackupState::ok)
      for (const auto& link : plan.links)
        if (link.kind == Link::Kind::protects && link.from_id == status.backup_id) fresh.insert(link.to_id);
  long long all = 0, good = 0, measured = 0;
  bool sure = true;
  for (const auto& data : plan.resources) {
    if (data.kind != Resource::Kind::data) continue;
    ++all;
    const auto after = back_after(premises, data.id);
    if (after < 0) continue;
    ++good;
    measured += fresh.contains(data.id);
    // What must be restored is as good as the copy, and a copy nobody has measured is a hope.
    if (after > 0 && !fresh.contains(data.id)) sure = false;
  }
  if (all == 0) return {"reach_data", Outlook::unknown, tr("Not known"), tr("The plan lists no data yet.")};
  const Args args{{"good", good}, {"all", all}, {"measured", measured}};
  return graded("reach_data", good, all, sure, tr("Yes, if the copies are good"),
                measured ? tr("{good} of {all} kinds of data can be reached, or come back from a copy, away from the premises; for {measured} a fresh copy has been measured.", args)
                         : tr("{good} of {all} kinds of data can be reached, or come back from a copy, away from the premises; no copy has been measured as fresh.", args));
}

PlanAnswer phone_answer(const Plan& plan, const Survival& premises) {
  long long all = 0, good = 0, open = 0;
  std::int64_t slowest = 0;
  bool guessed = false, untried = false;
  for (const auto& line : plan.resources) {
    if (line.kind != Resource::Kind::telephony) continue;
    ++all;
    const auto after = back_after(premises, line.id);
    // A line that is back after more than a day is not answered on the day that counts.
    if (after < 0 || after > minutes_per_day) {
      open += line.recovery_minutes.is_unknown();
      continue;
    }
    ++good;
    slowest = std::max(slowest, after);
    guessed = guessed || line.recovery_basis == Basis::template_value;
    untried = untried || (after > 0 && line.recovery_basis != Basis::tested && line.recovery_basis != Basis::observed);
  }
  if (all == 0) return {"answer_phones", Outlook::unknown, tr("Not known"), tr("The plan lists no telephone line yet.")};
  const Args args{{"good", good}, {"all", all}, {"open", open}, {"time", spoken_minutes(slowest)}};
  if (good == 0 && open == all) return {"answer_phones", Outlook::unknown, tr("Not known"), tr("How soon the telephone could be answered elsewhere, nobody has said.")};
  auto text = slowest > 0 ? tr("{good} of {all} lines can be answered elsewhere, the last of them after {time}.", args) : tr("{good} of {all} lines work from elsewhere.", args);
  if (good == 0) text = tr("No line can be answered elsewhere within a day.");
  return graded("answer_phones", good, all, !guessed && !untried, guessed ? tr("Yes, if the starter plan's guesses hold") : tr("Yes, though nobody has tried it"), std::move(text));
}

PlanAnswer delivery_answer(const Plan& plan, const Survival& premises) {
  if (premises.days.empty() || premises.activities.empty()) return {"deliver_work", Outlook::unknown, tr("Not known"), tr("The plan lists no activity yet.")};
  if (premises.loss.ids.empty()) return {"deliver_work", Outlook::unknown, tr("Not known"), tr("The plan has no place of work yet.")};
  const auto& last = premises.days.back().activities;
  long long running = 0;
  for (std::size_t i = 0; i < last.size(); ++i) {
    const auto* activity = find_in(plan.activities, premises.activities[i]);
    running += activity && last[i].service_percent >= std::max<std::int64_t>(1, activity->mbco_percent.value_or(1));
  }
  const bool sure = premises.guesses.empty() && premises.assumed.empty();
  return graded("deliver_work", running, static_cast<long long>(last.size()), sure,
                premises.guesses.empty() ? tr("Yes, if what the test assumes holds") : tr("Yes, if the starter plan's guesses hold"),
                tr("After two weeks {running} of {all} activities run at their minimum level or better.", {{"running", running}, {"all", last.size()}}));
}

PlanAnswer procedure_answer(const Plan& plan) {
  long long written = 0, copies = 0;
  for (const auto& procedure : plan.procedures)
    written += std::any_of(plan.steps.begin(), plan.steps.end(), [&](const auto& step) { return step.procedure_id == procedure.id; });
  for (const auto& copy : plan.plan_copies) copies += !copy.withdrawn_on;
  auto text = tr("{written} procedures are written down; {copies} copies of the plan are with people.", {{"written", written}, {"copies", copies}});
  if (written == 0) return {"find_procedures", Outlook::no, tr("No"), std::move(text)};
  return {"find_procedures", copies > 0 ? Outlook::yes : Outlook::yes_if, copies > 0 ? tr("Yes") : tr("Partly"), std::move(text)};
}

}  // namespace

std::vector<PlanAnswer> plan_answers(const Plan& plan, const std::vector<BackupStatus>& backups, const Survival& premises) {
  return {data_answer(plan, backups, premises), phone_answer(plan, premises), delivery_answer(plan, premises), procedure_answer(plan),
          {"survive_two_weeks", premises.outlook, premises.word, premises.verdict}};
}

}  // namespace mainstay
