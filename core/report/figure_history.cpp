// SPDX-License-Identifier: MIT
#include "core/report/figure_history.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/base/time_zone.h"
#include "core/report/figure.h"

namespace mainstay {
namespace {

using Line = Figure::Line;
using Rect = Figure::Rect;
using Label = Figure::Label;
using Poly = Figure::Poly;

constexpr double letters = 7;

/// The place where times and ages lie on the drawing.
struct Plot {
  double left, right, top, bottom;
  Instant from, to;
  std::int64_t most;  ///< minutes at the top
  double x(Instant at) const { return left + double(at.seconds - from.seconds) / double(std::max<std::int64_t>(1, to.seconds - from.seconds)) * (right - left); }
  double y(double minutes) const { return bottom - std::clamp(minutes / double(most), 0.0, 1.0) * (bottom - top); }
};

/// Corners so near that the eye cannot part them become the lowest and the highest of them.
std::vector<std::pair<double, double>> thinned(std::vector<std::pair<double, double>> points, double bin) {
  if (points.size() < 400) return points;
  std::vector<std::pair<double, double>> few;
  for (std::size_t i = 0; i < points.size();) {
    auto last = i, low = i, high = i;
    while (last + 1 < points.size() && points[last + 1].first - points[i].first < bin) {
      ++last;
      if (points[last].second < points[low].second) low = last;
      if (points[last].second > points[high].second) high = last;
    }
    for (const auto at : {i, std::min(low, high), std::max(low, high), last})
      if (few.empty() || few.back() != points[at]) few.push_back(points[at]);
    i = last + 1;
  }
  return few;
}

/// The saw-tooth: one line wherever the age is known throughout, and what lies past the RPO once more in its own colour.
void draw_age(Figure& figure, const Plot& plot, const BackupHistory& h, const Calendar& calendar, double width) {
  const double limit = h.rpo.rpo_minutes ? double(h.rpo.rpo_minutes.count) : 1e18;
  std::vector<Poly> late;
  Poly line;
  line.stroke = "accent";
  line.width = width;
  Instant end;
  const auto finish = [&] {
    line.points = thinned(std::move(line.points), 0.5);
    if (line.points.size() > 1) figure.shapes.push_back(line);
    line.points.clear();
  };
  for (const auto& stretch : h.stretches) {
    if (stretch.from != end) finish();
    end = stretch.to;
    AgeVertex before;
    for (const auto& vertex : age_line(stretch, calendar, h.from, h.to)) {
      line.points.emplace_back(plot.x(vertex.at), plot.y(double(vertex.minutes)));
      if (before.at && double(vertex.minutes) > limit) {
        Poly past;
        past.stroke = "bad";
        past.width = width * 1.5;
        const double rise = double(vertex.minutes - before.minutes), share = rise > 0 && double(before.minutes) < limit ? (limit - double(before.minutes)) / rise : 0;
        const auto x = plot.x(before.at) + (plot.x(vertex.at) - plot.x(before.at)) * share;
        past.points = {{x, plot.y(std::max(limit, double(before.minutes)))}, {plot.x(vertex.at), plot.y(double(vertex.minutes))}};
        if (!late.empty() && late.back().points.back() == past.points.front()) late.back().points.push_back(past.points.back());
        else late.push_back(std::move(past));
      }
      before = vertex;
    }
    if (!stretch.point) finish();
  }
  finish();
  for (auto& past : late) figure.shapes.push_back(std::move(past));
}

void draw_ground(Figure& figure, const Plot& plot, const BackupHistory& h, bool words) {
  const auto label = [&](double from, double to, double y, const std::string& text, const std::string& colour) {
    if (words && to - from > double(text.size()) * letters * 0.56) figure.shapes.push_back(Label{(from + to) / 2, y, text, letters - 0.4, 0, colour, false});
  };
  const auto band = [&](Instant from, Instant to, const std::string& fill) {
    const double x = plot.x(from), w = std::max(0.6, plot.x(to) - x);
    figure.shapes.push_back(Rect{x, plot.top, w, plot.bottom - plot.top, fill, "", 0});
  };
  auto at = h.from;
  for (std::size_t i = 0; i <= h.stretches.size(); ++i) {
    const auto next = i < h.stretches.size() ? h.stretches[i].from : h.to;
    if (next > at) {
      band(at, next, "unknown_tint");
      label(plot.x(at), plot.x(next), (plot.top + plot.bottom) / 2 + 2, tr("not known"), "unknown");
    }
    if (i == h.stretches.size()) break;
    const auto& stretch = h.stretches[i];
    if (!stretch.point) {
      band(stretch.from, stretch.to, "bad_tint");
      label(plot.x(stretch.from), plot.x(stretch.to), (plot.top + plot.bottom) / 2 + 2, tr("nothing to restore from"), "bad");
    }
    at = stretch.to;
  }
}

/// Weekends and holidays, on which the age rests.
void draw_closed(Figure& figure, const Plot& plot, const BackupHistory& h, const Calendar& calendar) {
  bool named = false;
  for (std::size_t i = 0; i < h.days.size(); ++i) {
    if (!h.days[i].closed) continue;
    auto last = i;
    while (last + 1 < h.days.size() && h.days[last + 1].closed) ++last;
    const auto from = instant_of(calendar.zone, {h.days[i].day, 0}), to = instant_of(calendar.zone, {h.days[last].day.plus_days(1), 0});
    if (from && to) {
      const double x = std::max(plot.left, plot.x(*from)), end = std::min(plot.right, plot.x(*to));
      figure.shapes.push_back(Rect{x, plot.top, end - x, plot.bottom - plot.top, "zebra", "", 0});
      const auto text = tr("closed");
      if (!named && end - x > double(text.size()) * letters * 0.56) {
        figure.shapes.push_back(Label{(x + end) / 2, plot.top + letters + 1, text, letters - 0.6, 0, "muted", false});
        named = true;
      }
    }
    i = last;
  }
}

std::int64_t tick_step(std::int64_t most) {
  for (const std::int64_t step : {15, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 10080, 20160, 43200})
    if (most / step <= 5) return step;
  return std::max<std::int64_t>(43200, most / 5 / 1440 * 1440);
}

int days_between_labels(double day_width) {
  constexpr double label = 31;  // "24 Nov" and some air
  for (const int days : {1, 7, 14, 28})
    if (days * day_width >= label) return days;
  return 56;
}

void draw_axes(Figure& figure, const Plot& plot, const BackupHistory& h, const Calendar& calendar) {
  const auto step = tick_step(plot.most);
  for (std::int64_t minutes = 0; minutes <= plot.most; minutes += step) {
    figure.shapes.push_back(Line{plot.left, plot.y(double(minutes)), plot.right, plot.y(double(minutes)), minutes == 0 ? 0.8 : 0.4, minutes == 0 ? "muted" : "line", false});
    figure.shapes.push_back(Label{plot.left - 5, plot.y(double(minutes)) + 2.4, minutes == 0 ? tr("new") : spoken_minutes(minutes), letters, 1, "muted", false});
  }
  const double day_width = (plot.right - plot.left) / std::max<std::size_t>(1, h.days.size());
  const int every = days_between_labels(day_width);
  for (std::size_t i = 0; i < h.days.size(); i += static_cast<std::size_t>(every)) {
    const auto midnight = instant_of(calendar.zone, {h.days[i].day, 0});
    if (!midnight) continue;
    const auto words = spoken(h.days[i].day);  // "24 November 2026"
    const auto month = words.find(' ');
    const double x = std::max(plot.left, plot.x(*midnight));
    figure.shapes.push_back(Line{x, plot.bottom, x, plot.bottom + 3, 0.6, "muted", false});
    if (x < plot.right - 22) figure.shapes.push_back(Label{x + 1, plot.bottom + 10, words.substr(0, month + 4), letters, -1, "muted", false});
  }
}

enum class DayMark : std::uint8_t { good, bad, unknown, closed, failed, alarm };
DayMark mark_of(const HistoryDay& day) {
  if (day.alarms > 0) return DayMark::alarm;
  if (day.failed > 0 && day.outside_minutes == 0) return DayMark::failed;
  if (day.outside_minutes > 0) return DayMark::bad;
  if (day.closed && day.inside_minutes == 0 && day.unknown_minutes == 0) return DayMark::closed;
  return day.inside_minutes > 0 && day.unknown_minutes * 2 < day.inside_minutes ? DayMark::good : DayMark::unknown;
}
/// The colour of a day's cell and the sign in it.
std::pair<std::string_view, std::string_view> look_of(DayMark mark) {
  switch (mark) {
    case DayMark::good: return {"good", "✓"};
    case DayMark::bad: return {"bad", "✕"};
    case DayMark::failed: return {"warning", "!"};
    case DayMark::alarm: return {"bad", "!"};
    default: return {"unknown", "?"};
  }
}

/// One cell a day, told apart by its sign, and where there is no room for signs by its height.
void draw_days(Figure& figure, const Plot& plot, const BackupHistory& h, const Calendar& calendar, double y, double height) {
  const bool signs = 86400 * (plot.right - plot.left) / double(std::max<std::int64_t>(1, plot.to.seconds - plot.from.seconds)) >= 6.6;
  for (const auto& day : h.days) {
    const auto from = instant_of(calendar.zone, {day.day, 0}), to = instant_of(calendar.zone, {day.day.plus_days(1), 0});
    if (!from || !to) continue;
    const double x = std::max(plot.left, plot.x(*from)) + 0.4, w = std::max(0.8, std::min(plot.right, plot.x(*to)) - x - 0.4);
    const auto mark = mark_of(day);
    if (mark == DayMark::closed) {
      if (signs) figure.shapes.push_back(Line{x + w * 0.3, y + height / 2, x + w * 0.7, y + height / 2, 0.8, "muted", false});
      continue;
    }
    const auto [colour, sign] = look_of(mark);
    const auto tint = std::string(colour) + "_tint", ink = std::string(colour);
    if (signs) {
      figure.shapes.push_back(Rect{x, y, w, height, tint, "", 1.5});
      if (w >= 5) figure.shapes.push_back(Label{x + w / 2, y + height / 2 + 2.6, std::string(sign), letters, 0, ink, true});
    } else if (mark == DayMark::unknown) {
      figure.shapes.push_back(Rect{x, y + height * 0.44, w, height * 0.14, ink, "", 0});
    } else {
      const double tall = mark == DayMark::good ? height * 0.35 : height;
      figure.shapes.push_back(Rect{x, y + height - tall, w, tall, ink, "", 0});
    }
  }
}

struct Box { double left, top, right, bottom; };
double wide(const std::string& text) { return double(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; })) * letters * 0.57; }

/// How much of the drawn lines runs through a box, in points; words that stand there count in full.
double crossed(const Figure& figure, const Box& box) {
  double length = 0;
  for (const auto& shape : figure.shapes) {
    if (const auto* label = std::get_if<Label>(&shape)) {
      const double w = wide(label->text), left = label->x - (label->align < 0 ? 0 : label->align > 0 ? w : w / 2);
      if (left < box.right && left + w > box.left && label->y - letters < box.bottom && label->y > box.top) length += 200;
    }
    if (const auto* line = std::get_if<Line>(&shape); line && line->dashed && line->y1 > box.top && line->y1 < box.bottom) length += std::min(line->x2, box.right) - std::max(line->x1, box.left);
    const auto* poly = std::get_if<Poly>(&shape);
    for (std::size_t i = 1; poly && i < poly->points.size(); ++i) {
      const auto [x1, y1] = poly->points[i - 1];
      const auto [x2, y2] = poly->points[i];
      if (std::max(x1, x2) < box.left || std::min(x1, x2) > box.right || std::max(y1, y2) < box.top || std::min(y1, y2) > box.bottom) continue;
      const int steps = 1 + static_cast<int>(std::max(std::abs(x2 - x1), std::abs(y2 - y1)));
      for (int k = 0; k < steps; ++k) {
        const double x = x1 + (x2 - x1) * k / steps, y = y1 + (y2 - y1) * k / steps;
        if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) length += 1;
      }
    }
  }
  return length;
}

/// Where words may stand: their left end, their base line, and how many points of line they may cross before a place further off is better.
struct Place { double x, y, farther = 0; };

/// Writes the words at the first place that least runs into what is drawn.
void write_clear(Figure& figure, const std::string& text, const std::vector<Place>& places, const Box& inside, const std::string& colour) {
  const double w = wide(text);
  double best = 1e18, best_x = inside.left, best_y = inside.top + letters;
  for (const auto& [x, y, farther] : places) {
    const double left = std::clamp(x, inside.left, std::max(inside.left, inside.right - w)), base = std::clamp(y, inside.top + letters, inside.bottom - 1);
    const auto cost = crossed(figure, {left - 1, base - letters, left + w + 1, base + 1.5}) + std::abs(left - x) + std::abs(base - y) + farther;
    if (cost >= best) continue;
    best = cost;
    best_x = left;
    best_y = base;
  }
  figure.shapes.push_back(Label{best_x, best_y, text, letters, -1, colour, true});
}

Plot plot_of(const BackupHistory& h, double left, double right, double top, double bottom) {
  const auto rpo = h.rpo.rpo_minutes ? h.rpo.rpo_minutes.count : 0;
  const auto most = std::max<std::int64_t>({60, h.worst_minutes * 108 / 100, rpo * 125 / 100});
  return {left, right, top, bottom, h.from, h.to, most};
}

const Backup* backup_of(const Plan& plan, const BackupHistory& h) { return find_in(plan.backups, h.backup_id); }

}  // namespace

Figure age_figure(const Plan& plan, const BackupHistory& h, double width, double height) {
  Figure figure;
  figure.width = std::max(160.0, width);
  figure.height = std::max(90.0, height);
  const auto* backup = backup_of(plan, h);
  const auto calendar = backup ? calendar_of(plan, *backup).for_spans_of(h.rpo.rpo_minutes.value_or(minutes_per_day)) : Calendar();
  const double strip = 13;
  const auto plot = plot_of(h, 44, figure.width - 6, 15, figure.height - strip - 21);
  draw_closed(figure, plot, h, calendar);
  draw_ground(figure, plot, h, true);
  draw_axes(figure, plot, h, calendar);
  draw_age(figure, plot, h, calendar, 1.3);
  for (const auto* o : h.unreadable) figure.shapes.push_back(Line{plot.x(o->read_at), plot.top - 3, plot.x(o->read_at), plot.top + 1, 1, "unknown", false});
  const Box inside{plot.left + 2, 1, plot.right, plot.bottom};
  if (h.rpo.rpo_minutes) {
    const double y = plot.y(double(h.rpo.rpo_minutes.count));
    figure.shapes.push_back(Line{plot.left, y, plot.right, y, 1.1, "bad", true});
    const Args args{{"rpo", spoken_minutes(h.rpo.rpo_minutes.count)}, {"user", title_of(plan, h.rpo.activity_id)}};
    const auto whole = tr("Limit {rpo}, set by {user}", args);  // who sets it is said in words below the figure too, so a narrow one leaves it out rather than half of it
    const auto words = fitted(whole, (plot.right - plot.left) * 0.9, letters) == whole ? whole : tr("Limit {rpo}", args);
    const double right = plot.right - wide(words), middle = (plot.left + right) / 2;
    std::vector<Place> places;
    for (const double x : {plot.left + 3, right, middle, (plot.left + middle) / 2, (middle + right) / 2}) places.push_back({x, y - 3});
    for (const double x : {right, plot.left + 3}) places.push_back({x, y + letters + 2});
    for (int lines = 1; lines <= 5; ++lines)
      for (const double x : {plot.left + 3, middle, right}) places.push_back({x, y - 3 - lines * letters, 8.0 * lines});
    write_clear(figure, words, places, inside, "bad");
  }
  if (h.worst_minutes > 0 && h.worst_at) {
    const double x = plot.x(h.worst_at), y = plot.y(double(h.worst_minutes));
    const auto words = tr("greatest {age}", {{"age", spoken_minutes(h.worst_minutes)}});
    const bool late = h.rpo.rpo_minutes && h.worst_minutes > h.rpo.rpo_minutes.count;
    figure.shapes.push_back(Rect{x - 2, y - 2, 4, 4, late ? "bad" : "accent", "", 2});
    const double w = wide(words);
    write_clear(figure, words, {{x - w / 2, y - 4}, {x + 5, y + 2}, {x - w - 5, y + 2}, {x + 5, y + letters + 4}, {x - w - 5, y + letters + 4}, {x + 5, y - letters - 5}, {x - w - 5, y - letters - 5}}, inside, late ? "bad" : "accent");
  }
  if (!h.unreadable.empty()) {
    const double x = plot.x(h.unreadable.front()->read_at);
    write_clear(figure, tr("no answer"), {{x, plot.top - 5}, {x, plot.top + letters + 3}, {x - 30, plot.top - 5}}, inside, "unknown");
  }
  figure.shapes.push_back(Label{plot.left - 5, figure.height - strip / 2 + 2, tr("by day"), letters, 1, "muted", false});
  draw_days(figure, plot, h, calendar, figure.height - strip, strip - 1);
  figure.title = tr("Age of the newest restorable copy: {backup}", {{"backup", title_of(plan, h.backup_id)}});
  figure.alt = history_words(plan, h);
  return figure;
}

Figure age_sparkline(const Plan& plan, const BackupHistory& h, double width, double height) {
  Figure figure;
  figure.width = width;
  figure.height = height;
  const auto* backup = backup_of(plan, h);
  const auto calendar = backup ? calendar_of(plan, *backup).for_spans_of(h.rpo.rpo_minutes.value_or(minutes_per_day)) : Calendar();
  const auto plot = plot_of(h, 0, width, 1, height - 1);
  draw_ground(figure, plot, h, false);
  if (h.rpo.rpo_minutes) figure.shapes.push_back(Line{0, plot.y(double(h.rpo.rpo_minutes.count)), width, plot.y(double(h.rpo.rpo_minutes.count)), 0.8, "bad", true});
  draw_age(figure, plot, h, calendar, 1);
  figure.alt = history_words(plan, h);
  return figure;
}

Figure days_figure(const Plan& plan, const std::vector<BackupHistory>& histories, double width) {
  Figure figure;
  constexpr double row = 17, names = 120, shares = 34;
  figure.width = width;
  figure.height = 14 + row * double(histories.size());
  figure.title = tr("Day by day");
  std::vector<std::string> told;
  double y = 0;
  for (const auto& h : histories) {
    const auto* backup = backup_of(plan, h);
    const auto calendar = backup ? calendar_of(plan, *backup).for_spans_of(h.rpo.rpo_minutes.value_or(minutes_per_day)) : Calendar();
    auto plot = plot_of(h, names, width - shares, 0, 1);
    if (!h.days.empty())  // a day that still runs gets a whole cell
      plot.to = instant_of(calendar.zone, {h.days.back().day.plus_days(1), 0}).value_or(plot.to);
    figure.shapes.push_back(Label{0, y + 10, fitted(title_of(plan, h.backup_id), names - 6, letters + 0.6), letters + 0.6, -1, "ink", true});
    draw_days(figure, plot, h, calendar, y + 1, row - 4);
    const auto share = h.inside_permille();
    figure.shapes.push_back(Label{width, y + 10, share < 0 ? "?" : spoken_share(share), letters + 0.6, 1, share < 0 ? "unknown" : h.outside_minutes > 0 || h.alarms > 0 ? "bad" : "good", true});
    const auto count = [&](DayMark mark) { return std::count_if(h.days.begin(), h.days.end(), [&](const HistoryDay& day) { return mark_of(day) == mark; }); };
    told.push_back(tr_count(count(DayMark::good), "{backup}: one day inside its limit, {bad} past it, {unknown} not known.", "{backup}: {count} days inside its limit, {bad} past it, {unknown} not known.",
                            {{"backup", title_of(plan, h.backup_id)}, {"bad", count(DayMark::bad)}, {"unknown", count(DayMark::unknown)}}));
    if (const auto days = count(DayMark::alarm); days > 0) told.push_back(tr_count(days, "On one day its source said that the copy is not to be trusted.", "On {count} days its source said that the copy is not to be trusted."));
    if (const auto days = count(DayMark::failed); days > 0) told.push_back(tr_count(days, "On one day its source told of a failed run.", "On {count} days its source told of a failed run."));
    y += row;
    if (&h != &histories.back()) continue;
    const double day_width = (plot.right - plot.left) / double(std::max<std::size_t>(1, h.days.size()));
    for (std::size_t i = 0; i < h.days.size(); i += static_cast<std::size_t>(days_between_labels(day_width))) {
      const auto words = spoken(h.days[i].day);
      const auto x = plot.left + double(i) * day_width;
      if (x < plot.right - 20) figure.shapes.push_back(Label{x + 1, y + 8, words.substr(0, words.find(' ') + 4), letters, -1, "muted", false});
    }
  }
  figure.alt = join(told, " ");
  return figure;
}

std::string spoken_share(int permille) {
  if (permille < 0) return tr("not known");
  return tr("{percent} %", {{"percent", permille % 10 ? std::to_string(permille / 10) + "." + std::to_string(permille % 10) : std::to_string(permille / 10)}});
}

namespace {

/// What became of the planned runs; empty where none was due.
std::string runs_words(const RunCount& runs) {
  if (runs.planned <= 0) return {};
  const Args args{{"planned", runs.planned}, {"missed", runs.missed}, {"unknown", runs.unknown}};
  std::string words;
  if (runs.planned == 1) words = runs.made > 0 ? tr("The only planned run was made.") : runs.missed > 0 ? tr("The only planned run was missed.") : tr("Whether the only planned run was made is not known.");
  else if (runs.unknown > 0) words = tr_count(runs.made, "Of {planned} planned runs one was made and {missed} missed; of {unknown} it is not known.", "Of {planned} planned runs {count} were made and {missed} missed; of {unknown} it is not known.", args);
  else words = tr_count(runs.made, "Of {planned} planned runs one was made and {missed} missed.", "Of {planned} planned runs {count} were made and {missed} missed.", args);
  if (runs.beside > 0) words += " " + tr_count(runs.beside, "One more was made in closed time.", "{count} more were made in closed time.");
  return words;
}

}  // namespace

std::string history_words(const Plan& plan, const BackupHistory& h) {
  std::vector<std::string> told;
  const auto& rpo = h.rpo.rpo_minutes;
  if (h.stretches.empty()) told.push_back(tr("Nothing was read that vouches for an age in this time."));
  else if (!rpo) told.push_back(tr("No activity has set how much may be lost, so there is no limit to hold it against."));
  else if (h.inside_permille() >= 0) {
    const Args args{{"share", spoken_share(h.inside_permille())}, {"rpo", spoken_minutes(rpo.count)}, {"user", title_of(plan, h.rpo.activity_id)}};
    told.push_back(tr("It was inside the limit of {rpo} that {user} sets for {share} of the time that counts and is known.", args));
  }
  if (rpo && !h.stretches.empty() && h.told_permille() >= 0 && h.told_permille() < 1000) told.push_back(tr("For {share} of the time that counts the age is not known.", {{"share", spoken_share(1000 - h.told_permille())}}));
  if (h.worst_minutes >= 0) {
    const Args args{{"age", spoken_minutes(h.worst_minutes)}, {"whole", spoken_minutes(h.worst_whole_minutes)}, {"when", spoken(h.worst_at)}};
    told.push_back(h.worst_minutes == h.worst_whole_minutes ? tr("Its greatest age was {age}, on {when}.", args) : tr("Its greatest age was {age} on open days, {whole} in all, on {when}.", args));
  }
  if (h.ever_without_point) told.push_back(tr("For some of the time there was nothing to restore from."));
  if (const auto runs = runs_words(h.runs); !runs.empty()) told.push_back(runs);
  if (!h.unreadable.empty() && h.readings == 1) told.push_back(tr("The only reading got no answer."));
  else if (!h.unreadable.empty())
    told.push_back(tr_count(static_cast<long long>(h.unreadable.size()), "One of {readings} readings got no answer.", "{count} of {readings} readings got no answer.", {{"readings", h.readings}}));
  return join(told, " ");
}

}  // namespace mainstay
