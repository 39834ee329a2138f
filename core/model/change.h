// SPDX-License-Identifier: MIT
#pragma once
#include <string>
#include <vector>

#include "core/model/plan.h"

namespace mainstay {

/// One field of one record, before and after, as machine text. The field "" is the record's existence: "" = absent,
/// "present" = there. A new record is its existence followed by its non-empty fields; a removal is the reverse.
struct Edit {
  std::string kind;
  Id id;
  std::string field;
  std::string before, after;
  friend bool operator==(const Edit&, const Edit&) = default;
};
inline constexpr const char* present = "present";

/// What made a revision.
enum class Cause : std::uint8_t { edit, undo, redo, import, merge, restore, machine };
std::string_view cause_name(Cause cause);
Cause cause_from(std::string_view name);

/// A list of edits with a note: the only way a plan changes.
struct Change {
  std::string note;
  std::vector<Edit> edits;
  Cause cause = Cause::edit;
  bool empty() const { return edits.empty(); }
};

/// The plan after the change. Throws Error{conflict} naming the field whose present value is not the edit's `before`,
/// Error{bad_value} or Error{not_found}; the plan given is left as it was.
Plan applied(const Plan& plan, const Change& change);
/// The same in place; on an error the plan may be half changed, so give it a copy.
void apply_to(Plan& plan, const Change& change);
/// What takes `change` back.
Change inverse(const Change& change);
/// The change that leads from one plan to the other.
Change diff(const Plan& from, const Plan& to);

/// A change that adds a record; `values` are field and text. Throws Error{bad_value, usage}.
Change add_record(std::string_view kind, const Id& id, const std::vector<std::pair<std::string, std::string>>& values);
/// A change that sets fields of a record to what people or scripts typed; fields that keep their value are left out.
Change set_fields(const Plan& plan, const RecordRef& ref, const std::vector<std::pair<std::string, std::string>>& values);
/// A change that removes a record, links to it, and what belongs to it (steps of a procedure, impacts of an activity);
/// optional references become empty. Throws Error{refused} naming the record that cannot be without it.
Change remove_record(const Plan& plan, const RecordRef& ref);
/// The same for several at once, in one walk over the plan; without a note.
Change remove_records(const Plan& plan, const std::vector<RecordRef>& refs);

/// Puts a second change behind a first; the second must start where the first ends.
void append(Change& first, const Change& second);

/// Every id that a plan mentions must exist, and links must be of a known kind. Throws Error{refused} naming the record.
void check_references(const Plan& plan);

}  // namespace mainstay
