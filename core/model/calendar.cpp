// SPDX-License-Identifier: MIT
#include "core/model/calendar.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/model/plan.h"

namespace mainstay {
namespace {

constexpr std::int64_t seconds_per_day = 86400;
constexpr std::size_t most_ranges = 400;

std::size_t weekday(std::int64_t day) { return static_cast<std::size_t>(((day + 3) % 7 + 7) % 7); }  // 1970-01-01 was a Thursday

/// "mon", "tues", "Friday" or "fridays" as a day of the week.
std::optional<std::size_t> day_number(std::string_view word) {
  constexpr std::string_view whole_names[] = {"mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"};
  const auto lower = lower_case(word);
  for (std::size_t i = 0; i < 7; ++i)
    if (lower.size() >= 3 && whole_names[i].starts_with(lower)) return i;
  return {};
}

/// The text with a plain hyphen for each dash, and nothing around it: people write “08:00 – 18:00”.
std::string with_plain_dashes(std::string text) {
  for (const std::string_view dash : {"–", "—"})
    for (auto at = text.find(dash); at != std::string::npos; at = text.find(dash, at)) text.replace(at, dash.size(), "-");
  for (auto at = text.find('-'); at != std::string::npos; at = text.find('-', at + 1)) {
    while (at + 1 < text.size() && text[at + 1] == ' ') text.erase(at + 1, 1);
    while (at > 0 && text[at - 1] == ' ') text.erase(--at, 1);
  }
  return text;
}

/// Seconds on the wall clock since 1970 there.
std::int64_t wall_seconds(const Calendar& calendar, Instant at) {
  const auto wall = wall_time(calendar.zone, at);
  return wall ? wall->day.days * seconds_per_day + wall->seconds : at.seconds;
}

/// Seconds of closed weekdays from the Monday before 1970 up to `at`, whole weeks at once.
std::int64_t closed_weekdays_until(const Calendar& calendar, std::int64_t at) {
  const auto closed_a_week = std::count(calendar.open.begin(), calendar.open.end(), false);
  const std::int64_t since_monday = at + 3 * seconds_per_day, week = 7 * seconds_per_day;
  const std::int64_t weeks = since_monday >= 0 ? since_monday / week : (since_monday - week + 1) / week;
  std::int64_t rest = since_monday - weeks * week, closed = weeks * closed_a_week * seconds_per_day;
  for (std::size_t d = 0; d < 7 && rest > 0; ++d, rest -= seconds_per_day)
    if (!calendar.open[d]) closed += std::min(rest, seconds_per_day);
  return closed;
}

/// What is open of a week, in seconds since its Monday began; a day's hours end where the next day's begin.
using WeekHours = std::array<std::pair<std::int64_t, std::int64_t>, 7>;
WeekHours hours_of_week(const Calendar& calendar) {
  WeekHours week{};
  for (std::size_t d = 0; d < 7; ++d) {
    if (!calendar.open[d]) continue;
    const auto next = (d + 1) % 7;
    const std::int64_t latest = calendar.open[next] ? 24 * 60 + calendar.hours[next].opens : 2 * 24 * 60;
    const auto day = static_cast<std::int64_t>(d) * seconds_per_day;
    week[d] = {day + calendar.hours[d].opens * 60, day + std::min<std::int64_t>(calendar.hours[d].closes, latest) * 60};
  }
  return week;
}

/// Seconds of open hours on the wall clock from a Monday long ago up to `at`, whole weeks at once.
std::int64_t open_hours_until(const WeekHours& hours, std::int64_t at) {
  constexpr std::int64_t week = 7 * seconds_per_day;
  const auto since_monday = at + 3 * seconds_per_day;
  const auto weeks = since_monday >= 0 ? since_monday / week : (since_monday - week + 1) / week;
  const auto rest = since_monday - weeks * week;
  std::int64_t sum = 0;
  for (const auto& [opens, closes] : hours) {
    sum += (weeks - 1) * (closes - opens);
    for (const auto until : {rest, rest + week}) sum += std::clamp<std::int64_t>(until - opens, 0, closes - opens);  // Sunday's may reach into this week
  }
  return sum;
}

std::int64_t holiday_hours_between(const Calendar& calendar, const WeekHours& hours, std::int64_t from, std::int64_t to) {
  std::int64_t closed = 0;
  for (const auto& [first, last] : calendar.closed) {
    const auto begin = std::max<std::int64_t>(first.days, from / seconds_per_day - 2), end = std::min<std::int64_t>(last.days, to / seconds_per_day + 1);
    for (auto day = begin; day <= end; ++day) {
      const auto d = weekday(day);
      const auto midnight = day * seconds_per_day, monday = static_cast<std::int64_t>(d) * seconds_per_day;
      closed += std::max<std::int64_t>(0, std::min(to, midnight + hours[d].second - monday) - std::max(from, midnight + hours[d].first - monday));
    }
  }
  return closed;
}

/// Seconds of holidays on weekdays that are otherwise open.
std::int64_t holidays_between(const Calendar& calendar, std::int64_t from, std::int64_t to) {
  std::int64_t closed = 0;
  for (const auto& [first, last] : calendar.closed) {
    const auto begin = std::max<std::int64_t>(first.days, from / seconds_per_day - 1), end = std::min<std::int64_t>(last.days, to / seconds_per_day + 1);
    for (auto day = begin; day <= end; ++day)
      if (calendar.open[weekday(day)]) closed += std::max<std::int64_t>(0, std::min(to, (day + 1) * seconds_per_day) - std::max(from, day * seconds_per_day));
  }
  return closed;
}

/// Seconds on the wall clock in which the place is open; without hours its open days count whole.
std::int64_t open_wall_seconds(const Calendar& calendar, const std::optional<WeekHours>& hours, std::int64_t from, std::int64_t to) {
  if (to <= from) return 0;
  if (hours) return open_hours_until(*hours, to) - open_hours_until(*hours, from) - holiday_hours_between(calendar, *hours, from, to);
  return to - from - (closed_weekdays_until(calendar, to) - closed_weekdays_until(calendar, from) + holidays_between(calendar, from, to));
}

/// Open seconds that pass between two instants. Where clocks were put forward or back in between, on one side of it and on the other.
std::int64_t open_seconds(const Calendar& calendar, const std::optional<WeekHours>& hours, Instant from, Instant to) {
  const auto ahead = [&](Instant at) { return wall_seconds(calendar, at) - at.seconds; };
  const auto begin = ahead(from), end = ahead(to);
  if (begin == end) return open_wall_seconds(calendar, hours, from.seconds + begin, to.seconds + end);  // two changes in between undo each other
  auto low = from.seconds, high = to.seconds;
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (ahead(Instant(middle)) == begin ? low : high) = middle;
  }
  return open_wall_seconds(calendar, hours, from.seconds + begin, high + begin) + open_wall_seconds(calendar, hours, high + ahead(Instant(high)), to.seconds + end);
}

}  // namespace

bool Calendar::is_holiday(Date day) const {
  return std::any_of(closed.begin(), closed.end(), [&](const auto& range) { return range.first.days <= day.days && day.days <= range.second.days; });
}

bool Calendar::is_open(Date day) const { return open[weekday(day.days)] && !is_holiday(day); }

bool Calendar::has_hours() const {
  for (std::size_t d = 0; d < 7; ++d)
    if (open[d] && hours[d] != OpenHours()) return true;
  return false;
}

bool Calendar::ever_closes() const { return !closed.empty() || has_hours() || std::find(open.begin(), open.end(), false) != open.end(); }

Calendar Calendar::for_spans_of(std::int64_t minutes) const {
  auto calendar = *this;
  if (minutes >= minutes_per_day) calendar.hours = {};
  return calendar;
}

Calendar calendar_of(const Organisation& organisation) {
  Calendar calendar;
  calendar.open = {true, true, true, true, true, organisation.open_saturday != Answer::no, organisation.open_sunday != Answer::no};
  return calendar;
}

Calendar calendar_of(const Plan& plan, const Id& site_id) {
  auto calendar = calendar_of(plan.organisation());
  const auto* site = find_in(plan.sites, site_id);
  if (!site) return calendar;
  if (is_time_zone(site->time_zone)) calendar.zone = site->time_zone;
  std::optional<std::array<bool, 7>> named;
  if (const auto hours = parse_open_hours(site->open_hours, &named)) calendar.hours = *hours;
  if (named) calendar.open = *named;  // who says at what hours on which days says on which days
  if (const auto days = parse_days(site->open_days)) calendar.open = *days;
  if (auto ranges = parse_day_ranges(site->closed_on)) calendar.closed = std::move(*ranges);
  return calendar;
}

const Site* site_of(const Plan& plan, const Backup& backup) {
  if (const auto* site = find_in(plan.sites, backup.site_id)) return site;
  const auto main = std::find_if(plan.sites.begin(), plan.sites.end(), [](const Site& site) { return site.kind == Site::Kind::main; });
  return main == plan.sites.end() ? nullptr : &*main;
}

Calendar calendar_of(const Plan& plan, const Backup& backup) {
  const auto* site = site_of(plan, backup);
  return calendar_of(plan, site ? site->id : Id{});
}

std::optional<std::array<bool, 7>> parse_days(std::string_view text) {
  std::array<bool, 7> days{};
  auto spaced = with_plain_dashes(std::string(text));
  for (auto& c : spaced)
    if (c == ',' || c == ';') c = ' ';
  bool any = false;
  for (const auto& word : split(spaced, ' ')) {
    if (word.empty()) continue;
    any = true;
    if (lower_case(word) == "daily") {
      days.fill(true);
      continue;
    }
    const auto dash = word.find('-');
    const auto first = day_number(word.substr(0, dash)), last = dash == std::string::npos ? first : day_number(word.substr(dash + 1));
    if (!first || !last || word.size() > 24) return {};
    for (auto d = *first;; d = (d + 1) % 7) {
      days[d] = true;
      if (d == *last) break;
    }
  }
  if (!any) return {};
  return days;
}

std::optional<std::vector<std::pair<Date, Date>>> parse_day_ranges(std::string_view text) {
  std::vector<std::pair<Date, Date>> ranges;
  std::string spaced(text);
  for (auto& c : spaced)
    if (c == ',' || c == '\n') c = ';';
  for (const auto& part : split(spaced, ';')) {
    const auto words = trimmed(part);
    if (words.empty()) continue;
    const auto dots = words.find("..");
    const auto first = parse_date(trimmed(words.substr(0, dots)));
    const auto last = dots == std::string_view::npos ? first : parse_date(trimmed(words.substr(dots + 2)));
    if (!first || !last || last->days < first->days || ranges.size() >= most_ranges) return {};
    ranges.emplace_back(*first, *last);
  }
  std::sort(ranges.begin(), ranges.end(), [](const auto& a, const auto& b) { return a.first.days < b.first.days; });
  std::vector<std::pair<Date, Date>> apart;  // overlapping ones count once
  for (const auto& range : ranges) {
    if (!apart.empty() && range.first.days <= apart.back().second.days + 1) apart.back().second.days = std::max(apart.back().second.days, range.second.days);
    else apart.push_back(range);
  }
  return apart;
}

std::optional<int> parse_time_of_day(std::string_view text) {
  const auto words = trimmed(text);
  const auto colon = words.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2 || words.size() != colon + 3) return {};
  int hour = 0, minute = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i == colon) continue;
    if (words[i] < '0' || words[i] > '9') return {};
    (i < colon ? hour : minute) = (i < colon ? hour : minute) * 10 + (words[i] - '0');
  }
  if (hour > 23 || minute > 59) return {};
  return hour * 60 + minute;
}

std::optional<std::array<OpenHours, 7>> parse_open_hours(std::string_view text, std::optional<std::array<bool, 7>>* named) {
  std::array<OpenHours, 7> hours{};
  std::array<bool, 7> days_named{};
  bool any = false, all_named = true;
  for (const auto& part : split(with_plain_dashes(std::string(text)), ';')) {
    const auto words = trimmed(part);
    if (words.empty()) continue;
    const auto space = words.rfind(' ');
    const auto span = space == std::string_view::npos ? words : words.substr(space + 1);
    std::array<bool, 7> days;
    days.fill(true);
    if (space == std::string_view::npos) all_named = false;
    else if (const auto said = parse_days(trimmed(words.substr(0, space)))) days = *said;
    else return {};
    const auto dash = span.find('-');
    if (dash == std::string_view::npos) return {};
    const auto end = span.substr(dash + 1);
    const auto opens = parse_time_of_day(span.substr(0, dash)), closes = end == "24:00" ? std::optional<int>(24 * 60) : parse_time_of_day(end);
    if (!opens || !closes || *opens == *closes) return {};
    for (std::size_t d = 0; d < 7; ++d) {
      if (!days[d]) continue;
      if (days_named[d]) return {};  // a day has one span: of two the longer pause between them would be lost
      hours[d] = {*opens, *closes > *opens ? *closes : *closes + 24 * 60};
      days_named[d] = true;
    }
    any = true;
  }
  if (!any) return {};
  if (named && all_named) *named = days_named;
  return hours;
}

std::string spoken_open_minutes(const Calendar& calendar, std::int64_t minutes) {
  const Args args{{"time", spoken_minutes(minutes)}};
  return !calendar.ever_closes() ? spoken_minutes(minutes) : calendar.has_hours() ? tr("{time} of open hours", args) : tr("{time} of open days", args);
}

Instant plus_open_minutes(const Calendar& calendar, Instant from, std::int64_t minutes) {
  constexpr std::int64_t longest = 2 * 366 * seconds_per_day;
  auto low = from.seconds - 1, high = from.seconds + longest;
  if (!from || open_minutes_between(calendar, from, Instant(high)) < minutes) return {};
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (open_minutes_between(calendar, from, Instant(middle)) >= minutes ? high : low) = middle;
  }
  return Instant(high);
}

std::int64_t open_minutes_between(const Calendar& calendar, Instant from, Instant to) {
  if (!from || !to || to <= from) return 0;
  return std::max<std::int64_t>(0, open_seconds(calendar, calendar.has_hours() ? std::optional(hours_of_week(calendar)) : std::nullopt, from, to) / 60);
}

bool is_open_at(const Calendar& calendar, Instant at) {
  const Instant minute(at.seconds - at.seconds % 60);
  return open_minutes_between(calendar, minute, minute.plus_minutes(1)) > 0;
}

Instant next_open(const Calendar& calendar, Instant at) {
  if (!at || is_open_at(calendar, at)) return at;
  const auto minute_later = plus_open_minutes(calendar, at, 1);
  return minute_later ? minute_later.plus_minutes(-1) : Instant();
}

Instant next_interval_run(const Calendar& whole_calendar, Instant last_point, std::int64_t interval) {
  const auto calendar = whole_calendar.for_spans_of(interval);
  if (interval >= minutes_per_day) {
    const auto at = last_point.plus_minutes(interval);
    const auto wall = wall_time(calendar.zone, at).value_or(WallTime{at.date(), static_cast<int>(at.seconds % seconds_per_day)});
    for (int days = 0; days < 2 * 366; ++days)
      if (const auto day = wall.day.plus_days(days); calendar.is_open(day)) return days == 0 ? at : instant_of(calendar.zone, {day, wall.seconds}).value_or(at.plus_minutes(days * minutes_per_day));
    return {};
  }
  if (!is_open_at(calendar, last_point)) {
    const auto opens = next_open(calendar, last_point);
    if (!opens) return {};
    const auto step = interval * 60;
    const Instant slot(last_point.seconds + (opens.seconds - last_point.seconds + step - 1) / step * step);
    if (is_open_at(calendar, slot)) return slot;
  }
  return next_open(calendar, plus_open_minutes(calendar, last_point, interval));
}

namespace {

/// When a run that is planned for that time begins: where clocks leave it out in spring, right after the change, as schedulers do it.
std::optional<Instant> begin_of_run(const std::string& zone, const WallTime& wall) {
  auto at = instant_of(zone, wall);
  const auto ahead = [&](Instant when) {  // of UTC, in seconds
    const auto shown = wall_time(zone, when);
    return shown ? shown->day.days * seconds_per_day + shown->seconds - when.seconds : 0;
  };
  if (!at || wall_time(zone, *at) == wall) return at;
  const auto after = ahead(*at);
  for (int minute = 0; minute < minutes_per_day && ahead(at->plus_minutes(-1)) == after; ++minute) at = at->plus_minutes(-1);
  return at;
}

}  // namespace

std::vector<Instant> run_slots(const Backup& backup, const Calendar& calendar, Instant from, Instant to, std::size_t most) {
  std::vector<Instant> slots;
  const auto minute = parse_time_of_day(backup.run_at);
  if (!minute || !from || !to) return slots;
  const auto days = parse_days(backup.run_days);  // a backup may be told to run on days when nobody is there
  const auto first = wall_seconds(calendar, from) / seconds_per_day - 1, last = wall_seconds(calendar, to) / seconds_per_day + 1;
  for (auto day = first; day <= last && slots.size() < most; ++day) {
    const Date date(static_cast<std::int32_t>(day));
    if (days ? !(*days)[weekday(day)] || calendar.is_holiday(date) : !calendar.is_open(date)) continue;
    const auto at = begin_of_run(calendar.zone, {date, *minute * 60});
    if (at && *at > from && *at <= to) slots.push_back(*at);
  }
  return slots;
}

std::optional<std::int64_t> planned_gap_minutes(const Backup& backup, const Calendar& calendar) {
  // Four weeks without holidays hold every gap of a weekly rhythm; they begin on a Monday in winter.
  if (parse_time_of_day(backup.run_at)) {
    auto usual = calendar;
    usual.closed.clear();
    const Instant from(Date::of(2026, 1, 5).days * seconds_per_day), to(from.seconds + 28 * seconds_per_day);
    const auto slots = run_slots(backup, usual, from, to);
    if (slots.size() < 2) return {};
    std::int64_t longest = 0;
    for (std::size_t i = 1; i < slots.size(); ++i) longest = std::max(longest, open_minutes_between(usual, slots[i - 1], slots[i]));
    return longest;
  }
  if (backup.interval_minutes && backup.interval_minutes.count > 0) return backup.interval_minutes.count;
  return {};
}

}  // namespace mainstay
