// SPDX-License-Identifier: MIT
#include "core/model/condition.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/date.h"
#include "core/base/text.h"
#include "core/model/code_text.h"

namespace mainstay {
namespace {

using Op = Condition::Op;
constexpr std::string_view op_names[] = {"yes", "no", "all", "any", "not", "first", "where", "unsure", "is", "in", "glob", "word", "known", "unknown", "none",
                                         "build_before", "build_at_least", "version_before", "version_at_least", "number_below", "number_at_least",
                                         "date_between", "older_than", "serial_prefix", "serial_range", "serial_years", "marking", "answer", "call"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

struct Build {
  std::int64_t major = 0, minor = 0;
  std::string letters;
  char variant = 0;
};

std::optional<Build> parse_build(std::string_view text) {
  text = trimmed(text);
  Build build;
  std::size_t i = 0;
  while (i < text.size() && is_digit(text[i])) ++i;
  const auto major = whole_number(text.substr(0, i));
  const auto letters_at = i;
  while (i < text.size() && is_upper(text[i])) ++i;
  build.letters = text.substr(letters_at, i - letters_at);
  const auto minor_at = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  const auto minor = whole_number(text.substr(minor_at, i - minor_at));
  if (i < text.size() && is_lower(text[i])) build.variant = text[i++];
  if (!major || !minor || build.letters.empty() || i != text.size()) return {};
  build.major = *major;
  build.minor = *minor;
  return build;
}

Truth compared(std::optional<int> order, bool before) {
  if (!order) return Truth::unknown;
  return truth_of(before ? *order < 0 : *order >= 0);
}

std::optional<Date> date_value(const std::string& text) {
  const auto date = parse_date(text);
  return date && *date ? date : std::nullopt;
}

/// Lower case, with one space before and behind each word; anything but letters, digits, - _ and . parts words. A plus at a word's end is part of it: a DS218+ is no DS218.
std::string as_words(std::string_view text) {
  std::string out = " ";
  const auto is_part = [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80; };
  const auto folded = lower_case(text);
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    const bool ends_in_plus = c == '+' && out.back() != ' ' && (i + 1 == folded.size() || !is_part(folded[i + 1]));
    if (is_part(c) || ends_in_plus) out += c;
    else if (out.back() != ' ') out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

/// Fields that hold a name or sentence, in which a code may stand or not; any other text field is expected to hold the code itself.
bool is_prose(std::string_view field) {
  static constexpr std::string_view names[] = {"name", "model", "brand", "os_name", "description", "destination", "note", "notes", "kind"};
  return std::find(std::begin(names), std::end(names), field) != std::end(names);
}

/// The pattern against the value in small letters, and as the letters and digits of a code ("" where it holds none).
bool fits_pattern(const std::string& pattern, const std::string& folded, const std::string& bare) {
  if (matches_wildcard(lower_case(pattern), folded)) return true;
  if (bare.empty()) return false;
  std::string bare_pattern;
  for (const char c : upper_case(pattern))
    if (is_upper(c) || is_digit(c) || c == '*' || c == '?') bare_pattern += c;
  const bool is_code = std::any_of(bare_pattern.begin(), bare_pattern.end(), is_upper) && std::any_of(bare_pattern.begin(), bare_pattern.end(), is_digit);
  return is_code && pattern.find(' ') == std::string::npos && matches_wildcard(bare_pattern, bare);
}

Truth one_of(const Condition& c, const std::string& value) {
  if (value.empty()) return Truth::unknown;
  if (value == none_text) return Truth::no;
  const auto folded = lower_case(value);
  if (c.op != Op::word && c.op != Op::glob) {
    return truth_of(std::any_of(c.values.begin(), c.values.end(), [&](const std::string& v) { return folded == lower_case(v); }));
  }
  // Codes are held against what was typed as codes, everything else as the text that it is.
  std::vector<std::string> codes;
  const auto words = c.op == Op::word ? as_words(value) : std::string(), bare = c.op == Op::word || is_prose(c.field) ? std::string() : bare_code(value);
  for (const auto& v : c.values) {
    if (c.op == Op::glob ? fits_pattern(v, folded, bare) : words.find(as_words(v)) != std::string::npos) return Truth::yes;
    if (names_code(v)) codes.push_back(v);
  }
  return codes.empty() ? Truth::no : holds_code(codes, value, is_prose(c.field));
}

Truth in_serial(const Condition& c, const std::string& value) {
  if (value.empty()) return Truth::unknown;
  if (c.op == Op::serial_years) return serial_year_in(c.values, value);
  if (value == none_text) return Truth::no;
  if (c.op == Op::serial_prefix) return serial_begins_with(c.values, value);
  Truth most = Truth::no;
  for (std::size_t i = 0; i + 1 < c.values.size(); i += 2) most = std::max(most, serial_between(c.values[i], c.values[i + 1], value));
  return most;
}

Truth on_date(const Condition& c, const std::string& value, const ConditionSubject& subject) {
  if (value == none_text) return Truth::no;
  const auto date = date_value(value);
  if (!date) return Truth::unknown;
  if (c.op == Op::older_than) {
    const auto today = date_value(subject.value("today"));
    const auto days = whole_number(c.values.empty() ? "0" : c.values[0]);
    return today && days ? truth_of(date->days + *days < today->days) : Truth::unknown;
  }
  const auto from = date_value(c.values.at(0)), until = date_value(c.values.at(1));
  return truth_of((!from || date->days >= from->days) && (!until || date->days <= until->days));
}

Truth of_number(const Condition& c, const std::string& value) {
  const auto number = value == none_text ? std::optional<std::int64_t>(0) : whole_number(value);
  const auto limit = whole_number(c.values.empty() ? "" : c.values[0]);
  if (!number || !limit) return Truth::unknown;
  return truth_of(c.op == Op::number_below ? *number < *limit : *number >= *limit);
}

Truth of_marking(const Condition& c, const std::string& value) {
  const auto found = marking_class(value);
  const auto wanted = c.values.empty() ? std::string() : c.values[0];
  if (wanted == "unclear") return truth_of(!trimmed(value).empty() && found == MarkingClass::unknown);
  if (found == MarkingClass::unknown) return Truth::unknown;
  return truth_of((wanted == "affected") == (found == MarkingClass::affected));
}

}  // namespace

Truth negated(Truth truth) { return truth == Truth::unknown ? truth : truth_of(truth == Truth::no); }

std::optional<Condition::Op> condition_op(std::string_view name) {
  for (std::size_t i = 0; i < std::size(op_names); ++i)
    if (op_names[i] == name) return static_cast<Op>(i);
  return {};
}

std::string_view condition_op_name(Condition::Op op) { return op_names[static_cast<std::size_t>(op)]; }

Truth evaluate(const Condition& c, const ConditionSubject& subject) {
  const auto part = [&](std::size_t i) { return evaluate(c.parts.at(i), subject); };
  switch (c.op) {
    case Op::yes: return Truth::yes;
    case Op::no: return Truth::no;
    case Op::all: {
      Truth least = Truth::yes;
      for (std::size_t i = 0; i < c.parts.size() && least != Truth::no; ++i) least = std::min(least, part(i));
      return least;
    }
    case Op::any: {
      Truth most = Truth::no;
      for (std::size_t i = 0; i < c.parts.size() && most != Truth::yes; ++i) most = std::max(most, part(i));
      return most;
    }
    case Op::negate: return negated(part(0));
    case Op::first:
      for (std::size_t i = 0; i < c.parts.size(); ++i)
        if (const auto truth = part(i); truth != Truth::unknown) return truth;
      return Truth::unknown;
    case Op::where: return part(0) == Truth::yes ? part(1) : Truth::unknown;
    case Op::unsure: return truth_of(part(0) == Truth::unknown);
    case Op::call: return subject.call ? subject.call(c.field) : Truth::unknown;
    default: break;
  }
  const std::string value(trimmed(subject.value(c.field)));
  switch (c.op) {
    case Op::known: return truth_of(!value.empty());
    case Op::unknown: return truth_of(value.empty());
    case Op::none: return value.empty() ? Truth::unknown : truth_of(value == none_text);
    case Op::build_before:
    case Op::build_at_least: return compared(compare_builds(value, c.values.at(0)), c.op == Op::build_before);
    case Op::version_before:
    case Op::version_at_least: return compared(compare_versions(value, c.values.at(0)), c.op == Op::version_before);
    case Op::number_below:
    case Op::number_at_least: return of_number(c, value);
    case Op::date_between:
    case Op::older_than: return on_date(c, value, subject);
    case Op::serial_prefix:
    case Op::serial_range:
    case Op::serial_years: return in_serial(c, value);
    case Op::marking: return of_marking(c, value);
    default: return one_of(c, value);  // is, in, glob, word, answer
  }
}

Possible possible_truths(const Condition& c, const ConditionSubject& subject, const std::function<bool(std::string_view)>& is_fixed) {
  constexpr Possible no = 1, unknown = 2, yes = 4, anything = no | unknown | yes;
  const auto part = [&](std::size_t i) { return possible_truths(c.parts.at(i), subject, is_fixed); };
  switch (c.op) {
    case Op::yes: return yes;
    case Op::no: return no;
    case Op::all:
    case Op::any: {
      const bool all = c.op == Op::all;
      Possible so_far = all ? yes : no;
      for (std::size_t i = 0; i < c.parts.size() && so_far != (all ? no : yes); ++i) {
        const auto next = part(i);
        Possible both = 0;
        for (unsigned a = 0; a < 3; ++a)
          for (unsigned b = 0; b < 3; ++b)
            if ((so_far >> a & 1u) && (next >> b & 1u)) both |= static_cast<Possible>(1u << (all ? std::min(a, b) : std::max(a, b)));
        so_far = both;
      }
      return so_far;
    }
    case Op::negate: {
      const auto inner = part(0);
      return static_cast<Possible>((inner & unknown) | (inner & no ? yes : 0) | (inner & yes ? no : 0));
    }
    case Op::first: {
      Possible decided = 0;
      for (std::size_t i = 0; i < c.parts.size(); ++i) {
        const auto next = part(i);
        decided |= next & (no | yes);
        if (!(next & unknown)) return decided;
      }
      return decided | unknown;
    }
    case Op::where: {
      const auto when = part(0);
      return static_cast<Possible>((when & yes ? part(1) : 0) | (when & (no | unknown) ? unknown : 0));
    }
    case Op::unsure: {
      const auto inner = part(0);
      return static_cast<Possible>((inner & unknown ? yes : 0) | (inner & (no | yes) ? no : 0));
    }
    case Op::call: return anything;
    default: break;
  }
  if (is_fixed(c.field)) return possible_of(evaluate(c, subject));
  return c.op == Op::known || c.op == Op::unknown ? no | yes : anything;
}

bool leaves_open(const Condition& c, std::string_view field, const ConditionSubject& subject) {
  if (c.parts.empty() && !c.field.empty() && c.op != Op::call && (field.empty() || c.field == field)) return !trimmed(subject.value(c.field)).empty() && evaluate(c, subject) == Truth::unknown;
  return std::any_of(c.parts.begin(), c.parts.end(), [&](const Condition& part) { return leaves_open(part, field, subject); });
}

void add_fields(const Condition& c, std::set<std::string_view>& fields) {
  if (!c.field.empty() && c.op != Condition::Op::call) fields.insert(c.field);
  for (const auto& part : c.parts) add_fields(part, fields);
}

std::string canonical_text(const Condition& c) {
  std::string out = "(" + std::string(condition_op_name(c.op));
  const auto quoted = [&](const std::string& text) {
    out += " \"";
    for (const char ch : text) {
      if (ch == '"' || ch == '\\') out += '\\';
      out += ch;
    }
    out += '"';
  };
  if (!c.field.empty()) quoted(c.field);
  for (const auto& value : c.values) quoted(value);
  for (const auto& inner : c.parts) out += " " + canonical_text(inner);
  return out + ")";
}

std::optional<int> compare_builds(std::string_view a, std::string_view b) {
  const auto x = parse_build(a), y = parse_build(b);
  if (!x || !y) return {};
  if (x->major != y->major) return x->major < y->major ? -1 : 1;
  // A single letter comes before two: after Z, Apple would go to AA.
  if (x->letters.size() != y->letters.size()) return x->letters.size() < y->letters.size() ? -1 : 1;
  if (x->letters != y->letters) return x->letters < y->letters ? -1 : 1;
  if (x->variant == y->variant) return x->minor == y->minor ? 0 : x->minor < y->minor ? -1 : 1;
  // Betas count from 5000 and yet precede the release of the same letter; only small numbers compare as they stand.
  if (x->minor >= 5000 || y->minor >= 5000 || x->minor == y->minor) return {};
  return x->minor < y->minor ? -1 : 1;
}

std::optional<int> compare_versions(std::string_view a, std::string_view b) {
  const auto parts = [](std::string_view text) {
    const auto folded = lower_case(trimmed(text));
    std::string plain(trimmed(std::string_view(folded).substr(0, folded.find(" update"))));
    std::replace(plain.begin(), plain.end(), '-', '.');
    if (plain.size() > 1 && plain[0] == 'v' && is_digit(plain[1])) plain.erase(0, 1);
    // "9.4.5p1" and "9.4.5 patch 1" are a patch of 9.4.5 and before 9.4.6.
    for (const std::string_view patch : {" patch ", " p", "p"})
      if (const auto at = plain.find(patch); at != std::string::npos && at > 0 && is_digit(plain[at - 1]) && at + patch.size() < plain.size() && is_digit(plain[at + patch.size()])) plain.replace(at, patch.size(), ".");
    return split(plain, '.');
  };
  const auto x = parts(a), y = parts(b);
  if (x.empty() || y.empty()) return {};
  for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
    const auto m = whole_number(i < x.size() ? x[i] : "0"), n = whole_number(i < y.size() ? y[i] : "0");
    if (!m || !n) return {};
    if (*m != *n) return *m < *n ? -1 : 1;
  }
  return 0;
}

MarkingClass marking_class(std::string_view marking) {
  const auto text = upper_case(trimmed(marking));
  if (text.empty()) return MarkingClass::unknown;
  if (text == upper_case(none_text)) return MarkingClass::affected;
  for (const auto* safe : {"EUR", "KOR", "AUS", "ARG", "BRA"})
    if (text == safe) return MarkingClass::safe;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return is_upper(c) || is_digit(c); });
  return plain && (text.size() == 4 || text.size() == 5) ? MarkingClass::affected : MarkingClass::unknown;
}

}  // namespace mainstay
