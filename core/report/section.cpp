// SPDX-License-Identifier: MIT
#include "core/report/section.h"

#include <algorithm>
#include <limits>

#include "core/base/text.h"

namespace mainstay {
namespace {
constexpr SectionEntry entries[] = {
    {"cover", section_cover},           {"contents", section_contents},     {"about", section_about},
    {"first_hour", section_first_hour}, {"activation", section_activation}, {"call_short", section_call_short},
    {"call_list", section_call_list},   {"messages", section_messages},     {"priorities", section_priorities},
    {"impacts", section_impacts},       {"dependencies", section_dependencies}, {"it_order", section_it_order},
    {"procedures", section_procedures}, {"loss_cards", section_loss_cards}, {"solutions", section_solutions},
    {"risks", section_risks},           {"insurance", section_insurance},   {"exercises", section_exercises},
    {"backups", section_backups},       {"restores", section_restores},     {"two_week", section_two_week},
    {"device_summary", section_device_summary}, {"device_actions", section_device_actions}, {"device_questions", section_device_questions}, {"device_pictures", section_device_pictures},
    {"device_ended", section_device_ended}, {"device_candidates", section_device_candidates}, {"device_list", section_device_list}, {"device_sources", section_device_sources},
    {"plug_sheet", section_plug_sheet},
    {"devices", section_devices},       {"checklist", section_checklist},   {"audit", section_audit},
    {"copies", section_copies},         {"changes", section_changes},       {"glossary", section_glossary},
    {"log_form", section_log_form},     {"backup_month", section_backup_month}, {"backup_histories", section_backup_histories},
    {"backup_method", section_backup_method},
};
Text not_known() { return {Span{tr("not known"), Tone::muted}}; }
Text none() { return {Span{tr("none"), Tone::muted}}; }
}  // namespace

std::span<const SectionEntry> section_table() { return entries; }

SectionFunction section_function(std::string_view id) {
  for (const auto& entry : entries)
    if (entry.id == id) return entry.make;
  return nullptr;
}

void Section::heading(int level, std::string text) { out.push_back(Heading{level, std::move(text), {}}); }
void Section::say(std::string text, bool keep) { out.push_back(Paragraph{mainstay::plain(std::move(text)), false, keep}); }
void Section::say(Text text, bool keep) { out.push_back(Paragraph{std::move(text), false, keep}); }
void Section::callout(Tone tone, std::string title, std::string text) {
  out.push_back(Callout{tone, std::move(title), mainstay::plain(std::move(text))});
}
void Section::list(List::Style style, std::vector<Text> items, bool large) {
  if (!items.empty()) out.push_back(List{style, std::move(items), large});
}
void Section::table(TableBlock table, std::string when_empty) {
  if (table.rows.empty()) say(std::move(when_empty));
  else out.push_back(std::move(table));
}

Text cell(std::string_view text, Tone tone) {
  const auto clean = trimmed(text);
  if (clean.empty()) return not_known();
  if (clean == none_text) return none();
  return {Span{std::string(clean), tone}};
}
Text cell(const Minutes& minutes) {
  if (minutes.is_unknown()) return not_known();
  return minutes.is_none() ? none() : plain(spoken_minutes(minutes.count));
}
Text cell(const Percent& percent) {
  if (percent.is_unknown()) return not_known();
  return percent.is_none() ? none() : plain(tr("{percent} %", {{"percent", static_cast<long long>(percent.count)}}));
}
Text cell(const Date& date) {
  if (date) return plain(spoken(date));
  return date.known == Known::none ? none() : not_known();
}
Text money_cell(const Money& money) {
  if (money.is_unknown()) return not_known();
  return money.is_none() ? none() : plain(spoken_money(money.count));
}
Text title_cell(const Plan& plan, const Id& id) { return cell(title_of(plan, id)); }

Text basis_cell(Basis basis) {
  switch (basis) {
    case Basis::tested: return {Span{tr("Tested"), Tone::good}};
    case Basis::observed: return {Span{tr("Observed"), Tone::good}};
    case Basis::asserted: return plain(tr("Asserted"));
    case Basis::template_value: return {Span{tr("Starter plan"), Tone::warning}};
    case Basis::unknown: break;
  }
  return {Span{tr("Not known"), Tone::unknown}};
}

Text stacked(std::string_view first, std::string_view second) {
  Text text = cell(first, Tone::strong);
  if (!trimmed(second).empty() && trimmed(second) != none_text) text.push_back(Span{"\n" + std::string(trimmed(second)), Tone::muted});
  return text;
}

Tone severity_tone(Severity severity) {
  switch (severity) {
    case Severity::critical:
    case Severity::error: return Tone::bad;
    case Severity::warning: return Tone::warning;
    case Severity::info: return Tone::plain;
    case Severity::unknown: break;
  }
  return Tone::plain;
}

std::vector<std::string> lines_of(std::string_view text) {
  if (trimmed(text) == none_text) return {};
  return split(text, '\n');
}

std::string short_code(std::string_view content_hash) {
  if (content_hash.size() < 8) return tr("not yet saved");
  const auto upper = upper_case(content_hash.substr(0, 8));
  return upper.substr(0, 4) + "-" + upper.substr(4);
}

std::vector<const Person*> present_people(const Plan& plan, Date today) {
  std::vector<const Person*> people;
  for (const auto& person : plan.people)
    if (!person.left_on || person.left_on.days > today.days) people.push_back(&person);
  return people;
}

std::vector<const Role*> roles_in_call_order(const Plan& plan) {
  std::vector<const Role*> roles;
  for (const auto& role : plan.roles) roles.push_back(&role);
  std::stable_sort(roles.begin(), roles.end(), [](const Role* a, const Role* b) { return a->call_order.value_or(1000) < b->call_order.value_or(1000); });
  return roles;
}

std::vector<const Activity*> activities_in_order(const Plan& plan) {
  constexpr auto late = std::numeric_limits<std::int64_t>::max();
  std::vector<const Activity*> activities;
  for (const auto& activity : plan.activities) activities.push_back(&activity);
  std::stable_sort(activities.begin(), activities.end(), [](const Activity* a, const Activity* b) {
    return std::pair(a->rto_minutes.value_or(late), a->rank.value_or(late)) < std::pair(b->rto_minutes.value_or(late), b->rank.value_or(late));
  });
  return activities;
}

}  // namespace mainstay
