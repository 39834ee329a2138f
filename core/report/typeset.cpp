// SPDX-License-Identifier: MIT
#include "core/report/typeset.h"

#include <algorithm>
#include <cstdlib>

namespace mainstay {
namespace {
constexpr const char* family = "Noto Sans, Liberation Sans, DejaVu Sans";

struct Named { std::string_view name, hex; };
constexpr Named palette[] = {
    {"ink", "#1E2A30"},        {"muted", "#63727A"},      {"paper", "#FFFFFF"},        {"line", "#D3DDE0"},       {"zebra", "#F5F8F9"},
    {"good", "#1B7046"},       {"good_tint", "#E5F2EA"},  {"warning", "#8F5200"},      {"warning_tint", "#FBF0DB"},
    {"bad", "#A8231C"},        {"bad_tint", "#FBE8E6"},   {"unknown", "#4E5590"},      {"unknown_tint", "#ECEDF7"},
    {"plain_tint", "#EAF2F3"}, {"accent_tint", "#DCEFF1"}, {"series1", "#0F5C6E"},    {"series2", "#B4541A"},      {"series3", "#5C4A9C"},    {"series4", "#2F7D4F"},
    {"series5", "#A03060"},    {"series6", "#6B6B1E"},
};

template <class T>
std::shared_ptr<T> owned(T* object) { return {object, [](T* o) { g_object_unref(o); }}; }

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
  attribute->start_index = static_cast<guint>(from);
  attribute->end_index = static_cast<guint>(to);
  pango_attr_list_insert(list, attribute);
}
guint16 channel(double value) { return static_cast<guint16>(value * 65535); }
}  // namespace

Colour colour_of(std::string_view name, std::string_view accent) {
  std::string_view hex = name;
  if (name == "accent" || name == "series1") hex = accent;
  else
    for (const auto& entry : palette)
      if (entry.name == name) hex = entry.hex;
  if (hex.size() != 7 || hex[0] != '#') hex = "#1E2A30";
  const auto part = [&](std::size_t at) { return std::strtol(std::string(hex.substr(at, 2)).c_str(), nullptr, 16) / 255.0; };
  return {part(1), part(3), part(5)};
}

std::vector<std::pair<std::size_t, std::size_t>> tight_runs(std::string_view text) {
  const auto digit = [](char c) { return (c >= '0' && c <= '9') || c == '+' || c == '(' || c == ')'; };
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%'; };
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  std::size_t from = 0;
  std::string_view last;
  bool open = false;
  std::size_t run_from = 0, run_to = 0;
  while (from < text.size()) {
    auto to = text.find_first_of(" \n", from);
    if (to == std::string_view::npos) to = text.size();
    const auto word = text.substr(from, to - from);
    const bool numeric = !word.empty() && digit(word.front());
    const bool last_numeric = !last.empty() && digit(last.front());
    const bool unit = last_numeric && !word.empty() && letter(word.front()) && last.size() <= 3 && word.size() <= 9 &&
                      (word == "h" || word == "d" || word == "min" || word == "%" || word == "wk" || (word.front() >= 'A' && word.front() <= 'Z'));
    const bool year = numeric && word.size() >= 4 && !last.empty() && last.front() >= 'A' && last.front() <= 'Z' && open;
    const bool number = numeric && last_numeric && last.back() != ',' && last.back() != '.';
    if (from > 0 && text[from - 1] == ' ' && (unit || year || number) && to - (open ? run_from : from - 1 - last.size()) <= 26) {
      if (!open) run_from = from - 1 - last.size();
      open = true;
      run_to = to;
    } else if (open) {
      runs.emplace_back(run_from, run_to);
      open = false;
    }
    last = word;
    from = to + 1;
  }
  if (open) runs.emplace_back(run_from, run_to);
  return runs;
}

std::string_view tone_icon(Tone tone) {
  switch (tone) {
    case Tone::good: return "✓";
    case Tone::warning: return "▲";
    case Tone::bad: return "✕";
    case Tone::unknown: return "?";
    default: return "";
  }
}

std::string_view tone_colour(Tone tone) {
  switch (tone) {
    case Tone::good: return "good";
    case Tone::warning: return "warning";
    case Tone::bad: return "bad";
    case Tone::unknown: return "unknown";
    case Tone::muted: return "muted";
    default: return "ink";
  }
}

Typesetter::Typesetter(std::string accent, double scale) : accent_(std::move(accent)), scale_(scale) {
  context_ = owned(pango_font_map_create_context(pango_cairo_font_map_get_default()));
  pango_cairo_context_set_resolution(context_.get(), 72);
  auto* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(), pango_language_from_string("en"));
}

TextBox Typesetter::text(const Text& text, double width, const TextStyle& style) const {
  const double size = style.size * scale_;
  TextBox box;
  box.layout = owned(pango_layout_new(context_.get()));
  box.colour = style.colour;
  auto* layout = box.layout.get();
  auto* font = pango_font_description_from_string(family);
  pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  if (width > 0) pango_layout_set_width(layout, std::max(1, static_cast<int>(width * PANGO_SCALE)));

  std::string words;
  auto* attributes = pango_attr_list_new();
  add(attributes, pango_attr_insert_hyphens_new(FALSE), 0, G_MAXUINT);
  for (const auto& span : text) {
    const auto from = words.size();
    if (const auto icon = tone_icon(span.tone); !icon.empty()) words += std::string(icon) + "\u00a0";
    words += span.text;
    if (span.tone != Tone::plain && span.tone != Tone::strong) {
      const auto c = colour_of(tone_colour(span.tone), accent_);
      add(attributes, pango_attr_foreground_new(channel(c.red), channel(c.green), channel(c.blue)), from, words.size());
    }
    if (span.tone == Tone::strong || !tone_icon(span.tone).empty()) add(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, words.size());
  }
  for (const auto& [from, to] : tight_runs(words)) add(attributes, pango_attr_allow_breaks_new(FALSE), from, to);
  pango_layout_set_text(layout, words.c_str(), static_cast<int>(words.size()));
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);

  box.line_height = size * style.leading;
  box.ascent = size * (style.leading / 2 + 0.35);
  box.has_missing = pango_layout_get_unknown_glyphs_count(layout) > 0;
  const int count = pango_layout_get_line_count(layout);
  for (int i = 0; i < count; ++i) {
    TextBox::Line line;
    line.line = pango_layout_get_line_readonly(layout, i);
    PangoRectangle logical;
    pango_layout_line_get_extents(line.line, nullptr, &logical);
    const double w = static_cast<double>(logical.width) / PANGO_SCALE;
    box.widest = std::max(box.widest, w);
    if (style.right && width > 0) line.x = std::max(0.0, width - w);
    box.lines.push_back(line);
  }
  return box;
}

void Pen::colour(std::string_view name) {
  const auto c = colour_of(name, accent_);
  cairo_set_source_rgb(cairo_, c.red, c.green, c.blue);
}

void Pen::begin(const std::string& tag, const std::string& attributes) {
  if (tagged_) cairo_tag_begin(cairo_, tag.c_str(), attributes.c_str());
}
void Pen::end(const std::string& tag) {
  if (tagged_) cairo_tag_end(cairo_, tag.c_str());
}

int Pen::page_of(const std::string& anchor) const {
  const auto found = report_->page_of.find(anchor);
  return found == report_->page_of.end() ? 0 : found->second;
}

void Pen::rect(double x, double y, double w, double h, std::string_view fill, std::string_view stroke, double radius, double line) {
  cairo_new_path(cairo_);
  if (radius > 0) {
    const double r = std::min({radius, w / 2, h / 2});
    cairo_arc(cairo_, x + w - r, y + r, r, -G_PI / 2, 0);
    cairo_arc(cairo_, x + w - r, y + h - r, r, 0, G_PI / 2);
    cairo_arc(cairo_, x + r, y + h - r, r, G_PI / 2, G_PI);
    cairo_arc(cairo_, x + r, y + r, r, G_PI, 3 * G_PI / 2);
    cairo_close_path(cairo_);
  } else {
    cairo_rectangle(cairo_, x, y, w, h);
  }
  if (!fill.empty()) {
    colour(fill);
    if (stroke.empty()) cairo_fill(cairo_);
    else cairo_fill_preserve(cairo_);
  }
  if (!stroke.empty()) {
    colour(stroke);
    cairo_set_line_width(cairo_, line);
    cairo_stroke(cairo_);
  }
  cairo_new_path(cairo_);
}

void Pen::line(double x1, double y1, double x2, double y2, double width, std::string_view name, bool dashed) {
  colour(name);
  cairo_set_line_width(cairo_, width);
  const double dashes[] = {3, 2.4};
  cairo_set_dash(cairo_, dashes, dashed ? 2 : 0, 0);
  cairo_move_to(cairo_, x1, y1);
  cairo_line_to(cairo_, x2, y2);
  cairo_stroke(cairo_);
  cairo_set_dash(cairo_, nullptr, 0, 0);
}

void Pen::poly(const std::vector<std::pair<double, double>>& points, std::string_view stroke, std::string_view fill, double width, bool closed) {
  if (points.empty()) return;
  cairo_new_path(cairo_);
  for (const auto& [x, y] : points) cairo_line_to(cairo_, x, y);
  if (closed) cairo_close_path(cairo_);
  if (!fill.empty()) {
    colour(fill);
    cairo_fill_preserve(cairo_);
  }
  if (!stroke.empty()) {
    colour(stroke);
    cairo_set_line_width(cairo_, width);
    cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cairo_);
  }
  cairo_new_path(cairo_);
}

void Pen::text(const TextBox& box, double x, double y, std::size_t first, std::size_t last) {
  colour(box.colour);
  for (std::size_t i = first; i < last && i < box.lines.size(); ++i) {
    cairo_move_to(cairo_, x + box.lines[i].x, y + static_cast<double>(i - first) * box.line_height + box.ascent);
    pango_cairo_show_layout_line(cairo_, box.lines[i].line);
  }
  cairo_new_path(cairo_);
}

void Pen::figure(const Figure& figure, double x, double y, double scale, const Typesetter& type) {
  cairo_save(cairo_);
  cairo_translate(cairo_, x, y);
  cairo_scale(cairo_, scale, scale);
  for (const auto& shape : figure.shapes) {
    if (const auto* l = std::get_if<Figure::Line>(&shape)) line(l->x1, l->y1, l->x2, l->y2, l->width, l->colour, l->dashed);
    else if (const auto* r = std::get_if<Figure::Rect>(&shape)) rect(r->x, r->y, r->w, r->h, r->fill, r->stroke, r->radius);
    else if (const auto* p = std::get_if<Figure::Poly>(&shape)) poly(p->points, p->stroke, p->fill, p->width, p->closed);
    else if (const auto* label = std::get_if<Figure::Label>(&shape)) {
      const auto box = type.text(label->text, 0, {label->size / type.scale(), label->colour, label->bold, false, 1.2});
      const double left = label->align < 0 ? label->x : label->align > 0 ? label->x - box.widest : label->x - box.widest / 2;
      text(box, left, label->y - box.ascent);   // y is the baseline
    }
  }
  cairo_restore(cairo_);
}

}  // namespace mainstay
