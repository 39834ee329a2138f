// SPDX-License-Identifier: MIT
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

/// Yes, no or not known, ordered so that Kleene's "and" is the least and "or" the greatest.
enum class Truth : std::uint8_t { no, unknown, yes };
Truth negated(Truth truth);
inline Truth truth_of(bool value) { return value ? Truth::yes : Truth::no; }

/// A small three-valued tree over a record's fields: the one language of rules, packs and filters. Plain data.
struct Condition {
  /// `word`: the value holds one of the texts as whole words ("HP ProBook 640 G2 Notebook" holds "ProBook 640 G2" and not "ProBook 64").
  /// `first`: the first part that is not unknown decides. `where`: the second part where the first is yes, else unknown. `unsure`: yes where its part is unknown.
  enum class Op : std::uint8_t {
    yes, no, all, any, negate, first, where, unsure,
    is, in, glob, word, known, unknown, none,
    build_before, build_at_least, version_before, version_at_least, number_below, number_at_least,
    date_between, older_than, serial_prefix, serial_range, serial_years, marking, answer, call
  };
  Op op = Op::yes;
  std::string field;                ///< field, attribute, computed value, or the function of `call`
  std::vector<std::string> values;  ///< what it is held against
  std::vector<Condition> parts;
  std::string label = {};           ///< what its author calls it (the name of a `define`): for explanations, and no part of its meaning
};

/// What a condition is asked about: machine text by name ("" = not known, `(none)` = known to be none; "today" is an ISO date), and named functions.
struct ConditionSubject {
  std::function<std::string(std::string_view)> value;
  std::function<Truth(std::string_view)> call;
};

Truth evaluate(const Condition& condition, const ConditionSubject& subject);

/// The truths that a condition can still come to while some fields are open: bit 0 no, bit 1 not known, bit 2 yes.
using Possible = std::uint8_t;
inline Possible possible_of(Truth truth) { return static_cast<Possible>(1u << static_cast<unsigned>(truth)); }
/// What is left open where only the fields that `is_fixed` names have the subject's values and any other may hold anything. What evaluate() says is always among it.
Possible possible_truths(const Condition& condition, const ConditionSubject& subject, const std::function<bool(std::string_view)>& is_fixed);
/// True where a part that asks for this field (for any, with "") can be told neither way although the field holds something.
bool leaves_open(const Condition& condition, std::string_view field, const ConditionSubject& subject);
/// The same text for the same condition, whatever the layout of its file: what the match hash is taken of.
std::string canonical_text(const Condition& condition);
/// Adds the fields that the condition asks for; functions that it calls are none.
void add_fields(const Condition& condition, std::set<std::string_view>& fields);
/// The operator of that name in a pack ("build_before"; "not" is `negate`), or nothing.
std::optional<Condition::Op> condition_op(std::string_view name);
std::string_view condition_op_name(Condition::Op op);

/// Apple's order of builds: number, letter, number ("13D15" < "13D20" < "13E233" < "14A403"), as <0, 0, >0. Nothing where a text is no build, or where a beta (a small
/// letter at the end) cannot be told from the release that it precedes.
std::optional<int> compare_builds(std::string_view a, std::string_view b);
/// Versions number by number ("9.10" > "9.9", "9.3" = "9.3.0", "9.4.1-101" > "9.4.1"); an update's own number behind it ("7.2.1-69057 Update 5") is left out, and a patch's ("9.4.5p1") is
/// one number more. Nothing where a part is no number.
std::optional<int> compare_versions(std::string_view a, std::string_view b);

/// What the characters in the slot of an Apple two-prong plug say. Not inspected is "" and therefore unknown; inspected and nothing there is `(none)` and affected.
enum class MarkingClass : std::uint8_t { unknown, safe, affected };
MarkingClass marking_class(std::string_view marking);

}  // namespace mainstay
