// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/record_index.h"
#include "core/model/who.h"
#include "core/report/outline.h"
#include "core/report/report.h"

namespace mainstay {

/// What a section function writes into: the report's input, and the blocks so far.
struct Section {
  const ReportInput& in;
  const Plan& plan;
  const RecordIndex& records;       ///< of that plan
  const OutlineSection& outline;
  std::vector<Block>& out;
  bool compact = false;            ///< the one-page form: less is said

  void heading(int level, std::string text);
  void say(std::string text, bool keep = false);
  void say(Text text, bool keep = false);
  void callout(Tone tone, std::string title, std::string text);
  void list(List::Style style, std::vector<Text> items, bool large = false);
  /// The table, or the sentence where it has no rows: an empty table says nothing.
  void table(TableBlock table, std::string when_empty);
};

using SectionFunction = void (*)(Section&);
struct SectionEntry {
  std::string_view id;
  SectionFunction make;
};
/// Every section that an outline may name.
std::span<const SectionEntry> section_table();
/// The function of a section, or nullptr.
SectionFunction section_function(std::string_view id);

/// Cells. What is not known says so, in a muted tone; “(none)” reads as "none".
Text cell(std::string_view text, Tone tone = Tone::plain);
Text cell(const Minutes& minutes);
Text cell(const Percent& percent);
Text cell(const Date& date);
Text money_cell(const Money& money);
Text title_cell(const Plan& plan, const Id& id);
/// Asserted, observed or tested; green only for what was seen or proven.
Text basis_cell(Basis basis);
/// Two texts in one cell, the second muted on a line of its own.
Text stacked(std::string_view first, std::string_view second);
Tone severity_tone(Severity severity);
Text severity_cell(Severity severity);
/// Trimmed lines of a long text; “(none)” gives none.
std::vector<std::string> lines_of(std::string_view text);
/// A field's value in words, without "(none)".
template <class T>
std::string label_of(const T& record, std::string_view key) {
  const auto* field = T::info().field(key);
  return field && !field->is_unknown(&record) ? field->spoken(&record) : std::string();
}
/// "ABCD-EFGH" from a content hash: short enough to compare by eye.
std::string short_code(std::string_view content_hash);
/// People still there on that day.
std::vector<const Person*> present_people(const Plan& plan, Date today);
/// Roles in the order in which they are called.
std::vector<const Role*> roles_in_call_order(const Plan& plan);
/// Activities as they are brought back: by RTO, then rank, then plan order; those without an RTO last.
std::vector<const Activity*> activities_in_order(const Plan& plan);

void section_cover(Section& s);
void section_contents(Section& s);
void section_about(Section& s);
void section_copies(Section& s);
void section_changes(Section& s);
void section_glossary(Section& s);
void section_log_form(Section& s);
void section_first_hour(Section& s);
void section_activation(Section& s);
void section_call_short(Section& s);
void section_call_list(Section& s);
void section_messages(Section& s);
void section_priorities(Section& s);
void section_impacts(Section& s);
void section_dependencies(Section& s);
void section_it_order(Section& s);
void section_procedures(Section& s);
void section_loss_cards(Section& s);
void section_solutions(Section& s);
void section_risks(Section& s);
void section_insurance(Section& s);
void section_exercises(Section& s);
void section_backups(Section& s);
void section_restores(Section& s);
void section_backup_month(Section& s);
void section_backup_histories(Section& s);
void section_backup_method(Section& s);
void section_two_week(Section& s);
void section_devices(Section& s);
void section_device_summary(Section& s);
void section_device_actions(Section& s);
void section_device_questions(Section& s);
void section_device_pictures(Section& s);
void section_device_ended(Section& s);
void section_device_candidates(Section& s);
void section_device_list(Section& s);
void section_device_sources(Section& s);
void section_plug_sheet(Section& s);
void section_checklist(Section& s);
void section_audit(Section& s);

}  // namespace mainstay
