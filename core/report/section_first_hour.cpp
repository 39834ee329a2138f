// SPDX-License-Identifier: MIT
// What is read on the bad day: the first hour, activation, call lists, messages.
#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
std::vector<const Procedure*> of_phase(const Plan& plan, Procedure::Phase phase) {
  std::vector<const Procedure*> found;
  for (const auto& procedure : plan.procedures)
    if (procedure.phase == phase) found.push_back(&procedure);
  return found;
}

void declarers(Section& s) {
  std::vector<std::string> people;
  for (const auto* role : roles_in_call_order(s.plan)) {
    if (role->may_declare != Answer::yes) continue;
    for (const auto& person : {role->holder_id, role->alternate_id})
      if (const auto line = reached(s.plan, person); !line.empty() && std::find(people.begin(), people.end(), line) == people.end()) people.push_back(line);
  }
  if (people.empty())
    s.callout(Tone::warning, tr("Nobody has been named who may declare an emergency"), tr("Until two people are named for it, whoever leads the business decides. Write two names here:\n\n________________________________        ________________________________"));
  else
    s.callout(Tone::plain, tr("Who may declare an emergency"), join(people, "\n"));
}

/// "Any one of these: a; b; c." as three entries; anything else line by line.
std::vector<std::string> criteria_of(const Procedure& procedure) {
  auto lines = lines_of(procedure.criteria);
  if (lines.size() != 1) return lines;
  auto parts = split(lines.front(), ';');
  if (parts.size() < 3) return lines;
  if (const auto colon = parts.front().find(": "); colon != std::string::npos) parts.front() = parts.front().substr(colon + 2);
  if (parts.back().ends_with('.')) parts.back().pop_back();
  return parts;
}

std::vector<Text> criteria(const Plan& plan) {
  std::vector<Text> items;
  std::set<std::string> seen;
  for (const auto* procedure : of_phase(plan, Procedure::Phase::activation))
    for (const auto& line : criteria_of(*procedure))
      if (seen.insert(line).second) items.push_back(plain(line));
  if (items.empty())
    for (const auto* procedure : of_phase(plan, Procedure::Phase::first_hour))
      for (const auto& line : criteria_of(*procedure))
        if (seen.insert(line).second) items.push_back(plain(line));
  return items;
}

/// Room to write by hand what the plan does not know.
Text line_to_write_on() { return {Span{"__________________", Tone::muted}}; }

/// A cell of a sheet that is carried about: what is not known is a line to write on.
Text cell_or_line(std::string_view text) { return trimmed(text).empty() ? line_to_write_on() : cell(text); }

void role_rows(const Plan& plan, TableBlock& table, std::size_t most, bool by_hand = false) {
  for (const auto* role : roles_in_call_order(plan)) {
    if (table.rows.size() >= most) break;
    const auto person = [&](const Id& id) {
      const auto name = title_of(plan, id);
      if (name.empty()) return by_hand ? line_to_write_on() : Text{Span{tr("not named"), Tone::warning}};
      const auto numbers = numbers_of(plan, id);
      if (numbers.empty() && by_hand) return Text{Span{name, Tone::strong}, Span{"\n", Tone::plain}, line_to_write_on().front()};
      return Text{Span{name, Tone::strong}, Span{"\n" + (numbers.empty() ? tr("no number recorded") : numbers), Tone::plain}};
    };
    table.rows.push_back({cell(role->name), person(role->holder_id), person(role->alternate_id)});
  }
}

/// A number and below it the day on which somebody last reached someone on it.
Text phone_cell(const std::string& numbers, const Date& checked, Date today) {
  Text text = cell(numbers);
  if (trimmed(numbers).empty() || numbers == none_text) return text;
  text.push_back(Span{"\n", Tone::plain});
  if (!checked) text.push_back(Span{tr("never checked"), Tone::unknown});
  else text.push_back(Span{tr("checked {date}", {{"date", spoken(checked)}}), today.days - checked.days > 183 ? Tone::warning : Tone::muted});
  return text;
}
}  // namespace

void section_first_hour(Section& s) {
  declarers(s);
  auto when = criteria(s.plan);
  s.heading(2, tr("Declare when any one of these is so"));
  if (when.empty()) s.say(tr("No criterion is written down yet. As a rule of thumb: declare when an activity will be down for longer than half of its longest tolerable stop."));
  else s.list(List::Style::bullet, std::move(when));
  s.heading(2, tr("Then, step by step"));
  std::vector<Text> steps;
  for (const auto* procedure : of_phase(s.plan, Procedure::Phase::first_hour))
    for (const auto* step : steps_of(s.plan, procedure->id)) {
      Text item = {Span{std::string(trimmed(step->action)), Tone::strong}};
      std::vector<std::string> more;
      if (const auto who = who_does(s.plan, *step); !who.empty()) more.push_back(who);
      if (step->within_minutes) more.push_back(tr("within {time}", {{"time", spoken_minutes(step->within_minutes.count)}}));
      if (const auto call = contact_line(s.plan, step->contact_id); !call.empty()) more.push_back(tr("call {contact}", {{"contact", call}}));
      if (!more.empty()) item.push_back(Span{"\n" + join(more, " · "), Tone::muted});
      steps.push_back(std::move(item));
    }
  if (steps.empty())
    for (const auto& step : {tr("Get people out of danger and count them. Call the emergency services."), tr("Call the people who may declare an emergency, in the order of the call list."),
                             tr("Meet at the agreed place. Decide who leads."), tr("Write down the time and every decision."), tr("Tell staff where to go, and customers whom to call.")})
      steps.push_back({Span{step, Tone::strong}});
  s.list(List::Style::checkbox, std::move(steps), true);
  s.heading(2, tr("Meeting point"));
  std::vector<Text> places;
  for (const auto& site : s.plan.sites) {
    if (site.kind != Site::Kind::alternate) continue;
    Text place = {Span{site.name, Tone::strong}};
    std::vector<std::string> more;
    for (const auto* part : {&site.address, &site.access_note})
      if (!trimmed(*part).empty() && *part != none_text) more.push_back(join(lines_of(*part), ", "));
    if (!more.empty()) place.push_back(Span{tr(": {detail}", {{"detail", join(more, ". ")}}), Tone::plain});
    places.push_back(std::move(place));
  }
  if (places.empty()) s.say(tr("No other place has been agreed. Meet outside the main entrance, on the far side of the street, until one is."));
  else s.list(List::Style::bullet, std::move(places));
}

void section_call_short(Section& s) {
  TableBlock roles;
  roles.columns = {{tr("Call in this order"), 3}, {tr("Who"), 4}, {tr("If not reached"), 4}};
  role_rows(s.plan, roles, 10, true);
  s.table(std::move(roles), tr("No role has been filled yet. Call the owner of the business first."));
  TableBlock people;
  people.caption = tr("Staff");
  people.columns = {{tr("Name"), 4}, {tr("Job"), 4}, {tr("Phone"), 4}, {tr("Second channel"), 4}, {tr("Reached"), 1}};
  const auto staff = present_people(s.plan, s.in.now.date());
  for (const auto* person : staff) {
    if (people.rows.size() == 30) break;
    people.rows.push_back({cell(person->name, Tone::strong), cell(person->job), cell_or_line(person->phone), cell_or_line(person->second_channel), plain("☐")});
  }
  const auto people_left = staff.size() - people.rows.size();
  s.table(std::move(people), tr("No staff numbers have been recorded yet."));
  if (people_left > 0) s.say(tr_count(static_cast<long long>(people_left), "{count} more person is on the full call list.", "{count} more people are on the full call list."));
  TableBlock contacts;
  contacts.caption = tr("Outside help");
  contacts.columns = {{tr("Name"), 5}, {tr("Phone"), 4}, {tr("They will ask for"), 4}, {tr("Reached"), 1}};
  std::vector<const Contact*> order;
  for (const auto& contact : s.plan.contacts) order.push_back(&contact);
  std::stable_sort(order.begin(), order.end(), [](const Contact* a, const Contact* b) {
    return (a->kind == Contact::Kind::unknown ? 99 : static_cast<int>(a->kind)) < (b->kind == Contact::Kind::unknown ? 99 : static_cast<int>(b->kind));
  });
  for (const auto* contact : order) {
    if (contacts.rows.size() == 24) break;
    std::vector<std::string> phones;
    for (const auto* phone : {&contact->phone, &contact->second_phone})
      if (!trimmed(*phone).empty() && *phone != none_text) phones.push_back(*phone);
    contacts.rows.push_back({cell(contact->name, Tone::strong), cell_or_line(join(phones, " · ")), cell_or_line(contact->account_reference), plain("☐")});
  }
  const auto contacts_left = order.size() - contacts.rows.size();
  s.table(std::move(contacts), tr("No outside contacts have been recorded yet. Add the emergency number, the insurer, power, water, phone and IT support."));
  if (contacts_left > 0) s.say(tr_count(static_cast<long long>(contacts_left), "{count} more contact is on the full call list.", "{count} more contacts are on the full call list."));
}

void section_activation(Section& s) {
  declarers(s);
  if (const auto& source = s.plan.organisation().warning_source; !trimmed(source).empty() && source != none_text)
    s.say(tr("Official warnings reach us first through: {source}", {{"source", source}}));
  auto when = criteria(s.plan);
  s.heading(2, tr("Declare when any one of these is so"));
  if (when.empty()) s.say(tr("No criterion is written down yet. Agree on a number, a time or a named event for each, so that nobody has to argue on the day."));
  else s.list(List::Style::bullet, std::move(when));
  TableBlock roles;
  roles.caption = tr("Roles in an emergency");
  roles.columns = {{tr("Role"), 3}, {tr("What it decides or does"), 5}, {tr("Who"), 3}, {tr("Alternate"), 3}, {tr("May declare"), 2}};
  for (const auto* role : roles_in_call_order(s.plan))
    roles.rows.push_back({cell(role->name, Tone::strong), cell(role->purpose), title_cell(s.plan, role->holder_id), title_cell(s.plan, role->alternate_id),
                          role->may_declare == Answer::yes ? Text{Span{tr("Yes"), Tone::good}} : role->may_declare == Answer::no ? plain(tr("No")) : cell("")});
  s.table(std::move(roles), tr("No roles have been set up yet. Begin with two: who leads, and who steps in."));
}

void section_call_list(Section& s) {
  const auto today = s.in.now.date();
  s.heading(2, tr("Roles, in calling order"));
  TableBlock roles;
  roles.columns = {{tr("Role"), 3}, {tr("Who"), 4}, {tr("Alternate"), 4}};
  role_rows(s.plan, roles, 1000);
  s.table(std::move(roles), tr("No role has been filled yet. Call the owner of the business first."));
  s.heading(2, tr("Staff"));
  TableBlock people;
  people.columns = {{tr("Name"), 4}, {tr("Phone"), 4}, {tr("Second channel"), 4}, {tr("E-mail"), 4}};
  for (const auto* person : present_people(s.plan, today))
    people.rows.push_back({stacked(person->name, person->job), phone_cell(person->phone, person->verified_on, today), cell(person->second_channel), cell(person->email)});
  s.table(std::move(people), tr("No people have been recorded yet. Write down everybody who works here, with two ways of reaching each."));
  s.heading(2, tr("Outside contacts"));
  TableBlock contacts;
  contacts.columns = {{tr("Name"), 4}, {tr("Phone"), 4}, {tr("They will ask for"), 3}, {tr("When to call"), 5}};
  for (const auto& contact : s.plan.contacts) {
    std::vector<std::string> phones;
    for (const auto* phone : {&contact.phone, &contact.second_phone})
      if (!trimmed(*phone).empty() && *phone != none_text) phones.push_back(*phone);
    contacts.rows.push_back({stacked(contact.name, label_of(contact, "kind")), phone_cell(join(phones, "\n"), contact.verified_on, today), cell(contact.account_reference), cell(contact.call_when)});
  }
  s.table(std::move(contacts), tr("No outside contacts have been recorded yet. Add the emergency number, the insurer, power, water, phone and IT support."));
  s.heading(2, tr("Suppliers"));
  TableBlock suppliers;
  suppliers.columns = {{tr("Supplier"), 4}, {tr("Phone"), 3}, {tr("Customer number"), 3}, {tr("Who else could deliver"), 4}};
  for (const auto& supplier : s.plan.suppliers)
    suppliers.rows.push_back({stacked(supplier.name, supplier.provides), phone_cell(supplier.phone, supplier.verified_on, today), cell(supplier.account_reference), cell(supplier.fallback)});
  s.table(std::move(suppliers), tr("No suppliers have been recorded yet."));
}

void section_messages(Section& s) {
  if (s.plan.message_drafts.empty()) {
    s.say(tr("No message has been drafted yet. Three short ones help most: to staff, to customers, and for the door."));
    return;
  }
  for (const auto& draft : s.plan.message_drafts) {
    s.heading(2, draft.name);
    std::vector<std::string> facts;
    if (const auto to = label_of(draft, "audience"); !to.empty()) facts.push_back(tr("To: {audience}", {{"audience", to}}));
    if (!trimmed(draft.channel).empty() && draft.channel != none_text) facts.push_back(tr("By: {channel}", {{"channel", draft.channel}}));
    if (const auto who = title_of(s.plan, draft.spokesperson_role_id); !who.empty()) facts.push_back(tr("Said by: {role}", {{"role", who}}));
    if (!facts.empty()) s.say(Text{Span{join(facts, " · "), Tone::muted}}, true);
    if (trimmed(draft.text).empty() || draft.text == none_text) s.say(tr("The words are still to be written."));
    else s.callout(Tone::plain, "", std::string(trimmed(draft.text)));
  }
}

}  // namespace mainstay
