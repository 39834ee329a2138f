// SPDX-License-Identifier: MIT
#include "core/base/fields.h"

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/text.h"

namespace mainstay {
namespace {

std::optional<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return value;
}

template <class Q>
std::string quantity_text(const void* member) {
  const auto& q = *static_cast<const Q*>(member);
  return q ? std::to_string(q.count) : q.is_none() ? none_text : "";
}

template <class Q>
void set_quantity(void* member, std::optional<std::int64_t> count) {
  *static_cast<Q*>(member) = Q(*count);
}

[[noreturn]] void refuse(const FieldInfo& field, std::string_view text, std::string_view expected) {
  throw Error(ErrorCode::bad_value, tr("{label} cannot be “{text}”: {expected}",
                                       {{"label", field.label}, {"text", shortened(clean_utf8(text), 60)}, {"expected", expected}}));
}

std::string choice_list(std::span<const Choice> choices) {
  std::vector<std::string> keys;
  for (const auto& choice : choices)
    if (!choice.key.empty()) keys.emplace_back(choice.key);
  return join(keys, ", ");
}

std::uint8_t parse_choice(const FieldInfo& field, std::string_view text) {
  // Keys first: a label may read like another choice's key.
  for (std::size_t i = 0; i < field.choices.size(); ++i)
    if (text == field.choices[i].key) return static_cast<std::uint8_t>(i);
  for (std::size_t i = 0; i < field.choices.size(); ++i)
    if (lower_case(text) == lower_case(field.choices[i].label)) return static_cast<std::uint8_t>(i);
  refuse(field, text, tr("it takes one of: {list}.", {{"list", choice_list(field.choices)}}));
}

/// Longest texts, in bytes: what a cell of a printed table can hold, and some pages of prose.
constexpr std::size_t longest_text = 1000, longest_long_text = 20000;

/// Figures that people could not mean are refused, so that sums stay inside 64 bits.
constexpr std::int64_t largest_figure = 1'000'000'000'000'000;

std::int64_t checked(const FieldInfo& field, std::string_view text, std::optional<std::int64_t> value, std::string_view expected) {
  if (!value) refuse(field, text, expected);
  const bool negative_ok = field.type == FieldType::number;
  if ((*value < 0 && !negative_ok) || *value > largest_figure || *value < -largest_figure) refuse(field, text, expected);
  return *value;
}

}  // namespace

const FieldInfo* RecordInfo::field(std::string_view key) const {
  for (const auto& f : fields)
    if (f.key == key) return &f;
  return nullptr;
}

std::string FieldInfo::text(const void* record) const {
  const void* member = at(record);
  switch (type) {
    case FieldType::text:
    case FieldType::long_text: return *static_cast<const std::string*>(member);
    case FieldType::answer:
    case FieldType::choice: {
      const auto index = *static_cast<const unsigned char*>(member);
      return index < choices.size() ? std::string(choices[index].key) : std::string();
    }
    case FieldType::number: return quantity_text<Number>(member);
    case FieldType::minutes: return quantity_text<Minutes>(member);
    case FieldType::money: return quantity_text<Money>(member);
    case FieldType::percent: return quantity_text<Percent>(member);
    case FieldType::date: return to_text(*static_cast<const Date*>(member));
    case FieldType::instant: return to_text(*static_cast<const Instant*>(member));
    case FieldType::id: return static_cast<const Id*>(member)->text;
  }
  return {};
}

void FieldInfo::set_text(void* record, std::string_view given) const {
  void* member = const_cast<void*>(at(record));
  if (!is_clean_utf8(given)) refuse(*this, given, tr("it holds bytes that are not text (UTF-8)."));
  const auto text = trimmed(given);
  const std::size_t longest = type == FieldType::long_text ? longest_long_text : longest_text;
  if (given.size() > longest) refuse(*this, given, tr("it is longer than {count} bytes.", {{"count", longest}}));
  if (type == FieldType::text || type == FieldType::long_text) {
    *static_cast<std::string*>(member) = type == FieldType::text ? std::string(text) : std::string(given);
    return;
  }
  if (type == FieldType::id) {
    static_cast<Id*>(member)->text = text;
    return;
  }
  if (type == FieldType::answer || type == FieldType::choice) {
    *static_cast<unsigned char*>(member) = parse_choice(*this, text);
    return;
  }
  const bool none = text == none_text;
  switch (type) {
    case FieldType::number:
      if (text.empty()) *static_cast<Number*>(member) = {};
      else if (none) *static_cast<Number*>(member) = Number::none();
      else set_quantity<Number>(member, checked(*this, text, parse_whole(text), tr("it takes a whole number.")));
      break;
    case FieldType::minutes:
      if (text.empty()) *static_cast<Minutes*>(member) = {};
      else if (none) *static_cast<Minutes*>(member) = Minutes::none();
      else set_quantity<Minutes>(member, checked(*this, text, parse_minutes(text), tr("it takes a time such as 30 min, 4 h or 2 d (a bare number is minutes).")));
      break;
    case FieldType::money:
      if (text.empty()) *static_cast<Money*>(member) = {};
      else if (none) *static_cast<Money*>(member) = Money::none();
      else set_quantity<Money>(member, checked(*this, text, parse_money(text), tr("it takes an amount such as 1,200.50 or 1.200,50.")));
      break;
    case FieldType::percent: {
      if (text.empty()) { *static_cast<Percent*>(member) = {}; break; }
      if (none) { *static_cast<Percent*>(member) = Percent::none(); break; }
      auto number = text;
      if (number.back() == '%') number = trimmed(number.substr(0, number.size() - 1));
      const auto value = checked(*this, text, parse_whole(number), tr("it takes a whole percentage from 0 to 100."));
      if (value > 100) refuse(*this, text, tr("it takes a whole percentage from 0 to 100."));
      *static_cast<Percent*>(member) = Percent(value);
      break;
    }
    case FieldType::date: {
      if (text.empty()) { *static_cast<Date*>(member) = {}; break; }
      if (none) { Date d; d.known = Known::none; *static_cast<Date*>(member) = d; break; }
      const auto date = parse_date(text);
      if (!date) refuse(*this, text, tr("it takes a date as year-month-day, such as 2026-11-24."));
      *static_cast<Date*>(member) = *date;
      break;
    }
    case FieldType::instant: {
      if (text.empty()) { *static_cast<Instant*>(member) = {}; break; }
      const auto instant = parse_instant(text);
      if (!instant) refuse(*this, text, tr("it takes a time with zone, such as 2026-11-24T08:30:00Z."));
      *static_cast<Instant*>(member) = *instant;
      break;
    }
    default: break;
  }
}

void FieldInfo::enter(void* record, std::string_view given) const {
  set_text(record, given);
  if (!is_readable(record)) refuse(*this, trimmed(given), tr(expects));
  if (type != FieldType::number) return;
  const auto& number = value<Number>(record);
  if (!number || (number.count >= least && number.count <= most)) return;
  refuse(*this, trimmed(given), most == any_number ? tr("it takes a whole number that is not negative.") : tr("it takes a whole number from {least} to {most}.", {{"least", least}, {"most", most}}));
}

bool FieldInfo::is_readable(const void* record) const {
  if (!reads) return true;
  const auto words = text(record);
  return words.empty() || words == none_text || reads(trimmed(words));
}

std::string FieldInfo::spoken(const void* record) const {
  const void* member = at(record);
  switch (type) {
    case FieldType::answer:
    case FieldType::choice: {
      const auto index = *static_cast<const unsigned char*>(member);
      return index > 0 && index < choices.size() ? std::string(choices[index].label) : std::string();
    }
    case FieldType::minutes: {
      const auto& m = *static_cast<const Minutes*>(member);
      return m ? exact_minutes(m.count) : text(record);
    }
    case FieldType::money: {
      const auto& m = *static_cast<const Money*>(member);
      return m ? spoken_money(m.count) : text(record);
    }
    case FieldType::percent: {
      const auto& p = *static_cast<const Percent*>(member);
      return p ? fmt::format("{} %", p.count) : text(record);
    }
    case FieldType::date: return mainstay::spoken(*static_cast<const Date*>(member));
    case FieldType::instant: return mainstay::spoken(*static_cast<const Instant*>(member));
    default: return text(record);
  }
}

std::string spoken_money(std::int64_t cents) {
  const auto whole = cents < 0 ? -cents : cents;
  std::string digits = std::to_string(whole / 100);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) digits.insert(static_cast<std::size_t>(i), ",");
  return fmt::format("{}{}.{:02}", cents < 0 ? "-" : "", digits, whole % 100);
}

std::optional<std::int64_t> parse_minutes(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return {};
  if (const auto bare = parse_whole(text)) return *bare;
  std::int64_t total = 0;
  while (!text.empty()) {
    std::size_t n = 0;
    while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
    const auto count = parse_whole(text.substr(0, n));
    if (n == 0 || n > 9 || !count) return {};
    text = trimmed(text.substr(n));
    std::size_t w = 0;
    while (w < text.size() && ((text[w] | 32) >= 'a' && (text[w] | 32) <= 'z')) ++w;
    const auto unit = lower_case(text.substr(0, w));
    std::int64_t factor = 0;
    if (unit == "m" || unit == "min" || unit == "mins" || unit == "minute" || unit == "minutes") factor = 1;
    if (unit == "h" || unit == "hr" || unit == "hrs" || unit == "hour" || unit == "hours") factor = minutes_per_hour;
    if (unit == "d" || unit == "day" || unit == "days") factor = minutes_per_day;
    if (unit == "w" || unit == "week" || unit == "weeks") factor = 7 * minutes_per_day;
    if (factor == 0) return {};
    total += *count * factor;
    text = trimmed(text.substr(w));
  }
  return total;
}

std::optional<std::int64_t> parse_money(std::string_view text) {
  text = trimmed(text);
  const bool bare = !text.empty() && text.find_first_not_of("-0123456789") == std::string_view::npos;
  if (bare) return parse_whole(text);
  // "12.345,67" says by itself which mark is the decimal one; a comma alone does not.
  const auto last_point = text.rfind('.'), last_comma = text.rfind(',');
  const bool turned = last_point != std::string_view::npos && last_comma != std::string_view::npos && last_point < last_comma;
  const char decimal_mark = turned ? ',' : '.', thousands_mark = turned ? '.' : ',';
  std::string digits;
  std::size_t decimals = 0;
  bool point = false, grouped = false;
  if (!text.empty() && text.front() == '-') { digits = "-"; text.remove_prefix(1); }
  while (!text.empty() && (text.front() == '$' || text.front() == ' ')) text.remove_prefix(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') { digits += c; decimals += point; }
    else if (c == decimal_mark && !point) point = true;
    else if (c == thousands_mark && !point && i > 0) {  // between thousands only: a decimal comma would be a hundred times wrong
      const auto group = text.substr(i + 1, 3);
      const bool opens = digits.size() - (digits.front() == '-') <= 3 || grouped;  // 12345,678 is no grouping
      grouped = true;
      const bool three = opens && group.size() == 3 && group.find_first_not_of("0123456789") == std::string_view::npos;
      if (!three || (i + 4 < text.size() && text[i + 4] >= '0' && text[i + 4] <= '9')) return {};
    } else return {};
  }
  if (digits.empty() || digits == "-" || decimals > 2) return {};
  for (; decimals < 2; ++decimals) digits += '0';
  return parse_whole(digits);
}

}  // namespace mainstay
