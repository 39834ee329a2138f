// SPDX-License-Identifier: MIT
#include "core/model/period.h"

#include "core/base/text.h"
#include "core/base/time_zone.h"

namespace mainstay {
namespace {
constexpr int longest_days = 366;
}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  const auto words = trimmed(text);
  if (words.size() == 7) {
    const auto first = parse_date(std::string(words) + "-01");
    if (!first) return {};
    return month_of(*first);
  }
  const auto dots = words.find("..");
  if (dots == std::string_view::npos) return {};
  const auto first = parse_date(trimmed(words.substr(0, dots))), last = parse_date(trimmed(words.substr(dots + 2)));
  if (!first || !last || !*first || !*last || last->days < first->days || last->days - first->days >= longest_days) return {};
  return Period{*first, *last};
}

Period month_of(Date day) {
  auto first = *parse_date(to_text(day).substr(0, 8) + "01");
  auto next = *parse_date(to_text(first.plus_days(31)).substr(0, 8) + "01");
  return {first, next.plus_days(-1)};
}

std::string spoken(const Period& period) {
  if (month_of(period.first) == period) {
    const auto words = spoken(period.first);
    return words.substr(words.find(' ') + 1);
  }
  return tr("{first} to {last}", {{"first", spoken(period.first)}, {"last", spoken(period.last)}});
}

std::pair<Instant, Instant> instants_of(const Period& period, const std::string& zone) {
  const auto midnight = [&](Date day) { return instant_of(zone, {day, 0}).value_or(Instant(std::int64_t{day.days} * 86400)); };
  return {midnight(period.first), midnight(period.last.plus_days(1))};
}

}  // namespace mainstay
