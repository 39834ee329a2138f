// SPDX-License-Identifier: MIT
#include "core/report/figure.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "core/model/graph_layout.h"
#include "core/report/section.h"

namespace mainstay {
namespace {
using Line = Figure::Line;
using Rect = Figure::Rect;
using Label = Figure::Label;
using Poly = Figure::Poly;

double letters_width(std::string_view text, double size) {
  double width = 0;
  for (const unsigned char c : text) {
    if ((c & 0xC0) == 0x80) continue;  // later bytes of one character
    if (c == ' ' || c == 'i' || c == 'l' || c == 'j' || c == '.' || c == ',' || c == 'I' || c == 't' || c == 'f' || c == 'r') width += 0.36;
    else if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '%') width += 0.9;
    else if (c >= 'A' && c <= 'Z') width += 0.68;
    else width += 0.58;
  }
  return width * size;
}

std::vector<std::string> wrapped(const std::string& text, double width, double size, std::size_t most) {
  std::vector<std::string> lines;
  std::string line;
  for (const auto& word : split(text, ' ')) {
    const auto longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && letters_width(longer, size) > width) {
      lines.push_back(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) lines.push_back(line);
  if (lines.size() > most) {
    std::vector<std::string> rest(lines.begin() + static_cast<std::ptrdiff_t>(most) - 1, lines.end());
    lines.resize(most - 1);
    lines.push_back(join(rest, " "));
  }
  for (auto& one : lines) one = fitted(one, width, size);
  return lines;
}

// --- impact curves ---------------------------------------------------------------------------------------------------

constexpr double panel_width = 234, panel_gap = 16;

double time_share(double minutes) {  // one hour to one month, logarithmic
  const double low = std::log(30.0), high = std::log(30.0 * 24 * 60);
  return std::clamp((std::log(std::max(30.0, minutes)) - low) / (high - low), 0.0, 1.0);
}

void impact_panel(Figure& figure, const Plan& plan, const Activity& activity, double left, double top, double panel_height) {
  const double plot_left = left + 50, plot_right = left + panel_width - 66, plot_top = top + 27, plot_bottom = top + panel_height - 24;
  figure.shapes.push_back(Label{left, top + 10, fitted(activity.name, panel_width - 4, 8.8), 8.8, -1, "ink", true});
  const auto x_of = [&](double minutes) { return plot_left + time_share(minutes) * (plot_right - plot_left); };
  const auto y_of = [&](int level) { return plot_bottom - (level - 1) * (plot_bottom - plot_top) / 4; };
  const std::string levels[] = {tr("none"), tr("minor"), tr("moderate"), tr("serious"), tr("intolerable")};
  for (int i = 0; i < 5; ++i) {
    figure.shapes.push_back(Line{plot_left, y_of(i + 1), plot_right, y_of(i + 1), i == 0 ? 0.8 : 0.4, i == 0 ? "muted" : "line", false});
    figure.shapes.push_back(Label{plot_left - 5, y_of(i + 1) + 2.2, levels[static_cast<std::size_t>(i)], 6.6, 1, "muted", false});
  }
  const std::pair<double, std::string> ticks[] = {{60, tr("1 h")}, {240, tr("4 h")}, {1440, tr("1 d")}, {4320, tr("3 d")}, {10080, tr("1 wk")}, {43200, tr("1 mo")}};
  for (const auto& [minutes, text] : ticks) {
    figure.shapes.push_back(Line{x_of(minutes), plot_bottom, x_of(minutes), plot_bottom + 3, 0.6, "muted", false});
    figure.shapes.push_back(Label{x_of(minutes), plot_bottom + 11, text, 6.6, 0, "muted", false});
  }
  if (activity.mtpd_minutes) {
    const double x = x_of(static_cast<double>(activity.mtpd_minutes.count));
    figure.shapes.push_back(Line{x, plot_top - 5, x, plot_bottom, 0.9, "bad", true});
    figure.shapes.push_back(Label{std::clamp(x, plot_left + 20, plot_right - 10), plot_top - 7, tr("MTPD {time}", {{"time", spoken_minutes(activity.mtpd_minutes.count)}}), 6.6, 0, "bad", true});
  }
  std::map<Impact::Category, std::vector<std::pair<double, int>>> curves;
  for (const auto& impact : plan.impacts)
    if (impact.activity_id == activity.id && impact.after_minutes && impact.level != Impact::Level::unknown)
      curves[impact.category].emplace_back(static_cast<double>(impact.after_minutes.count), static_cast<int>(impact.level));
  std::map<int, std::vector<std::string>, std::greater<>> ends;
  std::map<int, std::string> end_colours;
  for (auto& [category, points] : curves) {
    std::sort(points.begin(), points.end());
    const double shift = (static_cast<int>(category) - 3) * 0.9;  // so that curves on one level stay apart
    Poly curve;
    curve.stroke = "series" + std::to_string(std::max(1, static_cast<int>(category)));
    curve.width = 1.5;
    int level = 1;
    curve.points.emplace_back(plot_left, y_of(level) + shift);
    for (const auto& [minutes, next] : points) {
      curve.points.emplace_back(x_of(minutes), y_of(level) + shift);
      level = next;
      curve.points.emplace_back(x_of(minutes), y_of(level) + shift);
    }
    curve.points.emplace_back(plot_right, y_of(level) + shift);
    const auto index = static_cast<std::size_t>(category);
    ends[level].push_back(category == Impact::Category::unknown ? tr("Harm") : std::string(impact_category_choices[index].label));
    end_colours[level] = ends[level].size() > 1 ? "ink" : curve.stroke;
    figure.shapes.push_back(std::move(curve));
  }
  double lowest = -1e9;
  for (const auto& [level, names] : ends) {
    double y = std::max(y_of(level) + 2.2 - (static_cast<double>(names.size()) - 1) * 3.6, lowest + 7.6);
    for (const auto& name : names) {
      figure.shapes.push_back(Label{plot_right + 4, y, fitted(name, 64, 6.6), 6.6, -1, names.size() > 1 ? "ink" : end_colours[level], false});
      lowest = y;
      y += 7.6;
    }
  }
}

// --- dependencies ----------------------------------------------------------------------------------------------------

constexpr double node_width = 104, node_height = 25, node_gap = 7, column_gap = 23.6;

Figure dependency_figure(const Plan& plan, const Graph& graph, const std::vector<const Activity*>& activities) {
  std::vector<int> roots;
  std::vector<std::string> names;
  for (const auto* activity : activities)
    if (const int node = graph.node(activity->id); node >= 0) {
      roots.push_back(node);
      names.push_back(activity->name);
    }
  const auto layout = layered_layout(graph, roots);
  Figure figure;
  figure.width = 4 * node_width + 3 * column_gap;
  const double head = 18, tall = static_cast<double>(std::max<std::size_t>(1, layout.tallest()));
  figure.height = head + tall * (node_height + node_gap);
  const std::string titles[] = {tr("Activities"), tr("People, systems, equipment"), tr("Data and what lies beneath"), tr("Backups, suppliers, places")};
  std::map<int, std::pair<double, double>> at;
  for (std::size_t l = 0; l < layout.layers.size(); ++l) {
    const double x = static_cast<double>(l) * (node_width + column_gap);
    figure.shapes.push_back(Label{x, 9, titles[l], 7.2, -1, "muted", true});
    const double step = (figure.height - head) / std::max(1.0, static_cast<double>(layout.layers[l].size()));
    for (std::size_t i = 0; i < layout.layers[l].size(); ++i) at[layout.layers[l][i]] = {x, head + step * (static_cast<double>(i) + 0.5) - node_height / 2};
  }
  for (const auto& [from, to] : layout.edges) {
    const auto [fx, fy] = at[from];
    const auto [tx, ty] = at[to];
    Poly curve;
    curve.stroke = "#8FA7AE";
    curve.width = 0.7;
    const bool same = std::abs(fx - tx) < 1, back = tx < fx;
    const double x1 = back ? fx : fx + node_width, x2 = same || back ? tx + node_width : tx;
    const double y1 = fy + node_height / 2, y2 = ty + node_height / 2;
    for (int i = 0; i <= 14; ++i) {  // an S, or a bow where both stand in one column
      const double t = i / 14.0, s = t * t * (3 - 2 * t);
      const double bow = same ? std::sin(t * 3.14159265) * 13 : 0;
      curve.points.emplace_back(x1 + (x2 - x1) * t + bow, y1 + (y2 - y1) * s);
    }
    figure.shapes.push_back(std::move(curve));
  }
  std::vector<std::string> told;
  for (std::size_t l = 0; l < layout.layers.size(); ++l)
    for (const int node : layout.layers[l]) {
      const auto [x, y] = at[node];
      const auto& kind = graph.kind(node);
      const bool activity = kind == "activity";
      const std::string fill = activity ? "accent" : kind == "backup" ? "good_tint" : kind == "person" || kind == "role" ? "unknown_tint" : "plain_tint";
      figure.shapes.push_back(Rect{x, y, node_width, node_height, fill, activity ? "" : "#A9BDC3", 3});
      const auto lines = wrapped(title_of(plan, graph.id(node)), node_width - 10, 7.2, 2);
      const double first = y + node_height / 2 + 2.6 - (static_cast<double>(lines.size()) - 1) * 4.6;
      for (std::size_t i = 0; i < lines.size(); ++i)
        figure.shapes.push_back(Label{x + 6, first + static_cast<double>(i) * 9.2, lines[i], 7.2, -1, activity ? "paper" : "ink", activity});
    }
  for (const int root : roots) {
    std::vector<std::string> needs;
    for (const int node : graph.needed_by(root)) needs.push_back(title_of(plan, graph.id(node)));
    told.push_back(needs.empty() ? tr("{activity} depends on nothing that has been recorded.", {{"activity", title_of(plan, graph.id(root))}})
                                 : tr("{activity} depends on {needs}.", {{"activity", title_of(plan, graph.id(root))}, {"needs", join(needs, ", ")}}));
  }
  figure.title = tr("What {activities} depend on", {{"activities", names.size() > 3 ? tr_count(static_cast<long long>(names.size()), "{count} activity", "{count} activities") : join(names, ", ")}});
  figure.alt = join(told, " ");
  return figure;
}

void split_figures(const Plan& plan, const Graph& graph, std::vector<const Activity*> activities, std::vector<Figure>& figures) {
  auto figure = dependency_figure(plan, graph, activities);
  if (figure.height <= 575 || activities.size() <= 1) {
    figures.push_back(std::move(figure));
    return;
  }
  const auto half = activities.begin() + static_cast<std::ptrdiff_t>((activities.size() + 1) / 2);
  split_figures(plan, graph, {activities.begin(), half}, figures);
  split_figures(plan, graph, {half, activities.end()}, figures);
}
}  // namespace

std::string fitted(const std::string& text, double width, double size) {
  if (letters_width(text, size) <= width) return text;
  std::string cut = text;
  while (!cut.empty() && letters_width(cut, size) + size * 0.7 > width) {
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80) cut.pop_back();
    if (!cut.empty()) cut.pop_back();
  }
  while (!cut.empty() && cut.back() == ' ') cut.pop_back();
  return cut + "…";
}

namespace {

/// A drawing's shapes, smaller by `by` and moved; its letters shrink less, so that they can still be read.
void draw_smaller(Figure& sheet, const Figure& drawn, double by, double dx, double dy) {
  constexpr double least_letters = 5.8;
  const auto letters = [&](double size) { return std::max(size * by, std::min(size, least_letters)); };
  for (auto shape : drawn.shapes) {
    if (auto* l = std::get_if<Line>(&shape)) l->x1 = l->x1 * by + dx, l->x2 = l->x2 * by + dx, l->y1 = l->y1 * by + dy, l->y2 = l->y2 * by + dy;
    else if (auto* r = std::get_if<Rect>(&shape)) r->x = r->x * by + dx, r->y = r->y * by + dy, r->w *= by, r->h *= by, r->radius *= by;
    else if (auto* label = std::get_if<Label>(&shape)) label->x = label->x * by + dx, label->y = label->y * by + dy, label->size = letters(label->size);
    else if (auto* p = std::get_if<Poly>(&shape))
      for (auto& [x, y] : p->points) x = x * by + dx, y = y * by + dy;
    sheet.shapes.push_back(std::move(shape));
  }
}

}  // namespace

std::vector<Figure> side_by_side(const std::vector<Figure>& drawings, std::size_t columns) {
  const bool small = columns > 2;
  const double page = small ? 507 : 487, gap = small ? 7 : 11, head = small ? 17 : 20, foot = small ? 3 : 8;
  const double cell = (page - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns), by = small ? (cell - 4) / 240 : 1;
  constexpr std::size_t most = 6;
  std::vector<Figure> sheets;
  for (std::size_t begin = 0; begin < drawings.size(); begin += most) {
    const auto end = std::min(drawings.size(), begin + most);
    Figure sheet;
    sheet.width = page;
    double top = 0;
    for (std::size_t i = begin; i < end; i += columns) {
      double tallest = 0;
      for (std::size_t k = i; k < std::min(i + columns, end); ++k) tallest = std::max(tallest, drawings[k].height * by);
      for (std::size_t k = i; k < std::min(i + columns, end); ++k) {
        const auto& drawn = drawings[k];
        const double left = static_cast<double>(k - i) * (cell + gap), dx = left + (cell - drawn.width * by) / 2, dy = top + head;
        const bool alone = k + 1 == end && k == i;  // its words take the other half
        sheet.shapes.push_back(Rect{left, top, alone ? page : cell, head + tallest + foot, "zebra", "line", 5});
        if (alone) {
          const auto lines = wrapped(drawn.alt, page - cell - gap - 24, 8.2, 11);
          for (std::size_t line = 0; line < lines.size(); ++line) sheet.shapes.push_back(Label{cell + gap + 4, top + head + 14 + static_cast<double>(line) * 12.4, lines[line], 8.2, -1, "ink", false});
        }
        const double side = small ? 6 : 10;
        double letters = small ? 7.4 : 8.6;  // a long title in letters a little smaller, before it is cut
        while (letters > (small ? 6.2 : 7.2) && letters_width(drawn.title, letters) > cell - 2 * side) letters -= 0.2;
        sheet.shapes.push_back(Label{left + side, top + (small ? 12 : 14), fitted(drawn.title, cell - 2 * side, letters), letters, -1, "accent", true});
        draw_smaller(sheet, drawn, by, dx, dy);
        sheet.alt += (sheet.alt.empty() ? "" : " ") + tr("{title}: {words}", {{"title", drawn.title}, {"words", drawn.alt}});
      }
      top += head + tallest + foot + gap;
    }
    sheet.height = top - gap;
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

std::vector<Figure> impact_figures(const Plan& plan, const std::vector<const Activity*>& activities) {
  std::vector<Figure> figures;
  const auto sheets = (activities.size() + 9) / 10, each = sheets ? (activities.size() + sheets - 1) / sheets : 1;
  const double panel_height = each > 8 ? 102 : each > 6 ? 134 : 142;
  for (std::size_t start = 0; start < activities.size(); start += each) {
    const auto end = std::min(activities.size(), start + each);
    Figure figure;
    const auto rows = (end - start + 1) / 2;
    figure.width = 2 * panel_width + panel_gap;
    figure.height = static_cast<double>(rows) * (panel_height + panel_gap) - panel_gap;
    figure.title = figures.empty() ? tr("Harm over time, by activity") : tr("Harm over time, by activity (continued)");
    std::vector<std::string> told;
    for (std::size_t i = start; i < end; ++i) {
      const auto& activity = *activities[i];
      impact_panel(figure, plan, activity, static_cast<double>((i - start) % 2) * (panel_width + panel_gap), static_cast<double>((i - start) / 2) * (panel_height + panel_gap), panel_height);
      for (const auto& impact : plan.impacts)
        if (impact.activity_id == activity.id && impact.after_minutes && impact.level != Impact::Level::unknown)
          told.push_back(tr("{activity}, {category}: {level} after {time}.", {{"activity", activity.name}, {"category", label_of(impact, "category")}, {"level", lower_case(label_of(impact, "level"))},
                                                                              {"time", spoken_minutes(impact.after_minutes.count)}}));
    }
    figure.alt = join(told, " ");
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::vector<Figure> dependency_figures(const Plan& plan, const Graph& graph, const std::vector<const Activity*>& activities) {
  std::vector<Figure> figures;
  if (!activities.empty()) split_figures(plan, graph, activities, figures);
  return figures;
}

Figure cash_figure(const Survival& survival, const std::string& currency) {
  Figure figure;
  figure.width = 486;
  figure.height = 176;
  const double left = 64, right = 456, top = 20, bottom = 150;
  std::vector<std::pair<int, double>> points = {{0, static_cast<double>(survival.cash_start_cents)}};
  for (const auto& day : survival.days) points.emplace_back(day.day, static_cast<double>(day.cash_cents));
  double low = 0, high = 1;
  for (const auto& [day, cash] : points) low = std::min(low, cash), high = std::max(high, cash);
  const double raw = (high - low) / 4, magnitude = std::pow(10.0, std::floor(std::log10(std::max(1.0, raw))));
  double step = magnitude;
  for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0})
    if (magnitude * factor >= raw) {
      step = magnitude * factor;
      break;
    }
  low = std::floor(low / step) * step;
  high = std::ceil(high / step) * step;
  const int last = std::max(1, points.back().first);
  const auto x_of = [&](double day) { return left + day / last * (right - left); };
  const auto y_of = [&](double cash) { return bottom - (cash - low) / (high - low) * (bottom - top); };
  for (double value = low; value <= high + step / 2; value += step) {
    const bool zero = std::abs(value) < step / 2;
    figure.shapes.push_back(Line{left, y_of(value), right, y_of(value), zero ? 1.0 : 0.4, zero ? "muted" : "line", false});
    auto text = spoken_money(static_cast<std::int64_t>(std::llround(value)));
    if (text.ends_with(".00")) text.resize(text.size() - 3);
    figure.shapes.push_back(Label{left - 6, y_of(value) + 2.4, text, 7, 1, "muted", false});
  }
  const int every = last <= 16 ? 1 : last <= 40 ? 5 : 10;
  for (int day = 0; day <= last; day += every) figure.shapes.push_back(Label{x_of(day), bottom + 12, std::to_string(day), 7, 0, "muted", false});
  figure.shapes.push_back(Label{(left + right) / 2, bottom + 24, tr("days after the loss"), 7, 0, "muted", false});
  Poly area, curve;
  area.stroke = "";
  area.fill = "plain_tint";
  area.closed = true;
  curve.stroke = "accent";
  curve.width = 2;
  area.points.emplace_back(x_of(0), y_of(0));
  for (const auto& [day, cash] : points) {
    area.points.emplace_back(x_of(day), y_of(cash));
    curve.points.emplace_back(x_of(day), y_of(cash));
  }
  area.points.emplace_back(x_of(last), y_of(0));
  figure.shapes.insert(figure.shapes.begin(), area);
  figure.shapes.push_back(curve);
  const auto mark = [&](int day, double cash, const std::string& text, int align, std::string_view colour) {
    figure.shapes.push_back(Rect{x_of(day) - 2.6, y_of(cash) - 2.6, 5.2, 5.2, std::string(colour), "", 2.6});
    figure.shapes.push_back(Label{x_of(day) + (align < 0 ? 6.0 : align > 0 ? -4.0 : 0.0), y_of(cash) - 7, text, 7.6, align, std::string(colour), true});
  };
  mark(0, points.front().second, spoken_money(survival.cash_start_cents), -1, "accent");
  if (points.size() > 1) mark(last, points.back().second, spoken_money(survival.cash_end_cents), 1, survival.cash_end_cents < 0 ? "bad" : "accent");
  if (survival.cash_ends_day > 0 && survival.cash_ends_day < last) mark(survival.cash_ends_day, 0, tr("cash ends on day {day}", {{"day", survival.cash_ends_day}}), -1, "bad");
  figure.title = trimmed(currency).empty() || currency == none_text ? tr("Cash left at the end of each day") : tr("Cash left at the end of each day ({currency})", {{"currency", currency}});
  figure.alt = tr_count(last, "Cash goes from {from} to {to} within one day.", "Cash goes from {from} to {to} within {count} days.", {{"from", spoken_money(survival.cash_start_cents)}, {"to", spoken_money(survival.cash_end_cents)}});
  if (survival.cash_end_cents >= survival.cash_start_cents)
    figure.alt = tr_count(last, "Cash goes from {from} to {to} within one day.", "Cash goes from {from} to {to} within {count} days.", {{"from", spoken_money(survival.cash_start_cents)}, {"to", spoken_money(survival.cash_end_cents)}});
  return figure;
}

}  // namespace mainstay
