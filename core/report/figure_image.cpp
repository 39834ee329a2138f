// SPDX-License-Identifier: MIT
#include <cairo.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/drawing.h"
#include "core/report/typeset.h"

namespace mainstay {
namespace {

struct Swap {
  std::string_view name, dark;
};
/// The palette of figures for a dark ground; what is not here keeps its colour.
constexpr Swap dark_colours[] = {{"ink", "#E8EDEF"},      {"muted", "#A3B0B6"},     {"paper", "#30383C"},      {"line", "#56636A"},   {"accent", "#6FC3D3"},      {"accent_tint", "#1F4A54"},
                                 {"plain_tint", "#3D474C"}, {"good", "#7CCB9B"},    {"bad", "#F09A92"},        {"warning", "#E5B567"}, {"#B9C4C8", "#7D898F"},    {"#DCE3E5", "#A7B1B6"},
                                 {"good_tint", "#1E4030"}, {"bad_tint", "#4A2522"}, {"warning_tint", "#463818"}, {"zebra", "#3C464A"},   {"unknown", "#C3B1F0"},
                                 {"unknown_tint", "#3F3A5C"}};

void darken(std::string& colour) {
  for (const auto& swap : dark_colours)
    if (colour == swap.name) {
      colour = swap.dark;
      return;
    }
}

void darken(Figure& figure) {
  for (auto& shape : figure.shapes) {
    if (auto* l = std::get_if<Figure::Line>(&shape)) darken(l->colour);
    else if (auto* r = std::get_if<Figure::Rect>(&shape)) darken(r->fill), darken(r->stroke);
    else if (auto* p = std::get_if<Figure::Poly>(&shape)) darken(p->fill), darken(p->stroke);
    else if (auto* label = std::get_if<Figure::Label>(&shape)) darken(label->colour);
  }
}

}  // namespace

PageImage figure_image(const Figure& given, double scale, bool dark) {
  auto figure = given;
  if (dark) darken(figure);
  PageImage image;
  image.width = std::max(1, static_cast<int>(figure.width * scale + 0.5));
  image.height = std::max(1, static_cast<int>(figure.height * scale + 0.5));
  const int stride = image.width * 4;
  image.pixels.assign(static_cast<std::size_t>(stride) * static_cast<std::size_t>(image.height), 0);
  auto* surface = cairo_image_surface_create_for_data(image.pixels.data(), CAIRO_FORMAT_ARGB32, image.width, image.height, stride);
  auto* cairo = cairo_create(surface);
  {
    const std::string accent = "#0F5C6E";
    Pen pen(cairo, accent, false, nullptr);
    pen.figure(figure, 0, 0, scale, Typesetter(accent, 1));
  }
  const auto status = cairo_status(cairo);
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  cairo_surface_destroy(surface);
  if (status != CAIRO_STATUS_SUCCESS) throw Error(ErrorCode::io, tr("The figure could not be drawn: {reason}.", {{"reason", cairo_status_to_string(status)}}));
  return image;
}

}  // namespace mainstay
