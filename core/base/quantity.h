// SPDX-License-Identifier: MIT
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace mainstay {

/// How far a value is known: not at all (the default everywhere), known to be none, or known.
enum class Known : std::uint8_t { no, none, yes };

/// What stands for "known to be none" in files and forms; empty text means "not known".
inline constexpr const char* none_text = "(none)";

/// A whole number in one unit that may also be not known, or known to be none. The unit is in the member's name.
template <class Unit>
struct Quantity {
  std::int64_t count = 0;
  Known known = Known::no;

  Quantity() = default;
  explicit constexpr Quantity(std::int64_t value) : count(value), known(Known::yes) {}
  static constexpr Quantity none() {
    Quantity q;
    q.known = Known::none;
    return q;
  }
  /// True where there is a number.
  constexpr explicit operator bool() const { return known == Known::yes; }
  constexpr bool is_none() const { return known == Known::none; }
  constexpr bool is_unknown() const { return known == Known::no; }
  /// The number, or `other` where it is not known or none.
  constexpr std::int64_t value_or(std::int64_t other) const { return known == Known::yes ? count : other; }
  friend constexpr bool operator==(const Quantity&, const Quantity&) = default;
};

struct MinutesUnit;
struct CentsUnit;
struct PercentUnit;
struct NumberUnit;
/// A length of time in whole minutes.
using Minutes = Quantity<MinutesUnit>;
/// An amount of the plan's currency in whole cents.
using Money = Quantity<CentsUnit>;
/// A share in whole percent.
using Percent = Quantity<PercentUnit>;
/// A plain whole number; the unit, if any, is in the member's name.
using Number = Quantity<NumberUnit>;

/// Yes, no, or not known: the answer to a question.
enum class Answer : std::uint8_t { unknown, yes, no };

/// The identity of a record within its plan.
struct Id {
  std::string text;
  bool empty() const { return text.empty(); }
  friend bool operator==(const Id&, const Id&) = default;
  friend std::strong_ordering operator<=>(const Id&, const Id&) = default;
};

inline constexpr std::int64_t minutes_per_hour = 60;
inline constexpr std::int64_t minutes_per_day = 24 * 60;

}  // namespace mainstay

template <>
struct std::hash<mainstay::Id> {
  std::size_t operator()(const mainstay::Id& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
