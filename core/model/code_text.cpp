// SPDX-License-Identifier: MIT
#include "core/model/code_text.h"

#include <algorithm>

#include "core/base/text.h"

namespace mainstay {
namespace {

constexpr std::size_t shortest_code = 3, shortest_number = 6, most_joined = 5, shortest_inner_code = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool is_part(char c) { return is_digit(c) || is_letter(c); }

/// What stands before a number on labels, and is typed along with it.
constexpr std::string_view labels[] = {"SERIAL", "NUMBER", "MODEL", "PART", "TYPE", "CODE", "S/N", "P/N", "M/N", "S.N", "P.N", "FRU", "MTM", "SER", "NO", "NR", "SN", "PN", "MN", "CT", "ID"};

/// The text in upper case without labels at its beginning; a label ends with a blank, a colon, a full stop, # or =.
std::string without_labels(std::string_view typed) {
  auto text = upper_case(trimmed(typed));
  for (bool again = true; again;) {
    again = false;
    for (const auto label : labels) {
      if (!text.starts_with(label) || text.size() <= label.size() || std::string_view(" \t:.#=").find(text[label.size()]) == std::string_view::npos) continue;
      const auto rest = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(label.size()), text.end(), is_part);
      text.erase(text.begin(), rest);
      again = true;
    }
  }
  return text;
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_part(c)) out += c;
  return out;
}

/// The words of a code's text: dashes, dots and underscores inside a word join it, and so does whatever is no ASCII, such as the dashes that phones put in. A plus ends a word and is part of it:
/// a DS218+ is no DS218.
std::vector<std::string> code_words(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (is_part(c)) words.back() += c;
    else if (c == '+' && !words.back().empty()) {
      words.back() += c;
      words.emplace_back();
    }
    else if (c != '-' && c != '_' && c != '.' && static_cast<unsigned char>(c) < 0x80 && !words.back().empty()) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// An O is read as a 0 and an I as a 1.
std::string folded(std::string text) {
  std::replace(text.begin(), text.end(), 'O', '0');
  std::replace(text.begin(), text.end(), 'I', '1');
  return text;
}

bool has_letter_and_digit(std::string_view word) { return std::any_of(word.begin(), word.end(), is_letter) && std::any_of(word.begin(), word.end(), is_digit); }

/// "19V", "342A", "65W": what a thing takes or holds.
bool is_measure(const std::string& word) {
  static constexpr std::string_view units[] = {"V", "A", "W", "MA", "AH", "WH", "HZ", "VA", "GB", "TB", "MB", "KG", "CM", "MM", "MAH", "KVA", "VAC", "VDC"};
  const auto letters = std::min(word.find_first_not_of("0123456789"), word.size());
  return letters > 0 && std::find(std::begin(units), std::end(units), std::string_view(word).substr(letters)) != std::end(units);
}

/// Could be somebody's model or part number: letters and digits together, or a long number.
bool looks_like_code(const std::string& word) {
  if (word.size() >= shortest_code && has_letter_and_digit(word) && !is_measure(word)) return true;
  return word.size() >= shortest_number && std::all_of(word.begin(), word.end(), is_digit);
}

/// A listed code: its letters and digits, and where it is open.
struct Listed {
  std::string code;
  bool open_before = false, open_behind = false;

  explicit Listed(std::string_view text) : code(squeezed(upper_case(text))), open_before(text.starts_with('*')), open_behind(text.ends_with('*')) {}

  bool is_in(std::string_view word) const {
    if (open_before && open_behind) return word.find(code) != std::string_view::npos;
    return open_behind ? word.starts_with(code) : open_before ? word.ends_with(code) : word == code;
  }
  /// It could be what was meant: something behind it, something missing, an O for a 0, or stuck to what stands before it.
  bool may_be(const std::string& word) const {
    if (word.starts_with(code) || (code.size() >= shortest_inner_code && word.find(code) != std::string::npos)) return true;
    if (word.size() >= shortest_code && has_letter_and_digit(word) && code.starts_with(word)) return true;
    return folded(word).starts_with(folded(code));
  }
};

bool same_shape(std::string_view text, std::string_view a, std::string_view b) {
  if (text.size() < a.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (is_digit(a[i]) == is_digit(b[i]) && is_digit(text[i]) != is_digit(a[i])) return false;
  return true;
}

}  // namespace

std::string bare_code(std::string_view typed) { return squeezed(without_labels(typed)); }

bool names_code(std::string_view listed) {
  if (std::none_of(listed.begin(), listed.end(), is_digit)) return false;
  while (listed.starts_with('*')) listed.remove_prefix(1);
  while (listed.ends_with('*')) listed.remove_suffix(1);
  const auto text = upper_case(listed);
  return squeezed(text).size() >= shortest_code && has_letter_and_digit(text) && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == std::string::npos;
}

Truth holds_code(const std::vector<std::string>& listed, std::string_view typed, bool prose) {
  const auto words = code_words(without_labels(typed));
  // A code that was typed in pieces: "G71C 0009 S310".
  std::vector<std::string> joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto text = words[i];
    for (std::size_t k = i + 1; k < words.size() && k < i + most_joined; ++k) joined.push_back(text += words[k]);
  }
  Truth most = Truth::no;
  for (const auto& one : listed) {
    const Listed code(one);
    const auto is_it = [&](const std::string& word) { return code.is_in(word); };
    if (std::any_of(words.begin(), words.end(), is_it)) return Truth::yes;
    const bool pieces = std::any_of(joined.begin(), joined.end(), is_it);
    if (pieces && !prose) return Truth::yes;
    if (pieces || std::any_of(words.begin(), words.end(), [&](const std::string& word) { return code.may_be(word); }) ||
        (!prose && std::any_of(joined.begin(), joined.end(), [&](const std::string& word) { return code.may_be(word); })))
      most = Truth::unknown;
  }
  const bool another = std::any_of(words.begin(), words.end(), looks_like_code);
  return most == Truth::no && !prose && !another ? Truth::unknown : most;
}

Truth serial_begins_with(const std::vector<std::string>& beginnings, std::string_view typed) {
  const auto serial = bare_code(typed);
  bool shaped = false;
  for (const auto& one : beginnings) {
    const auto beginning = squeezed(upper_case(one));
    if (serial.starts_with(beginning)) return Truth::yes;
    shaped = shaped || same_shape(serial, beginning, beginning);
  }
  return shaped ? Truth::no : Truth::unknown;
}

Truth serial_between(std::string_view from, std::string_view to, std::string_view typed) {
  const auto serial = bare_code(typed), first = squeezed(upper_case(from)), last = squeezed(upper_case(to));
  if (first.size() != last.size() || !same_shape(serial, first, last)) return Truth::unknown;
  const auto segment = std::string_view(serial).substr(0, first.size());
  return truth_of(segment >= first && segment <= last);
}

Truth serial_year_in(const std::vector<std::string>& years, std::string_view typed) {
  const auto serial = bare_code(typed);
  const auto at_year = [&](std::size_t at) {
    const auto year = serial.substr(std::min(at, serial.size()), 2);
    if (year.size() < 2 || !is_digit(year[0]) || !is_digit(year[1])) return Truth::unknown;
    // A set, never a range: 99 is followed by 00.
    return truth_of(std::find(years.begin(), years.end(), year) != years.end());
  };
  std::size_t at = 0;
  while (at < serial.size() && is_letter(serial[at])) ++at;
  const auto truth = at_year(at);
  if (at == 0) return truth == Truth::yes ? truth : Truth::unknown;
  // An O before the digits may be the first of them: NAO2 is NA02 or a model's own letters.
  if (serial[at - 1] == 'O' || serial[at - 1] == 'I') return Truth::unknown;
  return truth;
}

}  // namespace mainstay
