// SPDX-License-Identifier: MIT
// Procedures, strategies, risks, insurance, exercises.
#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
Text state_cell(Strategy::State state) {
  switch (state) {
    case Strategy::State::have: return {Span{tr("Have it"), Tone::good}};
    case Strategy::State::partly: return {Span{tr("Partly"), Tone::warning}};
    case Strategy::State::no: return {Span{tr("No"), Tone::bad}};
    case Strategy::State::unknown: break;
  }
  return {Span{tr("Not known"), Tone::unknown}};
}

/// True where a name says no more than the heading above it: “Loss of the premises” under “Loss of premises”.
bool says_the_same(std::string_view name, std::string_view heading) {
  const auto words = [](std::string_view text) {
    std::set<std::string> found;
    for (const auto& word : split(lower_case(text), ' '))
      if (word != "the" && word != "of" && word != "and" && word != "or" && word != "a") found.insert(word);
    return found;
  };
  return words(name) == words(heading);
}

void strategy_paragraphs(Section& s, const Strategy& strategy, std::string_view heading) {
  if (!says_the_same(strategy.name, heading)) s.heading(3, strategy.name);
  std::vector<std::string> facts;
  if (strategy.expected_minutes) facts.push_back(tr("in place within {time}", {{"time", spoken_minutes(strategy.expected_minutes.count)}}));
  if (strategy.capacity_percent) facts.push_back(tr("carries {percent} % of normal work", {{"percent", static_cast<long long>(strategy.capacity_percent.count)}}));
  if (strategy.cost_cents) facts.push_back(tr("costs {amount}", {{"amount", spoken_money(strategy.cost_cents.count)}}));
  if (strategy.cost_per_month_cents) facts.push_back(tr("costs {amount} a month", {{"amount", spoken_money(strategy.cost_per_month_cents.count)}}));
  if (const auto owner = title_of(s.plan, strategy.owner_role_id); !owner.empty()) facts.push_back(tr("owner: {role}", {{"role", owner}}));
  Text head = state_cell(strategy.state);
  if (!facts.empty()) head.push_back(Span{"   " + join(facts, " · "), Tone::muted});
  s.say(std::move(head), true);
  for (const auto& line : lines_of(strategy.description)) s.say(line);
  if (!trimmed(strategy.gap).empty() && strategy.gap != none_text) s.say(tr("Gap: {gap}", {{"gap", strategy.gap}}));
  if (!trimmed(strategy.next_action).empty() && strategy.next_action != none_text)
    s.say(strategy.due_on ? tr("Next: {action} (by {date})", {{"action", strategy.next_action}, {"date", spoken(strategy.due_on)}}) : tr("Next: {action}", {{"action", strategy.next_action}}));
  if (!trimmed(strategy.proof).empty() && strategy.proof != none_text) s.say(tr("Proof: {proof}", {{"proof", strategy.proof}}));
}
}  // namespace

void section_procedures(Section& s) {
  using Phase = Procedure::Phase;
  constexpr std::array phases = {Phase::activation, Phase::first_hour, Phase::recovery, Phase::workaround, Phase::stand_down, Phase::everyday, Phase::unknown};
  bool any = false;
  for (const auto phase : phases)
    for (const auto& procedure : s.plan.procedures) {
      if (procedure.phase != phase) continue;
      any = true;
      s.heading(2, procedure.name);
      std::vector<std::string> facts;
      if (phase != Phase::unknown) facts.push_back(label_of(procedure, "phase"));
      const auto owner = title_of(s.plan, procedure.owner_role_id);
      facts.push_back(owner.empty() ? tr("owner not named yet") : tr("owner: {role}", {{"role", owner}}));
      if (const auto activity = title_of(s.plan, procedure.activity_id); !activity.empty()) facts.push_back(tr("for: {activity}", {{"activity", activity}}));
      if (const auto resource = title_of(s.plan, procedure.resource_id); !resource.empty()) facts.push_back(tr("restores: {resource}", {{"resource", resource}}));
      s.say(Text{Span{join(facts, " · "), Tone::muted}}, true);
      for (const auto& line : lines_of(procedure.purpose)) s.say(line, true);
      const auto when = lines_of(procedure.criteria);
      if (!when.empty()) {
        Text text = {Span{tr("Starts when: "), Tone::strong}, Span{join(when, "; "), Tone::plain}};
        s.say(std::move(text), true);
      }
      TableBlock table;
      table.columns = {{tr("No."), 1}, {tr("Step"), 10}, {tr("Who"), 4}, {tr("Done by"), 2}, {tr("Done"), 1}};
      for (const auto* step : steps_of(s.plan, procedure.id)) {
        Text action = cell(step->action);
        std::vector<std::string> more;
        if (const auto* contact = find_in(s.plan.contacts, step->contact_id))
          more.push_back(trimmed(contact->phone).empty() || contact->phone == none_text ? tr("Call {name}", {{"name", contact->name}}) : tr("Call {name}, {phone}", {{"name", contact->name}, {"phone", contact->phone}}));
        if (!trimmed(step->note).empty() && step->note != none_text) more.push_back(step->note);
        if (!more.empty()) action.push_back(Span{"\n" + join(more, "\n"), Tone::muted});
        const auto* role = find_in(s.plan.roles, step->role_id);
        table.rows.push_back({plain(std::to_string(table.rows.size() + 1)), std::move(action), role ? stacked(role->name, title_of(s.plan, role->holder_id)) : cell(""),
                              step->within_minutes ? plain(spoken_minutes(step->within_minutes.count)) : cell(step->within_minutes), plain("☐")});
      }
      s.table(std::move(table), tr("The steps of this procedure are still to be written."));
    }
  if (!any) s.say(tr("No procedure has been written yet. The first hour and the restore of the most important data are the two to begin with."));
}

void section_loss_cards(Section& s) {
  using Area = Strategy::Area;
  constexpr std::array areas = {Area::premises, Area::people, Area::it_data, Area::supplier, Area::power_telecom};
  for (const auto area : areas) {
    const auto heading = tr(strategy_area_choices[static_cast<std::size_t>(area)].label);
    s.heading(2, heading);
    bool any = false;
    for (const auto& strategy : s.plan.strategies)
      if (strategy.area == area) {
        any = true;
        strategy_paragraphs(s, strategy, heading);
      }
    if (!any) s.say(tr("No answer to this loss has been worked out yet."));
  }
}

void section_solutions(Section& s) {
  TableBlock table;
  table.columns = {{tr("Area"), 3}, {tr("State"), 2}, {tr("What we have"), 6}, {tr("Gap and next step"), 6}, {tr("Due"), 2}};
  for (const auto area : solution_areas) {
    bool any = false;
    for (const auto& strategy : s.plan.strategies) {
      if (strategy.area != area) continue;
      any = true;
      std::vector<std::string> next;
      for (const auto* part : {&strategy.gap, &strategy.next_action})
        if (!trimmed(*part).empty() && *part != none_text) next.push_back(*part);
      table.rows.push_back({cell(tr(strategy_area_choices[static_cast<std::size_t>(area)].label), Tone::strong), state_cell(strategy.state), stacked(strategy.name, strategy.description), cell(join(next, "\n")), cell(strategy.due_on)});
    }
    if (!any) table.rows.push_back({cell(tr(strategy_area_choices[static_cast<std::size_t>(area)].label), Tone::strong), state_cell(Strategy::State::unknown), cell(""), plain(tr("Find out where the business stands.")), cell("")});
  }
  s.out.emplace_back(std::move(table));
}

void section_risks(Section& s) {
  const auto score = [](const Number& likelihood, const Number& consequence) {
    if (!likelihood || !consequence) return Text{Span{tr("not rated"), Tone::unknown}};
    const auto product = likelihood.count * consequence.count;
    const auto text = tr("{score} ({likelihood}×{consequence})", {{"score", static_cast<long long>(product)}, {"likelihood", static_cast<long long>(likelihood.count)}, {"consequence", static_cast<long long>(consequence.count)}});
    return Text{Span{text, product >= 15 ? Tone::bad : product >= 8 ? Tone::warning : Tone::plain}};
  };
  const std::pair<Risk::Kind, std::string> kinds[] = {{Risk::Kind::everyday, tr("Everyday catastrophes")}, {Risk::Kind::dramatic, tr("Dramatic disasters")}, {Risk::Kind::unknown, tr("Other threats")}};
  bool any = false;
  for (const auto& [kind, title] : kinds) {
    TableBlock table;
    table.columns = {{tr("Threat"), 5}, {tr("Now"), 3}, {tr("What we do about it"), 6}, {tr("Then"), 3}, {tr("Owner"), 3}};
    std::vector<const Risk*> risks;
    for (const auto& risk : s.plan.risks)
      if (risk.kind == kind) risks.push_back(&risk);
    std::stable_sort(risks.begin(), risks.end(), [](const Risk* a, const Risk* b) { return a->likelihood.value_or(0) * a->consequence.value_or(0) > b->likelihood.value_or(0) * b->consequence.value_or(0); });
    for (const auto* risk : risks)
      table.rows.push_back({stacked(risk->name, risk->description), score(risk->likelihood, risk->consequence), cell(risk->treatment), score(risk->residual_likelihood, risk->residual_consequence), title_cell(s.plan, risk->owner_role_id)});
    if (table.rows.empty()) continue;
    any = true;
    s.heading(2, title);
    s.out.emplace_back(std::move(table));
  }
  if (!any) s.say(tr("No threat has been recorded yet. Begin with the everyday ones: a burst pipe, a stolen laptop, a week without internet."));
}

void section_insurance(Section& s) {
  const auto today = s.in.now.date();
  TableBlock table;
  table.columns = {{tr("Policy"), 5}, {tr("Number"), 3}, {tr("Insurer"), 3}, {tr("Pays"), 5}, {tr("Excess"), 2}, {tr("Valid until"), 3}};
  for (const auto& policy : s.plan.insurance_policies) {
    std::vector<std::string> pays;
    if (policy.benefit_per_day_cents) pays.push_back(tr("{amount} a day", {{"amount", spoken_money(policy.benefit_per_day_cents.count)}}));
    if (policy.waiting_days) pays.push_back(tr_count(policy.waiting_days.count, "after one day", "after {count} days"));
    if (policy.longest_days) pays.push_back(tr_count(policy.longest_days.count, "for one day", "for {count} days"));
    if (policy.limit_cents) pays.push_back(tr("up to {amount}", {{"amount", spoken_money(policy.limit_cents.count)}}));
    Text until = cell(policy.expires_on);
    if (policy.expires_on && policy.expires_on.days < today.days) until = {Span{spoken(policy.expires_on), Tone::bad}};
    const auto* insurer = find_in(s.plan.contacts, policy.insurer_id);
    table.rows.push_back({stacked(policy.name, policy.covers), cell(policy.policy_number), insurer ? stacked(insurer->name, insurer->phone) : title_cell(s.plan, policy.insurer_id), cell(join(pays, "\n")), money_cell(policy.excess_cents), until});
  }
  s.table(std::move(table), tr("No policy has been recorded yet. Note the insurer, the policy number, the waiting period and the limit of each, above all of business interruption."));
  const auto& o = s.plan.organisation();
  TableBlock cash;
  cash.caption = tr("Money to get through with");
  cash.columns = {{tr("Figure"), 4}, {tr("Amount"), 3, true}, {tr("Rests on"), 3}};
  const auto row = [&](std::string title, const Money& money) { cash.rows.push_back({plain(std::move(title)), money_cell(money), money ? plain(tr("Asserted")) : basis_cell(Basis::unknown)}); };
  row(tr("Cash at hand, credit line included"), o.cash_cents);
  row(tr("Fixed cost a month"), o.fixed_cost_per_month_cents);
  row(tr("Income a month"), o.income_per_month_cents);
  s.out.emplace_back(std::move(cash));
}

void section_exercises(Section& s) {
  TableBlock table;
  table.columns = {{tr("Day"), 2}, {tr("Exercise"), 5}, {tr("Aim"), 4}, {tr("Reached"), 2}, {tr("What came out"), 5}};
  std::vector<const Exercise*> exercises;
  for (const auto& exercise : s.plan.exercises) exercises.push_back(&exercise);
  std::stable_sort(exercises.begin(), exercises.end(), [](const Exercise* a, const Exercise* b) { return (a->on ? a->on.days : 0) > (b->on ? b->on.days : 0); });
  for (const auto* exercise : exercises)
    table.rows.push_back({cell(exercise->on), stacked(exercise->name, label_of(*exercise, "method")), cell(exercise->aim), cell(exercise->achieved_minutes), cell(exercise->report)});
  s.table(std::move(table), tr("The plan has not been exercised yet. Read the first-hour page aloud with two colleagues: it takes twenty minutes and finds the worst gaps."));
}

}  // namespace mainstay
