// SPDX-License-Identifier: MIT
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/date.h"
#include "core/base/quantity.h"

namespace mainstay {

/// What a field holds; decides its editor, its column and its text.
enum class FieldType { text, long_text, answer, choice, number, minutes, money, percent, date, instant, id };

/// `content` is hashed, approved and printed as the plan; `operating` is kept in the history but leaves the hash alone
/// (ticks, verified-on dates, copies, incidents), so that ticking a task makes no printed sheet stale.
enum class FieldClass { content, operating };

/// One value of a closed list: its key in files and its words for people. The first of a list is "not known", key empty.
struct Choice {
  std::string_view key;
  std::string_view label;
};

inline constexpr std::int64_t any_number = INT64_MAX;

/// One field of a record kind: the only place where its shape is written. Its key is the member, the column, the CSV
/// header, the XML attribute, the report key and the accessible id; the label is the accessible name.
struct FieldInfo {
  std::string_view key;
  std::string_view label;
  std::string_view help;
  FieldType type = FieldType::text;
  FieldClass field_class = FieldClass::content;
  std::string_view refers_to = {};          ///< the kind an id names; "*" for any kind
  bool required = false;                    ///< an id that may not be empty
  std::span<const Choice> choices = {};     ///< for `choice` and `answer`
  std::int64_t least = 0, most = any_number;  ///< of a `number` that is entered
  bool (*reads)(std::string_view) = nullptr;  ///< of a text that means something only in one spelling: whether these words have it
  std::string_view expects = {};            ///< … and a sentence on it: "it takes a time of day, such as 02:00."
  const void* (*at)(const void*) = nullptr; ///< the member inside the record

  /// Machine text: a bare number in the key's unit, a key, an ISO date; empty = not known, `(none)` = known to be none.
  std::string text(const void* record) const;
  /// Sets from machine text, or from what people type ("4 h", "2 d", "$1,200.50", "24/11/2026" is refused as ambiguous).
  /// Throws Error{bad_value} with a sentence that names the field.
  void set_text(void* record, std::string_view text) const;
  /// As set_text, for what people and their lists say now: a number outside its range, or words that cannot be read, are refused as well. What a file already holds is read with set_text.
  void enter(void* record, std::string_view text) const;
  /// False where the field holds words that it cannot read, as older plans and files of other programs may.
  bool is_readable(const void* record) const;
  /// The value in words for people: "4 h", "1,200.50", "Time Machine", "24 November 2026".
  std::string spoken(const void* record) const;
  /// True where nothing is known.
  bool is_unknown(const void* record) const { return text(record).empty(); }

  template <class T>
  const T& value(const void* record) const { return *static_cast<const T*>(at(record)); }

  constexpr FieldInfo in_class(FieldClass c) const { auto f = *this; f.field_class = c; return f; }
  constexpr FieldInfo operating() const { return in_class(FieldClass::operating); }
  constexpr FieldInfo long_text() const { auto f = *this; f.type = FieldType::long_text; return f; }
  constexpr FieldInfo refers(std::string_view kind) const { auto f = *this; f.refers_to = kind; return f; }
  constexpr FieldInfo within(std::int64_t from, std::int64_t to) const { auto f = *this; f.least = from; f.most = to; return f; }
  constexpr FieldInfo spelled(bool (*how)(std::string_view), std::string_view expected) const { auto f = *this; f.reads = how; f.expects = expected; return f; }
  constexpr FieldInfo needed() const { auto f = *this; f.required = true; return f; }
};

/// What is common to the records of one kind.
struct RecordInfo {
  std::string_view kind;      ///< type in snake_case = table = XML element
  std::string_view label;     ///< "Activity"
  std::string_view plural;    ///< "Activities"
  std::string_view help;      ///< one sentence for people
  std::span<const FieldInfo> fields;
  bool operating = false;     ///< the whole kind stands outside the content hash
  bool append_only = false;   ///< entries are never changed, removed or undone (incident logs)

  /// The field with that key, or nullptr.
  const FieldInfo* field(std::string_view key) const;
};

/// Answers as a list of choices.
inline constexpr Choice answer_choices[] = {{"", "I don't know"}, {"yes", "Yes"}, {"no", "No"}};

namespace detail {
template <class M> struct member_of;
template <class R, class T> struct member_of<T R::*> { using record = R; using type = T; };

template <class T>
constexpr FieldType type_of() {
  if constexpr (std::is_same_v<T, std::string>) return FieldType::text;
  else if constexpr (std::is_same_v<T, Answer>) return FieldType::answer;
  else if constexpr (std::is_enum_v<T>) return FieldType::choice;
  else if constexpr (std::is_same_v<T, Number>) return FieldType::number;
  else if constexpr (std::is_same_v<T, Minutes>) return FieldType::minutes;
  else if constexpr (std::is_same_v<T, Money>) return FieldType::money;
  else if constexpr (std::is_same_v<T, Percent>) return FieldType::percent;
  else if constexpr (std::is_same_v<T, Date>) return FieldType::date;
  else if constexpr (std::is_same_v<T, Instant>) return FieldType::instant;
  else { static_assert(std::is_same_v<T, Id>, "no field type for this member"); return FieldType::id; }
}
}  // namespace detail

/// Describes the member `M`; an enum needs its choices, in the order of its values.
template <auto M>
constexpr FieldInfo field(std::string_view key, std::string_view label, std::string_view help = {},
                          std::span<const Choice> choices = {}) {
  using Record = typename detail::member_of<decltype(M)>::record;
  using Type = typename detail::member_of<decltype(M)>::type;
  if constexpr (std::is_enum_v<Type>) static_assert(sizeof(Type) == 1, "enums of records are one byte");
  FieldInfo info;
  info.key = key;
  info.label = label;
  info.help = help;
  info.type = detail::type_of<Type>();
  info.choices = info.type == FieldType::answer ? std::span<const Choice>(answer_choices) : choices;
  info.at = [](const void* record) -> const void* { return &(static_cast<const Record*>(record)->*M); };
  return info;
}

/// `1,234.50` from cents.
std::string spoken_money(std::int64_t cents);
/// Minutes from "90", "45 min", "4 h", "2 d", "1 d 6 h" or "1 week"; a bare number is minutes. Nothing where unreadable.
std::optional<std::int64_t> parse_minutes(std::string_view text);
/// Cents from "120050" (machine) or "1,200.50", "$1200.50" (people); a bare whole number is cents.
std::optional<std::int64_t> parse_money(std::string_view text);

}  // namespace mainstay
